//! One visit of a page: who asks what, and when, and the snapshot that answers.

use std::sync::Arc;

use axum::http::HeaderMap;
use axum::response::Response;
use chrono::{DateTime, FixedOffset};
use maud::Markup;
use spatial::Datum;

use super::asked::Asked;
use super::context::Context;
use super::layout::Frame;
use super::reply::{self, Client};
use super::search::Search;
use super::time::When;
use super::when::AHEAD_DAYS;
use crate::app::App;
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
}

/// A page before it is framed.
pub(super) struct View {
    /// Its title, without the name of the service.
    pub(super) title: String,
    /// Whether it shows a station that is no real place.
    pub(super) is_demonstration: bool,
    /// Its main part.
    pub(super) main: Markup,
}

impl Visit {
    /// Reads a request. A time out of reach is passed over like every other parameter that means nothing.
    pub(super) fn new(app: &App, pairs: &[(String, String)], headers: &HeaderMap) -> Self {
        let mut asked = Asked::read(pairs);
        let client = Client::read(headers, &asked);
        let snapshot = app.registry.snapshot();
        let zone = snapshot.zone();
        let now = zone.stamp(app.clock.now());
        let near = |at: &DateTime<FixedOffset>| (-1..=AHEAD_DAYS).contains(&(*at - now).num_days());
        let at = asked.at.map(|at| zone.instant(at)).filter(near);
        if at.is_none() {
            asked.at = None;
        }
        Self { asked, client, snapshot, when: When { now, at: at.unwrap_or(now) } }
    }

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
        context.approval_number = &app.config.map.approval_number;
        context.pace = self.snapshot.ground().walk;
        context
    }

    /// The language that the page is not in.
    pub(super) fn other_language(&self) -> Language {
        self.client.language.of(Language::En, Language::ZhCn)
    }

    /// A view as an answer.
    pub(super) fn drawn(
        &self,
        app: &App,
        context: &Context<'_>,
        view: &View,
        href: impl Fn(&Asked) -> String,
    ) -> Response {
        let frame = Frame {
            language: context.language,
            assets: &app.assets(),
            title: &view.title,
            is_demonstration: view.is_demonstration,
            here: Some(href(&self.asked)),
            other_language: Some(href(&self.asked.spoken(self.other_language()))),
            display: self.client.display,
        };
        reply::answer(context, self.client, &frame, &view.main)
    }
}
