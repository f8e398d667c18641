//! What comes in about cases, as bodies of requests, and what is wrong with it.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::model::{
    Channel, Grade, Identity, Kind, MOST_ATTACHMENTS, Outcome, SUMMARY_CHARS, TEXT_CHARS, UNIT_CHARS,
    Urgency, WORDS_CHARS,
};
use super::sealed::Contact;
use super::workflow::Action;
use crate::delivery::is_mail_address;
use crate::error::{Error, FieldError};
use crate::ids::{AccountId, Adcode, AttachmentId, DepartmentId, StationId, TaskId};
use crate::stations::life::patch::remark;

/// The most characters of a name.
const NAME_CHARS: usize = 40;
/// The most co-handlers of a case.
pub(super) const MOST_CO_HANDLERS: usize = 10;

/// What somebody files.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = GrievanceWish)]
pub struct Wish {
    /// What is wanted.
    pub kind: Kind,
    /// The way by which it comes; of anybody `web` or `station`.
    pub channel: Channel,
    /// What it is about, by its code.
    #[schema(max_length = 40)]
    pub category: String,
    /// In one's own words.
    #[schema(min_length = 1, max_length = 5000)]
    pub text: String,
    /// Who learns who it is.
    pub identity: Identity,
    /// How the reporter can be reached: a number or a mail address is needed where the identity is `named`, and nothing of
    /// it is taken where it is `anonymous`.
    pub contact: Option<ContactWish>,
    /// Where the reporter works.
    #[schema(max_length = 80)]
    pub unit: Option<String>,
    /// The station that it is about, or where its code was scanned.
    #[schema(value_type = Option<String>, format = Uuid)]
    pub station_id: Option<StationId>,
    /// The number of a report that it goes on from.
    #[schema(max_length = 40)]
    pub report_number: Option<String>,
    /// The district; without one that of the station.
    #[schema(value_type = Option<String>)]
    pub district: Option<Adcode>,
    /// What `POST /api/v1/uploads?for=grievance` answered, at most an hour ago; at most 6.
    #[serde(default)]
    #[schema(value_type = Vec<String>, max_items = 6)]
    pub attachments: Vec<AttachmentId>,
    /// Whether it may be published, in words written for that.
    pub publish: bool,
}

/// How a reporter can be reached.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = GrievanceContact)]
pub struct ContactWish {
    /// The name.
    #[schema(max_length = 40)]
    pub name: Option<String>,
    /// The number: digits, at most 20.
    #[schema(max_length = 30)]
    pub phone: Option<String>,
    /// The mail address, to which the service writes that there is news, and never what.
    #[schema(max_length = 254)]
    pub mail: Option<String>,
}

/// A wish that can be filed.
#[derive(Debug, Clone)]
pub struct Checked {
    /// As it came, with texts cut clean.
    pub wish: Wish,
    /// How the reporter can be reached.
    pub contact: Option<Contact>,
}

impl Wish {
    /// Reads it.
    ///
    /// # Errors
    /// [`Error::Refused`] with each field that is wrong.
    pub fn checked(mut self) -> Result<Checked, Error> {
        let mut wrong = Vec::new();
        self.text = needed(&mut wrong, "text", &self.text, TEXT_CHARS);
        self.unit = line(&mut wrong, "unit", self.unit.as_deref(), UNIT_CHARS);
        self.report_number = line(&mut wrong, "report_number", self.report_number.as_deref(), NAME_CHARS);
        few(&mut wrong, &self.attachments);
        let contact = self.contact.as_ref().and_then(|contact| contact.checked(&mut wrong));
        if let Some(error) = unfit(self.identity, contact.as_ref()) {
            wrong.push(error);
        }
        if wrong.is_empty() { Ok(Checked { wish: self, contact }) } else { Err(Error::Refused(wrong)) }
    }
}

impl ContactWish {
    fn checked(&self, wrong: &mut Vec<FieldError>) -> Option<Contact> {
        let name = line(wrong, "contact.name", self.name.as_deref(), NAME_CHARS);
        let phone = self.phone.as_deref().filter(|text| !text.trim().is_empty()).map(phone);
        if phone == Some(None) {
            let (zh, en) = ("电话要写 5 到 20 位数字。", "must be 5 to 20 digits");
            wrong.push(FieldError::new("contact.phone", "unreadable", zh, en));
        }
        let mail = self.mail.as_deref().map(str::trim).filter(|text| !text.is_empty());
        if mail.is_some_and(|text| !is_mail_address(text)) {
            let (zh, en) =
                ("邮箱要写成 name@example.cn 这样。", "must be a mail address such as name@example.cn");
            wrong.push(FieldError::new("contact.mail", "unreadable", zh, en));
        }
        let contact = Contact { name, phone: phone.flatten(), mail: mail.map(str::to_owned) };
        (contact != Contact::default()).then_some(contact)
    }
}

