//! The interface of door cards, keepers' links, proposals and visits.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::http::header::CACHE_CONTROL;
use axum::response::{IntoResponse, Response};

use super::keeper::links;
use super::proposals;
use super::told::{Door, Doors, MadeLink, Proposals, ToldLink, ToldProposal};
use super::wish::{RefuseWish, TakeWish, VisitWish};
use super::{openapi, printing, visits};
use crate::accounts::totp::qr_svg;
use crate::accounts::{Actor, Permission, Policy};
use crate::app::App;
use crate::error::Error;
use crate::http::body::Body;
use crate::http::cache::Question;
use crate::http::list;
use crate::http::openapi::Documented;
use crate::http::origin::Origin;
use crate::http::params::Params;
use crate::http::proxy::ClientAddress;
use crate::http::version::{IfMatch, private, versioned};
use crate::ids::{ProposalId, StationId};
use crate::stations::life::desk::Desk;
use crate::stations::listing::{self, Cursor, SortKey, StaffQuery, filter_parameters};

/// How many items a page has that names no limit, and the most it has.
pub(super) const PAGE: (usize, usize) = (50, 200);
const SEE: Policy = Policy::Needs(Permission::StationSee);
const LINK_MAKER: Policy = Policy::Needs(Permission::KeeperLink);
const DECIDER: Policy = Policy::Needs(Permission::StationCheck);

/// The interface of door cards, keepers' links, proposals and visits.
pub fn routes() -> Documented {
    let routes = Documented::default()
        .get("/api/v1/stations/{id}/door-card.pdf", SEE, printing::one, openapi::card())
        .get("/api/v1/door-cards.pdf", SEE, printing::many, openapi::cards())
        .get("/api/v1/doors", SEE, doors, openapi::doors())
        .get("/api/v1/stations/{id}/keeper-link", LINK_MAKER, find_link, openapi::find_link())
        .post("/api/v1/stations/{id}/keeper-link", LINK_MAKER, make_link, openapi::make_link())
        .delete("/api/v1/stations/{id}/keeper-link", LINK_MAKER, revoke_link, openapi::revoke_link())
        .get("/api/v1/proposals", DECIDER, list_proposals, openapi::proposals())
        .post("/api/v1/proposals/{id}/take", DECIDER, take, openapi::take())
        .post("/api/v1/proposals/{id}/refuse", DECIDER, refuse, openapi::refuse())
        .post("/api/v1/stations/{id}/visits", Policy::Public, visit, openapi::visit());
    openapi::with_schemas(routes)
}

fn station_id(text: &str) -> Result<StationId, Error> {
    text.parse().map_err(|_| Error::NotFound("station"))
}

/// `GET /api/v1/doors`
async fn doors(
    State(app): State<App>,
    actor: Actor,
    mut params: Params,
    origin: Origin,
    question: Question,
) -> Result<Response, Error> {
    let filter = filter_parameters(&mut params);
    let limit = params.limit(PAGE.0, PAGE.1);
    let after =
        params.cursor(|text| Cursor::read(text).filter(|cursor| matches!(cursor.key, listing::Key::Text(_))));
    params.finish()?;
    let query = StaffQuery { filter, sort: SortKey::Code, descending: false, after, limit };
    let (snapshot, now) = (app.registry.snapshot(), app.clock.now());
    let page = listing::service::page(&app.db, &actor, &query, &snapshot, now).await?;
    let (links, zone) = (links::all(&app).await?, snapshot.zone());
    let door = |station: crate::stations::model::Station| {
        let link = links.get(&station.id);
        Door::of(station, link, zone, now)
    };
    let next = page.next.map(|cursor| cursor.written());
    let items = page.stations.into_iter().map(door).collect();
    Ok(list::page(&question, &origin, next.clone(), Doors { items, next, total: page.total }))
}

