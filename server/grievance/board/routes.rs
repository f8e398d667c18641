//! The board, once or as it changes.

use std::convert::Infallible;
use std::time::Duration;

use axum::extract::State;
use axum::http::header::ACCEPT;
use axum::http::{HeaderMap, HeaderName};
use axum::response::sse::{Event, Sse};
use axum::response::{IntoResponse, Response};
use futures_util::stream::unfold;
use tokio::time::timeout;

use super::openapi;
use super::told::ToldBoard;
use super::watch::{Listener, Scope, Text, board};
use crate::accounts::{Actor, Permission, Policy, Reach};
use crate::app::App;
use crate::error::Error;
use crate::grievance::desk::handling;
use crate::http::cache::Question;
use crate::http::openapi::Documented;
use crate::http::origin::Scheme;
use crate::http::params::Params;
use crate::http::policy::admitted;
use crate::http::version::private;
use crate::language::Language;

/// Who may ask for a board: whoever is signed in sees his own.
const POLICY: Policy = Policy::SignedIn;
/// How often a stream says that it lives, and asks whether its listener may still see it.
const HEARTBEAT: Duration = Duration::from_secs(15);
/// After how long a page comes back that lost its stream.
const RETRY: Duration = Duration::from_secs(3);
/// Tells proxies to hand each event on at once.
const UNBUFFERED: (HeaderName, &str) = (HeaderName::from_static("x-accel-buffering"), "no");

/// The interface of the board.
pub(in super::super) fn routes() -> Documented {
    Documented::default()
        .get("/api/v1/grievances/board", POLICY, show, openapi::board())
        .schema::<ToldBoard>()
}

/// `GET /api/v1/grievances/board`
async fn show(
    State(app): State<App>,
    actor: Actor,
    scheme: Scheme,
    headers: HeaderMap,
    mut params: Params,
    question: Question,
) -> Result<Response, Error> {
    let is_wall = params.flag("wall");
    params.finish()?;
    let scope = scope(&actor, is_wall, question.language);
    if wants_stream(&headers) {
        return stream(app, scheme, headers, scope);
    }
    Ok(private(board(&app, &scope).await?))
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
fn stream(app: App, scheme: Scheme, headers: HeaderMap, scope: Scope) -> Result<Response, Error> {
    let listener = app.boards.listen(&app, scope.clone())?;
    let next = async |mut seat: Seat| {
        let event = seat.next().await?;
        Some((Ok::<_, Infallible>(event), seat))
    };
    let events = Sse::new(unfold(Seat { app, scheme, headers, scope, listener }, next));
    Ok(([UNBUFFERED], events).into_response())
}

/// Somebody before a board, for as long as he may see it.
struct Seat {
    app: App,
    /// How he came, and what he showed.
    scheme: Scheme,
    headers: HeaderMap,
    scope: Scope,
    listener: Listener,
}

impl Seat {
    /// The board when it changed, or else a sign of life; `None` when the service stops or he may see it no longer.
    async fn next(&mut self) -> Option<Event> {
        let board = match timeout(HEARTBEAT, self.listener.next()).await {
            Ok(board) => Some(board?),
            Err(_) => None,
        };
        let told = |board: Text| Event::default().event("board").retry(RETRY).data(&*board);
        let event = board.map_or_else(|| Event::default().comment("alive"), told);
        self.may_stay().await.then_some(event)
    }

    /// Whether he is still signed in, and sees the same: his session may have ended, his rights may be others.
    async fn may_stay(&self) -> bool {
        let actor = admitted(&self.app, POLICY, self.scheme, &self.headers).await;
        let seen = actor.map(|actor| scope(&actor, self.scope.is_wall, self.scope.language));
        seen.is_ok_and(|seen| seen.key() == self.scope.key())
    }
}
