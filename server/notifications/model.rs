//! What can be told: kinds in groups, and a notice with its number and day.

use chrono::{DateTime, NaiveDate, Utc};

use crate::audit::Object;
use crate::code::codes;

codes! {
    /// What happened. Each kind has words in `words.rs` and belongs to a group.
    Kind {
        GrievanceSubmitted = "grievance_submitted", GrievanceDispatched = "grievance_dispatched",
        GrievanceReturned = "grievance_returned", GrievanceDueSoon = "grievance_due_soon",
        GrievanceOverdue = "grievance_overdue", GrievanceEscalated = "grievance_escalated",
        GrievanceSupervised = "grievance_supervised",
        GrievanceExtensionAsked = "grievance_extension_asked",
        GrievanceExtensionDecided = "grievance_extension_decided", GrievanceMessage = "grievance_message",
        GrievanceAnswered = "grievance_answered", GrievanceCallBackDue = "grievance_call_back_due",
        GrievanceRedo = "grievance_redo", GrievanceReopened = "grievance_reopened",
        GrievanceAppealed = "grievance_appealed", GrievanceDeclineProposed = "grievance_decline_proposed",
        GrievanceStepDue = "grievance_step_due", GrievanceReminded = "grievance_reminded",
        GrievanceNoReply = "grievance_no_reply",
    }
}

codes! {
    /// Kinds for which somebody chooses channels together: what is to be done, what is running out, what is new.
    Group { Work = "work", Deadline = "deadline", News = "news" }
}

impl Kind {
    /// The group that it belongs to.
    pub fn group(self) -> Group {
        match self {
            Self::GrievanceSubmitted
            | Self::GrievanceDispatched
            | Self::GrievanceReturned
            | Self::GrievanceExtensionAsked
            | Self::GrievanceCallBackDue
            | Self::GrievanceRedo
            | Self::GrievanceReopened
            | Self::GrievanceAppealed
            | Self::GrievanceDeclineProposed => Group::Work,
            Self::GrievanceDueSoon
            | Self::GrievanceStepDue
            | Self::GrievanceReminded
            | Self::GrievanceNoReply
            | Self::GrievanceOverdue
            | Self::GrievanceEscalated
            | Self::GrievanceSupervised => Group::Deadline,
            Self::GrievanceExtensionDecided | Self::GrievanceMessage | Self::GrievanceAnswered => Group::News,
        }
    }
}

/// Something that somebody is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// What happened.
    pub kind: Kind,
    /// To what.
    pub object: Object,
    /// The number that people know it by.
    pub number: Option<String>,
    /// The day that matters, in the city's zone.
    pub due: Option<NaiveDate>,
    /// From when on it is shown and sent; its id and its row tell no other time. Where nothing may tell when
    /// somebody was here, this is a coarse time, such as the next half-day.
    pub at: DateTime<Utc>,
}

/// The screen that an object has: a path of this service.
pub(super) fn link(object_type: &str, id: &str) -> Option<String> {
    match object_type {
        "grievance" => Some(format!("/grievances#/case/{id}")),
        _ => None,
    }
}
