//! Taking requests to join, seeing to them, erasing them. Each change is one transaction with its audit entry,
//! which names nobody.

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Value, json};

use super::model::{Person, State, digits_of};
use super::store::{self, JoinRow};
use super::told::Told;
use super::wish::{Change, Filled};
use crate::accounts::{Actor, Permission};
use crate::app::App;
use crate::audit::{self, Entry, Object};
use crate::error::{Error, FieldError};
use crate::ids::{Adcode, JoinId};
use crate::receipts;
use crate::seal::Seal;
use crate::secrets::{Secrets, hex};

/// Rows are read in parts of this size.
const PART: i64 = 200;
/// What persons are sealed for.
const PURPOSE: &str = "join";

/// Keeps a request and returns its number. The station gives the district; without one it is the whole city's.
///
/// # Errors
/// [`Error::Refused`] where the station is not public.
pub async fn ask(app: &App, actor: &Actor, filled: Filled) -> Result<String, Error> {
    let now = app.clock.now();
    let snapshot = app.registry.snapshot();
    let district = match filled.station {
        Some(id) => snapshot.station(id).ok_or_else(no_such_station)?.station.facts.district,
        None => None,
    };
    let number = receipts::number('J', app.config.zone().local(now).date())?;
    let id = JoinId::new(now);
    let row = JoinRow {
        id: id.to_string(),
        version: 1,
        number: number.clone(),
        station_id: filled.station.map(|id| id.to_string()),
        district: district.map(|d| d.to_string()),
        person: Some(close(&app.secrets, &filled.person, id)?),
        phone_hash: Some(phone_hash(&app.secrets, &filled.person.phone)),
        trade: filled.trade.map(|t| t.to_string()),
        consent_version: filled.consent_version,
        state: State::New.to_string(),
        note: None,
        account_id: None,
        created_ms: now.timestamp_millis(),
        changed_ms: now.timestamp_millis(),
    };
    let detail = json!({ "consent_version": row.consent_version });
    let mut tx = app.db.begin().await?;
    store::add(&mut tx, &row).await?;
    audit::record(&mut tx, actor, now, &entry("join.ask", id, district, detail)).await?;
    tx.commit().await?;
    Ok(number)
}

fn no_such_station() -> Error {
    let (zh, en) = ("没有这处驿站。", "there is no such public station");
    Error::Refused(vec![FieldError::new("station_id", "no_such_station", zh, en)])
}

fn entry(action: &'static str, id: JoinId, district: Option<Adcode>, detail: Value) -> Entry {
    Entry { action, object: Object::new("join", id), district, detail }
}

/// What is asked of a list.
#[derive(Debug, Clone, Default)]
pub struct Query {
    /// Only those that have come so far.
    pub state: Option<State>,
    /// Only those of a district.
    pub district: Option<Adcode>,
    /// Only those with this number.
    pub phone: Option<String>,
    /// At most how many.
    pub limit: usize,
    /// Only those before this one.
    pub before: Option<JoinId>,
}

/// Requests that somebody may see to, the newest first, and the cursor of the next page.
pub async fn list(app: &App, actor: &Actor, query: &Query) -> Result<(Vec<Told>, Option<JoinId>), Error> {
    let state = query.state.map(State::as_str).unwrap_or_default();
    let phone = query.phone.as_ref().map(|p| phone_hash(&app.secrets, p)).unwrap_or_default();
    let mut before = query.before.map(|id| id.to_string()).unwrap_or_default();
    let mut told = Vec::new();
    loop {
        let rows = store::page(&app.db, &before, state, &phone, PART).await?;
        let is_last = i64::try_from(rows.len()).unwrap_or(PART) < PART;
        for row in rows {
            if told.len() == query.limit {
                return Ok((told, before.parse().ok()));
            }
            before.clone_from(&row.id);
            let district = district_of(&row);
            let is_asked = query.district.is_none() || query.district == district;
            if is_asked && actor.may(Permission::JoinManage, district) {
                told.push(tell(app, row).await?);
            }
        }
        if is_last {
            return Ok((told, None));
        }
    }
}

fn district_of(row: &JoinRow) -> Option<Adcode> {
    row.district.as_deref().and_then(|text| text.parse().ok())
}

async fn tell(app: &App, row: JoinRow) -> Result<Told, Error> {
    let same_phone = match &row.phone_hash {
        Some(hash) => store::same_phone(&app.db, hash, &row.id).await?,
        None => 0,
    };
    let id = row.id.parse().map_err(|e| Error::Internal(format!("join {}: {e}", row.id)))?;
    let person = row.person.as_deref().map(|sealed| open(&app.secrets, sealed, id)).transpose()?;
    Told::of(app, id, row, person, same_phone)
}

/// One request, for whoever may see to it.
///
/// # Errors
/// [`Error::NotFound`] where there is none, or it is another district's.
pub async fn find(app: &App, actor: &Actor, id: JoinId) -> Result<Told, Error> {
    let row = store::find(&app.db, &id.to_string()).await?.ok_or(Error::NotFound("join"))?;
    must(actor, Permission::JoinManage, &row)?;
    tell(app, row).await
}

