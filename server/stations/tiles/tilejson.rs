//! The TileJSON 3.0 of the stations' tiles: where they are, what is in them, what each facility bit means.

use std::collections::BTreeMap;

use axum::http::header::CONTENT_TYPE;
use axum::response::IntoResponse;
use serde_json::{Value, json};
use spatial::Datum;
use tilejson::{TileJSON, VectorLayer, tilejson};

use super::CLUSTER_ZOOM;
use super::encode::LAYER;
use super::routes::Set;
use crate::http::origin::Origin;
use crate::stations::codes::FacilityCode;
use crate::stations::snapshot::Snapshot;

/// The fields of the layer, each with what it holds.
const FIELDS: [(&str, &str); 9] = [
    ("id", "station id, UUID"),
    ("name", "name of the station"),
    ("host", "kind of place that houses it"),
    ("state", "open, closing_soon, closed, closed_by_notice, suspended or unknown"),
    ("facilities", "bit mask of the facilities usable at this instant; see facilities"),
    ("cluster", "true where the feature stands for several stations"),
    ("point_count", "stations in the cluster"),
    ("open_count", "open stations in the cluster"),
    ("expansion_zoom", "first zoom at which the cluster parts"),
];

/// The document. The query of the request is kept, so that a client may have filtered tiles described.
pub(super) fn document(
    snapshot: &Snapshot,
    set: Set,
    origin: &Origin,
    query: &str,
) -> impl IntoResponse + use<> {
    let suffix = if query.is_empty() { String::new() } else { format!("?{query}") };
    let address = format!("{}{}/{{z}}/{{x}}/{{y}}.mvt{suffix}", origin.0, set.folder);
    let mut document: TileJSON = tilejson! { address };
    document.name = Some("stations".to_owned());
    document.minzoom = Some(0);
    document.maxzoom = Some(spatial::tile::MAX_ZOOM);
    document.bounds = bounds(snapshot, set.datum);
    document.vector_layers = Some(vec![VectorLayer {
        minzoom: Some(0),
        maxzoom: Some(spatial::tile::MAX_ZOOM),
        ..VectorLayer::new(LAYER.to_owned(), fields())
    }]);
    document.other.insert("cluster_zoom".to_owned(), json!(CLUSTER_ZOOM));
    document.other.insert("facilities".to_owned(), legend());
    document.other.insert("crs".to_owned(), json!(set.datum.as_str()));
    ([(CONTENT_TYPE, "application/json")], serde_json::to_vec(&document).unwrap_or_default())
}

fn fields() -> BTreeMap<String, String> {
    FIELDS.iter().map(|(name, what)| ((*name).to_owned(), (*what).to_owned())).collect()
}

/// Each facility with its bit, the lowest being 0.
fn legend() -> Value {
    FacilityCode::ALL
        .iter()
        .map(|code| (code.as_str().to_owned(), json!(code.bit().trailing_zeros())))
        .collect()
}

/// The least rectangle around all stations in a coordinate system; none without stations.
pub fn bounds(snapshot: &Snapshot, datum: Datum) -> Option<tilejson::Bounds> {
    let positions = || snapshot.entries().map(|e| datum.from_wgs84(e.position()));
    let least = |of: fn(spatial::Position) -> f64| positions().map(of).reduce(f64::min);
    let most = |of: fn(spatial::Position) -> f64| positions().map(of).reduce(f64::max);
    let (lon, lat) = (spatial::Position::lon, spatial::Position::lat);
    Some(tilejson::Bounds::new(least(lon)?, least(lat)?, most(lon)?, most(lat)?))
}
