//! Announcing and withdrawing notices, beginning and ending regimes. Each is one transaction with one revision, in
//! which every public station that it touches is noted as changed.

use chrono::{DateTime, Utc};
use serde::Deserialize;
use spatial::Position;

use super::model::{Announcement, Extension, Subject};
use super::region::is_within;
use super::store::{self, NoticeRow, PlaceRow, RegimeRow};
use super::wide::{prefixes, region};
use crate::db::Tx;
use crate::error::Error;
use crate::ids::{Adcode, NoticeId, RegimeId};
use crate::stations::model::FacilityCode;
use crate::stations::record::effect_code;
use crate::stations::store::{note_changes, raise_revision};

/// Every longitude and latitude.
const EVERYWHERE: [f64; 4] = [-180.0, 180.0, -90.0, 90.0];

/// What a write did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written<Id> {
    /// What was written.
    pub id: Id,
    /// The revision that shows it.
    pub revision: i64,
}

/// Announces a notice.
pub async fn announce(
    tx: &mut Tx,
    notice: &Announcement,
    account: Option<String>,
    now: DateTime<Utc>,
) -> Result<Written<NoticeId>, Error> {
    let revision = raise_revision(tx).await?;
    let id = NoticeId::new(now);
    let mut row = NoticeRow {
        id: id.to_string(),
        version: 1,
        station_id: None,
        area: None,
        reach: None,
        facility: notice.facility.map(|f| f.to_string()),
        effect: effect_code(notice.effect).to_owned(),
        from_ms: notice.from.timestamp_millis(),
        to_ms: notice.to.map(|t| t.timestamp_millis()),
        reason: notice.reason.clone(),
        account_id: account,
        created_ms: now.timestamp_millis(),
        withdrawn_ms: None,
    };
    match &notice.subject {
        Subject::Station(station) => row.station_id = Some(station.to_string()),
        Subject::Region(region) => {
            row.area = Some(region.geojson());
            row.reach = Some(json(region.reach())?);
        }
    }
    store::add(tx, &row).await?;
    note_touched(tx, revision, &row).await?;
    Ok(Written { id, revision })
}

/// Withdraws a notice: from now on it is as if it had ended. A notice that is over already stays as it is.
///
/// `may` looks at the notice before anything is written and may refuse.
pub async fn withdraw(
    tx: &mut Tx,
    id: NoticeId,
    may: impl FnOnce(&NoticeRow) -> Result<(), Error>,
    now: DateTime<Utc>,
) -> Result<i64, Error> {
    let revision = raise_revision(tx).await?;
    let row = store::find_in(tx, &id.to_string()).await?.ok_or(Error::NotFound("notice"))?;
    may(&row)?;
    store::withdraw(tx, &row.id, now.timestamp_millis()).await?;
    note_touched(tx, revision, &row).await?;
    Ok(revision)
}

/// Begins a regime of extended hours.
pub async fn begin(
    tx: &mut Tx,
    regime: &Extension,
    account: Option<String>,
    now: DateTime<Utc>,
) -> Result<Written<RegimeId>, Error> {
    let revision = raise_revision(tx).await?;
    let id = RegimeId::new(now);
    let row = RegimeRow {
        id: id.to_string(),
        version: 1,
        kind: regime.kind.as_str().to_owned(),
        districts: json(&regime.districts)?,
        hours: regime.hours.clone(),
        facility: regime.facility.map(|f| f.to_string()),
        from_ms: regime.from.timestamp_millis(),
        to_ms: regime.to.map(|t| t.timestamp_millis()),
        reason: regime.reason.clone(),
        account_id: account,
        created_ms: now.timestamp_millis(),
        ended_ms: None,
    };
    store::add_regime(tx, &row).await?;
    note_extended(tx, revision, &row).await?;
    Ok(Written { id, revision })
}

/// Ends a regime now. `may` looks at it before anything is written and may refuse.
pub async fn end(
    tx: &mut Tx,
    id: RegimeId,
    may: impl FnOnce(&RegimeRow) -> Result<(), Error>,
    now: DateTime<Utc>,
) -> Result<i64, Error> {
    let revision = raise_revision(tx).await?;
    let row = store::find_regime_in(tx, &id.to_string()).await?.ok_or(Error::NotFound("regime"))?;
    may(&row)?;
    store::end(tx, &row.id, now.timestamp_millis()).await?;
    note_extended(tx, revision, &row).await?;
    Ok(revision)
}

/// Notes the stations that a notice is for as changed.
async fn note_touched(tx: &mut Tx, revision: i64, row: &NoticeRow) -> Result<(), Error> {
    if let Some(station) = &row.station_id {
        return Ok(note_changes(tx, revision, std::slice::from_ref(station)).await?);
    }
    let region = region(row)?;
    let Some(b) = region.area().bounds() else { return Ok(()) };
    let places = store::places(tx, [b.west, b.east, b.south, b.north]).await?;
    let stands =
        |p: &PlaceRow| Position::new(p.lon, p.lat).is_ok_and(|position| region.covers(position, p.adcode()));
    let ids = ids(places, stands, row.facility.as_deref());
    Ok(note_changes(tx, revision, &ids).await?)
}

/// Notes the stations whose hours a regime extends as changed.
async fn note_extended(tx: &mut Tx, revision: i64, row: &RegimeRow) -> Result<(), Error> {
    let districts = prefixes(&row.districts).unwrap_or_default();
    let places = store::places(tx, EVERYWHERE).await?;
    let ids = ids(places, |p| is_within(&districts, p.adcode()), row.facility.as_deref());
    Ok(note_changes(tx, revision, &ids).await?)
}

fn ids(places: Vec<PlaceRow>, stands: impl Fn(&PlaceRow) -> bool, facility: Option<&str>) -> Vec<String> {
    let facility = facility.and_then(|code| code.parse().ok());
    let has = |p: &PlaceRow| facility.is_none_or(|code| p.offers(code));
    places.into_iter().filter(|p| stands(p) && has(p)).map(|p| p.id).collect()
}

impl PlaceRow {
    fn adcode(&self) -> Option<Adcode> {
        self.district.as_deref()?.parse().ok()
    }

    fn offers(&self, wanted: FacilityCode) -> bool {
        /// What is read of a facility.
        #[derive(Deserialize)]
        struct Coded {
            code: FacilityCode,
        }
        let all: Vec<Coded> = serde_json::from_str(&self.facilities).unwrap_or_default();
        all.iter().any(|f| f.code == wanted)
    }
}

fn json(texts: &[String]) -> Result<String, Error> {
    serde_json::to_string(texts).map_err(|e| Error::Internal(e.to_string()))
}
