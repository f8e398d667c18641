//! Imports: sent, looked at, changed, discarded. Each change is one transaction with one audit entry.

use chrono::{DateTime, Utc};
use serde_json::{Value, json};

use super::model::{Import, Outcome, State, Wishes};
use super::planning::{Planned, Reader, planned};
use super::reader;
use super::store::{self, ImportRow, Move, NewImport, Within};
use super::wish::{Patch, Sent};
use crate::accounts::{Actor, Permission};
use crate::app::App;
use crate::audit::{self, Entry, Object};
use crate::db::{Db, Tx};
use crate::error::{Error, Words};
use crate::http::form::SentFile;
use crate::ids::ImportId;
use crate::secrets;
use crate::stations::import::Corrections;

/// The most characters of a file's name that are kept.
const NAME_CHARS: usize = 120;

/// Takes back every commit that a server did not end.
pub async fn recover(db: &Db, now: DateTime<Utc>) -> Result<(), Error> {
    let mut tx = db.begin().await?;
    let found = store::recover(&mut tx, now.timestamp_millis()).await?;
    if found > 0 {
        let (object, detail) = (Object::new("import", "all"), json!({ "imports": found }));
        let entry = Entry { action: "import.recover", object, district: None, detail };
        audit::record(&mut tx, &Actor::system(), now, &entry).await?;
    }
    tx.commit().await?;
    Ok(())
}

/// Keeps a file and what is said with it. Whatever was corrected in the same file before is corrected again.
pub(super) async fn send(app: &App, reader: &Reader, file: &SentFile, sent: &Sent) -> Result<Import, Error> {
    let sheet = reader::read(app, &file.bytes).await?;
    let hash = secrets::hex(&<sha2::Sha256 as sha2::Digest>::digest(&file.bytes));
    let before = store::of_file(&app.db, &hash).await?.map(import).transpose()?;
    let before = before.filter(|before| may_see(&reader.actor, before));
    let (base, corrections, kept) = match before {
        Some(before) => (before.wishes, before.corrections, before.district),
        None => (Wishes::default(), Corrections::default(), None),
    };
    let city = app.registry.snapshot().ground().city.clone();
    let (wishes, district) = sent.wishes(&sheet.header.headings, &city, base)?;
    let district = district.or(kept);
    if district.is_some() {
        reader.actor.must(Permission::StationImport, district)?;
    }
    let now = app.clock.now();
    let id = ImportId::new(now);
    let new = NewImport {
        id: id.to_string(),
        account_id: reader.actor.account.map(|id| id.to_string()),
        file_name: label(&file.name),
        file_hash: hash,
        row_count: i64::try_from(sheet.rows.len()).unwrap_or(i64::MAX),
        district: district.map(|code| code.to_string()),
        options: json_text(&wishes)?,
        corrections: json_text(&corrections)?,
        created_ms: now.timestamp_millis(),
    };
    let packed = reader::packed(&sheet)?;
    let mut tx = app.db.begin().await?;
    store::add(&mut tx, &new, &file.bytes, &packed).await?;
    let detail = json!({ "rows": sheet.rows.len(), "format": sheet.header.format });
    let entry = Entry { action: "import.send", object: Object::new("import", id), district, detail };
    audit::record(&mut tx, &reader.actor, now, &entry).await?;
    tx.commit().await?;
    find(&app.db, &reader.actor, id).await
}

/// One import, where somebody may see it.
pub(super) async fn find(db: &Db, actor: &Actor, id: ImportId) -> Result<Import, Error> {
    let row = store::find(db, &id.to_string()).await?.ok_or(Error::NotFound("import"))?;
    seen(actor, import(row)?)
}

/// One import as a transaction sees it.
pub(super) async fn find_in(tx: &mut Tx, actor: &Actor, id: ImportId) -> Result<Import, Error> {
    let row = store::find_in(tx, &id.to_string()).await?.ok_or(Error::NotFound("import"))?;
    seen(actor, import(row)?)
}

fn seen(actor: &Actor, import: Import) -> Result<Import, Error> {
    let is_there = may_see(actor, &import) && import.state != State::Discarded;
    if is_there { Ok(import) } else { Err(Error::NotFound("import")) }
}

/// His own imports, and those for a district that is his.
fn may_see(actor: &Actor, import: &Import) -> bool {
    let is_own = import.account.is_some() && import.account == actor.account;
    is_own || actor.may(Permission::StationImport, import.district)
}

/// A page of the imports that somebody may see, the newest first, and where the next page begins.
pub(super) async fn list(
    db: &Db,
    actor: &Actor,
    state: Option<State>,
    before: Option<ImportId>,
    limit: usize,
) -> Result<(Vec<Import>, Option<ImportId>), Error> {
    let prefixes = actor.reach(Permission::StationImport).prefixes;
    let within = Within { account: actor.account.map(|id| id.to_string()), prefixes };
    let rows = i64::try_from(limit + 1).unwrap_or(i64::MAX);
    let before = before.map(|id| id.to_string());
    let rows = store::list(db, &within, state.map(State::as_str), before.as_deref(), rows).await?;
    let has_more = rows.len() > limit;
    let found = rows.into_iter().take(limit).map(import).collect::<Result<Vec<_>, _>>()?;
    let next = found.last().filter(|_| has_more).map(|import| import.id);
    Ok((found, next))
}

