//! What a report is.

use chrono::NaiveDate;

use crate::calendar::Deadline;
use crate::code::codes;
use crate::error::{Error, FieldError, Words};
use crate::ids::{PictureId, ReportId, StationId};
use crate::stations::life::patch::remark;
use crate::stations::model::FacilityCode;

/// The most characters of what a worker writes.
pub const TEXT_CHARS: usize = 1_000;
/// The most characters of an answer.
pub const ANSWER_CHARS: usize = 1_000;
/// A confirmed locked door counts against its station for so many days.
pub const LOCKED_DAYS: i64 = 30;
/// So many confirmed locked doors within [`LOCKED_DAYS`] mark a station (and fail a clause of its rating).
pub const LOCKED_MARKS: i64 = 2;

codes! {
    /// What is wrong.
    Kind {
        Locked = "locked", WrongPlace = "wrong_place", FacilityBroken = "facility_broken", Gone = "gone",
        Other = "other",
    }
}

codes! {
    /// What staff found of a report.
    Verdict { Confirmed = "confirmed", Unfounded = "unfounded", Unclear = "unclear" }
}

codes! {
    /// Whether it is answered.
    ReportState { Open = "open", Answered = "answered" }
}

codes! {
    /// What was done with it.
    Action {
        Received = "received", Taken = "taken", HandedOver = "handed_over", Answered = "answered",
        Redacted = "redacted",
    }
}

/// What a worker reports.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wish {
    /// Of which station.
    pub station: StationId,
    /// What is wrong.
    pub kind: Kind,
    /// Which facility is broken.
    pub facility: Option<FacilityCode>,
    /// In his words.
    pub text: Option<String>,
    /// A picture that he sent before.
    pub photo: Option<PictureId>,
}

impl Wish {
    /// The same with its text within bounds and nothing that says nothing.
    ///
    /// # Errors
    /// [`Error::Refused`] with the field that is missing, too long, or of another kind of report.
    pub fn checked(&self) -> Result<Self, Error> {
        let text = remark("text", self.text.as_deref(), TEXT_CHARS)?;
        let refused =
            |field, code, zh: &str, en: &str| Err(Error::Refused(vec![FieldError::new(field, code, zh, en)]));
        match self.kind {
            Kind::FacilityBroken if self.facility.is_none() && text.is_none() => refused(
                "facility",
                "missing",
                "请选是哪项设施，或者写明什么坏了。",
                "choose the facility, or write what is broken",
            ),
            Kind::Other if text.is_none() && self.photo.is_none() => {
                refused("text", "missing", "请写明哪里不对。", "write what is wrong")
            }
            kind if kind != Kind::FacilityBroken && self.facility.is_some() => refused(
                "facility",
                "not_here",
                "只有“设施坏了”才写设施。",
                "a facility belongs to reports of the kind facility_broken only",
            ),
            _ => Ok(Self { text, ..self.clone() }),
        }
    }
}

/// What a worker is told of his report.
#[derive(Clone, PartialEq, Eq)]
pub struct Filed {
    /// Its id, for staff.
    pub id: ReportId,
    /// Its number.
    pub number: String,
    /// His receipt, which is shown once and kept by nobody else.
    pub receipt: String,
    /// The day on which it came in.
    pub day: NaiveDate,
    /// Until when it is answered.
    pub deadline: Deadline,
    /// The union that answers.
    pub owner: Words,
}

/// How many reports were answered in time.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct InTime {
    /// Answered on the last day or before.
    pub in_time: i64,
    /// Answered, or not answered although the last day is over.
    pub of: i64,
}
