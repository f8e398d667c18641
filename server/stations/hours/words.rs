//! Opening hours in words for people, Chinese and English.

use chrono::Weekday;
use opening_hours_syntax::{
    RuleKind,
    rules::{
        RuleOperator, RuleSequence,
        day::{Date, DateOffset, DaySelector, HolidayKind, Month, MonthdayRange, WeekDayRange},
    },
};

use super::{DAY_MIN, Hours, rule::read_times};
use crate::language::Language;

const WEEKDAYS_ZH: [&str; 7] = ["周一", "周二", "周三", "周四", "周五", "周六", "周日"];
const WEEKDAYS_EN: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

impl Hours {
    /// The hours in words: `周一至周五 9:00–17:00，节假日休息`, `Daily 8:30–12:00, 14:30–18:00`. Hours with
    /// a rule that has no plain words are given in the grammar.
    pub fn describe(&self, language: Language) -> String {
        if self.is_always_open() {
            return language.of("24小时", "24 hours").to_owned();
        }
        let words: Option<Vec<String>> =
            self.inner.expression.rules.iter().map(|rule| rule_words(rule, language)).collect();
        let Some(words) = words else { return self.to_string() };
        capitalised(&join(&self.inner.expression.rules, &words, language))
    }
}

/// Joins the words of rules: a closing follows after a comma, another opening after a semicolon.
fn join(rules: &[RuleSequence], words: &[String], language: Language) -> String {
    let mut text = String::new();
    for (rule, words) in rules.iter().zip(words) {
        if !text.is_empty() {
            let closing = rule.kind == RuleKind::Closed;
            text += if closing { language.of("，", ", ") } else { language.of("；", "; ") };
            if rule.operator == RuleOperator::Additional && !closing {
                text += language.of("另有", "also ");
            }
        }
        text += words;
    }
    text
}

fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_ascii_uppercase().to_string() + letters.as_str())
}

/// The words of a rule, or `None` if it has no plain ones.
fn rule_words(rule: &RuleSequence, language: Language) -> Option<String> {
    if rule.operator == RuleOperator::Fallback || !rule.comment.is_empty() {
        return None;
    }
    let days = days_words(&rule.day_selector, language)?;
    let times = times_words(rule, language)?;
    match (rule.kind, days.as_str(), times.as_str()) {
        (RuleKind::Unknown, ..) => None,
        (RuleKind::Open, "", "") => Some(language.of("全天开放", "open all day").to_owned()),
        (RuleKind::Open, "", times) => Some(format!("{} {times}", language.of("每天", "daily"))),
        (RuleKind::Open, days, "") => Some(format!("{days} {}", language.of("全天", "all day"))),
        (RuleKind::Open, days, times) => Some(format!("{days} {times}")),
        (RuleKind::Closed, "", "") => Some(language.of("不开放", "closed").to_owned()),
        (RuleKind::Closed, "", times) => Some(language.of(format!("{times}休息"), format!("closed {times}"))),
        (RuleKind::Closed, days, "") => Some(language.of(format!("{days}休息"), format!("closed on {days}"))),
        (RuleKind::Closed, days, times) => {
            Some(language.of(format!("{days} {times}休息"), format!("closed {times} on {days}")))
        }
    }
}

/// The days of a rule, season before weekdays; empty for every day.
fn days_words(days: &DaySelector, language: Language) -> Option<String> {
    if !days.year.is_empty() || !days.week.is_empty() {
        return None;
    }
    let list = language.of("、", ", ");
    let seasons: Vec<String> =
        days.monthday.iter().map(|range| monthday_words(range, language)).collect::<Option<_>>()?;
    let weekdays: Vec<String> =
        days.weekday.iter().map(|range| weekday_words(range, language)).collect::<Option<_>>()?;
    let parts: Vec<String> =
        [seasons, weekdays].into_iter().filter(|part| !part.is_empty()).map(|part| part.join(list)).collect();
    Some(parts.join(" "))
}

fn monthday_words(range: &MonthdayRange, language: Language) -> Option<String> {
    let (from, to) = match range {
        MonthdayRange::Month { range, year: None } => {
            (month_words(*range.start(), language), month_words(*range.end(), language))
        }
        MonthdayRange::Date { start, end } => (date_words(*start, language)?, date_words(*end, language)?),
        MonthdayRange::Month { .. } => return None,
    };
    Some(from_to(from, &to, language))
}

fn month_words(month: Month, language: Language) -> String {
    language.of(format!("{}月", month as u8), month.to_string())
}

fn date_words((date, offset): (Date, DateOffset), language: Language) -> Option<String> {
    let Date::Fixed { year, month, day } = date else { return None };
    if offset != DateOffset::default() {
        return None;
    }
    let zh_year = year.map_or_else(String::new, |year| format!("{}年", *year));
    let en_year = year.map_or_else(String::new, |year| format!(" {}", *year));
    Some(language.of(format!("{zh_year}{}月{day}日", month as u8), format!("{day} {month}{en_year}")))
}

