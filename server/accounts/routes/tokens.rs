//! The own tokens, and the texts that people agree to.

use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use utoipa::ToSchema;

use super::describe::{created, id, nothing, ok};
use crate::accounts::consents::{self, Consent, NewConsent};
use crate::accounts::profile;
use crate::accounts::tokens::{self, Asked, Token};
use crate::accounts::{Actor, Permission, Policy};
use crate::app::App;
use crate::error::Error;
use crate::http::body::Body;
use crate::http::openapi::{Documented, parts};
use crate::http::origin::Scheme;
use crate::http::session::cookie;
use crate::http::version::private;

pub(super) fn routes() -> Documented {
    let make = parts::taking::<Asked>(created::<Token>("makeToken", "Make a token"));
    let publish =
        parts::taking::<NewConsent>(created::<Consent>("publishConsent", "Publish the next version"));
    let withdraw = nothing("withdrawToken", "Withdraw a token").parameter(id());
    Documented::default()
        .get("/api/v1/tokens", Policy::Person, list, ok::<Tokens>("tokens", "The own tokens"))
        .post("/api/v1/tokens", Policy::Person, make_token, make)
        .delete("/api/v1/tokens/{id}", Policy::Person, withdraw_token, withdraw)
        .get(
            "/api/v1/consents",
            Policy::Public,
            list_consents,
            ok::<Consents>("consents", "Every consent text"),
        )
        .post("/api/v1/consents", Policy::Needs(Permission::ConsentWrite), publish_consent, publish)
        .schema::<Tokens>()
        .schema::<Asked>()
        .schema::<Consents>()
        .schema::<NewConsent>()
}

/// The own tokens.
#[derive(Debug, Serialize, ToSchema)]
struct Tokens {
    /// Oldest first.
    items: Vec<Token>,
}

/// Every text that people agree to.
#[derive(Debug, Serialize, ToSchema)]
struct Consents {
    /// The newest of each kind first.
    items: Vec<Consent>,
}

/// `GET /api/v1/tokens`
async fn list(State(app): State<App>, actor: Actor) -> Result<Response, Error> {
    let account = actor.account.ok_or(Error::Forbidden)?;
    Ok(private(Tokens { items: tokens::list(&app.db, account, app.config.zone()).await? }))
}

/// `POST /api/v1/tokens`
async fn make_token(
    State(app): State<App>,
    actor: Actor,
    scheme: Scheme,
    headers: HeaderMap,
    Body(mut asked): Body<Asked>,
) -> Result<Response, Error> {
    let session = cookie(scheme, &headers).unwrap_or_default();
    profile::prove_again(&app, &actor, &session, asked.password.take()).await?;
    let token = tokens::make(&app.db, &actor, &asked, app.config.zone(), app.clock.now()).await?;
    Ok((StatusCode::CREATED, private(token)).into_response())
}

/// `DELETE /api/v1/tokens/{id}`
async fn withdraw_token(
    State(app): State<App>,
    actor: Actor,
    Path(id): Path<String>,
) -> Result<StatusCode, Error> {
    let id = id.parse().map_err(|_| Error::NotFound("token"))?;
    tokens::withdraw(&app.db, &actor, id, app.clock.now()).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// `GET /api/v1/consents`
async fn list_consents(State(app): State<App>) -> Result<Response, Error> {
    Ok(private(Consents { items: consents::list(&app.db, app.config.zone()).await? }))
}

/// `POST /api/v1/consents`
async fn publish_consent(
    State(app): State<App>,
    actor: Actor,
    Body(new): Body<NewConsent>,
) -> Result<Response, Error> {
    actor.must_in_city(Permission::ConsentWrite)?;
    let consent = consents::publish(&app.db, &actor, new, app.config.zone(), app.clock.now()).await?;
    Ok((StatusCode::CREATED, private(consent)).into_response())
}
