//! A made-up station for the tests of the templates.

use chrono::{DateTime, FixedOffset};
use uuid::Uuid;

use super::time::When;
use crate::calendar::Calendar;
use crate::city::City;
use crate::ids::StationId;
use crate::stations::feature::{FacilityAt, Properties};
use crate::stations::model::{Access, FacilityCode};
use crate::stations::state::State;
use crate::vocabulary::Vocabularies;

/// A city of which nothing is known; codes stand for their words.
pub(super) fn city() -> City {
    City {
        districts: vec![],
        places: vec![],
        calendar: Calendar::default(),
        vocabularies: Vocabularies::default(),
    }
}

/// A Tuesday morning in winter.
pub(super) fn when() -> When {
    When::now(at("2026-11-24T10:00:00+08:00"))
}

/// An instant.
pub(super) fn at(text: &str) -> DateTime<FixedOffset> {
    text.parse().expect("an instant")
}

/// A station that is open until 21:00, with a broken fridge.
pub(super) fn station() -> Properties<'static> {
    let broken = FacilityAt { working: false, open: false, ..facility(FacilityCode::Fridge) };
    let [wifi, toilet, microwave] =
        [FacilityCode::Wifi, FacilityCode::Toilet, FacilityCode::Microwave].map(facility);
    Properties {
        id: StationId(Uuid::nil()),
        code: None,
        name: "文化路环卫驿站",
        signboard: "文化路环卫驿站",
        district: None,
        address: None,
        build: None,
        partner: None,
        host: None,
        form: None,
        facilities: vec![wifi, toilet, broken, microwave],
        access: &[Access::OpenDoor],
        no_phone: Some(true),
        hours: None,
        hours_text: "",
        state: State::Open,
        provisional: false,
        state_until: None,
        opens_at: None,
        closes_at: Some(at("2026-11-24T21:00:00+08:00")),
        notice: None,
        distance_m: Some(183.0),
        walk_s: Some(190),
        ride_s: Some(60),
        walk_basis: None,
        phone: None,
        rating: None,
        last_confirmed: None,
        opened_on: None,
        capacity: None,
        trades: &[],
        demonstration: false,
    }
}

fn facility(code: FacilityCode) -> FacilityAt<'static> {
    FacilityAt {
        code,
        working: true,
        in_season: true,
        open: true,
        until: None,
        notice: None,
        broken_since: None,
        season: None,
        count: None,
        note: None,
    }
}
