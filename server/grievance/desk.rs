//! What staff see of cases: whose they are, the queue, one case whole.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::acting::erased;
use super::custody::must_not_name;
use super::frame::Frame;
use super::links::{self, Linked};
use super::model::{Desk, Identity, State};
use super::record::read;
use super::sealed::{CaseKey, Contact};
use super::settings;
use super::store::{
    self, AttachmentRow, CountRow, Cursor, EventRow, GrievanceRow, RoundRow, SupervisionRow, TaskRow, Wanted,
    Within,
};
use super::workflow::{Action, Case, Doer, Step, allowed};
use crate::accounts::{Actor, Permission, Reach};
use crate::app::App;
use crate::audit::{self, Entry, Object};
use crate::db::Db;
use crate::error::{Error, FieldError};
use crate::ids::{AccountId, AttachmentId, GrievanceId};

/// Which permission each desk asks for.
const DESKS: [(Desk, Permission); 6] = [
    (Desk::Intake, Permission::GrievanceIntake),
    (Desk::Handler, Permission::GrievanceHandle),
    (Desk::Referee, Permission::GrievanceReferee),
    (Desk::Caller, Permission::GrievanceCallBack),
    (Desk::Supervisor, Permission::GrievanceSupervise),
    (Desk::Archivist, Permission::GrievanceArchive),
];

/// Who somebody is to a case.
///
/// # Errors
/// [`Error::NotFound`] where it is neither of his districts nor his to handle.
pub(super) fn doer(actor: &Actor, row: &GrievanceRow, case: &Case) -> Result<Doer, Error> {
    let account = actor.account.ok_or(Error::Forbidden)?;
    let district = row.adcode();
    let is_his = is_his(actor, case);
    if !is_his && !actor.may(Permission::GrievanceSee, district) {
        return Err(Error::NotFound("grievance"));
    }
    // Whoever handles a case handles it wherever it lies.
    let sits = |(desk, permission): &(Desk, Permission)| {
        actor.may(*permission, district) || (is_his && *desk == Desk::Handler)
    };
    let desks = DESKS.iter().filter(|one| sits(one)).map(|(desk, _)| *desk).collect();
    Ok(Doer::Staff { account, desks, next_level: actor.may(Permission::GrievanceSupervise, None) })
}

/// Whether somebody handles a case, or a part of it: it is his as long as he may handle cases at all.
pub(super) fn is_his(actor: &Actor, case: &Case) -> bool {
    handling(actor).is_some_and(|account| case.is_handled_by(account))
}

/// The account of whoever may handle cases.
pub(super) fn handling(actor: &Actor) -> Option<AccountId> {
    actor.account.filter(|_| actor.may_anywhere(Permission::GrievanceHandle))
}

/// A page of the queue.
pub(super) struct Page {
    /// The cases, those due first.
    pub(super) rows: Vec<Seen>,
    /// How many there are in each state.
    pub(super) counts: Vec<CountRow>,
    /// Where the next page begins.
    pub(super) next: Option<Cursor>,
}

/// A case as the queue shows it.
pub(super) struct Seen {
    /// Its row.
    pub(super) row: GrievanceRow,
    /// What the workflow knows of it.
    pub(super) case: Case,
    /// The matter in one line, where somebody wrote one.
    pub(super) summary: Option<String>,
}

/// What somebody reaches, with the cases that he handles himself.
fn within<'a>(actor: &Actor, reach: &'a Reach) -> Within<'a> {
    Within { reach, account: handling(actor).map(|id| id.to_string()) }
}

