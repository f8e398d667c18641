//! The state of a station at an instant: the one place where it is decided.

use std::{fmt, str::FromStr};

use chrono::{Days, NaiveDateTime, NaiveTime, TimeDelta, Timelike};

use super::hours::{OpenTimes, Openness};

/// A station closes soon when less than this many minutes are left.
pub const CLOSING_SOON_MIN: i64 = 30;

/// What a worker is told of a station.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Open for half an hour at least.
    Open,
    /// Open, and known to close in under [`CLOSING_SOON_MIN`] minutes.
    ClosingSoon,
    /// Closed by its hours.
    Closed,
    /// Closed by a notice, whatever the hours say.
    ClosedByNotice,
    /// Out of service until staff say otherwise.
    Suspended,
    /// The hours are not certain, or rest on a holiday that is not yet published.
    Unknown,
}

impl State {
    /// Every state.
    pub const ALL: [Self; 6] =
        [Self::Open, Self::ClosingSoon, Self::Closed, Self::ClosedByNotice, Self::Suspended, Self::Unknown];

    /// The word used in JSON, tiles and filters.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::ClosingSoon => "closing_soon",
            Self::Closed => "closed",
            Self::ClosedByNotice => "closed_by_notice",
            Self::Suspended => "suspended",
            Self::Unknown => "unknown",
        }
    }

    /// Whether a worker can walk in: `open` or `closing_soon`.
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Open | Self::ClosingSoon)
    }
}

impl fmt::Display for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Not one of the words of [`State::as_str`].
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("no state of a station is called \"{0}\"")]
pub struct UnknownState(pub String);

impl FromStr for State {
    type Err = UnknownState;

    fn from_str(text: &str) -> Result<Self, UnknownState> {
        Self::ALL
            .into_iter()
            .find(|state| state.as_str() == text)
            .ok_or_else(|| UnknownState(text.to_owned()))
    }
}

/// What a notice does to the whole station while it holds.
#[derive(Clone, Copy, PartialEq, Eq, Debug, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Effect {
    /// Closed; prevails over every notice that opens.
    Closed,
    /// Open, by a notice or a regime of extended hours.
    Open,
}

/// A notice for the whole station. Times are the city's local ones, cut to the minute.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Notice {
    /// When it begins.
    pub from: NaiveDateTime,
    /// When it ends (exclusive); `None` until it is withdrawn.
    pub to: Option<NaiveDateTime>,
    /// What it does.
    pub effect: Effect,
    /// Why, in the words shown to workers.
    pub reason: String,
}

/// A station's state with what comes next.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct StateAt {
    /// The state.
    pub state: State,
    /// The state rests on hours that an unpublished holiday notice may change.
    pub provisional: bool,
    /// When `state` becomes another, `open` to `closing_soon` included, if that is known.
    pub until: Option<NaiveDateTime>,
    /// While not open: when it next opens, if that is known.
    pub opens_at: Option<NaiveDateTime>,
    /// While open: when it closes, if that is known and ever happens.
    pub closes_at: Option<NaiveDateTime>,
    /// The notice that decides, as an index into the notices given.
    pub notice: Option<usize>,
}

impl StateAt {
    const fn lasting(state: State) -> Self {
        Self { state, provisional: false, until: None, opens_at: None, closes_at: None, notice: None }
    }
}

/// Decides the state of a station at an instant of the city's local time; seconds are passed over.
///
/// In this order: suspended; a notice that closes; a notice that opens; the hours. `hours` is `None`
/// where they are not certain.
pub fn state_at<H: OpenTimes>(
    suspended: bool,
    hours: Option<&H>,
    notices: &[Notice],
    at: NaiveDateTime,
) -> StateAt {
    if suspended {
        return StateAt::lasting(State::Suspended);
    }
    let at = minute(at);
    let course = Course { hours, notices };
    let now = course.at(at);
    let next = course.change_after(at, &now);
    let until = next.map(|(end, _)| end);
    let base = StateAt {
        provisional: now.provisional,
        until,
        notice: now.notice,
        ..StateAt::lasting(State::Closed)
    };
    match now.door {
        Door::Open => open_until(base, at, next),
        Door::Closed => StateAt { opens_at: course.opening(next), ..base },
        Door::ClosedByNotice => {
            StateAt { state: State::ClosedByNotice, opens_at: course.opening(next), ..base }
        }
        Door::Unknown => StateAt { state: State::Unknown, ..base },
    }
}

