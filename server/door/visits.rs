//! Visitors who say that they are there. They are counted by hour and trade; nothing else of them is kept, and
//! the audit log, which knows whom staff write about, has no entry for them.

use std::net::IpAddr;

use super::store;
use crate::app::App;
use crate::error::Error;
use crate::ids::StationId;
use crate::observations::{self, Observation, Source};
use crate::pace::Purpose;
use crate::stations::model::Trade;

/// Milliseconds of an hour.
const HOUR_MS: i64 = 3_600_000;

/// Counts a visitor of a public station. Who is there has found it open.
///
/// # Errors
/// [`Error::NotFound`] where the station is not public, [`Error::TooMany`] from an address that sends too many.
pub async fn count(
    app: &App,
    station: StationId,
    trade: Option<Trade>,
    address: Option<IpAddr>,
) -> Result<(), Error> {
    let (now, snapshot) = (app.clock.now(), app.registry.snapshot());
    app.pace.count(Purpose::Visit, address, now)?;
    if !snapshot.has(station) {
        return Err(Error::NotFound("station"));
    }
    let now_ms = now.timestamp_millis();
    let hour_ms = now_ms - now_ms.rem_euclid(HOUR_MS);
    let trade = trade.map(Trade::as_str).unwrap_or_default();
    let mut tx = app.db.begin().await?;
    store::visit(&mut tx, &station.to_string(), hour_ms, trade).await?;
    if let Some(is_posted) = observations::is_posted(&snapshot, station, now) {
        let object = String::new();
        let seen = Observation { station, at: now, source: Source::Visit, object, is_open: true, is_posted };
        observations::observe(&mut tx, &seen).await?;
    }
    Ok(tx.commit().await?)
}
