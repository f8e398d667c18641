//! Clocks against a count minute by minute, and what must hold of every clock.

use chrono::{DateTime, Datelike, NaiveDate, TimeDelta, Timelike, Utc};
use proptest::prelude::*;

use super::tests::SHANGHAI;
use super::*;
use crate::calendar::Why;

/// A run with the zone and the working hours under which it is asked.
#[derive(Debug, Clone)]
struct Case {
    zone: Zone,
    shifts: Shifts,
    run: Run,
}

impl Case {
    fn due_at(&self, run: &Run, now: DateTime<Utc>) -> Due {
        Clock { calendar: &Calendar::built_in(), zone: self.zone, shifts: &self.shifts }.due(run, now)
    }

    fn due(&self, run: &Run) -> DateTime<Utc> {
        self.due_at(run, run.began()).at
    }
}

fn a_limit() -> impl Strategy<Value = Limit> {
    let of = |unit: Unit, most: u32| (1..=most).prop_map(move |amount| Limit::new(unit, amount).unwrap());
    prop_oneof![
        of(Unit::WorkingMinutes, 2_000),
        of(Unit::Minutes, 8_000),
        of(Unit::WorkingDays, 10),
        of(Unit::Days, 15),
    ]
}

/// From 2023 to 2027, to the minute; the last of these years is not published.
fn an_instant() -> impl Strategy<Value = DateTime<Utc>> {
    (1_672_531_200i64 / 60..1_830_000_000 / 60)
        .prop_map(|minute| DateTime::from_timestamp(minute * 60, 0).unwrap())
}

/// What is done with a run, so many minutes after what was done before.
fn steps() -> impl Strategy<Value = Vec<(u8, i64)>> {
    prop::collection::vec((0..4u8, prop_oneof![0..90i64, 0..3_000i64]), 0..8)
}

fn walked(mut run: Run, steps: &[(u8, i64)]) -> Run {
    let mut now = run.began();
    for (step, minutes) in steps {
        now += TimeDelta::minutes(*minutes);
        // A step that cannot be taken is none.
        let _ = match step {
            0 => run.extend(Limit::new(Unit::WorkingMinutes, 90).unwrap(), now),
            1 => run.extend(Limit::new(Unit::WorkingDays, 2).unwrap(), now),
            _ if run.is_paused() => run.resume(now),
            _ => run.pause(now),
        };
    }
    run
}

fn a_case() -> impl Strategy<Value = Case> {
    let shifts = prop::sample::select(vec![
        vec!["08:30-12:00", "14:30-18:00"],
        vec!["00:00-23:59"],
        vec!["09:00-17:00"],
        vec!["06:00-06:20", "06:20-07:00", "22:00-23:30"],
    ]);
    let zone = prop::sample::select(vec![SHANGHAI, SHANGHAI, Zone(chrono_tz::Europe::Berlin)]);
    (zone, shifts, a_limit(), an_instant(), steps()).prop_map(|(zone, shifts, limit, began, steps)| {
        let run = walked(Run::begin(limit, began).unwrap(), &steps);
        Case { zone, shifts: Shifts::parse(&shifts).unwrap(), run }
    })
}

/// The due instant, counted minute by minute.
struct Count<'a> {
    case: &'a Case,
    pauses: Vec<(DateTime<Utc>, DateTime<Utc>)>,
    calendar: Calendar,
}

