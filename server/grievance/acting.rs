//! Carrying out a step: the case, its event, what hangs on it and the audit entry in one transaction.

use serde_json::{Value, json};

use super::attachments;
use super::deeds::{deed, unknown};
use super::desk::doer;
use super::frame::Frame;
use super::history::{Happening, record};
use super::notices::Taken;
use super::sealed::CaseKey;
use super::settings;
use super::store::{self, GrievanceRow, SupervisionRow, TaskRow};
use super::wish::ActWish;
use super::words::{Words, missing};
use super::workflow::{Action, Case, Deed, Doer, Moment, Refused, act, allowed};
use crate::accounts::Actor;
use crate::app::App;
use crate::audit::{self, Entry, Object};
use crate::db::Tx;
use crate::error::{Error, FieldError};
use crate::ids::{GrievanceId, SupervisionId};

/// Staff take a step with a case that has the version they saw.
///
/// # Errors
/// [`Error::NotFound`] where it is not theirs to see, [`Error::Stale`] where somebody was faster,
/// [`Error::NotAllowed`] with what can be done instead, and [`Error::Refused`] with each field that is wrong.
pub async fn by_staff(
    app: &App,
    actor: &Actor,
    id: GrievanceId,
    version: i64,
    wish: ActWish,
) -> Result<(), Error> {
    let wish = wish.checked()?;
    let mut tx = app.db.begin().await?;
    let done = staff_in(app, actor, &mut tx, (id, version), &wish).await;
    ended(tx, done).await
}

/// Commits what was done, or takes it back.
pub(super) async fn ended<T>(tx: Tx, done: Result<T, Error>) -> Result<T, Error> {
    match done {
        Ok(done) => {
            tx.commit().await?;
            Ok(done)
        }
        Err(error) => {
            tx.rollback().await?;
            Err(error)
        }
    }
}

async fn staff_in(
    app: &App,
    actor: &Actor,
    tx: &mut Tx,
    (id, version): (GrievanceId, i64),
    wish: &ActWish,
) -> Result<(), Error> {
    let found = Found::of(app, tx, &id.to_string()).await?;
    let doer = doer(actor, &found.row, &found.case)?;
    if found.row.version != version {
        return Err(Error::Stale { version: found.row.version });
    }
    let frame = Frame::of(app);
    let leader = match found.case.department {
        Some(department) => settings::leader(tx, department).await?,
        None => None,
    };
    let at = frame.moment(leader);
    refuse_unless_open(&found.case, wish.action, &doer, &at)?;
    let deed = deed(app, tx, wish).await?;
    let words = Words::of(wish)?;
    let acting = Acting { app, actor, doer: &doer, frame: &frame, at: &at, deed: &deed, sent_key: None };
    acting.carry_out(tx, found, &words).await
}

/// A case with its key and its tasks, as a transaction sees it.
pub(super) struct Found {
    /// Its row.
    pub(super) row: GrievanceRow,
    /// What the workflow knows of it.
    pub(super) case: Case,
    /// What opens it.
    pub(super) key: CaseKey,
}

impl Found {
    /// Reads it.
    ///
    /// # Errors
    /// [`Error::NotFound`] where it is not there, and [`Error::Conflict`] where it is erased.
    pub(super) async fn of(app: &App, tx: &mut Tx, id: &str) -> Result<Self, Error> {
        let row = store::find_in(tx, id).await?.ok_or(Error::NotFound("grievance"))?;
        let tasks = store::tasks_in(tx, id).await?;
        let case = row.case(&tasks)?;
        let key = row.key(&app.keys)?.ok_or_else(erased)?;
        Ok(Self { row, case, key })
    }
}

/// The case was erased.
pub(super) fn erased() -> Error {
    let detail = crate::error::Words::new("这件诉求的内容已经销毁。", "What this case said was erased.");
    Error::Conflict { code: "erased", detail }
}

/// Refuses what cannot be done before anything of it is read, so that whoever may not is told nothing else.
fn refuse_unless_open(case: &Case, action: Action, doer: &Doer, at: &Moment<'_>) -> Result<(), Error> {
    match act(case, &Deed::of(action), doer, at) {
        Ok(_) | Err(Refused::Field(_)) => Ok(()),
        Err(refused) => Err(not_allowed(case, refused, doer, at)),
    }
}

/// A refusal, with what can be done instead.
pub(super) fn not_allowed(case: &Case, refused: Refused, doer: &Doer, at: &Moment<'_>) -> Error {
    if let Refused::Field(field) = refused {
        let (zh, en) = ("没有填，或者不在允许的范围里。", "is missing or out of range");
        return Error::Refused(vec![FieldError::new(field, "missing", zh, en)]);
    }
    let open = allowed(case, doer, at).iter().map(|step| step.action.as_str()).collect();
    Error::NotAllowed {
        is_forbidden: refused == Refused::NotYours,
        code: refused.code(),
        detail: refused.words(),
        allowed: open,
    }
}

