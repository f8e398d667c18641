//! The interface of ratings: `/api/v1/ratings…` and `/api/v1/stations/{id}/rating`.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};

use super::told::{ComputedTold, RulesVersions, RulesWish, Told};
use super::{list, openapi, service};
use crate::accounts::{Actor, Permission, Policy};
use crate::app::App;
use crate::error::Error;
use crate::http::body::Body;
use crate::http::cache::Question;
use crate::http::openapi::Documented;
use crate::http::params::Params;
use crate::http::version::{IfMatch, private, versioned};
use crate::ids::StationId;
use crate::stations::life::desk::Desk;
use crate::stations::life::patch::remark;

/// How many stations a page has that names no limit, and the most it has.
pub(super) const PAGE: (usize, usize) = (50, 200);
/// The most characters of a note.
const NOTE_CHARS: usize = 500;

/// The interface of ratings.
pub fn routes() -> Documented {
    let (see, write) = (Policy::Needs(Permission::StationSee), Policy::Needs(Permission::RatingWrite));
    let routes = Documented::default()
        .get("/api/v1/ratings", see, all, openapi::list())
        .post("/api/v1/ratings/compute", write, compute, openapi::compute())
        .get("/api/v1/ratings/rules", see, rules, openapi::rules())
        .post("/api/v1/ratings/rules", write, write_rules, openapi::write_rules())
        .get("/api/v1/stations/{id}/rating", see, of_station, openapi::of_station());
    openapi::with_schemas(routes)
}

/// `GET /api/v1/ratings`
async fn all(State(app): State<App>, actor: Actor, mut params: Params) -> Result<Response, Error> {
    let district = params.text("district");
    if district.as_deref().is_some_and(|d| d.len() > 6 || !d.bytes().all(|b| b.is_ascii_digit())) {
        params.refuse(
            "district",
            "unreadable",
            "要写区划代码或它的前几位。",
            "must be digits of a district code",
        );
    }
    let stars: Vec<i64> = params.codes("stars", || "0, 1, 2, 3, 4, 5".to_owned());
    if stars.iter().any(|s| !(0..=5).contains(s)) {
        params.refuse("stars", "out_of_range", "要在 0 到 5 之间。", "must be 0 to 5");
    }
    let query = list::Query {
        district,
        stars,
        words: list::words(&mut params),
        clause: params.text("clause"),
        limit: params.limit(PAGE.0, PAGE.1),
        skip: params.value("cursor", "请用上一页的 next。", "use `next` of the page before").unwrap_or(0),
    };
    params.finish()?;
    Ok(private(list::page(&app, &actor, &query).await?))
}

/// `POST /api/v1/ratings/compute`
async fn compute(State(app): State<App>, actor: Actor) -> Result<Response, Error> {
    let done = service::compute_by(&app, &actor).await?;
    let told =
        ComputedTold { rules_version: done.rules_version, stations: done.stations, changed: done.changed };
    Ok(private(told))
}

/// `GET /api/v1/ratings/rules`
async fn rules(State(app): State<App>, params: Params, question: Question) -> Result<Response, Error> {
    params.finish()?;
    told_rules(&app, &question, StatusCode::OK).await
}

async fn told_rules(app: &App, question: &Question, status: StatusCode) -> Result<Response, Error> {
    let items = service::versions(&app.db, app.config.zone()).await?;
    let newest = items.first().map_or(0, |v| v.version);
    let told = RulesVersions { items, measures: Told::all(question.language) };
    Ok((status, versioned(newest, told)).into_response())
}

/// `POST /api/v1/ratings/rules`
async fn write_rules(
    State(app): State<App>,
    actor: Actor,
    question: Question,
    IfMatch(version): IfMatch,
    Body(wish): Body<RulesWish>,
) -> Result<Response, Error> {
    let note = remark("note", wish.note.as_deref(), NOTE_CHARS)?;
    service::write_rules(&app, &actor, version, &wish.rules, note).await?;
    told_rules(&app, &question, StatusCode::CREATED).await
}

/// `GET /api/v1/stations/{id}/rating`
async fn of_station(
    State(app): State<App>,
    actor: Actor,
    Path(id): Path<String>,
    params: Params,
) -> Result<Response, Error> {
    params.finish()?;
    let id: StationId = id.parse().map_err(|_| Error::NotFound("station"))?;
    let snapshot = app.registry.snapshot();
    Desk::of(&app, actor).await?.find(id).await?;
    Ok(private(service::of_station(&app.db, &snapshot, id, app.clock.now()).await?))
}
