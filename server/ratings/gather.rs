//! Bringing together what is known of stations, from the snapshot and from what people told.

use std::collections::HashMap;

use chrono::{DateTime, Datelike, Days, NaiveDate, TimeDelta, Utc};

use super::known::{Facilities, Known};
use crate::calendar::Calendar;
use crate::db::Db;
use crate::error::Error;
use crate::ids::StationId;
use crate::inspections::service::{Waiting, findings_by_station};
use crate::observations::{Promise, promise_by_station};
use crate::reports::model::InTime;
use crate::reports::service::{answered_in_time_by_station, confirmed_locked_numbers};
use crate::stations::Snapshot;
use crate::stations::hours::Hours;
use crate::stations::model::{FacilityCode, Working};
use crate::stations::snapshot::Entry;

/// How far back observations count.
const PROMISE: TimeDelta = TimeDelta::days(90);
/// How far back reports of a locked door count.
const LOCKED: TimeDelta = TimeDelta::days(30);
/// How far back answers count.
const ANSWERS: TimeDelta = TimeDelta::days(365);
/// What any station should have; the first in the vocabulary of facilities.
const BASIC: [FacilityCode; 11] = [
    FacilityCode::Seat,
    FacilityCode::Water,
    FacilityCode::Microwave,
    FacilityCode::Fridge,
    FacilityCode::Cooling,
    FacilityCode::Heating,
    FacilityCode::PhoneCharge,
    FacilityCode::FirstAid,
    FacilityCode::Toilet,
    FacilityCode::Wifi,
    FacilityCode::RainGear,
];

/// What people told of all stations.
pub(super) struct Told {
    promise: HashMap<StationId, Promise>,
    locked: HashMap<StationId, Vec<String>>,
    answered: HashMap<StationId, InTime>,
    findings: HashMap<StationId, Waiting>,
}

/// Reads what people told of all stations.
pub(super) async fn told(db: &Db, snapshot: &Snapshot, now: DateTime<Utc>) -> Result<Told, Error> {
    let zone = snapshot.zone();
    Ok(Told {
        promise: promise_by_station(db, zone, now - PROMISE, now).await?,
        locked: confirmed_locked_numbers(db, now - LOCKED).await?,
        answered: answered_in_time_by_station(db, zone, now - ANSWERS, now).await?,
        findings: findings_by_station(db, zone.local(now).date()).await?,
    })
}

/// What is known of a public station.
pub(super) fn known(entry: &Entry, told: &Told, calendar: &Calendars, now: DateTime<Utc>) -> Known {
    let (id, facts) = (entry.station.id, &entry.station.facts);
    let promise = told.promise.get(&id).copied().unwrap_or_default();
    let answered = told.answered.get(&id).copied().unwrap_or_default();
    let findings = told.findings.get(&id).copied().unwrap_or_default();
    Known {
        area_m2: facts.area_m2,
        seats: facts.capacity,
        facilities: (!facts.facilities.is_empty()).then(|| facilities(entry)),
        hours_per_week: facts.hours.as_deref().and_then(|hours| calendar.hours_per_week(hours)),
        promise: (promise.open, promise.of, promise.days),
        locked: told.locked.get(&id).cloned().unwrap_or_default(),
        answered: (answered.in_time, answered.of),
        findings: (findings.open, findings.overdue),
        confirmed_days: entry.station.last_confirmed.map(|at| (now - at.to_utc()).num_days().max(0)),
        photos: entry.photos.len(),
        ways_in: facts.access.len(),
    }
}

fn facilities(entry: &Entry) -> Facilities {
    let count = |wanted: &dyn Fn(FacilityCode, Working) -> bool| {
        let all = entry.station.facts.facilities.iter();
        all.filter(|f| wanted(f.code, f.working)).count().try_into().unwrap_or(u32::MAX)
    };
    Facilities {
        basic: count(&|code, working| BASIC.contains(&code) && working == Working::Ok),
        broken: count(&|_, working| working == Working::Broken),
    }
}

/// A week as it is without holidays, by which opening hours are counted: a long holiday takes no star.
pub(super) struct Calendars {
    plain: Calendar,
    monday: NaiveDate,
}

impl Calendars {
    /// The week of a day.
    pub(super) fn of(day: NaiveDate) -> Self {
        let back = Days::new(day.weekday().num_days_from_monday().into());
        let years = [day.year() - 1, day.year(), day.year() + 1];
        Self { plain: Calendar::new([], years), monday: day.checked_sub_days(back).unwrap_or(day) }
    }

    /// The hours open in it; none where something of it is not certain.
    fn hours_per_week(&self, grammar: &str) -> Option<f64> {
        let week = Hours::parse(grammar, &self.plain).ok()?.week(self.monday);
        let minutes = |(from, to): &(u16, u16)| f64::from(to.saturating_sub(*from));
        let is_certain = week.iter().all(|day| !day.unknown);
        is_certain.then(|| week.iter().flat_map(|day| &day.spans).map(minutes).sum::<f64>() / 60.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_week_is_counted_without_holidays() {
        // The week of the National Day.
        let week = Calendars::of("2026-10-01".parse().unwrap());
        for (grammar, hours) in [
            ("24/7", Some(168.0)),
            ("Mo-Fr 09:00-17:00; PH off", Some(40.0)),
            ("Mo-Su 08:30-12:00,14:30-18:00", Some(49.0)),
            ("22:00-06:00", Some(56.0)),
            ("Mo-Fr 09:00-17:00 unknown", None),
            ("nonsense", None),
        ] {
            assert_eq!(week.hours_per_week(grammar), hours, "{grammar}");
        }
    }
}
