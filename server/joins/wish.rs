//! What comes in: a form of somebody who wants to join, and what staff change.

use serde::Deserialize;
use utoipa::ToSchema;

use super::model::{Person, State, digits_of};
use crate::accounts::consents::{self, Consent};
use crate::app::App;
use crate::error::{Error, FieldError};
use crate::ids::StationId;
use crate::stations::model::Trade;

/// The kind of the consent text.
pub(super) const CONSENT: &str = "join";
/// The most characters of a name.
pub const NAME_CHARS: usize = 40;
/// The most characters of a unit.
pub const UNIT_CHARS: usize = 100;
/// The most characters of a remark of staff.
pub(super) const NOTE_CHARS: usize = 1_000;

/// Somebody wants to join.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Join {
    /// The name, at most 40 characters.
    pub name: String,
    /// The number under which the union calls back.
    pub phone: String,
    /// Where the person works, at most 100 characters.
    pub unit: Option<String>,
    /// The trade.
    #[schema(value_type = Option<String>)]
    pub trade: Option<Trade>,
    /// The station whose code was scanned.
    #[schema(value_type = Option<String>, format = Uuid)]
    pub station_id: Option<StationId>,
    /// The version of the consent text that the person read and agreed to.
    pub consent_version: i64,
}

/// A form that can be kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filled {
    /// Who.
    pub person: Person,
    /// The trade.
    pub trade: Option<Trade>,
    /// Where the code was scanned.
    pub station: Option<StationId>,
    /// The version that was agreed to.
    pub consent_version: i64,
}

/// A change of staff.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Change {
    /// How far it has come now.
    #[schema(value_type = Option<String>)]
    pub state: Option<State>,
    /// A remark in place of the one before, at most 1,000 characters.
    pub note: Option<String>,
}

/// The consent text that is asked for at present.
pub async fn consent(app: &App) -> Result<Consent, Error> {
    let found = consents::newest(&app.db, CONSENT, app.config.zone()).await?;
    found.ok_or_else(|| Error::Internal("there is no consent text for joining".to_owned()))
}

impl Join {
    /// Reads the form.
    ///
    /// # Errors
    /// [`Error::Refused`] with each field that is wrong; an older consent text has to be read anew.
    pub fn read(self, newest: &Consent) -> Result<Filled, Error> {
        let mut wrong = Vec::new();
        let name = bounded(&mut wrong, "name", &self.name, NAME_CHARS);
        if name.is_none() && !wrong.iter().any(|e| e.field == "name") {
            wrong.push(FieldError::new("name", "missing", "请写姓名。", "give the name"));
        }
        let unit = self.unit.as_deref().and_then(|unit| bounded(&mut wrong, "unit", unit, UNIT_CHARS));
        let phone = digits_of(&self.phone);
        if phone.is_none() {
            let zh = "请写能打通的电话，如 13800138000。";
            wrong.push(FieldError::new("phone", "not_a_number", zh, "give a number such as 13800138000"));
        }
        if self.consent_version != newest.version {
            let zh = "请先看过并同意现在的说明。";
            let en = "read the present text and agree to it first";
            wrong.push(FieldError::new("consent_version", "not_agreed", zh, en));
        }
        let (Some(name), Some(phone), true) = (name, phone, wrong.is_empty()) else {
            return Err(Error::Refused(wrong));
        };
        let person = Person { name, phone, unit };
        let (trade, station) = (self.trade, self.station_id);
        Ok(Filled { person, trade, station, consent_version: newest.version })
    }
}

impl Change {
    /// Checks the change; the remark comes without the space around it.
    ///
    /// # Errors
    /// [`Error::Refused`] where a remark is too long, or a state is asked for that only the service gives.
    pub(super) fn read(self) -> Result<Self, Error> {
        let mut wrong = Vec::new();
        let note =
            self.note.as_deref().map(|n| bounded(&mut wrong, "note", n, NOTE_CHARS).unwrap_or_default());
        if self.state == Some(State::Erased) {
            let zh = "删除个人信息请用“删除”。";
            wrong.push(FieldError::new("state", "not_a_choice", zh, "erase it by its own request"));
        }
        if wrong.is_empty() { Ok(Self { note, ..self }) } else { Err(Error::Refused(wrong)) }
    }
}

/// A text without control characters and the space around it; `None` where it is empty or too long.
fn bounded(wrong: &mut Vec<FieldError>, field: &'static str, text: &str, most: usize) -> Option<String> {
    let text: String = text.chars().filter(|c| !c.is_control() || *c == '\n').collect();
    let text = text.trim();
    if text.chars().count() > most {
        let (zh, en) = (format!("最多 {most} 个字。"), format!("at most {most} characters"));
        wrong.push(FieldError::new(field, "too_long", zh, en));
        return None;
    }
    (!text.is_empty()).then(|| text.to_owned())
}
