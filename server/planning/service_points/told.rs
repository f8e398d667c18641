//! What is told of service points.

use chrono::{DateTime, FixedOffset};
use serde::Serialize;
use utoipa::ToSchema;

use super::model::{ServiceLayer, ServicePoint, ServicePoints};
use crate::planning::layers::columns::ColumnTold;
use crate::planning::layers::faults::WarningTold;
use crate::stations::hours::Openness;
use crate::time::Zone;

/// Layers of service points.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = ServiceLayers)]
pub(super) struct Layers {
    /// The layers, the one that was imported first before the others.
    pub(super) items: Vec<ServiceLayer>,
}

/// What a file came to, or would come to.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = ServicePointImport)]
pub(crate) struct Imported {
    /// The layer; of a dry run with the version that it has now, 0 where it would be new.
    pub(crate) layer: ServiceLayer,
    /// Whether nothing was written.
    pub(crate) dry_run: bool,
    /// Whether no layer had the code before.
    #[serde(skip)]
    pub(crate) is_new: bool,
    /// Rows of the file.
    pub(crate) rows: usize,
    /// Points of the layer.
    pub(crate) points: usize,
    /// Points whose hours are kept as text, because their meaning is not certain.
    pub(crate) uncertain: usize,
    /// Points in no district and not within 2 km of one.
    pub(crate) outside: usize,
    /// Warnings, the first hundred.
    pub(super) problems: Vec<WarningTold>,
    /// How many warnings there are besides.
    pub(super) more_problems: usize,
    /// What each column says.
    pub(super) columns: Vec<ColumnTold>,
}

/// Service points as of an instant.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ServicePointCollection)]
pub(super) struct Collection {
    /// Always `FeatureCollection`.
    r#type: &'static str,
    /// The points, layer by layer.
    features: Vec<Feature>,
    /// The instant that is described.
    at: DateTime<FixedOffset>,
}

/// A service point.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ServicePointFeature)]
struct Feature {
    /// Always `Feature`.
    r#type: &'static str,
    /// Where it is.
    geometry: Geometry,
    /// What it is.
    properties: Properties,
}

/// A point.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ServicePointGeometry)]
struct Geometry {
    /// Always `Point`.
    r#type: &'static str,
    /// Longitude and latitude, WGS-84.
    coordinates: [f64; 2],
}

/// What a service point is.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ServicePointProperties)]
struct Properties {
    /// The code of its layer.
    layer: String,
    /// The name of its layer.
    layer_name: String,
    /// Its name.
    name: String,
    /// Its address; empty where unknown.
    address: String,
    /// Its number for callers; empty where unknown.
    phone: String,
    /// Its hours as they were written; empty where unknown.
    hours_text: String,
    /// Whether it is open then: `open`, `closed` or `unknown`.
    state: &'static str,
}

impl Collection {
    /// The points of layers as of an instant.
    pub(super) fn of<'a>(
        layers: impl IntoIterator<Item = &'a ServicePoints>,
        zone: Zone,
        at: DateTime<FixedOffset>,
    ) -> Self {
        let features = |layer: &'a ServicePoints| {
            layer.points.iter().map(move |point| Feature::of(&layer.layer, point, zone, at))
        };
        let features = layers.into_iter().flat_map(features).collect();
        Self { r#type: "FeatureCollection", features, at }
    }
}

impl Feature {
    fn of(layer: &ServiceLayer, point: &ServicePoint, zone: Zone, at: DateTime<FixedOffset>) -> Self {
        let openness = point.hours.as_ref().map(|hours| hours.at(zone.local(at)).open);
        let state = match openness {
            Some(Openness::Open) => "open",
            Some(Openness::Closed) => "closed",
            Some(Openness::Unknown) | None => "unknown",
        };
        let properties = Properties {
            layer: layer.code.clone(),
            layer_name: layer.name.clone(),
            name: point.name.clone(),
            address: point.address.clone(),
            phone: point.phone.clone(),
            hours_text: point.hours_text.clone(),
            state,
        };
        let coordinates = [point.position.lon(), point.position.lat()];
        Self { r#type: "Feature", geometry: Geometry { r#type: "Point", coordinates }, properties }
    }
}
