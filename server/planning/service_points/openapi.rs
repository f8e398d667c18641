//! The description of service points.

use utoipa::openapi::path::Operation;
use utoipa::openapi::schema::ArrayBuilder;

use super::model::ServiceLayer;
use super::routes::GEOJSON;
use super::told::{Collection, Imported, Layers};
use super::wish::Options;
use crate::http::openapi::Documented;
use crate::http::openapi::parts::{
    answer, body, commas, conditional, header_named, instant, named, query, refusing, staff, text,
};
use crate::http::params::MAX_VALUES;
use crate::planning::demand::openapi::{TAG, code, form};

const JSON: &str = "application/json";

/// Adds the schemas that the descriptions refer to.
pub(super) fn with_schemas(routes: Documented) -> Documented {
    routes
        .schema::<Layers>()
        .schema::<ServiceLayer>()
        .schema::<Imported>()
        .schema::<Options>()
        .schema::<Collection>()
}

/// `GET /api/v1/service-points`
pub(super) fn list() -> Operation {
    let ok = answer("Layers of service points.").content(JSON, body::<Layers>());
    let told = "Halls and counters beside stations, such as social-security halls.";
    staff("listServiceLayers", TAG, "Layers of service points", "200", ok).description(Some(told)).into()
}

/// `GET /api/v1/service-points/items.geojson`
pub(super) fn items() -> Operation {
    let ok = answer("The points.").content(GEOJSON, body::<Collection>());
    let layers = ArrayBuilder::new().items(text()).max_items(Some(MAX_VALUES));
    staff("listServicePoints", TAG, "Service points with their state", "200", ok)
        .parameter(commas("layer", "Only these layers, by their codes.", layers, ""))
        .parameter(query(
            "at",
            "The instant that is described; default now.",
            instant(),
            "2026-11-24T10:00:00+08:00",
        ))
        .into()
}

/// `POST /api/v1/service-points`
pub(super) fn send() -> Operation {
    let told = "A workbook, CSV or GeoJSON with points, at most 20 MiB. Hours are read as those of stations are; where \
        their meaning is not certain they are kept as text. Where any row has an error nothing is changed. 200 where a \
        layer was replaced, and for a dry run.";
    let ok = || {
        answer("What it came to.").content(JSON, body::<Imported>()).header_ref("ETag", header_named("ETag"))
    };
    let operation = staff("importServicePoints", TAG, "Import a layer of service points", "201", ok())
        .description(Some(told))
        .response("200", ok())
        .request_body(Some(form(named::<Options>())));
    refusing(operation, &["409", "415", "422"]).into()
}

/// `DELETE /api/v1/service-points/{code}`
pub(super) fn remove() -> Operation {
    let ok = answer("It is gone.");
    conditional(
        staff("removeServicePoints", TAG, "Remove a layer of service points", "204", ok).parameter(code()),
    )
    .into()
}
