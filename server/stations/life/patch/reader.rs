//! Reading single values out of JSON, collecting everything that is wrong on the way.

use std::str::FromStr;

use chrono::{DateTime, FixedOffset, NaiveDate};
use serde_json::Value;
use spatial::Datum;

use super::{NAME_CHARS, Rules, SHORT_CHARS};
use crate::calendar::Calendar;
use crate::error::{Error, FieldError};
use crate::http::params::read_instant;
use crate::ids::Adcode;
use crate::language::Language;
use crate::stations::codes::Working;
use crate::stations::hours::{FreeText, Hours, HoursError, Season, parse_free_text};
use crate::stations::import::phone_number;
use crate::vocabulary::Coded;

/// No station is older.
const OLDEST_YEAR: i32 = 1900;

/// Reads values and remembers what was wrong with them.
pub(super) struct Reader<'a> {
    pub(super) rules: &'a Rules<'a>,
    faults: Vec<FieldError>,
    /// Whether some fault is of the form and not of a rule.
    is_malformed: bool,
}

/// A closed list of codes of which one is wanted.
pub(super) trait Known: FromStr + Ord {
    /// All of them, for whoever gives another.
    fn known() -> String;
}

impl<C: Coded + FromStr + Ord> Known for C {
    fn known() -> String {
        C::all().iter().map(|c| c.code()).collect::<Vec<_>>().join(", ")
    }
}

impl<'a> Reader<'a> {
    pub(super) fn new(rules: &'a Rules<'a>) -> Self {
        Self { rules, faults: Vec::new(), is_malformed: false }
    }

    /// What was read, unless something was wrong.
    pub(super) fn finish<T>(self, read: T) -> Result<T, Error> {
        match (self.faults.is_empty(), self.is_malformed) {
            (true, _) => Ok(read),
            (false, true) => Err(Error::Malformed(self.faults)),
            (false, false) => Err(Error::Refused(self.faults)),
        }
    }

    /// Notes a broken rule.
    pub(super) fn refuse(
        &mut self,
        field: &str,
        code: &'static str,
        zh: impl Into<String>,
        en: impl Into<String>,
    ) {
        self.faults.push(FieldError::new(shown(field), code, zh, en));
    }

    /// Notes something that is not of the form.
    pub(super) fn refuse_form(
        &mut self,
        field: &str,
        code: &'static str,
        zh: impl Into<String>,
        en: impl Into<String>,
    ) {
        self.is_malformed = true;
        self.refuse(field, code, zh, en);
    }

    /// Notes a value of the wrong type.
    pub(super) fn refuse_type(&mut self, field: &str, wanted: &str) {
        let zh = format!("类型不对，要的是 {wanted}。");
        self.refuse_form(field, "unreadable", zh, format!("must be {wanted}"));
    }

    /// A text; none where it is null or says nothing.
    fn text(&mut self, field: &str, value: &Value, most: usize, may_break: bool) -> Option<String> {
        let text = match value {
            Value::Null => return None,
            Value::String(text) => text,
            _ => {
                self.refuse_type(field, "text");
                return None;
            }
        };
        let read = if may_break { prose(field, text, most) } else { line(field, text, most) };
        read.map_err(|fault| self.faults.push(fault)).ok().flatten()
    }

    pub(super) fn line(&mut self, field: &str, value: &Value, most: usize) -> Option<String> {
        self.text(field, value, most, false)
    }

    pub(super) fn prose(&mut self, field: &str, value: &Value, most: usize) -> Option<String> {
        self.text(field, value, most, true)
    }

    pub(super) fn name(&mut self, field: &str, value: &Value) -> String {
        let before = self.faults.len();
        let name = self.line(field, value, NAME_CHARS);
        if name.is_none() && self.faults.len() == before {
            self.refuse(field, "missing", "名称不能为空。", "must not be empty");
        }
        name.unwrap_or_default()
    }

