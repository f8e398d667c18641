//! The hours of seven days as a table: the day, a bar from midnight to midnight, and the times in figures.
//!
//! The bars are SVG, whose geometry needs no inline style.

use chrono::{DateTime, Datelike, FixedOffset, NaiveDate, Timelike};
use maud::{Markup, html};

use super::context::Context;
use super::words::Words;
use crate::calendar::DayKind;
use crate::stations::hours::DayHours;

const DAY_MIN: u16 = 1440;

/// The table with its notes.
pub(super) fn week(context: &Context<'_>, days: &[DayHours]) -> Markup {
    let words = context.words;
    html! {
        table.week {
            caption.vh { (words.hours) }
            thead { tr { th scope="col" { span.vh { (words.day) } } th.scale scope="col" { span.vh { (words.hours) } (scale(words)) } th scope="col" { span.vh { (words.hours) } } } }
            tbody { @for day in days { (row(words, day, context.when.at)) } }
        }
        p.cap { (notes(words, days)) }
    }
}

fn scale(words: &Words) -> Markup {
    html! { span.hours aria-hidden="true" { @for hour in words.hour_scale { b { (hour) } } } }
}

fn row(words: &Words, day: &DayHours, now: DateTime<FixedOffset>) -> Markup {
    let is_today = day.date == now.date_naive();
    let weekday = words.weekdays[day.date.weekday().num_days_from_monday() as usize];
    html! {
        tr.today[is_today] aria-current=[is_today.then_some("date")] {
            th scope="row" {
                @if is_today { (words.today) " " }
                (weekday)
                @if let Some(mark) = mark(words, day.kind) { " " small { (mark) } }
            }
            td { (bar(day, is_today.then_some(now))) }
            td.t { (times(words, day)) }
        }
    }
}

fn mark(words: &Words, kind: Option<DayKind>) -> Option<&'static str> {
    kind.map(|kind| match kind {
        DayKind::Off => words.holiday,
        DayKind::Work => words.makeup_workday,
    })
}

fn bar(day: &DayHours, now: Option<DateTime<FixedOffset>>) -> Markup {
    html! {
        svg.bar viewBox={ "0 0 " (DAY_MIN) " 16" } preserveAspectRatio="none" aria-hidden="true" focusable="false" {
            @for (from, to) in &day.spans {
                @let to = (*to).min(DAY_MIN);
                rect x=(from) y="0" width=(to.saturating_sub(*from)) height="16" {}
            }
            @if let Some(now) = now { rect.now x=(now.hour() * 60 + now.minute()) y="0" width="14" height="16" {} }
        }
    }
}

fn times(words: &Words, day: &DayHours) -> Markup {
    html! {
        @if day.unknown && day.spans.is_empty() { (words.unknown) }
        @else if day.spans.is_empty() { (words.shut_all_day) }
        @else if day.spans == [(0, DAY_MIN)] { (words.open_all_day) }
        @else { @for span in &day.spans { span { (span_text(*span)) } } }
    }
}

/// `22:00–6:00`: past midnight the clock begins anew.
fn span_text((from, to): (u16, u16)) -> String {
    format!("{}–{}", clock(from), clock(if to > DAY_MIN { to - DAY_MIN } else { to }))
}

fn clock(minute: u16) -> String {
    format!("{}:{:02}", minute / 60, minute % 60)
}

fn notes(words: &Words, days: &[DayHours]) -> String {
    let named = |kind: DayKind| {
        let dates: Vec<String> =
            days.iter().filter(|d| d.kind == Some(kind)).map(|d| date(words, d.date)).collect();
        (!dates.is_empty()).then(|| dates.join(words.comma))
    };
    let holidays = named(DayKind::Off).map(|days| words.holiday_sentence.with(&days));
    let workdays = named(DayKind::Work).map(|days| words.makeup_sentence.with(&days));
    let unsure = days.iter().any(|d| d.provisional).then(|| format!("{}{}", words.provisional, words.stop));
    let sentences = [Some(words.now_mark.to_owned()), holidays, workdays, unsure];
    sentences.into_iter().flatten().collect::<Vec<_>>().join(words.between_sentences)
}

fn date(words: &Words, day: NaiveDate) -> String {
    super::time::date(words, day)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::http::html::words::words;
    use crate::language::Language;

    #[test]
    fn a_night_ends_on_the_next_morning() {
        assert_eq!(span_text((22 * 60, 30 * 60)), "22:00–6:00");
        assert_eq!(span_text((8 * 60 + 30, DAY_MIN)), "8:30–24:00");
    }

    #[test]
    fn made_up_days_and_holidays_are_named_with_their_weekday() {
        let day = |date: &str, kind| DayHours {
            date: date.parse().expect("a date"),
            kind,
            holiday: None,
            spans: vec![],
            unknown: false,
            provisional: false,
        };
        let days = [
            day("2026-02-14", Some(DayKind::Work)),
            day("2026-02-15", Some(DayKind::Off)),
            day("2026-02-24", None),
        ];
        let said = notes(words(Language::ZhCn), &days);
        assert_eq!(said, "黄线是现在。2月15日 周日放假。2月14日 周六调休上班，按工作日的时间开。");
    }
}