/// Changes what people say of an import.
pub(super) async fn change(
    app: &App,
    reader: &Reader,
    id: ImportId,
    version: i64,
    patch: &Patch,
) -> Result<Import, Error> {
    let import = find(&app.db, &reader.actor, id).await?;
    must_be(&import, version, State::Planned)?;
    let looked = planned(app, reader, &import).await?;
    let city = app.registry.snapshot().ground().city.clone();
    let next = patch.apply(&import, &looked, &city)?;
    if next.district != import.district {
        reader.actor.must(Permission::StationImport, next.district)?;
    }
    if next.wishes.publish && !reader.actor.may_anywhere(Permission::StationPublish) {
        return Err(Error::Forbidden);
    }
    let texts = [
        next.district.map(|code| code.to_string()),
        Some(json_text(&next.wishes)?),
        Some(json_text(&next.corrections)?),
    ];
    let now = app.clock.now();
    let mut tx = app.db.begin().await?;
    if !store::change(&mut tx, &id.to_string(), version, texts, now.timestamp_millis()).await? {
        return Err(stale(tx, &reader.actor, id).await);
    }
    audit::record(
        &mut tx,
        &reader.actor,
        now,
        &entry("import.change", &next, json!({ "version": version + 1 })),
    )
    .await?;
    tx.commit().await?;
    find(&app.db, &reader.actor, id).await
}

/// Discards an import that is planned, its file with it.
pub(super) async fn discard(app: &App, actor: &Actor, id: ImportId, version: i64) -> Result<(), Error> {
    let import = find(&app.db, actor, id).await?;
    must_be(&import, version, State::Planned)?;
    let now = app.clock.now();
    let step = Move { from: "planned", to: "discarded", failed: None };
    let mut tx = app.db.begin().await?;
    if !store::step(&mut tx, &id.to_string(), version, step, now.timestamp_millis()).await? {
        return Err(stale(tx, actor, id).await);
    }
    store::forget_file(&mut tx, &id.to_string()).await?;
    audit::record(&mut tx, actor, now, &entry("import.discard", &import, Value::Null)).await?;
    tx.commit().await?;
    Ok(())
}

/// Refuses what is meant for another version or another state.
pub(super) fn must_be(import: &Import, version: i64, state: State) -> Result<(), Error> {
    if import.version != version {
        return Err(Error::Stale { version: import.version });
    }
    if import.state == state {
        return Ok(());
    }
    let zh = format!("这次导入现在是“{}”，不能这样做。", state_zh(import.state));
    let en = format!("the import is {}, which does not allow this", import.state);
    Err(Error::Conflict { code: "wrong_state", detail: Words::new(zh, en) })
}

fn state_zh(state: State) -> &'static str {
    match state {
        State::Planned => "待提交",
        State::Committing => "提交中",
        State::Committed => "已提交",
        State::Undone => "已撤销",
        State::Discarded => "已丢弃",
    }
}

/// Somebody else was faster: undoes what was begun and says which version there is now.
pub(super) async fn stale(tx: Tx, actor: &Actor, id: ImportId) -> Error {
    let mut tx = tx;
    let now = find_in(&mut tx, actor, id).await;
    match (tx.rollback().await, now) {
        (Err(error), _) => error.into(),
        (Ok(()), Ok(import)) => Error::Stale { version: import.version },
        (Ok(()), Err(error)) => error,
    }
}

/// The audit entry of what is done with an import.
pub(super) fn entry(action: &'static str, import: &Import, detail: Value) -> Entry {
    Entry { action, object: Object::new("import", import.id), district: import.district, detail }
}

/// The name of a file as a label: its last part, without control characters, cut short.
fn label(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let kept: String = last.chars().filter(|c| !c.is_control()).take(NAME_CHARS).collect();
    if kept.trim().is_empty() { "—".to_owned() } else { kept.trim().to_owned() }
}

pub(super) fn json_text(value: &impl serde::Serialize) -> Result<String, Error> {
    serde_json::to_string(value).map_err(|e| Error::Internal(e.to_string()))
}

/// Makes an import of a row.
pub(super) fn import(row: ImportRow) -> Result<Import, Error> {
    let wrong = |what: String| Error::Internal(format!("import {}: {what}", row.id));
    let outcome = row.outcome.as_deref().map(serde_json::from_str::<Outcome>).transpose();
    Ok(Import {
        id: row.id.parse().map_err(|e: uuid::Error| wrong(e.to_string()))?,
        version: row.version,
        account: row.account_id.as_deref().and_then(|id| id.parse().ok()),
        account_name: row.account_name,
        rows: row.row_count,
        state: row.state.parse().map_err(|e: crate::code::UnknownCode| wrong(e.to_string()))?,
        district: row.district.as_deref().and_then(|code| code.parse().ok()),
        wishes: serde_json::from_str(&row.options).map_err(|e| wrong(e.to_string()))?,
        corrections: serde_json::from_str(&row.corrections).map_err(|e| wrong(e.to_string()))?,
        outcome: outcome.map_err(|e| wrong(e.to_string()))?,
        file_name: row.file_name,
        failed: row.failed,
        created_ms: row.created_ms,
        committed_ms: row.committed_ms,
    })
}

/// What a plan and an import give together.
#[derive(Debug)]
pub(super) struct Looked {
    pub(super) import: Import,
    /// The plan; absent once it is carried out or while it is.
    pub(super) planned: Option<std::sync::Arc<Planned>>,
}

/// An import with its plan, where it has one.
pub(super) async fn look(app: &App, reader: &Reader, import: Import) -> Result<Looked, Error> {
    let planned = match import.state {
        State::Committing => None,
        _ => Some(planned(app, reader, &import).await?),
    };
    Ok(Looked { import, planned })
}
