//! Writing an import into the registry: begun by a request, carried out by a task of its own in one transaction.

use std::collections::HashMap;
use std::sync::Arc;

use serde_json::json;

use super::model::{Import, Outcome, State};
use super::planning::{Planned, Reader, planned};
use super::service::{entry, find, json_text, must_be, stale};
use super::shared::Progress;
use super::store::memory::{ColumnRow, DecisionRow};
use super::store::parked::NewParked;
use super::store::{self, Move, StationRow};
use crate::accounts::Actor;
use crate::app::App;
use crate::audit;
use crate::db::Tx;
use crate::error::{Error, Words};
use crate::ids::{ImportId, ParkedId, StationId};
use crate::stations::import::{Action, Decision, Other, Pair};
use crate::stations::service::{Bringing, BroughtIn, bring_in};

/// While others write, a commit plans anew so often; it goes on where that would do the same.
const TRIES: usize = 5;

/// Begins a commit; the task that carries it out goes on when the answer is sent.
///
/// # Errors
/// [`Error::Conflict`] `blocked` where something stands in the way.
pub(super) async fn begin(app: &App, reader: &Reader, id: ImportId, version: i64) -> Result<Import, Error> {
    let import = find(&app.db, &reader.actor, id).await?;
    must_be(&import, version, State::Planned)?;
    let looked = planned(app, reader, &import).await?;
    if let Some(blocker) = looked.blockers(&import, reader.language).first() {
        let words = Words::new(blocker.detail.clone(), blocker.detail.clone());
        return Err(Error::Conflict { code: "blocked", detail: words });
    }
    let now = app.clock.now();
    let step = Move { from: "planned", to: "committing", failed: None };
    let mut tx = app.db.begin().await?;
    if !store::step(&mut tx, &id.to_string(), version, step, now.timestamp_millis()).await? {
        return Err(stale(tx, &reader.actor, id).await);
    }
    audit::record(
        &mut tx,
        &reader.actor,
        now,
        &entry("import.begin", &import, json!({ "version": version + 1 })),
    )
    .await?;
    tx.commit().await?;
    let begun = find(&app.db, &reader.actor, id).await?;
    app.imports
        .note(id, Some(Progress { done: 0, of: to_write(&looked.plan.actions, import.wishes.publish) }));
    // Only the request has the key, and this is its transaction.
    let mut reader = reader.clone();
    reader.actor.request = None;
    tokio::spawn(carry_out(app.clone(), reader, begun.clone(), looked));
    Ok(begun)
}

/// Carries a commit out to its end, whatever that is.
async fn carry_out(app: App, reader: Reader, import: Import, looked: Arc<Planned>) {
    match attempts(&app, &reader, &import, looked).await {
        Ok(Some(_)) => {
            if let Err(error) = app.registry.catch_up().await {
                tracing::warn!(%error, "the registry does not follow yet");
            }
        }
        Ok(None) => {}
        Err(error) => {
            let code = if matches!(error, Error::Unavailable { .. }) { "registry_changed" } else { "fault" };
            tracing::warn!(import = %import.id, %error, "an import was not committed");
            if let Err(error) = give_up(&app, &import, code).await {
                tracing::error!(import = %import.id, %error, "an import stays as it is until the next start");
            }
        }
    }
    app.imports.note(import.id, None);
}

/// Tries to write what was planned; where somebody wrote in between, it has to be the same still.
async fn attempts(
    app: &App,
    reader: &Reader,
    import: &Import,
    looked: Arc<Planned>,
) -> Result<Option<i64>, Error> {
    let mut planned_now = looked.clone();
    for _ in 1..TRIES {
        match write(app, &reader.actor, import, &planned_now).await {
            Err(Error::Unavailable { .. }) => {}
            other => return other,
        }
        planned_now = planned(app, reader, import).await?;
        if planned_now.plan.actions != looked.plan.actions {
            let reason = "the registry changed, and the import would do something else now".to_owned();
            return Err(Error::Unavailable { retry_s: 1, reason });
        }
    }
    write(app, &reader.actor, import, &planned_now).await
}

