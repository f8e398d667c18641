//! Tiles as bytes: Mapbox Vector Tiles and GeoJSON.

use serde::Serialize;
use spatial::mvt::{EXTENT, Layer, Value, encode};
use spatial::{Datum, TileCoord};
use utoipa::ToSchema;

use super::draw::Drawn;
use crate::ids::StationId;
use crate::stations::geojson::{CollectionType, Crs, FeatureType, Point};
use crate::stations::model::Host;
use crate::stations::state::State;

/// The name of the only layer.
pub(super) const LAYER: &str = "stations";

/// How a tile is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Encoding {
    /// Mapbox Vector Tile 2.1.
    Mvt,
    /// A GeoJSON feature collection.
    GeoJson,
}

impl Encoding {
    /// By the ending of a file name.
    pub fn of(ending: &str) -> Option<Self> {
        match ending {
            "mvt" => Some(Self::Mvt),
            "geojson" => Some(Self::GeoJson),
            _ => None,
        }
    }

    /// The media type.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Mvt => "application/vnd.mapbox-vector-tile",
            Self::GeoJson => "application/geo+json",
        }
    }

    /// Writes what stands in a tile of a coordinate system; nothing gives no bytes.
    pub fn write(self, datum: Datum, tile: TileCoord, drawn: &[Drawn<'_>]) -> Vec<u8> {
        match self {
            _ if drawn.is_empty() => Vec::new(),
            Self::Mvt => mvt(tile, drawn),
            Self::GeoJson => geojson(datum, drawn),
        }
    }
}

fn mvt(tile: TileCoord, drawn: &[Drawn<'_>]) -> Vec<u8> {
    let mut layer = Layer::new(LAYER, EXTENT);
    for feature in drawn {
        let at = tile.local(feature.at(), EXTENT);
        match feature {
            Drawn::Cluster { point_count, open_count, expansion_zoom, .. } => {
                let tags = [
                    ("cluster", Value::Bool(true)),
                    ("point_count", Value::Uint((*point_count).into())),
                    ("open_count", Value::Uint((*open_count).into())),
                    ("expansion_zoom", Value::Uint((*expansion_zoom).into())),
                ];
                layer.point(at, None, &tags);
            }
            Drawn::Station { id, name, host, state, facilities, .. } => {
                let id = id.to_string();
                let host = host.map(|h| ("host", Value::Str(h.as_str())));
                let tags = [
                    ("id", Value::Str(&id)),
                    ("name", Value::Str(name)),
                    ("state", Value::Str(state.as_str())),
                    ("facilities", Value::Uint(*facilities)),
                ];
                layer.point(at, None, &tags.into_iter().chain(host).collect::<Vec<_>>());
            }
        }
    }
    encode(&[layer])
}

/// A tile as GeoJSON.
#[derive(Serialize, ToSchema)]
#[schema(as = StationTile)]
pub struct TileCollection<'a> {
    #[schema(inline)]
    r#type: CollectionType,
    features: Vec<TileFeature<'a>>,
    /// The coordinate system of the positions, where it is not WGS-84.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    crs: Option<Crs>,
}

#[derive(Serialize, ToSchema)]
struct TileFeature<'a> {
    #[schema(inline)]
    r#type: FeatureType,
    geometry: Point,
    properties: TileProperties<'a>,
}

#[derive(Serialize, ToSchema)]
#[serde(untagged)]
enum TileProperties<'a> {
    /// Several stations.
    Cluster {
        /// Always true.
        cluster: bool,
        /// How many there are.
        point_count: u32,
        /// How many of them are open.
        open_count: u32,
        /// The first zoom at which they part.
        expansion_zoom: u8,
    },
    /// One station.
    Station {
        id: StationId,
        name: &'a str,
        #[schema(required)]
        host: Option<Host>,
        state: State,
        /// Its facilities that can be used at the instant, one bit each; the TileJSON has the legend.
        facilities: u64,
    },
}

fn geojson(datum: Datum, drawn: &[Drawn<'_>]) -> Vec<u8> {
    let feature = |d| TileFeature {
        r#type: FeatureType::Feature,
        geometry: Point::at(Drawn::position(d)),
        properties: properties(d),
    };
    let features = drawn.iter().map(feature).collect();
    let crs = (datum != Datum::Wgs84).then_some(Crs(datum));
    let collection = TileCollection { r#type: CollectionType::FeatureCollection, features, crs };
    serde_json::to_vec(&collection).unwrap_or_default()
}

fn properties<'a>(drawn: &Drawn<'a>) -> TileProperties<'a> {
    match *drawn {
        Drawn::Cluster { point_count, open_count, expansion_zoom, .. } => {
            TileProperties::Cluster { cluster: true, point_count, open_count, expansion_zoom }
        }
        Drawn::Station { id, name, host, state, facilities, .. } => {
            TileProperties::Station { id, name, host, state, facilities }
        }
    }
}
