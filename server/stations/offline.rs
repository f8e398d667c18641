//! The offline copy: a district and what is around it, with everything that becomes of its stations in two days.
//!
//! A client that holds the copy answers like the service: at an instant from `at` on it takes the last transition
//! whose `from` is not after it. A facility is open where its station is and it is usable; its `until` counts only
//! while it is open. From `until` on every state is unknown.

use std::collections::BTreeMap;

use chrono::{DateTime, FixedOffset, NaiveDate, TimeDelta};
use serde::Serialize;
use utoipa::ToSchema;

use super::feature::{FacilityAt, FacilityNotice, Properties};
use super::geojson::centimetres;
use super::model::{Access, Build, FacilityCode, Form, Host, Season, Trade};
use super::nav::Nav;
use super::query::Frame;
use super::snapshot::{Entry, Moment, NoticeAt, OwnFacility, Snapshot};
use super::state::{State, StateAt};
use crate::city::District;
use crate::config::Walk;
use crate::ids::{Adcode, StationId};

/// How far the copy looks ahead, in hours.
pub const HORIZON_H: i64 = 48;

/// A district and the 5 km around it for the 48 hours from an instant on.
#[derive(Debug, Serialize, ToSchema)]
pub struct OfflineCopy<'a> {
    /// The district.
    district: Adcode,
    /// Its name in the language of the answer.
    name: &'a str,
    outline: Outline,
    /// The revision of the registry that is described.
    revision: i64,
    /// The instant from which on the copy speaks.
    at: DateTime<FixedOffset>,
    /// The instant from which on it says nothing any more.
    until: DateTime<FixedOffset>,
    walk: Pace,
    /// The word of each facility, in the language of the answer.
    facility_words: BTreeMap<&'static str, &'a str>,
    /// The word of each host, in the language of the answer.
    host_words: BTreeMap<&'static str, &'a str>,
    /// In the order of their ids.
    stations: Vec<OfflineStation<'a>>,
}

/// The ground of a district as a GeoJSON geometry, to five decimals, about a metre.
#[derive(Debug, Serialize, ToSchema)]
struct Outline {
    #[schema(inline)]
    r#type: OutlineType,
    /// Polygons of rings of positions, longitude first.
    coordinates: Vec<Vec<Vec<[f64; 2]>>>,
}

/// The type of an outline.
#[derive(Debug, Serialize, ToSchema)]
enum OutlineType {
    MultiPolygon,
}

/// How times of a way are estimated: the straight distance times `detour`, by a speed.
#[derive(Debug, Serialize, ToSchema)]
struct Pace {
    /// Walking, in metres a second.
    walk_m_s: f64,
    /// Riding, in metres a second.
    ride_m_s: f64,
    /// How much longer the way is than the straight line.
    detour: f64,
}

/// A station of the copy: what does not depend on the instant, and its transitions.
#[derive(Debug, Serialize, ToSchema)]
struct OfflineStation<'a> {
    id: StationId,
    /// The official number.
    #[schema(required)]
    code: Option<&'a str>,
    /// The internal name.
    name: &'a str,
    /// What the door says; the name where nothing else is known.
    signboard: &'a str,
    /// The district code; in the ground around it may be another.
    #[schema(required)]
    district: Option<Adcode>,
    /// The address in words.
    #[schema(required)]
    address: Option<&'a str>,
    /// Longitude, WGS-84 degrees.
    lon: f64,
    /// Latitude, WGS-84 degrees.
    lat: f64,
    #[schema(required)]
    build: Option<Build>,
    /// With whom it was co-built.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    partner: Option<&'a str>,
    #[schema(required)]
    host: Option<Host>,
    #[schema(required)]
    form: Option<Form>,
    access: &'a [Access],
    /// Whether one can enter without a phone; null where nobody said.
    #[schema(required)]
    no_phone: Option<bool>,
    /// Whether it never closes by its hours.
    always_open: bool,
    /// Opening hours in the grammar; null where they are not certain.
    #[schema(required)]
    hours: Option<&'a str>,
    /// Opening hours for people, in the language of the answer.
    hours_text: &'a str,
    /// The public telephone number.
    #[schema(required)]
    phone: Option<&'a str>,
    /// Stars, 1 to 5.
    #[schema(required, minimum = 1, maximum = 5)]
    rating: Option<u8>,
    /// When somebody last confirmed the facts.
    #[schema(required)]
    last_confirmed: Option<DateTime<FixedOffset>>,
    /// The day it opened.
    #[schema(required)]
    opened_on: Option<NaiveDate>,
    /// Seats.
    #[schema(required)]
    capacity: Option<u32>,
    /// Whom it serves.
    trades: &'a [Trade],
    /// Whether it belongs to the demonstration registry and is no real place.
    demonstration: bool,
    nav: Nav,
    /// The notices in force from `at` on, and those that begin up to 14 days after `until`, earliest first.
    notices: Vec<NoticeAt<'a>>,
    /// From `at` to `until`, where the last one begins and the state is unknown.
    transitions: Vec<Transition<'a>>,
    /// In the order of the vocabulary.
    facilities: Vec<OfflineFacility<'a>>,
}

