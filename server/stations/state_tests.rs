//! Tests of the state of a station.

use chrono::{NaiveDate, NaiveTime};
use proptest::prelude::*;

use super::*;
use crate::{
    calendar::{Calendar, CalendarDay, DayKind},
    stations::hours::{Hours, Openings, Timeline},
};

fn t(text: &str) -> NaiveDateTime {
    NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").unwrap()
}

fn hours(grammar: &str) -> Hours {
    Hours::parse(grammar, &Calendar::built_in()).unwrap()
}

fn at(grammar: &str, notices: &[Notice], instant: &str) -> StateAt {
    state_at(false, Some(&hours(grammar)), notices, t(instant))
}

fn notice(effect: Effect, from: &str, to: Option<&str>) -> Notice {
    let origin = Origin::Station;
    Notice { from: t(from), to: to.map(t), effect, during: None, reason: "停电检修".into(), origin }
}

#[test]
fn the_midday_rest_is_closed_and_opens_again() {
    let rest = at("Mo-Su 08:30-12:00,14:30-18:00", &[], "2026-03-03 12:30");
    assert_eq!(rest.state, State::Closed);
    assert_eq!(rest.opens_at, Some(t("2026-03-03 14:30")));
    assert_eq!((rest.until, rest.closes_at), (rest.opens_at, None));
}

#[test]
fn a_make_up_sunday_is_open_and_spring_festival_closed() {
    let office = "Mo-Fr 09:00-17:00; PH off";
    let made_up = at(office, &[], "2026-01-04 10:00");
    assert_eq!((made_up.state, made_up.closes_at), (State::Open, Some(t("2026-01-04 17:00"))));
    let festival = at(office, &[], "2026-02-16 10:00");
    assert_eq!((festival.state, festival.opens_at), (State::Closed, Some(t("2026-02-24 09:00"))));
    assert!(!festival.provisional);
}

#[test]
fn past_midnight_is_open() {
    let night = at("22:00-06:00", &[], "2026-03-03 01:00");
    assert_eq!((night.state, night.closes_at), (State::Open, Some(t("2026-03-03 06:00"))));
}

#[test]
fn always_open_is_closed_by_a_notice_until_its_end() {
    let closed = notice(Effect::Closed, "2026-03-03 00:00", Some("2026-03-04 00:00"));
    let during = at("24/7", std::slice::from_ref(&closed), "2026-03-03 12:00");
    assert_eq!(during.state, State::ClosedByNotice);
    assert_eq!(during.until, Some(t("2026-03-04 00:00")));
    assert_eq!((during.opens_at, during.notice), (during.until, Some(0)));
    let before = at("24/7", &[closed], "2026-03-02 23:45");
    assert_eq!((before.state, before.closes_at), (State::ClosingSoon, Some(t("2026-03-03 00:00"))));
    assert_eq!(at("24/7", &[], "2026-03-03 12:00"), StateAt::lasting(State::Open));
}

#[test]
fn an_unpublished_festival_is_unknown_until_its_notice_is_loaded() {
    let office = "Mo-Fr 09:00-17:00; PH off";
    let unknown = at(office, &[], "2027-02-10 10:00");
    assert_eq!((unknown.state, unknown.provisional, unknown.opens_at), (State::Unknown, true, None));
    assert_eq!(unknown.until, Some(t("2027-02-17 00:00")));
    let festival = (5..=12).map(|day| CalendarDay {
        date: NaiveDate::from_ymd_opt(2027, 2, day).unwrap(),
        kind: DayKind::Off,
        name: "春节".to_owned(),
    });
    let loaded = Calendar::of_days(Calendar::built_in_days().iter().cloned().chain(festival));
    let decided = state_at(false, Some(&hours(office).with_calendar(&loaded)), &[], t("2027-02-10 10:00"));
    assert_eq!((decided.state, decided.provisional), (State::Closed, false));
    assert_eq!(decided.opens_at, Some(t("2027-02-15 09:00")));
}

#[test]
fn new_year_does_not_empty_the_map() {
    let weekly = at("Mo-Fr 09:00-17:00", &[], "2027-01-05 10:00");
    assert_eq!((weekly.state, weekly.provisional), (State::Open, true));
    let daily = at("Mo-Su 08:00-20:00", &[], "2027-01-01 10:00");
    assert_eq!((daily.state, daily.provisional), (State::Open, false));
    let office = at("Mo-Fr 09:00-17:00; PH off", &[], "2027-01-06 10:00");
    assert_eq!((office.state, office.provisional), (State::Open, true));
}

#[test]
fn closing_soon_begins_when_less_than_thirty_minutes_are_left() {
    let day = "Mo-Su 08:00-20:00";
    let open = at(day, &[], "2026-03-03 19:30");
    assert_eq!((open.state, open.until), (State::Open, Some(t("2026-03-03 19:31"))));
    let soon = at(day, &[], "2026-03-03 19:31");
    assert_eq!((soon.state, soon.until), (State::ClosingSoon, Some(t("2026-03-03 20:00"))));
    assert_eq!(soon.closes_at, open.closes_at);
}

