//! What is kept of a clock: its limit, when it ran, stood still, was given more time, and ended.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::limit::{Limit, Unit};

/// The most pauses of one run.
pub const MOST_PAUSES: usize = 100;
/// The most extensions of one run.
pub const MOST_EXTENSIONS: usize = 20;
/// A clock runs within the years 1999 to 2100, those that a calendar may name.
const INSTANTS_MS: std::ops::Range<i64> = 915_148_800_000..4_133_980_800_000;

/// What cannot be done with a clock, or cannot have been.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum RunError {
    /// A limit of nothing, or of more than the unit's most.
    #[error("amount: 1 to {most} {unit}")]
    Amount {
        /// The unit.
        unit: Unit,
        /// The most of it.
        most: u32,
    },
    /// An instant before 1999 or after 2100.
    #[error("a clock runs within the years 1999 to 2100")]
    OutOfRange,
    /// Earlier than what was done before it, or than the beginning.
    #[error("earlier than what was done before")]
    Backwards,
    /// It stands still already.
    #[error("the clock stands still already")]
    Paused,
    /// It does not stand still.
    #[error("the clock does not stand still")]
    Running,
    /// It has ended.
    #[error("the clock has ended")]
    Ended,
    /// It has not ended.
    #[error("the clock has not ended")]
    NotEnded,
    /// More pauses or extensions than anybody needs.
    #[error("at most {MOST_PAUSES} pauses and {MOST_EXTENSIONS} extensions")]
    TooMany,
}

/// What is kept of a clock, as JSON: `{limit, began_ms, pauses: [{from_ms, to_ms?}], extensions: [{limit, at_ms}],
/// ended_ms?}`. It knows no calendar, so the due instant follows when a calendar is loaded. Everything is noted in
/// the order in which it happens; servers whose clocks differ take the later of now and [`Run::latest_ms`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Record", into = "Record")]
pub struct Run(Record);

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Record {
    limit: Limit,
    began_ms: i64,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pauses: Vec<Pause>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    extensions: Vec<Extension>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    ended_ms: Option<i64>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Pause {
    from_ms: i64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    to_ms: Option<i64>,
}

/// More time that was granted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Extension {
    /// How much.
    pub limit: Limit,
    /// When it was granted.
    pub at_ms: i64,
}

/// A time in which the clock stood still; its end where that is known, else the instant asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Still {
    pub(super) from: DateTime<Utc>,
    pub(super) to: DateTime<Utc>,
}

impl Run {
    /// A clock that begins to run.
    pub fn begin(limit: Limit, at: DateTime<Utc>) -> Result<Self, RunError> {
        let began_ms = at.timestamp_millis();
        let record = Record { limit, began_ms, pauses: Vec::new(), extensions: Vec::new(), ended_ms: None };
        Record::checked(record).map(Self)
    }

    /// The clock stands still and keeps the time used.
    pub fn pause(&mut self, at: DateTime<Utc>) -> Result<(), RunError> {
        let from_ms = self.going_on(at)?;
        if self.is_paused() {
            return Err(RunError::Paused);
        }
        self.0.add_pause(Pause { from_ms, to_ms: None })
    }

    /// The clock runs on.
    pub fn resume(&mut self, at: DateTime<Utc>) -> Result<(), RunError> {
        let to_ms = self.going_on(at)?;
        let open = self.0.pauses.last_mut().filter(|pause| pause.to_ms.is_none());
        open.ok_or(RunError::Running)?.to_ms = Some(to_ms);
        Ok(())
    }

    /// More time, after what there was. Whether it has run out yet, the calendar knows; see [`super::Clock::due`].
    pub fn extend(&mut self, limit: Limit, at: DateTime<Utc>) -> Result<(), RunError> {
        let at_ms = self.going_on(at)?;
        if self.0.extensions.len() >= MOST_EXTENSIONS {
            return Err(RunError::TooMany);
        }
        self.0.extensions.push(Extension { limit, at_ms });
        Ok(())
    }

    /// The clock stops: what it was for is done. A pause ends with it.
    pub fn end(&mut self, at: DateTime<Utc>) -> Result<(), RunError> {
        let at_ms = self.going_on(at)?;
        if let Some(open) = self.0.pauses.last_mut() {
            open.to_ms.get_or_insert(at_ms);
        }
        self.0.ended_ms = Some(at_ms);
        Ok(())
    }

    /// A clock that had ended goes on with the time that was left; the time between is a pause.
    pub fn restart(&mut self, at: DateTime<Utc>) -> Result<(), RunError> {
        let from_ms = self.0.ended_ms.ok_or(RunError::NotEnded)?;
        let to_ms = Some(self.0.later(at)?);
        self.0.add_pause(Pause { from_ms, to_ms })?;
        self.0.ended_ms = None;
        Ok(())
    }

