//! Deadlines reckoned by hand from the notices for 2024 and 2026.

use chrono::{DateTime, Datelike, NaiveDate, Utc};

use super::*;
use crate::calendar::{CalendarDay, DayKind};

pub(super) const SHANGHAI: Zone = Zone(chrono_tz::Asia::Shanghai);

pub(super) fn shifts() -> Shifts {
    Shifts::parse(&["08:30-12:00", "14:30-18:00"]).unwrap()
}

/// An instant of the city's clocks, such as `2026-02-13 17:00`.
pub(super) fn at(local: &str) -> DateTime<Utc> {
    let text = format!("{}:00+08:00", local.replace(' ', "T"));
    text.parse::<DateTime<chrono::FixedOffset>>().unwrap().to_utc()
}

pub(super) fn limit(unit: Unit, amount: u32) -> Limit {
    Limit::new(unit, amount).unwrap()
}

fn local(instant: DateTime<Utc>) -> String {
    SHANGHAI.local(instant).format("%Y-%m-%d %H:%M").to_string()
}

/// A run of a limit, such as `3 working_days`, that begins at an instant.
pub(super) fn run(amount: &str, begins: &str) -> Run {
    let (amount, unit) = amount.split_once(' ').unwrap();
    Run::begin(limit(unit.parse().unwrap(), amount.parse().unwrap()), at(begins)).unwrap()
}

pub(super) fn due_of(run: &Run, now: &str, calendar: &Calendar) -> Due {
    Clock { calendar, zone: SHANGHAI, shifts: &shifts() }.due(run, at(now))
}

/// When a run is due that does not stand still.
fn due(run: &Run) -> String {
    local(due_of(run, "2026-01-01 00:00", &Calendar::built_in()).at)
}

#[test]
fn limits_end_where_the_notices_say() {
    for (amount, begins, ends) in [
        // Spring Festival 2026: off from 15 to 23 February, worked on Saturday the 14th.
        ("3 working_days", "2026-02-13 10:00", "2026-02-25 18:00"),
        ("3 working_days", "2026-02-13 23:59", "2026-02-25 18:00"),
        // The midnight at the end of the 12th, a Thursday.
        ("1 working_days", "2026-02-13 00:00", "2026-02-13 18:00"),
        ("1 working_days", "2026-02-14 19:00", "2026-02-24 18:00"),
        // Spring Festival 2024: off from 10 to 17 February, worked on Sunday the 18th.
        ("3 working_days", "2024-02-09 10:00", "2024-02-20 18:00"),
        // Within a day, over its break, over its end, over a night, a weekend, a holiday.
        ("60 working_minutes", "2026-11-24 09:00", "2026-11-24 10:00"),
        ("120 working_minutes", "2026-11-24 11:00", "2026-11-24 15:30"),
        ("60 working_minutes", "2026-11-24 11:00", "2026-11-24 12:00"),
        ("60 working_minutes", "2026-11-24 17:00", "2026-11-24 18:00"),
        ("61 working_minutes", "2026-11-24 17:00", "2026-11-25 08:31"),
        ("120 working_minutes", "2026-11-27 17:00", "2026-11-30 09:30"),
        ("120 working_minutes", "2026-02-13 17:00", "2026-02-14 09:30"),
        ("120 working_minutes", "2026-02-14 17:00", "2026-02-24 09:30"),
        ("120 working_minutes", "2026-11-24 13:00", "2026-11-24 16:30"),
        ("120 working_minutes", "2026-11-24 23:00", "2026-11-25 10:30"),
        ("120 working_minutes", "2026-11-25 03:00", "2026-11-25 10:30"),
        ("120 working_minutes", "2026-02-18 10:00", "2026-02-24 10:30"),
        // Urgent: day and night, over a holiday too.
        ("120 minutes", "2026-11-24 23:00", "2026-11-25 01:00"),
        ("1440 minutes", "2026-02-14 17:00", "2026-02-15 17:00"),
        ("1440 minutes", "2026-02-16 00:00", "2026-02-17 00:00"),
        // Calendar days; a last day that is off is followed by the next working day.
        ("15 days", "2026-11-03 10:00", "2026-11-18 18:00"),
        ("7 days", "2026-11-07 10:00", "2026-11-16 18:00"),
        ("7 days", "2026-02-10 10:00", "2026-02-24 18:00"),
        ("1 days", "2026-02-13 10:00", "2026-02-14 18:00"),
    ] {
        assert_eq!(due(&run(amount, begins)), ends, "{amount} from {begins}");
    }
}

