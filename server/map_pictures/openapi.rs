//! The description of the pictures.

use utoipa::openapi::Content;
use utoipa::openapi::path::Operation;

use super::routes::{LEAST, MOST, USUAL};
use crate::http::openapi::parts::{answer, named, query, refusing, resource, segment, text, whole};
use crate::ids::StationId;

const EXAMPLE_ID: &str = "019303a0-0000-7000-8000-000000000000";

/// `GET /api/v1/stations/{id}/map.png`
pub(super) fn picture() -> Operation {
    let png = Content::new(Some(text().content_media_type("image/png")));
    let ok = answer("A square picture with the station in its middle, names, a scale and who made the map.");
    let summary = "A picture of the map around a public station";
    let id = segment("id", "The station's id.", named::<StationId>(), EXAMPLE_ID);
    let sizes = whole(LEAST.into()).maximum(Some(MOST));
    let size = query("size", "The pixels of a side.", sizes.default(Some(USUAL.into())), USUAL);
    let operation = resource("stationMap", "stations", summary, ok.content("image/png", png));
    refusing(operation.parameter(id).parameter(size), &["404"]).into()
}