    /// The same clock with another limit from the beginning; pauses and extensions stay.
    #[must_use]
    pub fn with_limit(&self, limit: Limit) -> Self {
        Self(Record { limit, ..self.0.clone() })
    }

    /// The same clock as it was when it stood still last: without a pause that has not ended, or that ended with it.
    #[must_use]
    pub fn until_stopped(&self) -> Self {
        let Record { ended_ms, pauses, .. } = &self.0;
        let mut kept = pauses.clone();
        kept.pop_if(|last| last.to_ms == *ended_ms);
        Self(Record { pauses: kept, ..self.0.clone() })
    }

    /// The limit it began with.
    pub fn limit(&self) -> Limit {
        self.0.limit
    }

    /// When it began.
    pub fn began(&self) -> DateTime<Utc> {
        instant(self.0.began_ms)
    }

    /// More time that was granted, the first first.
    pub fn extensions(&self) -> &[Extension] {
        &self.0.extensions
    }

    /// Whether it stands still.
    pub fn is_paused(&self) -> bool {
        self.0.pauses.last().is_some_and(|pause| pause.to_ms.is_none())
    }

    /// When it ended.
    pub fn ended(&self) -> Option<DateTime<Utc>> {
        self.0.ended_ms.map(instant)
    }

    /// When something was done with it last; nothing can be noted before.
    pub fn latest_ms(&self) -> i64 {
        self.0.latest_ms()
    }

    /// The times in which it stood still, as of an instant.
    pub(super) fn stills(&self, now: DateTime<Utc>) -> Vec<Still> {
        let still = |pause: &Pause| {
            let from = instant(pause.from_ms);
            Still { from, to: pause.to_ms.map_or(within(now), instant).max(from) }
        };
        self.0.pauses.iter().map(still).filter(|still| still.from < still.to).collect()
    }

    fn going_on(&self, at: DateTime<Utc>) -> Result<i64, RunError> {
        if self.0.ended_ms.is_some() { Err(RunError::Ended) } else { self.0.later(at) }
    }
}

impl Record {
    fn add_pause(&mut self, pause: Pause) -> Result<(), RunError> {
        if self.pauses.len() >= MOST_PAUSES {
            return Err(RunError::TooMany);
        }
        self.pauses.push(pause);
        Ok(())
    }

    fn later(&self, at: DateTime<Utc>) -> Result<i64, RunError> {
        let at_ms = at.timestamp_millis();
        if !INSTANTS_MS.contains(&at_ms) {
            return Err(RunError::OutOfRange);
        }
        if at_ms < self.latest_ms() { Err(RunError::Backwards) } else { Ok(at_ms) }
    }

    fn latest_ms(&self) -> i64 {
        let pause = self.pauses.last().map(|pause| pause.to_ms.unwrap_or(pause.from_ms));
        let extension = self.extensions.last().map(|extension| extension.at_ms);
        [pause, extension, self.ended_ms].into_iter().flatten().fold(self.began_ms, i64::max)
    }

    /// The record, if it can have come about.
    fn checked(self) -> Result<Self, RunError> {
        if self.pauses.len() > MOST_PAUSES || self.extensions.len() > MOST_EXTENSIONS {
            return Err(RunError::TooMany);
        }
        let open = self.pauses.iter().position(|pause| pause.to_ms.is_none());
        if open.is_some_and(|place| place + 1 < self.pauses.len() || self.ended_ms.is_some()) {
            return Err(RunError::Paused);
        }
        let pauses = self.pauses.iter().flat_map(|pause| [Some(pause.from_ms), pause.to_ms]).flatten();
        let noted: Vec<i64> = std::iter::once(self.began_ms).chain(pauses).chain(self.ended_ms).collect();
        let granted: Vec<i64> = std::iter::once(self.began_ms)
            .chain(self.extensions.iter().map(|extension| extension.at_ms))
            .chain(self.ended_ms)
            .collect();
        if noted.iter().chain(&granted).any(|ms| !INSTANTS_MS.contains(ms)) {
            return Err(RunError::OutOfRange);
        }
        if noted.is_sorted() && granted.is_sorted() { Ok(self) } else { Err(RunError::Backwards) }
    }
}

impl TryFrom<Record> for Run {
    type Error = RunError;
    fn try_from(record: Record) -> Result<Self, RunError> {
        record.checked().map(Self)
    }
}

impl From<Run> for Record {
    fn from(run: Run) -> Self {
        run.0
    }
}

