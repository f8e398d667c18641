//! Signing in and out, the own password and one-time codes, invitations.

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{AppendHeaders, IntoResponse, Response};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::describe::{nothing, ok};
use crate::accounts::invitations::{self, Looked, Redeem};
use crate::accounts::profile::{self, OfferedTotp, OtherSession, Session};
use crate::accounts::sessions::service;
use crate::accounts::sessions::sign_in::{self, Credentials, Started};
use crate::accounts::{Actor, Policy};
use crate::app::App;
use crate::error::Error;
use crate::http::body::Body;
use crate::http::openapi::{Documented, parts};
use crate::http::origin::Scheme;
use crate::http::proxy::ClientAddress;
use crate::http::session as cookies;
use crate::http::version::private;
use crate::pace::Purpose;

pub(super) fn routes() -> Documented {
    let begin =
        parts::refusing(parts::taking::<Credentials>(ok::<Session>("signIn", "Sign in")), &["401", "429"]);
    let password = parts::taking::<ChangePassword>(nothing("changePassword", "Change the own password"));
    let confirm = parts::taking::<Code>(ok::<RecoveryCodes>("confirmTotp", "Use one-time codes from now on"));
    let look = parts::taking::<Secret>(ok::<Looked>("lookAtInvitation", "What an invitation is for"));
    let redeem = parts::taking::<Redeem>(ok::<Session>("redeemInvitation", "Take an invitation up"));
    let drop_totp = parts::taking::<Password>(nothing("dropTotp", "Use one-time codes no more"));
    let others = nothing("signOutElsewhere", "Sign out everywhere else");
    Documented::default()
        .post("/api/v1/session", Policy::Public, begin_session, begin)
        .get("/api/v1/session", Policy::Arriving, session, ok::<Session>("session", "Who is signed in"))
        .delete("/api/v1/session", Policy::Arriving, end_session, nothing("signOut", "Sign out"))
        .delete("/api/v1/session/others", Policy::Arriving, end_others, others)
        .post("/api/v1/session/password", Policy::Arriving, change_password, password)
        .post(
            "/api/v1/session/totp",
            Policy::Arriving,
            offer_totp,
            ok::<OfferedTotp>("offerTotp", "A shared secret for one-time codes"),
        )
        .put("/api/v1/session/totp", Policy::Arriving, confirm_totp, confirm)
        .delete("/api/v1/session/totp", Policy::Arriving, drop_own_totp, drop_totp)
        .post("/api/v1/invitations/look", Policy::Public, look_at_invitation, look)
        .post("/api/v1/invitations/redeem", Policy::Public, redeem_invitation, redeem)
        .schema::<Session>()
        .schema::<OtherSession>()
        .schema::<OfferedTotp>()
        .schema::<RecoveryCodes>()
        .schema::<Looked>()
        .schema::<Credentials>()
        .schema::<ChangePassword>()
        .schema::<Code>()
        .schema::<Password>()
        .schema::<Secret>()
        .schema::<Redeem>()
}

/// A change of the own password.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ChangePassword {
    /// The password until now.
    old: String,
    /// The password from now on.
    new: String,
}

/// A one-time code.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = TotpCode)]
struct Code {
    /// The six digits that the phone shows.
    code: String,
    /// The own password, where the sign-in was more than 15 minutes ago.
    password: Option<String>,
}

/// The own password, to prove oneself.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = PasswordProof)]
struct Password {
    /// The password.
    password: String,
}

/// The secret of an invitation.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = InvitationSecret)]
struct Secret {
    /// What stands behind the `#` of the link.
    secret: String,
}

/// Codes that stand in for a lost phone, shown once.
#[derive(Debug, Serialize, ToSchema)]
struct RecoveryCodes {
    /// Each is good once.
    recovery_codes: Vec<String>,
}

/// `POST /api/v1/session`
async fn begin_session(
    State(app): State<App>,
    scheme: Scheme,
    ClientAddress(address): ClientAddress,
    headers: HeaderMap,
    Body(given): Body<Credentials>,
) -> Result<Response, Error> {
    let device = cookies::device(scheme, &headers);
    let started = sign_in::sign_in(&app, given, address, device.as_deref(), app.clock.now()).await?;
    welcome(&app, scheme, &headers, &started).await
}

/// Ends the session that a browser had until now: nobody could end it any more.
async fn end_former(app: &App, secret: Option<String>) -> Result<(), Error> {
    let Some(secret) = secret else { return Ok(()) };
    let now = app.clock.now();
    match crate::accounts::service::by_session(&app.db, &secret, false, now).await {
        Ok(former) => service::end(&app.db, &former.actor, &secret, now).await,
        Err(Error::Unauthenticated(_)) => Ok(()),
        Err(error) => Err(error),
    }
}