/// The state of a station from an instant on.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = StationTransition)]
struct Transition<'a> {
    /// Since when this holds.
    from: DateTime<FixedOffset>,
    state: State,
    /// Whether the state rests on a year whose days off are not published.
    provisional: bool,
    /// When the state changes next.
    #[schema(required)]
    state_until: Option<DateTime<FixedOffset>>,
    /// When it opens next, while it is not open.
    #[schema(required)]
    opens_at: Option<DateTime<FixedOffset>>,
    /// When it closes, while it is open.
    #[schema(required)]
    closes_at: Option<DateTime<FixedOffset>>,
    /// The reason of the notice in force, for workers.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    notice: Option<&'a str>,
}

/// A facility of the copy.
#[derive(Debug, Serialize, ToSchema)]
struct OfflineFacility<'a> {
    code: FacilityCode,
    /// Whether it works.
    working: bool,
    /// Since when it has been broken.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    broken_since: Option<DateTime<FixedOffset>>,
    /// The days of the year on which it is there.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    season: Option<Season>,
    /// How many there are.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    count: Option<u32>,
    /// A remark for workers.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    note: Option<&'a str>,
    /// From `at` to the copy's `until`, where the last one begins.
    transitions: Vec<FacilityTransition<'a>>,
}

/// What is true of a facility from an instant on.
#[derive(Debug, Serialize, ToSchema)]
struct FacilityTransition<'a> {
    /// Since when this holds.
    from: DateTime<FixedOffset>,
    /// Whether it is the season for it, or a notice makes it one.
    in_season: bool,
    /// Whether it can be used while its station is open: working, in season, within its own hours and not closed by
    /// a notice; or opened by one.
    usable: bool,
    /// While it can be used: until when, where its own hours, its season or a notice end it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    until: Option<DateTime<FixedOffset>>,
    /// The notice in force for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    notice: Option<FacilityNotice<'a>>,
}

/// The time that a copy speaks of: from the first moment to the second.
struct Span(Moment, Moment);

