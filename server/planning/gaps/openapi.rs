//! The description of gaps.

use utoipa::openapi::path::Operation;

use super::routes::{LIMIT, MOST, RESOLUTIONS};
use super::told::Told;
use crate::http::openapi::parts::{body, decimal, flag, query, whole};
use crate::planning::openapi::{Shape, question};

/// `GET /api/v1/coverage/gaps.geojson`
pub(super) fn gaps() -> Operation {
    let told = "Hexagons by how many people nobody covers, with the hours of the week in which they have nothing \
                within reach. Cells of fewer than ten people are never told, and fewer than ten uncovered are none.";
    let shape = Shape {
        media_type: "application/geo+json",
        content: body::<Told>(),
        formats: ["geojson", "csv", "xlsx"],
    };
    let limit = whole(1).default(Some(LIMIT.into()));
    let most = format!("At most how many cells; more than {MOST} is cut to it.");
    let size = decimal(*RESOLUTIONS.start(), *RESOLUTIONS.end());
    question("findCoverageGaps", "Where people are whom nobody covers", told, shape)
        .parameter(query("resolution", "How small the cells are, as H3 counts it.", size, 8))
        .parameter(query("limit", &most, limit, LIMIT))
        .parameter(query("covered", "Whether cells without a gap are told as well.", flag(), true))
        .into()
}
