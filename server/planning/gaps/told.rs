//! Gaps as they are told: GeoJSON, RFC 7946, WGS-84.

use h3o::{CellIndex, LatLng};
use serde::Serialize;
use serde_json::Value;
use spatial::Position;
use utoipa::ToSchema;

use super::count::{Cell, Gaps};
use crate::ids::Adcode;
use crate::planning::basis::Basis;
use crate::planning::spans::{Span, spans, words};
use crate::planning::told::{Frame, whole};

/// The path of the question.
pub(super) const PATH: &str = "/api/v1/coverage/gaps.geojson";

/// Cells as a FeatureCollection, the largest gap first.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = CoverageGaps)]
pub(super) struct Told {
    /// `FeatureCollection`.
    r#type: &'static str,
    #[serde(flatten)]
    pub(super) frame: Frame,
    /// The resolution of the cells, as H3 counts it.
    resolution: u8,
    /// What is left out because it would tell of fewer than ten people.
    suppressed: Suppressed,
    /// How many cells there are beyond the limit.
    left_out: usize,
    /// The cells.
    pub(super) features: Vec<Feature>,
}

/// What is not told.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = CoverageSuppressed)]
struct Suppressed {
    /// Cells with fewer than ten people.
    cells: usize,
    /// The people of all of them together.
    people: i64,
}

/// A cell.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = CoverageGap)]
pub(super) struct Feature {
    /// `Feature`.
    r#type: &'static str,
    /// A polygon of six or five corners.
    #[schema(value_type = Object)]
    geometry: Value,
    pub(super) properties: Properties,
}

/// What is known of a cell.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = CoverageGapProperties)]
pub(super) struct Properties {
    /// The cell's H3 index.
    #[schema(value_type = String)]
    pub(super) cell: String,
    /// Its place by its gap, from 1; null where there is none.
    #[schema(required)]
    pub(super) rank: Option<usize>,
    /// Its people, or people times hours.
    pub(super) demand: i64,
    /// Those whom nobody covers; fewer than ten are told as none.
    pub(super) uncovered: i64,
    /// The others.
    pub(super) covered: i64,
    /// At how many hours of the week at least ten people of it are not covered.
    pub(super) hours: usize,
    /// These hours.
    spans: Vec<Span>,
    /// These hours in words.
    pub(super) hours_text: String,
    /// The district that holds its middle.
    #[schema(value_type = Option<String>, required)]
    adcode: Option<Adcode>,
    /// Its name; empty in no district.
    pub(super) district: String,
}

impl Told {
    /// The cells of a question; `more` is what only this question has.
    pub(super) fn new(basis: &Basis, gaps: &Gaps, resolution: u8, more: &[(&str, String)]) -> Self {
        let features = gaps.ranked().map(|(rank, cell)| feature(basis, rank, cell)).collect();
        Self {
            r#type: "FeatureCollection",
            frame: Frame::new(basis, PATH, more),
            resolution,
            suppressed: Suppressed { cells: gaps.suppressed_cells, people: whole(gaps.suppressed_people) },
            left_out: gaps.left_out,
            features,
        }
    }
}

fn feature(basis: &Basis, rank: Option<usize>, cell: &Cell) -> Feature {
    let middle = LatLng::from(cell.index);
    let middle = Position::new(middle.lng(), middle.lat()).ok();
    let district = middle.and_then(|middle| basis.snapshot.city().district_at(middle));
    let spans = spans(&cell.hours);
    let (demand, uncovered) = (whole(cell.demand), whole(cell.uncovered));
    Feature {
        r#type: "Feature",
        geometry: polygon(cell.index),
        properties: Properties {
            cell: cell.index.to_string(),
            rank,
            demand,
            uncovered,
            covered: demand - uncovered,
            hours: cell.hours.iter().filter(|on| **on).count(),
            hours_text: words(&spans, basis.language),
            spans,
            adcode: district.map(|district| district.adcode),
            district: district.map(|d| d.label(basis.language).to_owned()).unwrap_or_default(),
        },
    }
}

/// The corners of a cell, counterclockwise, the first one again at the end; to some centimetres.
fn polygon(cell: CellIndex) -> Value {
    let cut = |degrees: f64| (degrees * 1e6).round() / 1e6;
    let corners = cell.boundary();
    let mut ring: Vec<[f64; 2]> = corners.iter().map(|at| [cut(at.lng()), cut(at.lat())]).collect();
    ring.extend(ring.first().copied());
    serde_json::json!({ "type": "Polygon", "coordinates": [ring] })
}
