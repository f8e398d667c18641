//! A station as rows hold it, and back. A row that cannot be read is a fault of the database, not of a request.

use std::str::FromStr;

use serde::de::DeserializeOwned;
use spatial::Position;

use super::model::{Facts, Station};
use super::state::Effect;
use super::store::StationRow;
use crate::error::Error;
use crate::time::Zone;

impl StationRow {
    /// Writes a station into a row.
    pub(super) fn of(s: &Station) -> Result<Self, Error> {
        let f = &s.facts;
        Ok(Self {
            id: s.id.to_string(),
            version: s.version,
            status: s.status.to_string(),
            demonstration: s.demonstration,
            code: f.code.clone(),
            name: f.name.clone(),
            signboard: f.signboard.clone(),
            aliases: json(&f.aliases)?,
            district: text(f.district),
            address: f.address.clone(),
            lon: f.position.lon(),
            lat: f.position.lat(),
            crs: f.crs.as_str().to_owned(),
            entrance: f.entrance.as_ref().map(json).transpose()?,
            build: text(f.build),
            partner: f.partner.clone(),
            host: text(f.host),
            form: text(f.form),
            hours: f.hours.clone(),
            hours_text: f.hours_text.clone(),
            facilities: json(&f.facilities)?,
            other_facilities: json(&f.other_facilities)?,
            access: json(&f.access)?,
            trades: json(&f.trades)?,
            no_phone: f.no_phone,
            phone: f.phone.clone(),
            opened_on: text(f.opened_on),
            capacity: f.capacity.map(i64::from),
            area_m2: f.area_m2,
            notes: f.notes.clone(),
            keeper_name: f.keeper_name.clone(),
            keeper_phone: f.keeper_phone.clone(),
            rating: s.rating.map(i64::from),
            last_confirmed_ms: s.last_confirmed.map(|t| t.timestamp_millis()),
            created_ms: s.created.timestamp_millis(),
            changed_ms: s.changed.timestamp_millis(),
        })
    }

    /// Reads a station out of a row.
    pub(super) fn station(self, zone: Zone) -> Result<Station, Error> {
        let id = self.id.clone();
        self.parts(zone).map_err(|what| Error::Internal(format!("station {id}: {what}")))
    }

    fn parts(self, zone: Zone) -> Result<Station, String> {
        let facts = Facts {
            code: self.code,
            name: self.name,
            signboard: self.signboard,
            aliases: list(&self.aliases)?,
            district: code(self.district)?,
            address: self.address,
            position: Position::new(self.lon, self.lat).map_err(|e| e.to_string())?,
            crs: parse(&self.crs)?,
            entrance: self.entrance.as_deref().map(read).transpose()?,
            build: code(self.build)?,
            partner: self.partner,
            host: code(self.host)?,
            form: code(self.form)?,
            hours: self.hours,
            hours_text: self.hours_text,
            facilities: list(&self.facilities)?,
            other_facilities: list(&self.other_facilities)?,
            access: list(&self.access)?,
            no_phone: self.no_phone,
            phone: self.phone,
            opened_on: code(self.opened_on)?,
            capacity: self.capacity.and_then(|n| n.try_into().ok()),
            area_m2: self.area_m2,
            trades: list(&self.trades)?,
            notes: self.notes,
            keeper_name: self.keeper_name,
            keeper_phone: self.keeper_phone,
        };
        Ok(Station {
            id: parse(&self.id)?,
            version: self.version,
            status: parse(&self.status)?,
            demonstration: self.demonstration,
            facts,
            last_confirmed: self.last_confirmed_ms.map(|ms| zone.from_ms(ms)),
            rating: self.rating.and_then(|n| n.try_into().ok()),
            created: zone.from_ms(self.created_ms),
            changed: zone.from_ms(self.changed_ms),
        })
    }
}

/// A notice's effect as the table spells it.
pub(super) fn effect_code(effect: Effect) -> &'static str {
    match effect {
        Effect::Closed => "closed",
        Effect::Open => "open",
    }
}

/// The effect of a code.
pub(super) fn effect_of(code: &str) -> Option<Effect> {
    [Effect::Closed, Effect::Open].into_iter().find(|e| effect_code(*e) == code)
}

fn text<T: ToString>(value: Option<T>) -> Option<String> {
    value.map(|v| v.to_string())
}

fn json(value: &impl serde::Serialize) -> Result<String, Error> {
    serde_json::to_string(value).map_err(|e| Error::Internal(e.to_string()))
}

fn parse<T: FromStr<Err: ToString>>(text: &str) -> Result<T, String> {
    text.parse().map_err(|e: T::Err| e.to_string())
}

fn code<T: FromStr<Err: ToString>>(text: Option<String>) -> Result<Option<T>, String> {
    text.map(|t| parse(&t)).transpose()
}

fn list<T: DeserializeOwned>(text: &str) -> Result<Vec<T>, String> {
    read(text)
}

fn read<T: DeserializeOwned>(text: &str) -> Result<T, String> {
    serde_json::from_str(text).map_err(|e| e.to_string())
}
