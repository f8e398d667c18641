//! Reading questions for features out of the parameters of the query.

use chrono::{DateTime, FixedOffset, Utc};

use super::crs::{Crs, Window};
use super::field::Field;
use super::filter::condition::{Comparison, Scalar};
use super::filter::value::{self, Kind};
use super::filter::{Condition, MAX_TEXT, parse};
use crate::error::Error;
use crate::http::params::{self, Params, read_instant};
use crate::ids::StationId;
use crate::time::Zone;

/// How many features a page has that names no limit.
pub(super) const LIMIT: usize = 50;
/// The most features on one page.
pub(super) const MAX_LIMIT: usize = 1_000;
/// The most bytes of a query: a filter, each byte of it percent-encoded, and the rest.
const MAX_QUERY: usize = 3 * MAX_TEXT + params::MAX_QUERY;
/// The languages of filters. The second is what the first was called before it was finished, which is how older
/// clients look for it.
pub(super) const LANGUAGES: [&str; 2] = ["cql2-text", "cql-text"];

/// A question for features.
#[derive(Debug)]
pub(super) struct Items {
    /// Only stations in this rectangle.
    pub(super) window: Option<Window>,
    /// Only stations that fulfil this.
    pub(super) condition: Option<Condition>,
    /// Only stations after this one.
    pub(super) after: Option<StationId>,
    /// At most how many.
    pub(super) limit: usize,
    /// How to answer.
    pub(super) frame: Frame,
}

/// How an answer is to be given.
#[derive(Debug, Clone, Copy)]
pub(super) struct Frame {
    /// The instant whose states are described.
    pub(super) at: DateTime<FixedOffset>,
    /// The system of the positions.
    pub(super) crs: Crs,
}

/// Reads `…/items`.
pub(super) fn items(query: Option<&str>, now: DateTime<Utc>, zone: Zone) -> Result<Items, Error> {
    let mut p = Params::within(query.unwrap_or_default(), MAX_QUERY)?;
    let bbox_crs = crs(&mut p, "bbox-crs");
    let window = window(&mut p, bbox_crs);
    let limit = p.limit(LIMIT, MAX_LIMIT);
    let after = p.cursor(|text| text.parse().ok());
    let frame = frame(&mut p, now);
    let mut conditions = equalities(&mut p, zone);
    conditions.extend(filter(&mut p, zone));
    format(&mut p, "json");
    p.finish()?;
    let condition = (!conditions.is_empty()).then_some(Condition::All(conditions));
    Ok(Items { window, condition, after, limit, frame })
}

/// Reads `…/items/{id}`.
pub(super) fn item(mut p: Params, now: DateTime<Utc>) -> Result<Frame, Error> {
    let frame = frame(&mut p, now);
    format(&mut p, "json");
    p.finish()?;
    Ok(frame)
}

/// Reads a resource that is asked for nothing but its form.
pub(super) fn plain(mut p: Params) -> Result<(), Error> {
    format(&mut p, "json");
    p.finish()
}

/// Reads a tile: its instant.
pub(super) fn tile(mut p: Params, now: DateTime<Utc>) -> Result<DateTime<FixedOffset>, Error> {
    let at = instant(&mut p, now);
    format(&mut p, "mvt");
    p.finish()?;
    Ok(at)
}

/// `f`, by which many clients ask for the only form that there is.
fn format(p: &mut Params, form: &'static str) {
    if p.text("f").is_some_and(|asked| asked != form) {
        p.refuse("f", "unknown_code", format!("只有 {form}。"), format!("only {form} is given"));
    }
}

fn frame(p: &mut Params, now: DateTime<Utc>) -> Frame {
    Frame { at: instant(p, now), crs: crs(p, "crs") }
}

/// A coordinate system by its identifier; CRS84 where none is named.
fn crs(p: &mut Params, name: &'static str) -> Crs {
    let Some(text) = p.text(name) else { return Crs::default() };
    Crs::named(&text).unwrap_or_else(|| {
        let known = Crs::ALL.map(Crs::uri).join(", ");
        p.refuse(
            name,
            "unknown_code",
            format!("没有这个坐标系。可用：{known}"),
            format!("unknown; known: {known}"),
        );
        Crs::default()
    })
}

/// `datetime`: an instant, or of an interval the instant nearest to the present.
fn instant(p: &mut Params, now: DateTime<Utc>) -> DateTime<FixedOffset> {
    let now = now.fixed_offset();
    let Some(text) = p.text("datetime") else { return now };
    read_time(&text, now).unwrap_or_else(|| {
        p.refuse(
            "datetime",
            "no_instant",
            "要写带时区的时间，如 2026-11-24T10:00:00+08:00（网址里 + 写作 %2B），或 起/止，一端可写 ..。",
            "must be an RFC 3339 time such as 2026-11-24T10:00:00Z, or start/end, one of which may be ..",
        );
        now
    })
}