impl<'a> OfflineCopy<'a> {
    /// The copy of a district from the frame's instant on, with the stations that [`Snapshot::around`] names.
    /// Positions are WGS-84, whatever the frame says.
    pub fn new(snapshot: &'a Snapshot, district: &'a District, entries: &[&'a Entry], frame: &Frame) -> Self {
        let moment = |at| Moment::new(at, snapshot.zone());
        let span = Span(moment(frame.at), moment(frame.at + TimeDelta::hours(HORIZON_H)));
        let words = &snapshot.city().vocabularies;
        Self {
            district: district.adcode,
            name: district.label(frame.language),
            outline: Outline::of(district),
            revision: snapshot.revision(),
            at: span.0.at,
            until: span.1.at,
            walk: Pace::of(snapshot.ground().walk),
            facility_words: FacilityCode::ALL
                .iter()
                .map(|f| (f.as_str(), words.word(*f, frame.language)))
                .collect(),
            host_words: Host::ALL.iter().map(|h| (h.as_str(), words.word(*h, frame.language))).collect(),
            stations: entries.iter().map(|e| OfflineStation::new(snapshot, e, frame, &span)).collect(),
        }
    }
}

impl Outline {
    fn of(district: &District) -> Self {
        let round = |degrees: f64| (degrees * 1e5).round() / 1e5;
        let ring = |line: &geo::LineString| line.coords().map(|c| [round(c.x), round(c.y)]).collect();
        let rings = |polygon: &geo::Polygon| {
            std::iter::once(polygon.exterior()).chain(polygon.interiors()).map(ring).collect()
        };
        let coordinates = district.area.shape().iter().map(rings).collect();
        Self { r#type: OutlineType::MultiPolygon, coordinates }
    }
}

impl Pace {
    fn of(walk: Walk) -> Self {
        Self { walk_m_s: walk.speed_m_s, ride_m_s: walk.ride_speed_m_s, detour: walk.detour }
    }
}

impl<'a> OfflineStation<'a> {
    fn new(snapshot: &'a Snapshot, entry: &'a Entry, frame: &Frame, span: &Span) -> Self {
        let p: Properties<'a> = snapshot.feature(entry, frame, &span.0, None).properties;
        Self {
            id: p.id,
            code: p.code,
            name: p.name,
            signboard: p.signboard,
            district: p.district,
            address: p.address,
            lon: centimetres(entry.position().lon()),
            lat: centimetres(entry.position().lat()),
            build: p.build,
            partner: p.partner,
            host: p.host,
            form: p.form,
            access: p.access,
            no_phone: p.no_phone,
            always_open: entry.is_always_open(),
            hours: p.hours,
            hours_text: p.hours_text,
            phone: p.phone,
            rating: p.rating,
            last_confirmed: p.last_confirmed,
            opened_on: p.opened_on,
            capacity: p.capacity,
            trades: p.trades,
            demonstration: p.demonstration,
            nav: Nav::to(&entry.station.facts),
            notices: entry.notices_announced(&span.0, &span.1, frame.language),
            transitions: transitions(entry, span),
            facilities: entry.facilities().map(|own| OfflineFacility::new(own, span)).collect(),
        }
    }
}

/// The states of a station, and that nothing is known of it at the end.
fn transitions<'a>(entry: &'a Entry, Span(from, to): &Span) -> Vec<Transition<'a>> {
    let stamp = |local| from.stamp(local);
    let told = |(local, now): (_, StateAt)| Transition {
        from: stamp(local).max(from.at),
        state: now.state,
        provisional: now.provisional,
        state_until: now.until.map(stamp),
        opens_at: now.opens_at.map(stamp),
        closes_at: now.closes_at.map(stamp),
        notice: now.notice.and_then(|i| entry.notices.get(i)).map(|n| &*n.reason),
    };
    let (state, notice) = (State::Unknown, None);
    let (state_until, opens_at, closes_at) = (None, None, None);
    let end = Transition { from: to.at, state, provisional: false, state_until, opens_at, closes_at, notice };
    entry.course(from, to).into_iter().map(told).chain([end]).collect()
}

impl<'a> OfflineFacility<'a> {
    fn new(own: OwnFacility<'a>, Span(from, to): &Span) -> Self {
        let FacilityAt { code, working, broken_since, season, count, note, .. } = own.at(true, from);
        let told = |(local, now): (_, FacilityAt<'a>)| FacilityTransition {
            from: from.stamp(local),
            in_season: now.in_season,
            usable: now.open,
            until: now.until,
            notice: now.notice,
        };
        let in_season = own.at(true, to).in_season;
        let end = FacilityTransition { from: to.at, in_season, usable: false, until: None, notice: None };
        let transitions = own.course(from, to).into_iter().map(told).chain([end]).collect();
        Self { code, working, broken_since, season, count, note, transitions }
    }
}