/// Cases that somebody may see.
pub(super) async fn page(
    app: &App,
    actor: &Actor,
    wanted: &Wanted,
    after: Option<&Cursor>,
    limit: usize,
) -> Result<Page, Error> {
    let reach = actor.reach(Permission::GrievanceSee);
    let within = within(actor, &reach);
    let mut rows = store::page(&app.db, &within, wanted, after, limit).await?;
    let has_more = rows.len() > limit;
    rows.truncate(limit);
    let next = rows.last().filter(|_| has_more).map(|row| (row.due_ms, row.id.clone()));
    let counts = store::counts(&app.db, &within, wanted, app.clock.now().timestamp_millis()).await?;
    let rows = rows.into_iter().map(|row| seen(app, row)).collect::<Result<_, _>>()?;
    Ok(Page { rows, counts, next })
}

/// A row with what can be read of it.
pub(super) fn seen(app: &App, row: GrievanceRow) -> Result<Seen, Error> {
    let summary = match row.key(&app.keys) {
        Ok(Some(key)) => key.open_some(row.summary.as_deref(), "summary")?,
        // One case whose key is missing must not hide the others of the queue.
        Ok(None) | Err(Error::Conflict { .. }) => None,
        Err(error) => return Err(error),
    };
    Ok(Seen { case: row.case(&[])?, summary, row })
}

/// A row with its summary for whoever may see the case, and without it for everybody else.
pub(super) fn glimpsed(app: &App, actor: &Actor, row: GrievanceRow) -> Result<Seen, Error> {
    let case = row.case(&[])?;
    if doer(actor, &row, &case).is_ok() { seen(app, row) } else { Ok(Seen { case, summary: None, row }) }
}

/// A case whole, for whoever may see it.
pub(super) struct Whole {
    /// What the queue shows of it.
    pub(super) seen: Seen,
    /// What its reporter wrote; `None`: erased.
    pub(super) text: Option<String>,
    /// Whether there is a contact.
    pub(super) has_contact: bool,
    /// Whether the reader may open it, with a reason.
    pub(super) may_reveal: bool,
    /// What happened, the first first, each with its words.
    pub(super) events: Vec<(EventRow, Option<String>)>,
    /// Its files.
    pub(super) attachments: Vec<AttachmentRow>,
    /// What co-handlers have to do, and what they answered.
    pub(super) tasks: Vec<(TaskRow, String, Option<String>)>,
    /// Its supervisions.
    pub(super) supervisions: Vec<SupervisionRow>,
    /// What each round came to.
    pub(super) rounds: Vec<RoundRow>,
    /// The number of the case that it joined.
    pub(super) parent: Option<String>,
    /// The day on which erasing it now would be final in backups too; `None` where the reader may not.
    pub(super) erasable: Option<NaiveDate>,
    /// The department that whoever returned it named, or else the rules of routing propose, by id and name.
    pub(super) proposed: Option<settings::Proposed>,
    /// What it leads to.
    pub(super) links: Vec<Linked>,
    /// The steps that the reader may take.
    pub(super) allowed: Vec<&'static Step>,
}

/// One case for whoever may see it.
///
/// # Errors
/// [`Error::NotFound`] where it is not his to see.
pub(super) async fn find(app: &App, actor: &Actor, id: GrievanceId) -> Result<Whole, Error> {
    let (row, case, doer) = reached(app, actor, id).await?;
    let frame = Frame::of(app);
    let key = row.key(&app.keys)?;
    let events = store::events(&app.db, &row.id).await?;
    let parent = match &row.parent_id {
        Some(parent) => store::find(&app.db, parent).await?.map(|row| row.number),
        None => None,
    };
    let proposed = proposed(app, &row, &case, &events).await?;
    Ok(Whole {
        text: opened(key.as_ref(), row.text.as_deref(), "text")?,
        has_contact: row.contact.is_some(),
        may_reveal: may_reveal(actor, &row, &case),
        events: events.into_iter().map(|event| with_words(key.as_ref(), event)).collect::<Result<_, _>>()?,
        attachments: store::attachments(&app.db, &row.id).await?,
        tasks: tasks(&app.db, &row.id, key.as_ref()).await?,
        supervisions: store::supervisions(&app.db, &row.id).await?,
        rounds: store::rounds(&app.db, &row.id).await?,
        parent,
        erasable: erasable(actor, &row, &case, &frame),
        proposed,
        links: links::of_case(app, &row.id, key.as_ref()).await?,
        allowed: if key.is_some() { allowed(&case, &doer, &frame.moment(None)) } else { Vec::new() },
        seen: Seen { summary: opened(key.as_ref(), row.summary.as_deref(), "summary")?, case, row },
    })
}

