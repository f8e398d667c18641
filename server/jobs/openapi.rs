//! The description of jobs.

use utoipa::openapi::path::Operation;

use super::model::State;
use super::routes::{Jobs, MAX_PAGE, PAGE};
use super::told::Told;
use crate::http::openapi::parts::{
    answer, body, header_named, one_of, query, refusing, segment, staff, text, whole,
};

const TAG: &str = "operations";
const JSON: &str = "application/json";
const EXAMPLE_ID: &str = "019303a0-0000-7000-8000-000000000000";

/// `GET /api/v1/jobs`
pub(super) fn list() -> Operation {
    let ok = answer("A page of jobs, the latest first.")
        .content(JSON, body::<Jobs>())
        .header_ref("Link", header_named("Link"));
    let told = "What the service does by itself: messages, reminders, deadlines. A job that failed has used up its \
        tries and waits for somebody to retry it; one that was done is forgotten after 40 days.";
    let state = one_of(State::ALL.iter().map(|s| s.as_str()));
    let limit = whole(1).maximum(Some(MAX_PAGE)).default(Some(PAGE.into()));
    staff("listJobs", TAG, "Jobs of the service", "200", ok)
        .description(Some(told))
        .parameter(query("state", "How far they have come.", state, "failed"))
        .parameter(query("limit", "The most items; more is cut to the most.", limit, 20))
        .parameter(query("cursor", "Where the page begins, as `next` said.", text(), EXAMPLE_ID))
        .into()
}

/// `POST /api/v1/jobs/{id}/retry`
pub(super) fn retry() -> Operation {
    let ok = answer("The job, which waits again.").content(JSON, body::<Told>());
    let operation = staff("retryJob", TAG, "Let a failed job begin anew", "200", ok);
    refusing(operation.parameter(segment("id", "The job's id.", text(), EXAMPLE_ID)), &["409"]).into()
}
