//! The choice of another time: a few likely ones as links, any other by a form. Both work without script.

use chrono::{Days, NaiveDateTime, NaiveTime, TimeDelta};
use maud::{Markup, html};

use super::context::Context;
use super::{icon, time};

/// Hours at which people plan a rest: a meal before the evening shift, its end, the start of the morning one.
const LIKELY: [(u64, u32); 6] = [(0, 12), (0, 18), (0, 22), (1, 6), (1, 12), (1, 22)];
/// How many of them are offered.
const OFFERED: usize = 4;
/// How soon is as good as now.
const SOON: TimeDelta = TimeDelta::minutes(30);
/// How far ahead one may look, in days: beyond, nobody knows of notices.
pub(super) const AHEAD_DAYS: i64 = 60;

/// The panel, out of sight until its chip is touched.
pub(super) fn panel(context: &Context<'_>) -> Markup {
    let (words, now) = (context.words, context.when.now.naive_local());
    let last = now + TimeDelta::days(AHEAD_DAYS);
    html! {
        section.when #when data-part="when" aria-labelledby="when-title" {
            h2 #when-title { (words.when_title) }
            div.presets {
                @for at in likely(now) {
                    a.btn.quiet href=(context.asked.when(Some(at)).list_href()) data-swap { (said(context, at)) }
                }
            }
            form action=(context.asked.page()) method="get" data-swap {
                @for (name, value) in context.asked.when(None).parameters() { input type="hidden" name=(name) value=(value); }
                label for="at" { (words.when_other) }
                div.one-line {
                    input #at type="datetime-local" name="at" required value=(minute(context.when.at.naive_local())) min=(minute(now)) max=(minute(last));
                    button.btn type="submit" { (icon::icon("clock")) (words.when_show) }
                }
            }
        }
    }
}

/// A time as its chip or link says it.
pub(super) fn said(context: &Context<'_>, at: NaiveDateTime) -> String {
    let instant = at.and_local_timezone(*context.when.now.offset()).earliest();
    instant.map(|instant| time::stamp(context.words, instant, context.when)).unwrap_or_default()
}

fn likely(now: NaiveDateTime) -> Vec<NaiveDateTime> {
    let on = |(days, hour): (u64, u32)| {
        let day = now.date().checked_add_days(Days::new(days))?;
        Some(day.and_time(NaiveTime::from_hms_opt(hour, 0, 0)?))
    };
    LIKELY.into_iter().filter_map(on).filter(|at| *at > now + SOON).take(OFFERED).collect()
}

fn minute(at: NaiveDateTime) -> String {
    at.format("%Y-%m-%dT%H:%M").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_past_or_as_good_as_now_is_not_offered() {
        let at = |text: &str| minute(text.parse().expect("a time"));
        let offered =
            |now: &str| likely(now.parse().expect("a time")).into_iter().map(minute).collect::<Vec<_>>();
        let morning =
            ["2026-11-24T12:00:00", "2026-11-24T18:00:00", "2026-11-24T22:00:00", "2026-11-25T06:00:00"];
        assert_eq!(offered("2026-11-24T10:00:00"), morning.map(at));
        assert_eq!(
            offered("2026-11-24T21:45:00"),
            ["2026-11-25T06:00", "2026-11-25T12:00", "2026-11-25T22:00"]
        );
    }
}