    /// The items of an array; null is an empty one.
    pub(super) fn items<'v>(&mut self, field: &str, value: &'v Value, most: usize) -> &'v [Value] {
        let items = match value {
            Value::Null => &[],
            Value::Array(items) => items.as_slice(),
            _ => {
                self.refuse_type(field, "a list");
                &[]
            }
        };
        if items.len() > most {
            self.refuse(field, "too_many", format!("最多 {most} 项。"), format!("at most {most} items"));
            return &[];
        }
        items
    }

    /// Lines, each once.
    pub(super) fn lines(
        &mut self,
        field: &str,
        value: &Value,
        most: usize,
        most_chars: usize,
    ) -> Vec<String> {
        let mut lines: Vec<String> = Vec::new();
        for (i, item) in self.items(field, value, most).iter().enumerate() {
            let line = self.line(&format!("{field}[{i}]"), item, most_chars);
            lines.extend(line.filter(|line| !lines.contains(line)));
        }
        lines
    }

    fn parsed<T: FromStr>(&mut self, field: &str, value: &Value, known: impl Fn() -> String) -> Option<T> {
        let text = match value {
            Value::Null => return None,
            Value::String(text) => text,
            _ => {
                self.refuse_type(field, "text");
                return None;
            }
        };
        let parsed = text.parse().ok();
        if parsed.is_none() {
            let (text, known) = (shown(text), known());
            let zh = format!("没有“{text}”这个代码。可用：{known}");
            self.refuse(field, "unknown_code", zh, format!("there is no code {text:?}; known: {known}"));
        }
        parsed
    }

    pub(super) fn code<C: Known>(&mut self, field: &str, value: &Value) -> Option<C> {
        self.parsed(field, value, C::known)
    }

    /// A code that must be there.
    pub(super) fn required_code<C: Known>(&mut self, field: &str, value: Option<&Value>) -> Option<C> {
        let Some(value) = value.filter(|v| !v.is_null()) else {
            self.refuse(
                field,
                "missing",
                format!("必须填写：{}", C::known()),
                format!("is required: {}", C::known()),
            );
            return None;
        };
        self.code(field, value)
    }

    /// Codes, each once, in the order of their vocabulary.
    pub(super) fn codes<C: Known>(&mut self, field: &str, value: &Value) -> Vec<C> {
        let items = self.items(field, value, super::MOST_FACILITIES).iter().enumerate();
        let mut codes: Vec<C> =
            items.filter_map(|(i, item)| self.required_code(&format!("{field}[{i}]"), Some(item))).collect();
        codes.sort();
        codes.dedup();
        codes
    }

    pub(super) fn datum(&mut self, field: &str, value: &Value) -> Option<Datum> {
        let known = || Datum::ALL.map(Datum::as_str).join(", ");
        if value.is_null() {
            self.refuse(field, "missing", format!("可用：{}", known()), format!("one of {}", known()));
        }
        self.parsed(field, value, known)
    }

    pub(super) fn district(&mut self, field: &str, value: &Value) -> Option<Adcode> {
        let districts = self.rules.districts;
        let list =
            || districts.iter().map(|d| format!("{} {}", d.adcode, d.name)).collect::<Vec<_>>().join(", ");
        let adcode: Adcode = self.parsed(field, value, list)?;
        if districts.iter().any(|d| d.adcode == adcode) {
            return Some(adcode);
        }
        let zh = format!("没有登记这个区县。可用：{}", list());
        self.refuse(field, "unknown_district", zh, format!("is not loaded; known: {}", list()));
        None
    }

    pub(super) fn flag(&mut self, field: &str, value: &Value) -> Option<bool> {
        if !value.is_null() && !value.is_boolean() {
            self.refuse_type(field, "true, false or null");
        }
        value.as_bool()
    }

    pub(super) fn whole(&mut self, field: &str, value: &Value, most: u32) -> Option<u32> {
        let number = value.as_u64().and_then(|n| u32::try_from(n).ok()).filter(|n| *n <= most);
        if number.is_none() && !value.is_null() {
            let zh = format!("要写 0 到 {most} 的整数。");
            self.refuse(field, "out_of_range", zh, format!("must be a whole number from 0 to {most}"));
        }
        number
    }

    pub(super) fn decimal(&mut self, field: &str, value: &Value, most: u32) -> Option<f64> {
        let number = value.as_f64().filter(|n| (0.0..=f64::from(most)).contains(n));
        if number.is_none() && !value.is_null() {
            let zh = format!("要写 0 到 {most} 的数字。");
            self.refuse(field, "out_of_range", zh, format!("must be a number from 0 to {most}"));
        }
        number
    }

    pub(super) fn phone(&mut self, field: &str, value: &Value) -> Option<String> {
        let text = self.line(field, value, SHORT_CHARS)?;
        let phone = phone_number(&text);
        if phone.is_none() {
            let zh = "要写电话号码，如 0335-3012345；多个号码用 / 隔开。";
            self.refuse(field, "phone_unreadable", zh, "must be a telephone number such as 0335-3012345");
        }
        phone
    }

    /// A day that is not to come.
    pub(super) fn past_day(&mut self, field: &str, value: &Value) -> Option<NaiveDate> {
        let text = self.line(field, value, SHORT_CHARS)?;
        let Ok(day) = text.parse::<NaiveDate>() else {
            self.refuse(
                field,
                "day_unreadable",
                "要写日期，如 2024-05-01。",
                "must be a day such as 2024-05-01",
            );
            return None;
        };
        let days =
            NaiveDate::from_ymd_opt(OLDEST_YEAR, 1, 1).unwrap_or_default()..=self.rules.now.date_naive();
        if days.contains(&day) {
            return Some(day);
        }
        let zh = format!("要在 {} 到今天 {} 之间。", days.start(), days.end());
        self.refuse(field, "out_of_range", zh, format!("must be {} to today, {}", days.start(), days.end()));
        None
    }

    /// An instant that is not to come.
    pub(super) fn past_instant(&mut self, field: &str, value: &Value) -> Option<DateTime<FixedOffset>> {
        let text = self.line(field, value, SHORT_CHARS)?;
        let instant = read_instant(&text).filter(|t| *t <= self.rules.now);
        if instant.is_none() {
            let zh = "要写带时区、已经过去的时间，如 2026-11-24T10:00:00+08:00。";
            self.refuse(
                field,
                "no_instant",
                zh,
                "must be a past RFC 3339 time such as 2026-11-24T10:00:00+08:00",
            );
        }
        instant
    }

    pub(super) fn season(&mut self, field: &str, value: &Value) -> Option<Season> {
        let text = self.line(field, value, SHORT_CHARS)?;
        let season = text.parse().ok();
        if season.is_none() {
            let zh = "要写起止月日，如 11-15/03-15。";
            self.refuse(field, "season_unreadable", zh, "must be month-day/month-day such as 11-15/03-15");
        }
        season
    }

    /// Hours in the grammar.
    pub(super) fn hours(&mut self, field: &str, value: &Value) -> Option<String> {
        let text = self.line(field, value, crate::stations::hours::GRAMMAR_CHARS)?;
        match Hours::parse(&text, &Calendar::default()) {
            Ok(_) => Some(text),
            Err(error) => {
                self.faults.push(unreadable(field, &text, &error));
                None
            }
        }
    }
}

