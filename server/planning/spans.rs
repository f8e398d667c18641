//! Hours of the week as people say them: which days share which stretch of hours.

use serde::Serialize;
use utoipa::ToSchema;

use super::demand::model::WEEK_HOURS;
use crate::language::Language;

const DAYS: usize = 7;
const HOURS: usize = 24;
const NAMES_ZH: [&str; DAYS] = ["周一", "周二", "周三", "周四", "周五", "周六", "周日"];
const NAMES_EN: [&str; DAYS] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

/// A stretch of hours that some days share.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = HourSpan)]
pub struct Span {
    /// The days, 1 for Monday to 7 for Sunday, in their order.
    pub days: Vec<u8>,
    /// The first hour, 0 to 23.
    pub from_hour: u8,
    /// The hour at which it ends, 1 to 24.
    pub to_hour: u8,
}

/// The stretches of the hours of the week that are on, the longest first, and of equal ones the earliest.
pub fn spans(on: &[bool; WEEK_HOURS]) -> Vec<Span> {
    let mut spans: Vec<Span> = Vec::new();
    for (day, hours) in (1_u8..).zip(on.chunks(HOURS)) {
        for (from_hour, to_hour) in runs(hours) {
            match spans.iter_mut().find(|s| (s.from_hour, s.to_hour) == (from_hour, to_hour)) {
                Some(span) => span.days.push(day),
                None => spans.push(Span { days: vec![day], from_hour, to_hour }),
            }
        }
    }
    spans.sort_by_key(|span| (std::cmp::Reverse(span.hours()), span.days.first().copied(), span.from_hour));
    spans
}

/// The stretches of a day, from and to.
pub fn runs(hours: &[bool]) -> Vec<(u8, u8)> {
    let mut runs: Vec<(u8, u8)> = Vec::new();
    for (hour, _) in (0_u8..).zip(hours).filter(|(_, on)| **on) {
        match runs.last_mut() {
            Some(run) if run.1 == hour => run.1 = hour + 1,
            _ => runs.push((hour, hour + 1)),
        }
    }
    runs
}

impl Span {
    /// How many hours of the week it has.
    pub fn hours(&self) -> usize {
        usize::from(self.to_hour - self.from_hour) * self.days.len()
    }

    /// Its hours of the week, from Monday 0:00 on.
    pub fn hours_of_week(&self) -> impl Iterator<Item = usize> {
        let hours = usize::from(self.from_hour)..usize::from(self.to_hour);
        self.days.iter().flat_map(move |day| {
            let begin = (usize::from(*day) - 1) * HOURS;
            hours.clone().map(move |hour| begin + hour)
        })
    }

    /// It in words: `周一至周五 12–14 点`.
    pub fn words(&self, language: Language) -> String {
        let days = days_words(&self.days, language);
        match (self.from_hour, self.to_hour) {
            (0, 24) => format!("{days} {}", language.of("全天", "all day")),
            (from, to) => match language {
                Language::ZhCn => format!("{days} {from}–{to} 点"),
                Language::En => format!("{days} {from}:00–{to}:00"),
            },
        }
    }
}

/// Stretches in words.
pub fn words(spans: &[Span], language: Language) -> String {
    spans.iter().map(|span| span.words(language)).collect::<Vec<_>>().join(language.of("；", "; "))
}

/// A day, 1 for Monday to 7 for Sunday, by its name.
pub fn day_name(day: u8, language: Language) -> &'static str {
    let names = language.of(&NAMES_ZH, &NAMES_EN);
    names.get(usize::from(day).saturating_sub(1)).copied().unwrap_or_default()
}

/// Days in words: `每天`, `周一至周五`, `周二、周四`.
fn days_words(days: &[u8], language: Language) -> String {
    if days.len() == DAYS {
        return language.of("每天", "Every day").to_owned();
    }
    let name = |day: u8| day_name(day, language);
    let on: Vec<bool> = (1..=7).map(|day| days.contains(&day)).collect();
    let parts = runs(&on).into_iter().map(|(from, to)| match to - from {
        1 => name(to).to_owned(),
        2 => format!("{}{}{}", name(from + 1), language.of("、", ", "), name(to)),
        _ => format!("{}{}{}", name(from + 1), language.of("至", "–"), name(to)),
    });
    parts.collect::<Vec<_>>().join(language.of("、", ", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn on(hours: impl IntoIterator<Item = usize>) -> [bool; WEEK_HOURS] {
        let mut on = [false; WEEK_HOURS];
        hours.into_iter().for_each(|hour| on[hour] = true);
        on
    }

    #[test]
    fn days_that_share_their_hours_are_told_together() {
        let weekdays = (0..5).flat_map(|day| [day * 24 + 12, day * 24 + 13]);
        let saturday = (5 * 24)..(6 * 24);
        let found = spans(&on(weekdays.chain(saturday)));
        assert_eq!(
            found,
            [
                Span { days: vec![6], from_hour: 0, to_hour: 24 },
                Span { days: vec![1, 2, 3, 4, 5], from_hour: 12, to_hour: 14 },
            ]
        );
        assert_eq!(words(&found, Language::ZhCn), "周六 全天；周一至周五 12–14 点");
        assert_eq!(words(&found, Language::En), "Sat all day; Mon–Fri 12:00–14:00");
    }

    #[test]
    fn hours_come_back_as_they_were() {
        let some = on([0, 1, 30, 31, 32, 167]);
        let mut back = [false; WEEK_HOURS];
        spans(&some).iter().flat_map(Span::hours_of_week).for_each(|hour| back[hour] = true);
        assert_eq!(some, back);
        assert_eq!(days_words(&[2, 3, 6], Language::ZhCn), "周二、周三、周六");
        assert_eq!(spans(&[false; WEEK_HOURS]), []);
    }
}
