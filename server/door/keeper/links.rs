//! Keepers' links: made, found by their secret, ended.

use std::collections::HashMap;

use chrono::{DateTime, FixedOffset};
use serde_json::json;

use super::Keeper;
use crate::accounts::{Actor, Permission};
use crate::app::App;
use crate::audit::{self, Entry, Object};
use crate::door::store::{self, LinkRow};
use crate::error::Error;
use crate::ids::{KeeperLinkId, StationId};
use crate::secrets::{hash, hex, random};
use crate::stations::life::desk::Desk;

/// The random bytes of a secret: 128 bits.
const SECRET_BYTES: usize = 16;
/// A link that is used again within so many milliseconds is not noted again.
const USED_AGAIN_MS: i64 = 60_000;

/// A link that is good.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// Since when.
    pub created: DateTime<FixedOffset>,
    /// When somebody last came by it.
    pub used: Option<DateTime<FixedOffset>>,
}

/// Makes a station's link and returns its secret, which is known nowhere else. The one before ends.
pub async fn make(app: &App, actor: &Actor, station: StationId) -> Result<String, Error> {
    let desk = Desk::of(app, actor.clone()).await?;
    let found = desk.find(station).await?;
    actor.must_station(Permission::KeeperLink, station, found.facts.district)?;
    let (secret, id) = (hex(&random::<SECRET_BYTES>()?), KeeperLinkId::new(desk.now));
    let (own, now_ms) = (station.to_string(), desk.now.timestamp_millis());
    let account = actor.account.map(|id| id.to_string());
    let mut tx = app.db.begin().await?;
    let replaces = store::end_links(&mut tx, &own, now_ms).await?;
    store::add_link(&mut tx, &id.to_string(), &own, &hash(&secret), account, now_ms).await?;
    let detail = json!({ "link": id, "replaces": replaces });
    let object = Object::station(station);
    let entry = Entry { action: "keeper_link.make", object, district: found.facts.district, detail };
    audit::record(&mut tx, actor, desk.now, &entry).await?;
    tx.commit().await?;
    Ok(secret)
}

/// Ends a station's link.
///
/// # Errors
/// [`Error::NotFound`] where it has none.
pub async fn revoke(app: &App, actor: &Actor, station: StationId) -> Result<(), Error> {
    let desk = Desk::of(app, actor.clone()).await?;
    let found = desk.find(station).await?;
    actor.must_station(Permission::KeeperLink, station, found.facts.district)?;
    let mut tx = app.db.begin().await?;
    if !store::end_links(&mut tx, &station.to_string(), desk.now.timestamp_millis()).await? {
        tx.rollback().await?;
        return Err(Error::NotFound("keeper_link"));
    }
    let (object, district) = (Object::station(station), found.facts.district);
    let entry = Entry { action: "keeper_link.revoke", object, district, detail: json!({}) };
    audit::record(&mut tx, actor, desk.now, &entry).await?;
    Ok(tx.commit().await?)
}

/// The keeper whose secret this is; none where no link has it, or the link has ended.
pub async fn open(app: &App, secret: &str) -> Result<Option<Keeper>, Error> {
    if secret.len() != SECRET_BYTES * 2 {
        return Ok(None);
    }
    let Some(row) = store::link(&app.db, &hash(secret)).await? else { return Ok(None) };
    note_use(app, &row).await?;
    let station = row.station_id.parse();
    let station = station.map_err(|e| Error::Internal(format!("keeper link {}: {e}", row.id)))?;
    Keeper::at(app, station).await.map(Some)
}

/// The keeper of one station among the secrets that a phone holds.
pub async fn at(app: &App, secrets: &[String], station: StationId) -> Result<Option<Keeper>, Error> {
    for secret in secrets {
        if let Some(keeper) = open(app, secret).await?.filter(|keeper| keeper.station == station) {
            return Ok(Some(keeper));
        }
    }
    Ok(None)
}

async fn note_use(app: &App, row: &LinkRow) -> Result<(), Error> {
    let now_ms = app.clock.now().timestamp_millis();
    if row.used_ms.is_some_and(|used| now_ms - used < USED_AGAIN_MS) {
        return Ok(());
    }
    let mut tx = app.db.begin().await?;
    store::use_link(&mut tx, &row.id, now_ms).await?;
    Ok(tx.commit().await?)
}

/// The links that are good, by station.
pub async fn all(app: &App) -> Result<HashMap<StationId, Link>, Error> {
    let zone = app.config.zone();
    let link = |row: LinkRow| {
        let told =
            Link { created: zone.from_ms(row.created_ms), used: row.used_ms.map(|ms| zone.from_ms(ms)) };
        Some((row.station_id.parse().ok()?, told))
    };
    Ok(store::links(&app.db).await?.into_iter().filter_map(link).collect())
}
