//! The description of the pictures.

use utoipa::openapi::Content;
use utoipa::openapi::path::Operation;

use super::Size;
use crate::http::openapi::parts::{answer, named, refusing, resource, segment, text};
use crate::ids::PhotoId;

const EXAMPLE_ID: &str = "019303a0-0000-7000-8000-000000000000";

/// The address and the description of one of a photo's pictures.
pub(super) fn photo(size: Size) -> (&'static str, Operation) {
    let (path, id, summary) = match size {
        Size::Large => ("/photos/{id}.jpg", "photo", "A photo of a station, at most 1600 pixels long"),
        Size::Small => {
            ("/photos/{id}-small.jpg", "smallPhoto", "A photo of a station, at most 480 pixels wide")
        }
    };
    let picture = Content::new(Some(text().content_media_type("image/jpeg")));
    let ok = answer("The picture. It never changes under its address and may be kept for good.");
    let operation = resource(id, "stations", summary, ok.content("image/jpeg", picture)).parameter(segment(
        "id",
        "The photo's id.",
        named::<PhotoId>(),
        EXAMPLE_ID,
    ));
    (path, refusing(operation, &["404"]).into())
}
