//! `GET /api/v1/stations/changes`.

use axum::extract::State;
use axum::http::HeaderMap;
use axum::http::header::{CONTENT_TYPE, LINK};
use axum::response::{AppendHeaders, Response};
use serde::Serialize;
use spatial::Datum;
use utoipa::ToSchema;

use super::{Place, openapi};
use crate::accounts::Policy;
use crate::app::App;
use crate::error::{Error, Words};
use crate::http::cache::Question;
use crate::http::openapi::Documented;
use crate::http::origin::Origin;
use crate::http::params::Params;
use crate::ids::StationId;
use crate::stations::geojson::{StationFeature, bytes};
use crate::stations::query::Frame;
use crate::stations::routes::snapshot;
use crate::stations::snapshot::{Moment, Snapshot};

/// How many changes a page has that names no limit, and the most it has.
pub(super) const PAGE: usize = 200;
pub(super) const MAX_PAGE: usize = 1_000;

/// The route.
pub fn routes() -> Documented {
    let routes =
        Documented::default().get("/api/v1/stations/changes", Policy::Public, changes, openapi::changes());
    routes.schema::<Changes<'_>>()
}

/// What changed since a revision.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = StationChanges)]
pub(super) struct Changes<'a> {
    /// The revision that was asked about.
    since: i64,
    /// The revision that a copy shows which has taken in this page and those before it, once there is no `next`.
    revision: i64,
    /// In the order of revisions; each station once.
    items: Vec<Change<'a>>,
    /// The cursor of the next page, where there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    next: Option<String>,
}

/// A station that changed.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = StationChange)]
struct Change<'a> {
    /// The last revision that touched it.
    revision: i64,
    id: StationId,
    /// As it is now; null where it is not public any more.
    #[schema(required)]
    station: Option<StationFeature<'a>>,
}

/// What is asked.
struct Asked {
    since: i64,
    place: Option<Place>,
    limit: usize,
}

fn asked(mut p: Params) -> Result<Asked, Error> {
    if !p.has("since") {
        let zh = "缺少这个参数：写手里副本的版本号。";
        p.refuse("since", "missing", zh, "missing; give the revision of your copy");
    }
    let (zh, en) = ("要写版本号，不小于 0 的整数。", "must be a revision, a whole number of at least 0");
    let since = p.value::<u64>("since", zh, en).map(|n| i64::try_from(n).unwrap_or(i64::MAX));
    let limit = p.limit(PAGE, MAX_PAGE);
    let place = p.cursor(read);
    p.finish()?;
    Ok(Asked { since: since.unwrap_or_default(), place, limit })
}

fn read(cursor: &str) -> Option<Place> {
    let (revision, id) = cursor.split_once('.')?;
    Some((revision.parse().ok()?, id.parse().ok()?))
}

fn written((revision, id): Place) -> String {
    format!("{revision}.{id}")
}

async fn changes(
    State(app): State<App>,
    params: Params,
    headers: HeaderMap,
    origin: Origin,
    question: Question,
) -> Result<Response, Error> {
    let asked = asked(params)?;
    let mut snapshot = snapshot(&app, &headers).await?;
    if snapshot.revision() < asked.since {
        // Another server has shown the client more than this one has seen yet.
        snapshot = app.registry.at_least(asked.since).await?;
    }
    let now = app.clock.now();
    let frame = Frame { at: now.fixed_offset(), out_crs: Datum::Wgs84, language: question.language };
    let page = page(&snapshot, &asked, &frame)?;
    Ok(question.answer(snapshot.version(now), || {
        let next = page.next.as_ref().map(|cursor| (LINK, question.next_link(&origin, cursor)));
        (AppendHeaders(next), [(CONTENT_TYPE, "application/json")], bytes(&page))
    }))
}

fn page<'a>(snapshot: &'a Snapshot, asked: &Asked, frame: &Frame) -> Result<Changes<'a>, Error> {
    let places = snapshot.changed().after(asked.since, asked.place).ok_or_else(too_old)?;
    let moment = Moment::new(frame.at, snapshot.zone());
    let shown = &places[..places.len().min(asked.limit)];
    let change = |(revision, id): &Place| {
        let entry = snapshot.station(*id);
        let station = entry.map(|e| StationFeature::new(snapshot.feature(e, frame, &moment, None)));
        Change { revision: *revision, id: *id, station }
    };
    let next = shown.last().filter(|_| shown.len() < places.len()).map(|place| written(*place));
    let items = shown.iter().map(change).collect();
    Ok(Changes { since: asked.since, revision: snapshot.revision(), items, next })
}

fn too_old() -> Error {
    let zh = "这个版本太旧，服务已不记得之后的每一处变化；请从 /api/v1/stations 重新取一遍。";
    let en =
        "This revision is too old for the service to know every change after it; take /api/v1/stations anew.";
    Error::Conflict { code: "too_old", detail: Words::new(zh, en) }
}
