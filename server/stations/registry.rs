//! The registry as the process holds it: the snapshot in use, and how it follows the database.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use arc_swap::{ArcSwap, ArcSwapOption};
use chrono::{DateTime, Utc};
use tokio::sync::Mutex;

use super::changes::{self, ChangeLog, Place};
use super::notices::store::{NoticeRow, of_station, of_stations};
use super::notices::wide::{Wide, notice};
use super::photo::service as photos;
use super::snapshot::{Ground, Moment, Snapshot, Source};
use super::store::{self, ChangeRow};
use crate::city;
use crate::db::Db;
use crate::error::Error;
use crate::ids::StationId;
use crate::time::Clock;

/// How often the database is asked for newer revisions.
pub const POLL: Duration = Duration::from_secs(1);
/// How long a reader that needs a revision waits for it.
pub const PATIENCE: Duration = Duration::from_secs(2);
/// From so many changed stations on, all are read anew.
const MANY_CHANGES: usize = 500;
/// Notices are kept in the snapshot for so long after their end, in milliseconds: seven days.
const PAST_NOTICES_MS: i64 = 7 * 24 * 3_600_000;
/// How often a load is tried again because the registry changed meanwhile.
const LOAD_TRIES: usize = 5;

/// The registry: its database, and the snapshot that answers.
#[derive(Debug)]
pub struct Registry {
    db: Db,
    clock: Clock,
    current: ArcSwap<Snapshot>,
    /// Held while a newer snapshot is made, so that two never race.
    making: Mutex<()>,
    /// Since when the database cannot be followed.
    behind: ArcSwapOption<DateTime<Utc>>,
}

impl Registry {
    /// Reads all public stations and answers from them.
    pub async fn open(db: Db, ground: Ground, clock: Clock) -> Result<Self, Error> {
        let snapshot = load(&db, &ground, clock).await?;
        let (current, making) = (ArcSwap::from_pointee(snapshot), Mutex::new(()));
        Ok(Self { db, clock, current, making, behind: ArcSwapOption::empty() })
    }

    /// The snapshot in use. Take it once per request.
    pub fn snapshot(&self) -> Arc<Snapshot> {
        self.current.load_full()
    }

    /// Since when the database cannot be followed, so that answers may be out of date.
    pub fn behind_since(&self) -> Option<DateTime<Utc>> {
        self.behind.load_full().map(|since| *since)
    }

    /// Brings the snapshot up to the database's revision and to today.
    pub async fn catch_up(&self) -> Result<(), Error> {
        let done = self.make_newer().await;
        match &done {
            Ok(()) => self.behind.store(None),
            Err(_) if self.behind.load().is_none() => self.behind.store(Some(Arc::new(self.clock.now()))),
            Err(_) => {}
        }
        done
    }

    async fn make_newer(&self) -> Result<(), Error> {
        let _making = self.making.lock().await;
        let now = self.snapshot();
        let today = Moment::new(self.clock.now(), now.zone()).local.date();
        let limit = i64::try_from(MANY_CHANGES).unwrap_or(i64::MAX) + 1;
        let changes = store::changes_after(&self.db, now.revision(), limit).await?;
        let Some(last) = changes.last() else {
            // Nothing changed; the opening times are still precomputed anew each day.
            return if now.day() == today { Ok(()) } else { self.load_all().await };
        };
        let everywhere = changes.iter().any(|c| c.station_id == store::EVERY_STATION);
        if everywhere || changes.len() > MANY_CHANGES || now.day() != today {
            return self.load_all().await;
        }
        let ids: BTreeSet<&str> = changes.iter().map(|c| c.station_id.as_str()).collect();
        let wide = Wide::load(&self.db, now.zone(), self.since_ms()).await?;
        let mut changed = Vec::with_capacity(ids.len());
        for id in ids {
            changed.push(self.load_one(id, now.ground(), &wide).await?);
        }
        let log = now.changed().with(changes.iter().filter_map(place));
        self.current.store(Arc::new(now.with_changes(last.revision, changed).remembering(log)));
        Ok(())
    }

    /// A snapshot of `revision` or later, for a client that just wrote; gives up after [`PATIENCE`].
    ///
    /// The database is asked once. From then on the one that follows is waited for, so that many who ask for a
    /// revision that will never be do not all ask the database.
    pub async fn at_least(&self, revision: i64) -> Result<Arc<Snapshot>, Error> {
        let behind =
            || Error::Unavailable { retry_s: 1, reason: format!("revision {revision} is not reached") };
        if self.snapshot().revision() < revision {
            self.catch_up().await?;
        }
        let wait = async {
            while self.snapshot().revision() < revision {
                tokio::time::sleep(POLL / 20).await;
            }
            Ok::<_, Error>(self.snapshot())
        };
        tokio::time::timeout(PATIENCE, wait).await.unwrap_or_else(|_| Err(behind()))
    }

