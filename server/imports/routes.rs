//! The interface of imports: `/api/v1/imports…`.

use axum::extract::{Path, State as AppState};
use axum::http::StatusCode;
use axum::http::header::LOCATION;
use axum::response::{IntoResponse, Response};

use super::model::{Import, State};
use super::planning::Reader;
use super::planning::planned;
use super::rows::{Query, Rows};
use super::shared::Progress;
use super::told::{Imports, Short, Told};
use super::wish::Pinned;
use super::wish::{Patch, Sent};
use super::{commit, openapi, parked, service, undo};
use crate::accounts::{Actor, Permission, Policy};
use crate::app::App;
use crate::error::{Error, FieldError};
use crate::http::body::{self, Body};
use crate::http::cache::Question;
use crate::http::form::Form;
use crate::http::list;
use crate::http::openapi::Documented;
use crate::http::origin::Origin;
use crate::http::params::Params;
use crate::http::version::{IfMatch, versioned};
use crate::ids::{ImportId, ParkedId};
use crate::stations::export::Format;
use crate::stations::import::workbook;
use crate::stations::life::desk::Desk;
use crate::stations::life::record::Record;

/// How many imports a page has that names no limit, and the most it has.
pub(super) const PAGE: (usize, usize) = (50, 200);
const IMPORT: Policy = Policy::Needs(Permission::StationImport);

/// The routes.
pub fn routes() -> Documented {
    let routes = Documented::default()
        .get("/api/v1/imports", IMPORT, all, openapi::list())
        .post("/api/v1/imports", IMPORT, send, openapi::send())
        .get("/api/v1/imports/{id}", IMPORT, find, openapi::find())
        .patch("/api/v1/imports/{id}", IMPORT, change, openapi::change())
        .delete("/api/v1/imports/{id}", IMPORT, discard, openapi::discard())
        .get("/api/v1/imports/{id}/rows", IMPORT, rows, openapi::rows())
        .post("/api/v1/imports/{id}/commit", IMPORT, begin, openapi::commit())
        .post("/api/v1/imports/{id}/undo", IMPORT, take_back, openapi::undo())
        .get("/api/v1/imports/{id}/workbook", IMPORT, marked, openapi::workbook())
        .get("/api/v1/parked", IMPORT, parked_rows, openapi::parked())
        .post("/api/v1/parked/{id}/pin", IMPORT, pin, openapi::pin())
        .delete("/api/v1/parked/{id}", IMPORT, drop_parked, openapi::drop_parked());
    openapi::with_schemas(routes)
}

fn import_id(text: &str) -> Result<ImportId, Error> {
    text.parse().map_err(|_| Error::NotFound("import"))
}

/// An import with everything that is known of it.
async fn told(app: &App, reader: &Reader, import: Import) -> Result<Response, Error> {
    let progress = app.imports.progress(import.id);
    told_with(app, reader, import, progress).await
}

/// An import with how far its commit is.
async fn told_with(
    app: &App,
    reader: &Reader,
    import: Import,
    progress: Option<Progress>,
) -> Result<Response, Error> {
    let (zone, version) = (app.registry.snapshot().zone(), import.version);
    let undo = undo::outlook(&app.db, &import).await?;
    let looked = service::look(app, reader, import).await?;
    Ok(versioned(version, Told::new(&looked, progress, undo, reader.language, zone)))
}

/// `POST /api/v1/imports`
async fn send(
    AppState(app): AppState<App>,
    actor: Actor,
    question: Question,
    form: Form,
) -> Result<Response, Error> {
    let (zh, en) = ("请选一个文件（表单字段 file）。", "choose a file (the form's field `file`)");
    let file = form.file("file").ok_or_else(|| FieldError::new("file", "missing", zh, en))?;
    let sent: Sent =
        form.text("options").map(|text| body::read(text.as_bytes())).transpose()?.unwrap_or_default();
    let reader = Reader { actor, language: question.language };
    let import = service::send(&app, &reader, file, &sent).await?;
    let address = format!("/api/v1/imports/{}", import.id);
    Ok((StatusCode::CREATED, [(LOCATION, address)], told(&app, &reader, import).await?).into_response())
}

/// `GET /api/v1/imports`
async fn all(
    AppState(app): AppState<App>,
    actor: Actor,
    mut params: Params,
    origin: Origin,
    question: Question,
) -> Result<Response, Error> {
    let state = params.code("state", || State::ALL.iter().map(|s| s.as_str()).collect::<Vec<_>>().join(", "));
    let limit = params.limit(PAGE.0, PAGE.1);
    let before = params.cursor(|text| text.parse().ok());
    params.finish()?;
    let (found, next) = service::list(&app.db, &actor, state, before, limit).await?;
    let zone = app.registry.snapshot().zone();
    let items = found.iter().map(|import| Short::new(import, zone)).collect();
    Ok(list::page(&question, &origin, next, Imports { items, next }))
}

/// `GET /api/v1/imports/{id}`
async fn find(
    AppState(app): AppState<App>,
    actor: Actor,
    Path(id): Path<String>,
    question: Question,
) -> Result<Response, Error> {
    let reader = Reader { actor, language: question.language };
    let id = import_id(&id)?;
    // Looked up before the import: a commit that ends in between would seem to begin anew.
    let progress = app.imports.progress(id);
    let import = service::find(&app.db, &reader.actor, id).await?;
    told_with(&app, &reader, import, progress).await
}

