//! Who may call which route: looked up in the table that the routes are mounted with, before any handler runs.

use std::collections::HashMap;
use std::sync::Arc;

use axum::extract::{FromRequestParts, MatchedPath, Request, State};
use axum::http::header::{AUTHORIZATION, ORIGIN};
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method};
use axum::middleware::Next;
use axum::response::Response;

use super::origin::{Origin, Scheme};
use super::params::Params;
use super::repeats;
use super::session::{cookie, is_somebody, phone};
use crate::accounts::{Actor, Policy, Via, service};
use crate::app::App;
use crate::benefits::sessions::by_secret;
use crate::error::Error;

/// Where the handler knows its repeats: cases that staff enter know them themselves, as those that workers file; a
/// claim, redemption or entry of a draw is written with its answer.
const KNOWS_REPEATS: [&str; 6] = [
    "/api/v1/grievances/entries",
    "/api/v1/grievances/sessions/{id}/cases",
    "/api/v1/campaigns/{id}/claims",
    "/api/v1/campaigns/{id}/entries",
    "/api/v1/redemptions",
    "/api/v1/redemptions/{id}/reversal",
];

/// One line of the table of routes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The verb.
    pub method: Method,
    /// The path with its gaps, such as `/api/v1/stations/{id}`.
    pub path: &'static str,
    /// Who may call it.
    pub policy: Policy,
    /// Whether it reads its query; of any other, a query is refused.
    pub reads_query: bool,
}

impl Row {
    /// Whether a stranger's answer may be kept and given again: not where it signs somebody in, and not where the
    /// handler knows its own repeats without keeping an answer, or the time of one.
    fn may_repeat(&self) -> bool {
        let kept_by_nobody =
            ["/api/v1/session", "/api/v1/invitations", "/api/v1/grievances", "/grievance", "/api/v1/phone"];
        !kept_by_nobody.iter().any(|path| self.path.starts_with(path))
    }
}

