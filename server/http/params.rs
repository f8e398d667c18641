//! Query parameters with errors that name the field and the remedy.

use std::str::FromStr;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use chrono::{DateTime, FixedOffset};

use crate::error::{Error, FieldError};

/// The most bytes of a query string.
pub const MAX_QUERY: usize = 4_096;
/// The most values in a list such as `facility=a,b`.
pub const MAX_VALUES: usize = 64;

/// The query parameters of a request, taken one by one. What is left at the end is unknown.
///
/// Errors are collected, so that a client learns of all of them at once.
#[derive(Debug, Default)]
pub struct Params {
    given: Vec<(String, String)>,
    known: Vec<&'static str>,
    errors: Vec<FieldError>,
}

impl<S: Send + Sync> FromRequestParts<S> for Params {
    type Rejection = Error;
    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Error> {
        Self::parse(parts.uri.query().unwrap_or_default())
    }
}

impl Params {
    /// Splits a query string.
    pub fn parse(query: &str) -> Result<Self, Error> {
        Self::within(query, MAX_QUERY)
    }

    /// Splits a query string that may be longer than others, of at most so many bytes.
    pub fn within(query: &str, most: usize) -> Result<Self, Error> {
        if query.len() > most {
            let zh = format!("查询最长 {most} 字节，请缩短。");
            return Err(FieldError::new(
                "query",
                "too_long",
                zh,
                format!("at most {most} bytes; shorten it"),
            )
            .into());
        }
        let mut params = Self::default();
        for (name, value) in form_urlencoded::parse(query.as_bytes()).into_owned() {
            if params.given.iter().any(|(n, _)| *n == name) {
                params.refuse(
                    &name,
                    "repeated",
                    "只能出现一次；多个值用逗号连起来。",
                    "given twice; join values with commas",
                );
            } else {
                params.given.push((name, value));
            }
        }
        Ok(params)
    }

    /// The raw text of a parameter; empty text counts as absent.
    pub fn text(&mut self, name: &'static str) -> Option<String> {
        self.known.push(name);
        let at = self.given.iter().position(|(n, _)| n == name)?;
        Some(self.given.swap_remove(at).1).filter(|v| !v.is_empty())
    }

    /// Whether a parameter is given with a value.
    pub fn has(&self, name: &str) -> bool {
        self.given.iter().any(|(n, v)| n == name && !v.is_empty())
    }

    /// A parameter read by its type; `zh` and `en` say what it should have been.
    pub fn value<T: FromStr>(&mut self, name: &'static str, zh: &str, en: &str) -> Option<T> {
        let text = self.text(name)?;
        let value = text.parse().ok();
        if value.is_none() {
            self.refuse(name, "unreadable", zh, en);
        }
        value
    }

    /// The cursor of a page, as the page before it said in `next`; `read` makes sense of it.
    pub fn cursor<T>(&mut self, read: impl FnOnce(&str) -> Option<T>) -> Option<T> {
        let value = self.text("cursor").map(|text| read(&text))?;
        if value.is_none() {
            let en = "use what the page before says in `next`";
            self.refuse("cursor", "unreadable", "请用上一页给的 next 翻页。", en);
        }
        value
    }

    /// A list of codes joined by commas; `known` lists them all for whoever gives another.
    pub fn codes<T: FromStr>(&mut self, name: &'static str, known: fn() -> String) -> Vec<T> {
        let Some(text) = self.text(name) else { return Vec::new() };
        let parts: Vec<&str> = text.split(',').map(str::trim).filter(|p| !p.is_empty()).collect();
        if parts.len() > MAX_VALUES {
            let zh = format!("最多 {MAX_VALUES} 个值。");
            self.refuse(name, "too_many", zh, format!("at most {MAX_VALUES} values"));
            return Vec::new();
        }
        parts.into_iter().filter_map(|part| self.known_code(name, part, known)).collect()
    }

    /// One code; `known` lists them all for whoever gives another.
    pub fn code<T: FromStr>(&mut self, name: &'static str, known: fn() -> String) -> Option<T> {
        let text = self.text(name)?;
        self.known_code(name, &text, known)
    }

    fn known_code<T: FromStr>(&mut self, name: &'static str, text: &str, known: fn() -> String) -> Option<T> {
        let code = text.parse().ok();
        if code.is_none() {
            let (text, known) = (shown(text), known());
            let zh = format!("没有“{text}”这个代码。可用：{known}");
            self.refuse(name, "unknown_code", zh, format!("there is no code {text:?}; known: {known}"));
        }
        code
    }

