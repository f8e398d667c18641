//! The description of erasure.

use utoipa::openapi::path::Operation;

use super::routes::{ErasureWish, ToldErasure};
use crate::http::openapi::Documented;
use crate::http::openapi::parts::{answer, body, segment, staff, taking, text};

/// Adds the schemas that the description refers to.
pub(super) fn with_schemas(routes: Documented) -> Documented {
    routes.schema::<ErasureWish>().schema::<ToldErasure>()
}

/// `POST /api/v1/grievances/{id}/erasure`
pub(super) fn erase() -> Operation {
    let told = "Destroys the case's key, and with it its words, contact and files: nobody can read them any more, the \
                administrator neither. Codes, times and figures stay. An open case is a 409, and so is one that was \
                erased before.";
    let ok = answer("It is erased; from `final_on` on in every backup too.")
        .content("application/json", body::<ToldErasure>());
    let operation = staff("eraseGrievance", "grievances", "Erase a grievance for good", "200", ok);
    let id = segment("id", "The case's id.", text(), "0f0e1a2b-3c4d-4e5f-8a9b-0c1d2e3f4a5b");
    taking::<ErasureWish>(operation.description(Some(told)).parameter(id)).into()
}
