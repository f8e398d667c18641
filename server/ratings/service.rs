//! Computing stars, keeping what stations were given, and writing rules.

use std::collections::HashMap;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use serde_json::json;

use super::gather::{self, Calendars};
use super::model::{Evaluation, Outcome, Verdict, evaluate, next};
use super::rules::{Rules, SHIPPED};
use super::store::{self, GivenRow, RulesRow};
use super::told::{Given, RulesVersion, StationRating};
use crate::accounts::{Actor, Permission};
use crate::app::App;
use crate::audit::{self, Entry, Object};
use crate::db::{Db, Tx};
use crate::error::{Error, Words};
use crate::ids::StationId;
use crate::stations::Snapshot;
use crate::stations::rating::rate;
use crate::stations::snapshot::Entry as Public;
use crate::time::Zone;

/// The most versions of the rules that are told, the newest first.
const MOST_VERSIONS: i64 = 100;
/// So much of what a station was given is told.
const MOST_GIVEN: i64 = 20;

/// Writes the shipped rules as the first version where there are none.
pub async fn fill(db: &Db, now: DateTime<Utc>) -> Result<(), Error> {
    let mut tx = db.begin().await?;
    store::fill(&mut tx, SHIPPED, now.timestamp_millis()).await?;
    Ok(tx.commit().await?)
}

/// What computing did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Computed {
    /// The version of the rules.
    pub rules_version: i64,
    /// Stations that were judged.
    pub stations: usize,
    /// Stations of which something is kept anew.
    pub changed: usize,
    /// The revision that shows other stars; none where all stay.
    pub revision: Option<i64>,
}

/// Judges every public station by the newest rules and keeps what changed, as the service itself.
pub async fn compute_all(app: &App) -> Result<Computed, Error> {
    compute(app, &Actor::system()).await
}

/// The same as somebody who may.
pub(super) async fn compute_by(app: &App, actor: &Actor) -> Result<Computed, Error> {
    actor.must_in_city(Permission::RatingWrite)?;
    compute(app, actor).await
}

async fn compute(app: &App, actor: &Actor) -> Result<Computed, Error> {
    app.registry.catch_up().await?;
    let (snapshot, now) = (app.registry.snapshot(), app.clock.now());
    let (version, rules) = newest(&app.db).await?;
    let told = gather::told(&app.db, &snapshot, now).await?;
    let calendar = Calendars::of(snapshot.zone().local(now).date());
    let judge = |e: &Arc<Public>| Judged {
        station: e.station.id,
        shown: e.station.rating,
        evaluation: evaluate(&rules, &gather::known(e, &told, &calendar, now)),
    };
    let judged: Vec<Judged> = snapshot.entries().map(judge).collect();
    let mut tx = app.db.begin().await?;
    let done = keep(&mut tx, actor, snapshot.zone(), version, &judged, now).await;
    let computed = match done {
        Ok(computed) if computed.changed > 0 || computed.revision.is_some() => {
            tx.commit().await?;
            computed
        }
        Ok(computed) => {
            tx.rollback().await?;
            computed
        }
        Err(error) => {
            tx.rollback().await?;
            return Err(error);
        }
    };
    if let Some(revision) = computed.revision {
        app.registry.after_writing(revision).await;
    }
    Ok(computed)
}

/// A station that was judged, with the stars that the public sees.
struct Judged {
    station: StationId,
    shown: Option<u8>,
    evaluation: Evaluation,
}

/// Keeps what is other than before. Locks the revision first, as every writer of public stations does.
async fn keep(
    tx: &mut Tx,
    actor: &Actor,
    zone: Zone,
    version: i64,
    judged: &[Judged],
    now: DateTime<Utc>,
) -> Result<Computed, Error> {
    let other = judged.iter().filter(|j| j.shown != public(&j.evaluation));
    let other: Vec<_> = other.map(|j| (j.station, public(&j.evaluation))).collect();
    let revision = rate(tx, actor, zone, &other, now).await?;
    if store::hold(tx).await? != version {
        return Err(Error::Unavailable { retry_s: 1, reason: "the rules changed meanwhile".to_owned() });
    }
    let before: HashMap<String, GivenRow> =
        store::latest_in(tx).await?.into_iter().map(|row| (row.station_id.clone(), row)).collect();
    let mut rows = Vec::new();
    for Judged { station, evaluation, .. } in judged {
        let id = station.to_string();
        let last = before.get(&id);
        if !last.is_some_and(|last| is_same(last, version, evaluation)) {
            let at_ms = last.map_or(0, |last| last.at_ms + 1).max(now.timestamp_millis());
            rows.push(row(id, at_ms, version, evaluation)?);
        }
    }
    store::add(tx, &rows).await?;
    let computed = Computed { rules_version: version, stations: judged.len(), changed: rows.len(), revision };
    let detail =
        json!({ "rules": version, "stations": judged.len(), "changed": rows.len(), "revision": revision });
    let object = Object::new("rating", "stations");
    let entry = Entry { action: "rating.compute", object, district: None, detail };
    audit::record(tx, actor, now, &entry).await?;
    Ok(computed)
}

