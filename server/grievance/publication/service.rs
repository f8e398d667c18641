//! Publishing a case, and taking it back.

use serde::Deserialize;
use serde_json::json;
use utoipa::ToSchema;

use super::model::{PUBLISHED_CHARS, TITLE_CHARS, faults};
use super::store::{self, Cursor};
use super::told::{ToldOne, ToldPublished};
use crate::accounts::{Actor, Permission};
use crate::app::App;
use crate::audit::{self, Entry, Object};
use crate::db::Tx;
use crate::error::{Error, FieldError, Words};
use crate::grievance::acting::{Found, ended};
use crate::grievance::model::State;
use crate::grievance::settings;
use crate::grievance::store as cases;
use crate::ids::GrievanceId;
use crate::language::Language;
use crate::stations::life::patch::remark;

/// What is published of a case.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = GrievancePublicationWish)]
pub(super) struct PublishWish {
    /// The matter in one line.
    #[schema(min_length = 1, max_length = 80)]
    title: String,
    /// What it was about and what came of it, written for the public.
    #[schema(min_length = 1, max_length = 3000)]
    text: String,
    /// That words of the reporter's own are meant to stand there.
    #[serde(default)]
    verbatim: bool,
}

impl PublishWish {
    fn checked(&self) -> Result<(String, String), Error> {
        let mut wrong = Vec::new();
        let title = words(&mut wrong, "title", &self.title, TITLE_CHARS);
        let text = words(&mut wrong, "text", &self.text, PUBLISHED_CHARS);
        if wrong.is_empty() { Ok((title, text)) } else { Err(Error::Refused(wrong)) }
    }
}

fn words(wrong: &mut Vec<FieldError>, field: &'static str, given: &str, most: usize) -> String {
    match remark(field, Some(given), most) {
        Ok(Some(text)) => return text,
        Ok(None) => wrong.push(FieldError::new(field, "missing", "必须填写。", "is required")),
        Err(Error::Refused(errors) | Error::Malformed(errors)) => wrong.extend(errors),
        Err(_) => {}
    }
    String::new()
}

/// A page of what the public reads, the newest first.
pub(crate) async fn listed(
    app: &App,
    category: Option<&str>,
    after: Option<&Cursor>,
    (limit, language): (usize, Language),
) -> Result<ToldPublished, Error> {
    let mut rows = store::published(&app.db, category, after, limit).await?;
    let has_more = rows.len() > limit;
    rows.truncate(limit);
    let next = rows.last().filter(|_| has_more).map(|row| (row.published_ms, row.grievance_id.clone()));
    ToldPublished::of(&rows, next.as_ref(), app.config.zone(), language)
}

/// One case as the public reads of it.
///
/// # Errors
/// [`Error::NotFound`] where nothing is published of it, or not any more.
pub(crate) async fn entry(app: &App, id: GrievanceId, language: Language) -> Result<ToldOne, Error> {
    told(app, id, language, false).await
}

async fn told(app: &App, id: GrievanceId, language: Language, is_staff: bool) -> Result<ToldOne, Error> {
    let row = store::find(&app.db, &id.to_string(), is_staff).await?.ok_or(Error::NotFound("publication"))?;
    ToldOne::of(&row, app.config.zone(), language)
}

/// What is published of a case, for whoever may publish it, with the case's version.
///
/// # Errors
/// [`Error::NotFound`] where the case is not his to see or nothing is published of it.
pub(super) async fn cleared(
    app: &App,
    actor: &Actor,
    id: GrievanceId,
    language: Language,
) -> Result<(ToldOne, i64), Error> {
    let row = cases::find(&app.db, &id.to_string()).await?.ok_or(Error::NotFound("grievance"))?;
    actor.must(Permission::GrievancePublish, row.adcode())?;
    Ok((told(app, id, language, true).await?, row.version))
}

/// Publishes a case that has the version that was seen, or writes its publication anew. Returns its next version.
///
/// # Errors
/// [`Error::NotFound`] where it is not his to see, [`Error::Conflict`] where it may not be published,
/// [`Error::Refused`] where the words tell who the reporter is, and [`Error::Stale`] where somebody was faster.
pub(super) async fn publish(
    app: &App,
    actor: &Actor,
    (id, version): (GrievanceId, i64),
    wish: &PublishWish,
) -> Result<i64, Error> {
    let words = wish.checked()?;
    let mut tx = app.db.begin().await?;
    let done = publish_in(app, actor, &mut tx, (id, version), &words, wish.verbatim).await;
    ended(tx, done).await
}

