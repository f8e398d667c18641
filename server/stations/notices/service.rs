//! Announcing and withdrawing notices, beginning and ending regimes. Each is one transaction with one revision, in
//! which every public station that it touches is noted as changed.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use spatial::Position;

use super::model::{Announcement, Extension, Subject};
use super::region::{Shape, is_within};
use super::store::{self, NoticeRow, PlaceRow, RegimeRow};
use super::wide::{region, scopes};
use crate::accounts::{Actor, Permission, Scope};
use crate::audit::{self, Entry, Object};
use crate::db::{Db, Tx};
use crate::error::{Error, FieldError, Words};
use crate::ids::{Adcode, NoticeId, RegimeId, StationId};
use crate::stations::model::{FacilityCode, Working};
use crate::stations::record::effect_code;
use crate::stations::state::Effect;
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
    db: &Db,
    actor: &Actor,
    notice: &Announcement,
    now: DateTime<Utc>,
) -> Result<Written<NoticeId>, Error> {
    let mut tx = db.begin().await?;
    let done = announce_in(&mut tx, actor, notice, now).await;
    settled(tx, done).await
}

async fn announce_in(
    tx: &mut Tx,
    actor: &Actor,
    notice: &Announcement,
    now: DateTime<Utc>,
) -> Result<Written<NoticeId>, Error> {
    let revision = raise_revision(tx).await?;
    let (id, mut district) = (NoticeId::new(now), None);
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
        account_id: actor.account.map(|a| a.to_string()),
        created_ms: now.timestamp_millis(),
        withdrawn_ms: None,
    };
    match &notice.subject {
        Subject::Station(station) => {
            district = allowed(tx, actor, *station, notice).await?;
            row.station_id = Some(station.to_string());
        }
        Subject::Region(region) => {
            let own = own_scopes(actor, Permission::NoticeWrite);
            must_hold(&own, region.reach())?;
            row.area = Some(text(&Shape::of(region.area()))?);
            row.reach = Some(text(&region.reach())?);
        }
    }
    store::add(tx, &row).await?;
    note_touched(tx, revision, &row).await?;
    record(tx, actor, now, "notice.announce", Object::notice(id), district, told(&row)).await?;
    Ok(Written { id, revision })
}

/// The district of a station at which somebody may announce what he asks for.
async fn allowed(
    tx: &mut Tx,
    actor: &Actor,
    station: StationId,
    notice: &Announcement,
) -> Result<Option<Adcode>, Error> {
    let place = store::place(tx, &station.to_string()).await?.ok_or(Error::NotFound("station"))?;
    let district = place.adcode();
    actor.must_station(Permission::NoticeWrite, station, district)?;
    let refused = |code, zh: &str, en: &str| Error::Refused(vec![FieldError::new("facility", code, zh, en)]);
    let own = notice.facility.map(|code| place.facilities().into_iter().find(|f| f.code == code));
    match own {
        Some(None) => Err(refused("absent", "这里没有登记这项设施。", "the station does not have it")),
        Some(Some(f)) if notice.effect == Effect::Open && f.working == Working::Broken => Err(refused(
            "broken",
            "这项设施登记为故障，请先改成能用。",
            "it is broken; mark it as working first",
        )),
        _ => Ok(district),
    }
}

/// Withdraws a notice: from now on it is as if it had ended.
pub async fn withdraw(
    db: &Db,
    actor: &Actor,
    id: NoticeId,
    version: i64,
    now: DateTime<Utc>,
) -> Result<Written<NoticeId>, Error> {
    let mut tx = db.begin().await?;
    let done = withdraw_in(&mut tx, actor, id, version, now).await;
    settled(tx, done).await
}

