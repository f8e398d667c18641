//! The board, once or as it changes.

use std::convert::Infallible;
use std::time::Duration;

use axum::extract::State;
use axum::http::header::ACCEPT;
use axum::http::{HeaderMap, HeaderName};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use futures_util::stream::unfold;

use super::openapi;
use super::told::ToldBoard;
use super::watch::{Listener, Scope, board};
use crate::accounts::{Actor, Permission, Policy, Reach};
use crate::app::App;
use crate::error::Error;
use crate::grievance::desk::handling;
use crate::http::cache::Question;
use crate::http::openapi::Documented;
use crate::http::params::Params;
use crate::http::version::private;
use crate::language::Language;

/// How often a stream says that it lives.
const HEARTBEAT: Duration = Duration::from_secs(15);
/// After how long a page comes back that lost its stream.
const RETRY: Duration = Duration::from_secs(3);
/// Tells proxies to hand each event on at once.
const UNBUFFERED: (HeaderName, &str) = (HeaderName::from_static("x-accel-buffering"), "no");

/// The interface of the board.
pub(in super::super) fn routes() -> Documented {
    Documented::default()
        .get("/api/v1/grievances/board", Policy::SignedIn, show, openapi::board())
        .schema::<ToldBoard>()
}

/// `GET /api/v1/grievances/board`
async fn show(
    State(app): State<App>,
    actor: Actor,
    headers: HeaderMap,
    mut params: Params,
    question: Question,
) -> Result<Response, Error> {
    let is_wall = params.flag("wall");
    params.finish()?;
    let scope = scope(&actor, is_wall, question.language);
    if wants_stream(&headers) { stream(&app, scope) } else { Ok(private(board(&app, &scope).await?)) }
}

/// Whoever sees cases or figures sees their board; whoever handles cases, his own.
fn scope(actor: &Actor, is_wall: bool, language: Language) -> Scope {
    let of = |permission| actor.reach(permission).prefixes;
    let prefixes = [of(Permission::GrievanceSee), of(Permission::GrievanceFigures)].concat();
    Scope {
        reach: Reach { prefixes, stations: Vec::new() },
        account: handling(actor).map(|id| id.to_string()),
        is_wall,
        language,
    }
}

fn wants_stream(headers: &HeaderMap) -> bool {
    let accepted = headers.get(ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    accepted.split(',').any(|range| range.trim().starts_with("text/event-stream"))
}

/// The board now and whenever it changes. The bound on a request's time ends with the head of the answer, so only the
/// bound of the connection cuts a stream; the page comes back then.
fn stream(app: &App, scope: Scope) -> Result<Response, Error> {
    let listener = app.boards.listen(app, scope)?;
    let next = async |mut listener: Listener| {
        let board = listener.next().await?;
        let event = Event::default().event("board").retry(RETRY).data(&*board);
        Some((Ok::<_, Infallible>(event), listener))
    };
    let events = Sse::new(unfold(listener, next)).keep_alive(KeepAlive::new().interval(HEARTBEAT));
    Ok(([UNBUFFERED], events).into_response())
}
