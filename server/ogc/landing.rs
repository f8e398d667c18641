//! The landing page and what the service declares to conform to.

use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use serde_json::json;

use super::asked;
use super::link::{JSON, Link};
use super::relation;
use crate::error::Error;
use crate::http::cache::{Question, standing};
use crate::http::origin::Origin;
use crate::http::params::Params;

/// The classes whose requirements hold.
///
/// Not declared, though read: ILIKE, and a property or literal on either side of a comparison.
pub(super) const CLASSES: [&str; 24] = [
    "http://www.opengis.net/spec/ogcapi-common-1/1.0/conf/core",
    "http://www.opengis.net/spec/ogcapi-common-1/1.0/conf/landing-page",
    "http://www.opengis.net/spec/ogcapi-common-1/1.0/conf/json",
    "http://www.opengis.net/spec/ogcapi-common-2/1.0/conf/collections",
    "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/core",
    "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/geojson",
    "http://www.opengis.net/spec/ogcapi-features-2/1.0/conf/crs",
    "http://www.opengis.net/spec/ogcapi-features-3/1.0/conf/queryables",
    "http://www.opengis.net/spec/ogcapi-features-3/1.0/conf/queryables-query-parameters",
    "http://www.opengis.net/spec/ogcapi-features-3/1.0/conf/filter",
    "http://www.opengis.net/spec/ogcapi-features-3/1.0/conf/features-filter",
    "http://www.opengis.net/spec/cql2/1.0/conf/cql2-text",
    "http://www.opengis.net/spec/cql2/1.0/conf/basic-cql2",
    "http://www.opengis.net/spec/cql2/1.0/conf/advanced-comparison-operators",
    "http://www.opengis.net/spec/cql2/1.0/conf/case-insensitive-comparison",
    "http://www.opengis.net/spec/cql2/1.0/conf/basic-spatial-functions",
    "http://www.opengis.net/spec/cql2/1.0/conf/basic-spatial-functions-plus",
    "http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/core",
    "http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/tileset",
    "http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/tilesets-list",
    "http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/geodata-tilesets",
    "http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/mvt",
    "http://www.opengis.net/spec/tms/2.0/conf/tilematrixset",
    "http://www.opengis.net/spec/tms/2.0/conf/json-tilematrixset",
];

/// Answers with a document that changes only with the service itself.
pub(super) fn document(question: &Question, media_type: &'static str, document: &impl Serialize) -> Response {
    let text = serde_json::to_string(document).unwrap_or_default();
    question.answer(standing(&text), || ([(CONTENT_TYPE, media_type)], text).into_response())
}

/// `GET /ogc`
pub(super) async fn landing(params: Params, origin: Origin, question: Question) -> Result<Response, Error> {
    asked::plain(params)?;
    let to = |path, rel, media_type| Link::to(&origin, path, rel, media_type);
    let language = question.language;
    let title = language.of("户外劳动者驿站", "Rest stations for people who work outdoors");
    let description = language.of(
        "每个驿站的位置、设施和开放状态，供 GIS 读取。",
        "Where each station is, what it has and whether it is open, for a GIS to read.",
    );
    let links = [
        to("/ogc", "self", JSON).titled("This document"),
        to("/ogc/api", "service-desc", JSON).titled("The API as OpenAPI"),
        to("/ogc/conformance", "conformance", JSON).titled("Conformance classes"),
        to("/ogc/collections", "data", JSON).titled("Collections"),
        to("/ogc/tileMatrixSets", relation::TILING_SCHEMES, JSON).titled("Tile matrix sets"),
    ];
    let body = json!({ "title": title, "description": description, "links": links });
    Ok(document(&question, JSON, &body))
}

/// `GET /ogc/conformance`
pub(super) async fn conformance(params: Params, question: Question) -> Result<Response, Error> {
    asked::plain(params)?;
    Ok(document(&question, JSON, &json!({ "conformsTo": CLASSES })))
}
