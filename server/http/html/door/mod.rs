//! The pages at the door, without script: what a visitor says there, and what the keeper does whose phone holds
//! the station's link.
//!
//! `/k/{secret}` lets the phone hold the link and goes on to `/q/{id}`, so that the secret stands in no address that
//! somebody shares or that a browser hands on.

mod deeds;
mod keeper;
mod parts;
mod visitor;
mod words;

use axum::extract::{Path, Query, State};
use axum::http::header::{CACHE_CONTROL, LOCATION, REFERRER_POLICY};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{AppendHeaders, IntoResponse, Response};
use maud::Markup;

use self::parts::Said;
use self::words::words;
use super::fault;
use super::layout::About;
use super::visit::{View, Visit};
use crate::accounts::{Actor, Policy};
use crate::app::App;
use crate::door::keeper::{Keeper, links};
use crate::error::Error;
use crate::http::openapi::Documented;
use crate::http::origin::Scheme;
use crate::http::proxy::ClientAddress;
use crate::http::session;
use crate::ids::StationId;
use crate::pace::Purpose;
use crate::stations::life::desk::Desk;

/// The pages at the door.
pub(super) fn routes() -> Documented {
    Documented::default()
        .page("/k/{secret}", Policy::Public, arrive)
        .page("/q/{id}", Policy::Public, show)
        .form("/q/{id}/visit", Policy::Public, deeds::visit)
        .form("/q/{id}/keeper", Policy::Public, deeds::keep)
}

/// `GET /k/{secret}`: from now on this phone is the keeper's.
async fn arrive(
    State(app): State<App>,
    Path(secret): Path<String>,
    ClientAddress(address): ClientAddress,
    scheme: Scheme,
    headers: HeaderMap,
    visit: Visit,
) -> Result<Response, Error> {
    app.pace.count(Purpose::KeeperLink, address, app.clock.now())?;
    let mut response = match links::open(&app, &secret).await? {
        None => {
            let (title, main) = visitor::dead(&visit.context(&app));
            let mut page = drawn(&app, &visit, "/", title, main);
            *page.status_mut() = StatusCode::NOT_FOUND;
            page
        }
        Some(keeper) => {
            let cookie = session::keep(scheme, &secret, &headers);
            let on = (LOCATION, format!("/q/{}?keeper=1", keeper.station));
            (StatusCode::SEE_OTHER, AppendHeaders([cookie, on])).into_response()
        }
    };
    response.headers_mut().insert(REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    Ok(unkept(response))
}

/// `GET /q/{id}`: where the code at the door leads.
async fn show(
    State(app): State<App>,
    Path(id): Path<String>,
    Query(pairs): Query<Vec<(String, String)>>,
    scheme: Scheme,
    headers: HeaderMap,
    visit: Visit,
) -> Result<Response, Error> {
    let Ok(id) = id.parse::<StationId>() else {
        return Ok(fault::not_found(visit.client.language, &app.assets()));
    };
    let asked = |name: &str| pairs.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str());
    let context = visit.context(&app);
    let said = Said::done(&context, asked("done"), asked("what"));
    if let Some(keeper) = links::at(&app, &session::keeper(scheme, &headers), id).await? {
        return keeper_page(&app, &visit, &keeper, said).await;
    }
    let lost = asked("keeper").is_some().then(|| words(context.language).no_cookie.to_owned());
    let said = Said { wrong: lost.into_iter().collect(), ..said };
    let Some(detail) = visit.snapshot.find(id, &visit.telling(), None) else {
        // Whether there is such a station that the public does not see yet, only a database knows.
        Desk::of(&app, Actor::system()).await?.find(id).await?;
        let (title, main) = visitor::private(&context);
        return Ok(unkept(drawn(&app, &visit, &path(id), title, main)));
    };
    let station = &detail.feature.properties;
    let has_said = deeds::is_marked(&headers, id);
    let main = visitor::main(&context, station, &said, has_said);
    Ok(unkept(drawn(&app, &visit, &path(id), station.name.to_owned(), main)))
}

/// What the keeper sees.
async fn keeper_page(app: &App, visit: &Visit, keeper: &Keeper, said: Said) -> Result<Response, Error> {
    let snapshot = app.registry.snapshot();
    let context = visit.context(app);
    let (station, closings) = (keeper.find().await?, keeper.closings().await?);
    let proposal = keeper.last_proposal().await?;
    let detail = snapshot.find(station.id, &visit.telling(), None);
    let view = keeper::Shown {
        keeper,
        station: &station,
        public: detail.as_ref().map(|detail| &detail.feature.properties),
        closings: &closings,
        proposal: proposal.as_ref(),
        said: &said,
    };
    let main = keeper::main(&context, &view);
    let mut page = drawn(app, visit, &path(station.id), station.facts.name.clone(), main);
    if !said.wrong.is_empty() {
        *page.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    }
    Ok(unkept(page))
}

fn path(id: StationId) -> String {
    format!("/q/{id}")
}

fn drawn(app: &App, visit: &Visit, path: &str, title: String, main: Markup) -> Response {
    let view = View { title, is_demonstration: false, main, about: About::default() };
    visit.drawn(app, view, |asked| asked.page_href(path))
}

/// A page of a phone's owner is kept by nobody.
fn unkept(mut response: Response) -> Response {
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}
