//! The registry for staff: one station, its deeds and its history, and the list of them all.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::http::header::LOCATION;
use axum::response::{IntoResponse, Response};
use serde_json::{Map, Value};

use super::answer::{Acted, Listing, Queues, Refusal};
use super::asked::{Actions, Confirmation, MaybeBody, Reason, Restore, facts_and_reason};
use super::desk::{Desk, Done};
use super::openapi;
use super::record::{History, Record};
use super::service;
use super::transitions::Step;
use crate::accounts::{Actor, Permission, Policy};
use crate::app::App;
use crate::error::Error;
use crate::http::body::Body;
use crate::http::cache::Question;
use crate::http::list;
use crate::http::openapi::Documented;
use crate::http::origin::Origin;
use crate::http::params::Params;
use crate::http::problem;
use crate::http::version::{IfMatch, private, versioned};
use crate::ids::StationId;
use crate::observations;
use crate::reports::service as reports;
use crate::stations::listing;
use crate::stations::model::FacilityCode;

/// How many versions a page of a history has that names no limit, and the most it has.
pub(super) const HISTORY: (usize, usize) = (20, 100);
/// Another page begins before this version, which no station reaches.
const NEWEST: i64 = i64::MAX;

/// `/api/v1/registry…`, and the verbs of `/api/v1/stations…` that write.
pub fn routes() -> Documented {
    use Permission::{FacilityState, StationConfirm, StationDraft, StationSee};
    let see = Policy::Needs(StationSee);
    let routes = Documented::default()
        .get("/api/v1/registry", see, all, openapi::list())
        .get("/api/v1/registry/queues", see, queues, openapi::queues())
        .get("/api/v1/registry/{id}", see, find, openapi::find())
        .post("/api/v1/registry/actions", see, act_on_many, openapi::actions())
        .post("/api/v1/stations", Policy::Needs(StationDraft), draft, openapi::draft())
        .patch("/api/v1/stations/{id}", Policy::Needs(StationDraft), patch, openapi::patch())
        .put(
            "/api/v1/stations/{id}/facilities/{code}",
            Policy::Needs(FacilityState),
            put_facility,
            openapi::put_facility(),
        )
        .delete(
            "/api/v1/stations/{id}/facilities/{code}",
            Policy::Needs(FacilityState),
            drop_facility,
            openapi::drop_facility(),
        )
        .post(
            "/api/v1/stations/{id}/confirmations",
            Policy::Needs(StationConfirm),
            confirm,
            openapi::confirm(),
        )
        .get("/api/v1/stations/{id}/history", see, history, openapi::history())
        .post("/api/v1/stations/{id}/restore", Policy::Needs(StationDraft), restore, openapi::restore());
    openapi::with_schemas(Step::ALL.iter().fold(routes, |routes, step| with_step(routes, *step)))
}

fn with_step(routes: Documented, step: Step) -> Documented {
    use Permission::{StationCheck, StationDraft, StationPublish, StationSuspend};
    let (path, permission) = match step {
        Step::Submit => ("/api/v1/stations/{id}/submit", StationDraft),
        Step::Check => ("/api/v1/stations/{id}/check", StationCheck),
        Step::Publish => ("/api/v1/stations/{id}/publish", StationPublish),
        Step::Reject => ("/api/v1/stations/{id}/reject", StationCheck),
        Step::Suspend => ("/api/v1/stations/{id}/suspend", StationSuspend),
        Step::Resume => ("/api/v1/stations/{id}/resume", StationSuspend),
        Step::Retire => ("/api/v1/stations/{id}/retire", StationPublish),
    };
    let handler = move |State(app): State<App>,
                        actor: Actor,
                        Path(id): Path<String>,
                        IfMatch(version): IfMatch,
                        MaybeBody(said): MaybeBody<Reason>| async move {
        let (desk, reason) = (Desk::of(&app, actor).await?, said.read()?);
        let done = desk.step(station_id(&id)?, version, step, reason.as_deref()).await?;
        Ok::<_, Error>(answer(&app, &desk, done).await)
    };
    routes.post(path, Policy::Needs(permission), handler, openapi::step(step))
}

