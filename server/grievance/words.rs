//! What is said with a step, and what intake says of a case.

use super::wish::ActWish;
use super::workflow::{Action, Need, TABLE};
use crate::error::{Error, FieldError};
use crate::ids::{Adcode, AttachmentId};

/// The words of a step.
pub(super) struct Words {
    /// What stands with its event.
    pub(super) text: Option<String>,
    /// Files with it.
    pub(super) attachments: Vec<AttachmentId>,
    /// What each co-handler has to do, in the order of the tasks.
    pub(super) tasks: Vec<String>,
    /// What changes of the case's own words and codes.
    pub(super) class: Class,
}

/// What intake says of a case.
#[derive(Default)]
pub(super) struct Class {
    pub(super) category: Option<String>,
    pub(super) subject: Option<String>,
    pub(super) unit: Option<String>,
    pub(super) summary: Option<String>,
    pub(super) district: Option<Adcode>,
}

impl Words {
    /// What a reporter says.
    pub(super) fn said(text: Option<String>, attachments: Vec<AttachmentId>) -> Self {
        Self { text, attachments, tasks: Vec::new(), class: Class::default() }
    }

    /// What staff say. Where else to turn stands under the reason.
    pub(super) fn of(wish: &ActWish) -> Result<Self, Error> {
        must_have_words(wish)?;
        let turn_to = wish.turn_to.as_ref().filter(|_| wish.action == Action::ProposeDecline);
        let text = match (&wish.text, turn_to) {
            (Some(text), Some(turn_to)) => Some(format!("{text}\n{turn_to}")),
            (text, _) => text.clone(),
        };
        let class = Class {
            category: wish.category.clone(),
            subject: wish.subject.clone(),
            unit: wish.unit.clone(),
            summary: wish.summary.clone(),
            district: wish.district,
        };
        let tasks = wish.co_handlers.iter().map(|co_handler| co_handler.text.clone()).collect();
        Ok(Self { text, attachments: wish.attachments.clone(), tasks, class })
    }
}

/// A field that must be there.
pub(super) fn missing(field: &'static str) -> Error {
    Error::Refused(vec![FieldError::new(field, "missing", "必须填写。", "is required")])
}

/// Refuses a step that lacks the words it needs.
fn must_have_words(wish: &ActWish) -> Result<(), Error> {
    let needs = |need: Need| TABLE.iter().any(|s| s.action == wish.action && s.needs.contains(&need));
    if needs(Need::Words(true)) && wish.text.is_none() {
        return Err(missing("text"));
    }
    if needs(Need::TurnTo) && wish.turn_to.is_none() {
        return Err(missing("turn_to"));
    }
    let is_classed = wish.category.is_some()
        || wish.urgency.is_some()
        || wish.subject.is_some()
        || wish.unit.is_some()
        || wish.summary.is_some()
        || wish.district.is_some();
    if needs(Need::Class) && !is_classed { Err(missing("category")) } else { Ok(()) }
}