#[test]
fn a_year_whose_notice_is_not_loaded_makes_a_deadline_provisional() {
    let run_2027 = run("3 working_days", "2026-12-30 10:00");
    let unknown = due_of(&run_2027, "2026-12-30 10:00", &Calendar::built_in());
    assert_eq!((local(unknown.at).as_str(), unknown.provisional), ("2027-01-04 18:00", true));
    assert!(
        unknown.words().zh.ends_with("1月4日 18:00 到期。2027 年放假安排还没公布，期限可能调整。"),
        "{}",
        unknown.words().zh
    );
    assert!(unknown.words().en.ends_with("The days off of 2027 are not published yet, so it may move."));

    let new_year =
        CalendarDay { date: "2027-01-01".parse().unwrap(), kind: DayKind::Off, name: "元旦".into() };
    let days = Calendar::built_in_days().iter().cloned().chain([new_year]);
    let loaded = due_of(&run_2027, "2026-12-30 10:00", &Calendar::of_days(days));
    assert_eq!((local(loaded.at).as_str(), loaded.provisional), ("2027-01-05 18:00", false));
    assert_ne!(loaded.calendar, unknown.calendar);

    let calendar = Calendar::built_in();
    for (amount, begins, provisional) in [
        ("1 working_days", "2026-12-30 10:00", false),
        ("60 working_minutes", "2026-12-31 17:00", false),
        ("61 working_minutes", "2026-12-31 17:00", true),
        ("2880 minutes", "2026-12-31 17:00", false),
        ("2 days", "2026-12-29 17:00", false),
        ("2 days", "2026-12-30 17:00", true),
    ] {
        let due = due_of(&run(amount, begins), begins, &calendar);
        assert_eq!(due.provisional, provisional, "{amount} from {begins}");
    }
}

#[test]
fn pauses_keep_the_time_used() {
    for line in [
        // An hour and a half used on Friday; asked at 10:00, answered on Sunday.
        "120 working_minutes | 2026-11-27 08:30 | 2026-11-27 10:00 ~ 2026-11-29 20:00 | 2026-11-30 09:00",
        "120 working_minutes | 2026-02-14 14:30 | 2026-02-14 15:30 ~ 2026-02-24 15:00 | 2026-02-24 16:00",
        "120 working_minutes | 2026-11-24 11:00 | 2026-11-24 12:00 ~ 2026-11-24 14:30 | 2026-11-24 15:30",
        "120 minutes | 2026-11-24 11:00 | 2026-11-24 12:00 ~ 2026-11-24 14:30 | 2026-11-24 15:30",
        "120 minutes | 2026-11-24 11:00 | 2026-11-24 13:00 ~ 2026-11-24 14:30 | 2026-11-24 13:00",
        // Of three working days the 14th is used; two are left after the resumption.
        "3 working_days | 2026-02-13 10:00 | 2026-02-14 15:00 ~ 2026-02-24 09:00 | 2026-02-26 18:00",
        "3 working_days | 2026-02-13 10:00 | 2026-02-14 15:00 ~ 2026-02-18 09:00 | 2026-02-25 18:00",
        "3 working_days | 2026-11-23 10:00 | 2026-11-24 10:00 ~ 2026-11-24 17:00 | 2026-11-26 18:00",
        "3 working_days | 2026-11-23 10:00 | 2026-11-23 11:00 ~ 2026-11-30 08:00 | 2026-12-03 18:00",
        // Interrupted on its last day, before closing time, and after it.
        "1 working_days | 2026-11-23 10:00 | 2026-11-24 17:00 ~ 2026-11-26 09:00 | 2026-11-26 18:00",
        "1 working_days | 2026-11-23 10:00 | 2026-11-24 17:00 ~ 2026-11-26 20:00 | 2026-11-27 18:00",
        "1 working_days | 2026-11-23 10:00 | 2026-11-24 17:00 ~ 2026-11-24 20:00 | 2026-11-25 18:00",
        "1 working_days | 2026-11-23 10:00 | 2026-11-24 18:00 ~ 2026-11-26 09:00 | 2026-11-24 18:00",
        "7 days | 2026-11-07 10:00 | 2026-11-14 12:00 ~ 2026-11-16 19:00 | 2026-11-17 18:00",
        // Two of them.
        "2 working_days | 2026-11-23 10:00 | 2026-11-24 09:00 ~ 2026-11-25 09:00 ~ 2026-11-26 09:00 ~ 2026-11-30 09:00 \
         | 2026-11-30 18:00",
    ] {
        let fields: Vec<&str> = line.split(" | ").collect();
        let [amount, begins, pauses, ends] = fields[..] else { panic!("{line}") };
        let mut run = run(amount, begins);
        for instant in pauses.split(" ~ ").map(at) {
            let done = if run.is_paused() { run.resume(instant) } else { run.pause(instant) };
            done.unwrap();
        }
        assert_eq!(due(&run), ends, "{line}");
    }
}

