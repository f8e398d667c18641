//! The place of the map on a page: what the script needs to draw it, and who made what is under the stations.

use maud::{Markup, html};
use serde::Serialize;
use spatial::Datum;

use super::asked::Place;
use super::context::Context;
use super::icon;
use super::words::Words;
use crate::basemap::ARCHIVE_PATH;
use crate::config::{self, MapKind};

/// What the script is told of a base map that is not the built-in one.
#[derive(Serialize)]
struct Told {
    kind: &'static str,
    /// The addresses of each layer, the lowest first; of a file, its own.
    layers: Vec<Vec<String>>,
    /// The coordinate system that positions are drawn in.
    datum: &'static str,
    tile_size: u16,
    min_zoom: u8,
    max_zoom: u8,
}

/// The place of the map. It stays empty until the script puts one there; the list needs none.
pub(super) fn map(context: &Context<'_>) -> Markup {
    let words = context.words;
    let has_stations = matches!(context.asked.place, Place::At(_) | Place::District(_));
    let middle = context.middle.map(|at| (format!("{:.4}", at.lon()), format!("{:.4}", at.lat())));
    html! {
        section.strip.idle[!has_stations] data-part="map" aria-label=(words.map_label)
            data-lon=[middle.as_ref().map(|m| &m.0)] data-lat=[middle.as_ref().map(|m| &m.1)]
            data-basemap=[context.basemap.and_then(told)] {
            div.canvas {}
            p.credits { (credits(words, context.basemap)) }
            button.btn.quiet.see-map type="button" data-action="map" { (icon::icon("map")) (words.see_map) }
        }
    }
}

/// What the script is told; nothing for the built-in map.
pub(super) fn told(map: &config::Map) -> Option<String> {
    let layers = match map.kind {
        MapKind::Builtin => return None,
        MapKind::Pmtiles => vec![vec![ARCHIVE_PATH.to_owned()]],
        MapKind::Raster | MapKind::Wmts => map.layers(),
    };
    let datum = if map.drawn_in() == Datum::Gcj02 { "gcj02" } else { "wgs84" };
    let (tile_size, min_zoom, max_zoom) = (map.tile_size, map.min_zoom, map.max_zoom);
    serde_json::to_string(&Told { kind: map.kind.as_str(), layers, datum, tile_size, min_zoom, max_zoom })
        .ok()
}

/// Who made the map, and its approval number.
pub(super) fn credits(words: &Words, map: Option<&config::Map>) -> Markup {
    let (credits, approval) = map.map_or(("", ""), |m| (m.credits.as_str(), m.approval_number.as_str()));
    html! {
        @match map.map_or(MapKind::Builtin, |m| m.kind) {
            MapKind::Builtin => { (words.map_overview) " " (words.map_credits) " " },
            MapKind::Pmtiles => { a href="https://www.openstreetmap.org/copyright" rel="noreferrer" { (words.map_credits_osm) } " " },
            MapKind::Raster | MapKind::Wmts => {},
        }
        (credits)
        @if !approval.is_empty() { " " (words.approval.with(approval)) }
    }
}
