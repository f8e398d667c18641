//! The description of draws.

use utoipa::openapi::path::{Operation, Parameter};

use super::lot::Published;
use super::routes::Wish;
use super::told::Taken;
use crate::http::openapi::Documented;
use crate::http::openapi::parts::{answer, body, refusing, resource, segment, staff, taking, text};

const TAG: &str = "benefits";
const JSON: &str = "application/json";
const EXAMPLE_ID: &str = "019303a0-0000-7000-8000-000000000000";

/// Adds the schemas that the descriptions refer to.
pub(super) fn with_schemas(routes: Documented) -> Documented {
    routes.schema::<Wish>().schema::<Taken>().schema::<Published>()
}

/// `POST /api/v1/campaigns/{id}/entries`
pub(super) fn enter() -> Operation {
    let ok = answer("The member's entry.").content(JSON, body::<Taken>());
    let told = "Needs an `Idempotency-Key`. A member enters once; who never won a draw has as many tickets as the \
        campaign says, others one.";
    let operation = staff("enterDraw", TAG, "Enter a draw", "201", ok).description(Some(told));
    taking::<Wish>(operation.parameter(id())).into()
}

/// `GET /api/v1/campaigns/{id}/draw`
pub(super) fn published() -> Operation {
    let ok = answer("The draw: its commitment and entries, and once it was drawn its seed and winners.")
        .content(JSON, body::<Published>());
    let told =
        "`yizhan draw verify FILE` recomputes the winners from this answer, as can anybody by `method`.";
    let operation = resource("findDraw", TAG, "A draw for anybody to recompute", ok);
    refusing(operation.description(Some(told)).parameter(id()), &["404"]).into()
}

/// `POST /api/v1/campaigns/{id}/draw`
pub(super) fn draw() -> Operation {
    let ok = answer("The draw with its winners, each of whom has a voucher now.")
        .content(JSON, body::<Published>());
    let told = "After the campaign closed. The service draws by itself within minutes, so this is for the impatient.";
    let operation = staff("draw", TAG, "Draw the winners", "200", ok).description(Some(told));
    refusing(operation.parameter(id()), &["409"]).into()
}

fn id() -> Parameter {
    segment("id", "The campaign's id.", text(), EXAMPLE_ID)
}
