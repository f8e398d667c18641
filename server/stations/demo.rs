//! The demonstration registry: 268 invented stations that say of themselves that they are no real places.

use chrono::{DateTime, Duration, NaiveDate, Utc};
use serde::Deserialize;
use spatial::{Datum, Position};

use super::model::{Access, Build, Facility, Facts, Form, Host, Station, Status, Trade, Working};
use super::service;
use crate::db::Db;
use crate::error::Error;
use crate::ids::{Adcode, StationId};
use crate::time::Zone;

const DEMONSTRATION: &str = include_str!("../../data/demo/stations.geojson");

#[derive(Deserialize)]
struct Collection {
    features: Vec<Feature>,
}

#[derive(Deserialize)]
struct Feature {
    geometry: Geometry,
    properties: Properties,
}

#[derive(Deserialize)]
struct Geometry {
    coordinates: [f64; 2],
}

/// A shipped station; the names are those of the registry.
#[derive(Deserialize)]
struct Properties {
    code: String,
    name: String,
    signboard: Option<String>,
    district: Adcode,
    address: Option<String>,
    build: Build,
    partner: Option<String>,
    host: Host,
    form: Form,
    hours: Option<String>,
    hours_text: Option<String>,
    facilities: Vec<Facility>,
    access: Vec<Access>,
    no_phone: Option<bool>,
    phone: Option<String>,
    opened_on: Option<NaiveDate>,
    capacity: Option<u32>,
    area_m2: Option<f64>,
    trades: Vec<Trade>,
    notes: Option<String>,
    status: Status,
    /// How long before it is loaded the station was last confirmed.
    confirmed_hours_ago: i64,
}

/// Loads the demonstration registry, replacing an earlier one. Returns how many stations it has.
pub async fn load(db: &Db, zone: Zone, now: DateTime<Utc>) -> Result<usize, Error> {
    let broken = |e: String| Error::Internal(format!("the shipped demonstration is broken: {e}"));
    let collection: Collection = serde_json::from_str(DEMONSTRATION).map_err(|e| broken(e.to_string()))?;
    let stations = collection
        .features
        .into_iter()
        .map(|feature| station(feature, zone, now))
        .collect::<Result<Vec<_>, _>>()
        .map_err(broken)?;
    service::replace_demonstration(db, &stations, now).await?;
    Ok(stations.len())
}

/// Removes the demonstration registry and nothing else. Returns how many stations it had.
pub async fn remove(db: &Db, now: DateTime<Utc>) -> Result<usize, Error> {
    service::replace_demonstration(db, &[], now).await
}

fn station(feature: Feature, zone: Zone, now: DateTime<Utc>) -> Result<Station, String> {
    let Feature { geometry: Geometry { coordinates: [lon, lat] }, properties: p } = feature;
    let confirmed = now - Duration::hours(p.confirmed_hours_ago);
    let broken_since = |f: &Facility| (f.working == Working::Broken).then(|| zone.stamp(confirmed));
    let facilities =
        p.facilities.into_iter().map(|f| Facility { broken_since: broken_since(&f), ..f }).collect();
    let facts = Facts {
        code: Some(p.code),
        name: p.name,
        signboard: p.signboard,
        aliases: Vec::new(),
        district: Some(p.district),
        address: p.address,
        position: Position::new(lon, lat).map_err(|e| e.to_string())?,
        crs: Datum::Wgs84,
        entrance: None,
        build: Some(p.build),
        partner: p.partner,
        host: Some(p.host),
        form: Some(p.form),
        hours: p.hours,
        hours_text: p.hours_text,
        facilities,
        other_facilities: Vec::new(),
        access: p.access,
        no_phone: p.no_phone,
        phone: p.phone,
        opened_on: p.opened_on,
        capacity: p.capacity,
        area_m2: p.area_m2,
        trades: p.trades,
        notes: p.notes,
        keeper_name: None,
        keeper_phone: None,
    };
    Ok(Station {
        id: StationId::new(now),
        version: 1,
        status: p.status,
        demonstration: true,
        facts,
        last_confirmed: Some(zone.stamp(confirmed)),
        rating: None,
        created: zone.stamp(now),
        changed: zone.stamp(now),
    })
}