/// The policies of all routes.
#[derive(Debug, Clone)]
pub struct Policies(Arc<HashMap<&'static str, Vec<Row>>>);

impl Policies {
    /// Puts a table in order.
    pub fn of(rows: &[Row]) -> Self {
        let mut by_path: HashMap<_, Vec<Row>> = HashMap::new();
        for row in rows {
            by_path.entry(row.path).or_default().push(row.clone());
        }
        Self(Arc::new(by_path))
    }

    /// A path and verb that are in no row have no handler either: the router answers 404 or 405.
    fn find(&self, method: &Method, path: Option<&MatchedPath>) -> Option<&Row> {
        let method = if *method == Method::HEAD { Method::GET } else { method.clone() };
        self.0.get(path?.as_str())?.iter().find(|row| row.method == method)
    }
}

/// Lets a request through to its handler, with who acts in its extensions, or refuses it.
pub async fn enforce(
    State((app, policies)): State<(App, Policies)>,
    request: Request,
    next: Next,
) -> Result<Response, Error> {
    let row = policies.find(request.method(), request.extensions().get());
    if row.is_some_and(|row| !row.reads_query) {
        Params::parse(request.uri().query().unwrap_or_default())?.finish()?;
    }
    let (mut parts, body) = request.into_parts();
    let writes = is_unsafe(&parts.method);
    if writes {
        refuse_cross_site(&mut parts, &app).await?;
    }
    let policy = match row.map(|row| row.policy) {
        None | Some(Policy::Public) if writes => {
            let request = Request::from_parts(parts, body);
            let stranger = Actor::stranger();
            return match row {
                Some(row) if row.may_repeat() => repeats::once(&app, stranger, request, next).await,
                _ => repeats::whole(repeats::with(stranger, request), next).await,
            };
        }
        None | Some(Policy::Public) => return Ok(next.run(Request::from_parts(parts, body)).await),
        Some(policy) => policy,
    };
    let scheme = Scheme::of(&parts.headers, &parts.extensions, &app.config.server);
    let actor = admitted(&app, policy, scheme, &parts.headers).await?;
    if writes {
        let request = Request::from_parts(parts, body);
        return match row {
            Some(row) if KNOWS_REPEATS.contains(&row.path) => {
                repeats::whole(repeats::with(actor, request), next).await
            }
            _ => repeats::once(&app, actor, request, next).await,
        };
    }
    parts.extensions.insert(actor);
    Ok(next.run(Request::from_parts(parts, body)).await)
}

/// Who acts on a route of a policy, where he may. An answer that goes on asks again.
///
/// # Errors
/// [`Error::Unauthenticated`] where nobody is signed in, and [`Error::Forbidden`] where he may not.
pub async fn admitted(
    app: &App,
    policy: Policy,
    scheme: Scheme,
    headers: &HeaderMap,
) -> Result<Actor, Error> {
    if !matches!(policy, Policy::Member | Policy::Clerk | Policy::Phone) {
        let signed = recognise(app, scheme, headers).await?;
        allow(policy, &signed)?;
        return Ok(signed.actor);
    }
    let secret = phone(scheme, headers).ok_or(Error::Unauthenticated("not_signed_in"))?;
    let actor = by_secret(app, &secret, app.clock.now()).await?;
    let fits = match policy {
        Policy::Member => actor.member.is_some(),
        Policy::Clerk => actor.clerk.is_some(),
        _ => true,
    };
    if fits { Ok(actor) } else { Err(Error::Forbidden) }
}

/// Whether whoever is signed in may call a route of a policy.
fn allow(policy: Policy, signed: &service::SignedIn) -> Result<(), Error> {
    let fits = match policy {
        Policy::Public | Policy::SignedIn => true,
        Policy::Arriving | Policy::Person => signed.actor.via == Via::Session,
        Policy::Needs(permission) => signed.actor.may_anywhere(permission),
        Policy::Member | Policy::Clerk | Policy::Phone => false,
    };
    if policy != Policy::Arriving {
        signed.ready()?;
    }
    if fits { Ok(()) } else { Err(Error::Forbidden) }
}

/// Who shows a token or a session's cookie.
async fn recognise(app: &App, scheme: Scheme, headers: &HeaderMap) -> Result<service::SignedIn, Error> {
    let now = app.clock.now();
    if let Some(given) = headers.get(AUTHORIZATION) {
        let token = given.to_str().ok().and_then(|text| text.strip_prefix("Bearer "));
        return service::by_token(&app.db, token.unwrap_or_default().trim(), now).await;
    }
    let secret = cookie(scheme, headers).ok_or(Error::Unauthenticated("not_signed_in"))?;
    service::by_session(&app.db, &secret, app.config.accounts.totp.is_required(), now).await
}

fn is_unsafe(method: &Method) -> bool {
    !matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS | Method::TRACE)
}

/// A browser says where a request comes from; what does not come from the service's own pages is refused,
/// because the browser would add the cookie of whoever is signed in.
///
/// A program sends neither header and no cookie. A cookie without either header is refused as well.
async fn refuse_cross_site(parts: &mut Parts, app: &App) -> Result<(), Error> {
    let text = |name| parts.headers.get(name).map(|v| v.to_str().unwrap_or("unreadable").to_owned());
    let (site, origin) = (text("sec-fetch-site"), text(ORIGIN.as_str()));
    let own = Origin::from_request_parts(parts, app).await?;
    let scheme = Scheme::of(&parts.headers, &parts.extensions, &app.config.server);
    let is_stranger = || !is_somebody(scheme, &parts.headers);
    let is_own = match (site.as_deref(), origin) {
        (Some("same-origin" | "none"), _) => true,
        (Some(_), _) => false,
        // A page without a referrer names no origin either (Fetch, "serializing a request origin").
        (None, Some(origin)) if origin == "null" => is_stranger(),
        (None, Some(origin)) => origin == own.0,
        (None, None) => is_stranger(),
    };
    if is_own { Ok(()) } else { Err(Error::Must("cross_site")) }
}

impl FromRequestParts<App> for Actor {
    type Rejection = Error;
    async fn from_request_parts(parts: &mut Parts, _: &App) -> Result<Self, Error> {
        let actor = parts.extensions.get::<Self>().cloned();
        actor.ok_or_else(|| Error::Internal("a public route that reads asks who acts".to_owned()))
    }
}