/// `GET /api/v1/imports/{id}/rows`
async fn rows(
    AppState(app): AppState<App>,
    actor: Actor,
    Path(id): Path<String>,
    params: Params,
    question: Question,
) -> Result<Response, Error> {
    let query = Query::read(params)?;
    let reader = Reader { actor, language: question.language };
    let import = service::find(&app.db, &reader.actor, import_id(&id)?).await?;
    let version = import.version;
    let planned = planned(&app, &reader, &import).await?;
    let city = app.registry.snapshot().ground().city.clone();
    Ok(versioned(version, Rows::new(&planned, &import, &query, &city, reader.language)))
}

/// `PATCH /api/v1/imports/{id}`
async fn change(
    AppState(app): AppState<App>,
    actor: Actor,
    Path(id): Path<String>,
    IfMatch(version): IfMatch,
    question: Question,
    Body(patch): Body<Patch>,
) -> Result<Response, Error> {
    let reader = Reader { actor, language: question.language };
    let import = service::change(&app, &reader, import_id(&id)?, version, &patch).await?;
    told(&app, &reader, import).await
}

/// `DELETE /api/v1/imports/{id}`
async fn discard(
    AppState(app): AppState<App>,
    actor: Actor,
    Path(id): Path<String>,
    IfMatch(version): IfMatch,
) -> Result<Response, Error> {
    service::discard(&app, &actor, import_id(&id)?, version).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// `POST /api/v1/imports/{id}/commit`
async fn begin(
    AppState(app): AppState<App>,
    actor: Actor,
    Path(id): Path<String>,
    IfMatch(version): IfMatch,
    question: Question,
) -> Result<Response, Error> {
    let reader = Reader { actor, language: question.language };
    let import = commit::begin(&app, &reader, import_id(&id)?, version).await?;
    Ok((StatusCode::ACCEPTED, told(&app, &reader, import).await?).into_response())
}

/// `POST /api/v1/imports/{id}/undo`
async fn take_back(
    AppState(app): AppState<App>,
    actor: Actor,
    Path(id): Path<String>,
    IfMatch(version): IfMatch,
    question: Question,
) -> Result<Response, Error> {
    let reader = Reader { actor, language: question.language };
    let import = undo::undo(&app, &reader.actor, import_id(&id)?, version).await?;
    told(&app, &reader, import).await
}

/// `GET /api/v1/imports/{id}/workbook`
async fn marked(
    AppState(app): AppState<App>,
    actor: Actor,
    Path(id): Path<String>,
    question: Question,
) -> Result<Response, Error> {
    let reader = Reader { actor, language: question.language };
    let import = service::find(&app.db, &reader.actor, import_id(&id)?).await?;
    let planned = planned(&app, &reader, &import).await?;
    let language = reader.language;
    let made = tokio::task::spawn_blocking(move || workbook(&planned.corrected, &planned.plan, language));
    let bytes = made.await??;
    Ok(list::attachment(Format::Xlsx.media_type(), &format!("import-{}.xlsx", import.id), bytes))
}

fn parked_id(text: &str) -> Result<ParkedId, Error> {
    text.parse().map_err(|_| Error::NotFound("parked row"))
}

/// `GET /api/v1/parked`
async fn parked_rows(
    AppState(app): AppState<App>,
    actor: Actor,
    mut params: Params,
    origin: Origin,
    question: Question,
) -> Result<Response, Error> {
    let district =
        params.value("district", "要写六位区划代码，如 130304。", "must be a six-digit code such as 130304");
    let limit = params.limit(PAGE.0, PAGE.1);
    let before = params.cursor(|text| text.parse().ok());
    params.finish()?;
    let zone = app.registry.snapshot().zone();
    let found = parked::list(&app.db, &actor, district, before, limit, zone).await?;
    Ok(list::page(&question, &origin, found.next, found))
}

/// `POST /api/v1/parked/{id}/pin`
async fn pin(
    AppState(app): AppState<App>,
    actor: Actor,
    Path(id): Path<String>,
    IfMatch(version): IfMatch,
    Body(wish): Body<Pinned>,
) -> Result<Response, Error> {
    let snapshot = app.registry.snapshot();
    let (which, city) = ((parked_id(&id)?, version), &snapshot.ground().city);
    let station = parked::pin(&app.db, &actor, city, which, wish.pin()?, app.clock.now()).await?;
    let record = Record::new(&Desk::of(&app, actor).await?, station, &snapshot);
    let address = format!("/api/v1/registry/{}", record.id());
    Ok((StatusCode::CREATED, [(LOCATION, address)], versioned(record.version(), record)).into_response())
}

/// `DELETE /api/v1/parked/{id}`
async fn drop_parked(
    AppState(app): AppState<App>,
    actor: Actor,
    Path(id): Path<String>,
    IfMatch(version): IfMatch,
) -> Result<Response, Error> {
    parked::drop(&app.db, &actor, parked_id(&id)?, version, app.clock.now()).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}