/// One step on its way into the tables.
pub(super) struct Acting<'a> {
    pub(super) app: &'a App,
    pub(super) actor: &'a Actor,
    pub(super) doer: &'a Doer,
    pub(super) frame: &'a Frame,
    pub(super) at: &'a Moment<'a>,
    pub(super) deed: &'a Deed,
    pub(super) sent_key: Option<String>,
}

impl Acting<'_> {
    /// Carries it out in a transaction.
    pub(super) async fn carry_out(&self, tx: &mut Tx, found: Found, words: &Words) -> Result<(), Error> {
        let Found { mut row, case, key } = found;
        let after = act(&case, self.deed, self.doer, self.at);
        let after = after.map_err(|refused| not_allowed(&case, refused, self.doer, self.at))?;
        must_not_join_itself(&row, &after)?;
        let from = row.state.clone();
        row.take(&after, &self.frame.clock(), self.at.now)?;
        self.reclass(&mut row, &key, words)?;
        if row.state != from {
            row.retain_until = self.retained(&row, &after).await?;
        }
        self.save(tx, &row, &after).await?;
        let event = self.happened(tx, &row, &key, &from, words).await?;
        let place = (row.grievance_id()?, event.as_str());
        attachments::claim(self.app, tx, &key, place, &words.attachments).await?;
        self.parts(tx, &row, &key, words).await?;
        self.children(tx, &row, &after).await?;
        self.taken(&row, &key, &after).follow_up(tx).await?;
        self.audit(tx, &row, &from).await
    }

    fn taken<'t>(&'t self, row: &'t GrievanceRow, key: &'t CaseKey, case: &'t Case) -> Taken<'t> {
        let Self { app, frame, at, doer, deed, .. } = self;
        Taken { app, frame, at: at.now, doer, deed, leader: at.leader, row, key, case }
    }

    /// Until when a case is kept that has ended, by its category or the settings; an open one has no such day.
    async fn retained(&self, row: &GrievanceRow, after: &Case) -> Result<Option<String>, Error> {
        if after.state.is_open() {
            return Ok(None);
        }
        let own = settings::retain_years(&self.app.db, &row.category).await?;
        let years = own.unwrap_or(self.app.config.grievance.retain_years);
        Ok(Some(self.frame.retained(years).to_string()))
    }

    async fn save(&self, tx: &mut Tx, row: &GrievanceRow, after: &Case) -> Result<(), Error> {
        if !store::save(tx, row).await? {
            return Err(Error::Stale { version: row.version + 1 });
        }
        Ok(store::save_round(tx, &row.round_row(after)).await?)
    }

    /// Takes over what intake says of the case.
    fn reclass(&self, row: &mut GrievanceRow, key: &CaseKey, words: &Words) -> Result<(), Error> {
        if self.deed.action != Action::Classify {
            return Ok(());
        }
        let class = &words.class;
        if let Some(category) = &class.category {
            row.category.clone_from(category);
        }
        if let Some(district) = class.district {
            row.district = Some(district.to_string());
        }
        row.subject = class.subject.clone().or_else(|| row.subject.take());
        row.unit = class.unit.clone().or_else(|| row.unit.take());
        if let Some(summary) = &class.summary {
            row.summary = Some(key.close(summary, "summary")?);
        }
        Ok(())
    }

    /// What stands with its event: the reporter of a declined case reads what was proposed.
    async fn said(
        &self,
        tx: &mut Tx,
        row: &GrievanceRow,
        key: &CaseKey,
        words: &Words,
    ) -> Result<Option<String>, Error> {
        if self.deed.action != Action::ConfirmDecline {
            return Ok(words.text.clone());
        }
        let proposed = store::last_words(tx, &row.id, Action::ProposeDecline.as_str()).await?;
        let Some((event, Some(sealed))) = proposed else { return Ok(None) };
        key.open(&sealed, &event).map(Some)
    }

    async fn happened(
        &self,
        tx: &mut Tx,
        row: &GrievanceRow,
        key: &CaseKey,
        from: &str,
        words: &Words,
    ) -> Result<String, Error> {
        let said = self.said(tx, row, key, words).await?;
        let happening = Happening {
            action: self.deed.action,
            account: self.doer.account(),
            from: Some(from),
            at: self.kept(row)?,
            detail: self.detail(words),
            words: said.as_deref(),
            sent_key: self.sent_key.clone(),
        };
        record(tx, key, row, &happening).await
    }

    /// The instant that is kept of it.
    fn kept(&self, row: &GrievanceRow) -> Result<chrono::DateTime<chrono::Utc>, Error> {
        let identity = super::frame::identity(row)?;
        Ok(if *self.doer == Doer::Reporter { self.frame.kept(identity) } else { self.frame.now })
    }

    /// What is told of it in codes.
    fn detail(&self, words: &Words) -> Value {
        let deed = self.deed;
        let told = json!({
            "department": deed.department, "handler": deed.handler, "days": deed.days, "level": deed.level,
            "outcome": deed.outcome, "reached": deed.reached, "solved": deed.solved, "grade": deed.grade,
            "uphold": deed.uphold, "urgency": deed.urgency, "task": deed.task, "into": deed.parent,
            "category": words.class.category, "subject": words.class.subject, "district": words.class.district,
        });
        let Value::Object(told) = told else { return Value::Null };
        Value::Object(told.into_iter().filter(|(_, value)| !value.is_null()).collect())
    }

    /// Tasks that begin or end, and supervisions.
    async fn parts(
        &self,
        tx: &mut Tx,
        row: &GrievanceRow,
        key: &CaseKey,
        words: &Words,
    ) -> Result<(), Error> {
        match self.deed.action {
            Action::Dispatch => self.add_tasks(tx, row, key, &words.tasks).await,
            Action::FinishTask => self.finish_task(tx, key, words).await,
            Action::Supervise => {
                let supervision = SupervisionRow {
                    id: SupervisionId::random().to_string(),
                    grievance_id: row.id.clone(),
                    level: row.supervision,
                    account_id: self.doer.account().map(|id| id.to_string()),
                    begun_ms: self.frame.now.timestamp_millis(),
                    signed_by: None,
                    ended_ms: None,
                };
                Ok(store::add_supervision(tx, &supervision).await?)
            }
            Action::SignOff => {
                let by = self.doer.account().map(|id| id.to_string());
                let now_ms = self.frame.now.timestamp_millis();
                Ok(store::end_supervisions(tx, &row.id, by.as_deref(), now_ms).await?)
            }
            _ => Ok(()),
        }
    }

    /// A task is due no later than the case.
    async fn add_tasks(
        &self,
        tx: &mut Tx,
        row: &GrievanceRow,
        key: &CaseKey,
        words: &[String],
    ) -> Result<(), Error> {
        // What another dispatch asked of others is no longer asked.
        store::drop_open_tasks(tx, &row.id, row.round).await?;
        for (task, words) in self.deed.tasks.iter().zip(words) {
            let id = task.id.to_string();
            let row = TaskRow {
                words: key.close(words, &id)?,
                id,
                grievance_id: row.id.clone(),
                round: row.round,
                department_id: task.department.to_string(),
                handler_id: task.handler.to_string(),
                due_ms: row.due_ms,
                done_ms: None,
                answer: None,
            };
            store::add_task(tx, &row).await?;
        }
        Ok(())
    }

    async fn finish_task(&self, tx: &mut Tx, key: &CaseKey, words: &Words) -> Result<(), Error> {
        let id = self.deed.task.ok_or_else(|| missing("task"))?.to_string();
        let answer = key.close(words.text.as_deref().unwrap_or_default(), &format!("{id} answer"))?;
        Ok(store::finish_task(tx, &id, self.frame.now.timestamp_millis(), &answer).await?)
    }

    /// Cases that joined this one are answered with it, and go their own way from there.
    async fn children(&self, tx: &mut Tx, row: &GrievanceRow, after: &Case) -> Result<(), Error> {
        if self.deed.action != Action::Answer {
            return Ok(());
        }
        for child in store::children(tx, &row.id).await? {
            Box::pin(self.answer_child(tx, &child.id, after)).await?;
        }
        Ok(())
    }

    async fn answer_child(&self, tx: &mut Tx, id: &str, parent: &Case) -> Result<(), Error> {
        let Ok(found) = Found::of(self.app, tx, id).await else { return Ok(()) };
        let deed = Deed {
            department: parent.department,
            handler: parent.handler,
            outcome: parent.outcome,
            ..Deed::of(Action::Follow)
        };
        let service = Acting { doer: &Doer::Service, deed: &deed, sent_key: None, ..*self };
        service.carry_out(tx, found, &Words::said(None, Vec::new())).await
    }

    async fn audit(&self, tx: &mut Tx, row: &GrievanceRow, from: &str) -> Result<(), Error> {
        let detail = json!({ "number": row.number, "action": self.deed.action, "from": from, "to": row.state,
            "round": row.round });
        let object = Object::new("grievance", &row.id);
        let entry = Entry { action: "grievance.act", object, district: row.adcode(), detail };
        audit::record(tx, self.actor, self.kept(row)?, &entry).await
    }
}

fn must_not_join_itself(row: &GrievanceRow, after: &Case) -> Result<(), Error> {
    if after.parent.is_some_and(|parent| parent.to_string() == row.id) {
        return Err(unknown("into", "不能并入自己。", "a case cannot join itself"));
    }
    Ok(())
}
