//! The public API of stations: nearest, list, one station, the offline copy, tiles.

use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::http::header::{CONTENT_TYPE, LINK};
use axum::middleware::from_fn;
use axum::response::{AppendHeaders, Response};
use std::sync::Arc;

use super::asked::{self, Asker};
use super::changes;
use super::export;
use super::geojson::{self, Collection, Sheet};
use super::hours_read;
use super::life;
use super::notices;
use super::offline::OfflineCopy;
use super::openapi;
use super::photo;
use super::snapshot::Snapshot;
use super::tiles;
use crate::accounts::Policy;
use crate::app::App;
use crate::error::{Error, FieldError};
use crate::http::accept;
use crate::http::cache::Question;
use crate::http::openapi::Documented;
use crate::http::origin::Origin;
use crate::http::params::Params;
use crate::ids::StationId;

/// The media type of GeoJSON.
const GEOJSON: [(axum::http::HeaderName, &str); 1] = [(CONTENT_TYPE, "application/geo+json")];

/// `/api/v1/stations…`, `/api/v1/offline…` and `/tiles/stations…`.
pub fn routes() -> Documented {
    let json = Documented::default()
        .get("/api/v1/stations/nearest", Policy::Public, nearest, openapi::nearest())
        .get("/api/v1/stations", Policy::Public, list, openapi::list())
        .get("/api/v1/stations/{id}", Policy::Public, find, openapi::find())
        .get_as(
            "/api/v1/offline/{file}",
            Policy::Public,
            offline,
            [("/api/v1/offline/{district}.json", openapi::offline())],
        )
        .map_router(|router| router.route_layer(from_fn(accept::json)));
    let staff = life::routes().merge(notices::routes()).merge(hours_read::routes()).merge(export::routes());
    let public = json.merge(changes::routes()).merge(tiles::routes()).merge(photo::routes());
    openapi::with_schemas(public.merge(staff))
}

/// `GET /api/v1/stations/nearest`
async fn nearest(
    State(app): State<App>,
    params: Params,
    headers: HeaderMap,
    question: Question,
) -> Result<Response, Error> {
    let query = asked::nearest(params, asker(&app, &question))?;
    let snapshot = snapshot(&app, &headers).await?;
    Ok(question.answer(snapshot.version(query.frame.at), || {
        (GEOJSON, geojson::bytes(&Collection::nearest(snapshot.nearest(&query), query.frame.out_crs)))
    }))
}

/// `GET /api/v1/stations`
async fn list(
    State(app): State<App>,
    params: Params,
    headers: HeaderMap,
    origin: Origin,
    question: Question,
) -> Result<Response, Error> {
    let query = asked::list(params, asker(&app, &question))?;
    let snapshot = snapshot(&app, &headers).await?;
    Ok(question.answer(snapshot.version(query.frame.at), || {
        let listing = snapshot.list(&query);
        let next = listing.next.map(|id| (LINK, question.next_link(&origin, &id.to_string())));
        (AppendHeaders(next), GEOJSON, geojson::bytes(&Collection::list(listing, query.frame.out_crs)))
    }))
}

/// `GET /api/v1/stations/{id}`
async fn find(
    State(app): State<App>,
    Path(id): Path<String>,
    params: Params,
    headers: HeaderMap,
    question: Question,
) -> Result<Response, Error> {
    let frame = asked::find(params, asker(&app, &question))?;
    let id: StationId = id.parse().map_err(|_| Error::NotFound("station"))?;
    let snapshot = snapshot(&app, &headers).await?;
    let detail = snapshot.find(id, &frame, None).ok_or(Error::NotFound("station"))?;
    Ok(question
        .answer(snapshot.version(frame.at), || (GEOJSON, geojson::bytes(&Sheet::new(detail, frame.out_crs)))))
}

/// `GET /api/v1/offline/{district}.json`
async fn offline(
    State(app): State<App>,
    Path(file): Path<String>,
    params: Params,
    headers: HeaderMap,
    question: Question,
) -> Result<Response, Error> {
    let frame = asked::offline(params, asker(&app, &question))?;
    let adcode = file.strip_suffix(".json").and_then(|code| code.parse().ok());
    let snapshot = snapshot(&app, &headers).await?;
    let district =
        adcode.and_then(|code| snapshot.city().district(code)).ok_or(Error::NotFound("district"))?;
    let stations = snapshot.around(district);
    if stations.len() > app.config.limits.offline_stations {
        return Err(too_many(stations.len(), app.config.limits.offline_stations).into());
    }
    let json = [(CONTENT_TYPE, "application/json")];
    Ok(question.answer(snapshot.version(frame.at), || {
        (json, geojson::bytes(&OfflineCopy::new(&snapshot, district, &stations, &frame)))
    }))
}

/// A copy that no phone could hold.
fn too_many(stations: usize, limit: usize) -> FieldError {
    FieldError::new(
        "district",
        "too_many_stations",
        format!("这里有 {stations} 处驿站，离线名册最多装 {limit} 处；请用 /api/v1/stations 一页页取。"),
        format!(
            "{stations} stations are more than the {limit} of a copy; take them page by page from /api/v1/stations"
        ),
    )
}

/// Who asks, and when.
pub(super) fn asker(app: &App, question: &Question) -> Asker {
    Asker { now: app.clock.now(), language: question.language }
}

/// The snapshot to answer from: of the revision that the client has seen, or later.
pub(super) async fn snapshot(app: &App, headers: &HeaderMap) -> Result<Arc<Snapshot>, Error> {
    let Some(header) = headers.get("x-min-revision") else { return Ok(app.registry.snapshot()) };
    let wrong =
        || FieldError::new("X-Min-Revision", "unreadable", "要写版本号整数。", "must be a revision number");
    let revision = header.to_str().ok().and_then(|v| v.parse().ok()).ok_or_else(wrong)?;
    app.registry.at_least(revision).await
}
