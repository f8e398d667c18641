//! Rows with an address and no position: they wait until somebody puts a pin on the map, or drops them.

use chrono::{DateTime, FixedOffset, Utc};
use serde::Serialize;
use serde_json::{Map, Value, json};
use utoipa::ToSchema;

use super::store::Within;
use super::store::memory::{DecisionRow, keep_decision};
use super::store::parked::{self as store, ParkedRow};
use crate::accounts::{Actor, Permission};
use crate::audit::{self, Entry, Object};
use crate::city::City;
use crate::db::{Db, Tx};
use crate::error::Error;
use crate::ids::{Adcode, ImportId, ParkedId};
use crate::stations::import::Pin;
use crate::stations::model::{Facts, Station};
use crate::stations::service::place;
use crate::time::Zone;

/// A page of rows that wait.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ParkedStations)]
pub(super) struct Waiting {
    /// The newest first.
    pub(super) items: Vec<Parked>,
    /// The cursor of the next page, where there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, nullable = false)]
    pub(super) next: Option<ParkedId>,
}

/// A row that waits for a pin.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ParkedStation)]
pub(super) struct Parked {
    #[schema(value_type = String, format = Uuid)]
    pub(super) id: ParkedId,
    /// The version, for `If-Match`.
    version: i64,
    /// The import that it came with.
    #[schema(required, value_type = Option<String>)]
    import_id: Option<ImportId>,
    /// Its row there.
    #[schema(required)]
    row: Option<i64>,
    /// The district that the row names.
    #[schema(required)]
    district: Option<Adcode>,
    created: DateTime<FixedOffset>,
    /// Its facts but the position, as records have them.
    #[serde(flatten)]
    #[schema(value_type = Object)]
    facts: Map<String, Value>,
}

impl Parked {
    fn new(row: &ParkedRow, zone: Zone) -> Result<Self, Error> {
        let wrong = |what: String| Error::Internal(format!("parked row {}: {what}", row.id));
        let mut facts: Map<String, Value> =
            serde_json::from_str(&row.facts).map_err(|e| wrong(e.to_string()))?;
        for field in ["lat", "lon", "crs", "entrance", "district"] {
            facts.remove(field);
        }
        Ok(Self {
            id: row.id.parse().map_err(|e: uuid::Error| wrong(e.to_string()))?,
            version: row.version,
            import_id: row.import_id.as_deref().and_then(|id| id.parse().ok()),
            row: row.row_number,
            district: district(row),
            created: zone.from_ms(row.created_ms),
            facts,
        })
    }
}

fn district(row: &ParkedRow) -> Option<Adcode> {
    row.district.as_deref().and_then(|code| code.parse().ok())
}

/// A page of the rows that wait, as far as somebody may see them.
pub(super) async fn list(
    db: &Db,
    actor: &Actor,
    wanted: Option<Adcode>,
    before: Option<ParkedId>,
    limit: usize,
    zone: Zone,
) -> Result<Waiting, Error> {
    let prefixes = actor.reach(Permission::StationImport).prefixes;
    let within = Within { account: actor.account.map(|id| id.to_string()), prefixes };
    let (wanted, before) = (wanted.map(|code| code.to_string()), before.map(|id| id.to_string()));
    let rows = i64::try_from(limit + 1).unwrap_or(i64::MAX);
    let rows = store::list(db, &within, wanted.as_deref(), before.as_deref(), rows).await?;
    let has_more = rows.len() > limit;
    let items =
        rows.into_iter().take(limit).map(|row| Parked::new(&row, zone)).collect::<Result<Vec<_>, _>>()?;
    let next = items.last().filter(|_| has_more).map(|parked| parked.id);
    Ok(Waiting { items, next })
}

/// A row becomes a draft where somebody put its pin.
pub(super) async fn pin(
    db: &Db,
    actor: &Actor,
    city: &City,
    (id, version): (ParkedId, i64),
    pin: Pin,
    now: DateTime<Utc>,
) -> Result<Station, Error> {
    let mut tx = db.begin().await?;
    let done = pin_in(&mut tx, actor, city, (id, version), pin, now).await;
    settled(tx, done).await
}

async fn pin_in(
    tx: &mut Tx,
    actor: &Actor,
    city: &City,
    (id, version): (ParkedId, i64),
    pin: Pin,
    now: DateTime<Utc>,
) -> Result<Station, Error> {
    let row = current(tx, actor, id, version).await?;
    let mut facts: Facts =
        serde_json::from_str(&row.facts).map_err(|e| Error::Internal(format!("parked row {id}: {e}")))?;
    facts.position = pin.position().ok_or_else(|| Error::Internal("a pin that is no place".to_owned()))?;
    facts.crs = pin.crs;
    facts.district = facts.district.or_else(|| city.district_at(facts.position).map(|d| d.adcode));
    let district = facts.district;
    let station = place(tx, actor, facts, now).await?;
    let (station_id, now_ms) = (station.id.to_string(), now.timestamp_millis());
    must_end(tx, &row, Some(&station_id), now_ms).await?;
    let account = actor.account.map(|id| id.to_string());
    let same = DecisionRow { row_key: row.row_key, station_id, decision: "same".to_owned() };
    keep_decision(tx, &same, account.as_deref(), now_ms).await?;
    let detail = json!({ "station": station.id });
    let entry = Entry { action: "parked.pin", object: Object::new("parked", id), district, detail };
    audit::record(tx, actor, now, &entry).await?;
    Ok(station)
}

/// Drops a row that waits.
pub(super) async fn drop(
    db: &Db,
    actor: &Actor,
    id: ParkedId,
    version: i64,
    now: DateTime<Utc>,
) -> Result<(), Error> {
    let mut tx = db.begin().await?;
    let done = async {
        let row = current(&mut tx, actor, id, version).await?;
        must_end(&mut tx, &row, None, now.timestamp_millis()).await?;
        let object = Object::new("parked", id);
        let entry = Entry { action: "parked.drop", object, district: district(&row), detail: Value::Null };
        audit::record(&mut tx, actor, now, &entry).await
    }
    .await;
    settled(tx, done).await
}

/// The row, of the version that is meant, where somebody may see it.
async fn current(tx: &mut Tx, actor: &Actor, id: ParkedId, version: i64) -> Result<ParkedRow, Error> {
    let row = store::find(tx, &id.to_string()).await?.ok_or(Error::NotFound("parked row"))?;
    let is_own = row.account_id.is_some() && row.account_id == actor.account.map(|id| id.to_string());
    if !is_own {
        actor.must(Permission::StationImport, district(&row))?;
    }
    if row.version == version { Ok(row) } else { Err(Error::Stale { version: row.version }) }
}

/// Ends the waiting; somebody may have been faster since the row was read.
async fn must_end(tx: &mut Tx, row: &ParkedRow, station: Option<&str>, now_ms: i64) -> Result<(), Error> {
    let is_ended = store::end(tx, &row.id, row.version, station, now_ms).await?;
    if is_ended { Ok(()) } else { Err(Error::Stale { version: row.version + 1 }) }
}

async fn settled<T>(tx: Tx, done: Result<T, Error>) -> Result<T, Error> {
    match done {
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
