//! The description of what changed.

use utoipa::openapi::path::Operation;

use super::routes::{Changes, MAX_PAGE, PAGE};
use crate::http::openapi::parts::{
    answer, body, header_named, parameter_named, query, refusing, required, resource, text, whole,
};

const EXAMPLE_CURSOR: &str = "1.019303a0-0000-7000-8000-000000000000";

/// `GET /api/v1/stations/changes`
pub(super) fn changes() -> Operation {
    let ok = answer("A page of what changed, in the order of revisions.")
        .content("application/json", body::<Changes<'_>>())
        .header_ref("Link", header_named("Link"));
    let limit = whole(1).maximum(Some(MAX_PAGE)).default(Some(PAGE.into()));
    let operation = resource("stationChanges", "stations", "What changed since a revision", ok)
        .description(Some(
            "For those who keep a copy. Take `/api/v1/stations` page by page and keep the revision of its first \
             page; from then on ask here for what changed since. Each station comes once, as it is now. Pages are \
             followed by `next`; after the last one the copy shows `revision`. The last 100,000 changes are known; \
             whoever asks for older ones, or when everything changed at once, is answered 409 `too_old` and takes \
             the list anew. States also change with time, without a revision.",
        ))
        .parameter_ref(parameter_named("Accept-Language"))
        .parameter_ref(parameter_named("X-Min-Revision"))
        .parameter(required("since", "The revision that the copy shows.", whole(0), 0))
        .parameter(query("limit", "The most changes of a page; more is cut to the most.", limit, 100))
        .parameter(query("cursor", "Where the page begins, as `next` said.", text(), EXAMPLE_CURSOR));
    refusing(operation, &["409"]).into()
}