async fn withdraw_in(
    tx: &mut Tx,
    actor: &Actor,
    id: NoticeId,
    version: i64,
    now: DateTime<Utc>,
) -> Result<Written<NoticeId>, Error> {
    let revision = raise_revision(tx).await?;
    let row = store::find_in(tx, &id.to_string()).await?.ok_or(Error::NotFound("notice"))?;
    let district = may_withdraw(tx, actor, &row).await?;
    still(version, row.version, [row.to_ms, row.withdrawn_ms], now)?;
    store::withdraw(tx, &row.id, now.timestamp_millis()).await?;
    note_touched(tx, revision, &row).await?;
    record(tx, actor, now, "notice.withdraw", Object::notice(id), district, told(&row)).await?;
    Ok(Written { id, revision })
}

async fn may_withdraw(tx: &mut Tx, actor: &Actor, row: &NoticeRow) -> Result<Option<Adcode>, Error> {
    let Some(station) = &row.station_id else {
        let reach = scopes(row.reach.as_deref().unwrap_or("[]")).unwrap_or_default();
        must_reach(actor, Permission::NoticeWrite, &reach)?;
        return Ok(None);
    };
    let place = store::place(tx, station).await?.ok_or(Error::NotFound("station"))?;
    let id = station.parse().map_err(|e| Error::Internal(format!("station {station}: {e}")))?;
    actor.must_station(Permission::NoticeWrite, id, place.adcode())?;
    Ok(place.adcode())
}

/// Begins a regime of extended hours.
pub async fn begin(
    db: &Db,
    actor: &Actor,
    regime: &Extension,
    now: DateTime<Utc>,
) -> Result<Written<RegimeId>, Error> {
    let mut tx = db.begin().await?;
    let done = begin_in(&mut tx, actor, regime, now).await;
    settled(tx, done).await
}

async fn begin_in(
    tx: &mut Tx,
    actor: &Actor,
    regime: &Extension,
    now: DateTime<Utc>,
) -> Result<Written<RegimeId>, Error> {
    must_hold(&own_scopes(actor, Permission::RegimeWrite), &regime.districts)?;
    let revision = raise_revision(tx).await?;
    let id = RegimeId::new(now);
    let row = RegimeRow {
        id: id.to_string(),
        version: 1,
        kind: regime.kind.as_str().to_owned(),
        districts: text(&regime.districts)?,
        hours: regime.hours.clone(),
        facility: regime.facility.map(|f| f.to_string()),
        from_ms: regime.from.timestamp_millis(),
        to_ms: regime.to.map(|t| t.timestamp_millis()),
        reason: regime.reason.clone(),
        account_id: actor.account.map(|a| a.to_string()),
        created_ms: now.timestamp_millis(),
        ended_ms: None,
    };
    store::add_regime(tx, &row).await?;
    note_extended(tx, revision, &row).await?;
    record(tx, actor, now, "regime.begin", Object::regime(id), None, extended(&row)).await?;
    Ok(Written { id, revision })
}

/// Ends a regime now.
pub async fn end(
    db: &Db,
    actor: &Actor,
    id: RegimeId,
    version: i64,
    now: DateTime<Utc>,
) -> Result<Written<RegimeId>, Error> {
    let mut tx = db.begin().await?;
    let done = end_in(&mut tx, actor, id, version, now).await;
    settled(tx, done).await
}

async fn end_in(
    tx: &mut Tx,
    actor: &Actor,
    id: RegimeId,
    version: i64,
    now: DateTime<Utc>,
) -> Result<Written<RegimeId>, Error> {
    let revision = raise_revision(tx).await?;
    let row = store::find_regime_in(tx, &id.to_string()).await?.ok_or(Error::NotFound("regime"))?;
    must_reach(actor, Permission::RegimeWrite, &scopes(&row.districts).unwrap_or_default())?;
    still(version, row.version, [row.to_ms, row.ended_ms], now)?;
    store::end(tx, &row.id, now.timestamp_millis()).await?;
    note_extended(tx, revision, &row).await?;
    record(tx, actor, now, "regime.end", Object::regime(id), None, extended(&row)).await?;
    Ok(Written { id, revision })
}

/// Commits what was done, or undoes it. After a fault of the database the connection is not used again.
async fn settled<T>(tx: Tx, done: Result<T, Error>) -> Result<T, Error> {
    match done {
        Ok(_) => tx.commit().await?,
        Err(Error::Internal(_) | Error::Unavailable { .. }) => drop(tx),
        Err(_) => tx.rollback().await?,
    }
    done
}