    /// A number within bounds; beyond the upper one it is cut to it where `clamp` says so.
    pub fn number(
        &mut self,
        name: &'static str,
        bounds: std::ops::RangeInclusive<f64>,
        clamp: bool,
    ) -> Option<f64> {
        let (low, high) = (*bounds.start(), *bounds.end());
        let value: f64 = self.value(name, "要写数字。", "a number is needed")?;
        if bounds.contains(&value) {
            return Some(value);
        }
        if clamp && value > high {
            return Some(high);
        }
        self.refuse(
            name,
            "out_of_range",
            format!("要在 {low} 到 {high} 之间。"),
            format!("must be {low} to {high}"),
        );
        None
    }

    /// How many are wanted: 1 to `most`, more is cut to `most`.
    pub fn limit(&mut self, default: usize, most: usize) -> usize {
        let Some(text) = self.text("limit") else { return default };
        match text.parse::<u64>() {
            Ok(wanted) if wanted > 0 => usize::try_from(wanted).unwrap_or(most).min(most),
            read => {
                let code = if read.is_ok() { "out_of_range" } else { "unreadable" };
                let zh = format!("要写 1 到 {most} 的整数。");
                self.refuse("limit", code, zh, format!("must be a whole number from 1 to {most}"));
                default
            }
        }
    }

    /// An instant with its offset.
    pub fn instant(&mut self, name: &'static str) -> Option<DateTime<FixedOffset>> {
        let text = self.text(name)?;
        let instant = read_instant(&text);
        if instant.is_none() {
            self.refuse_instant(name);
        }
        instant
    }

    /// Says that a parameter is no instant.
    pub fn refuse_instant(&mut self, name: &str) {
        self.refuse(
            name,
            "no_instant",
            "要写带时区的时间，如 2026-11-24T10:00:00+08:00（网址里 + 写作 %2B）。",
            "must be an RFC 3339 time such as 2026-11-24T10:00:00+08:00 (in a URL, + is %2B)",
        );
    }

    /// A yes or no.
    pub fn flag(&mut self, name: &'static str) -> bool {
        self.value(name, "要写 true 或 false。", "must be true or false").unwrap_or_default()
    }

    /// Notes what is wrong with a parameter.
    pub fn refuse(&mut self, field: &str, code: &'static str, zh: impl Into<String>, en: impl Into<String>) {
        self.errors.push(FieldError::new(shown(field), code, zh, en));
    }

    /// Notes a fault that was found elsewhere.
    pub fn note(&mut self, fault: FieldError) {
        self.errors.push(fault);
    }

    /// Ends the reading: whatever was not taken is unknown, and any error refuses the request.
    pub fn finish(mut self) -> Result<(), Error> {
        let known = self.known.join(", ");
        for (name, _) in std::mem::take(&mut self.given) {
            self.refuse(
                &name,
                "unknown_parameter",
                format!("没有这个参数。可用：{known}"),
                format!("unknown; known: {known}"),
            );
        }
        if self.errors.is_empty() { Ok(()) } else { Err(Error::Malformed(self.errors)) }
    }
}

/// Reads an RFC 3339 instant; a space stands for the `+` that a URL turns into one. Years 1970 to 9998 only.
pub fn read_instant(text: &str) -> Option<DateTime<FixedOffset>> {
    let years = 0..253_370_764_800;
    DateTime::parse_from_rfc3339(&text.replace(' ', "+")).ok().filter(|t| years.contains(&t.timestamp()))
}

/// A client's own words, cut short so that an error cannot be made to carry anything.
fn shown(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).take(40).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes(error: Error) -> Vec<(String, &'static str)> {
        let Error::Malformed(fields) = error else { panic!("{error}") };
        fields.into_iter().map(|f| (f.field, f.code)).collect()
    }

    #[test]
    fn every_error_is_told_at_once() {
        let mut p = Params::parse("lat=91&lon=NaN&limit=0&what=1&lat=2").unwrap();
        p.number("lat", -90.0..=90.0, false);
        p.number("lon", -180.0..=180.0, false);
        p.limit(5, 50);
        let told = codes(p.finish().unwrap_err());
        let expected = [
            ("lat", "repeated"),
            ("lat", "out_of_range"),
            ("lon", "out_of_range"),
            ("limit", "out_of_range"),
            ("what", "unknown_parameter"),
        ];
        assert_eq!(told, expected.map(|(f, c)| (f.to_owned(), c)));
    }

    #[test]
    fn a_limit_above_the_most_is_cut_and_below_one_refused() {
        for (query, limit, fine) in
            [("", 5, true), ("limit=7", 7, true), ("limit=999", 50, true), ("limit=-1", 5, false)]
        {
            let mut p = Params::parse(query).unwrap();
            assert_eq!(p.limit(5, 50), limit, "{query}");
            assert_eq!(p.finish().is_ok(), fine, "{query}");
        }
    }

    #[test]
    fn a_plus_lost_in_a_url_is_understood() {
        let mut p = Params::parse("at=2026-11-24T10:00:00+08:00").unwrap();
        assert_eq!(p.instant("at").unwrap().to_rfc3339(), "2026-11-24T10:00:00+08:00");
        p.finish().unwrap();
    }
}