impl Count<'_> {
    fn of(case: &Case, now: DateTime<Utc>) -> DateTime<Utc> {
        let json = serde_json::to_value(&case.run).unwrap();
        let instant =
            |ms: &serde_json::Value| ms.as_i64().map(|ms| DateTime::from_timestamp_millis(ms).unwrap());
        let pauses = json["pauses"].as_array().into_iter().flatten();
        let pauses =
            pauses.map(|p| (instant(&p["from_ms"]).unwrap(), instant(&p["to_ms"]).unwrap_or(now))).collect();
        let count = Count { case, pauses, calendar: Calendar::built_in() };
        let first = count.through(case.run.began(), case.run.limit());
        case.run.extensions().iter().fold(first, |at, more| count.through(at, more.limit))
    }

    fn through(&self, start: DateTime<Utc>, limit: Limit) -> DateTime<Utc> {
        match limit.unit() {
            Unit::Minutes => self.minutes(start, limit.amount(), |_| true),
            Unit::WorkingMinutes => self.minutes(start, limit.amount(), |at| self.is_worked(at)),
            Unit::WorkingDays => self.days(start, limit.amount(), |date| self.calendar.is_working_day(date)),
            Unit::Days => self.days(start, limit.amount(), |_| true),
        }
    }

    fn is_worked(&self, at: DateTime<Utc>) -> bool {
        let local = self.case.zone.local(at);
        let texts: Vec<String> = self.case.shifts.clone().into();
        let time = local.format("%H:%M").to_string();
        self.calendar.is_working_day(local.date())
            && texts.iter().any(|shift| {
                let (opens, closes) = shift.split_once('-').unwrap();
                opens <= time.as_str() && time.as_str() < closes
            })
    }

    fn minutes(
        &self,
        start: DateTime<Utc>,
        amount: u32,
        counts: impl Fn(DateTime<Utc>) -> bool,
    ) -> DateTime<Utc> {
        let (mut at, mut left) = (start, amount);
        while left > 0 {
            let paused = self.pauses.iter().any(|(from, to)| *from <= at && at < *to);
            left -= u32::from(!paused && counts(at));
            at += TimeDelta::minutes(1);
        }
        at
    }

    /// A day counts where the clock runs as it begins; the last one ends where the clock runs as work ends.
    fn days(&self, start: DateTime<Utc>, amount: u32, counts: impl Fn(NaiveDate) -> bool) -> DateTime<Utc> {
        let texts: Vec<String> = self.case.shifts.clone().into();
        let closing = texts.last().unwrap().split_once('-').unwrap().1.to_owned();
        let (mut at, mut left) = (start, amount);
        loop {
            let local = self.case.zone.local(at);
            let is_midnight = (local.hour(), local.minute()) == (0, 0);
            let is_still_now = self.pauses.iter().any(|(from, to)| *from <= at && at < *to);
            if left > 0 && is_midnight && !is_still_now && counts(local.date()) {
                left -= 1;
            }
            let is_still = self.pauses.iter().any(|(from, to)| *from < at && at < *to);
            let is_closing = local.format("%H:%M").to_string() == closing;
            if left == 0 && is_closing && !is_still && self.calendar.is_working_day(local.date()) {
                return at;
            }
            at += TimeDelta::minutes(1);
        }
    }
}

