//! The description of findings.

use serde_json::json;
use utoipa::openapi::Content;
use utoipa::openapi::path::{Operation, Parameter};

use super::routes::{PAGE, StepWish};
use super::service::MAX_PAGE;
use super::told::{Finding, Findings};
use crate::http::openapi::Documented;
use crate::http::openapi::parts::{
    answer, body, conditional, flag, header_named, list as codes, named, query, segment, staff, taking, text,
    whole,
};
use crate::ids::{RoundId, StationId};
use crate::inspections::model::{FindingState, Step};

const TAG: &str = "inspections";
const JSON: &str = "application/json";
const EXAMPLE_ID: &str = "019303a0-0000-7000-8000-000000000000";

/// Adds the schemas that the descriptions refer to.
pub(super) fn with_schemas(routes: Documented) -> Documented {
    routes.schema::<Findings>().schema::<StepWish>()
}

fn id() -> Parameter {
    segment("id", "The finding's id.", text(), EXAMPLE_ID)
}

/// `GET /api/v1/findings`
pub(super) fn list() -> Operation {
    let ok = answer("A page of the findings that the caller may see.").content(JSON, body::<Findings>());
    let limit = whole(1).maximum(Some(MAX_PAGE)).default(Some(json!(PAGE)));
    staff("listFindings", TAG, "Findings, what is due first comes first", "200", ok)
        .parameter(codes::<FindingState>("state", "In one of these states.", json!(["open"])))
        .parameter(query("district", "Of stations whose district begins so.", text(), "130302"))
        .parameter(query("station", "Of this station.", named::<StationId>(), EXAMPLE_ID))
        .parameter(query("round", "Found in this round.", named::<RoundId>(), EXAMPLE_ID))
        .parameter(query("overdue", "Only those to be put right whose day is past.", flag(), true))
        .parameter(query("limit", "At most how many; more is cut to the most.", limit, 50))
        .parameter(query("cursor", "`next` of the page before.", text(), format!("2026-12-01.{EXAMPLE_ID}")))
        .into()
}

/// `GET /api/v1/findings/{id}/photo`
pub(super) fn photo() -> Operation {
    let picture = Content::new(Some(text().content_media_type("image/jpeg")));
    let ok = answer("The picture.").content("image/jpeg", picture);
    staff("findingPhoto", TAG, "The picture of a finding", "200", ok).parameter(id()).into()
}

/// `POST /api/v1/findings/{id}/fixed` and the other steps.
pub(super) fn step(step: Step) -> Operation {
    let (name, summary) = match step {
        Step::Fixed => ("fixFinding", "Say that it is put right"),
        Step::Verify => ("verifyFinding", "Say that it was seen to be put right, by an inspection since"),
        Step::Reopen => ("reopenFinding", "Say that it was seen not to be put right, by an inspection since"),
        Step::Drop => ("dropFinding", "Let it go, with a reason"),
    };
    let ok = answer("The finding.").content(JSON, body::<Finding>()).header_ref("ETag", header_named("ETag"));
    conditional(taking::<StepWish>(staff(name, TAG, summary, "200", ok).parameter(id()))).into()
}