/// When erasing a case is final, for a custodian of its district, once it is over.
fn erasable(actor: &Actor, row: &GrievanceRow, case: &Case, frame: &Frame) -> Option<NaiveDate> {
    let may = actor.may(Permission::GrievanceCustody, row.adcode());
    let is_there = row.erased_ms.is_none() && !case.state.is_open();
    (may && is_there).then(|| frame.erased(frame.now.timestamp_millis()).1)
}

/// Where a case should go: of a returned one, to the department that its handler named.
async fn proposed(
    app: &App,
    row: &GrievanceRow,
    case: &Case,
    events: &[EventRow],
) -> Result<Option<settings::Proposed>, Error> {
    if case.state == State::Returned
        && let Some(named) = events.iter().rev().find_map(returned_to)
        && let Some(found) = settings::departments(&app.db).await?.into_iter().find(|d| d.id == named)
    {
        return Ok(found.is_active.then_some((found.id, found.name)));
    }
    settings::proposed(&app.db, &row.category, row.district.as_deref()).await
}

/// The department that a return named.
fn returned_to(event: &EventRow) -> Option<String> {
    let is_return = event.action == Action::Return.as_str();
    let detail: serde_json::Value = serde_json::from_str(&event.detail).ok()?;
    is_return.then(|| detail["department"].as_str().map(str::to_owned))?
}

/// A case that somebody may see, and who he is to it.
pub(super) async fn reached(
    app: &App,
    actor: &Actor,
    id: GrievanceId,
) -> Result<(GrievanceRow, Case, Doer), Error> {
    let text = id.to_string();
    let row = store::find(&app.db, &text).await?.ok_or(Error::NotFound("grievance"))?;
    let case = row.case(&store::tasks(&app.db, &text).await?)?;
    let doer = doer(actor, &row, &case)?;
    Ok((row, case, doer))
}

fn opened(key: Option<&CaseKey>, sealed: Option<&str>, place: &str) -> Result<Option<String>, Error> {
    key.map_or(Ok(None), |key| key.open_some(sealed, place))
}

/// An event with its words.
pub(super) fn with_words(
    key: Option<&CaseKey>,
    event: EventRow,
) -> Result<(EventRow, Option<String>), Error> {
    let words = opened(key, event.words.as_deref(), &event.id)?;
    Ok((event, words))
}

async fn tasks(
    db: &Db,
    id: &str,
    key: Option<&CaseKey>,
) -> Result<Vec<(TaskRow, String, Option<String>)>, Error> {
    let rows = store::tasks(db, id).await?;
    let told = |row: TaskRow| {
        let words = opened(key, Some(&row.words), &row.id)?.unwrap_or_default();
        let answer = opened(key, row.answer.as_deref(), &format!("{} answer", row.id))?;
        Ok((row, words, answer))
    };
    rows.into_iter().map(told).collect()
}

/// Of a confidential case a custodian opens the contact, of a named one also whoever handles it, takes it in or calls
/// back.
fn may_reveal(actor: &Actor, row: &GrievanceRow, case: &Case) -> bool {
    let district = row.adcode();
    let custodian = actor.may(Permission::GrievanceCustody, district);
    let desks = [Permission::GrievanceIntake, Permission::GrievanceCallBack];
    let works = is_his(actor, case) || desks.into_iter().any(|permission| actor.may(permission, district));
    match case.identity {
        Identity::Named => custodian || works,
        Identity::Confidential => custodian,
        Identity::Anonymous => false,
    }
}

