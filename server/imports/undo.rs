//! Taking an import back while nothing came after it.

use serde::Serialize;
use serde_json::json;
use utoipa::ToSchema;

use super::model::{Import, State};
use super::service::{entry, find, find_in, must_be, stale};
use super::store::{self, Move, StationRow};
use crate::accounts::Actor;
use crate::app::App;
use crate::audit;
use crate::db::{Db, Tx};
use crate::error::{Error, Words};
use crate::ids::{ImportId, StationId};
use crate::stations::service::{Wrote, take_back};

/// So many stations are named that changed since.
const NAMED: usize = 200;

/// Whether an import can be undone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = ImportUndo)]
pub(super) struct Undo {
    possible: bool,
    /// Its stations that somebody wrote since, the first 200.
    changed: Vec<StationId>,
}

/// Whether an import can be undone; none where it is not committed.
pub(super) async fn outlook(db: &Db, import: &Import) -> Result<Option<Undo>, Error> {
    if import.state != State::Committed {
        return Ok(None);
    }
    let changed = store::changed_since(db, &import.id.to_string(), NAMED).await?;
    let changed: Vec<StationId> = changed.iter().filter_map(|id| id.parse().ok()).collect();
    Ok(Some(Undo { possible: changed.is_empty(), changed }))
}

/// Takes an import back.
///
/// Nothing is deleted: what it made is retired and its numbers are free again, because somebody may have seen a
/// station, kept its address or reported something there; what it changed has its former facts as a new version.
///
/// # Errors
/// [`Error::Conflict`] `changed_since` with the stations that somebody wrote since.
pub(super) async fn undo(app: &App, actor: &Actor, id: ImportId, version: i64) -> Result<Import, Error> {
    let import = find(&app.db, actor, id).await?;
    must_be(&import, version, State::Committed)?;
    let mut tried = attempt(app, actor, &import).await;
    if let Err(Error::Unavailable { .. }) = tried {
        // Somebody wrote one of its stations just now: this time it is found changed.
        tried = attempt(app, actor, &import).await;
    }
    let (undone, revision) = tried?;
    if revision.is_some()
        && let Err(error) = app.registry.catch_up().await
    {
        tracing::warn!(%error, "the registry does not follow yet");
    }
    Ok(undone)
}

/// One transaction: all of it, or nothing.
async fn attempt(app: &App, actor: &Actor, import: &Import) -> Result<(Import, Option<i64>), Error> {
    let mut tx = app.db.begin().await?;
    let revision = match undo_in(app, &mut tx, actor, import).await {
        Ok(Some(revision)) => revision,
        Ok(None) => return Err(stale(tx, actor, import.id).await),
        Err(error) => {
            tx.rollback().await?;
            return Err(error);
        }
    };
    let undone = find_in(&mut tx, actor, import.id).await?;
    tx.commit().await?;
    Ok((undone, revision))
}

/// The revision that shows it; none where the import is not that version any more.
async fn undo_in(
    app: &App,
    tx: &mut Tx,
    actor: &Actor,
    import: &Import,
) -> Result<Option<Option<i64>>, Error> {
    let (id, now) = (import.id.to_string(), app.clock.now());
    let zone = app.registry.snapshot().zone();
    let rows = store::stations_of(tx, &id).await?;
    let wrote = rows.iter().map(wrote).collect::<Result<Vec<_>, _>>()?;
    let done = take_back(tx, actor, &wrote, zone, now).await?;
    if !done.changed.is_empty() {
        return Err(changed_since(&done.changed));
    }
    let step = Move { from: "committed", to: "undone", failed: None };
    if !store::step(tx, &id, import.version, step, now.timestamp_millis()).await? {
        return Ok(None);
    }
    store::parked::unpark(tx, &id).await?;
    let detail = json!({ "stations": wrote.len(), "revision": done.revision });
    audit::record(tx, actor, now, &entry("import.undo", import, detail)).await?;
    Ok(Some(done.revision))
}

fn wrote(row: &StationRow) -> Result<Wrote, Error> {
    let wrong = |e: uuid::Error| Error::Internal(format!("station {}: {e}", row.station_id));
    Ok(Wrote {
        row: u32::try_from(row.row_number).unwrap_or_default(),
        station: row.station_id.parse().map_err(wrong)?,
        before: row.version_before,
        after: row.version_after,
    })
}

fn changed_since(changed: &[StationId]) -> Error {
    let ids = changed.iter().take(NAMED).map(ToString::to_string).collect::<Vec<_>>().join(", ");
    let zh = format!("导入之后有人改过这些站点，不能整批撤销，请在站点的历史里单独恢复：{ids}");
    let en = format!("somebody wrote these stations since; restore single ones from their history: {ids}");
    Error::Conflict { code: "changed_since", detail: Words::new(zh, en) }
}