fn station_id(text: &str) -> Result<StationId, Error> {
    text.parse().map_err(|_| Error::NotFound("station"))
}

/// The record after a deed, once this server shows what the public sees of it.
async fn answer(app: &App, desk: &Desk, done: Done) -> Response {
    if done.revision.is_some() {
        follow(app).await;
    }
    // What was written is told, whether or not it can be read just now how its doors were found.
    let mark = reports::mark(&app.db, done.station.id, desk.now).await.unwrap_or_default();
    let record = Record::new(desk, done.station, &app.registry.snapshot()).marked(mark);
    versioned(record.version(), record)
}

/// The same for something new.
async fn created(app: &App, desk: &Desk, done: Done) -> Response {
    let address = format!("/api/v1/registry/{}", done.station.id);
    (StatusCode::CREATED, [(LOCATION, address)], answer(app, desk, done).await).into_response()
}

/// What was written is written; where the database cannot be read just now, the registry follows within a second.
async fn follow(app: &App) {
    if let Err(error) = app.registry.catch_up().await {
        tracing::warn!(%error, "the registry does not follow yet");
    }
}

/// `GET /api/v1/registry`
async fn all(
    State(app): State<App>,
    actor: Actor,
    params: Params,
    origin: Origin,
    question: Question,
) -> Result<Response, Error> {
    let query = listing::list(params)?;
    let (desk, snapshot) = (Desk::of(&app, actor).await?, app.registry.snapshot());
    let page = listing::service::page(&app.db, &desk.actor, &query, &snapshot, desk.now).await?;
    let marks = reports::marked(&app.db, desk.now).await?;
    let listing = Listing::new(page, &desk, &snapshot, &marks);
    Ok(list::page(&question, &origin, listing.next.clone(), listing))
}

/// `GET /api/v1/registry/queues`
async fn queues(State(app): State<App>, actor: Actor, params: Params) -> Result<Response, Error> {
    params.finish()?;
    let snapshot = app.registry.snapshot();
    let queues = listing::service::queues(&app.db, &actor, &snapshot, app.clock.now()).await?;
    Ok(private(Queues::new(queues)))
}

/// `GET /api/v1/registry/{id}`
async fn find(
    State(app): State<App>,
    actor: Actor,
    Path(id): Path<String>,
    params: Params,
) -> Result<Response, Error> {
    params.finish()?;
    let desk = Desk::of(&app, actor).await?;
    let station = desk.find(station_id(&id)?).await?;
    let mark = reports::mark(&app.db, station.id, desk.now).await?;
    let record = Record::new(&desk, station, &app.registry.snapshot()).marked(mark);
    Ok(versioned(record.version(), record))
}

/// `POST /api/v1/registry/actions`
async fn act_on_many(
    State(app): State<App>,
    actor: Actor,
    question: Question,
    Body(wish): Body<Actions>,
) -> Result<Response, Error> {
    let desk = Desk::of(&app, actor).await?;
    let (targets, reason) = wish.read()?;
    if wish.action.needs_reason() && reason.is_none() {
        return Err(service::without_reason());
    }
    let mut acted = Acted::default();
    let mut is_public = false;
    for target in targets {
        match desk.step(target.id, target.version, wish.action, reason.as_deref()).await {
            Ok(done) => {
                is_public |= done.revision.is_some();
                acted.done.push(done.station.into());
            }
            Err(error) => {
                let (code, detail) = problem::told(&error, question.language);
                acted.refused.push(Refusal { id: target.id, code, detail });
            }
        }
    }
    if is_public {
        follow(&app).await;
    }
    Ok(private(Acted { revision: app.registry.snapshot().revision(), ..acted }))
}

