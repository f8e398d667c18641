//! The description of sessions.

use utoipa::openapi::path::{Operation, OperationBuilder};

use super::routes::PAGE;
use super::told::{ToldPage, ToldRaised, ToldWhole};
use super::wish::{CasesWish, SessionWish};
use crate::grievance::openapi::key;
use crate::http::openapi::Documented;
use crate::http::openapi::parts::{
    answer, body, conditional, header_named, query, segment, staff, taking, text, whole,
};

const TAG: &str = "grievances";
const JSON: &str = "application/json";
const EXAMPLE_ID: &str = "0f0e1a2b-3c4d-4e5f-8a9b-0c1d2e3f4a5b";

/// Adds the schemas that the descriptions refer to.
pub(super) fn with_schemas(routes: Documented) -> Documented {
    routes
        .schema::<SessionWish>()
        .schema::<CasesWish>()
        .schema::<ToldWhole>()
        .schema::<ToldPage>()
        .schema::<ToldRaised>()
}

/// `GET /api/v1/grievances/sessions`
pub(super) fn list() -> Operation {
    let ok = answer("A page of sessions, the latest first.")
        .content(JSON, body::<ToldPage>())
        .header_ref("Link", header_named("Link"));
    let limit = whole(1).maximum(Some(PAGE.1)).default(Some(PAGE.0.into()));
    let cursor = "2026-11-24.0f0e1a2b-3c4d-4e5f-8a9b-0c1d2e3f4a5b";
    staff("listGrievanceSessions", TAG, "Reception days, visit days and live streams", "200", ok)
        .parameter(query("limit", "The most items; more is cut to the most.", limit, 50))
        .parameter(query("cursor", "Where the page begins, as `next` said.", text(), cursor))
        .into()
}

fn one(id: &str, summary: &str, status: &str) -> OperationBuilder {
    let ok = answer("The session as it is now.")
        .content(JSON, body::<ToldWhole>())
        .header_ref("ETag", header_named("ETag"));
    staff(id, TAG, summary, status, ok)
}

fn with_id(operation: OperationBuilder) -> OperationBuilder {
    operation.parameter(segment("id", "The session's id.", text(), EXAMPLE_ID))
}

/// `POST /api/v1/grievances/sessions`
pub(super) fn add() -> Operation {
    taking::<SessionWish>(one("addGrievanceSession", "Add a session", "201")).into()
}

/// `GET /api/v1/grievances/sessions/{id}`
pub(super) fn find() -> Operation {
    with_id(one("findGrievanceSession", "One session with its minutes", "200")).into()
}

/// `PATCH /api/v1/grievances/sessions/{id}`
pub(super) fn change() -> Operation {
    let operation = one("changeGrievanceSession", "Change a session, or write its minutes", "200");
    conditional(taking::<SessionWish>(with_id(operation))).into()
}

/// `POST /api/v1/grievances/sessions/{id}/cases`
pub(super) fn raise() -> Operation {
    let told = "Each case is filed for itself; what is wrong with one stands in its place and keeps no other from \
                being filed. The same request again files what is missing and is told the rest again.";
    let ok =
        answer("What became of each case, in the order of the request.").content(JSON, body::<ToldRaised>());
    let operation = staff("raiseGrievances", TAG, "Raise cases in a session", "200", ok);
    taking::<CasesWish>(with_id(operation.description(Some(told))).parameter(key())).into()
}
