//! Instants in words: the day only where it is not today, the weekday beside every date.

use chrono::{DateTime, Datelike, FixedOffset, NaiveDate, Timelike};

use super::words::Words;

/// The instant a page describes, and the instant at which it is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct When {
    /// The present, in the city's zone.
    pub(super) now: DateTime<FixedOffset>,
    /// What is described; the present, unless another time was asked for.
    pub(super) at: DateTime<FixedOffset>,
}

impl When {
    /// The present, described.
    pub(super) fn now(now: DateTime<FixedOffset>) -> Self {
        Self { now, at: now }
    }
}

/// An instant as one says it: `21:00` on the day that is described, else `明天 8:30` or `11月26日 周四 8:30`.
pub(super) fn moment(words: &Words, instant: DateTime<FixedOffset>, when: When) -> String {
    let instant = instant.with_timezone(when.now.offset());
    let clock = clock(instant);
    match near_day(words, instant.date_naive(), when) {
        Some("") => clock,
        Some(day) => format!("{day} {clock}"),
        None => format!("{} {clock}", date(words, instant.date_naive())),
    }
}

/// The end of a span: like [`moment`], but midnight belongs to the day before, as `24:00` where that is near and
/// as the whole day where it is not.
pub(super) fn end(words: &Words, instant: DateTime<FixedOffset>, when: When) -> String {
    let instant = instant.with_timezone(when.now.offset());
    let last_day = instant.date_naive().pred_opt().filter(|_| instant.num_seconds_from_midnight() == 0);
    let Some(day) = last_day else { return moment(words, instant, when) };
    match near_day(words, day, when) {
        Some("") => "24:00".to_owned(),
        Some(near) => format!("{near} 24:00"),
        None => date(words, day),
    }
}

/// A date with its weekday: `11月26日 周四`.
pub(super) fn date(words: &Words, day: NaiveDate) -> String {
    let month = words.months[day.month0() as usize];
    let date = words.month_day.fill(&[("month", &month), ("day", &day.day())]);
    format!("{date} {}", words.weekdays[day.weekday().num_days_from_monday() as usize])
}

/// The day of an instant with its time, always said: `今天 10:00`.
pub(super) fn stamp(words: &Words, instant: DateTime<FixedOffset>, when: When) -> String {
    let instant = instant.with_timezone(when.now.offset());
    let day = instant.date_naive();
    let day = match near_day(words, day, When::now(when.now)) {
        Some("") => words.today.to_owned(),
        Some(near) => near.to_owned(),
        None => date(words, day),
    };
    format!("{day} {}", clock(instant))
}

fn clock(instant: DateTime<FixedOffset>) -> String {
    format!("{}:{:02}", instant.hour(), instant.minute())
}

/// Empty for the day that is described, a word for today and its neighbours, nothing for other days.
fn near_day(words: &Words, day: NaiveDate, when: When) -> Option<&'static str> {
    if day == when.at.date_naive() {
        return Some("");
    }
    match (day - when.now.date_naive()).num_days() {
        0 => Some(words.today),
        1 => Some(words.tomorrow),
        -1 => Some(words.yesterday),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::http::html::words::words;
    use crate::language::Language;

    fn at(text: &str) -> DateTime<FixedOffset> {
        text.parse().expect("an instant")
    }

    #[test]
    fn a_day_is_said_only_where_it_is_another() {
        let (zh, now) = (words(Language::ZhCn), When::now(at("2026-11-24T10:00:00+08:00")));
        let cases = [
            ("2026-11-24T21:00:00+08:00", "21:00"),
            ("2026-11-24T13:00:00Z", "21:00"),
            ("2026-11-25T08:30:00+08:00", "明天 8:30"),
            ("2026-11-26T08:30:00+08:00", "11月26日 周四 8:30"),
            ("2026-11-23T18:05:00+08:00", "昨天 18:05"),
        ];
        for (instant, said) in cases {
            assert_eq!(moment(zh, at(instant), now), said);
        }
        assert_eq!(stamp(zh, now.now, now), "今天 10:00");
        assert_eq!(moment(words(Language::En), at("2026-12-01T08:30:00+08:00"), now), "1 Dec Tue 8:30");
    }

    #[test]
    fn midnight_ends_the_day_before() {
        let (zh, now) = (words(Language::ZhCn), When::now(at("2026-11-24T10:00:00+08:00")));
        assert_eq!(end(zh, at("2026-11-25T00:00:00+08:00"), now), "24:00");
        assert_eq!(end(zh, at("2026-11-26T00:00:00+08:00"), now), "明天 24:00");
        assert_eq!(end(zh, at("2026-11-25T06:00:00+08:00"), now), "明天 6:00");
        assert_eq!(end(zh, at("2027-03-16T00:00:00+08:00"), now), "3月15日 周一");
    }

    #[test]
    fn on_another_day_only_that_day_goes_without_saying() {
        let zh = words(Language::ZhCn);
        let when = When { now: at("2026-11-24T10:00:00+08:00"), at: at("2026-11-25T22:00:00+08:00") };
        assert_eq!(moment(zh, at("2026-11-25T23:00:00+08:00"), when), "23:00");
        assert_eq!(moment(zh, at("2026-11-24T23:00:00+08:00"), when), "今天 23:00");
        assert_eq!(moment(zh, at("2026-11-26T08:30:00+08:00"), when), "11月26日 周四 8:30");
        assert_eq!(stamp(zh, when.at, when), "明天 22:00");
    }
}
