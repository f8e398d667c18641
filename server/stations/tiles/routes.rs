//! `/tiles/stations…` and `/tiles/gcj02/stations…`

use axum::Extension;
use axum::extract::{Path, RawQuery, State};
use axum::http::HeaderMap;
use axum::response::Response;
use spatial::tile::MAX_ZOOM;
use spatial::{Datum, TileCoord};

use super::encode::Encoding;
use super::serving::{Wanted, serve};
use super::tilejson;
use crate::accounts::Policy;
use crate::app::App;
use crate::error::Error;
use crate::http::cache::Question;
use crate::http::openapi::Documented;
use crate::http::origin::Origin;
use crate::http::params::Params;
use crate::stations::routes::{asker, snapshot};
use crate::stations::{asked, openapi};

/// A set of tiles: the same stations, their positions in one coordinate system.
#[derive(Debug, Clone, Copy)]
pub(super) struct Set {
    /// The coordinate system.
    pub(super) datum: Datum,
    /// The folder of its tiles.
    pub(super) folder: &'static str,
}

const WGS84: Set = Set { datum: Datum::Wgs84, folder: "/tiles/stations" };
const GCJ02: Set = Set { datum: Datum::Gcj02, folder: "/tiles/gcj02/stations" };

/// The TileJSON and the tiles of both sets.
pub fn routes() -> Documented {
    let tiles = |mvt, geojson, datum| {
        [(mvt, openapi::tile(Encoding::Mvt, datum)), (geojson, openapi::tile(Encoding::GeoJson, datum))]
    };
    let wgs84 = Documented::default()
        .get("/tiles/stations.json", Policy::Public, document, openapi::tilejson(Datum::Wgs84))
        .get_as(
            "/tiles/stations/{z}/{x}/{file}",
            Policy::Public,
            tile,
            tiles("/tiles/stations/{z}/{x}/{y}.mvt", "/tiles/stations/{z}/{x}/{y}.geojson", Datum::Wgs84),
        );
    let gcj02 = Documented::default()
        .get("/tiles/gcj02/stations.json", Policy::Public, document, openapi::tilejson(Datum::Gcj02))
        .get_as(
            "/tiles/gcj02/stations/{z}/{x}/{file}",
            Policy::Public,
            tile,
            tiles(
                "/tiles/gcj02/stations/{z}/{x}/{y}.mvt",
                "/tiles/gcj02/stations/{z}/{x}/{y}.geojson",
                Datum::Gcj02,
            ),
        );
    wgs84.map_router(|r| r.layer(Extension(WGS84))).merge(gcj02.map_router(|r| r.layer(Extension(GCJ02))))
}

/// `GET …/stations.json`
async fn document(
    State(app): State<App>,
    Extension(set): Extension<Set>,
    RawQuery(query): RawQuery,
    params: Params,
    origin: Origin,
    headers: HeaderMap,
    question: Question,
) -> Result<Response, Error> {
    asked::tile(params, asker(&app, &question))?;
    let snapshot = snapshot(&app, &headers).await?;
    let version = snapshot.version(app.clock.now());
    Ok(question.answer(version, || tilejson::document(&snapshot, set, &origin, &query.unwrap_or_default())))
}

/// `GET …/stations/{z}/{x}/{y}.mvt` and `.geojson`
async fn tile(
    State(app): State<App>,
    Extension(set): Extension<Set>,
    Path((z, x, file)): Path<(String, String, String)>,
    params: Params,
    headers: HeaderMap,
    question: Question,
) -> Result<Response, Error> {
    let (filter, frame) = asked::tile(params, asker(&app, &question))?;
    let (tile, encoding) = address(&z, &x, &file).ok_or(Error::NotFound("tile"))?;
    let snapshot = snapshot(&app, &headers).await?;
    let wanted = Wanted { tile, encoding, datum: set.datum, filter, frame };
    Ok(serve(&app, &snapshot, &headers, &question, wanted))
}

/// A tile's coordinates and encoding, where they exist.
fn address(z: &str, x: &str, file: &str) -> Option<(TileCoord, Encoding)> {
    let (y, ending) = file.split_once('.')?;
    let tile = TileCoord::new(z.parse().ok()?, x.parse().ok()?, y.parse().ok()?)?;
    (tile.z() <= MAX_ZOOM).then_some((tile, Encoding::of(ending)?))
}