/// What [`state_at`] says from `from` to `to` (exclusive): as of `from`, and then each time that anything of
/// it becomes another, with the minute at which it does.
pub fn course<H: OpenTimes>(
    suspended: bool,
    hours: Option<&H>,
    notices: &[Notice],
    from: NaiveDateTime,
    to: NaiveDateTime,
) -> Vec<(NaiveDateTime, StateAt)> {
    let mut told: Vec<(NaiveDateTime, StateAt)> = Vec::new();
    let mut at = minute(from);
    while at < to {
        let now = state_at(suspended, hours, notices, at);
        if told.last().is_none_or(|(_, last)| *last != now) {
            told.push((at, now));
        }
        let boundary = notices.iter().filter_map(|notice| notice.boundary_after(at)).min();
        at = now.until.into_iter().chain(boundary).fold(next_midnight(at), NaiveDateTime::min);
    }
    told
}

/// The midnight after an instant: then a year, a season and how far ahead is looked may become others.
pub fn next_midnight(at: NaiveDateTime) -> NaiveDateTime {
    (at.date() + Days::new(1)).and_time(NaiveTime::MIN)
}

/// Open, or closing soon where the end is near and known to be one.
fn open_until(base: StateAt, at: NaiveDateTime, next: Option<(NaiveDateTime, Door)>) -> StateAt {
    let closes_at = next.filter(|(_, door)| *door != Door::Unknown).map(|(end, _)| end);
    // The first whole minute with less than the limit left.
    let soon_from = closes_at.map(|end| end - TimeDelta::minutes(CLOSING_SOON_MIN - 1));
    match soon_from {
        Some(soon_from) if soon_from <= at => StateAt { state: State::ClosingSoon, closes_at, ..base },
        Some(soon_from) => StateAt { state: State::Open, closes_at, until: Some(soon_from), ..base },
        None => StateAt { state: State::Open, ..base },
    }
}

/// What is true of the door, before the nearness of a closing is weighed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Door {
    Open,
    Closed,
    ClosedByNotice,
    Unknown,
}

/// What holds from an instant on, and until when at least.
struct Segment {
    door: Door,
    end: Option<NaiveDateTime>,
    provisional: bool,
    notice: Option<usize>,
}

/// Hours and notices joined.
struct Course<'a, H> {
    hours: Option<&'a H>,
    notices: &'a [Notice],
}

impl<H: OpenTimes> Course<'_, H> {
    fn at(&self, at: NaiveDateTime) -> Segment {
        let boundary = self.notices.iter().filter_map(|notice| notice.boundary_after(at)).min();
        let deciding =
            |effect| self.notices.iter().position(|notice| notice.effect == effect && notice.holds(at));
        let by_notice =
            |door, notice| Segment { door, end: boundary, provisional: false, notice: Some(notice) };
        if let Some(notice) = deciding(Effect::Closed) {
            return by_notice(Door::ClosedByNotice, notice);
        }
        if let Some(notice) = deciding(Effect::Open) {
            return by_notice(Door::Open, notice);
        }
        let Some(hours) = self.hours else {
            return Segment { door: Door::Unknown, end: boundary, provisional: false, notice: None };
        };
        let now = hours.at(at);
        let door = match now.open {
            Openness::Open => Door::Open,
            Openness::Closed => Door::Closed,
            Openness::Unknown => Door::Unknown,
        };
        let end = now.until.into_iter().chain(boundary).min();
        Segment { door, end, provisional: now.provisional, notice: None }
    }

    /// When the door becomes another than in the segment that holds at `at`, and what it becomes. Each
    /// step passes a boundary of a notice, so there are few.
    fn change_after(&self, at: NaiveDateTime, now: &Segment) -> Option<(NaiveDateTime, Door)> {
        let mut end = now.end;
        while let Some(at) = end.filter(|end| *end > at) {
            let next = self.at(at);
            if next.door != now.door {
                return Some((at, next.door));
            }
            end = next.end;
        }
        None
    }

    /// The next opening, given the next change; not known where something unknown comes before it.
    fn opening(&self, mut next: Option<(NaiveDateTime, Door)>) -> Option<NaiveDateTime> {
        loop {
            match next? {
                (at, Door::Open) => return Some(at),
                (_, Door::Unknown) => return None,
                (at, Door::Closed | Door::ClosedByNotice) => next = self.change_after(at, &self.at(at)),
            }
        }
    }
}

impl Notice {
    fn holds(&self, at: NaiveDateTime) -> bool {
        minute(self.from) <= at && self.to.is_none_or(|to| at < minute(to))
    }

    fn boundary_after(&self, at: NaiveDateTime) -> Option<NaiveDateTime> {
        let ends = [Some(self.from), self.to];
        ends.into_iter().flatten().map(minute).filter(|end| *end > at).min()
    }
}

/// The instant without its seconds.
fn minute(at: NaiveDateTime) -> NaiveDateTime {
    at.with_second(0).and_then(|at| at.with_nanosecond(0)).unwrap_or(at)
}

#[cfg(test)]
#[path = "state_tests.rs"]
mod tests;
