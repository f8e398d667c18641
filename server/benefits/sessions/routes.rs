//! The interface of phones: `/api/v1/phone/…`.

use axum::Json;
use axum::extract::State;
use axum::http::header::CACHE_CONTROL;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{AppendHeaders, IntoResponse, Response};
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa::openapi::path::{Operation, OperationBuilder};

use super::told::{self, Told};
use super::{codes, sign_in, sign_out, sign_out_others};
use crate::accounts::{Actor, Policy};
use crate::app::App;
use crate::error::Error;
use crate::http::body::Body;
use crate::http::openapi::Documented;
use crate::http::openapi::parts::{answer, body, refusing, staff, taking};
use crate::http::origin::Scheme;
use crate::http::proxy::ClientAddress;
use crate::http::session as cookies;
use crate::http::version::private;

const TAG: &str = "benefits";

/// A number that a code is sent to.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = PhoneCodeWish)]
struct CodeWish {
    /// The number, however it is typed.
    #[schema(max_length = 40)]
    phone: String,
}

/// A number with the code that was sent to it.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = PhoneSessionWish)]
struct SessionWish {
    /// The number.
    #[schema(max_length = 40)]
    phone: String,
    /// The six digits of the message.
    #[schema(max_length = 20)]
    code: String,
}

/// The routes.
pub(in crate::benefits) fn routes() -> Documented {
    Documented::default()
        .post("/api/v1/phone/codes", Policy::Public, ask, code_operation())
        .post("/api/v1/phone/session", Policy::Public, begin, begin_operation())
        .get("/api/v1/phone/session", Policy::Phone, session, session_operation())
        .delete("/api/v1/phone/session", Policy::Phone, end, end_operation())
        .delete("/api/v1/phone/session/others", Policy::Phone, end_others, end_others_operation())
        .schema::<CodeWish>()
        .schema::<SessionWish>()
        .schema::<Told>()
}

fn code_operation() -> Operation {
    let told = "The answer is the same whether or not the number is known. One code a minute and five an hour for a \
        number; a code is good for five minutes and five tries.";
    let operation =
        staff("askForPhoneCode", TAG, "Send a one-time code to a phone", "204", answer("It is on its way."));
    refusing(taking::<CodeWish>(operation.description(Some(told))), &["429"]).into()
}

fn begin_operation() -> Operation {
    let operation = told_with("201", "signInByPhone", "Sign in with the code that was sent");
    refusing(taking::<SessionWish>(operation), &["401", "429"]).into()
}

fn session_operation() -> Operation {
    told_with("200", "phoneSession", "Whose phone is signed in").into()
}

fn end_operation() -> Operation {
    staff("signOutPhone", TAG, "Sign a phone out", "204", answer("It is signed out.")).into()
}

fn end_others_operation() -> Operation {
    let ended = answer("Every other phone with this number is signed out.");
    staff("signOutOtherPhones", TAG, "Sign out the other phones of a number", "204", ended).into()
}

fn told_with(status: &str, id: &str, summary: &str) -> OperationBuilder {
    let ok = answer("Whose phone it is.").content("application/json", body::<Told>());
    staff(id, TAG, summary, status, ok)
}

/// `POST /api/v1/phone/codes`
async fn ask(
    State(app): State<App>,
    ClientAddress(address): ClientAddress,
    Body(wish): Body<CodeWish>,
) -> Result<StatusCode, Error> {
    codes::ask(&app, &wish.phone, address).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// `POST /api/v1/phone/session`
async fn begin(
    State(app): State<App>,
    scheme: Scheme,
    ClientAddress(address): ClientAddress,
    Body(wish): Body<SessionWish>,
) -> Result<Response, Error> {
    let (secret, actor) = sign_in(&app, &wish.phone, &wish.code, address).await?;
    let told = told::of(&app, &actor, &secret).await?;
    let headers = AppendHeaders([cookies::hold(scheme, &secret)]);
    Ok((StatusCode::CREATED, headers, [(CACHE_CONTROL, "no-store")], Json(told)).into_response())
}

/// `GET /api/v1/phone/session`
async fn session(
    State(app): State<App>,
    actor: Actor,
    scheme: Scheme,
    headers: HeaderMap,
) -> Result<Response, Error> {
    let secret = cookies::phone(scheme, &headers).unwrap_or_default();
    Ok(private(told::of(&app, &actor, &secret).await?))
}

/// `DELETE /api/v1/phone/session/others`
async fn end_others(State(app): State<App>, scheme: Scheme, headers: HeaderMap) -> Result<StatusCode, Error> {
    sign_out_others(&app, &cookies::phone(scheme, &headers).unwrap_or_default()).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// `DELETE /api/v1/phone/session`
async fn end(State(app): State<App>, scheme: Scheme, headers: HeaderMap) -> Result<Response, Error> {
    if let Some(secret) = cookies::phone(scheme, &headers) {
        sign_out(&app, &secret).await?;
    }
    Ok((StatusCode::NO_CONTENT, AppendHeaders([cookies::let_go(scheme)])).into_response())
}
