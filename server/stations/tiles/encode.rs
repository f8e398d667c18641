//! Tiles as bytes: Mapbox Vector Tiles and GeoJSON.

use serde::Serialize;
use serde_json::{Value as Json, json};
use spatial::TileCoord;
use spatial::mvt::{EXTENT, Layer, Value, encode};

use super::draw::Drawn;
use crate::stations::geojson::Point;

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

    /// Writes what stands in a tile; nothing gives no bytes.
    pub fn write(self, tile: TileCoord, drawn: &[Drawn<'_>]) -> Vec<u8> {
        match self {
            _ if drawn.is_empty() => Vec::new(),
            Self::Mvt => mvt(tile, drawn),
            Self::GeoJson => geojson(drawn),
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

#[derive(Serialize)]
struct TileFeature {
    r#type: &'static str,
    geometry: Point,
    properties: Json,
}

fn geojson(drawn: &[Drawn<'_>]) -> Vec<u8> {
    let feature = |d: &Drawn<'_>| TileFeature {
        r#type: "Feature",
        geometry: Point::at(d.position()),
        properties: properties(d),
    };
    let features: Vec<_> = drawn.iter().map(feature).collect();
    serde_json::to_vec(&json!({"type": "FeatureCollection", "features": features})).unwrap_or_default()
}

fn properties(drawn: &Drawn<'_>) -> Json {
    match drawn {
        Drawn::Cluster { point_count, open_count, expansion_zoom, .. } => json!({
            "cluster": true,
            "point_count": point_count,
            "open_count": open_count,
            "expansion_zoom": expansion_zoom,
        }),
        Drawn::Station { id, name, host, state, facilities, .. } => json!({
            "id": id,
            "name": name,
            "host": host,
            "state": state,
            "facilities": facilities,
        }),
    }
}
