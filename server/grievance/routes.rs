//! Cases: filing and following one for anybody, the queue and its steps for staff.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE, LINK};
use axum::http::{HeaderMap, HeaderName, StatusCode};
use axum::response::{AppendHeaders, IntoResponse, Response};
use serde::Deserialize;
use utoipa::ToSchema;

use super::acting;
use super::asked;
use super::attachments::Opened;
use super::desk::{self, Names};
use super::filing::{self, Filing};
use super::frame::Frame;
use super::openapi;
use super::receipt;
use super::settings;
use super::told::{
    ReceiptKey, Telling, ToldCategories, ToldContact, ToldFiled, ToldPage, ToldTracked, ToldWhole,
};
use super::tracking::Asking;
use super::wish::{ActWish, FileWish, KeyWish, MessageWish, ReporterWish, Wish};
use crate::accounts::{Actor, Permission, Policy};
use crate::app::App;
use crate::error::Error;
use crate::http::body::Body;
use crate::http::cache::Question;
use crate::http::openapi::Documented;
use crate::http::origin::Origin;
use crate::http::params::Params;
use crate::http::proxy::ClientAddress;
use crate::http::version::{IfMatch, private, versioned};
use crate::ids::GrievanceId;
use crate::language::Language;
use crate::pace::Purpose;

const NO_STORE: [(HeaderName, &str); 1] = [(CACHE_CONTROL, "no-store")];

/// The interface of cases.
pub(super) fn routes() -> Documented {
    let public = Policy::Public;
    // A handler sees what is his, so every route of staff asks for a session and the service for the rest.
    let staff = Policy::SignedIn;
    let routes = Documented::default()
        .get("/api/v1/grievances/categories", public, categories, openapi::categories())
        .post("/api/v1/grievances", public, file, openapi::file())
        .post("/api/v1/grievances/track", public, track, openapi::track())
        .post("/api/v1/grievances/track/messages", public, message, openapi::message())
        .post("/api/v1/grievances/track/actions", public, reporter_acts, openapi::reporter_acts())
        .post("/api/v1/grievances/track/attachments", public, own_file, openapi::own_file())
        .get("/api/v1/grievances/receipt-key", public, receipt_key, openapi::receipt_key())
        .post(
            "/api/v1/grievances/entries",
            Policy::Needs(Permission::GrievanceIntake),
            enter,
            openapi::enter(),
        )
        .get("/api/v1/grievances", staff, list, openapi::list())
        .get("/api/v1/grievances/{id}", staff, find, openapi::find())
        .post("/api/v1/grievances/{id}/actions", staff, act, openapi::act())
        .post("/api/v1/grievances/{id}/contact", staff, contact, openapi::contact())
        .get("/api/v1/grievances/{id}/attachments/{file}", staff, attachment, openapi::attachment());
    openapi::with_schemas(routes)
        .merge(super::figures::routes())
        .merge(super::ledger::routes())
        .merge(super::board::routes())
        .merge(super::publication::routes())
}

/// `GET /api/v1/grievances/categories`
async fn categories(State(app): State<App>, question: Question) -> Result<Response, Error> {
    let categories = settings::categories(&app.db).await?;
    Ok(private(ToldCategories::new(categories, question.language)))
}

/// The key of a request, which its handler knows itself.
fn key(headers: &HeaderMap) -> &str {
    headers.get("idempotency-key").and_then(|value| value.to_str().ok()).unwrap_or_default()
}

/// `POST /api/v1/grievances`
async fn file(
    State(app): State<App>,
    actor: Actor,
    ClientAddress(address): ClientAddress,
    (origin, question): (Origin, Question),
    headers: HeaderMap,
    Body(wish): Body<Wish>,
) -> Result<Response, Error> {
    app.pace.count(Purpose::Grievance, address, app.clock.now())?;
    taken_in(&app, &actor, key(&headers), wish, (&origin, question.language)).await
}

/// `POST /api/v1/grievances/entries`
async fn enter(
    State(app): State<App>,
    actor: Actor,
    (origin, question): (Origin, Question),
    headers: HeaderMap,
    Body(wish): Body<Wish>,
) -> Result<Response, Error> {
    taken_in(&app, &actor, key(&headers), wish, (&origin, question.language)).await
}

async fn taken_in(
    app: &App,
    actor: &Actor,
    key: &str,
    wish: Wish,
    (origin, language): (&Origin, Language),
) -> Result<Response, Error> {
    let filed = filing::file(app, &Filing { actor, key, session: None }, wish).await?;
    let replayed = filed.is_again.then_some((HeaderName::from_static("idempotency-replayed"), "true"));
    let told = ToldFiled::new(app, &origin.0, filed, language);
    // Somebody without a phone takes paper away.
    let told = if actor.account.is_some() { told.for_paper() } else { told };
    Ok((StatusCode::CREATED, NO_STORE, AppendHeaders(replayed), Json(told)).into_response())
}

/// `POST /api/v1/grievances/track`
async fn track(
    State(app): State<App>,
    actor: Actor,
    ClientAddress(address): ClientAddress,
    question: Question,
    Body(wish): Body<KeyWish>,
) -> Result<Response, Error> {
    let tracked = Asking { app: &app, actor: &actor, address }.track(&wish).await?;
    Ok(private(ToldTracked::new(&tracked, question.language)?))
}