async fn publish_in(
    app: &App,
    actor: &Actor,
    tx: &mut Tx,
    (id, version): (GrievanceId, i64),
    (title, text): &(String, String),
    is_verbatim: bool,
) -> Result<i64, Error> {
    let row = seen(actor, tx, (id, version)).await?;
    let found = Found::of(app, tx, &row.id).await?;
    must_be_publishable(app, &found).await?;
    let contact = found.row.contact.as_deref().map(|sealed| found.key.open_contact(sealed)).transpose()?;
    let original = found.key.open_some(found.row.text.as_deref(), "text")?.unwrap_or_default();
    let wrong = faults(&[("title", title), ("text", text)], contact.as_ref(), &original, is_verbatim);
    if !wrong.is_empty() {
        return Err(Error::Refused(wrong));
    }
    let account = actor.account.map(|account| account.to_string());
    let now_ms = app.clock.now().timestamp_millis();
    store::save(tx, &found.row.id, (title, text), account.as_deref(), now_ms).await?;
    stepped(app, actor, tx, &found.row, "grievance.publish", is_verbatim).await
}

/// Takes a publication back. Returns the case's next version.
///
/// # Errors
/// As of [`publish`]; [`Error::NotFound`] where nothing is published of it.
pub(super) async fn withdraw(
    app: &App,
    actor: &Actor,
    (id, version): (GrievanceId, i64),
) -> Result<i64, Error> {
    let mut tx = app.db.begin().await?;
    let done = withdraw_in(app, actor, &mut tx, (id, version)).await;
    ended(tx, done).await
}

async fn withdraw_in(
    app: &App,
    actor: &Actor,
    tx: &mut Tx,
    (id, version): (GrievanceId, i64),
) -> Result<i64, Error> {
    let row = seen(actor, tx, (id, version)).await?;
    if !store::remove(tx, &row.id).await? {
        return Err(Error::NotFound("publication"));
    }
    stepped(app, actor, tx, &row, "grievance.unpublish", false).await
}

/// The case as it was seen, for whoever may publish it.
async fn seen(
    actor: &Actor,
    tx: &mut Tx,
    (id, version): (GrievanceId, i64),
) -> Result<cases::GrievanceRow, Error> {
    let row = cases::find_in(tx, &id.to_string()).await?.ok_or(Error::NotFound("grievance"))?;
    actor.must(Permission::GrievancePublish, row.adcode())?;
    if row.version == version { Ok(row) } else { Err(Error::Stale { version: row.version }) }
}

async fn must_be_publishable(app: &App, found: &Found) -> Result<(), Error> {
    let conflict = |code, zh: &str, en: &str| Err(Error::Conflict { code, detail: Words::new(zh, en) });
    if !matches!(found.case.state, State::Closed | State::Archived) {
        let (zh, en) = ("办结以后才能公示。", "It can be published once it is closed.");
        return conflict("not_closed", zh, en);
    }
    if !found.row.may_publish {
        let (zh, en) = ("反映人没有同意公示。", "Its reporter did not allow publication.");
        return conflict("not_allowed", zh, en);
    }
    let categories = settings::all_categories(&app.db).await?;
    if categories.iter().any(|category| category.code == found.row.category && category.is_confidential) {
        let (zh, en) = ("这个类别的诉求不公示。", "Cases of this category are never published.");
        return conflict("confidential_category", zh, en);
    }
    Ok(())
}

/// Gives the case its next version and notes what was done in the audit log, without a word of it.
async fn stepped(
    app: &App,
    actor: &Actor,
    tx: &mut Tx,
    row: &cases::GrievanceRow,
    action: &'static str,
    is_verbatim: bool,
) -> Result<i64, Error> {
    if !cases::save(tx, row).await? {
        return Err(Error::Stale { version: row.version + 1 });
    }
    let detail = json!({ "number": row.number, "verbatim": is_verbatim });
    let entry = Entry { action, object: Object::new("grievance", &row.id), district: row.adcode(), detail };
    audit::record(tx, actor, app.clock.now(), &entry).await?;
    Ok(row.version + 1)
}