fn read_time(text: &str, now: DateTime<FixedOffset>) -> Option<DateTime<FixedOffset>> {
    let Some((start, end)) = text.split_once('/') else { return read_instant(text) };
    let side = |side: &str| if matches!(side, "" | "..") { Some(None) } else { read_instant(side).map(Some) };
    let (start, end) = (side(start)?, side(end)?);
    if start.zip(end).is_some_and(|(start, end)| start > end) || (start.is_none() && end.is_none()) {
        return None;
    }
    let begun = start.map_or(now, |start| now.max(start));
    Some(end.map_or(begun, |end| begun.min(end)))
}

fn window(p: &mut Params, crs: Crs) -> Option<Window> {
    let text = p.text("bbox")?;
    let numbers: Option<Vec<f64>> =
        text.split(',').take(7).map(|number| number.trim().parse().ok()).collect();
    let window = numbers.and_then(|numbers| Window::new(crs, &numbers));
    if window.is_none() {
        let zh = "要写四个（或六个）数，按 bbox-crs 的坐标轴顺序，先小后大；默认 西,南,东,北。";
        let en = "must be four or six numbers in the order of the axes of bbox-crs, least first; by default \
                  west,south,east,north";
        p.refuse("bbox", "unreadable", zh, en);
    }
    window
}

/// Properties as parameters: each must be equal to what is given.
fn equalities(p: &mut Params, zone: Zone) -> Vec<Condition> {
    Field::asked().filter_map(|field| equality(p, field, zone)).collect()
}

fn equality(p: &mut Params, field: Field, zone: Zone) -> Option<Condition> {
    let (name, codes) = (field.name(), field.codes());
    let text = p.text(name)?;
    if !codes.is_empty() && !codes.contains(&text.as_str()) {
        let known = codes.join(", ");
        let en = format!("there is no such code; known: {known}");
        p.refuse(name, "unknown_code", format!("没有这个代码。可用：{known}"), en);
        return None;
    }
    let Some(value) = value::read(field.kind(), &text, zone) else {
        let (zh, en) = wanted(field.kind());
        p.refuse(name, "unreadable", zh, en);
        return None;
    };
    Some(Condition::Compare(Scalar::Property(field), Comparison::Equal, Scalar::Literal(value)))
}

fn wanted(kind: Kind) -> (&'static str, &'static str) {
    match kind {
        Kind::Number => ("要写数字。", "a number is needed"),
        Kind::Truth => ("要写 true 或 false。", "must be true or false"),
        Kind::Instant => ("要写带时区的时间。", "must be an RFC 3339 time such as 2026-11-24T10:00:00Z"),
        Kind::Date => ("要写日期，如 2026-11-24。", "must be a date such as 2026-11-24"),
        Kind::Text | Kind::Geometry => ("要写文字。", "a text is needed"),
    }
}

fn filter(p: &mut Params, zone: Zone) -> Option<Condition> {
    let crs = crs(p, "filter-crs");
    if p.text("filter-lang").is_some_and(|language| !LANGUAGES.contains(&language.as_str())) {
        let known = LANGUAGES[0];
        p.refuse("filter-lang", "unknown_code", format!("只有 {known}。"), format!("only {known} is read"));
    }
    match parse(&p.text("filter")?, crs, zone) {
        Ok(condition) => Some(condition),
        Err(fault) => {
            p.note(fault.of_field());
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_an_interval_the_instant_nearest_to_the_present_is_described() {
        let now = read_instant("2026-11-24T10:00:00+08:00").unwrap();
        let read = |text: &str| read_time(text, now).map(|at| at.to_rfc3339());
        let told = |text: &str| Some(text.to_owned());
        for (given, described) in [
            ("2026-11-20T00:00:00Z", told("2026-11-20T00:00:00+00:00")),
            ("2026-11-20T00:00:00Z/2026-11-21T00:00:00Z", told("2026-11-21T00:00:00+00:00")),
            ("2026-11-20T00:00:00Z/..", told("2026-11-24T10:00:00+08:00")),
            ("../2026-11-21T00:00:00Z", told("2026-11-21T00:00:00+00:00")),
            ("/2026-12-21T00:00:00Z", told("2026-11-24T10:00:00+08:00")),
            ("2026-12-21T00:00:00Z/", told("2026-12-21T00:00:00+00:00")),
            ("2026-12-21T00:00:00Z/2026-12-20T00:00:00Z", None),
            ("../..", None),
            ("/", None),
            ("today", None),
        ] {
            assert_eq!(read(given), described, "{given}");
        }
    }
}
