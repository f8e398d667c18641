//! Following a case by its number and receipt: what became of it, messages both ways, withdrawing, reopening, appeal.

use std::net::IpAddr;

use super::acting::{Acting, Found, ended, erased, not_allowed};
use super::attachments::{self, Opened};
use super::desk::{Names, with_words};
use super::frame::{Frame, identity};
use super::links::{self, Linked};
use super::receipt;
use super::store::{self, AttachmentRow, EventRow, GrievanceRow};
use super::told::shows_files;
use super::wish::{FileWish, KeyWish, MessageWish, ReporterWish};
use super::words::Words;
use super::workflow::{Action, Case, Deed, Doer, Refused, allowed};
use crate::accounts::Actor;
use crate::app::App;
use crate::error::{Error, FieldError};
use crate::pace::Purpose;
use crate::receipts;
use crate::repeats::KEY_CHARS;

/// A case as its reporter sees it.
pub struct Tracked {
    /// Its row.
    pub(super) row: GrievanceRow,
    /// What the workflow knows of it.
    pub(super) case: Case,
    /// What was written; `None`: erased.
    pub(super) text: Option<String>,
    /// What happened that its reporter sees, the first first, each with its words.
    pub(super) events: Vec<(EventRow, Option<String>)>,
    /// Its files.
    pub(super) attachments: Vec<AttachmentRow>,
    /// What it leads to.
    pub(super) links: Vec<Linked>,
    /// What its reporter may do.
    pub(super) allowed: Vec<Action>,
    /// By what time is counted.
    pub(super) frame: Frame,
    /// The names of departments and categories.
    pub(super) names: Names,
}

/// Who asks, and from where.
pub struct Asking<'a> {
    /// The service.
    pub app: &'a App,
    /// Whoever has the receipt.
    pub actor: &'a Actor,
    /// His address, which is counted in memory only.
    pub address: Option<IpAddr>,
}

