//! The description of the timetable.

use utoipa::openapi::path::Operation;

use super::told::Told;
use crate::http::openapi::parts::body;
use crate::planning::openapi::{Shape, question};

/// `GET /api/v1/coverage/timetable`
pub(super) fn timetable() -> Operation {
    let told = "Every full hour of a week, or of the days of a season, by weekday; without days this week.";
    let shape =
        Shape { media_type: "application/json", content: body::<Told>(), formats: ["json", "csv", "xlsx"] };
    question("findCoverageTimetable", "When who has a station within reach", told, shape).into()
}