fn is_whole_days(case: &Case) -> bool {
    let is_days = |limit: Limit| matches!(limit.unit(), Unit::Days | Unit::WorkingDays);
    is_days(case.run.limit()) && case.run.extensions().iter().all(|more| is_days(more.limit))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn the_count_minute_by_minute_agrees(case in a_case(), later in 0..5_000i64) {
        let now = DateTime::from_timestamp_millis(case.run.latest_ms()).unwrap() + TimeDelta::minutes(later);
        prop_assert_eq!(case.due_at(&case.run, now).at, Count::of(&case, now));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn a_pause_without_length_changes_nothing(case in a_case(), after in 0..9_000i64) {
        let mut run = case.run.clone();
        let at = DateTime::from_timestamp_millis(run.latest_ms()).unwrap() + TimeDelta::minutes(after);
        if run.is_paused() { run.resume(at).unwrap(); }
        let due = case.due(&run);
        run.pause(at).unwrap();
        run.resume(at).unwrap();
        prop_assert_eq!(case.due(&run), due);
    }

    #[test]
    fn a_pause_makes_nothing_earlier(case in a_case(), after in 0..9_000i64, length in 0..6_000i64) {
        let mut run = case.run.clone();
        let at = DateTime::from_timestamp_millis(run.latest_ms()).unwrap() + TimeDelta::minutes(after);
        if run.is_paused() { run.resume(at).unwrap(); }
        let due = case.due(&run);
        run.pause(at).unwrap();
        run.resume(at + TimeDelta::minutes(length)).unwrap();
        let paused = case.due(&run);
        prop_assert!(paused >= due);
        let clock = Clock { calendar: &Calendar::built_in(), zone: case.zone, shifts: &case.shifts };
        // On one day it changes nothing of days, unless the deadline lies within it.
        let ends = at + TimeDelta::minutes(length);
        if is_whole_days(&case) && clock.day(at) == clock.day(ends)
            && !(at < due && due < ends) && run.extensions().is_empty() {
            prop_assert_eq!(paused, due);
        }
    }

    #[test]
    fn more_time_and_a_later_beginning_end_no_earlier(case in a_case(), more in 1..50u32, earlier in 0..9_000i64) {
        let due = case.due(&case.run);
        let limit = case.run.limit();
        let with = |limit: Limit, began: DateTime<Utc>| -> Run {
            let mut json = serde_json::to_value(&case.run).unwrap();
            json["limit"] = serde_json::to_value(limit).unwrap();
            json["began_ms"] = began.timestamp_millis().into();
            serde_json::from_value(json).unwrap()
        };
        let longer = with(Limit::new(limit.unit(), limit.amount() + more).unwrap(), case.run.began());
        prop_assert!(case.due(&longer) >= due);
        let sooner = with(limit, case.run.began() - TimeDelta::minutes(earlier));
        prop_assert!(case.due(&sooner) <= due);
    }

    #[test]
    fn a_clock_that_stands_still_does_not_run_out(case in a_case(), after in 0..9_000i64, length in 0..90_000i64) {
        let mut run = case.run.clone();
        let at = DateTime::from_timestamp_millis(run.latest_ms()).unwrap() + TimeDelta::minutes(after);
        if run.is_paused() { run.resume(at).unwrap(); }
        prop_assume!(case.due(&run) > at);
        run.pause(at).unwrap();
        let now = at + TimeDelta::minutes(length);
        prop_assert!(case.due_at(&run, now).at >= now);
    }

    #[test]
    fn the_days_told_add_up(case in a_case()) {
        let run = Run::begin(case.run.limit(), case.run.began()).unwrap();
        for run in [&run, &case.run] {
            let due = case.due_at(run, run.began());
            prop_assert!(due.days.windows(2).all(|two| two[0].date.succ_opt() == Some(two[1].date)));
            prop_assert!(due.days.iter().all(|day| day.date <= due.day()));
            prop_assert!(due.first_at <= due.at);
            prop_assert_eq!(due.provisional, due.words().zh.contains("还没公布"));
            if run.extensions().is_empty() {
                let numbers: Vec<u32> = due.days.iter().filter_map(|day| day.number).collect();
                let minutes: i64 = due.days.iter().filter_map(|day| day.minutes).sum();
                let amount = run.limit().amount();
                if numbers.is_empty() {
                    prop_assert_eq!(minutes, i64::from(amount));
                } else {
                    prop_assert_eq!(numbers, (1..=amount).collect::<Vec<_>>());
                    prop_assert!(due.days[0].why == Why::Begun);
                }
            }
        }
    }

    /// Whatever instants and amounts a record and a question name, there is an answer.
    #[test]
    fn nothing_runs_for_ever(
        unit in prop::sample::select(Unit::ALL), amount in any::<u32>(), instants in prop::array::uniform5(any::<i64>()),
    ) {
        let [began, from, to, granted, now] = instants.map(|ms| {
            DateTime::from_timestamp_millis(if ms % 3 == 0 { ms } else { ms.rem_euclid(5_000_000_000_000) })
                .unwrap_or(DateTime::<Utc>::MIN_UTC)
        });
        let limit = Limit::new(unit, amount).or(Limit::new(unit, unit.most())).unwrap();
        if let Ok(mut run) = Run::begin(limit, began) {
            let _ = run.pause(from).and_then(|()| run.resume(to));
            let _ = run.extend(limit, granted);
            let case = Case { zone: SHANGHAI, shifts: super::tests::shifts(), run };
            let due = case.due_at(&case.run, now);
            prop_assert!(due.at > case.run.began() && due.day().year() < 2201);
            let clock = Clock { calendar: &Calendar::built_in(), zone: case.zone, shifts: &case.shifts };
            prop_assert!(!clock.state(&due, now).words.zh.is_empty());
            prop_assert!(!due.words().en.is_empty());
        }
    }
}
