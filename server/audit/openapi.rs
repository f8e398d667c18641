//! The description of the audit log's interface.

use utoipa::openapi::path::{Operation, Parameter};

use super::listing::{MOST, Page, USUAL};
use super::told::Told;
use crate::http::openapi::Documented;
use crate::http::openapi::parts::{
    answer, body, header_named, instant, parameter_named, query, refusing, staff, text, whole,
};

const TAG: &str = "audit";

/// Adds the schemas that the descriptions refer to.
pub(super) fn with_schemas(routes: Documented) -> Documented {
    routes.schema::<Page>().schema::<Told>()
}

/// `GET /api/v1/audit`
pub(super) fn list() -> Operation {
    let ok = answer("A page of entries, newest first.")
        .content("application/json", body::<Page>())
        .header_ref("Link", header_named("Link"));
    staff("listAudit", TAG, "Who wrote what, and when", "200", ok)
        .description(Some(
            "Every write is here, in the order of commits; each entry's hash covers the entry and the hash before \
             it. An auditor of some districts sees their entries.",
        ))
        .parameter_ref(parameter_named("Accept-Language"))
        .parameters(Some(filters()))
        .into()
}

fn filters() -> [Parameter; 8] {
    let id = "019303a0-0000-7000-8000-000000000000";
    let limit = whole(1).maximum(Some(MOST)).default(Some(USUAL.into()));
    [
        query("account", "By whom.", text(), id),
        query("action", "An action, or its part before the point.", text(), "station.publish"),
        query("object", "An object as `kind:id`, a kind, or an id.", text(), "station"),
        query("district", "The first digits of a district code: 2, 4 or 6.", text(), "1303"),
        query("from", "From when on.", instant(), "2026-11-24T00:00:00+08:00"),
        query("to", "Until before when.", instant(), "2026-11-25T00:00:00+08:00"),
        query("limit", "How many at most; more is cut to the most.", limit, USUAL),
        query("cursor", "The `next` of the page before.", text(), "120"),
    ]
}

/// `POST /api/v1/audit/verify`
pub(super) fn verify() -> Operation {
    let ok = answer("What the check found.").content("application/json", body::<Told>());
    let operation = staff("verifyAudit", TAG, "Checks the whole audit log", "200", ok).description(Some(
        "Computes every hash anew and compares with every signed head, in the database and in the witness file of \
         this server. It asks for the permission in the whole city.",
    ));
    refusing(operation.parameter_ref(parameter_named("Accept-Language")), &["503"]).into()
}
