//! What an inspection finds, and the rules for putting it right: kinds, states, working days.

use chrono::{Days, NaiveDate};

use crate::calendar::Calendar;
use crate::code::codes;
use crate::error::{Error, FieldError, Words};

/// The most days ahead that something may be due.
pub const MOST_DAYS: u64 = 180;

codes! {
    /// What a finding is about.
    FindingKind {
        ClosedInHours = "closed_in_hours", Facility = "facility", Hygiene = "hygiene", Safety = "safety",
        Sign = "sign", Hours = "hours", Access = "access", Other = "other",
    }
}

codes! {
    /// How far a finding is: to be put right, said to be put right, seen to be, or let go.
    FindingState { Open = "open", Fixed = "fixed", Verified = "verified", Dropped = "dropped" }
}

codes! {
    /// What is done with a finding.
    Step { Fixed = "fixed", Verify = "verify", Reopen = "reopen", Drop = "drop" }
}

impl Step {
    /// The state after it; none where it cannot be done in that state.
    pub fn from(self, state: FindingState) -> Option<FindingState> {
        use FindingState as S;
        match (self, state) {
            (Self::Fixed, S::Open) => Some(S::Fixed),
            (Self::Verify, S::Open | S::Fixed) => Some(S::Verified),
            (Self::Reopen, S::Fixed | S::Verified) => Some(S::Open),
            (Self::Drop, S::Open | S::Fixed) => Some(S::Dropped),
            _ => None,
        }
    }

    /// The word of the audit log.
    pub fn audited(self) -> &'static str {
        match self {
            Self::Fixed => "finding.fixed",
            Self::Verify => "finding.verify",
            Self::Reopen => "finding.reopen",
            Self::Drop => "finding.drop",
        }
    }
}

/// A step that the state of a finding does not allow.
pub fn wrong_state(state: FindingState) -> Error {
    let zh = match state {
        FindingState::Open => "这个问题还没整改。",
        FindingState::Fixed => "这个问题已报整改，等复查。",
        FindingState::Verified => "这个问题复查已通过。",
        FindingState::Dropped => "这个问题已撤销。",
    };
    let detail = Words::new(zh, format!("The finding is {state}, which does not allow this."));
    Error::Conflict { code: "wrong_state", detail }
}

/// Whether something is late: to be put right still, and its day is past.
pub fn is_overdue(state: FindingState, due: NaiveDate, today: NaiveDate) -> bool {
    state == FindingState::Open && due < today
}

/// The first working days after a day, at most `most` of them.
pub fn working_days(calendar: &Calendar, after: NaiveDate, most: usize) -> Vec<NaiveDate> {
    after.iter_days().skip(1).filter(|day| calendar.is_working_day(*day)).take(most).collect()
}

/// Refuses a day on which nothing can be due: not after the day it was seen, too far ahead, or a day off.
pub fn check_due(
    field: &str,
    calendar: &Calendar,
    seen: NaiveDate,
    due: NaiveDate,
) -> Result<(), FieldError> {
    let fault = |code, zh: String, en: String| Err(FieldError::new(field, code, zh, en));
    if due <= seen {
        return fault(
            "too_early",
            format!("要晚于检查那天（{seen}）。"),
            format!("must be later than {seen}"),
        );
    }
    if seen.checked_add_days(Days::new(MOST_DAYS)).is_none_or(|latest| due > latest) {
        return fault(
            "too_far",
            format!("最远 {MOST_DAYS} 天。"),
            format!("at most {MOST_DAYS} days after it was seen"),
        );
    }
    if !calendar.is_working_day(due) {
        let next = due.iter_days().find(|day| calendar.is_working_day(*day)).unwrap_or(due);
        return fault(
            "day_off",
            format!("{due} 不是工作日，之后最近的工作日是 {next}。"),
            format!("{due} is no working day; the next one is {next}"),
        );
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn steps_follow_the_life_of_a_finding() {
        use FindingState as S;
        for (state, allowed) in [
            (S::Open, [Some(S::Fixed), Some(S::Verified), None, Some(S::Dropped)]),
            (S::Fixed, [None, Some(S::Verified), Some(S::Open), Some(S::Dropped)]),
            (S::Verified, [None, None, Some(S::Open), None]),
            (S::Dropped, [None, None, None, None]),
        ] {
            for (step, after) in Step::ALL.iter().zip(allowed) {
                assert_eq!(step.from(state), after, "{step} of {state}");
            }
        }
    }

    #[test]
    fn something_is_due_on_a_working_day() {
        let calendar = Calendar::built_in();
        for (seen, due, fault) in [
            ("2026-11-24", "2026-11-25", None),
            ("2026-11-24", "2026-11-24", Some("too_early")),
            ("2026-11-24", "2026-11-28", Some("day_off")),
            ("2026-09-10", "2026-10-01", Some("day_off")),
            // A Saturday that is worked, and one that is not.
            ("2026-10-08", "2026-10-10", None),
            ("2026-10-08", "2026-10-17", Some("day_off")),
            ("2026-11-24", "2027-06-01", Some("too_far")),
        ] {
            let told = check_due("due", &calendar, day(seen), day(due)).err();
            assert_eq!(told.map(|f| f.code), fault, "{seen} {due}");
        }
        let fault = check_due("due", &calendar, day("2026-09-10"), day("2026-10-01")).unwrap_err();
        assert!(fault.detail.en.contains("2026-10-08"), "{}", fault.detail.en);
        let days = working_days(&calendar, day("2026-09-30"), 3);
        assert_eq!(days, [day("2026-10-08"), day("2026-10-09"), day("2026-10-10")]);
    }

    #[test]
    fn what_is_said_to_be_fixed_is_not_overdue() {
        let (due, later) = (day("2026-11-20"), day("2026-11-21"));
        for state in FindingState::ALL {
            assert_eq!(is_overdue(*state, due, later), *state == FindingState::Open);
            assert!(!is_overdue(*state, due, due));
        }
    }
}