/// The most characters of a reason.
const REASON_CHARS: usize = 200;

/// A reason, which the audit log keeps.
///
/// # Errors
/// [`Error::Refused`] with the field `reason` where it is empty or too long.
pub(super) fn reason(given: &str) -> Result<&str, Error> {
    let given = given.trim();
    if (1..=REASON_CHARS).contains(&given.chars().count()) {
        return Ok(given);
    }
    let zh = format!("要写明原因，最多 {REASON_CHARS} 字。");
    let en = format!("say why, in at most {REASON_CHARS} characters");
    Err(Error::Refused(vec![FieldError::new("reason", "missing", zh, en)]))
}

/// Opens the contact of a case, with a reason that the audit log keeps.
///
/// # Errors
/// [`Error::Forbidden`] where it is not for him, [`Error::NotFound`] where there is none, and [`Error::Refused`]
/// without a reason or where that names the reporter.
pub(super) async fn contact(
    app: &App,
    actor: &Actor,
    id: GrievanceId,
    reason: &str,
) -> Result<Contact, Error> {
    let (row, case, _) = reached(app, actor, id).await?;
    if !may_reveal(actor, &row, &case) {
        return Err(Error::Forbidden);
    }
    let reason = self::reason(reason)?;
    let key = row.key(&app.keys)?.ok_or_else(erased)?;
    let sealed = row.contact.as_deref().ok_or(Error::NotFound("contact"))?;
    let contact = key.open_contact(sealed)?;
    must_not_name(&contact, reason)?;
    let object = Object::new("grievance", id);
    // What is recorded is that it was opened and why.
    let detail = serde_json::json!({ "number": row.number, "reason": reason });
    let entry = Entry { action: "grievance.reveal", object, district: row.adcode(), detail };
    let mut tx = app.db.begin().await?;
    audit::record(&mut tx, actor, app.clock.now(), &entry).await?;
    tx.commit().await?;
    Ok(contact)
}

/// Opens a file of a case.
///
/// # Errors
/// [`Error::NotFound`] where the case is not his to see, or has no such file.
pub(super) async fn attachment(
    app: &App,
    actor: &Actor,
    id: GrievanceId,
    file: AttachmentId,
) -> Result<super::attachments::Opened, Error> {
    let (row, ..) = reached(app, actor, id).await?;
    let key = row.key(&app.keys)?.ok_or(Error::NotFound("attachment"))?;
    super::attachments::open(app, &key, &row.id, file).await
}

/// The names that cases are told with.
pub(super) struct Names {
    departments: BTreeMap<String, String>,
    categories: BTreeMap<String, (String, String)>,
    people: BTreeMap<String, String>,
}

impl Names {
    /// Reads them.
    pub(super) async fn load(app: &App) -> Result<Self, Error> {
        let departments = settings::departments(&app.db).await?.into_iter().map(|d| (d.id, d.name)).collect();
        let categories = settings::all_categories(&app.db).await?;
        let categories = categories.into_iter().map(|c| (c.code, (c.name, c.name_en))).collect();
        let people = settings::people(&app.db).await?.into_iter().collect();
        Ok(Self { departments, categories, people })
    }

    /// The name of a department.
    pub(super) fn department(&self, id: Option<&str>) -> Option<String> {
        id.and_then(|id| self.departments.get(id)).cloned()
    }

    /// The name of a category, in Chinese and English.
    pub(super) fn category(&self, code: &str) -> (String, String) {
        self.categories.get(code).cloned().unwrap_or_else(|| (code.to_owned(), code.to_owned()))
    }

    /// The name of somebody of staff.
    pub(super) fn person(&self, id: Option<&str>) -> Option<String> {
        id.and_then(|id| self.people.get(id)).cloned()
    }
}

/// Where a case stands, by its code.
pub(super) fn state(row: &GrievanceRow) -> Result<State, Error> {
    read(&row.state)
}