/// A number without what people put between its digits.
pub(super) fn phone(given: &str) -> Option<String> {
    let kept: String = given.chars().filter(|c| !matches!(c, ' ' | '-' | '(' | ')')).collect();
    let digits = kept.strip_prefix('+').unwrap_or(&kept);
    ((5..=20).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit())).then_some(kept)
}

/// Whether who is named fits the identity that is asked for.
fn unfit(identity: Identity, contact: Option<&Contact>) -> Option<FieldError> {
    let can_be_reached = contact.is_some_and(|contact| contact.phone.is_some() || contact.mail.is_some());
    match (identity, contact) {
        (Identity::Named, _) if !can_be_reached => {
            let (zh, en) = (
                "留名要写电话或邮箱，办的人好联系您；不想写就选匿名。",
                "a number or a mail address is needed; or choose to stay anonymous",
            );
            Some(FieldError::new("contact.phone", "missing", zh, en))
        }
        (Identity::Anonymous, Some(_)) => {
            let (zh, en) = (
                "匿名不收姓名、电话和邮箱，请删去，或改选保密。",
                "nothing of this is taken anonymously; remove it, or choose confidential",
            );
            Some(FieldError::new("contact", "contradiction", zh, en))
        }
        _ => None,
    }
}

/// A text that must be there.
pub(super) fn needed(wrong: &mut Vec<FieldError>, field: &'static str, text: &str, most: usize) -> String {
    let read = line(wrong, field, Some(text), most);
    if read.is_none() && !wrong.iter().any(|error| error.field == field) {
        wrong.push(FieldError::new(field, "missing", "必须填写。", "is required"));
    }
    read.unwrap_or_default()
}

/// A text that may be there.
pub(super) fn line(
    wrong: &mut Vec<FieldError>,
    field: &'static str,
    text: Option<&str>,
    most: usize,
) -> Option<String> {
    match remark(field, text, most) {
        Ok(text) => text,
        Err(Error::Refused(errors) | Error::Malformed(errors)) => {
            wrong.extend(errors);
            None
        }
        Err(_) => None,
    }
}

fn few(wrong: &mut Vec<FieldError>, attachments: &[AttachmentId]) {
    if attachments.len() > MOST_ATTACHMENTS {
        let zh = format!("附件最多 {MOST_ATTACHMENTS} 个。");
        wrong.push(FieldError::new("attachments", "too_many", zh, format!("at most {MOST_ATTACHMENTS}")));
    }
}

/// What leads back to a case.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = GrievanceKey)]
pub struct KeyWish {
    /// Its number, such as `2026-000132`.
    #[schema(max_length = 100)]
    pub number: String,
    /// Its receipt: 20 digits.
    #[schema(max_length = 100)]
    pub receipt: String,
}

/// What a reporter sends about his case.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = GrievanceMessage)]
pub struct MessageWish {
    /// Its number.
    #[schema(max_length = 100)]
    pub number: String,
    /// Its receipt.
    #[schema(max_length = 100)]
    pub receipt: String,
    /// In one's own words.
    #[schema(min_length = 1, max_length = 5000)]
    pub text: String,
    /// As with a case.
    #[serde(default)]
    #[schema(value_type = Vec<String>, max_items = 6)]
    pub attachments: Vec<AttachmentId>,
}

/// What a reporter does with his case.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = GrievanceReporterAction)]
pub struct ReporterWish {
    /// Its number.
    #[schema(max_length = 100)]
    pub number: String,
    /// Its receipt.
    #[schema(max_length = 100)]
    pub receipt: String,
    /// `withdraw`, `reopen` or `appeal`.
    pub action: Action,
    /// Why; needed to reopen and to appeal.
    #[schema(max_length = 5000)]
    pub text: Option<String>,
}

/// Which file of his case a reporter wants.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = GrievanceFileKey)]
pub struct FileWish {
    /// The case's number.
    #[schema(max_length = 100)]
    pub number: String,
    /// Its receipt.
    #[schema(max_length = 100)]
    pub receipt: String,
    /// The file.
    #[schema(value_type = String, format = Uuid)]
    pub id: AttachmentId,
}

