//! The description of reports.

use utoipa::openapi::path::{Operation, OperationBuilder, Parameter};
use utoipa::openapi::{Content, RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

use super::model::{Action, Kind, ReportState, Verdict};
use super::routes::PAGE;
use super::told::{ReportDetail, Reports, ToldFiled, ToldTracked};
use super::wish::{AnswerWish, HandWish, RedactWish, ReportWish, TrackWish};
use crate::http::openapi::Documented;
use crate::http::openapi::parts::{
    answer, body, conditional, flag, header_named, named, one_of, query, refusing, segment, staff, taking,
    text, whole,
};
use crate::ids::StationId;

const TAG: &str = "reports";
const JSON: &str = "application/json";
const EXAMPLE_ID: &str = "019303a0-0000-7000-8000-000000000000";

/// Describes closed vocabularies.
macro_rules! described {
    ($($type:ty as $name:literal: $description:literal;)*) => {$(
        impl PartialSchema for $type {
            fn schema() -> RefOr<Schema> {
                one_of(<$type>::ALL.iter().map(|c| c.as_str())).description(Some($description)).into()
            }
        }
        impl ToSchema for $type {
            fn name() -> std::borrow::Cow<'static, str> {
                $name.into()
            }
        }
    )*};
}

described! {
    Kind as "ReportKind": "What is wrong: locked in posted hours, not where it should be, something broken, gone for good, other.";
    Verdict as "ReportVerdict": "What staff found of a report.";
    Action as "ReportAction": "What was done with a report.";
    ReportState as "ReportState": "Whether a report is answered.";
}

/// Adds the schemas that the descriptions refer to.
pub(super) fn with_schemas(routes: Documented) -> Documented {
    routes
        .schema::<ReportWish>()
        .schema::<TrackWish>()
        .schema::<HandWish>()
        .schema::<AnswerWish>()
        .schema::<RedactWish>()
        .schema::<ToldFiled>()
        .schema::<ToldTracked>()
        .schema::<Reports>()
        .schema::<ReportDetail>()
}

/// `POST /api/v1/stations/{id}/reports`
pub(super) fn file() -> Operation {
    let ok = answer("Taken in. The receipt is told this once.").content(JSON, body::<ToldFiled>());
    let told = "For anybody. Nothing of whoever reports is kept: no account, address or position. A station takes a \
        bounded number of reports a day, an address in an hour.";
    let operation =
        staff("fileReport", TAG, "Say what is wrong with a station", "201", ok).description(Some(told));
    let station = segment("id", "The station's id.", named::<StationId>(), EXAMPLE_ID);
    refusing(taking::<ReportWish>(operation.parameter(station)), &["429"]).into()
}

/// `POST /api/v1/reports/track`
pub(super) fn track() -> Operation {
    let ok = answer("What became of it.").content(JSON, body::<ToldTracked>());
    let told = "A number and a receipt that do not belong together are a 404 after the same time.";
    let operation = staff("trackReport", TAG, "Follow a report", "200", ok).description(Some(told));
    refusing(taking::<TrackWish>(operation), &["429"]).into()
}

/// `GET /api/v1/reports`
pub(super) fn list() -> Operation {
    let ok = answer("A page of what the caller may see.")
        .content(JSON, body::<Reports>())
        .header_ref("Link", header_named("Link"));
    staff("listReports", TAG, "The queue of reports", "200", ok).parameters(Some(filters())).into()
}

fn filters() -> Vec<Parameter> {
    let codes = |all: &'static [&'static str]| one_of(all.iter().copied());
    vec![
        query("state", "Open or answered.", codes(&["open", "answered"]), "open"),
        query("kind", "Of one kind.", one_of(Kind::ALL.iter().map(|c| c.as_str())), "locked"),
        query(
            "district",
            "Districts whose code begins so: six digits, or the first two or four.",
            text(),
            "130304",
        ),
        query("station", "Of one station.", named::<StationId>(), EXAMPLE_ID),
        query("owner", "Of one account, of the caller (`me`), or of nobody yet (`none`).", text(), "me"),
        query("overdue", "Only those that are open after their last day.", flag(), true),
        query("limit", "The most items; more is cut to the most.", limit(), 50),
        query(
            "cursor",
            "Where the page begins, as `next` said.",
            text(),
            "2026-11-27.019303a0-0000-7000-8000-000000000000",
        ),
    ]
}

fn limit() -> utoipa::openapi::schema::ObjectBuilder {
    whole(1).maximum(Some(PAGE.1)).default(Some(PAGE.0.into()))
}

/// `GET /api/v1/reports/{id}`
pub(super) fn find() -> Operation {
    one("findReport", "One report with all that belongs to it").into()
}

/// `GET /api/v1/reports/{id}/photo`
pub(super) fn photo() -> Operation {
    let ok = answer("The photo, as JPEG.").content("image/jpeg", Content::new(Some(text())));
    staff("findReportPhoto", TAG, "What the worker showed", "200", ok)
        .parameter(id())
        .parameter(query("small", "The small size.", flag(), true))
        .into()
}

/// `POST /api/v1/reports/{id}/take`
pub(super) fn take() -> Operation {
    refusing(conditional(one("takeReport", "See to a report oneself")), &["422"]).into()
}

/// `POST /api/v1/reports/{id}/hand`
pub(super) fn hand() -> Operation {
    taking::<HandWish>(conditional(one("handReport", "Hand a report over to somebody else"))).into()
}

/// `POST /api/v1/reports/{id}/answer`
pub(super) fn answer_it() -> Operation {
    taking::<AnswerWish>(conditional(one("answerReport", "Answer a report, or all that say the same"))).into()
}

/// `POST /api/v1/reports/{id}/redact`
pub(super) fn redact() -> Operation {
    let told = "For texts and photos that name or show somebody. What was said is gone for good.";
    let operation = one("redactReport", "Blank what a worker wrote and showed").description(Some(told));
    taking::<RedactWish>(conditional(operation)).into()
}

fn one(name: &str, summary: &str) -> OperationBuilder {
    let ok = answer("The report as it is now.")
        .content(JSON, body::<ReportDetail>())
        .header_ref("ETag", header_named("ETag"));
    staff(name, TAG, summary, "200", ok).parameter(id())
}

fn id() -> Parameter {
    segment("id", "The report's id.", text(), EXAMPLE_ID)
}
