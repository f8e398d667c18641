//! Taking a case in: once, however often the request comes, with a number that leaves no gap.

use chrono::{Datelike, NaiveDate};
use serde_json::json;

use super::attachments;
use super::custody::{contact_hash, mail_hash};
use super::frame::Frame;
use super::history::{Happening, record};
use super::model::Identity;
use super::notices::Taken;
use super::receipt;
use super::sealed::CaseKey;
use super::settings::{self, Category};
use super::store::{self, GrievanceRow};
use super::wish::{Checked, Wish};
use super::workflow::{Action, Case, Deed, Doer, begun};
use crate::accounts::Actor;
use crate::app::App;
use crate::audit::{self, Entry, Object};
use crate::calendar::Due;
use crate::db::{DbError, Tx};
use crate::error::{Error, FieldError};
use crate::ids::{Adcode, GrievanceId, SessionId};
use crate::receipts;
use crate::repeats::KEY_CHARS;

/// A case that was taken in.
pub struct Filed {
    /// Its id.
    pub id: GrievanceId,
    /// Its number.
    pub number: String,
    /// Its receipt, 20 digits.
    pub receipt: String,
    /// The day on which it came.
    pub day: NaiveDate,
    /// When it came; of an anonymous one the beginning of the day.
    pub received_ms: i64,
    /// Whether nothing finer than the day is told.
    pub is_anonymous: bool,
    /// Until when it is answered.
    pub due: Due,
    /// Whether the same request had come before.
    pub is_again: bool,
}

/// Who files, and how.
pub struct Filing<'a> {
    /// Who enters it.
    pub actor: &'a Actor,
    /// The key of the request (`Idempotency-Key`).
    pub key: &'a str,
    /// The session from which it is raised.
    pub session: Option<SessionId>,
}

/// Takes a case in. A request with the same key and the same body is told the same again, a day or a year later.
///
/// # Errors
/// [`Error::Refused`] with each field that is wrong, or where the key was used for something else.
pub async fn file(app: &App, filing: &Filing<'_>, wish: Wish) -> Result<Filed, Error> {
    let key = checked_key(filing.key)?;
    let print = receipt::keyed(&app.secrets, "body", &serde_json::to_string(&wish).unwrap_or_default());
    let hidden = receipt::keyed(&app.secrets, "key", key);
    if let Some(filed) = again(app, key, &hidden, &print).await? {
        return Ok(filed);
    }
    let draft = Draft::of(app, filing, wish.checked()?, (key, hidden.clone(), print.clone())).await?;
    match draft.carry_out().await? {
        Some(filed) => Ok(filed),
        // Two requests with one key at once: the other one was first.
        None => again(app, key, &hidden, &print).await?.ok_or_else(|| Error::Unavailable {
            retry_s: 1,
            reason: "a case of the same key has not settled".to_owned(),
        }),
    }
}

/// The key of a request, as it is used.
pub(super) fn checked_key(key: &str) -> Result<&str, Error> {
    let key = key.trim().trim_matches('"');
    if (1..=KEY_CHARS).contains(&key.len()) && key.bytes().all(|b| b.is_ascii_graphic()) {
        return Ok(key);
    }
    let zh = format!("要写 1 到 {KEY_CHARS} 个可见的 ASCII 字符，同一件事重交时不变。");
    let en =
        format!("is required: 1 to {KEY_CHARS} printable ASCII characters, the same when it is sent again");
    Err(FieldError::new("Idempotency-Key", "missing", zh, en).into())
}

/// What was filed with a key that itself follows from all that was sent, so that no body needs to be compared: a page
/// whose form comes again sends its files again, and they have other ids then.
///
/// # Errors
/// [`Error::Malformed`] where it is no key.
pub async fn before(app: &App, key: &str) -> Result<Option<Filed>, Error> {
    let key = checked_key(key)?;
    found(app, key, &receipt::keyed(&app.secrets, "key", key), None).await
}

/// What a request with this key was told before.
async fn again(app: &App, key: &str, hidden: &str, print: &str) -> Result<Option<Filed>, Error> {
    found(app, key, hidden, Some(print)).await
}