#[test]
fn a_clock_that_stands_still_is_told_as_if_it_ran_on_now() {
    let calendar = Calendar::built_in();
    let mut run = run("120 working_minutes", "2026-11-24 09:00");
    run.pause(at("2026-11-24 10:00")).unwrap();
    let told = |now: &str| due_of(&run, now, &calendar);
    assert_eq!(local(told("2026-11-24 10:00").at), "2026-11-24 11:00");
    assert_eq!(local(told("2026-11-24 15:00").at), "2026-11-24 16:00");
    assert_eq!(local(told("2026-11-26 20:00").at), "2026-11-27 09:30");
    assert!(told("2026-11-26 20:00").paused);
    let clock = Clock { calendar: &calendar, zone: SHANGHAI, shifts: &shifts() };
    let state = clock.state(&told("2026-11-24 15:00"), at("2026-11-24 15:00"));
    assert_eq!((state.standing, state.left_minutes), (Standing::DueToday, 60));
    assert_eq!(state.words.zh, "已暂停，恢复后还剩 1 小时");
}

#[test]
fn an_extension_begins_where_the_time_before_it_ends_and_both_dates_are_known() {
    let mut run = run("3 working_days", "2026-02-13 10:00");
    run.extend(limit(Unit::WorkingDays, 2), at("2026-02-24 16:00")).unwrap();
    let calendar = Calendar::built_in();
    let due = due_of(&run, "2026-02-24 16:00", &calendar);
    assert_eq!((local(due.first_at), local(due.at)), ("2026-02-25 18:00".into(), "2026-02-27 18:00".into()));
    let numbers: Vec<u32> = due.days.iter().filter_map(|day| day.number).collect();
    assert_eq!(numbers, [1, 2, 3, 4, 5]);
    let words = due.words();
    let ending = "24日至27日是工作日，算 4 天；延期后2月27日 18:00 到期，原定2月25日 18:00。";
    assert!(words.zh.ends_with(ending), "{}", words.zh);
    assert!(
        words.en.ends_with("extended, due on 27 February at 18:00 instead of 25 February at 18:00."),
        "{}",
        words.en
    );

    run.extend(limit(Unit::WorkingMinutes, 60), at("2026-02-24 17:00")).unwrap();
    let due = due_of(&run, "2026-02-24 16:00", &calendar);
    assert_eq!((local(due.first_at), local(due.at)), ("2026-02-25 18:00".into(), "2026-02-28 09:30".into()));
}

#[test]
fn the_answer_stops_the_clock_and_a_message_lets_it_go_on() {
    let mut run = run("120 working_minutes", "2026-11-24 09:00");
    run.end(at("2026-11-24 10:00")).unwrap();
    assert_eq!(run.pause(at("2026-11-24 11:00")), Err(RunError::Ended));
    let calendar = Calendar::built_in();
    let clock = Clock { calendar: &calendar, zone: SHANGHAI, shifts: &shifts() };
    let state = clock.state(&clock.due(&run, at("2026-12-24 10:00")), at("2026-12-24 10:00"));
    assert_eq!((state.standing, state.words.zh.as_str()), (Standing::DueToday, "按时完成"));
    run.restart(at("2026-11-26 15:00")).unwrap();
    assert_eq!((due(&run).as_str(), run.ended()), ("2026-11-26 16:00", None));
}

#[test]
fn by_a_second_source_everything_is_due_at_the_same_instant() {
    let Some(theirs) = crate::calendar::second_source() else { return };
    let days = NaiveDate::from_ymd_opt(2023, 1, 1).unwrap().iter_days();
    for date in days.take_while(|date| date.year() <= 2026) {
        for amount in ["1 working_days", "3 working_days", "600 working_minutes", "15 days"] {
            let run = run(amount, &format!("{date} 16:30"));
            let [ours, theirs] =
                [&Calendar::built_in(), &theirs].map(|c| due_of(&run, "2023-01-01 00:00", c).at);
            assert_eq!(ours, theirs, "{amount} from {date}");
        }
    }
}