/// `POST /api/v1/stations`
async fn draft(
    State(app): State<App>,
    actor: Actor,
    Body(body): Body<Map<String, Value>>,
) -> Result<Response, Error> {
    let (desk, (facts, reason)) = (Desk::of(&app, actor).await?, facts_and_reason(body)?);
    let done = desk.draft(&facts, reason.as_deref()).await?;
    Ok(created(&app, &desk, done).await)
}

/// `PATCH /api/v1/stations/{id}`
async fn patch(
    State(app): State<App>,
    actor: Actor,
    Path(id): Path<String>,
    IfMatch(version): IfMatch,
    Body(body): Body<Map<String, Value>>,
) -> Result<Response, Error> {
    let (desk, (facts, reason)) = (Desk::of(&app, actor).await?, facts_and_reason(body)?);
    let done = desk.patch(station_id(&id)?, version, &facts, reason.as_deref()).await?;
    Ok(answer(&app, &desk, done).await)
}

fn facility_code(text: &str) -> Result<FacilityCode, Error> {
    text.parse().map_err(|_| Error::NotFound("facility"))
}

/// `PUT /api/v1/stations/{id}/facilities/{code}`
async fn put_facility(
    State(app): State<App>,
    actor: Actor,
    Path((id, code)): Path<(String, String)>,
    IfMatch(version): IfMatch,
    Body(body): Body<Map<String, Value>>,
) -> Result<Response, Error> {
    let desk = Desk::of(&app, actor).await?;
    let done = desk.facility(station_id(&id)?, version, facility_code(&code)?, &body).await?;
    Ok(answer(&app, &desk, done).await)
}

/// `DELETE /api/v1/stations/{id}/facilities/{code}`
async fn drop_facility(
    State(app): State<App>,
    actor: Actor,
    Path((id, code)): Path<(String, String)>,
    IfMatch(version): IfMatch,
) -> Result<Response, Error> {
    let desk = Desk::of(&app, actor).await?;
    let done = desk.drop_facility(station_id(&id)?, version, facility_code(&code)?).await?;
    Ok(answer(&app, &desk, done).await)
}

/// `POST /api/v1/stations/{id}/confirmations`
async fn confirm(
    State(app): State<App>,
    actor: Actor,
    Path(id): Path<String>,
    Body(said): Body<Confirmation>,
) -> Result<Response, Error> {
    let (desk, note) = (Desk::of(&app, actor).await?, said.note()?);
    let (id, snapshot) = (station_id(&id)?, app.registry.snapshot());
    let posted = observations::is_posted(&snapshot, id, desk.now);
    let done = desk.confirm_seen(id, said.how, note.as_deref(), posted).await?;
    Ok(created(&app, &desk, done).await)
}

/// `GET /api/v1/stations/{id}/history`
async fn history(
    State(app): State<App>,
    actor: Actor,
    Path(id): Path<String>,
    mut params: Params,
    origin: Origin,
    question: Question,
) -> Result<Response, Error> {
    let limit = params.limit(HISTORY.0, HISTORY.1);
    let before = params.cursor(|text| text.parse().ok());
    params.finish()?;
    let desk = Desk::of(&app, actor).await?;
    let (items, next) = desk.history(station_id(&id)?, before.unwrap_or(NEWEST), limit).await?;
    let history = History { items, next: next.map(|version| version.to_string()) };
    Ok(list::page(&question, &origin, history.next.clone(), history))
}

/// `POST /api/v1/stations/{id}/restore`
async fn restore(
    State(app): State<App>,
    actor: Actor,
    Path(id): Path<String>,
    IfMatch(version): IfMatch,
    Body(wish): Body<Restore>,
) -> Result<Response, Error> {
    let (desk, reason) = (Desk::of(&app, actor).await?, wish.reason()?);
    let done = desk.restore(station_id(&id)?, version, wish.version, reason.as_deref()).await?;
    Ok(answer(&app, &desk, done).await)
}