/// What staff do with a case. Which fields an action needs, the case's `allowed` says.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = GrievanceAction)]
pub struct ActWish {
    /// What.
    pub action: Action,
    /// Words with it; who reads them depends on the action.
    #[schema(max_length = 5000)]
    pub text: Option<String>,
    /// Where else the reporter can turn.
    #[schema(max_length = 5000)]
    pub turn_to: Option<String>,
    /// The number of the case that it joins.
    #[schema(max_length = 100)]
    pub into: Option<String>,
    /// The lead department.
    #[schema(value_type = Option<String>, format = Uuid)]
    pub department: Option<DepartmentId>,
    /// The person who handles it.
    #[schema(value_type = Option<String>, format = Uuid)]
    pub handler: Option<AccountId>,
    /// Who else has something to do; at most 10.
    #[serde(default)]
    #[schema(max_items = 10)]
    pub co_handlers: Vec<CoHandlerWish>,
    /// A task that is done.
    #[schema(value_type = Option<String>, format = Uuid)]
    pub task: Option<TaskId>,
    /// Working days of an extension.
    #[schema(minimum = 1, maximum = 15)]
    pub days: Option<u32>,
    /// The level of a supervision.
    #[schema(minimum = 1, maximum = 3)]
    pub level: Option<u32>,
    /// What an answer comes to.
    pub outcome: Option<Outcome>,
    /// Whether the reporter was reached.
    pub reached: Option<bool>,
    /// Whether he says that it is solved.
    pub solved: Option<bool>,
    /// How content he is.
    pub grade: Option<Grade>,
    /// Whether the closing stands.
    pub uphold: Option<bool>,
    /// Another category.
    #[schema(max_length = 40)]
    pub category: Option<String>,
    /// Another urgency.
    pub urgency: Option<Urgency>,
    /// A subject of the closed list.
    #[schema(max_length = 40)]
    pub subject: Option<String>,
    /// Where the reporter works.
    #[schema(max_length = 80)]
    pub unit: Option<String>,
    /// The matter in one line.
    #[schema(max_length = 120)]
    pub summary: Option<String>,
    /// Another district.
    #[schema(value_type = Option<String>)]
    pub district: Option<Adcode>,
    /// As with a case.
    #[serde(default)]
    #[schema(value_type = Vec<String>, max_items = 6)]
    pub attachments: Vec<AttachmentId>,
}

/// Who else has something to do.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = GrievanceCoHandler)]
pub struct CoHandlerWish {
    /// The department.
    #[schema(value_type = String, format = Uuid)]
    pub department: DepartmentId,
    /// Who.
    #[schema(value_type = String, format = Uuid)]
    pub handler: AccountId,
    /// What.
    #[schema(min_length = 1, max_length = 5000)]
    pub text: String,
}

impl ActWish {
    /// Reads its texts.
    ///
    /// # Errors
    /// [`Error::Refused`] with each field that is wrong.
    pub fn checked(mut self) -> Result<Self, Error> {
        let mut wrong = Vec::new();
        self.text = line(&mut wrong, "text", self.text.as_deref(), WORDS_CHARS);
        self.turn_to = line(&mut wrong, "turn_to", self.turn_to.as_deref(), WORDS_CHARS);
        self.unit = line(&mut wrong, "unit", self.unit.as_deref(), UNIT_CHARS);
        self.summary = line(&mut wrong, "summary", self.summary.as_deref(), SUMMARY_CHARS);
        few(&mut wrong, &self.attachments);
        if self.co_handlers.len() > MOST_CO_HANDLERS {
            let zh = format!("协办最多 {MOST_CO_HANDLERS} 个。");
            let en = format!("at most {MOST_CO_HANDLERS}");
            wrong.push(FieldError::new("co_handlers", "too_many", zh, en));
        }
        for co_handler in &mut self.co_handlers {
            co_handler.text = needed(&mut wrong, "co_handlers.text", &co_handler.text, WORDS_CHARS);
        }
        if wrong.is_empty() { Ok(self) } else { Err(Error::Refused(wrong)) }
    }
}

impl MessageWish {
    /// Reads it.
    ///
    /// # Errors
    /// [`Error::Refused`] with each field that is wrong.
    pub fn checked(mut self) -> Result<Self, Error> {
        let mut wrong = Vec::new();
        self.text = needed(&mut wrong, "text", &self.text, TEXT_CHARS);
        few(&mut wrong, &self.attachments);
        if wrong.is_empty() { Ok(self) } else { Err(Error::Refused(wrong)) }
    }
}
