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
    let ends = station.closes_at.map(|at| time::end(words, at, context.when));
    let opens = station.opens_at.map(|at| words.opens.with(time::moment(words, at, context.when)));
    let (headline, detail) = match station.state {
        State::Open => {
            let until = ends.map_or_else(|| words.all_day.to_owned(), |time| words.until.with(&time));
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
    Some(context.words.opens.with(time::moment(context.words, at, context.when)))
}

/// Why a station is open beyond its own hours, in the words of the notice.
pub(super) fn why_open<'a>(station: &Properties<'a>) -> Option<&'a str> {
    station.notice.filter(|_| station.state.is_open())
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::http::html::asked::Asked;
    use crate::http::html::sample::{at, city, station, when};
    use crate::language::Language;

    #[test]
    fn each_state_says_what_comes_next() {
        let closed = Properties { closes_at: None, ..station() };
        let tomorrow = Some(at("2026-11-25T08:30:00+08:00"));
        let noon = Some(at("2026-11-24T12:00:00+08:00"));
        let cases = [
            (station(), "开放中 · 至 21:00"),
            (Properties { closes_at: None, ..station() }, "开放中 · 24小时"),
            (Properties { state: State::ClosingSoon, closes_at: noon, ..station() }, "30 分钟内关门 · 12:00"),
            (Properties { state: State::Closed, opens_at: tomorrow, ..closed.clone() }, "明天 8:30 开放"),
            (Properties { state: State::Closed, ..closed.clone() }, "没开"),
            (
                Properties { state: State::ClosedByNotice, notice: Some("停电检修"), ..closed.clone() },
                "临时关门 · 停电检修",
            ),
            (Properties { state: State::Suspended, ..closed.clone() }, "暂停开放"),
            (Properties { state: State::Unknown, ..closed }, "未知 · 时间没核实"),
        ];
        let (city, asked) = (city(), Asked::default());
        let context = Context::new(Language::ZhCn, &city, when(), &asked);
        for (station, said) in cases {
            assert_eq!(line(&context, &station).text(), said);
        }
    }
}
