//! The interface of offers, and of merchants as the public sees them.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::http::header::{CONTENT_TYPE, ETAG, LINK};
use axum::response::{AppendHeaders, IntoResponse, Response};

use super::geojson::{Asker, Collection, Merchants};
use super::store::Query;
use super::told::Offers;
use super::wish::OfferWish;
use super::{asked, openapi, service};
use crate::accounts::{Actor, Permission, Policy};
use crate::app::App;
use crate::error::Error;
use crate::http::body::Body;
use crate::http::cache::Question;
use crate::http::list;
use crate::http::openapi::Documented;
use crate::http::origin::Origin;
use crate::http::params::Params;
use crate::http::version::{IfMatch, tag, versioned};
use crate::ids::{MerchantId, OfferId};
use crate::stations::Version;

/// How many offers a page of staff has that names no limit, and at most.
pub(super) const PAGE: (usize, usize) = (50, 200);
/// The media type of GeoJSON.
pub(super) const GEOJSON: &str = "application/geo+json";
const SEE: Policy = Policy::Needs(Permission::BenefitSee);
const MANAGE: Policy = Policy::Needs(Permission::BenefitManage);

/// The routes.
pub(in crate::benefits) fn routes() -> Documented {
    let routes = Documented::default()
        .get("/api/v1/offers", Policy::Public, near, openapi::near())
        .get("/api/v1/merchants", Policy::Public, merchants, openapi::merchants())
        .get("/api/v1/merchants/{id}", Policy::Public, merchant, openapi::merchant())
        .get("/api/v1/benefits/offers", SEE, all, openapi::list())
        .post("/api/v1/offers", MANAGE, add, openapi::add())
        .patch("/api/v1/offers/{id}", MANAGE, change, openapi::change())
        .delete("/api/v1/offers/{id}", MANAGE, remove, openapi::remove());
    openapi::with_schemas(routes)
}

fn asker(app: &App, question: &Question) -> Asker {
    let zone = app.config.zone();
    Asker { local: zone.local(app.clock.now()), zone, language: question.language }
}

/// The version of what the public is told: states change with the minute.
fn version(app: &App, revision: i64) -> Version {
    Version { revision, minute: app.clock.now().timestamp().div_euclid(60) }
}

/// `GET /api/v1/offers`
async fn near(
    State(app): State<App>,
    params: Params,
    origin: Origin,
    question: Question,
) -> Result<Response, Error> {
    let wanted = asked::offers(params)?;
    let day = app.offers.now(&app).await?;
    let (features, next) = day.offers_for(&wanted, asker(&app, &question));
    let link = next.map(|cursor| (LINK, question.next_link(&origin, &cursor)));
    let collection = Collection::new(features, day.revision, app.config.zone().stamp(app.clock.now()));
    let make = || (AppendHeaders(link), Json(collection));
    let mut response = question.answer(version(&app, day.revision), make);
    if response.status() == StatusCode::OK {
        response.headers_mut().insert(CONTENT_TYPE, axum::http::HeaderValue::from_static(GEOJSON));
    }
    Ok(response)
}

/// `GET /api/v1/merchants`
async fn merchants(
    State(app): State<App>,
    params: Params,
    origin: Origin,
    question: Question,
) -> Result<Response, Error> {
    let wanted = asked::merchants(params)?;
    let day = app.offers.now(&app).await?;
    let (items, next) = day.merchants_for(&wanted, asker(&app, &question));
    let link = next.map(|cursor| (LINK, question.next_link(&origin, &cursor.to_string())));
    let make = || (AppendHeaders(link), Json(Merchants { items, next }));
    Ok(question.answer(version(&app, day.revision), make))
}

/// `GET /api/v1/merchants/{id}`
async fn merchant(
    State(app): State<App>,
    Path(id): Path<String>,
    question: Question,
) -> Result<Response, Error> {
    let missing = || Error::NotFound("merchant");
    let id: MerchantId = id.parse().map_err(|_| missing())?;
    let day = app.offers.now(&app).await?;
    let told = day.one_merchant(id, asker(&app, &question)).ok_or_else(missing)?;
    Ok(question.answer(version(&app, day.revision), || Json(told)))
}

/// `GET /api/v1/benefits/offers`
async fn all(
    State(app): State<App>,
    actor: Actor,
    mut params: Params,
    origin: Origin,
    question: Question,
) -> Result<Response, Error> {
    let (zh, en) = ("要写商户的编号。", "must be the id of a merchant");
    let merchant = params.value::<MerchantId>("merchant", zh, en).map(|id| id.to_string());
    let limit = params.limit(PAGE.0, PAGE.1);
    let before = params.cursor(|text| text.parse::<OfferId>().ok()).map(|id| id.to_string());
    params.finish()?;
    let query = Query { merchant, before, most: i64::try_from(limit).unwrap_or(i64::MAX) };
    let (items, next) = service::list(&app, &actor, query).await?;
    Ok(list::page(&question, &origin, next, Offers { items, next }))
}

fn read(id: &str) -> Result<OfferId, Error> {
    id.parse().map_err(|_| Error::NotFound("offer"))
}

/// `POST /api/v1/offers`
async fn add(State(app): State<App>, actor: Actor, Body(wish): Body<OfferWish>) -> Result<Response, Error> {
    let told = service::add(&app, &actor, wish).await?;
    Ok((StatusCode::CREATED, AppendHeaders([(ETAG, tag(told.version))]), Json(told)).into_response())
}

/// `PATCH /api/v1/offers/{id}`
async fn change(
    State(app): State<App>,
    actor: Actor,
    Path(id): Path<String>,
    IfMatch(version): IfMatch,
    Body(wish): Body<OfferWish>,
) -> Result<Response, Error> {
    let told = service::change(&app, &actor, read(&id)?, version, wish).await?;
    Ok(versioned(told.version, told))
}

/// `DELETE /api/v1/offers/{id}`
async fn remove(
    State(app): State<App>,
    actor: Actor,
    Path(id): Path<String>,
    IfMatch(version): IfMatch,
) -> Result<StatusCode, Error> {
    service::remove(&app, &actor, read(&id)?, version).await?;
    Ok(StatusCode::NO_CONTENT)
}