/// Where the hours could not be read, and what they may have been meant to be.
fn unreadable(field: &str, text: &str, error: &HoursError) -> FieldError {
    let (zh, en) = (error.message(Language::ZhCn), error.message(Language::En));
    let (zh, en) = match parse_free_text(text) {
        FreeText::Certain { grammar, .. } => {
            (format!("{zh}您的意思可能是：{grammar}"), format!("{en} You may mean {grammar}"))
        }
        FreeText::Uncertain => (zh, en),
    };
    FieldError::new(shown(field), "hours_unreadable", zh, en)
}

/// A text of one line with single spaces; none where it says nothing.
fn line(field: &str, text: &str, most: usize) -> Result<Option<String>, FieldError> {
    bounded(field, &text.split_whitespace().collect::<Vec<_>>().join(" "), text, most, |_| false)
}

/// A text that may have several lines; none where it says nothing.
pub(super) fn prose(field: &str, text: &str, most: usize) -> Result<Option<String>, FieldError> {
    let text = text.replace("\r\n", "\n");
    bounded(field, text.trim(), &text, most, |c| matches!(c, '\n' | '\t'))
}

fn bounded(
    field: &str,
    text: &str,
    given: &str,
    most: usize,
    is_fine: impl Fn(char) -> bool,
) -> Result<Option<String>, FieldError> {
    if given.trim().chars().any(|c| is_hidden(c) && !is_fine(c)) {
        let zh = "有看不见的控制字符，请删去后重写。";
        let en = "holds control characters; type it anew without them";
        return Err(FieldError::new(shown(field), "control_characters", zh, en));
    }
    if text.chars().count() > most {
        let zh = format!("最多 {most} 个字。");
        return Err(FieldError::new(shown(field), "too_long", zh, format!("at most {most} characters")));
    }
    Ok((!text.is_empty()).then(|| text.to_owned()))
}

/// Characters that no reader sees: controls, and those that turn the direction of the text around them.
fn is_hidden(c: char) -> bool {
    c.is_control() || matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{2028}' | '\u{2029}')
}

/// A client's own words, cut short so that an error cannot be made to carry anything.
fn shown(text: &str) -> String {
    text.chars().filter(|c| !is_hidden(*c)).take(60).collect()
}

/// The words that a working state can be.
impl Known for Working {
    fn known() -> String {
        Self::ALL.iter().map(|c| c.as_str()).collect::<Vec<_>>().join(", ")
    }
}
