//! What is told of layers of demand.

use serde::Serialize;
use utoipa::ToSchema;

use super::model::Layer;
use crate::ids::Adcode;
use crate::planning::layers::columns::ColumnTold;
use crate::planning::layers::faults::WarningTold;

/// Layers of demand.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = DemandLayers)]
pub(super) struct Layers {
    /// Those that were imported, the first one first; where there are none, what stands in for one.
    pub(super) items: Vec<Layer>,
}

/// What a file came to, or would come to.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = DemandImport)]
pub(crate) struct Imported {
    /// The layer; of a dry run with the version that it has now, 0 where it would be new.
    pub(crate) layer: Layer,
    /// Whether nothing was written.
    pub(crate) dry_run: bool,
    /// Whether no layer had the code before.
    #[serde(skip)]
    pub(crate) is_new: bool,
    /// Rows of the file.
    pub(crate) rows: usize,
    /// Points of the layer, areas spread.
    pub(crate) points: usize,
    /// Their people.
    pub(crate) people: i64,
    /// The same in each district that has some.
    by_district: Vec<InDistrict>,
    /// Points in no district and not within 2 km of one.
    pub(crate) outside: usize,
    /// Warnings, the first hundred.
    problems: Vec<WarningTold>,
    /// How many warnings there are besides.
    more_problems: usize,
    /// What each column says.
    columns: Vec<ColumnTold>,
}

/// What a layer has in a district.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[schema(as = DemandInDistrict)]
pub(super) struct InDistrict {
    /// The district.
    #[schema(value_type = String)]
    pub(super) adcode: Adcode,
    /// Its name in the asker's language.
    pub(super) name: String,
    /// Points in it.
    pub(super) points: usize,
    /// People in it.
    pub(super) people: i64,
}

/// What a file came to besides its layer.
pub(super) struct Besides {
    pub(super) rows: usize,
    pub(super) outside: usize,
    pub(super) by_district: Vec<InDistrict>,
    pub(super) problems: Vec<WarningTold>,
    pub(super) more_problems: usize,
    pub(super) columns: Vec<ColumnTold>,
}

impl Imported {
    pub(super) fn new(layer: Layer, dry_run: bool, is_new: bool, besides: Besides) -> Self {
        let Besides { rows, outside, by_district, problems, more_problems, columns } = besides;
        let (points, people) = (layer.points, whole(layer.people));
        Self {
            layer,
            dry_run,
            is_new,
            rows,
            points,
            people,
            by_district,
            outside,
            problems,
            more_problems,
            columns,
        }
    }
}

/// People as they are told: a whole number.
#[expect(clippy::cast_possible_truncation, reason = "at most 10^13 people")]
pub(super) fn whole(people: f64) -> i64 {
    people.round() as i64
}