/// `POST /api/v1/grievances/track/messages`
async fn message(
    State(app): State<App>,
    actor: Actor,
    ClientAddress(address): ClientAddress,
    question: Question,
    headers: HeaderMap,
    Body(wish): Body<MessageWish>,
) -> Result<Response, Error> {
    let tracked = Asking { app: &app, actor: &actor, address }.message(wish, key(&headers)).await?;
    let told = ToldTracked::new(&tracked, question.language)?;
    Ok((StatusCode::CREATED, NO_STORE, Json(told)).into_response())
}

/// `POST /api/v1/grievances/track/actions`
async fn reporter_acts(
    State(app): State<App>,
    actor: Actor,
    ClientAddress(address): ClientAddress,
    question: Question,
    Body(wish): Body<ReporterWish>,
) -> Result<Response, Error> {
    let tracked = Asking { app: &app, actor: &actor, address }.act_on(wish).await?;
    Ok(private(ToldTracked::new(&tracked, question.language)?))
}

/// `POST /api/v1/grievances/track/attachments`
async fn own_file(
    State(app): State<App>,
    actor: Actor,
    ClientAddress(address): ClientAddress,
    Body(wish): Body<FileWish>,
) -> Result<Response, Error> {
    Ok(download(Asking { app: &app, actor: &actor, address }.file(&wish).await?))
}

/// A file that is saved and never shown, whatever it holds.
pub(crate) fn download(file: Opened) -> Response {
    let name = if file.media_type == "application/pdf" { "attachment.pdf" } else { "attachment.jpg" };
    let as_file = (CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\""));
    (NO_STORE, [as_file, (CONTENT_TYPE, file.media_type)], file.bytes).into_response()
}

/// `GET /api/v1/grievances/receipt-key`
async fn receipt_key(State(app): State<App>) -> Json<ReceiptKey> {
    Json(ReceiptKey { algorithm: "Ed25519", key: receipt::public_key(&app.secrets) })
}

/// `GET /api/v1/grievances`
async fn list(
    State(app): State<App>,
    actor: Actor,
    params: Params,
    origin: Origin,
    question: Question,
) -> Result<Response, Error> {
    let frame = Frame::of(&app);
    let (wanted, after, limit) = asked::queue(params, &actor, &frame)?;
    let page = desk::page(&app, &actor, &wanted, after.as_ref(), limit).await?;
    let names = Names::load(&app).await?;
    let t = Telling { names: &names, frame: &frame, language: question.language };
    let told = ToldPage::of(&page, &t)?;
    let link = told.next.as_deref().map(|cursor| (LINK, question.next_link(&origin, cursor)));
    Ok((AppendHeaders(link), private(told)).into_response())
}

/// The id of a case in an address.
pub(super) fn grievance_id(text: &str) -> Result<GrievanceId, Error> {
    text.parse().map_err(|_| Error::NotFound("grievance"))
}

/// `GET /api/v1/grievances/{id}`
async fn find(
    State(app): State<App>,
    actor: Actor,
    Path(id): Path<String>,
    question: Question,
) -> Result<Response, Error> {
    told(&app, &actor, grievance_id(&id)?, question.language).await
}

/// A case as it is now.
pub(super) async fn told(
    app: &App,
    actor: &Actor,
    id: GrievanceId,
    language: Language,
) -> Result<Response, Error> {
    let whole = desk::find(app, actor, id).await?;
    let (names, frame) = (Names::load(app).await?, Frame::of(app));
    let told = ToldWhole::of(&whole, &Telling { names: &names, frame: &frame, language })?;
    Ok(versioned(whole.seen.row.version, told))
}

/// `POST /api/v1/grievances/{id}/actions`
async fn act(
    State(app): State<App>,
    actor: Actor,
    Path(id): Path<String>,
    IfMatch(version): IfMatch,
    question: Question,
    Body(wish): Body<ActWish>,
) -> Result<Response, Error> {
    let id = grievance_id(&id)?;
    acting::by_staff(&app, &actor, id, version, wish).await?;
    match told(&app, &actor, id, question.language).await {
        // Whoever returned it does not see it any more.
        Err(Error::NotFound(_)) => Ok(StatusCode::NO_CONTENT.into_response()),
        told => told,
    }
}

/// Why a contact is opened.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = RevealReason)]
pub(super) struct RevealWish {
    /// The reason, which the audit log keeps.
    #[schema(min_length = 1, max_length = 200)]
    reason: String,
}

/// `POST /api/v1/grievances/{id}/contact`
async fn contact(
    State(app): State<App>,
    actor: Actor,
    Path(id): Path<String>,
    Body(wish): Body<RevealWish>,
) -> Result<Response, Error> {
    let contact = desk::contact(&app, &actor, grievance_id(&id)?, &wish.reason).await?;
    Ok(private(ToldContact::from(contact)))
}

/// `GET /api/v1/grievances/{id}/attachments/{file}`
async fn attachment(
    State(app): State<App>,
    actor: Actor,
    Path((id, file)): Path<(String, String)>,
) -> Result<Response, Error> {
    let file = file.parse().map_err(|_| Error::NotFound("attachment"))?;
    Ok(download(desk::attachment(&app, &actor, grievance_id(&id)?, file).await?))
}