/// An instant, brought within the years in which a clock runs.
pub(super) fn within(at: DateTime<Utc>) -> DateTime<Utc> {
    instant(at.timestamp_millis())
}

fn instant(ms: i64) -> DateTime<Utc> {
    let ms = ms.clamp(INSTANTS_MS.start, INSTANTS_MS.end);
    DateTime::from_timestamp_millis(ms).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::clock::tests::{at, limit, run};

    #[test]
    fn what_cannot_have_happened_is_an_error() {
        let mut run = run("3 working_days", "2026-02-13 10:00");
        assert_eq!(run.pause(at("2026-02-13 09:59")), Err(RunError::Backwards));
        assert_eq!(run.resume(at("2026-02-13 11:00")), Err(RunError::Running));
        assert_eq!(run.restart(at("2026-02-13 11:00")), Err(RunError::NotEnded));
        run.pause(at("2026-02-13 11:00")).unwrap();
        assert_eq!(run.pause(at("2026-02-13 11:00")), Err(RunError::Paused));
        assert_eq!(run.resume(at("2026-02-13 10:59")), Err(RunError::Backwards));
        run.resume(at("2026-02-13 11:00")).unwrap();
        assert_eq!(run.end(DateTime::<Utc>::MAX_UTC), Err(RunError::OutOfRange));
        for _ in 1..MOST_PAUSES {
            run.pause(at("2026-02-13 11:00")).unwrap();
            run.resume(at("2026-02-13 11:00")).unwrap();
        }
        assert_eq!(run.pause(at("2026-02-13 11:00")), Err(RunError::TooMany));
        for _ in 0..MOST_EXTENSIONS {
            run.extend(limit(Unit::Days, 366), at("2026-02-13 11:00")).unwrap();
        }
        assert_eq!(run.extend(limit(Unit::Days, 1), at("2026-02-13 11:00")), Err(RunError::TooMany));
        run.end(at("2026-02-13 12:00")).unwrap();
        assert_eq!(run.end(at("2026-02-13 12:00")), Err(RunError::Ended));
        assert_eq!(run.restart(at("2026-02-13 12:00")), Err(RunError::TooMany));
        assert_eq!(
            Limit::new(Unit::WorkingDays, 0),
            Err(RunError::Amount { unit: Unit::WorkingDays, most: 250 })
        );
        assert!(Limit::new(Unit::Days, 367).is_err());
        assert_eq!(Run::begin(limit(Unit::Days, 1), DateTime::<Utc>::MIN_UTC), Err(RunError::OutOfRange));
    }

    #[test]
    fn a_run_is_kept_as_json_and_read_only_if_it_can_have_happened() {
        let mut run = run("3 working_days", "2026-02-13 10:00");
        run.pause(at("2026-02-14 15:00")).unwrap();
        let json = serde_json::to_string(&run).unwrap();
        assert_eq!(
            json,
            r#"{"limit":{"unit":"working_days","amount":3},"began_ms":1770948000000,"pauses":[{"from_ms":1771052400000}]}"#
        );
        run.resume(at("2026-02-24 09:00")).unwrap();
        run.extend(limit(Unit::Minutes, 30), at("2026-02-24 10:00")).unwrap();
        run.end(at("2026-02-24 11:00")).unwrap();
        let again: Run = serde_json::from_str(&serde_json::to_string(&run).unwrap()).unwrap();
        assert_eq!(again, run);
        let of = |rest: &str| {
            let text = format!(r#"{{"limit":{{"unit":"days","amount":3}},"began_ms":1770948000000{rest}}}"#);
            serde_json::from_str::<Run>(&text).map_err(|e| e.to_string())
        };
        assert!(of("").is_ok());
        for wrong in [
            r#","ended_ms":1770947999999"#,
            r#","ended_ms":9223372036854775807"#,
            r#","pauses":[{"from_ms":1}]"#,
            r#","pauses":[{"from_ms":1770948000000},{"from_ms":1770948000000}]"#,
            r#","pauses":[{"from_ms":1770948000002,"to_ms":1770948000001}]"#,
            r#","pauses":[{"from_ms":1770948000000}],"ended_ms":1770948000001"#,
            r#","extensions":[{"limit":{"unit":"days","amount":0},"at_ms":1770948000000}]"#,
            r#","extensions":[{"limit":{"unit":"years","amount":1},"at_ms":1770948000000}]"#,
            r#","extensions":[{"limit":{"unit":"days","amount":1},"at_ms":0}]"#,
            r#","more":1"#,
        ] {
            assert!(of(wrong).is_err(), "{wrong}");
        }
    }
}
