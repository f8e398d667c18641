//! Addresses to pages: reads the question, asks the snapshot once, draws.

use axum::Router;
use axum::extract::{Path, Query, State};
use axum::http::HeaderMap;
use axum::response::Response;
use axum::routing::get;

use super::asked::{Asked, Place};
use super::context::Context;
use super::list::{self, Found};
use super::sheet::{self, Sheet};
use super::visit::{View, Visit};
use super::{display, fault, home, manifest};
use crate::app::App;
use crate::ids::StationId;

/// The worker's pages.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/", get(start))
        .route("/stations/{id}", get(station))
        .route("/display", get(display::choose))
        .route("/manifest.webmanifest", get(manifest::manifest))
}

type Pairs = Query<Vec<(String, String)>>;

async fn start(State(app): State<App>, Query(pairs): Pairs, headers: HeaderMap) -> Response {
    let visit = Visit::new(&app, &pairs, &headers);
    let (asked, search) = (&visit.asked, visit.search());
    let mut context = visit.context(&app);
    let view = match asked.place {
        Place::At(position) => listed(&context, &search.nearest(position)),
        Place::District(adcode) => listed(&context, &search.district(adcode)),
        Place::Nowhere | Place::Nonsense => {
            context.middle = search.middle();
            let main = home::main(&context, &search.districts());
            let is_demonstration = visit.snapshot.is_demonstration();
            View { title: context.words.home_title.to_owned(), is_demonstration, main }
        }
    };
    visit.drawn(&app, &context, &view, Asked::list_href)
}

async fn station(
    State(app): State<App>,
    Path(id): Path<String>,
    Query(pairs): Pairs,
    headers: HeaderMap,
) -> Response {
    let visit = Visit::new(&app, &pairs, &headers);
    let from = if let Place::At(position) = visit.asked.place { Some(position) } else { None };
    let id = id.parse::<StationId>().ok();
    let Some(detail) = id.and_then(|id| visit.snapshot.find(id, &visit.telling(), from)) else {
        return fault::not_found(visit.client.language, &app.assets());
    };
    let context = visit.context(&app);
    let station = &detail.feature.properties;
    let main = sheet::main(&context, &Sheet { station, nav: &detail.nav, week: detail.week.as_deref() });
    let view = View { title: station.name.to_owned(), is_demonstration: station.demonstration, main };
    visit.drawn(&app, &context, &view, |asked| asked.station_href(station.id))
}

fn listed(context: &Context<'_>, found: &Found<'_>) -> View {
    let is_demonstration = found.all().any(|f| f.properties.demonstration);
    View { title: list::title(context), is_demonstration, main: list::main(context, found) }
}