/// One transaction: all of it, or nothing.
async fn write(app: &App, actor: &Actor, import: &Import, planned: &Planned) -> Result<Option<i64>, Error> {
    let mut tx = app.db.begin().await?;
    match write_in(app, &mut tx, actor, import, planned).await {
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

async fn write_in(
    app: &App,
    tx: &mut Tx,
    actor: &Actor,
    import: &Import,
    planned: &Planned,
) -> Result<Option<i64>, Error> {
    let (now, actions) = (app.clock.now(), planned.plan.actions.clone());
    let (id, of) = (import.id, to_write(&actions, import.wishes.publish));
    let progress = |done: usize| app.imports.note(id, Some(Progress { done, of }));
    let how = Bringing { actor, publish: import.wishes.publish, now };
    let done = bring_in(tx, &planned.registered, actions, how, &progress).await?;
    let step = Move { from: "committing", to: "committed", failed: None };
    if !store::step(tx, &id.to_string(), import.version, step, now.timestamp_millis()).await? {
        // Another server took it for lost when it started.
        return Err(Error::Internal("the commit was taken back meanwhile".to_owned()));
    }
    let parked = park(tx, actor, import, planned, now).await?;
    keep(tx, import, &done).await?;
    remember(tx, actor, import, planned, &done, now.timestamp_millis()).await?;
    let created = done.created();
    let outcome = Outcome {
        revision: done.revision,
        created,
        updated: done.wrote.len() - created,
        unchanged: done.stations.len() - done.wrote.len(),
        parked,
        by: actor.account,
    };
    store::done(tx, &id.to_string(), &json_text(&outcome)?, now.timestamp_millis()).await?;
    audit::record(tx, actor, now, &entry("station.import", import, done.detail(import.wishes.publish)))
        .await?;
    Ok(done.revision)
}

/// How many stations a commit writes, those among them that are only published; rows that wait for a pin are none.
fn to_write(actions: &[Action], publish: bool) -> usize {
    let is_written = |action: &&Action| match action {
        Action::Create { .. } | Action::Update { .. } => true,
        Action::Unchanged { .. } => publish,
        Action::Park { .. } => false,
    };
    actions.iter().filter(is_written).count()
}

/// The import is planned again, and says why; nothing happens where another server took it back before.
async fn give_up(app: &App, import: &Import, code: &str) -> Result<(), Error> {
    let now = app.clock.now();
    let step = Move { from: "committing", to: "planned", failed: Some(code) };
    let mut tx = app.db.begin().await?;
    if store::step(&mut tx, &import.id.to_string(), import.version, step, now.timestamp_millis()).await? {
        let entry = entry("import.fail", import, json!({ "code": code }));
        audit::record(&mut tx, &Actor::system(), now, &entry).await?;
    }
    tx.commit().await?;
    Ok(())
}

/// Keeps what was done to each station, for the undoing.
async fn keep(tx: &mut Tx, import: &Import, done: &BroughtIn) -> Result<(), Error> {
    for wrote in &done.wrote {
        let row = StationRow {
            import_id: import.id.to_string(),
            station_id: wrote.station.to_string(),
            row_number: i64::from(wrote.row),
            version_before: wrote.before,
            version_after: wrote.after,
        };
        store::add_station(tx, &row).await?;
    }
    Ok(())
}

/// Puts rows with an address and no position aside; how many of them were not there yet.
async fn park(
    tx: &mut Tx,
    actor: &Actor,
    import: &Import,
    planned: &Planned,
    now: chrono::DateTime<chrono::Utc>,
) -> Result<usize, Error> {
    let mut parked = 0;
    for action in &planned.plan.actions {
        let Action::Park { row, key, facts } = action else { continue };
        let new = NewParked {
            id: ParkedId::new(now).to_string(),
            import_id: import.id.to_string(),
            row_number: i64::from(*row),
            row_key: key.clone(),
            district: facts.district.map(|code| code.to_string()),
            facts: json_text(facts)?,
            account_id: actor.account.map(|id| id.to_string()),
            created_ms: now.timestamp_millis(),
        };
        parked += usize::from(store::parked::park(tx, &new).await?);
    }
    Ok(parked)
}

/// Remembers what people said of columns and pairs, so that the next list does not ask again.
async fn remember(
    tx: &mut Tx,
    actor: &Actor,
    import: &Import,
    planned: &Planned,
    done: &BroughtIn,
    now_ms: i64,
) -> Result<(), Error> {
    let account = actor.account.map(|id| id.to_string());
    for (column, fields) in &import.wishes.columns {
        let heading = planned.sheet.header.headings.get(*column).map(|h| crate::stations::import::folded(h));
        if let Some(heading) = heading.filter(|heading| !heading.is_empty()) {
            let row = ColumnRow { heading, fields: json_text(fields)? };
            store::memory::keep_column(tx, &row, account.as_deref(), now_ms).await?;
        }
    }
    for row in decisions(import, planned, done) {
        store::memory::keep_decision(tx, &row, account.as_deref(), now_ms).await?;
    }
    Ok(())
}

/// What was decided, of rows and the stations that they became.
fn decisions(import: &Import, planned: &Planned, done: &BroughtIn) -> Vec<DecisionRow> {
    let keys: HashMap<u32, &str> =
        planned.plan.rows.iter().map(|row| (row.number, row.key.as_str())).collect();
    let mut stations: HashMap<u32, StationId> = done.stations.iter().copied().collect();
    let decided = planned.plan.pairs.iter().filter_map(|pair| Some((pair, pair.decision?)));
    let mut found = Vec::new();
    let mut say = |row: u32, station: Option<StationId>, decision: Decision| {
        if let (Some(key), Some(station)) = (keys.get(&row), station) {
            let decision = match decision {
                Decision::Same => "same",
                Decision::Different => "different",
                Decision::Merge => "merge",
            };
            let (row_key, station_id) = ((*key).to_owned(), station.to_string());
            found.push(DecisionRow { row_key, station_id, decision: decision.to_owned() });
        }
    };
    for (Pair { row, other, .. }, decision) in decided {
        match (other, decision) {
            (Other::Station(station), decision) => say(*row, Some(*station), decision),
            (Other::Row(other), Decision::Different) => {
                say(*row, stations.get(other).copied(), decision);
                say(*other, stations.get(row).copied(), decision);
            }
            (Other::Row(head), decision) => {
                // Pairs come in the order of their rows, so the head of a chain is known before its end.
                let station = stations.get(head).copied();
                say(*row, station, decision);
                say(*head, station, Decision::Same);
                stations.extend(station.map(|station| (*row, station)));
            }
        }
    }
    for row in import.corrections.pins.keys() {
        say(*row, stations.get(row).copied(), Decision::Same);
    }
    found
}