#[test]
fn an_end_that_nobody_knows_is_no_closing() {
    let open = at("24/7; PH off", &[], "2026-12-31 23:50");
    assert_eq!((open.state, open.closes_at, open.until), (State::Open, None, Some(t("2027-01-01 00:00"))));
}

#[test]
fn notices_prevail_over_hours_and_closing_over_opening() {
    let extended = notice(Effect::Open, "2026-03-03 18:00", Some("2026-03-03 22:00"));
    let closed = notice(Effect::Closed, "2026-03-03 19:00", Some("2026-03-04 12:00"));
    let day = "Mo-Su 08:00-20:00";
    let longer = at(day, std::slice::from_ref(&extended), "2026-03-03 19:50");
    assert_eq!(
        (longer.state, longer.closes_at, longer.notice),
        (State::Open, Some(t("2026-03-03 22:00")), Some(0))
    );
    let both = [extended, closed];
    let soon = at(day, &both, "2026-03-03 18:45");
    assert_eq!((soon.state, soon.closes_at), (State::ClosingSoon, Some(t("2026-03-03 19:00"))));
    let shut = at(day, &both, "2026-03-03 21:00");
    assert_eq!(
        (shut.state, shut.notice, shut.opens_at),
        (State::ClosedByNotice, Some(1), Some(t("2026-03-04 12:00")))
    );
}

#[test]
fn a_notice_without_end_leaves_the_next_opening_open() {
    let closed = notice(Effect::Closed, "2026-03-03 00:00", None);
    let shut = at("Mo-Su 08:00-20:00", &[closed], "2026-03-05 12:00");
    assert_eq!((shut.state, shut.until, shut.opens_at), (State::ClosedByNotice, None, None));
}

#[test]
fn uncertain_hours_are_unknown_but_notices_still_hold() {
    let open = notice(Effect::Open, "2026-03-03 08:00", Some("2026-03-03 10:00"));
    let unsure = |instant| state_at(false, None::<&Hours>, std::slice::from_ref(&open), t(instant));
    assert_eq!(unsure("2026-03-03 07:00").state, State::Unknown);
    let held = unsure("2026-03-03 09:45");
    assert_eq!((held.state, held.closes_at, held.until), (State::Open, None, Some(t("2026-03-03 10:00"))));
}

fn extension(grammar: &str, from: &str, to: Option<&str>) -> Notice {
    let mut openings = Openings::new(Calendar::built_in(), t(from).date());
    Notice { during: openings.of(grammar), ..notice(Effect::Open, from, to) }
}

#[test]
fn extended_hours_are_added_to_the_own_ones() {
    let heat = extension("07:00-22:00", "2026-07-01 00:00", Some("2026-07-04 00:00"));
    let told = |instant| at("Mo-Su 08:30-12:00,14:30-18:00", std::slice::from_ref(&heat), instant);
    let noon = told("2026-07-01 13:00");
    assert_eq!(
        (noon.state, noon.notice, noon.closes_at),
        (State::Open, Some(0), Some(t("2026-07-01 22:00")))
    );
    let night = told("2026-07-01 23:00");
    assert_eq!(
        (night.state, night.notice, night.opens_at),
        (State::Closed, None, Some(t("2026-07-02 07:00")))
    );
    assert_eq!(told("2026-07-03 23:00").opens_at, Some(t("2026-07-04 08:30")), "the regime is over by then");
    let before = told("2026-06-30 19:00");
    assert_eq!((before.state, before.opens_at), (State::Closed, Some(t("2026-07-01 07:00"))));
}

#[test]
fn a_closing_notice_prevails_over_extended_hours() {
    let heat = extension("24/7", "2026-07-01 00:00", None);
    let closed = notice(Effect::Closed, "2026-07-01 10:00", Some("2026-07-01 20:00"));
    let told = at("Mo-Su 08:00-18:00", &[heat, closed], "2026-07-01 12:00");
    assert_eq!((told.state, told.opens_at), (State::ClosedByNotice, Some(t("2026-07-01 20:00"))));
}

#[test]
fn uncertain_hours_are_certain_while_extended_ones_hold() {
    let heat = extension("18:00-22:00", "2026-07-01 00:00", None);
    let told = |instant| state_at(false, None::<&Hours>, std::slice::from_ref(&heat), t(instant));
    assert_eq!(
        (told("2026-07-01 17:00").state, told("2026-07-01 17:00").until),
        (State::Unknown, Some(t("2026-07-01 18:00")))
    );
    assert_eq!(
        (told("2026-07-01 19:00").state, told("2026-07-01 19:00").until),
        (State::Open, Some(t("2026-07-01 22:00")))
    );
}

#[test]
fn hours_that_take_turns_for_ever_have_no_end() {
    let nights = extension("20:00-08:00", "2026-07-01 00:00", None);
    let told = at("Mo-Su 08:00-20:00", &[nights], "2026-07-01 12:00");
    assert_eq!((told.state, told.closes_at, told.until), (State::Open, None, None));
}

