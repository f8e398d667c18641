//! The interface of lists of members: `/api/v1/members/imports…`.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::http::header::LOCATION;
use axum::response::{IntoResponse, Response};

use super::openapi;
use super::service::{self, Reader};
use super::told::Options;
use crate::accounts::{Actor, Permission, Policy};
use crate::app::App;
use crate::error::{Error, FieldError};
use crate::http::body;
use crate::http::cache::Question;
use crate::http::form::Form;
use crate::http::openapi::Documented;
use crate::http::version::{IfMatch, versioned};
use crate::ids::RosterId;

const MANAGE: Policy = Policy::Needs(Permission::MemberManage);

/// The routes.
pub(in crate::benefits::members) fn routes() -> Documented {
    let routes = Documented::default()
        .post("/api/v1/members/imports", MANAGE, send, openapi::send())
        .get("/api/v1/members/imports/{id}", MANAGE, find, openapi::find())
        .delete("/api/v1/members/imports/{id}", MANAGE, discard, openapi::discard())
        .post("/api/v1/members/imports/{id}/commit", MANAGE, commit, openapi::commit());
    openapi::with_schemas(routes)
}

fn read(id: &str) -> Result<RosterId, Error> {
    id.parse().map_err(|_| Error::NotFound("import"))
}

/// `POST /api/v1/members/imports`
async fn send(
    State(app): State<App>,
    actor: Actor,
    question: Question,
    form: Form,
) -> Result<Response, Error> {
    let (zh, en) = ("请选一个文件（表单字段 file）。", "choose a file (the form's field `file`)");
    let file = form.file("file").ok_or_else(|| FieldError::new("file", "missing", zh, en))?;
    let options: Options =
        form.text("options").map(|text| body::read(text.as_bytes())).transpose()?.unwrap_or_default();
    let reader = Reader { actor, language: question.language };
    let told = service::send(&app, &reader, file, &options).await?;
    let address = format!("/api/v1/members/imports/{}", told.id);
    Ok((StatusCode::CREATED, [(LOCATION, address)], versioned(told.version, told)).into_response())
}

/// `GET /api/v1/members/imports/{id}`
async fn find(
    State(app): State<App>,
    actor: Actor,
    Path(id): Path<String>,
    question: Question,
) -> Result<Response, Error> {
    let reader = Reader { actor, language: question.language };
    let told = service::find(&app, &reader, read(&id)?).await?;
    Ok(versioned(told.version, told))
}

/// `POST /api/v1/members/imports/{id}/commit`
async fn commit(
    State(app): State<App>,
    actor: Actor,
    Path(id): Path<String>,
    IfMatch(version): IfMatch,
    question: Question,
) -> Result<Response, Error> {
    let reader = Reader { actor, language: question.language };
    let told = service::commit(&app, &reader, read(&id)?, version).await?;
    Ok(versioned(told.version, told))
}

/// `DELETE /api/v1/members/imports/{id}`
async fn discard(
    State(app): State<App>,
    actor: Actor,
    Path(id): Path<String>,
    IfMatch(version): IfMatch,
) -> Result<StatusCode, Error> {
    service::discard(&app, &actor, read(&id)?, version).await?;
    Ok(StatusCode::NO_CONTENT)
}
