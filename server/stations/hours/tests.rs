//! Tests of hours under the calendar: make-up workdays, nights, seasons, unpublished years.

use chrono::{Days, TimeDelta};
use opening_hours::OpeningHours;
use proptest::prelude::*;

use super::*;

fn d(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn t(text: &str) -> NaiveDateTime {
    NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").unwrap()
}

fn hours(grammar: &str) -> Hours {
    Hours::parse(grammar, &Calendar::built_in()).unwrap()
}

fn open(grammar: &str, at: &str) -> bool {
    hours(grammar).at(t(at)).open == Openness::Open
}

fn until(grammar: &str, at: &str) -> Option<NaiveDateTime> {
    hours(grammar).at(t(at)).until
}

#[test]
fn office_hours_follow_the_notice() {
    let office = "Mo-Fr 09:00-17:00; PH off";
    assert!(open(office, "2026-01-04 10:00") && open(office, "2026-10-10 10:00"));
    assert!(!open(office, "2026-02-16 10:00") && !open(office, "2026-10-07 10:00"));
    assert!(!open(office, "2026-10-11 10:00"));
    assert_eq!(until(office, "2026-09-30 17:00"), Some(t("2026-10-08 09:00")));
    assert_eq!(until(office, "2026-10-09 17:30"), Some(t("2026-10-10 09:00")));
}

#[test]
fn a_make_up_workday_is_a_monday_for_every_rule() {
    let saturday = "2026-10-10";
    let at = |grammar, time| open(grammar, &format!("{saturday} {time}"));
    assert!(at("Mo 09:00-17:00; Tu-Fr 10:00-16:00", "16:30"));
    assert!(!at("Tu-Fr 09:00-17:00", "10:00"));
    assert!(!at("Sa,Su 10:00-12:00", "10:30"));
    assert!(at("Sa,Su 10:00-12:00; Mo-Fr 09:00-17:00", "09:30"));
    assert!(at("Mo-Fr 09:00-17:00; Sa,Su,PH 10:00-12:00", "16:30"));
    assert!(at("Mo-Fr,PH 09:00-17:00", "10:00"));
}

#[test]
fn dates_and_seasons_hold_on_a_make_up_workday() {
    assert!(!open("Mo-Fr 09:00-17:00; 2026 Oct 10 off", "2026-10-10 10:00"));
    assert!(open("Nov 15-Mar 15 Mo-Fr 08:00-20:00", "2026-02-28 19:00"));
    assert!(!open("May-Oct Mo-Fr 08:00-20:00", "2026-02-28 19:00"));
    assert!(open("Mo-Fr 09:00-17:00; Mo[2] off", "2026-10-10 10:00"), "no second Monday of the month");
    assert!(!open("Mo-Fr 09:00-17:00; Mo[2] off", "2026-11-09 10:00"));
}

#[test]
fn a_night_belongs_to_the_day_on_which_it_begins() {
    let night = "Mo-Fr 22:00-06:00; PH off";
    // Sunday 4 January is worked, the Saturday before it is off.
    assert!(!open(night, "2026-01-04 01:00") && open(night, "2026-01-04 23:00"));
    assert!(open(night, "2026-01-05 01:00"));
    // Wednesday 30 September is worked, 1 October is off.
    assert!(open(night, "2026-10-01 05:59") && !open(night, "2026-10-01 22:30"));
    assert_eq!(until("22:00-06:00", "2026-03-03 23:00"), Some(t("2026-03-04 06:00")));
}

#[test]
fn rules_replace_cut_and_fill() {
    assert!(!open("Mo-Su 08:00-20:00; 12:00-13:00 off", "2026-03-03 12:30"));
    assert!(open("Mo-Su 08:00-20:00; 12:00-13:00 off", "2026-03-03 13:00"));
    assert!(!open("Mo-Su 08:00-20:00; Tu 10:00-12:00", "2026-03-03 13:00"));
    assert!(open("Mo-Su 08:00-20:00, Tu 21:00-22:00", "2026-03-03 13:00"));
    let fallback = hours("Mo-Fr 09:00-17:00 || \"电话预约\"");
    assert_eq!(fallback.at(t("2026-03-03 10:00")).open, Openness::Open);
    assert_eq!(fallback.at(t("2026-03-03 18:00")).open, Openness::Unknown);
}

#[test]
fn seasons_return_after_months() {
    let winter = "Nov 15-Mar 15 08:00-20:00";
    assert!(open(winter, "2026-01-10 10:00") && !open(winter, "2026-07-10 10:00"));
    assert_eq!(until(winter, "2026-07-10 10:00"), Some(t("2026-11-15 08:00")));
    assert_eq!(until("2020 Jan 01 08:00-20:00", "2026-07-10 10:00"), None);
}

#[test]
fn always_open_never_changes() {
    assert_eq!(
        hours("24/7").at(t("2026-07-10 10:00")),
        HoursState { open: Openness::Open, until: None, provisional: false }
    );
    assert!(hours("Mo-Su 00:00-24:00").is_always_open());
    assert!(!hours("24/7; PH off").is_always_open() && !hours("24/7 off").is_always_open());
}

#[test]
fn the_week_tells_spans_and_what_the_calendar_says() {
    let week = hours("Mo-Fr 09:00-17:00; PH off").week(d("2026-10-05"));
    assert_eq!(week.len(), 7);
    assert_eq!(
        (week[0].kind, week[0].holiday.as_deref()),
        (Some(crate::calendar::DayKind::Off), Some("国庆节"))
    );
    assert_eq!((week[0].spans.len(), week[3].spans.as_slice()), (0, &[(540, 1020)][..]));
    assert_eq!((week[5].kind, week[5].spans.len()), (Some(crate::calendar::DayKind::Work), 1));
    assert!(week[6].spans.is_empty() && week.iter().all(|day| !day.unknown && !day.provisional));
    assert_eq!(hours("22:00-06:00").week(d("2026-10-05"))[0].spans, [(1320, 1800)]);
    assert!(hours("Mo-Fr 09:00-17:00; PH off").week(d("2027-02-10"))[0].unknown);
}

#[test]
fn hours_far_from_any_calendar_are_answered() {
    for at in [NaiveDateTime::MIN, NaiveDateTime::MAX, t("1901-01-01 00:00"), t("9997-12-31 23:59")] {
        let hours = hours("Mo-Fr 09:00-17:00; PH off");
        assert_eq!(hours.at(at).open, Openness::Unknown);
        assert_eq!(Timeline::new(hours.clone(), at.date()).at(at), hours.at(at));
    }
}

/// Days of the ordinary week, which the library reads as it is done here.
const PLAIN_DAYS: [&str; 11] = [
    "Mo-Fr",
    "Mo-Su",
    "Sa,Su",
    "Fr-Mo",
    "Mo[1]",
    "We",
    "Nov 15-Mar 15",
    "Jun-Sep Mo-Fr",
    "Feb 29",
    "week 01-10 Tu",
    "2026-2027",
];
const PLAIN_TIMES: [&str; 5] =
    ["", " 09:00-17:00", " 08:30-12:00,14:30-18:00", " 13:00-24:00", " 00:00-24:00"];
const DAYS: [&str; 5] = ["PH", "Sa,Su,PH", "2026 Oct 01-2026 Oct 10", "24/7", "PH,Mo-Th"];
const TIMES: [&str; 3] = [" 22:00-06:00", " 10:00-26:00", " 06:00-06:00"];

/// Texts of the grammar made of these days and times.
fn grammars_of(
    days: &[&'static str],
    times: &[&'static str],
    operators: &'static [&'static str],
    kinds: &'static [&'static str],
) -> impl Strategy<Value = String> + use<> {
    let choose = |of: &[&'static str]| proptest::sample::select(of.to_vec());
    let rule = (choose(days), choose(times), choose(kinds)).prop_map(|(days, times, kind)| {
        let times = if days == "24/7" { "" } else { times };
        format!("{days}{times}{kind}")
    });
    (rule.clone(), proptest::collection::vec((choose(operators), rule), 0..4)).prop_map(|(first, more)| {
        more.into_iter().fold(first, |text, (operator, rule)| format!("{text}{operator}{rule}"))
    })
}

fn plain_grammars() -> impl Strategy<Value = String> {
    grammars_of(&PLAIN_DAYS, &PLAIN_TIMES, &["; ", "; ", ", "], &["", "", " off", " unknown"])
}

/// Texts of the grammar made of every part that is supported.
fn grammars() -> impl Strategy<Value = String> {
    let (days, times) = ([&PLAIN_DAYS[..], &DAYS].concat(), [&PLAIN_TIMES[..], &TIMES].concat());
    grammars_of(
        &days,
        &times,
        &["; ", "; ", ", ", " || "],
        &["", "", "", " off", " unknown", " open \"预约\""],
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    fn worked_out_days_agree_with_the_rules(
        grammar in grammars(),
        day in 0u64..800,
        minutes in proptest::collection::vec(-1500i64..16_000, 4),
    ) {
        let hours = hours(&grammar);
        let from = d("2025-12-01") + Days::new(day);
        let timeline = Timeline::new(hours.clone(), from);
        for minute in minutes {
            let at = from.and_time(NaiveTime::MIN) + TimeDelta::minutes(minute);
            prop_assert_eq!(timeline.at(at), hours.at(at), "{} at {}", grammar, at);
        }
    }

    #[test]
    fn nothing_changes_before_the_next_change(grammar in grammars(), minute in 0i64..800 * 1440) {
        let hours = hours(&grammar);
        let at = t("2025-12-01 00:00") + TimeDelta::minutes(minute);
        let now = hours.at(at);
        let end = now.until.unwrap_or(at + TimeDelta::days(3)).min(at + TimeDelta::days(3));
        let mut between = at;
        while between < end {
            prop_assert_eq!(hours.at(between).open, now.open, "{} at {}", grammar, between);
            between += TimeDelta::minutes(61);
        }
        if let Some(until) = now.until {
            prop_assert_ne!(hours.at(until).open, now.open);
        }
    }

    /// March 2026 has neither days off nor make-up workdays; there the library decides the same, nights
    /// and `||` left aside.
    #[test]
    fn ordinary_days_agree_with_the_library(grammar in plain_grammars(), minute in 0i64..31 * 1440) {
        let library: OpeningHours = grammar.parse().unwrap();
        let at = t("2026-03-01 00:00") + TimeDelta::minutes(minute);
        let theirs = match library.state(at).0 {
            opening_hours_syntax::RuleKind::Open => Openness::Open,
            opening_hours_syntax::RuleKind::Closed => Openness::Closed,
            opening_hours_syntax::RuleKind::Unknown => Openness::Unknown,
        };
        prop_assert_eq!(hours(&grammar).at(at).open, theirs, "{} at {}", grammar, at);
    }

    #[test]
    fn any_text_is_read_or_refused(text in ".{0,60}") {
        let _ = Hours::parse(&text, &Calendar::default()).map_err(|error| error.to_string());
    }

    #[test]
    fn near_grammar_is_read_or_refused(text in "[A-Za-z0-9:;,\\-+/\\[\\]| \"]{0,40}") {
        if let Ok(hours) = Hours::parse(&text, &Calendar::built_in()) {
            hours.transitions(d("2026-12-20"), 20);
        }
    }
}