/// `GET /api/v1/stations/{id}/keeper-link`
async fn find_link(State(app): State<App>, actor: Actor, Path(id): Path<String>) -> Result<Response, Error> {
    let id = station_id(&id)?;
    let station = Desk::of(&app, actor.clone()).await?.find(id).await?;
    actor.must_station(Permission::KeeperLink, id, station.facts.district)?;
    let links = links::all(&app).await?;
    Ok(private(links.get(&id).map(ToldLink::of)))
}

/// `POST /api/v1/stations/{id}/keeper-link`
async fn make_link(
    State(app): State<App>,
    actor: Actor,
    Path(id): Path<String>,
    origin: Origin,
) -> Result<Response, Error> {
    let secret = links::make(&app, &actor, station_id(&id)?).await?;
    let link = format!("{}/k/{secret}", origin.0);
    let no_code = || Error::Internal("a link is too long for a QR code".to_owned());
    let made = MadeLink { qr_svg: qr_svg(&link).ok_or_else(no_code)?, link };
    Ok((StatusCode::CREATED, [(CACHE_CONTROL, "no-store")], Json(made)).into_response())
}

/// `DELETE /api/v1/stations/{id}/keeper-link`
async fn revoke_link(
    State(app): State<App>,
    actor: Actor,
    Path(id): Path<String>,
) -> Result<Response, Error> {
    links::revoke(&app, &actor, station_id(&id)?).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// `GET /api/v1/proposals`
async fn list_proposals(
    State(app): State<App>,
    actor: Actor,
    mut params: Params,
    origin: Origin,
    question: Question,
) -> Result<Response, Error> {
    let state = params.text("state").unwrap_or_else(|| "waiting".to_owned());
    if !["waiting", "ended"].contains(&state.as_str()) {
        params.refuse("state", "unknown_code", "可用：waiting, ended。", "known: waiting, ended");
    }
    let before = params.cursor(|text| text.parse().ok());
    let limit = params.limit(PAGE.0, PAGE.1);
    params.finish()?;
    let (found, next) = proposals::list(&app, &actor, state == "waiting", before, limit).await?;
    let snapshot = app.registry.snapshot();
    let told = |proposal| ToldProposal::of(proposal, &snapshot.city().calendar, question.language);
    let items = found.into_iter().map(told).collect();
    Ok(list::page(&question, &origin, next, Proposals { items, next }))
}

fn proposal_id(text: &str) -> Result<ProposalId, Error> {
    text.parse().map_err(|_| Error::NotFound("proposal"))
}

/// `POST /api/v1/proposals/{id}/take`
async fn take(
    State(app): State<App>,
    actor: Actor,
    Path(id): Path<String>,
    IfMatch(version): IfMatch,
    question: Question,
    Body(wish): Body<TakeWish>,
) -> Result<Response, Error> {
    let (hours, answer) = (wish.hours.as_deref(), wish.answer.as_deref());
    let proposal = proposals::take(&app, &actor, proposal_id(&id)?, version, hours, answer).await?;
    Ok(decided(&app, proposal, &question))
}

/// `POST /api/v1/proposals/{id}/refuse`
async fn refuse(
    State(app): State<App>,
    actor: Actor,
    Path(id): Path<String>,
    IfMatch(version): IfMatch,
    question: Question,
    Body(wish): Body<RefuseWish>,
) -> Result<Response, Error> {
    let proposal = proposals::refuse(&app, &actor, proposal_id(&id)?, version, &wish.answer).await?;
    Ok(decided(&app, proposal, &question))
}

fn decided(app: &App, proposal: proposals::Proposal, question: &Question) -> Response {
    let snapshot = app.registry.snapshot();
    let told = ToldProposal::of(proposal, &snapshot.city().calendar, question.language);
    versioned(told.version, told)
}

/// `POST /api/v1/stations/{id}/visits`
async fn visit(
    State(app): State<App>,
    Path(id): Path<String>,
    ClientAddress(address): ClientAddress,
    Body(wish): Body<VisitWish>,
) -> Result<Response, Error> {
    visits::count(&app, station_id(&id)?, wish.trade, address).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}
