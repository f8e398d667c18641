//! How soon a case is dispatched and answered, in words: from the same rules that its clock runs by.

use maud::{Markup, html};

use super::words::Said;
use crate::calendar::{Limit, Unit};
use crate::error::Error;
use crate::grievance::model::Urgency;
use crate::grievance::workflow::Rules;

/// The rules of the present.
pub(super) fn rules() -> Result<Rules, Error> {
    Rules::usual().map_err(|e| Error::Internal(e.to_string()))
}

/// An amount of time: `2 个工作小时`.
pub(super) fn span(said: &Said, limit: Limit) -> String {
    let (amount, is_hours) = (limit.amount(), limit.amount().is_multiple_of(60));
    match limit.unit() {
        Unit::WorkingMinutes if is_hours => said.working_hours.with(amount / 60),
        Unit::WorkingMinutes => said.working_minutes.with(amount),
        Unit::Minutes if is_hours => said.hours.with(amount / 60),
        Unit::Minutes => said.minutes.with(amount),
        Unit::WorkingDays => said.working_days.with(amount),
        Unit::Days => said.days.with(amount),
    }
}

/// What is promised for each urgency among those of the categories; the style sheet shows that of the chosen one.
pub(super) fn promises(said: &Said, rules: &Rules, urgencies: &[Urgency]) -> Markup {
    html! {
        div.promises {
            @for urgency in Urgency::ALL.iter().filter(|urgency| urgencies.contains(urgency)) {
                p class={ "cap " (urgency) } { (promise(said, rules, *urgency)) }
            }
        }
    }
}

fn promise(said: &Said, rules: &Rules, urgency: Urgency) -> String {
    let (dispatch, answer) = (span(said, rules.dispatch(urgency)), span(said, rules.answer(urgency)));
    let text = said.promise.fill(&[("dispatch", &dispatch), ("answer", &answer)]);
    if rules.answer(urgency).unit() == Unit::Minutes {
        format!("{text} · {}", said.round_clock)
    } else {
        text
    }
}
