//! Changing the registry. Each function is one transaction with one revision.

use chrono::{DateTime, FixedOffset, Utc};

use super::model::{Facts, Station, Status};
use super::record::effect_code;
use super::state::Effect;
use super::store::{self, NoticeRow, StationRow};
use crate::db::{Db, Tx};
use crate::error::Error;
use crate::ids::{NoticeId, StationId};
use crate::time::Zone;

/// A new station with its facts; not yet stored.
pub fn register(facts: Facts, status: Status, now: DateTime<Utc>) -> Station {
    Station {
        id: StationId::new(now),
        version: 1,
        status,
        demonstration: false,
        facts,
        last_confirmed: None,
        rating: None,
    }
}

/// Stores stations, new or changed, all or none, in one revision. `progress` is told how many are written.
///
/// Returns the revision; writing nothing raises none.
pub async fn put_all(db: &Db, stations: &[Station], now: DateTime<Utc>, progress: &(dyn Fn(usize) + Sync)) -> Result<i64, Error> {
    let mut tx = db.begin().await?;
    let revision = put_in(&mut tx, stations, now, progress).await?;
    tx.commit().await?;
    Ok(revision)
}

async fn put_in(tx: &mut Tx, stations: &[Station], now: DateTime<Utc>, progress: &(dyn Fn(usize) + Sync)) -> Result<i64, Error> {
    let revision = store::raise_revision(tx).await?;
    for (done, station) in stations.iter().enumerate() {
        let row = StationRow::of(station)?;
        store::put(tx, &row, now.timestamp_millis()).await?;
        store::note_change(tx, revision, &row.id).await?;
        progress(done + 1);
    }
    Ok(revision)
}

/// Every station that is not retired, for an import to compare with.
pub async fn registered(db: &Db, zone: Zone) -> Result<Vec<Station>, Error> {
    let mut tx = db.begin().await?;
    let rows = store::all(&mut tx).await?;
    tx.rollback().await?;
    rows.into_iter().map(|row| row.station(zone)).collect()
}

/// A notice to announce for a station.
#[derive(Debug, Clone)]
pub struct Announcement {
    /// Which station.
    pub station: StationId,
    /// Whether it closes the station or opens it beyond its hours.
    pub effect: Effect,
    /// From when.
    pub from: DateTime<FixedOffset>,
    /// Until when; `None`: until it is taken back.
    pub to: Option<DateTime<FixedOffset>>,
    /// The reason shown to workers.
    pub reason: String,
}

/// Announces a notice and returns the revision that shows it.
pub async fn announce(db: &Db, notice: &Announcement, now: DateTime<Utc>) -> Result<i64, Error> {
    let row = NoticeRow {
        id: NoticeId::new(now).to_string(),
        station_id: notice.station.to_string(),
        effect: effect_code(notice.effect).to_owned(),
        from_ms: notice.from.timestamp_millis(),
        to_ms: notice.to.map(|t| t.timestamp_millis()),
        reason: notice.reason.clone(),
    };
    let mut tx = db.begin().await?;
    let revision = store::raise_revision(&mut tx).await?;
    store::add_notice(&mut tx, &row, now.timestamp_millis()).await?;
    store::note_change(&mut tx, revision, &row.station_id).await?;
    tx.commit().await?;
    Ok(revision)
}

/// Replaces the demonstration registry by `stations`; an empty list removes it. Returns how many were removed.
pub async fn replace_demonstration(db: &Db, stations: &[Station], now: DateTime<Utc>) -> Result<usize, Error> {
    let mut tx = db.begin().await?;
    let old = store::demonstration(&mut tx).await?;
    if old.is_empty() && stations.is_empty() {
        tx.rollback().await?;
        return Ok(0);
    }
    store::remove_demonstration(&mut tx).await?;
    let revision = put_in(&mut tx, stations, now, &|_| {}).await?;
    for id in &old {
        store::note_change(&mut tx, revision, id).await?;
    }
    tx.commit().await?;
    Ok(old.len())
}
