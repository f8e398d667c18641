//! The description of rounds.

use serde_json::json;
use utoipa::openapi::ResponseBuilder;
use utoipa::openapi::path::{Operation, Parameter};

use super::routes::{PAGE, STATES};
use super::service::MAX_PAGE;
use super::sheet::Sheet;
use super::told::{RoundDetail, RoundPreview, Rounds};
use super::wish::{PreviewWish, RoundPatch, RoundWish};
use crate::http::openapi::Documented;
use crate::http::openapi::parts::{
    answer, body, conditional, header_named, one_of, parameter_named, query, segment, staff, taking, text,
    whole,
};

const TAG: &str = "inspections";
const JSON: &str = "application/json";
const EXAMPLE_ID: &str = "019303a0-0000-7000-8000-000000000000";

/// Adds the schemas that the descriptions refer to.
pub(super) fn with_schemas(routes: Documented) -> Documented {
    routes
        .schema::<Rounds>()
        .schema::<RoundDetail>()
        .schema::<RoundPreview>()
        .schema::<Sheet>()
        .schema::<RoundWish>()
        .schema::<RoundPatch>()
        .schema::<PreviewWish>()
}

fn detail(description: &str) -> ResponseBuilder {
    answer(description).content(JSON, body::<RoundDetail>()).header_ref("ETag", header_named("ETag"))
}

fn id() -> Parameter {
    segment("id", "The round's id.", text(), EXAMPLE_ID)
}

/// `GET /api/v1/rounds`
pub(super) fn list() -> Operation {
    let ok = answer("A page of the rounds that the caller may see.").content(JSON, body::<Rounds>());
    let state = one_of(STATES).default(Some(json!("open")));
    let limit = whole(1).maximum(Some(MAX_PAGE)).default(Some(json!(PAGE)));
    staff("listRounds", TAG, "Rounds of inspections, the newest first", "200", ok)
        .parameter(query("state", "Those that go on, those that are closed, or all.", state, "open"))
        .parameter(query("limit", "At most how many; more is cut to the most.", limit, 20))
        .parameter(query("cursor", "`next` of the page before.", text(), EXAMPLE_ID))
        .into()
}

/// `POST /api/v1/rounds`
pub(super) fn add() -> Operation {
    let operation = staff("planRound", TAG, "Plan a round", "201", detail("The round.")).description(Some(
        "`stations` or `filter` says which public stations of the scope. The walk begins at the westernmost \
         station; its order is that of nearest neighbour and 2-opt over straight distances.",
    ));
    taking::<RoundWish>(operation).into()
}

/// `POST /api/v1/rounds/preview`
pub(super) fn preview() -> Operation {
    let ok = answer("The stations in the order of the walk.").content(JSON, body::<RoundPreview>());
    taking::<PreviewWish>(staff("previewRound", TAG, "See which stations a round would have", "200", ok))
        .into()
}

/// `GET /api/v1/rounds/{id}`
pub(super) fn find() -> Operation {
    staff("findRound", TAG, "One round with its stations", "200", detail("The round.")).parameter(id()).into()
}

/// `PATCH /api/v1/rounds/{id}`
pub(super) fn change() -> Operation {
    let operation = staff("changeRound", TAG, "Change a round", "200", detail("The round."));
    conditional(taking::<RoundPatch>(operation.parameter(id()))).into()
}

/// `POST /api/v1/rounds/{id}/close`
pub(super) fn close() -> Operation {
    let operation = staff("closeRound", TAG, "Close a round", "200", detail("The round."));
    conditional(operation.parameter(id())).into()
}

/// `GET /api/v1/rounds/{id}/sheet`
pub(super) fn sheet() -> Operation {
    let ok = answer("Stations, questions, findings that wait, and the next working days.")
        .content(JSON, body::<Sheet>());
    staff("roundSheet", TAG, "What an inspector takes along", "200", ok)
        .parameter_ref(parameter_named("Accept-Language"))
        .parameter(id())
        .into()
}
