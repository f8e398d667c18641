//! The description of coverage.

use utoipa::openapi::path::Operation;

use super::told::Told;
use crate::http::openapi::parts::body;
use crate::planning::openapi::{Shape, question};

/// `GET /api/v1/coverage`
pub(super) fn coverage() -> Operation {
    let told = "Every figure says its numerator, its denominator, how it is found, and the request that gives it \
                again. Groups of fewer than ten people are not told.";
    let shape =
        Shape { media_type: "application/json", content: body::<Told>(), formats: ["json", "csv", "xlsx"] };
    question("findCoverage", "Who has a station within reach that is open then", told, shape).into()
}
