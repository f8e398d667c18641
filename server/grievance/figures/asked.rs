//! What figures are asked.

use super::model::{By, Hit, Measure, Part};
use super::period::{MOST_DAYS, Period};
use super::store::FigureRow;
use crate::error::Error;
use crate::grievance::asked::PAGE;
use crate::grievance::frame::Frame;
use crate::http::params::Params;
use crate::ids::GrievanceId;

/// The most characters of what a row of figures is named by.
pub(super) const KEY_CHARS: usize = 80;

/// Which figures are asked for.
pub(super) struct Asked {
    /// Of which days; without any the present year.
    pub(super) period: Period,
    /// By what they are told apart.
    pub(super) by: By,
}

/// Reads the question for figures.
pub(super) fn figures(mut p: Params, frame: &Frame) -> Result<Asked, Error> {
    let period = period(&mut p, frame);
    let by = by(&mut p).unwrap_or(By::Department);
    p.finish()?;
    Ok(Asked { period, by })
}

fn period(p: &mut Params, frame: &Frame) -> Period {
    let usual = Period::year_of(frame.today());
    let Some(text) = p.text("period") else { return usual };
    text.parse().unwrap_or_else(|()| {
        let zh = format!("要写 2026、2026-11 或 2026-11-01..2026-11-30，最长 {MOST_DAYS} 天。");
        let en = format!("must be 2026, 2026-11 or 2026-11-01..2026-11-30, at most {MOST_DAYS} days");
        p.refuse("period", "unreadable", zh, en);
        usual
    })
}

fn listed(codes: impl Iterator<Item = &'static str>) -> String {
    codes.collect::<Vec<_>>().join(", ")
}

fn by(p: &mut Params) -> Option<By> {
    p.code("by", || listed(By::ALL.iter().map(|c| c.as_str())))
}

/// Where a page goes on: after the round of this case that was counted by this instant.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct After {
    at_ms: i64,
    /// The case.
    pub(super) id: String,
    /// The round.
    pub(super) round: i64,
}

impl After {
    /// The place of a round.
    pub(super) fn of(row: &FigureRow, hit: Hit) -> Self {
        Self { at_ms: hit.at_ms, id: row.id.clone(), round: row.round }
    }

    fn read(text: &str) -> Option<Self> {
        let mut parts = text.splitn(3, '.');
        let (at_ms, round) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
        let id: GrievanceId = parts.next()?.parse().ok()?;
        Some(Self { at_ms, id: id.to_string(), round })
    }
}

impl std::fmt::Display for After {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}.{}.{}", self.at_ms, self.round, self.id)
    }
}

/// Which cases behind a figure are asked for.
pub(super) struct Behind {
    /// Of which days.
    pub(super) period: Period,
    /// Of which figure.
    pub(super) measure: Measure,
    part: Part,
    row: Option<(By, String)>,
    /// How many.
    pub(super) limit: usize,
    /// From where on.
    pub(super) after: Option<After>,
}

impl Behind {
    /// Whether a round that counts is of the part and the row.
    pub(super) fn holds(&self, row: &FigureRow, hit: Hit, frame: &Frame) -> bool {
        let in_row = |(by, key): &(By, String)| by.key(row, hit, frame.zone) == *key;
        self.part.holds(hit.is_in_numerator) && self.row.as_ref().is_none_or(in_row)
    }
}

/// Reads the question for the cases behind a figure.
pub(super) fn behind(mut p: Params, frame: &Frame) -> Result<Behind, Error> {
    let period = period(&mut p, frame);
    let measure = p.code("measure", || listed(Measure::ALL.iter().map(|c| c.as_str())));
    let part = p.code("part", || listed(Part::ALL.iter().map(|c| c.as_str())));
    let row = row(&mut p);
    let limit = p.limit(PAGE.0, PAGE.1);
    let after = after(&mut p);
    if measure.is_none() && !p.has("measure") {
        let known = listed(Measure::ALL.iter().map(|c| c.as_str()));
        p.refuse("measure", "missing", format!("要写其中之一：{known}"), format!("must be one of {known}"));
    }
    p.finish()?;
    let measure = measure.unwrap_or(Measure::Response);
    Ok(Behind { period, measure, part: part.unwrap_or(Part::Denominator), row, limit, after })
}

/// The row of a table of figures, of which `key` names one; without it there are the cases of all rows.
fn row(p: &mut Params) -> Option<(By, String)> {
    let (by, key) = (by(p), p.text("key"));
    if key.as_ref().is_some_and(|key| key.chars().count() > KEY_CHARS) {
        let zh = format!("最多 {KEY_CHARS} 字。");
        p.refuse("key", "too_long", zh, format!("at most {KEY_CHARS} characters"));
    }
    key.map(|key| (by.unwrap_or(By::Department), key))
}

fn after(p: &mut Params) -> Option<After> {
    let text = p.text("cursor")?;
    let read = After::read(&text);
    if read.is_none() {
        let (zh, en) = ("请用上一页给的 next 翻页。", "use what the page before says in `next`");
        p.refuse("cursor", "unreadable", zh, en);
    }
    read
}
