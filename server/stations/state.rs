//! The state of a station at an instant: the one place where it is decided.

use std::{fmt, str::FromStr, sync::Arc};

use chrono::{Days, NaiveDateTime, NaiveTime, TimeDelta, Timelike};

use super::hours::{HoursState, OpenTimes, Opening, Openness};
use super::notices::model::Origin;

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

/// What a notice does to a station, or to one facility of it, while it holds.
#[derive(Clone, Copy, PartialEq, Eq, Debug, serde::Serialize, serde::Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = NoticeEffect)]
pub enum Effect {
    /// Closed; prevails over every notice that opens.
    Closed,
    /// Open, by a notice or a regime of extended hours.
    Open,
}

/// A notice for a station or a facility. Times are the city's local ones, cut to the minute.
#[derive(Clone, Debug)]
pub struct Notice {
    /// When it begins.
    pub from: NaiveDateTime,
    /// When it ends (exclusive); `None` until it is withdrawn.
    pub to: Option<NaiveDateTime>,
    /// What it does.
    pub effect: Effect,
    /// The hours in which it opens, where it does so for a part of the day; they are added to the own ones.
    pub during: Option<Arc<Opening>>,
    /// Why, in the words shown to workers.
    pub reason: Arc<str>,
    /// For what it was announced.
    pub origin: Origin,
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
/// In this order: suspended; a notice that closes; else open as soon as the hours or a notice that opens say so.
/// `hours` is `None` where they are not certain. A facility is decided by the same function, from its own hours
/// and its own notices.
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

/// Whether something with these hours and notices is open, and the notice that decides: what [`state_at`] says of
/// it, without what comes next.
pub fn open_at<H: OpenTimes>(
    hours: Option<&H>,
    notices: &[Notice],
    at: NaiveDateTime,
) -> (bool, Option<usize>) {
    let now = Course { hours, notices }.at(minute(at));
    (now.door == Door::Open, now.notice)
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
        at = now.until.into_iter().fold(next_turn(hours, notices, at), NaiveDateTime::min);
    }
    told
}

/// The first instant after `at` at which hours or notices may say something else, the nearness of a closing aside;
/// the next midnight at the latest, because then a year, a season and how far ahead is looked may become others.
pub fn next_turn<H: OpenTimes>(hours: Option<&H>, notices: &[Notice], at: NaiveDateTime) -> NaiveDateTime {
    let own = hours.and_then(|hours| hours.at(at).until);
    let midnight = (at.date() + Days::new(1)).and_time(NaiveTime::MIN);
    let turns = notices.iter().filter_map(|notice| notice.turn_after(at));
    own.into_iter().chain(turns).fold(midnight, NaiveDateTime::min)
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

/// How many boundaries are passed in search of a change. Hours and a notice's hours that take turns could be
/// followed for ever.
const STEPS: usize = 40;

impl<H: OpenTimes> Course<'_, H> {
    fn at(&self, at: NaiveDateTime) -> Segment {
        let boundary = self.notices.iter().filter_map(|notice| notice.boundary_after(at)).min();
        let holding = |effect| {
            let holds = move |(_, n): &(usize, &Notice)| n.effect == effect && n.holds(at);
            self.notices.iter().enumerate().filter(holds)
        };
        if let Some((notice, _)) = holding(Effect::Closed).next() {
            let door = Door::ClosedByNotice;
            return Segment { door, end: boundary, provisional: false, notice: Some(notice) };
        }
        let mut now = self.hours.map_or(UNCERTAIN, |hours| hours.at(at));
        let mut notice = None;
        for (i, opening) in holding(Effect::Open) {
            let told = opening.hours_at(at);
            notice = notice.or((told.open == Openness::Open).then_some(i));
            now = joined(now, told);
        }
        let door = match now.open {
            Openness::Open => Door::Open,
            Openness::Closed => Door::Closed,
            Openness::Unknown => Door::Unknown,
        };
        let end = now.until.into_iter().chain(boundary).min();
        Segment { door, end, provisional: now.provisional, notice }
    }

    /// When the door becomes another than in the segment that holds at `at`, and what it becomes, within [`STEPS`]
    /// boundaries.
    fn change_after(&self, at: NaiveDateTime, now: &Segment) -> Option<(NaiveDateTime, Door)> {
        let (mut at, mut end) = (at, now.end);
        for _ in 0..STEPS {
            at = end.filter(|end| *end > at)?;
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

/// Hours of which nothing is known.
const UNCERTAIN: HoursState = HoursState { open: Openness::Unknown, until: None, provisional: false };

/// Two hours of which either opens. `until` is at most when that becomes another: open, it lasts as long as the
/// one that is open longest; else until either changes.
fn joined(a: HoursState, b: HoursState) -> HoursState {
    let (open, is_open) = (a.open.max(b.open), |hours: &HoursState| hours.open == Openness::Open);
    match (is_open(&a), is_open(&b)) {
        (true, true) => {
            let until = a.until.zip(b.until).map(|(a, b)| a.max(b));
            HoursState { open, until, provisional: a.provisional && b.provisional }
        }
        (true, false) => a,
        (false, true) => b,
        (false, false) => {
            let until = a.until.into_iter().chain(b.until).min();
            HoursState { open, until, provisional: a.provisional || b.provisional }
        }
    }
}

impl Notice {
    /// What it says of opening while it holds.
    fn hours_at(&self, at: NaiveDateTime) -> HoursState {
        let always = HoursState { open: Openness::Open, until: None, provisional: false };
        self.during.as_ref().map_or(always, |opening| opening.timeline.at(at))
    }

    /// When anything that it says becomes another.
    fn turn_after(&self, at: NaiveDateTime) -> Option<NaiveDateTime> {
        let until = self.hours_at(at).until.filter(|_| self.holds(at));
        until.into_iter().chain(self.boundary_after(at)).min()
    }

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