/// Hands out the cookies of a session that began, and says whose it is; the one that the browser had until now ends.
async fn welcome(
    app: &App,
    scheme: Scheme,
    headers: &HeaderMap,
    started: &Started,
) -> Result<Response, Error> {
    end_former(app, cookies::cookie(scheme, headers)).await?;
    let signed =
        crate::accounts::service::by_session(&app.db, &started.session, false, app.clock.now()).await?;
    let session = profile::session(app, &signed.actor, &started.session).await?;
    let mut cookies = vec![cookies::start(scheme, &started.session)];
    cookies.extend(started.device.as_deref().map(|device| cookies::remember(scheme, device)));
    let mut response = private(session);
    for (name, cookie) in cookies {
        let value = cookie.parse().map_err(|_| Error::Internal("a cookie that is no header".to_owned()))?;
        response.headers_mut().append(name, value);
    }
    Ok(response)
}

/// `GET /api/v1/session`
async fn session(
    State(app): State<App>,
    actor: Actor,
    scheme: Scheme,
    headers: HeaderMap,
) -> Result<Response, Error> {
    let secret = cookies::cookie(scheme, &headers).unwrap_or_default();
    Ok(private(profile::session(&app, &actor, &secret).await?))
}

/// `DELETE /api/v1/session`
async fn end_session(
    State(app): State<App>,
    actor: Actor,
    scheme: Scheme,
    headers: HeaderMap,
) -> Result<Response, Error> {
    let secret = cookies::cookie(scheme, &headers).unwrap_or_default();
    service::end(&app.db, &actor, &secret, app.clock.now()).await?;
    Ok((StatusCode::NO_CONTENT, AppendHeaders([cookies::end(scheme)])).into_response())
}

/// `DELETE /api/v1/session/others`
async fn end_others(
    State(app): State<App>,
    actor: Actor,
    scheme: Scheme,
    headers: HeaderMap,
) -> Result<StatusCode, Error> {
    let secret = cookies::cookie(scheme, &headers).unwrap_or_default();
    service::end_others(&app.db, &actor, &secret, app.clock.now()).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// `POST /api/v1/session/password`
async fn change_password(
    State(app): State<App>,
    actor: Actor,
    scheme: Scheme,
    headers: HeaderMap,
    Body(ChangePassword { old, new }): Body<ChangePassword>,
) -> Result<StatusCode, Error> {
    let session = cookies::cookie(scheme, &headers).unwrap_or_default();
    profile::change_password(&app, &actor, &session, old, new).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// `POST /api/v1/session/totp`
async fn offer_totp(State(app): State<App>, actor: Actor) -> Result<Response, Error> {
    Ok(private(profile::offer_totp(&app, &actor).await?))
}

/// `PUT /api/v1/session/totp`
async fn confirm_totp(
    State(app): State<App>,
    actor: Actor,
    scheme: Scheme,
    headers: HeaderMap,
    Body(Code { code, password }): Body<Code>,
) -> Result<Response, Error> {
    let session = cookies::cookie(scheme, &headers).unwrap_or_default();
    profile::prove_again(&app, &actor, &session, password).await?;
    let recovery_codes = profile::confirm_totp(&app, &actor, &session, &code).await?;
    Ok(private(RecoveryCodes { recovery_codes }))
}

/// `DELETE /api/v1/session/totp`
async fn drop_own_totp(
    State(app): State<App>,
    actor: Actor,
    scheme: Scheme,
    headers: HeaderMap,
    Body(Password { password }): Body<Password>,
) -> Result<StatusCode, Error> {
    let session = cookies::cookie(scheme, &headers).unwrap_or_default();
    profile::drop_totp(&app, &actor, &session, password).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// `POST /api/v1/invitations/look`
async fn look_at_invitation(
    State(app): State<App>,
    ClientAddress(address): ClientAddress,
    Body(Secret { secret }): Body<Secret>,
) -> Result<Response, Error> {
    app.pace.count(Purpose::SignIn, address, app.clock.now())?;
    Ok(private(invitations::look(&app, &secret).await?))
}

/// `POST /api/v1/invitations/redeem`
async fn redeem_invitation(
    State(app): State<App>,
    ClientAddress(address): ClientAddress,
    scheme: Scheme,
    headers: HeaderMap,
    Body(given): Body<Redeem>,
) -> Result<Response, Error> {
    app.pace.count(Purpose::SignIn, address, app.clock.now())?;
    let redeemed = invitations::redeem(&app, given, cookies::device(scheme, &headers).as_deref()).await?;
    welcome(&app, scheme, &headers, &redeemed.started).await
}