fn must(actor: &Actor, permission: Permission, row: &JoinRow) -> Result<(), Error> {
    if actor.may(permission, district_of(row)) { Ok(()) } else { Err(Error::NotFound("join")) }
}

/// Writes how far a request has come, and a remark.
///
/// # Errors
/// [`Error::Stale`] where it is no longer the version that the change is meant for, and [`Error::Conflict`] where
/// it was erased.
pub async fn change(
    app: &App,
    actor: &Actor,
    id: JoinId,
    version: i64,
    change: Change,
) -> Result<Told, Error> {
    let (change, now) = (change.read()?, app.clock.now());
    let mut tx = app.db.begin().await?;
    let row = store::find_in(&mut tx, &id.to_string()).await?.ok_or(Error::NotFound("join"))?;
    must(actor, Permission::JoinManage, &row)?;
    if row.state == State::Erased.as_str() {
        return Err(erased());
    }
    let district = district_of(&row);
    let row = JoinRow {
        version,
        state: change.state.map_or(row.state, |s| s.to_string()),
        note: change.note.map_or(row.note, |n| Some(n).filter(|n| !n.is_empty())),
        account_id: actor.account.map(|id| id.to_string()),
        changed_ms: now.timestamp_millis(),
        ..row
    };
    if !store::change(&mut tx, &row).await? {
        let version = store::find_in(&mut tx, &row.id).await?.map_or(0, |row| row.version);
        return Err(Error::Stale { version });
    }
    let detail = json!({ "state": row.state });
    audit::record(&mut tx, actor, now, &entry("join.change", id, district, detail)).await?;
    tx.commit().await?;
    find(app, actor, id).await
}

fn erased() -> Error {
    let detail = crate::error::Words::new(
        "个人信息已经删除，不能再改。",
        "The person was erased; nothing can be changed.",
    );
    Error::Conflict { code: "erased", detail }
}

/// Takes away what names a person; the request goes on counting.
pub async fn erase(app: &App, actor: &Actor, id: JoinId) -> Result<(), Error> {
    let now = app.clock.now();
    let mut tx = app.db.begin().await?;
    let row = store::find_in(&mut tx, &id.to_string()).await?.ok_or(Error::NotFound("join"))?;
    must(actor, Permission::JoinManage, &row)?;
    if !store::erase(&mut tx, &row.id, now.timestamp_millis()).await? {
        return Err(erased());
    }
    audit::record(&mut tx, actor, now, &entry("join.erase", id, district_of(&row), Value::Null)).await?;
    Ok(tx.commit().await?)
}

/// Everything that is kept under a number, for whoever asks what is kept of him.
pub async fn of_phone(app: &App, actor: &Actor, phone: &str) -> Result<Vec<Told>, Error> {
    let phone = digits_of(phone).ok_or(Error::NotFound("phone"))?;
    let query = Query { phone: Some(phone), limit: usize::MAX, ..Query::default() };
    Ok(list(app, actor, &query).await?.0)
}

/// Erases what was settled, or came, so long ago as the settings say.
pub async fn forget_old(app: &App) -> Result<(), Error> {
    let (now, kept) = (app.clock.now(), &app.config.joins);
    let before = |days: u32| (now - TimeDelta::days(i64::from(days))).timestamp_millis();
    let mut tx = app.db.begin().await?;
    let (settled_ms, created_ms) = (before(kept.settled_days), before(kept.most_days));
    let erased = store::erase_old(&mut tx, settled_ms, created_ms, now.timestamp_millis()).await?;
    if erased == 0 {
        return Ok(tx.rollback().await?);
    }
    let object = Object::new("joins", "old");
    let entry = Entry { action: "join.forget", object, district: None, detail: json!({ "erased": erased }) };
    audit::record(&mut tx, &Actor::system(), now, &entry).await?;
    Ok(tx.commit().await?)
}

/// Records that somebody took the list out of the service.
pub(super) async fn record_export(
    app: &App,
    actor: &Actor,
    now: DateTime<Utc>,
    rows: usize,
) -> Result<(), Error> {
    let object = Object::new("joins", "list");
    let entry = Entry { action: "join.export", object, district: None, detail: json!({ "requests": rows }) };
    let mut tx = app.db.begin().await?;
    audit::record(&mut tx, actor, now, &entry).await?;
    Ok(tx.commit().await?)
}

fn close(secrets: &Secrets, person: &Person, id: JoinId) -> Result<String, Error> {
    let bytes = serde_json::to_vec(person).map_err(|e| Error::Internal(e.to_string()))?;
    Seal::new(secrets, PURPOSE).close(&bytes, &id.to_string())
}

fn open(secrets: &Secrets, sealed: &str, id: JoinId) -> Result<Person, Error> {
    let bytes = Seal::new(secrets, PURPOSE).open(sealed, &id.to_string())?;
    serde_json::from_slice(&bytes).map_err(|e| Error::Internal(format!("join {id}: {e}")))
}

/// What a number is found by: a key derived for it alone, because a plain hash could be found by trying every
/// number.
fn phone_hash(secrets: &Secrets, phone: &str) -> String {
    hex(&secrets.derive(&format!("join.phone {phone}")))
}