async fn found(app: &App, key: &str, hidden: &str, print: Option<&str>) -> Result<Option<Filed>, Error> {
    let Some(row) = store::by_filing_key(&app.db, hidden).await? else { return Ok(None) };
    if print.is_some_and(|print| row.filing_print != print) {
        let zh = "这个 Idempotency-Key 已经用于另一件事，请换一个新的。";
        let en = "this key was used for another case; take a new one";
        return Err(Error::Refused(vec![FieldError::new("Idempotency-Key", "key_reused", zh, en)]));
    }
    let frame = Frame::of(app);
    let case = row.case(&[])?;
    let receipt = receipt::receipt(&app.secrets, key, row.grievance_id()?);
    let due = frame.clock().due(&case.clock, frame.now);
    Ok(Some(Filed { is_again: true, ..filed(&frame, &row, &case, receipt, due)? }))
}

fn filed(frame: &Frame, row: &GrievanceRow, case: &Case, receipt: String, due: Due) -> Result<Filed, Error> {
    Ok(Filed {
        id: row.grievance_id()?,
        number: row.number.clone(),
        receipt,
        day: frame.zone.from_ms(row.received_ms).date_naive(),
        received_ms: row.received_ms,
        is_anonymous: case.identity == Identity::Anonymous,
        due,
        is_again: false,
    })
}

/// A case on its way into the tables.
struct Draft<'a> {
    app: &'a App,
    filing: &'a Filing<'a>,
    frame: Frame,
    checked: Checked,
    category: Category,
    district: Option<Adcode>,
    id: GrievanceId,
    key: CaseKey,
    case: Case,
    receipt: String,
    /// What is kept of the receipt, of the request's key and of its body.
    hashes: [String; 3],
}

impl<'a> Draft<'a> {
    async fn of(
        app: &'a App,
        filing: &'a Filing<'a>,
        checked: Checked,
        (key, hidden, print): (&str, String, String),
    ) -> Result<Self, Error> {
        let frame = Frame::of(app);
        must_be_public(filing.actor, &checked.wish)?;
        let category =
            settings::category(&app.db, &checked.wish.category).await?.ok_or_else(no_such_category)?;
        let district = district(app, &checked.wish)?;
        let id = GrievanceId::random();
        let receipt = receipt::receipt(&app.secrets, key, id);
        let hash = receipts::hash(&app.secrets, &receipt).await?;
        let at = frame.reporters_moment(checked.wish.identity).now;
        let case = begun(category.urgency, checked.wish.identity, &frame.rules, at);
        let case = case.map_err(|refused| Error::Internal(format!("a case cannot begin: {refused:?}")))?;
        Ok(Self {
            app,
            filing,
            frame,
            checked,
            category,
            district,
            id,
            key: CaseKey::new(id)?,
            case,
            receipt,
            hashes: [hash, hidden, print],
        })
    }

    /// Writes it; `None` where another request with its key was first.
    async fn carry_out(self) -> Result<Option<Filed>, Error> {
        let mut tx = self.app.db.begin().await?;
        match self.written(&mut tx).await {
            Ok(Some(row)) => {
                tx.commit().await?;
                let due = self.frame.clock().due(&self.case.clock, self.frame.now);
                filed(&self.frame, &row, &self.case, self.receipt, due).map(Some)
            }
            Ok(None) => {
                tx.rollback().await?;
                Ok(None)
            }
            Err(error) => {
                tx.rollback().await?;
                Err(error)
            }
        }
    }

    async fn written(&self, tx: &mut Tx) -> Result<Option<GrievanceRow>, Error> {
        let year = self.frame.today().year();
        let number = receipt::number(year, store::counted(tx, year).await?);
        let row = self.row(number)?;
        match store::add(tx, &row).await {
            Ok(()) => {}
            Err(DbError::Unique(_)) => return Ok(None),
            Err(error) => return Err(error.into()),
        }
        store::save_round(tx, &row.round_row(&self.case)).await?;
        let event = self.happened(tx, &row).await?;
        let wish = &self.checked.wish;
        attachments::claim(self.app, tx, &self.key, (self.id, &event), &wish.attachments).await?;
        self.taken(&row, &Deed::of(Action::Submit)).follow_up(tx).await?;
        self.audit(tx, &row).await?;
        Ok(Some(row))
    }

