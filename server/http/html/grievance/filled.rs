//! What stands in the form of a case, and the case that it asks for.

use std::fmt::Write as _;

use sha2::{Digest, Sha256};

use super::super::visit::Visit;
use super::sent::keys;
use super::words::Said;
use crate::error::{Error, FieldError};
use crate::grievance::model::{Channel, Identity, Kind};
use crate::grievance::wish::{ContactWish, Wish};
use crate::http::form::{Form, SentFile};
use crate::ids::{AttachmentId, StationId};
use crate::secrets::hex;

/// What stands in the form.
#[derive(Default)]
pub(super) struct Filled {
    /// The form's own key, the same when it is sent again.
    pub(super) key: String,
    pub(super) text: String,
    pub(super) kind: Option<Kind>,
    pub(super) category: String,
    pub(super) identity: Option<Identity>,
    pub(super) name: String,
    pub(super) phone: String,
    pub(super) mail: String,
    pub(super) unit: String,
    pub(super) publish: bool,
    /// The station that it may be about, and whether it is.
    pub(super) station: Option<StationId>,
    pub(super) is_about_station: bool,
    /// Whether the code at the station's door led here.
    pub(super) is_by_code: bool,
    /// The number of the report that it goes on from.
    pub(super) report: String,
    /// Files that were taken in before and wait for the case.
    pub(super) files: Vec<AttachmentId>,
    /// Why it was not sent.
    pub(super) wrong: Vec<FieldError>,
}

impl Filled {
    /// An empty form, about what its address says.
    pub(super) fn asked(visit: &Visit, pairs: &[(String, String)]) -> Result<Self, Error> {
        let said = |name: &str| pairs.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str());
        let station = known(visit, said("station"));
        let report = said("report").filter(|number| number.len() <= 40).unwrap_or_default().to_owned();
        Ok(Self {
            key: keys::new()?,
            kind: Some(Kind::Appeal),
            station,
            is_about_station: station.is_some(),
            is_by_code: station.is_some() && said("via") == Some("code"),
            report,
            ..Self::default()
        })
    }

    /// A form as it was sent.
    pub(super) fn read(visit: &Visit, sent: &Form) -> Result<Self, Error> {
        let text = |name: &str| sent.text(name).unwrap_or_default().to_owned();
        Ok(Self {
            key: keys::of(sent)?,
            text: text("text"),
            kind: sent.text("kind").and_then(|code| code.parse().ok()),
            category: text("category"),
            identity: sent.text("identity").and_then(|code| code.parse().ok()),
            name: text("name"),
            phone: text("phone"),
            mail: text("mail"),
            unit: text("unit"),
            publish: sent.text("publish").is_some(),
            station: known(visit, sent.text("place")),
            is_about_station: sent.text("station").is_some(),
            is_by_code: sent.text("via") == Some("code"),
            report: text("report"),
            files: sent.all("attachment").filter_map(|id| id.parse().ok()).collect(),
            wrong: Vec::new(),
        })
    }

    /// The key of the case: the form's own, and what follows from all that was sent. The same form again asks for the
    /// same case, and a form that was changed asks for another one.
    pub(super) fn case_key(&self, files: &[&SentFile]) -> String {
        let wish = serde_json::to_string(&self.wish()).unwrap_or_default();
        let mut digest = Sha256::new_with_prefix(wish);
        for file in files {
            digest.update(Sha256::digest(&file.bytes));
        }
        let mut key = self.key.clone();
        let _ = write!(key, "-{}", hex(&digest.finalize()));
        key
    }

    /// What is filed. Somebody anonymous gives neither name, number nor address, whatever stood in the form before.
    pub(super) fn wish(&self) -> Wish {
        let identity = self.identity.unwrap_or(Identity::Confidential);
        let some = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
        let contact =
            ContactWish { name: some(&self.name), phone: some(&self.phone), mail: some(&self.mail) };
        let station_id = self.station.filter(|_| self.is_about_station || self.is_by_code);
        Wish {
            kind: self.kind.unwrap_or(Kind::Appeal),
            channel: if self.is_by_code && station_id.is_some() { Channel::Station } else { Channel::Web },
            category: self.category.clone(),
            text: self.text.clone(),
            identity,
            contact: (identity != Identity::Anonymous).then_some(contact),
            unit: some(&self.unit),
            station_id,
            report_number: some(&self.report),
            district: None,
            attachments: self.files.clone(),
            publish: self.publish,
        }
    }

    /// Everything that is wrong with it, as far as can be said without the database.
    pub(super) fn faults(&self, said: &Said) -> Vec<FieldError> {
        let missing = [
            ("text", self.text.is_empty(), said.wrong_missing_text),
            ("category", self.category.is_empty(), said.wrong_missing_category),
            ("kind", self.kind.is_none(), said.wrong_missing_kind),
            ("identity", self.identity.is_none(), said.wrong_missing_identity),
        ];
        let missing = missing.into_iter().filter(|(_, is_missing, _)| *is_missing);
        let mut wrong: Vec<FieldError> =
            missing.map(|(field, _, words)| FieldError::new(field, "missing", words, words)).collect();
        if let Err(Error::Refused(others) | Error::Malformed(others)) = self.wish().checked() {
            // One thing at a time beside each field.
            for other in others {
                if wrong.iter().all(|known| known.field != other.field) {
                    wrong.push(other);
                }
            }
        }
        wrong
    }
}

/// A station, as long as it is public.
fn known(visit: &Visit, id: Option<&str>) -> Option<StationId> {
    id.and_then(|id| id.parse().ok()).filter(|id| visit.snapshot.has(*id))
}
