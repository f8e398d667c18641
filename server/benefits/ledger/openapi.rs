//! The description of the ledger's check.

use utoipa::openapi::path::Operation;

use super::check::{Balance, Difference, Report};
use crate::http::openapi::Documented;
use crate::http::openapi::parts::{answer, body, staff};

/// Adds the schemas that the description refers to.
pub(super) fn with_schemas(routes: Documented) -> Documented {
    routes.schema::<Report>().schema::<Balance>().schema::<Difference>()
}

/// `GET /api/v1/ledger/check`
pub(super) fn compare() -> Operation {
    let ok = answer("What was found.").content("application/json", body::<Report>());
    let told = "Compares the ledger with campaigns, vouchers, redemptions and settlements as of one moment, to the \
        fen. It mends nothing. Needs the whole city.";
    staff("checkLedger", "benefits", "Check the ledger", "200", ok).description(Some(told)).into()
}