    fn taken<'t>(&'t self, row: &'t GrievanceRow, deed: &'t Deed) -> Taken<'t> {
        let Self { app, frame, key, case, .. } = self;
        let at = frame.reporters_moment(case.identity).now;
        Taken { app, frame, at, doer: &Doer::Reporter, deed, leader: None, row, key, case }
    }

    async fn happened(&self, tx: &mut Tx, row: &GrievanceRow) -> Result<String, Error> {
        let happening = Happening {
            action: Action::Submit,
            account: self.filing.actor.account,
            from: None,
            at: self.frame.kept(self.checked.wish.identity),
            detail: json!({ "attachments": self.checked.wish.attachments.len() }),
            words: None,
            sent_key: None,
        };
        record(tx, &self.key, row, &happening).await
    }

    async fn audit(&self, tx: &mut Tx, row: &GrievanceRow) -> Result<(), Error> {
        let detail = json!({ "number": row.number, "channel": row.channel, "kind": row.kind, "identity": row.identity,
            "category": row.category });
        let object = Object::new("grievance", self.id);
        let entry = Entry { action: "grievance.file", object, district: self.district, detail };
        let kept = self.frame.kept(self.checked.wish.identity);
        audit::record(tx, self.filing.actor, kept, &entry).await
    }

    fn row(&self, number: String) -> Result<GrievanceRow, Error> {
        let wish = &self.checked.wish;
        let wrapped = self.key.wrap(&self.app.keys)?;
        let [receipt, filing_key, filing_print] = self.hashes.clone();
        let contact = self.checked.contact.as_ref();
        let mut row = GrievanceRow {
            id: self.id.to_string(),
            version: 1,
            number,
            filing_key,
            filing_print,
            receipt,
            channel: wish.channel.to_string(),
            kind: wish.kind.to_string(),
            identity: wish.identity.to_string(),
            category: self.category.code.clone(),
            unit: wish.unit.clone(),
            district: self.district.map(|district| district.to_string()),
            station_id: wish.station_id.map(|id| id.to_string()),
            report_number: wish.report_number.clone(),
            session_id: self.filing.session.map(|id| id.to_string()),
            entered_by: self.filing.actor.account.map(|id| id.to_string()),
            may_publish: wish.publish,
            received_ms: self.frame.kept(wish.identity).timestamp_millis(),
            ring_key: Some(wrapped.ring_key),
            case_key: Some(wrapped.sealed),
            text: Some(self.key.close(&wish.text, "text")?),
            contact: contact.map(|contact| self.key.close_contact(contact)).transpose()?,
            contact_hash: contact.and_then(|contact| contact_hash(&self.app.secrets, contact)),
            mail_hash: contact.and_then(|contact| mail_hash(&self.app.secrets, contact)),
            ..GrievanceRow::default()
        };
        row.take(&self.case, &self.frame.clock(), self.frame.now)?;
        Ok(row)
    }
}

/// Anybody files by the page or at a station; what came another way staff enter.
fn must_be_public(actor: &Actor, wish: &Wish) -> Result<(), Error> {
    if actor.account.is_some() || wish.channel.is_public() {
        return Ok(());
    }
    let (zh, en) = ("这里只收 web 和 station。", "must be web or station; staff enter what came another way");
    Err(Error::Refused(vec![FieldError::new("channel", "not_public", zh, en)]))
}

fn no_such_category() -> Error {
    let (zh, en) = ("没有这个类别，请从列表里选。", "there is no such category; choose one of the list");
    Error::Refused(vec![FieldError::new("category", "unknown", zh, en)])
}

/// The district that is named, or that of the station.
fn district(app: &App, wish: &Wish) -> Result<Option<Adcode>, Error> {
    let snapshot = app.registry.snapshot();
    let refused = |field: &'static str, zh: &str, en: &str| {
        Error::Refused(vec![FieldError::new(field, "unknown", zh, en)])
    };
    let station =
        match wish.station_id {
            Some(id) => {
                let entry = snapshot.station(id);
                Some(entry.ok_or_else(|| {
                    refused("station_id", "没有这处驿站。", "there is no such public station")
                })?)
            }
            None => None,
        };
    if let Some(district) = wish.district {
        let known = snapshot.city().district(district).map(|d| d.adcode);
        return Ok(Some(
            known.ok_or_else(|| refused("district", "没有这个区县。", "there is no such district"))?,
        ));
    }
    Ok(station.and_then(|entry| entry.station.facts.district))
}
