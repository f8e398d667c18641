//! A tile as an answer: drawn or taken from the cache, compressed where the client takes it.

use axum::http::header::{ACCEPT_ENCODING, CONTENT_ENCODING, CONTENT_TYPE, VARY};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use spatial::{Datum, TileCoord};

use super::cache::Tile;
use super::draw::draw;
use super::encode::Encoding;
use crate::app::App;
use crate::http::cache::Question;
use crate::stations::query::{Filter, Frame};
use crate::stations::snapshot::{Moment, Snapshot};

/// A tile that is asked for.
#[derive(Debug)]
pub struct Wanted {
    /// Which one.
    pub tile: TileCoord,
    /// How it is written.
    pub encoding: Encoding,
    /// The coordinate system of the map it is drawn on.
    pub datum: Datum,
    /// Which stations.
    pub filter: Filter,
    /// As of when.
    pub frame: Frame,
}

/// Answers with a tile; 204 where nothing is in it.
pub fn serve(
    app: &App,
    snapshot: &Snapshot,
    headers: &HeaderMap,
    question: &Question,
    wanted: Wanted,
) -> Response {
    let Wanted { tile, encoding, datum, filter, frame } = wanted;
    let version = snapshot.version(frame.at);
    question.answer(version, || {
        let moment = Moment::new(frame.at, snapshot.zone());
        let make = || encoding.write(datum, tile, &draw(snapshot, datum, tile, &filter, &moment));
        let tile = app.tiles.get(version, (tile, encoding, datum, filter.clone()), make);
        respond(encoding, tile, takes_gzip(headers))
    })
}

/// Whether a client takes gzip (RFC 9110, 12.5.3).
fn takes_gzip(headers: &HeaderMap) -> bool {
    let codings = headers.get_all(ACCEPT_ENCODING).iter().filter_map(|v| v.to_str().ok());
    let gzip = |coding: &str| {
        let mut fields = coding.split(';').map(str::trim);
        fields.next() == Some("gzip")
            && !fields.any(|f| f.starts_with("q=0") && !f.contains(|c| ('1'..='9').contains(&c)))
    };
    codings.flat_map(|v| v.split(',')).any(gzip)
}

fn respond(encoding: Encoding, tile: Tile, takes_gzip: bool) -> Response {
    if tile.plain.is_empty() {
        return StatusCode::NO_CONTENT.into_response();
    }
    let kind = [(CONTENT_TYPE, encoding.media_type()), (VARY, "accept-encoding")];
    if takes_gzip {
        return (kind, [(CONTENT_ENCODING, "gzip")], tile.gzip).into_response();
    }
    (kind, tile.plain).into_response()
}