impl Asking<'_> {
    /// The case of a number and its receipt.
    ///
    /// # Errors
    /// [`Error::NotFound`] where the two do not belong together, after the same time whichever is wrong, and
    /// [`Error::TooMany`] after too many wrong tries from one address in an hour.
    async fn row(&self, number: &str, given: &str) -> Result<GrievanceRow, Error> {
        let (app, now) = (self.app, self.app.clock.now());
        app.pace.count(Purpose::Track, self.address, now)?;
        app.pace.must_have_left(Purpose::WrongReceipt, self.address, now)?;
        let found = store::by_number(&app.db, &receipt::plain_number(number)).await?;
        let hash = found.as_ref().map(|row| row.receipt.clone());
        let is_right = receipts::is_of(&app.secrets, receipt::digits(given), hash).await?;
        if let Some(row) = found.filter(|_| is_right) {
            return Ok(row);
        }
        app.pace.count(Purpose::WrongReceipt, self.address, now)?;
        Err(Error::NotFound("grievance"))
    }

    /// What became of a case.
    ///
    /// # Errors
    /// Those of a wrong number or receipt.
    pub async fn track(&self, key: &KeyWish) -> Result<Tracked, Error> {
        let row = self.row(&key.number, &key.receipt).await?;
        self.tracked(row).await
    }

    /// What its reporter sees of a case.
    pub(super) async fn tracked(&self, row: GrievanceRow) -> Result<Tracked, Error> {
        let app = self.app;
        let (frame, key) = (Frame::of(app), row.key(&app.keys)?);
        let case = row.case(&[])?;
        let events = store::events(&app.db, &row.id).await?.into_iter().filter(|event| event.is_public);
        let at = frame.reporters_moment(case.identity);
        let open = if key.is_some() { allowed(&case, &Doer::Reporter, &at) } else { Vec::new() };
        Ok(Tracked {
            text: key.as_ref().map_or(Ok(None), |key| key.open_some(row.text.as_deref(), "text"))?,
            events: events.map(|event| with_words(key.as_ref(), event)).collect::<Result<_, _>>()?,
            attachments: store::attachments(&app.db, &row.id).await?,
            links: links::of_case(app, &row.id, None).await?,
            allowed: open.iter().map(|step| step.action).collect(),
            names: Names::load(app).await?,
            row,
            case,
            frame,
        })
    }

    /// A message of the reporter; where something was asked, it is the answer. The same key again changes nothing.
    ///
    /// # Errors
    /// Those of a wrong number or receipt, [`Error::NotAllowed`] where the case takes no message any more, and
    /// [`Error::Refused`] with each field that is wrong.
    pub async fn message(&self, wish: MessageWish, key: &str) -> Result<Tracked, Error> {
        let row = self.row(&wish.number, &wish.receipt).await?;
        let wish = wish.checked()?;
        let sent_key = self.sent_key(&row, key)?;
        if store::by_sent_key(&self.app.db, &sent_key).await?.is_none() {
            let words = Words::said(Some(wish.text), wish.attachments);
            self.act(&row, None, words, Some(sent_key)).await?;
        }
        self.fresh(&row.id).await
    }

    fn sent_key(&self, row: &GrievanceRow, key: &str) -> Result<String, Error> {
        let key = key.trim().trim_matches('"');
        if !(1..=KEY_CHARS).contains(&key.len()) {
            let (zh, en) = (
                "重交同一条消息时要带同一个 Idempotency-Key。",
                "is required, the same when it is sent again",
            );
            return Err(FieldError::new("Idempotency-Key", "missing", zh, en).into());
        }
        Ok(receipt::keyed(&self.app.secrets, "message", &format!("{}\n{key}", row.id)))
    }

    /// What the reporter does with his case.
    ///
    /// # Errors
    /// Those of a wrong number or receipt, and [`Error::NotAllowed`] where it cannot be done.
    pub async fn act_on(&self, wish: ReporterWish) -> Result<Tracked, Error> {
        let row = self.row(&wish.number, &wish.receipt).await?;
        if !matches!(wish.action, Action::Withdraw | Action::Reopen | Action::Appeal) {
            let (zh, en) = ("只能写 withdraw、reopen 或 appeal。", "must be withdraw, reopen or appeal");
            return Err(Error::Refused(vec![FieldError::new("action", "unknown", zh, en)]));
        }
        if wish.action != Action::Withdraw && wish.text.as_deref().is_none_or(|text| text.trim().is_empty()) {
            return Err(Error::Refused(vec![FieldError::new("text", "missing", "请写明原因。", "say why")]));
        }
        self.act(&row, Some(wish.action), Words::said(wish.text, Vec::new()), None).await?;
        self.fresh(&row.id).await
    }

    async fn fresh(&self, id: &str) -> Result<Tracked, Error> {
        let row = store::find(&self.app.db, id).await?.ok_or(Error::NotFound("grievance"))?;
        self.tracked(row).await
    }

    async fn act(
        &self,
        row: &GrievanceRow,
        action: Option<Action>,
        words: Words,
        sent_key: Option<String>,
    ) -> Result<(), Error> {
        let mut tx = self.app.db.begin().await?;
        let done = async {
            let found = Found::of(self.app, &mut tx, &row.id).await?;
            let frame = Frame::of(self.app);
            let at = frame.reporters_moment(identity(&found.row)?);
            let deed = Deed::of(action.unwrap_or_else(|| said(&found.case)));
            let acting = Acting {
                app: self.app,
                actor: self.actor,
                doer: &Doer::Reporter,
                frame: &frame,
                at: &at,
                deed: &deed,
                sent_key,
            };
            if !allowed(&found.case, &Doer::Reporter, &at).iter().any(|step| step.action == deed.action) {
                let refused = super::workflow::act(&found.case, &deed, &Doer::Reporter, &at);
                let refused = refused.err().unwrap_or(Refused::WrongState);
                return Err(not_allowed(&found.case, refused, &Doer::Reporter, &at));
            }
            acting.carry_out(&mut tx, found, &words).await
        };
        let done = done.await;
        ended(tx, done).await
    }

    /// A file of the reporter's case that he is shown.
    ///
    /// # Errors
    /// Those of a wrong number or receipt, and [`Error::NotFound`] where he is shown no such file.
    pub async fn file(&self, wish: &FileWish) -> Result<Opened, Error> {
        let row = self.row(&wish.number, &wish.receipt).await?;
        let key = row.key(&self.app.keys)?.ok_or_else(erased)?;
        if !self.is_shown(&row.id, &wish.id.to_string()).await? {
            return Err(Error::NotFound("attachment"));
        }
        attachments::open(self.app, &key, &row.id, wish.id).await
    }

    /// Whether the reporter is shown a file; those of notes and of what staff tell one another he is not.
    async fn is_shown(&self, case: &str, file: &str) -> Result<bool, Error> {
        let files = store::attachments(&self.app.db, case).await?;
        let event = files.into_iter().find(|own| own.id == file).and_then(|own| own.event_id);
        let events = store::events(&self.app.db, case).await?;
        Ok(events.iter().any(|own| event.as_ref() == Some(&own.id) && shows_files(own)))
    }
}

/// What a message of a reporter is: an answer where something was asked.
fn said(case: &Case) -> Action {
    if case.state == super::model::State::NeedsInfo { Action::Inform } else { Action::Message }
}
