//! The interface of the inbox: `/api/v1/notifications…`.

use axum::extract::{Path, State as Shared};
use axum::http::StatusCode;
use axum::http::header::LINK;
use axum::response::{AppendHeaders, IntoResponse, Response};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::openapi;
use super::service::{self, Query};
use super::settings::{self, Settings, Wish};
use super::told::Told;
use crate::accounts::{Actor, Policy};
use crate::app::App;
use crate::error::Error;
use crate::http::body::Body;
use crate::http::cache::Question;
use crate::http::openapi::Documented;
use crate::http::origin::Origin;
use crate::http::params::Params;
use crate::http::version::private;
use crate::ids::{AccountId, NotificationId};

/// How many notices a page has that names no limit, and at most.
pub(super) const PAGE: usize = 30;
/// The most notices of a page.
pub(super) const MAX_PAGE: usize = 100;

/// A page of an inbox.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Notifications {
    /// The notices, the newest first.
    items: Vec<Told>,
    /// The cursor of the next page, where there is one.
    #[schema(value_type = Option<String>)]
    next: Option<NotificationId>,
    /// How many were not read, in the whole inbox.
    unread: i64,
}

/// Up to where something was read.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ReadTo {
    /// The newest notice that was seen; it and everything before it is read.
    #[schema(value_type = String, format = Uuid)]
    up_to: NotificationId,
}

/// What is left.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Unread {
    /// How many were not read.
    unread: i64,
}

/// The routes.
pub fn routes() -> Documented {
    let own = Policy::Person;
    Documented::default()
        .get("/api/v1/notifications", own, list, openapi::list())
        .post("/api/v1/notifications/{id}/read", own, read, openapi::read())
        .post("/api/v1/notifications/read", own, read_to, openapi::read_to())
        .get("/api/v1/notifications/settings", own, find, openapi::find())
        .put("/api/v1/notifications/settings", own, set, openapi::set())
        .schema::<Told>()
        .schema::<Notifications>()
        .schema::<ReadTo>()
        .schema::<Unread>()
        .schema::<Settings>()
        .schema::<Wish>()
}

fn own(actor: &Actor) -> Result<AccountId, Error> {
    actor.account.ok_or(Error::Forbidden)
}

/// `GET /api/v1/notifications`
async fn list(
    Shared(app): Shared<App>,
    actor: Actor,
    mut params: Params,
    origin: Origin,
    question: Question,
) -> Result<Response, Error> {
    let (unread, limit) = (params.flag("unread"), params.limit(PAGE, MAX_PAGE));
    let cursor = ("请用 Link 标头里给的地址翻页。", "use the address in the Link header");
    let before = params.value("cursor", cursor.0, cursor.1);
    params.finish()?;
    let account = own(&actor)?;
    let query = Query { unread, limit, before };
    let (items, next) = service::list(&app, account, &query, question.language).await?;
    let unread = service::unread(&app, account).await?;
    let link = next.map(|next| (LINK, question.next_link(&origin, &next.to_string())));
    Ok((AppendHeaders(link), private(Notifications { items, next, unread })).into_response())
}

/// `POST /api/v1/notifications/{id}/read`
async fn read(Shared(app): Shared<App>, actor: Actor, Path(id): Path<String>) -> Result<StatusCode, Error> {
    let id = id.parse().map_err(|_| Error::NotFound("notification"))?;
    service::read(&app, own(&actor)?, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// `POST /api/v1/notifications/read`
async fn read_to(
    Shared(app): Shared<App>,
    actor: Actor,
    Body(seen): Body<ReadTo>,
) -> Result<Response, Error> {
    Ok(private(Unread { unread: service::read_to(&app, own(&actor)?, seen.up_to).await? }))
}

/// `GET /api/v1/notifications/settings`
async fn find(Shared(app): Shared<App>, actor: Actor) -> Result<Response, Error> {
    Ok(private(settings::find(&app, own(&actor)?).await?))
}

/// `PUT /api/v1/notifications/settings`
async fn set(Shared(app): Shared<App>, actor: Actor, Body(wish): Body<Wish>) -> Result<Response, Error> {
    Ok(private(settings::set(&app, &actor, own(&actor)?, wish).await?))
}