/// The stars that the public sees: none where there are none.
fn public(evaluation: &Evaluation) -> Option<u8> {
    Some(evaluation.stars).filter(|stars| *stars > 0)
}

/// Whether a station was given the same before: by the same rules the same stars, points and verdicts. That a figure
/// is another, such as the days since a confirmation, is nothing to keep.
fn is_same(last: &GivenRow, version: i64, now: &Evaluation) -> bool {
    let verdicts = |outcomes: &[Outcome]| -> Vec<(String, Verdict)> {
        outcomes.iter().map(|o| (o.clause.code.clone(), o.verdict)).collect()
    };
    let before: Vec<Outcome> = serde_json::from_str(&last.clauses).unwrap_or_default();
    last.rules_version == version
        && last.stars == i64::from(now.stars)
        && last.score == i64::from(now.points.score())
        && verdicts(&before) == verdicts(&now.clauses)
}

fn row(station_id: String, at_ms: i64, version: i64, evaluation: &Evaluation) -> Result<GivenRow, Error> {
    Ok(GivenRow {
        station_id,
        at_ms,
        rules_version: version,
        stars: evaluation.stars.into(),
        score: evaluation.points.score().into(),
        clauses: serde_json::to_string(&evaluation.clauses).map_err(|e| Error::Internal(e.to_string()))?,
    })
}

/// The newest rules with their number.
async fn newest(db: &Db) -> Result<(i64, Rules), Error> {
    let row =
        store::rules(db, 1).await?.pop().ok_or_else(|| Error::Internal("no rating rules".to_owned()))?;
    Ok((row.version, row.read()?))
}

/// What a public station is worth now, and what it was given before.
pub(super) async fn of_station(
    db: &Db,
    snapshot: &Snapshot,
    id: StationId,
    now: DateTime<Utc>,
) -> Result<StationRating, Error> {
    let entry = snapshot.public(id).ok_or_else(not_public)?;
    let (version, rules) = newest(db).await?;
    let told = gather::told(db, snapshot, now).await?;
    let calendar = Calendars::of(snapshot.zone().local(now).date());
    let evaluation = evaluate(&rules, &gather::known(entry, &told, &calendar, now));
    let given = store::of_station(db, &id.to_string(), MOST_GIVEN).await?;
    Ok(StationRating {
        station: id,
        name: entry.station.facts.name.clone(),
        rules_version: version,
        at: snapshot.zone().stamp(now),
        stars: evaluation.stars,
        score: f64::from(evaluation.points.score()) / 100.0,
        points: evaluation.points,
        next: next(&rules, &evaluation),
        held_by: evaluation.held_by,
        clauses: evaluation.clauses,
        given: given.iter().map(|row| Given::of(row, snapshot.zone())).collect::<Result<_, _>>()?,
    })
}

fn not_public() -> Error {
    let detail = Words::new("只有已开放或暂停服务的驿站才评星。", "Only public stations have stars.");
    Error::Conflict { code: "not_public", detail }
}

/// The versions of the rules, the newest first.
pub(super) async fn versions(db: &Db, zone: Zone) -> Result<Vec<RulesVersion>, Error> {
    let rows = store::rules(db, MOST_VERSIONS).await?;
    rows.into_iter().map(|row| RulesVersion::of(row, zone)).collect()
}

/// Writes the next version of the rules after the one that was seen.
pub(super) async fn write_rules(
    app: &App,
    actor: &Actor,
    seen: i64,
    rules: &Rules,
    note: Option<String>,
) -> Result<i64, Error> {
    actor.must_in_city(Permission::RatingWrite)?;
    rules.check()?;
    let now = app.clock.now();
    let row = RulesRow {
        version: seen + 1,
        rules: serde_json::to_string(rules).map_err(|e| Error::Internal(e.to_string()))?,
        note,
        account_id: actor.account.map(|id| id.to_string()),
        account_name: None,
        created_ms: now.timestamp_millis(),
    };
    let mut tx = app.db.begin().await?;
    let version = store::hold(&mut tx).await?;
    if version != seen {
        tx.rollback().await?;
        return Err(Error::Stale { version });
    }
    store::add_rules(&mut tx, &row).await?;
    let detail = json!({ "version": row.version, "clauses": rules.clauses.len() });
    let object = Object::new("rating_rules", row.version);
    let entry = Entry { action: "rating.rules", object, district: None, detail };
    audit::record(&mut tx, actor, now, &entry).await?;
    tx.commit().await?;
    Ok(row.version)
}
