//! The description of alarms.

use utoipa::openapi::path::Operation;

use super::routes::{MAX_PAGE, PAGE, STATES};
use super::told::{Page, Told};
use crate::benefits::model::AlarmKind;
use crate::http::openapi::parts::{
    answer, body, conditional, header_named, one_of, query, segment, staff, text, whole,
};

const TAG: &str = "benefits";
const JSON: &str = "application/json";
const EXAMPLE_ID: &str = "019303a0-0000-7000-8000-000000000000";

/// `GET /api/v1/benefits/alarms`
pub(super) fn list() -> Operation {
    let ok = answer("A page of alarms, the newest first.")
        .content(JSON, body::<Page>())
        .header_ref("Link", header_named("Link"));
    let limit = whole(1).maximum(Some(MAX_PAGE)).default(Some(PAGE.into()));
    let kinds = one_of(AlarmKind::ALL.iter().map(|k| k.as_str()));
    staff("listBenefitAlarms", TAG, "What looks like fraud", "200", ok)
        .parameter(query("state", "Whether somebody has looked.", one_of(STATES), "open"))
        .parameter(query("kind", "Of which kind.", kinds, "velocity"))
        .parameter(query("limit", "The most items; more is cut to the most.", limit, 20))
        .parameter(query("cursor", "Where the page begins, as `next` said.", text(), EXAMPLE_ID))
        .into()
}

/// `POST /api/v1/benefits/alarms/{id}/seen`
pub(super) fn seen() -> Operation {
    let ok = answer("The alarm.").content(JSON, body::<Told>()).header_ref("ETag", header_named("ETag"));
    let operation = staff("seeBenefitAlarm", TAG, "Say that somebody looked", "200", ok);
    conditional(operation.parameter(segment("id", "The alarm's id.", text(), EXAMPLE_ID))).into()
}
