//! Carrying a writing request out whole, and once where it has a key.

use axum::body::{Body, Bytes, to_bytes};
use axum::extract::Request;
use axum::http::header::{CONTENT_TYPE, ETAG, LOCATION};
use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use sha2::{Digest, Sha256};

use super::budget::Share;
use super::limits;
use crate::accounts::Actor;
use crate::app::App;
use crate::error::Error;
use crate::repeats::{Answer, Begun, Key};
use crate::secrets::{hash, hex};

/// The header that carries a request's key.
const KEY: &str = "idempotency-key";
/// The headers that belong to an answer and come again with it.
const KEPT: [HeaderName; 4] = [CONTENT_TYPE, ETAG, LOCATION, HeaderName::from_static("x-registry-revision")];
/// Says that an answer was given before.
const REPLAYED: HeaderName = HeaderName::from_static("idempotency-replayed");
/// The most bytes of an answer that is kept; what writes answers in little.
const ANSWER_BYTES: usize = 1 << 20;

/// Runs a writing request in a task of its own, so that a client who hangs up cannot cut it in half.
pub(super) async fn whole(request: Request, next: Next) -> Result<Response, Error> {
    let share = Share::of(&request);
    let task = tokio::spawn(async move {
        let response = next.run(request).await;
        // The body may have been in memory until now, though its client hung up.
        drop(share);
        response
    });
    Ok(task.await?)
}

/// Runs a writing request; one with a key that was carried out before is answered as it was then.
pub(super) async fn once(
    app: &App,
    mut actor: Actor,
    request: Request,
    next: Next,
) -> Result<Response, Error> {
    let Some(given) = request.headers().get(KEY).cloned() else {
        return whole(with(actor, request), next).await;
    };
    let given = given.to_str().unwrap_or_default();
    let (request, fingerprint) = fingerprint(app, request).await?;
    // What somebody wrote cannot be guessed from the hash of it.
    let fingerprint = hash(&format!("{}{fingerprint}", hex(&app.secrets.derive("repeats"))));
    let key = Key::new(&app.secrets, actor.owner(), given, &fingerprint)?;
    if let Begun::Before(answer) = key.begin(&app.db, &fingerprint, app.clock.now()).await? {
        return Ok(again(answer));
    }
    actor.request = Some(key.clone());
    let (app, share) = (app.clone(), Share::of(&request));
    let task = tokio::spawn(async move {
        let response = next.run(with(actor, request)).await;
        drop(share);
        keep(&app, &key, response).await
    });
    task.await?
}

/// A request with who makes it.
pub(super) fn with(actor: Actor, mut request: Request) -> Request {
    request.extensions_mut().insert(actor);
    request
}

/// SHA-256 of verb, address and body.
async fn fingerprint(app: &App, request: Request) -> Result<(Request, String), Error> {
    let limit = limits::of(app, request.uri().path());
    let (parts, body) = request.into_parts();
    let bytes = to_bytes(body, limit).await.map_err(|_| Error::TooLarge { limit })?;
    let mut digest = Sha256::new();
    digest.update(format!("{}\n{}\n", parts.method, parts.uri));
    digest.update(&bytes);
    Ok((Request::from_parts(parts, Body::from(bytes)), hex(&digest.finalize())))
}

/// Keeps the answer of a request that was carried out; the key of any other is free again.
async fn keep(app: &App, key: &Key, response: Response) -> Result<Response, Error> {
    if !response.status().is_success() {
        key.free(&app.db).await?;
        return Ok(response);
    }
    let (parts, body) = response.into_parts();
    let fault = |e: axum::Error| Error::Internal(format!("an answer that cannot be kept: {e}"));
    let bytes: Bytes = to_bytes(body, ANSWER_BYTES).await.map_err(fault)?;
    let text =
        |name: &HeaderName| Some((name.to_string(), parts.headers.get(name)?.to_str().ok()?.to_owned()));
    let answer = Answer {
        status: parts.status.as_u16(),
        headers: KEPT.iter().filter_map(text).collect(),
        body: String::from_utf8_lossy(&bytes).into_owned(),
    };
    key.answered(&app.db, &answer).await?;
    Ok(Response::from_parts(parts, Body::from(bytes)))
}

fn again(answer: Answer) -> Response {
    let status = StatusCode::from_u16(answer.status).unwrap_or(StatusCode::OK);
    let mut response = (status, answer.body).into_response();
    let headers = answer.headers.into_iter();
    let headers =
        headers.filter_map(|(name, value)| Some((name.parse().ok()?, HeaderValue::from_str(&value).ok()?)));
    let told: Vec<(HeaderName, HeaderValue)> = headers.collect();
    response.headers_mut().extend(told);
    response.headers_mut().insert(REPLAYED, HeaderValue::from_static("true"));
    response
}
