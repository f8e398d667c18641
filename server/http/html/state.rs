//! The state of a station in words: what it is, then until when. Shape and word always go together.

use maud::{Markup, html};

use super::context::Context;
use super::{icon, time};
use crate::stations::feature::Properties;
use crate::stations::state::State;

/// A state as it is read.
pub(super) struct Line {
    /// The shape of its door.
    pub(super) shape: &'static str,
    /// The state.
    pub(super) headline: String,
    /// Since, until or why.
    pub(super) detail: Option<String>,
}

/// The shape of the door of a state.
pub(super) fn shape(state: State) -> &'static str {
    match state {
        State::Open => "open",
        State::ClosingSoon => "soon",
        State::Closed => "closed",
        State::ClosedByNotice => "notice",
        State::Suspended => "suspended",
        State::Unknown => "unknown",
    }
}

/// The state of a station as one line.
pub(super) fn line(context: &Context<'_>, station: &Properties<'_>) -> Line {
    let words = context.words;
    let ends = station.closes_at.map(|at| time::end(words, at, context.now));
    let opens = station.opens_at.map(|at| (words.opens)(&time::moment(words, at, context.now)));
    let (headline, detail) = match station.state {
        State::Open => {
            let until = ends.map_or_else(|| words.all_day.to_owned(), |time| (words.until)(&time));
            (words.open.to_owned(), Some(until))
        }
        State::ClosingSoon => (words.closing_soon.to_owned(), ends),
        State::Closed => (opens.unwrap_or_else(|| words.closed.to_owned()), None),
        State::ClosedByNotice => (words.closed_by_notice.to_owned(), station.notice.map(str::to_owned)),
        State::Suspended => (words.suspended.to_owned(), station.notice.map(str::to_owned)),
        State::Unknown => (words.unknown.to_owned(), Some(words.unverified.to_owned())),
    };
    Line { shape: shape(station.state), headline, detail }
}

/// When a station that a notice has closed opens again.
pub(super) fn reopens(context: &Context<'_>, station: &Properties<'_>) -> Option<String> {
    let closed = station.state == State::ClosedByNotice;
    let at = station.opens_at.filter(|_| closed)?;
    Some((context.words.opens)(&time::moment(context.words, at, context.now)))
}

impl Line {
    /// The line as text, for labels.
    pub(super) fn text(&self) -> String {
        match &self.detail {
            Some(detail) => format!("{} · {detail}", self.headline),
            None => self.headline.clone(),
        }
    }

    /// The line with its door.
    pub(super) fn markup(&self) -> Markup {
        html! { p class={ "st " (self.shape) } { (icon::door(self.shape)) (self.text()) } }
    }
}
