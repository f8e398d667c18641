//! Writing stations: row, versions, change and revision together, so that none of them can be forgotten.

use chrono::{DateTime, Utc};

use super::store::{self as life, NewVersion, ROWS};
use crate::accounts::{Actor, Via};
use crate::db::{DbError, Tx};
use crate::error::{Error, FieldError};
use crate::ids::StationId;
use crate::stations::model::{Facts, Station, Status};
use crate::stations::search::searchable;
use crate::stations::store::{self, StationRow};

/// One station as it shall be, and as it was; its version is made here.
#[derive(Debug, Clone)]
pub(in crate::stations) struct Write {
    /// As it is registered; none where it is new.
    pub(in crate::stations) old: Option<Station>,
    /// As it shall be.
    pub(in crate::stations) new: Station,
}

/// Who writes, what for and when.
#[derive(Debug, Clone, Copy)]
pub(in crate::stations) struct Deed<'a> {
    /// Who.
    pub(in crate::stations) actor: &'a Actor,
    /// What is done, as the history names it.
    pub(in crate::stations) action: &'static str,
    /// Why.
    pub(in crate::stations) reason: Option<&'a str>,
    /// When.
    pub(in crate::stations) now: DateTime<Utc>,
}

/// How a version is named that was registered before versions were kept.
const RECORDED: &str = "recorded";

/// Writes stations and returns the revision that shows them; none where the public sees nothing of it.
///
/// The caller records the audit entry and commits.
///
/// # Errors
/// [`Error::Stale`] where a station is no longer the version that the write began with, and
/// [`Error::Conflict`] where an official number is taken; the transaction cannot go on then.
pub(in crate::stations) async fn write(
    tx: &mut Tx,
    writes: Vec<Write>,
    deed: &Deed<'_>,
    progress: &(dyn Fn(usize) + Sync),
) -> Result<Option<i64>, Error> {
    let is_public = writes.iter().any(|w| shows(w.old.as_ref(), &w.new));
    let revision = if is_public { Some(store::raise_revision(tx).await?) } else { None };
    write_at(tx, revision, writes, deed, progress).await?;
    Ok(revision)
}

/// Writes stations in a revision that was raised before.
pub(in crate::stations) async fn write_at(
    tx: &mut Tx,
    revision: Option<i64>,
    writes: Vec<Write>,
    deed: &Deed<'_>,
    progress: &(dyn Fn(usize) + Sync),
) -> Result<(), Error> {
    let mut done = 0;
    let mut rest = writes.into_iter().peekable();
    while rest.peek().is_some() {
        let (mut rows, mut versions, mut changed) = (Vec::new(), Vec::new(), Vec::new());
        for Write { old, new } in rest.by_ref().take(ROWS) {
            let station = after(old.as_ref(), new, deed);
            if shows(old.as_ref(), &station) {
                changed.push(station.id.to_string());
            }
            versions.extend(old.as_ref().map(recorded).transpose()?);
            versions.push(version_of(&station, deed)?);
            rows.push((StationRow::of(&station)?, searchable(&station.facts).text().to_owned()));
        }
        put(tx, &rows).await?;
        for part in versions.chunks(ROWS) {
            life::keep(tx, part).await?;
        }
        if let Some(revision) = revision {
            life::note_changes(tx, revision, &changed).await?;
        }
        done += rows.len();
        progress(done);
    }
    Ok(())
}

/// A station as the version after the old one.
fn after(old: Option<&Station>, new: Station, deed: &Deed<'_>) -> Station {
    let version = old.map_or(1, |old| old.version + 1);
    Station { version, changed: deed.now.fixed_offset(), ..new }
}

async fn put(tx: &mut Tx, rows: &[(StationRow, String)]) -> Result<(), Error> {
    let is_written = store::put(tx, rows).await.map_err(|e| taken(e, rows))?;
    let Some((row, _)) = rows.first().filter(|_| !is_written) else { return Ok(()) };
    let now = store::find_in(tx, &row.id).await?.map_or(0, |row| row.version);
    Err(Error::Stale { version: now })
}

fn version_of(station: &Station, deed: &Deed<'_>) -> Result<NewVersion, Error> {
    Ok(NewVersion {
        station_id: station.id.to_string(),
        version: station.version,
        at_ms: deed.now.timestamp_millis(),
        account_id: deed.actor.account.map(|id| id.to_string()),
        via: deed.actor.via.to_string(),
        action: deed.action.to_owned(),
        reason: deed.reason.map(str::to_owned),
        status: station.status.to_string(),
        facts: json(&station.facts)?,
    })
}

/// The version before, for stations whose history begins with this write.
fn recorded(old: &Station) -> Result<NewVersion, Error> {
    Ok(NewVersion {
        station_id: old.id.to_string(),
        version: old.version,
        at_ms: old.changed.timestamp_millis(),
        account_id: None,
        via: Via::System.to_string(),
        action: RECORDED.to_owned(),
        reason: None,
        status: old.status.to_string(),
        facts: json(&old.facts)?,
    })
}

/// The status and the facts of an earlier version.
pub(in crate::stations) async fn kept(
    tx: &mut Tx,
    id: StationId,
    version: i64,
) -> Result<Option<(Status, Facts)>, Error> {
    let Some(row) = life::version(tx, &id.to_string(), version).await? else { return Ok(None) };
    let wrong = |what: String| Error::Internal(format!("station {id}, version {version}: {what}"));
    let status = row.status.parse().map_err(|e: crate::code::UnknownCode| wrong(e.to_string()))?;
    let facts = serde_json::from_str(&row.facts).map_err(|e| wrong(e.to_string()))?;
    Ok(Some((status, facts)))
}

fn json(facts: &Facts) -> Result<String, Error> {
    serde_json::to_string(facts).map_err(|e| Error::Internal(e.to_string()))
}

/// Whether the index of every server must learn of a write: it holds public stations with their versions.
fn shows(old: Option<&Station>, new: &Station) -> bool {
    old.is_some_and(Station::is_public) || new.is_public()
}

/// The one thing that must be unique is the official number.
fn taken(error: DbError, rows: &[(StationRow, String)]) -> Error {
    match (error, rows) {
        (DbError::Unique(_), [(row, _)]) => {
            Error::Refused(vec![code_taken(row.code.as_deref().unwrap_or_default(), None)])
        }
        // Which of many it is, the database does not say; it was taken a moment ago.
        (DbError::Unique(_), _) => {
            Error::Unavailable { retry_s: 1, reason: "an official number was taken meanwhile".to_owned() }
        }
        (other, _) => other.into(),
    }
}

/// Says that a number is taken, and by which station where that is known.
pub(super) fn code_taken(code: &str, by: Option<&str>) -> FieldError {
    let (zh, en) = match by {
        Some(id) => (
            format!("编号 {code} 已经给了别的驿站（{id}），请换一个，或去改那一站。"),
            format!("the number {code} belongs to station {id}; choose another, or change that station"),
        ),
        None => (
            format!("编号 {code} 已经给了别的驿站，请换一个。"),
            format!("the number {code} belongs to another station; choose another"),
        ),
    };
    FieldError::new("code", "taken", zh, en)
}
