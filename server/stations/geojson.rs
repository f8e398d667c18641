//! Answers as GeoJSON (RFC 7946): longitude first, WGS-84 unless the answer says otherwise.

use chrono::{DateTime, FixedOffset};
use serde::Serialize;
use spatial::{Datum, Position};

use super::feature::{Feature, Properties};
use super::nav::Nav;
use super::snapshot::{Beyond, Detail, Listing, Nearest};
use crate::calendar::DayKind;
use crate::ids::StationId;

/// A collection of stations as of an instant.
#[derive(Debug, Serialize)]
pub struct Collection<'a> {
    r#type: &'static str,
    features: Vec<StationFeature<'a>>,
    revision: i64,
    at: DateTime<FixedOffset>,
    crs: Crs,
    #[serde(skip_serializing_if = "Option::is_none")]
    beyond: Option<Beyond>,
}

/// One station of a collection.
#[derive(Debug, Serialize)]
struct StationFeature<'a> {
    r#type: &'static str,
    id: StationId,
    geometry: Point,
    properties: Properties<'a>,
}

/// One station with all that its sheet shows.
#[derive(Debug, Serialize)]
pub struct Sheet<'a> {
    r#type: &'static str,
    id: StationId,
    geometry: Point,
    properties: SheetProperties<'a>,
    revision: i64,
    at: DateTime<FixedOffset>,
    crs: Crs,
}

#[derive(Debug, Serialize)]
struct SheetProperties<'a> {
    #[serde(flatten)]
    station: Properties<'a>,
    nav: Nav,
    week: Option<Vec<Day>>,
}

/// One day of the week table: open from and to, `24:00` and beyond for spans past midnight.
#[derive(Debug, Serialize)]
struct Day {
    date: chrono::NaiveDate,
    #[serde(skip_serializing_if = "Option::is_none")]
    kind: Option<DayKind>,
    #[serde(skip_serializing_if = "Option::is_none")]
    holiday: Option<String>,
    spans: Vec<[String; 2]>,
    unknown: bool,
    provisional: bool,
}

/// A GeoJSON point.
#[derive(Debug, Serialize)]
pub(super) struct Point {
    r#type: &'static str,
    coordinates: [f64; 2],
}

/// The coordinate system of an answer, by the name the question uses.
#[derive(Debug)]
struct Crs(Datum);

impl Serialize for Crs {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(self.0.as_str())
    }
}

impl Point {
    /// A position to seven decimals, one centimetre.
    pub(super) fn at(position: Position) -> Self {
        let round = |degrees: f64| (degrees * 1e7).round() / 1e7;
        Self { r#type: "Point", coordinates: [round(position.lon()), round(position.lat())] }
    }
}

impl<'a> StationFeature<'a> {
    fn new(feature: Feature<'a>) -> Self {
        let Feature { position, properties } = feature;
        Self { r#type: "Feature", id: properties.id, geometry: Point::at(position), properties }
    }
}

impl<'a> Collection<'a> {
    /// The answer to a nearest query.
    pub fn nearest(answer: Nearest<'a>, crs: Datum) -> Self {
        let beyond = answer.beyond;
        Self { beyond, ..Self::of(answer.features, answer.revision, answer.at, crs) }
    }

    /// The answer to a list query.
    pub fn list(answer: Listing<'a>, crs: Datum) -> Self {
        Self::of(answer.features, answer.revision, answer.at, crs)
    }

    fn of(features: Vec<Feature<'a>>, revision: i64, at: DateTime<FixedOffset>, crs: Datum) -> Self {
        let features = features.into_iter().map(StationFeature::new).collect();
        Self { r#type: "FeatureCollection", features, revision, at, crs: Crs(crs), beyond: None }
    }
}

impl<'a> Sheet<'a> {
    /// The answer for one station.
    pub fn new(detail: Detail<'a>, crs: Datum) -> Self {
        let Detail { feature: Feature { position, properties }, nav, week, at, revision } = detail;
        let week = week.map(|days| days.into_iter().map(Day::of).collect());
        Self {
            r#type: "Feature",
            id: properties.id,
            geometry: Point::at(position),
            properties: SheetProperties { station: properties, nav, week },
            revision,
            at,
            crs: Crs(crs),
        }
    }
}

impl Day {
    fn of(day: super::hours::DayHours) -> Self {
        let clock = |minute: u16| format!("{:02}:{:02}", minute / 60, minute % 60);
        Self {
            date: day.date,
            kind: day.kind,
            holiday: day.holiday,
            spans: day.spans.iter().map(|(from, to)| [clock(*from), clock(*to)]).collect(),
            unknown: day.unknown,
            provisional: day.provisional,
        }
    }
}
