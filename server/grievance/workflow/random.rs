//! Cases under random hands: whatever is tried, a case keeps an owner and a deadline.

use chrono::{DateTime, TimeDelta, Utc};
use proptest::prelude::*;

use super::super::model::{Desk, Grade, Identity, Outcome, State, Urgency};
use super::*;
use crate::calendar::{Calendar, Shifts};
use crate::ids::{DepartmentId, TaskId};
use crate::time::Zone;
use uuid::Uuid;

/// Steps of one sequence.
const STEPS: usize = 40;
/// So many sequences are tried where the environment names no number (`YIZHAN_SEQUENCES`).
const SEQUENCES: u32 = 2_000;

fn sequences() -> u32 {
    std::env::var("YIZHAN_SEQUENCES").ok().and_then(|text| text.parse().ok()).unwrap_or(SEQUENCES)
}

/// Everybody that a case may meet.
fn people() -> Vec<Doer> {
    let staff = |n: u128, desks: &[Desk], next_level| Doer::Staff {
        account: AccountId(Uuid::from_u128(n)),
        desks: desks.to_vec(),
        next_level,
    };
    vec![
        Doer::Reporter,
        Doer::Service,
        staff(1, &[Desk::Intake], false),
        staff(2, &[Desk::Intake, Desk::Referee], false),
        staff(3, &[Desk::Handler], false),
        staff(4, &[Desk::Handler], false),
        staff(5, &[Desk::Caller], false),
        staff(6, &[Desk::Supervisor], true),
        staff(7, &[Desk::Archivist], false),
        staff(8, Desk::ALL, true),
    ]
}

/// What one hand tries: who, what, with which values, after how many hours.
type Try = (usize, usize, u32, u8);

fn deed(action: Action, value: u32) -> Deed {
    let person = |n: u32| AccountId(Uuid::from_u128(u128::from(n)));
    let department = DepartmentId(Uuid::from_u128(9));
    let task = Task {
        id: TaskId(Uuid::from_u128(u128::from(value))),
        department,
        handler: person(4),
        is_done: false,
    };
    Deed {
        department: Some(department),
        handler: Some(person(3 + value % 2)),
        tasks: if value.is_multiple_of(3) { vec![task.clone()] } else { Vec::new() },
        task: Some(task.id),
        days: Some(value % 20),
        level: Some(value % 5),
        outcome: Some(Outcome::ALL[value as usize % Outcome::ALL.len()]),
        reached: Some(!value.is_multiple_of(4)),
        solved: Some(value.is_multiple_of(2)),
        grade: Some(Grade::ALL[value as usize % Grade::ALL.len()]),
        uphold: Some(value.is_multiple_of(2)),
        urgency: Some(Urgency::ALL[value as usize % Urgency::ALL.len()]),
        parent: Some(crate::ids::GrievanceId(Uuid::from_u128(7))),
        ..Deed::of(action)
    }
}

/// What must hold of every case at every time.
fn must_hold(case: &Case, clock: &Clock<'_>, now: DateTime<Utc>) {
    let due = clock.due(&case.clock, now);
    assert!(due.at >= case.clock.began(), "a deadline lies after the beginning");
    let has_step = case.step.is_some();
    assert_eq!(has_step, case.state.is_open(), "{}: an open case awaits a step", case.state);
    let is_handled = matches!(case.state, State::Dispatched | State::Accepted | State::InProgress);
    assert!(!is_handled || case.handler.is_some(), "{}: somebody handles it", case.state);
    assert!(!is_handled || case.department.is_some(), "{}: a department leads", case.state);
    assert_eq!(case.owner() == Owner::Nobody, case.state == State::Archived);
    assert!(case.state != State::Archived || case.supervision == 0, "nothing supervised is archived");
    let is_asked =
        matches!(case.state, State::NeedsInfo | State::Answered | State::CalledBack | State::Merged);
    assert!(!is_asked || case.clock.is_paused(), "{}: its clock stands still", case.state);
    let is_done = matches!(case.state, State::Closed | State::Archived);
    assert!(!is_done || case.round > 0);
    assert!(case.state != State::Closed || case.closed.is_some());
}

/// One step: what is open to somebody can be done, and nothing else.
fn one(case: &mut Case, (_, what, value, _): Try, at: &Moment<'_>, doer: &Doer) -> bool {
    let open = allowed(case, doer, at);
    // Most hands do what is open to them, so that cases come far; the others try anything.
    let action = match open.len() {
        n if n > 0 && value % 10 < 7 => open[what % n].action,
        _ => Action::ALL[what % Action::ALL.len()],
    };
    let open = open.iter().any(|step| step.action == action);
    match act(case, &deed(action, value), doer, at) {
        Ok(after) => {
            assert!(open, "{action} was done in {} and is not among the allowed", case.state);
            *case = after;
            true
        }
        Err(Refused::Field(_) | Refused::Clock(_)) => false,
        Err(refused) => {
            assert!(!open, "{action} is allowed in {} and was refused: {refused:?}", case.state);
            false
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: sequences(), max_shrink_iters: 2_000, ..ProptestConfig::default() })]

    #[test]
    fn no_sequence_loses_a_case(
        urgency in 0..Urgency::ALL.len(),
        anonymous: bool,
        tries in prop::collection::vec((0..10_usize, 0..40_usize, 0..1_000_u32, 0..60_u8), 1..STEPS),
    ) {
        let (calendar, shifts) = (Calendar::built_in(), Shifts::parse(&["08:30-12:00", "14:30-18:00"]).unwrap());
        let clock = Clock { calendar: &calendar, zone: Zone(chrono_tz::Asia::Shanghai), shifts: &shifts };
        let (rules, people) = (Rules::usual().unwrap(), people());
        let mut now: DateTime<Utc> = "2026-02-12T01:00:00Z".parse().unwrap();
        let identity = if anonymous { Identity::Anonymous } else { Identity::Named };
        let mut case = begun(Urgency::ALL[urgency], identity, &rules, now).unwrap();
        for one_try in tries {
            now += TimeDelta::hours(i64::from(one_try.3));
            let leader = one_try.2.is_multiple_of(2).then_some(AccountId(Uuid::from_u128(3)));
            let at = Moment { now, clock, rules: &rules, leader };
            let round = case.round;
            one(&mut case, one_try, &at, &people[one_try.0]);
            must_hold(&case, &clock, now);
            prop_assert!(case.round == round || case.round == round + 1);
        }
    }
}