    /// The snapshot after a write: of its revision, if that can be had in a moment, else the one at hand.
    pub async fn after_writing(&self, revision: i64) -> Arc<Snapshot> {
        match self.at_least(revision).await {
            Ok(snapshot) => snapshot,
            Err(error) => {
                tracing::warn!(%error, revision, "a write is not shown yet");
                self.snapshot()
            }
        }
    }

    async fn load_all(&self) -> Result<(), Error> {
        let now = self.snapshot();
        let city = Arc::new(city::load(&self.db).await?);
        let ground = Ground { city, ..now.ground().clone() };
        self.current.store(Arc::new(load(&self.db, &ground, self.clock).await?));
        Ok(())
    }

    /// From when on notices are read.
    fn since_ms(&self) -> i64 {
        since_ms(self.clock)
    }

    /// A station that changed; `None` where the public may no longer see it.
    async fn load_one(
        &self,
        id: &str,
        ground: &Ground,
        wide: &Wide,
    ) -> Result<(StationId, Option<Source>), Error> {
        let station_id = id.parse().map_err(|e| Error::Internal(format!("station {id}: {e}")))?;
        let Some(row) = store::find(&self.db, id).await? else { return Ok((station_id, None)) };
        let station = row.station(ground.zone)?.for_public();
        if !station.is_public() {
            return Ok((station_id, None));
        }
        let mut notices: Vec<_> = wide.of(&station).collect();
        for row in of_station(&self.db, id, self.since_ms()).await? {
            notices.extend(notice(&row, ground.zone)?);
        }
        Ok((station_id, Some((station, notices, photos::of_station(&self.db, id).await?))))
    }
}

/// Reads everything. A snapshot may hold a change that came while it was read, never less than its revision.
async fn load(db: &Db, ground: &Ground, clock: Clock) -> Result<Snapshot, Error> {
    let mut revision = store::revision(db).await?;
    for _ in 1..LOAD_TRIES {
        let sources = load_sources(db, ground, clock).await?;
        let after = store::revision(db).await?;
        if after == revision {
            return Ok(build(ground, revision, clock, sources).remembering(remembered(db, revision).await?));
        }
        revision = after;
    }
    let sources = load_sources(db, ground, clock).await?;
    Ok(build(ground, revision, clock, sources).remembering(remembered(db, revision).await?))
}

/// The last changes up to a revision. Where one touched every station, nothing is known of it and before.
async fn remembered(db: &Db, revision: i64) -> Result<ChangeLog, Error> {
    let limit = i64::try_from(changes::KEPT).unwrap_or(i64::MAX);
    let rows = store::last_changes(db, revision, limit).await?;
    let cut = if rows.len() < changes::KEPT { 0 } else { rows.last().map_or(0, |oldest| oldest.revision) };
    let everything = rows.iter().find(|row| row.station_id == store::EVERY_STATION);
    let floor = everything.map_or(cut, |row| row.revision.max(cut));
    Ok(ChangeLog::new(floor).with(rows.iter().filter(|row| row.revision > floor).filter_map(place)))
}

/// Where a noted change stands among the others.
fn place(row: &ChangeRow) -> Option<Place> {
    Some((row.revision, row.station_id.parse().ok()?))
}

fn build(ground: &Ground, revision: i64, clock: Clock, sources: Vec<Source>) -> Snapshot {
    let today = Moment::new(clock.now(), ground.zone).local.date();
    Snapshot::build(ground.clone(), revision, today, sources)
}

async fn load_sources(db: &Db, ground: &Ground, clock: Clock) -> Result<Vec<Source>, Error> {
    let rows = store::public(db).await?;
    let wide = Wide::load(db, ground.zone, since_ms(clock)).await?;
    let notices = of_stations(db, since_ms(clock)).await?;
    let mut notices = notices.iter().peekable();
    let mut photos = photos::by_station(db).await?;
    let mut sources = Vec::with_capacity(rows.len());
    for row in rows {
        // Both come in the order of the station's id, so one walk joins them.
        let of = |n: &&NoticeRow| n.station_id.as_deref().cmp(&Some(row.id.as_str()));
        while notices.next_if(|n| of(n).is_lt()).is_some() {}
        let mut all = Vec::new();
        while let Some(n) = notices.next_if(|n| of(n).is_eq()) {
            all.extend(notice(n, ground.zone)?);
        }
        let shown = photos.remove(&row.id).unwrap_or_default();
        let station = row.station(ground.zone)?.for_public();
        all.extend(wide.of(&station));
        sources.push((station, all, shown));
    }
    Ok(sources)
}

/// The instant after whose end notices are kept in the snapshot.
fn since_ms(clock: Clock) -> i64 {
    clock.now().timestamp_millis() - PAST_NOTICES_MS
}