#[test]
fn a_suspended_station_is_nothing_else() {
    let state = state_at(true, Some(&hours("24/7")), &[], t("2026-03-03 12:00"));
    assert_eq!(state, StateAt::lasting(State::Suspended));
    let all = course(true, Some(&hours("24/7")), &[], t("2026-03-03 12:00"), t("2028-03-03 12:00"));
    assert_eq!(all, [(t("2026-03-03 12:00"), StateAt::lasting(State::Suspended))]);
}

#[test]
fn seconds_of_notices_do_not_matter() {
    let from = t("2026-03-03 10:00") + TimeDelta::seconds(30);
    let to = Some(from + TimeDelta::hours(1));
    let closed = Notice { from, to, ..notice(Effect::Closed, "2026-03-03 10:00", None) };
    let all = course(
        false,
        Some(&hours("24/7")),
        &[closed],
        t("2026-03-03 10:00") + TimeDelta::seconds(10),
        t("2026-03-04 00:00"),
    );
    let all: Vec<_> = all.into_iter().map(|(at, now)| (at, now.state)).collect();
    assert_eq!(all, [(t("2026-03-03 10:00"), State::ClosedByNotice), (t("2026-03-03 11:00"), State::Open)]);
}

#[test]
fn words_are_read_as_they_are_written() {
    for state in State::ALL {
        assert_eq!(state.as_str().parse::<State>(), Ok(state));
        assert_eq!(serde_json::to_string(&state).unwrap(), format!("\"{state}\""));
    }
    assert!("OPEN".parse::<State>().is_err());
}

const GRAMMARS: [&str; 8] = [
    "24/7",
    "Mo-Su 08:30-12:00,14:30-18:00",
    "Mo-Fr 09:00-17:00; PH off",
    "22:00-06:00",
    "Mo-Fr 08:00-18:00; Sa,Su,PH 10:00-16:00",
    "Nov 15-Mar 15 08:00-20:00",
    "24/7; PH off",
    "Mo-Fr 09:00-17:00 || Sa unknown",
];

/// Hours that notices add; most add every hour.
const EXTENSIONS: [Option<&str>; 6] =
    [None, None, None, Some("18:00-22:00"), Some("20:00-08:00"), Some("Mo-Fr 06:00-23:00; PH off")];

/// Notices at any minute of the two weeks after a start, some without end.
fn notices(start: NaiveDateTime) -> impl Strategy<Value = Vec<Notice>> {
    let mut openings = Openings::new(Calendar::built_in(), start.date());
    let during: Vec<_> = EXTENSIONS.iter().map(|grammar| grammar.and_then(|g| openings.of(g))).collect();
    let part = (0i64..20_000, proptest::option::of(0i64..5_000), any::<bool>(), 0..EXTENSIONS.len());
    let one = part.prop_map(move |(from, length, closed, which)| {
        let from = start + TimeDelta::minutes(from);
        Notice {
            from,
            to: length.map(|length| from + TimeDelta::minutes(length)),
            effect: if closed { Effect::Closed } else { Effect::Open },
            during: (!closed).then(|| during[which].clone()).flatten(),
            reason: "".into(),
            origin: Origin::Station,
        }
    });
    proptest::collection::vec(one, 0..4)
}

fn scene() -> impl Strategy<Value = (&'static str, NaiveDate, Vec<Notice>)> {
    // From the autumn of 2026 into the spring of 2027, so across the unpublished New Year.
    let start = NaiveDate::from_ymd_opt(2026, 9, 15).unwrap();
    (0usize..GRAMMARS.len(), 0u64..200).prop_flat_map(move |(which, days)| {
        let from = start + chrono::Days::new(days);
        notices(from.and_time(NaiveTime::MIN)).prop_map(move |notices| (GRAMMARS[which], from, notices))
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn every_minute_is_what_the_changes_say((grammar, day, notices) in scene()) {
        let hours = Timeline::new(hours(grammar), day);
        let from = day.and_time(NaiveTime::MIN);
        let to = from + TimeDelta::days(2);
        let all = course(false, Some(&hours), &notices, from, to);
        prop_assert!(all.windows(2).all(|pair| pair[0].0 < pair[1].0 && pair[0].1 != pair[1].1));
        for n in 0..2 * 1440 {
            let at = from + TimeDelta::minutes(n);
            let now = state_at(false, Some(&hours), &notices, at);
            let next = all.partition_point(|(begin, _)| *begin <= at);
            prop_assert_eq!(now, all[next - 1].1, "{}", at);
            prop_assert_eq!(now.state.is_open() && now.opens_at.is_some(), false);
        }
    }

    #[test]
    fn worked_out_days_decide_like_the_rules((grammar, day, notices) in scene(), minute in -3_000i64..20_000) {
        let hours = hours(grammar);
        let timeline = Timeline::new(hours.clone(), day);
        let at = day.and_time(NaiveTime::MIN) + TimeDelta::minutes(minute);
        prop_assert_eq!(
            state_at(false, Some(&timeline), &notices, at),
            state_at(false, Some(&hours), &notices, at)
        );
    }
}
