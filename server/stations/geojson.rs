//! Answers as GeoJSON (RFC 7946): longitude first, WGS-84 unless the answer says otherwise.

use chrono::{DateTime, FixedOffset};
use serde::Serialize;
use spatial::{Datum, Position};
use utoipa::ToSchema;

use super::feature::{Feature, Properties};
use super::nav::Nav;
use super::photo::Photo;
use super::snapshot::{Beyond, Detail, Listing, Nearest, NoticeAt};
use crate::calendar::DayKind;
use crate::ids::{PhotoId, StationId};

/// A collection of stations as of an instant.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = StationCollection)]
pub struct Collection<'a> {
    #[schema(inline)]
    r#type: CollectionType,
    features: Vec<StationFeature<'a>>,
    /// The revision of the registry that is described.
    revision: i64,
    /// The instant that is described.
    at: DateTime<FixedOffset>,
    crs: Crs,
    /// Where none is within the distance asked for: the nearest match past it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    beyond: Option<Beyond>,
}

/// One station of a collection.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct StationFeature<'a> {
    #[schema(inline)]
    r#type: FeatureType,
    id: StationId,
    geometry: Point,
    properties: Properties<'a>,
}

/// One station with all that its sheet shows.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Station)]
pub struct Sheet<'a> {
    #[schema(inline)]
    r#type: FeatureType,
    id: StationId,
    geometry: Point,
    properties: SheetProperties<'a>,
    /// The revision of the registry that is described.
    revision: i64,
    /// The instant that is described.
    at: DateTime<FixedOffset>,
    crs: Crs,
}

#[derive(Debug, Serialize, ToSchema)]
struct SheetProperties<'a> {
    #[serde(flatten)]
    station: Properties<'a>,
    nav: Nav,
    /// Seven days from that of `at`; null where the hours are not certain.
    #[schema(required)]
    week: Option<Vec<Day>>,
    /// The notices in force and those of the next 14 days, earliest first.
    notices: Vec<NoticeAt<'a>>,
    /// Photos of the door, in the order to show them.
    photos: Vec<PhotoLink<'a>>,
}

/// Where the pictures of a photo are. The addresses are relative to that of this service.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Photo)]
struct PhotoLink<'a> {
    id: PhotoId,
    /// The picture, JPEG.
    url: String,
    /// The same, at most 480 pixels wide.
    small_url: String,
    /// Pixels across of the picture.
    width: u32,
    /// Pixels down of the picture.
    height: u32,
    /// What can be seen.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    caption: Option<&'a str>,
}

/// One day of the week table: open from and to, `24:00` and beyond for spans past midnight.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = DayHours)]
pub(super) struct Day {
    date: chrono::NaiveDate,
    /// What the notice of the State Council makes of it, where it names it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    kind: Option<DayKind>,
    /// The holiday it belongs to, in Chinese.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    holiday: Option<String>,
    /// From and to, `HH:MM`.
    spans: Vec<[String; 2]>,
    /// Whether it is unknown when the station is open.
    unknown: bool,
    /// Whether the year's days off are not published yet.
    provisional: bool,
}

/// An answer as the bytes of a body. One buffer of this size holds most answers without growing.
pub fn bytes(answer: &impl Serialize) -> Vec<u8> {
    const USUAL_BYTES: usize = 16 << 10;
    let mut body = Vec::with_capacity(USUAL_BYTES);
    // The answers are plain structs with text keys, which serialise without fail.
    serde_json::to_writer(&mut body, answer).unwrap_or_default();
    body
}

/// A GeoJSON point.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Point {
    #[schema(inline)]
    r#type: PointType,
    /// Longitude, latitude.
    #[schema(min_items = 2, max_items = 2)]
    coordinates: [f64; 2],
}

/// Degrees to seven decimals, one centimetre.
pub(super) fn centimetres(degrees: f64) -> f64 {
    (degrees * 1e7).round() / 1e7
}

/// The type of a collection (RFC 7946, 1.4).
#[derive(Debug, Serialize, ToSchema)]
pub(super) enum CollectionType {
    FeatureCollection,
}

/// The type of a feature.
#[derive(Debug, Serialize, ToSchema)]
pub(super) enum FeatureType {
    Feature,
}

/// The type of a point.
#[derive(Debug, Serialize, ToSchema)]
enum PointType {
    Point,
}

/// The coordinate system of an answer, by the name the question uses.
#[derive(Debug)]
pub(super) struct Crs(pub(super) Datum);

impl Serialize for Crs {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(self.0.as_str())
    }
}

impl Point {
    /// A position to seven decimals, one centimetre.
    pub(super) fn at(position: Position) -> Self {
        Self { r#type: PointType::Point, coordinates: [position.lon(), position.lat()].map(centimetres) }
    }
}

impl<'a> StationFeature<'a> {
    /// A station as a feature.
    pub(super) fn new(feature: Feature<'a>) -> Self {
        let Feature { position, properties } = feature;
        Self { r#type: FeatureType::Feature, id: properties.id, geometry: Point::at(position), properties }
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
        Self {
            r#type: CollectionType::FeatureCollection,
            features,
            revision,
            at,
            crs: Crs(crs),
            beyond: None,
        }
    }
}

impl<'a> Sheet<'a> {
    /// The answer for one station.
    pub fn new(detail: Detail<'a>, crs: Datum) -> Self {
        let Detail { feature: Feature { position, properties }, nav, week, notices, photos, at, revision } =
            detail;
        let week = week.map(|days| days.into_iter().map(Day::of).collect());
        let photos = photos.iter().map(PhotoLink::of).collect();
        Self {
            r#type: FeatureType::Feature,
            id: properties.id,
            geometry: Point::at(position),
            properties: SheetProperties { station: properties, nav, week, notices, photos },
            revision,
            at,
            crs: Crs(crs),
        }
    }
}

impl<'a> PhotoLink<'a> {
    fn of(photo: &'a Photo) -> Self {
        Self {
            id: photo.id,
            url: photo.url(),
            small_url: photo.small_url(),
            width: photo.width,
            height: photo.height,
            caption: photo.caption.as_deref(),
        }
    }
}

impl Day {
    pub(super) fn of(day: super::hours::DayHours) -> Self {
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
