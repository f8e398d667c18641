//! Addresses to pages: reads the question, asks the snapshot once, draws.

use axum::Router;
use axum::extract::{Path, Query, State};
use axum::http::HeaderMap;
use axum::response::Response;
use axum::routing::get;
use chrono::{DateTime, FixedOffset};
use maud::Markup;
use spatial::Datum;

use super::asked::{Asked, Place};
use super::context::Context;
use super::layout::Frame;
use super::list::{self, Found};
use super::reply::{self, Client};
use super::search::Search;
use super::sheet::{self, Sheet};
use super::{fault, home};
use crate::app::App;
use crate::http::assets::Assets;
use crate::ids::StationId;
use crate::language::Language;
use crate::stations::query::Frame as Telling;
use crate::stations::snapshot::Snapshot;

/// The worker's pages.
pub fn routes() -> Router<App> {
    Router::new().route("/", get(start)).route("/stations/{id}", get(station))
}

type Pairs = Query<Vec<(String, String)>>;

async fn start(State(app): State<App>, Query(pairs): Pairs, headers: HeaderMap) -> Response {
    let assets = &app.assets();
    let asked = Asked::read(&pairs);
    let client = Client::read(&headers, &asked);
    let snapshot = app.registry.snapshot();
    let now = snapshot.zone().stamp(app.clock.now());
    let search = Search { snapshot: &snapshot, telling: telling(client.language, now), asked: &asked };
    let mut context = context(&app, &snapshot, client, now, &asked);
    let view = match asked.place {
        Place::At(position) => listed(&context, &search.nearest(position)),
        Place::District(adcode) => listed(&context, &search.district(adcode)),
        Place::Nowhere | Place::Nonsense => {
            context.middle = search.middle();
            let main = home::main(&context, &search.districts());
            View {
                title: context.words.home_title.to_owned(),
                is_demonstration: snapshot.is_demonstration(),
                main,
            }
        }
    };
    drawn(assets, &context, client, &view, asked.spoken(other(client.language)).list_href())
}

async fn station(
    State(app): State<App>,
    Path(id): Path<String>,
    Query(pairs): Pairs,
    headers: HeaderMap,
) -> Response {
    let assets = &app.assets();
    let asked = Asked::read(&pairs);
    let client = Client::read(&headers, &asked);
    let snapshot = app.registry.snapshot();
    let now = snapshot.zone().stamp(app.clock.now());
    let from = if let Place::At(position) = asked.place { Some(position) } else { None };
    let id = id.parse::<StationId>().ok();
    let Some(detail) = id.and_then(|id| snapshot.find(id, &telling(client.language, now), from)) else {
        return fault::not_found(client.language, assets);
    };
    let context = context(&app, &snapshot, client, now, &asked);
    let station = &detail.feature.properties;
    let main = sheet::main(&context, &Sheet { station, nav: &detail.nav, week: detail.week.as_deref() });
    let view = View { title: station.name.to_owned(), is_demonstration: station.demonstration, main };
    drawn(assets, &context, client, &view, asked.spoken(other(client.language)).station_href(station.id))
}

/// A page before it is framed.
struct View {
    title: String,
    is_demonstration: bool,
    main: Markup,
}

fn listed(context: &Context<'_>, found: &Found<'_>) -> View {
    let is_demonstration = found.all().any(|f| f.properties.demonstration);
    View { title: list::title(context), is_demonstration, main: list::main(context, found) }
}

fn drawn(
    assets: &Assets,
    context: &Context<'_>,
    client: Client,
    view: &View,
    in_other_language: String,
) -> Response {
    let frame = Frame {
        language: context.language,
        assets,
        title: &view.title,
        is_demonstration: view.is_demonstration,
        other_language: Some(in_other_language),
        is_large: client.is_large,
    };
    reply::answer(context, client, &frame, &view.main)
}

fn context<'a>(
    app: &'a App,
    snapshot: &'a Snapshot,
    client: Client,
    now: DateTime<FixedOffset>,
    asked: &'a Asked,
) -> Context<'a> {
    let mut context = Context::new(client.language, snapshot.city(), now, asked);
    context.basemap = Some(&app.config.map);
    context
}

fn telling(language: Language, at: DateTime<FixedOffset>) -> Telling {
    Telling { at, out_crs: Datum::Wgs84, language }
}

fn other(language: Language) -> Language {
    language.of(Language::En, Language::ZhCn)
}
