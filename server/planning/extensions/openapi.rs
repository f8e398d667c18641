//! The description of extensions.

use utoipa::openapi::path::Operation;

use super::routes::{HOURS, LIMIT, MOST, USUAL_HOURS};
use super::told::Told;
use crate::http::openapi::parts::{body, decimal, query, whole};
use crate::planning::openapi::{Shape, question};

/// `GET /api/v1/coverage/extensions`
pub(super) fn extensions() -> Operation {
    let told = "A ranked table of stations and the hours by which they could be open longer, of one week.";
    let shape =
        Shape { media_type: "application/json", content: body::<Told>(), formats: ["json", "csv", "xlsx"] };
    let hours = decimal(*HOURS.start(), *HOURS.end());
    let most = format!("At most how many; more than {MOST} is cut to it.");
    let limit = whole(1).default(Some(LIMIT.into()));
    question("findCoverageExtensions", "Whose hours to extend", told, shape)
        .parameter(query("hours", "At most how many hours at either end of a day.", hours, USUAL_HOURS))
        .parameter(query("limit", &most, limit, LIMIT))
        .into()
}
