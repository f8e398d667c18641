//! One visit of a page: who asks what, and when, and the snapshot that answers.

use std::sync::Arc;

use axum::extract::{FromRequestParts, Query};
use axum::http::request::Parts;
use axum::response::Response;
use chrono::{DateTime, FixedOffset};
use maud::Markup;
use spatial::Datum;

use super::asked::Asked;
use super::context::Context;
use super::layout::{About, Frame};
use super::reply::{self, Client};
use super::search::Search;
use super::time::When;
use super::when::AHEAD_DAYS;
use super::{desk, embed};
use crate::app::App;
use crate::error::Error;
use crate::http::origin::Origin;
use crate::language::Language;
use crate::stations::query::Frame as Telling;
use crate::stations::snapshot::Snapshot;

/// A visit. The snapshot is taken once, so that a page never mixes two revisions.
pub(super) struct Visit {
    /// What the address asks.
    pub(super) asked: Asked,
    /// What the client says of itself.
    pub(super) client: Client,
    /// The registry that answers.
    pub(super) snapshot: Arc<Snapshot>,
    /// The instant described, and the present.
    pub(super) when: When,
    /// Under which address the service was reached.
    pub(super) origin: Origin,
    /// Whether the page stands in a frame of another site.
    pub(super) is_embedded: bool,
}

/// A page before it is framed.
pub(super) struct View {
    /// Its title, without the name of the service.
    pub(super) title: String,
    /// Whether it shows a station that is no real place.
    pub(super) is_demonstration: bool,
    /// Its main part.
    pub(super) main: Markup,
    /// What it says of itself.
    pub(super) about: About,
}

/// A time out of reach is passed over like every other parameter that means nothing.
impl FromRequestParts<App> for Visit {
    type Rejection = Error;
    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Error> {
        let origin = Origin::from_request_parts(parts, app).await?;
        let pairs: Query<Vec<(String, String)>> = Query::try_from_uri(&parts.uri).unwrap_or_default();
        let mut asked = Asked::read(&pairs);
        let client = Client::read(&parts.headers, &asked, origin.is_https());
        let snapshot = app.registry.snapshot();
        let zone = snapshot.zone();
        let now = zone.stamp(app.clock.now());
        let near = |at: &DateTime<FixedOffset>| (-1..=AHEAD_DAYS).contains(&(*at - now).num_days());
        let at = asked.at.map(|at| zone.instant(at)).filter(near);
        if at.is_none() {
            asked.at = None;
        }
        let when = When { now, at: at.unwrap_or(now) };
        let is_embedded = parts.uri.path() == embed::PATH;
        asked.page =
            [embed::PATH, desk::PATH].into_iter().find(|p| *p == parts.uri.path()).unwrap_or_default();
        Ok(Self { asked, client, snapshot, when, origin, is_embedded })
    }
}

impl Visit {
    /// How stations are described.
    pub(super) fn telling(&self) -> Telling {
        Telling { at: self.when.at, out_crs: Datum::Wgs84, language: self.client.language }
    }

    /// The questions of this visit.
    pub(super) fn search(&self) -> Search<'_> {
        Search { snapshot: &self.snapshot, telling: self.telling(), asked: &self.asked }
    }

    /// What the templates are given.
    pub(super) fn context<'a>(&'a self, app: &'a App) -> Context<'a> {
        let mut context = Context::new(self.client.language, self.snapshot.city(), self.when, &self.asked);
        context.basemap = Some(&app.config.map);
        context.pace = self.snapshot.ground().walk;
        context
    }

    /// An absolute address of this service, from a path.
    pub(super) fn absolute(&self, path: &str) -> String {
        format!("{}{path}", self.origin.0)
    }

    /// A view as an answer; `href` makes the address of the page from a question.
    pub(super) fn drawn(&self, app: &App, view: View, href: impl Fn(&Asked) -> String) -> Response {
        let other = self.client.language.of(Language::En, Language::ZhCn);
        let View { title, is_demonstration, main, mut about } = view;
        about.image.get_or_insert_with(|| self.absolute("/assets/share.png"));
        if is_demonstration {
            // What is no real place must not be found as one.
            about.canonical = None;
        }
        let frame = Frame {
            language: self.client.language,
            assets: &app.assets(),
            title: &title,
            is_demonstration,
            here: Some(href(&self.asked)),
            other_language: Some(href(&self.asked.spoken(other))),
            display: self.client.display,
            about,
            is_embedded: self.is_embedded,
        };
        reply::answer(&self.asked, self.client, &frame, &main)
    }
}