fn weekday_words(range: &WeekDayRange, language: Language) -> Option<String> {
    match range {
        WeekDayRange::Holiday { kind: HolidayKind::Public, offset: 0 } => {
            Some(language.of("节假日", "public holidays").to_owned())
        }
        WeekDayRange::Fixed { range, offset: 0, nth_from_start, nth_from_end }
            if !nth_from_start.contains(&false) && !nth_from_end.contains(&false) =>
        {
            let (from, to) = (*range.start(), *range.end());
            if (from, to) == (Weekday::Mon, Weekday::Sun) {
                return Some(language.of("每天", "daily").to_owned());
            }
            let names = language.of(WEEKDAYS_ZH, WEEKDAYS_EN);
            let name = |day: Weekday| names[day.num_days_from_monday() as usize];
            Some(from_to(name(from).to_owned(), name(to), language))
        }
        _ => None,
    }
}

fn from_to(from: String, to: &str, language: Language) -> String {
    if from == to { from } else { format!("{from}{}{to}", language.of("至", "–")) }
}

/// The times of a rule; empty for the whole day.
fn times_words(rule: &RuleSequence, language: Language) -> Option<String> {
    let times: Vec<(u16, u16)> =
        rule.time_selector.spans.iter().map(|span| read_times(span).ok()).collect::<Option<_>>()?;
    if times == [(0, DAY_MIN)] {
        return Some(String::new());
    }
    let words: Vec<String> =
        times.into_iter().map(|(from, to)| format!("{}–{}", clock(from), end_words(to, language))).collect();
    Some(words.join(language.of("、", ", ")))
}

fn end_words(to: u16, language: Language) -> String {
    if to <= DAY_MIN {
        return clock(to);
    }
    let time = clock(to - DAY_MIN);
    language.of(format!("次日{time}"), format!("{time} next day"))
}

fn clock(minute: u16) -> String {
    format!("{}:{:02}", minute / 60, minute % 60)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::Calendar;

    fn words(grammar: &str) -> (String, String) {
        let hours = Hours::parse(grammar, &Calendar::default()).unwrap();
        (hours.describe(Language::ZhCn), hours.describe(Language::En))
    }

    fn check(forms: &[(&str, &str, &str)]) {
        for (grammar, zh, en) in forms {
            assert_eq!(words(grammar), ((*zh).to_owned(), (*en).to_owned()), "{grammar}");
        }
    }

    #[test]
    fn common_hours_have_words() {
        check(&[
            ("24/7", "24小时", "24 hours"),
            (
                "Mo-Fr 09:00-17:00; PH off",
                "周一至周五 9:00–17:00，节假日休息",
                "Mon–Fri 9:00–17:00, closed on public holidays",
            ),
            (
                "Mo-Su 08:30-12:00,14:30-18:00",
                "每天 8:30–12:00、14:30–18:00",
                "Daily 8:30–12:00, 14:30–18:00",
            ),
            ("08:00-20:00", "每天 8:00–20:00", "Daily 8:00–20:00"),
            ("22:00-06:00", "每天 22:00–次日6:00", "Daily 22:00–6:00 next day"),
        ]);
    }

    #[test]
    fn seasons_and_exceptions_have_words() {
        check(&[
            ("Nov 15-Mar 15 08:00-20:00", "11月15日至3月15日 8:00–20:00", "15 Nov–15 Mar 8:00–20:00"),
            (
                "Apr-Oct 07:00-22:00; Nov-Mar Mo-Fr 08:00-20:00",
                "4月至10月 7:00–22:00；11月至3月 周一至周五 8:00–20:00",
                "Apr–Oct 7:00–22:00; Nov–Mar Mon–Fri 8:00–20:00",
            ),
            (
                "Mo-Fr 08:00-18:00; PH,Sa,Su 10:00-16:00",
                "周一至周五 8:00–18:00；节假日、周六、周日 10:00–16:00",
                "Mon–Fri 8:00–18:00; public holidays, Sat, Sun 10:00–16:00",
            ),
            ("24/7; PH off", "全天开放，节假日休息", "Open all day, closed on public holidays"),
            (
                "Mo-Su 08:00-20:00; 12:00-13:00 off",
                "每天 8:00–20:00，12:00–13:00休息",
                "Daily 8:00–20:00, closed 12:00–13:00",
            ),
            (
                "Mo-Su 08:00-20:00, Tu 21:00-22:00",
                "每天 8:00–20:00；另有周二 21:00–22:00",
                "Daily 8:00–20:00; also Tue 21:00–22:00",
            ),
            (
                "2026 Oct 10 off; Mo 12:00-24:00 off",
                "2026年10月10日休息，周一 12:00–24:00休息",
                "Closed on 10 Oct 2026, closed 12:00–24:00 on Mon",
            ),
            ("off", "不开放", "Closed"),
        ]);
    }

    #[test]
    fn odd_hours_stay_in_the_grammar() {
        for grammar in [
            "Mo[1] 09:00-17:00",
            "2026-2027 09:00-17:00",
            "week 01-10 Tu 09:00-17:00",
            "Mo-Fr 09:00-17:00 || unknown",
            "Mo-Fr 09:00-17:00 open \"预约\"",
            "easter 09:00-17:00",
        ] {
            let (zh, en) = words(grammar);
            assert_eq!(zh, Hours::parse(grammar, &Calendar::default()).unwrap().to_string());
            assert_eq!(zh, en);
        }
    }
}