/// The districts in which somebody has a permission.
pub(super) fn own_scopes(actor: &Actor, permission: Permission) -> Vec<Scope> {
    actor.reach(permission).prefixes.iter().filter_map(|p| p.parse().ok()).collect()
}

/// Refuses whoever does not have all of these districts.
fn must_hold(own: &[Scope], wanted: &[Scope]) -> Result<(), Error> {
    let holds = |w: &Scope| own.iter().any(|o| o.contains(w));
    if !wanted.is_empty() && wanted.iter().all(holds) { Ok(()) } else { Err(Error::Forbidden) }
}

/// The same for what is there already, which is not there for whoever may not see any of it.
fn must_reach(actor: &Actor, permission: Permission, districts: &[Scope]) -> Result<(), Error> {
    if !sees(&own_scopes(actor, Permission::StationSee), districts) {
        return Err(Error::NotFound("object"));
    }
    must_hold(&own_scopes(actor, permission), districts)
}

/// Whether any district is in both.
pub(super) fn sees(own: &[Scope], districts: &[Scope]) -> bool {
    own.iter().any(|o| districts.iter().any(|d| o.narrowed(d).is_some()))
}

/// Refuses a change of what was changed since it was read, or is over.
fn still(given: i64, version: i64, ends_ms: [Option<i64>; 2], now: DateTime<Utc>) -> Result<(), Error> {
    if given != version {
        return Err(Error::Stale { version });
    }
    if ends_ms.into_iter().flatten().any(|end| end <= now.timestamp_millis()) {
        let detail = Words::new("它已经结束了。", "It is over already.");
        return Err(Error::Conflict { code: "over", detail });
    }
    Ok(())
}

async fn record(
    tx: &mut Tx,
    actor: &Actor,
    now: DateTime<Utc>,
    action: &'static str,
    object: Object,
    district: Option<Adcode>,
    detail: Value,
) -> Result<(), Error> {
    audit::record(tx, actor, now, &Entry { action, object, district, detail }).await
}

/// What the audit log keeps of a notice. Its reason is anybody's words, so it stays out.
fn told(row: &NoticeRow) -> Value {
    json!({
        "station": row.station_id, "reach": row.reach, "facility": row.facility, "effect": row.effect,
        "from_ms": row.from_ms, "to_ms": row.to_ms,
    })
}

/// What the audit log keeps of a regime.
fn extended(row: &RegimeRow) -> Value {
    json!({
        "kind": row.kind, "districts": row.districts, "facility": row.facility, "hours": row.hours,
        "from_ms": row.from_ms, "to_ms": row.to_ms,
    })
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
    let districts = scopes(&row.districts).unwrap_or_default();
    let places = store::places(tx, EVERYWHERE).await?;
    let ids = ids(places, |p| is_within(&districts, p.adcode()), row.facility.as_deref());
    Ok(note_changes(tx, revision, &ids).await?)
}

fn ids(places: Vec<PlaceRow>, stands: impl Fn(&PlaceRow) -> bool, facility: Option<&str>) -> Vec<String> {
    let facility: Option<FacilityCode> = facility.and_then(|code| code.parse().ok());
    let has = |p: &PlaceRow| facility.is_none_or(|code| p.facilities().iter().any(|f| f.code == code));
    places.into_iter().filter(|p| stands(p) && has(p)).map(|p| p.id).collect()
}

/// What is read of a station's facility.
#[derive(Deserialize)]
struct Offered {
    code: FacilityCode,
    working: Working,
}

impl PlaceRow {
    fn adcode(&self) -> Option<Adcode> {
        self.district.as_deref()?.parse().ok()
    }

    fn facilities(&self) -> Vec<Offered> {
        serde_json::from_str(&self.facilities).unwrap_or_default()
    }
}

fn text(value: &impl Serialize) -> Result<String, Error> {
    serde_json::to_string(value).map_err(|e| Error::Internal(e.to_string()))
}
