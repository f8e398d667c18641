//! The life of a case: a table of steps, the rules beside it, and what each step changes.
//!
//! Pure: a case, what is done, who does it and when give the case after it, or why not. Nothing here reads a word of
//! anybody.

mod act;
mod allowed;
mod case;
mod deed;
mod doer;
pub mod drawn;
mod rules;
mod table;

#[cfg(test)]
mod random;
#[cfg(test)]
mod stories;

use chrono::{DateTime, NaiveDate, Utc};

pub use act::{act, begun};
pub use allowed::allowed;
pub use case::{Calls, Case, Owner, Said, Task, Verdict};
pub use deed::Deed;
pub use doer::Doer;
pub use rules::Rules;
pub use table::{Action, Need, Step, TABLE, Who};

use crate::calendar::{Clock, RunError};
use crate::error::Words;
use crate::ids::AccountId;

/// When something is done, and by which rules.
#[derive(Debug, Clone, Copy)]
pub struct Moment<'a> {
    /// The instant. Of an anonymous reporter it is the end of his day.
    pub now: DateTime<Utc>,
    /// By what time is counted.
    pub clock: Clock<'a>,
    /// How long each step may take.
    pub rules: &'a Rules,
    /// Who has a case that was returned twice: the leader of its department.
    pub leader: Option<AccountId>,
}

impl Moment<'_> {
    /// The local day of an instant.
    pub fn day_of(&self, instant: DateTime<Utc>) -> NaiveDate {
        self.clock.zone.local(instant).date()
    }
}

/// Why something cannot be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refused {
    /// Nobody can do it where the case stands.
    WrongState,
    /// Others can, he cannot.
    NotYours,
    /// A rule stands in the way; its code.
    Rule(&'static str),
    /// A field is missing or wrong; its name.
    Field(&'static str),
    /// A clock cannot do that.
    Clock(RunError),
}

impl From<RunError> for Refused {
    fn from(error: RunError) -> Self {
        Self::Clock(error)
    }
}

impl Refused {
    /// Its code.
    pub fn code(self) -> &'static str {
        match self {
            Self::WrongState => "wrong_state",
            Self::NotYours => "not_yours",
            Self::Rule(code) => code,
            Self::Field(_) => "field",
            Self::Clock(_) => "clock",
        }
    }

    /// Why, and what to do.
    pub fn words(self) -> Words {
        let (zh, en) = match self {
            Self::WrongState => (
                "诉求现在的状态不能这样做，请看现在能做什么。",
                "The case is past this step; see what can be done now.",
            ),
            Self::NotYours => (
                "这一步由别人来做，请看您现在能做什么。",
                "This step is for somebody else; see what you can do now.",
            ),
            Self::Field(_) => ("有一项没有填对。", "A field is missing or wrong."),
            Self::Clock(_) => ("期限改动太多，不能再改。", "The deadline was changed too often."),
            Self::Rule(code) => reason(code),
        };
        Words::new(zh, en)
    }
}

/// The sentence of a rule.
fn reason(code: &str) -> (&'static str, &'static str) {
    match code {
        "decline_proposed" => (
            "有人提议不予受理，请先由第二个人决定。",
            "Declining was proposed; a second person decides that first.",
        ),
        "second_person" => (
            "提议不予受理的人不能自己同意，请换一个人。",
            "Who proposed it cannot confirm it; ask another person.",
        ),
        "nothing_proposed" => ("没有不予受理的提议。", "Nobody proposed to decline it."),
        "returned_twice" => {
            ("已经退回两次，由分管领导承办，不能再退。", "It was returned twice and stays with the leader.")
        }
        "asked_before" => {
            ("已经申请过延期，等待决定。", "An extension was asked for and is not decided yet.")
        }
        "nothing_asked" => ("没有待决定的延期申请。", "Nobody asks for an extension."),
        "highest_level" => ("已经是最高一级督办。", "It is supervised at the highest level."),
        "not_supervised" => ("没有在督办。", "It is not supervised."),
        "tasks_open" => ("协办还没有完成，请先完成协办。", "A co-handler's task is open; finish it first."),
        "nothing_to_redo" => (
            "反映人没有说不满意或没解决，不用重办。",
            "The reporter is content; there is nothing to do again.",
        ),
        "must_redo" => {
            ("反映人不满意或没解决，请先重办。", "The reporter is not content; do it again first.")
        }
        "appealed_before" => ("已经复核过一次，不能再申请。", "It was appealed before; once is all."),
        "too_late" => ("已经过了期限。", "It is too late for this."),
        "supervised" => {
            ("还在督办，请督办员先解除。", "It is supervised; the supervisor signs it off first.")
        }
        "may_be_reopened" => (
            "反映人还可以要求重新办理，过了这几天再归档。",
            "Its reporter may still reopen it; archive it after these days.",
        ),
        "no_change" => ("没有改动。", "Nothing changes."),
        _ => ("现在不能这样做。", "This cannot be done now."),
    }
}
