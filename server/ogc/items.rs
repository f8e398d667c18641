//! Features: a page of a collection, and one station.

use axum::extract::{Path, RawQuery, State};
use axum::http::header::{CONTENT_TYPE, HeaderName, LINK};
use axum::response::{AppendHeaders, Response};
use chrono::{DateTime, FixedOffset, SubsecRound};
use serde::Serialize;
use tokio::sync::Semaphore;
use tokio::task::spawn_blocking;

use super::asked::{self, Frame, Items};
use super::crs::Crs;
use super::filter::Record;
use super::link::{GEOJSON, JSON, Link};
use super::row::{Properties, Row, View};
use crate::app::App;
use crate::error::Error;
use crate::http::cache::Question;
use crate::http::origin::Origin;
use crate::http::params::Params;
use crate::ids::StationId;
use crate::language::Language;
use crate::stations::Snapshot;
use crate::stations::geojson::bytes;
use crate::stations::snapshot::Moment;

/// The header that names the coordinate system of the positions of an answer (OGC 18-058r1, 6.4).
const CONTENT_CRS: HeaderName = HeaderName::from_static("content-crs");

/// How many filters are asked at once. Others wait for their turn, so that the longest ones leave room for everybody
/// else.
static TURNS: Semaphore = Semaphore::const_new(2);

/// A page of features.
#[derive(Serialize)]
struct Collection<'a> {
    r#type: &'static str,
    links: Vec<Link>,
    #[serde(rename = "timeStamp")]
    time_stamp: DateTime<FixedOffset>,
    #[serde(rename = "numberMatched")]
    matched: usize,
    #[serde(rename = "numberReturned")]
    returned: usize,
    features: Vec<Feature<'a>>,
}

#[derive(Serialize)]
struct Feature<'a> {
    r#type: &'static str,
    id: StationId,
    geometry: Point,
    properties: Properties<'a>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    links: Vec<Link>,
}

#[derive(Serialize)]
struct Point {
    r#type: &'static str,
    coordinates: [f64; 2],
}

/// What a question chooses of a snapshot.
struct Page {
    /// The stations of the page, by slots of no meaning outside of the snapshot: their ids.
    ids: Vec<StationId>,
    matched: usize,
    /// After which station the next page begins, where there is one.
    next: Option<StationId>,
}

/// `GET /ogc/collections/stations/items`
pub(super) async fn items(
    State(app): State<App>,
    RawQuery(query): RawQuery,
    origin: Origin,
    question: Question,
) -> Result<Response, Error> {
    let snapshot = app.registry.snapshot();
    let now = app.clock.now();
    let wish = asked::items(query.as_deref(), now, snapshot.zone())?;
    let (crs, version) = (wish.frame.crs, snapshot.version(wish.frame.at));
    if question.holds(version) {
        return Ok(question.answer(version, || ()));
    }
    let own = question.own_address(&origin);
    let language = question.language;
    let turn = match wish.condition {
        Some(_) => Some(TURNS.acquire().await.map_err(|error| Error::Internal(error.to_string()))?),
        None => None,
    };
    // A filter is asked of every station, which may take longer than other requests should wait.
    let found = spawn_blocking(move || {
        let page = choose(&snapshot, &wish, language);
        drop(turn);
        (page, wish, snapshot)
    });
    let (page, wish, snapshot) = found.await?;
    let next = page.next.map(|id| id.to_string());
    let mut links = vec![
        Link::new(own, "self", GEOJSON),
        Link::to(&origin, "/ogc/collections/stations", "collection", JSON),
    ];
    links.extend(next.as_deref().map(|id| Link::new(question.next_address(&origin, id), "next", GEOJSON)));
    let body =
        written(&snapshot, &wish.frame, language, &page, links, snapshot.zone().stamp(now.trunc_subsecs(0)));
    let header = next.map(|id| (LINK, question.next_link(&origin, &id)));
    Ok(question.answer(version, || (AppendHeaders(header), spoken(crs), body)))
}

/// `GET /ogc/collections/stations/items/{id}`
pub(super) async fn item(
    State(app): State<App>,
    Path(id): Path<String>,
    params: Params,
    origin: Origin,
    question: Question,
) -> Result<Response, Error> {
    let frame = asked::item(params, app.clock.now())?;
    let id: StationId = id.parse().map_err(|_| Error::NotFound("station"))?;
    let snapshot = app.registry.snapshot();
    let entry = snapshot.station(id).ok_or(Error::NotFound("station"))?;
    Ok(question.answer(snapshot.version(frame.at), || {
        let row = Row::new(view(&snapshot, &frame, question.language), entry);
        let links = vec![
            Link::new(question.own_address(&origin), "self", GEOJSON),
            Link::to(&origin, "/ogc/collections/stations", "collection", JSON),
        ];
        (spoken(frame.crs), bytes(&Feature { links, ..feature(&row, frame.crs) }))
    }))
}

/// What an answer with positions says of them.
fn spoken(crs: Crs) -> [(HeaderName, String); 2] {
    [(CONTENT_TYPE, GEOJSON.to_owned()), (CONTENT_CRS, format!("<{}>", crs.uri()))]
}

fn view<'a>(snapshot: &'a Snapshot, frame: &Frame, language: Language) -> View<'a> {
    View { snapshot, moment: Moment::new(frame.at, snapshot.zone()), language }
}

/// Counts what matches, and takes the page of it, in the order of the ids.
fn choose(snapshot: &Snapshot, wish: &Items, language: Language) -> Page {
    let view = view(snapshot, &wish.frame, language);
    let mut page = Page { ids: Vec::with_capacity(wish.limit), matched: 0, next: None };
    for entry in snapshot.entries() {
        let row = Row::new(view, entry);
        let is_inside = wish.window.is_none_or(|window| window.contains(row.place(window.crs)));
        if !is_inside || wish.condition.as_ref().is_some_and(|condition| !condition.chooses(&row)) {
            continue;
        }
        page.matched += 1;
        let id = entry.station.id;
        if wish.after.is_some_and(|after| id <= after) {
            continue;
        }
        if page.ids.len() < wish.limit {
            page.ids.push(id);
        } else if page.next.is_none() {
            page.next = page.ids.last().copied();
        }
    }
    page
}

fn written(
    snapshot: &Snapshot,
    frame: &Frame,
    language: Language,
    page: &Page,
    links: Vec<Link>,
    time_stamp: DateTime<FixedOffset>,
) -> Vec<u8> {
    let view = view(snapshot, frame, language);
    let entries = page.ids.iter().filter_map(|id| snapshot.station(*id));
    let rows: Vec<_> = entries.map(|entry| Row::new(view, entry)).collect();
    let features: Vec<_> = rows.iter().map(|row| feature(row, frame.crs)).collect();
    let (matched, returned) = (page.matched, features.len());
    bytes(&Collection { r#type: "FeatureCollection", links, time_stamp, matched, returned, features })
}

fn feature<'a>(row: &'a Row<'a>, crs: Crs) -> Feature<'a> {
    let coordinates = crs.written(row.entry.position());
    Feature {
        r#type: "Feature",
        id: row.entry.station.id,
        geometry: Point { r#type: "Point", coordinates },
        properties: Properties(row),
        links: Vec::new(),
    }
}
