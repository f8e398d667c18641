//! Addresses to pages: reads the question, asks the snapshot once, draws.

use std::time::Duration;

use axum::extract::{Path, State};
use axum::response::Response;
use tokio::time::timeout;

use super::asked::{Asked, Place};
use super::context::Context;
use super::layout::About;
use super::list::{self, Found};
use super::sheet::{self, Sheet};
use super::visit::{View, Visit};
use super::{
    benefits, desk, directory, display, door, embed, fault, found, grievance, home, join, manifest, report,
    report_track, sitemap, staff,
};
use crate::accounts::Policy;
use crate::app::App;
use crate::http::openapi::Documented;
use crate::ids::StationId;
use crate::map_pictures;
use crate::observations::{self, Promise};

/// How long a sheet waits for what the database knows of its station.
const PATIENCE: Duration = Duration::from_millis(300);

/// The worker's pages.
pub fn routes() -> Documented {
    Documented::default()
        .page("/", Policy::Public, start)
        .page("/stations/{id}", Policy::Public, station)
        .page(report::PATH, Policy::Public, report::ask)
        .form(report::PATH, Policy::Public, report::send)
        .page(report_track::PATH, Policy::Public, report_track::ask)
        .form(report_track::PATH, Policy::Public, report_track::show)
        .page("/directory", Policy::Public, directory::districts)
        .page("/directory/{adcode}", Policy::Public, directory::district)
        .page(embed::PATH, Policy::Public, embed::page)
        .page(desk::PATH, Policy::Public, desk::page)
        .page(staff::PATH, Policy::Public, staff::page)
        .page(staff::BELOW, Policy::Public, staff::page)
        .page(staff::GRIEVANCES, Policy::Public, staff::grievances)
        .page(staff::BELOW_GRIEVANCES, Policy::Public, staff::grievances)
        .page(staff::BENEFITS, Policy::Public, staff::benefits)
        .page(staff::BELOW_BENEFITS, Policy::Public, staff::benefits)
        .page(staff::PLANNER, Policy::Public, staff::planner)
        .page(staff::BELOW_PLANNER, Policy::Public, staff::planner)
        .page(join::PATH, Policy::Public, join::form)
        .form(join::PATH, Policy::Public, join::send)
        .page("/display", Policy::Public, display::choose)
        .page("/manifest.webmanifest", Policy::Public, manifest::manifest)
        .merge(sitemap::routes())
        .merge(door::routes())
        .merge(grievance::routes())
        .merge(benefits::routes())
}

async fn start(State(app): State<App>, visit: Visit) -> Response {
    let (context, search) = (visit.context(&app), visit.search());
    let view = match visit.asked.place {
        _ if !visit.asked.text.is_empty() => searched(&context, &visit),
        Place::At(position) => listed(&context, &search.nearest(position), About::default()),
        Place::District(adcode) => {
            let canonical = Some(visit.absolute(&format!("/?district={adcode}")));
            listed(&context, &search.district(adcode), About { canonical, ..About::default() })
        }
        Place::Nowhere | Place::Nonsense => begin(context, &visit),
    };
    visit.drawn(&app, view, Asked::list_href)
}

/// What is found by words.
fn searched(context: &Context<'_>, visit: &Visit) -> View {
    let near = if let Place::At(position) = visit.asked.place { Some(position) } else { None };
    let found = visit.snapshot.search(&visit.asked.text, near, &visit.telling());
    let is_demonstration = found.stations.iter().any(|f| f.properties.demonstration);
    let (title, main) = (found::title(context), found::main(context, &found));
    View { title, is_demonstration, main, about: About::default() }
}

/// The page without a place.
fn begin(mut context: Context<'_>, visit: &Visit) -> View {
    let search = visit.search();
    context.middle = visit.snapshot.summary().middle;
    View {
        title: context.words.home_title.to_owned(),
        is_demonstration: visit.snapshot.summary().is_demonstration,
        main: home::main(&context, &search.districts()),
        about: About { canonical: Some(visit.absolute("/")), ..About::default() },
    }
}

async fn station(State(app): State<App>, Path(id): Path<String>, visit: Visit) -> Response {
    let from = if let Place::At(position) = visit.asked.place { Some(position) } else { None };
    let id = id.parse::<StationId>().ok();
    let Some(detail) = id.and_then(|id| visit.snapshot.find(id, &visit.telling(), from)) else {
        return fault::not_found(visit.client.language, &app.assets());
    };
    let context = visit.context(&app);
    let station = &detail.feature.properties;
    let sheet = Sheet {
        station,
        nav: &detail.nav,
        week: detail.week.as_deref(),
        photos: detail.photos,
        notices: &detail.notices,
        kept: kept_lately(&app, station.id).await,
    };
    let about = About {
        description: Some(sheet::description(&context, station)),
        canonical: Some(visit.absolute(&format!("/stations/{}", station.id))),
        image: Some(visit.absolute(&match detail.photos.first() {
            Some(photo) => photo.url(),
            None => map_pictures::address(station.id),
        })),
    };
    let view = View {
        title: station.name.to_owned(),
        is_demonstration: station.demonstration,
        main: sheet::main(&context, &sheet),
        about,
    };
    visit.drawn(&app, view, |asked| asked.station_href(station.id))
}

/// How a station kept its hours lately, where there is a rate and the database tells it at once: the sheet is drawn from
/// memory, and does not wait for one that is slow or away.
async fn kept_lately(app: &App, station: StationId) -> Option<Promise> {
    let told = observations::promise_lately(&app.db, app.config.zone(), station, app.clock.now());
    let kept = timeout(PATIENCE, told).await.ok()?.ok()?;
    kept.rate().map(|_| kept)
}

fn listed(context: &Context<'_>, found: &Found<'_>, about: About) -> View {
    let is_demonstration = found.all().any(|f| f.properties.demonstration);
    View { title: list::title(context), is_demonstration, main: list::main(context, found), about }
}
