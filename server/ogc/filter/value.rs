//! Values of properties: their kinds, how texts are read as them, how two of them compare.

use std::borrow::Cow;
use std::cmp::Ordering;

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};

use crate::http::params::read_instant;
use crate::time::Zone;

/// What a property holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Any text, or one of a few codes.
    Text,
    /// A number.
    Number,
    /// Yes or no.
    Truth,
    /// An instant.
    Instant,
    /// A day.
    Date,
    /// Where the station stands.
    Geometry,
}

/// A value; none is the null of the filter.
#[derive(Debug, Clone, PartialEq)]
pub enum Value<'a> {
    /// A text.
    Text(Cow<'a, str>),
    /// A number.
    Number(f64),
    /// Yes or no.
    Truth(bool),
    /// An instant.
    Instant(DateTime<Utc>),
    /// A day of the city.
    Date(NaiveDate),
}

impl<'a> Value<'a> {
    /// A text as it is.
    pub fn text(text: impl Into<Cow<'a, str>>) -> Self {
        Self::Text(text.into())
    }

    /// What it is.
    pub fn kind(&self) -> Kind {
        match self {
            Self::Text(_) => Kind::Text,
            Self::Number(_) => Kind::Number,
            Self::Truth(_) => Kind::Truth,
            Self::Instant(_) => Kind::Instant,
            Self::Date(_) => Kind::Date,
        }
    }

    /// The order of two values of one kind; texts by their characters.
    pub fn order(&self, other: &Self) -> Option<Ordering> {
        match (self, other) {
            (Self::Text(a), Self::Text(b)) => Some(a.cmp(b)),
            (Self::Number(a), Self::Number(b)) => a.partial_cmp(b),
            (Self::Truth(a), Self::Truth(b)) => Some(a.cmp(b)),
            (Self::Instant(a), Self::Instant(b)) => Some(a.cmp(b)),
            (Self::Date(a), Self::Date(b)) => Some(a.cmp(b)),
            _ => None,
        }
    }
}

/// A text as a value of a kind: what a parameter of the query says, or a literal that a client wrote as text.
pub fn read(kind: Kind, text: &str, zone: Zone) -> Option<Value<'static>> {
    match kind {
        Kind::Text => Some(Value::text(text.to_owned())),
        Kind::Number => text.parse().ok().filter(|n: &f64| n.is_finite()).map(Value::Number),
        Kind::Truth => match text {
            "true" | "1" => Some(Value::Truth(true)),
            "false" | "0" => Some(Value::Truth(false)),
            _ => None,
        },
        Kind::Instant => instant(text, zone).map(Value::Instant),
        Kind::Date => date(text).map(Value::Date),
        Kind::Geometry => None,
    }
}

/// A literal made to fit what it is compared with: a text may be an instant or a day, 0 and 1 are no and yes, and a
/// day is the instant at which it begins in the city.
pub fn fitted(value: Value<'static>, kind: Kind, zone: Zone) -> Option<Value<'static>> {
    match (value, kind) {
        (value, kind) if value.kind() == kind => Some(value),
        (Value::Text(text), Kind::Instant | Kind::Date) => read(kind, &text, zone),
        (Value::Number(number), Kind::Truth) if number.abs() < f64::EPSILON => Some(Value::Truth(false)),
        (Value::Number(number), Kind::Truth) if (number - 1.0).abs() < f64::EPSILON => {
            Some(Value::Truth(true))
        }
        (Value::Date(date), Kind::Instant) => Some(Value::Instant(begins(date, zone))),
        _ => None,
    }
}

/// An RFC 3339 instant; a day alone is its beginning in the city.
fn instant(text: &str, zone: Zone) -> Option<DateTime<Utc>> {
    let whole = || read_instant(text).map(|at| at.with_timezone(&Utc));
    whole().or_else(|| date(text).map(|date| begins(date, zone)))
}

/// A day, `2026-11-24`. Programs that know instants only write midnight after it, and GDAL 3.6 leaves a `T` there.
fn date(text: &str) -> Option<NaiveDate> {
    let day = text.strip_suffix("T00:00:00Z").or(text.strip_suffix('T')).unwrap_or(text);
    let is_plain = day.len() == 10 && day.bytes().all(|b| b.is_ascii_digit() || b == b'-');
    day.parse().ok().filter(|_| is_plain)
}

fn begins(date: NaiveDate, zone: Zone) -> DateTime<Utc> {
    zone.instant(date.and_time(NaiveTime::MIN)).with_timezone(&Utc)
}

/// A text whose letters of either case are one, by the full case folding of Unicode: lower, upper and lower again are
/// the same for exactly the letters that fold to the same, but for the dotless i.
pub fn folded(text: &str) -> String {
    let fold = |c: char| -> String {
        if c == 'ı' {
            return c.to_string();
        }
        let upper = c.to_lowercase().flat_map(char::to_uppercase);
        upper.flat_map(char::to_lowercase).collect()
    };
    text.chars().map(fold).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const ZONE: Zone = Zone(chrono_tz::Asia::Shanghai);

    #[test]
    fn texts_are_read_by_the_kind_of_the_property() {
        let midnight = read_instant("2026-11-24T00:00:00+08:00").unwrap().with_timezone(&Utc);
        assert_eq!(read(Kind::Instant, "2026-11-24", ZONE), Some(Value::Instant(midnight)));
        assert_eq!(read(Kind::Instant, "2026-11-23T16:00:00Z", ZONE), Some(Value::Instant(midnight)));
        assert_eq!(read(Kind::Date, "2026-11-24T00:00:00Z", ZONE), read(Kind::Date, "2026-11-24", ZONE));
        assert_eq!(read(Kind::Date, "2026-11-24T", ZONE), read(Kind::Date, "2026-11-24", ZONE));
        assert_eq!(read(Kind::Truth, "1", ZONE), Some(Value::Truth(true)));
        for (kind, wrong) in [
            (Kind::Instant, "yesterday"),
            (Kind::Date, "2026-13-01"),
            (Kind::Date, "+2026-1-01"),
            (Kind::Number, "NaN"),
            (Kind::Number, "1e999"),
            (Kind::Truth, "yes"),
        ] {
            assert_eq!(read(kind, wrong, ZONE), None, "{wrong}");
        }
    }

    #[test]
    fn case_is_folded_as_unicode_does() {
        for (a, b) in
            [("ABC", "abc"), ("STRASSE", "straße"), ("ẞ", "ss"), ("ΣΊΣΥΦΟΣ", "σίσυφος"), ("\u{212a}", "k")]
        {
            assert_eq!(folded(a), folded(b), "{a} {b}");
        }
        assert_ne!(folded("ı"), folded("i"));
        assert_eq!(folded("驿站"), "驿站");
    }
}
