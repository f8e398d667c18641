//! What was announced for one station by whoever holds its link.

use chrono::{DateTime, FixedOffset, Utc};

use super::store;
use crate::db::Db;
use crate::error::Error;
use crate::ids::{NoticeId, StationId};
use crate::time::Zone;

/// A notice that closes the whole station for a time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnNotice {
    /// Which.
    pub id: NoticeId,
    /// Its version, which a withdrawal names.
    pub version: i64,
    /// From when.
    pub from: DateTime<FixedOffset>,
    /// Until when; `None`: until it is withdrawn.
    pub to: Option<DateTime<FixedOffset>>,
    /// The reason shown to workers.
    pub reason: String,
}

/// The notices of a station that are not over and that nobody with an account announced: those of its links.
pub async fn of_links(
    db: &Db,
    station: StationId,
    zone: Zone,
    now: DateTime<Utc>,
) -> Result<Vec<OwnNotice>, Error> {
    let rows = store::of_station(db, &station.to_string(), now.timestamp_millis()).await?;
    let of_link = |row: &store::NoticeRow| row.account_id.is_none() && row.facility.is_none();
    let own = |row: store::NoticeRow| {
        let id = row.id.parse().map_err(|e| Error::Internal(format!("notice {}: {e}", row.id)))?;
        let (from, to) = (zone.from_ms(row.from_ms), row.to_ms.map(|ms| zone.from_ms(ms)));
        Ok(OwnNotice { id, version: row.version, from, to, reason: row.reason })
    };
    rows.into_iter().filter(of_link).map(own).collect()
}
