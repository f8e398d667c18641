//! What people change in a sheet after it was read, and decide on it: kept apart from the file, which stays as it
//! came.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use spatial::{Datum, Position};

use super::problem::Other;
use super::sheet::{Sheet, SheetRow};
use crate::ids::StationId;

/// What a person decides of two that look like one station.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = ImportDecision)]
pub enum Decision {
    /// The row is that station; what the row states counts.
    Same,
    /// They are two stations.
    Different,
    /// The row is that station; what is registered counts, and the row's name becomes another name of it.
    Merge,
}

/// A decision on a row and another row or a registered station.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decided {
    /// The row; of two rows the later one.
    pub row: u32,
    /// The other.
    #[serde(flatten)]
    pub other: Other,
    /// What was decided.
    pub decision: Decision,
}

/// A decision of an earlier import, which holds for rows that say the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// The key of the row: see `row_key`.
    pub key: String,
    /// The station.
    pub station: StationId,
    /// What was decided.
    pub decision: Decision,
}

/// Where somebody put the pin of a row on the map, in degrees of a coordinate system.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Pin {
    /// Longitude.
    pub lon: f64,
    /// Latitude.
    pub lat: f64,
    /// The system, by its name.
    #[serde(with = "crate::stations::spelled::datum")]
    pub crs: Datum,
}

impl Pin {
    /// Where it is, WGS-84; none where the numbers are no position.
    pub fn position(self) -> Option<Position> {
        Position::new(self.lon, self.lat).ok().map(|written| self.crs.to_wgs84(written))
    }
}

/// Everything that people changed and decided.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Corrections {
    /// Cells with another text, by row and column.
    #[serde(with = "cells")]
    pub fixes: BTreeMap<(u32, usize), String>,
    /// What was decided on pairs.
    pub decisions: Vec<Decided>,
    /// Rows that are left out.
    pub skips: BTreeSet<u32>,
    /// Where rows stand, whatever their cells say.
    pub pins: BTreeMap<u32, Pin>,
}

impl Corrections {
    /// The sheet with every changed cell in place.
    pub fn applied<'s>(&self, sheet: &'s Sheet) -> Cow<'s, Sheet> {
        let mut sheet = Cow::Borrowed(sheet);
        if self.fixes.is_empty() {
            return sheet;
        }
        for row in &mut sheet.to_mut().rows {
            for ((_, column), text) in self.fixes.range((row.number, 0)..=(row.number, usize::MAX)) {
                row.put(*column, text);
            }
        }
        sheet
    }

    /// Puts a decision in place of an earlier one on the same pair; none takes it back.
    pub fn decide(&mut self, row: u32, other: Other, decision: Option<Decision>) {
        self.decisions.retain(|d| (d.row, d.other) != (row, other));
        self.decisions.extend(decision.map(|decision| Decided { row, other, decision }));
    }
}

impl SheetRow {
    fn put(&mut self, column: usize, text: &str) {
        if self.cells.len() <= column {
            self.cells.resize(column + 1, String::new());
        }
        text.clone_into(&mut self.cells[column]);
        self.formulas.retain(|formula| *formula != column);
    }
}

/// Cells as a list, because a JSON object has no pairs for keys.
mod cells {
    use std::collections::BTreeMap;

    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    type Cells = BTreeMap<(u32, usize), String>;

    pub(super) fn serialize<S: Serializer>(cells: &Cells, to: S) -> Result<S::Ok, S::Error> {
        cells.iter().map(|((row, column), text)| (row, column, text)).collect::<Vec<_>>().serialize(to)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Cells, D::Error> {
        let cells = Vec::<(u32, usize, String)>::deserialize(from)?;
        Ok(cells.into_iter().map(|(row, column, text)| ((row, column), text)).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::super::sheet::{Format, Header};
    use super::*;

    #[test]
    fn cells_are_put_in_place_and_formulas_end() {
        let header =
            Header { format: Format::Csv, encoding: None, heading_row: Some(1), headings: Vec::new() };
        let row = SheetRow { number: 3, cells: vec!["a".into()], formulas: vec![0, 1] };
        let sheet = Sheet { header, rows: vec![SheetRow::new(2, vec!["x".into()]), row] };
        let fixes = [((3, 1), "b".to_owned()), ((9, 0), "nowhere".to_owned())].into();
        let corrected = Corrections { fixes, ..Corrections::default() }.applied(&sheet);
        assert_eq!(corrected.rows[0], sheet.rows[0]);
        assert_eq!(
            corrected.rows[1],
            SheetRow { number: 3, cells: vec!["a".into(), "b".into()], formulas: vec![0] }
        );
    }

    #[test]
    fn corrections_come_back_as_they_were_kept() {
        let station = StationId::new(chrono::DateTime::UNIX_EPOCH);
        let mut corrections = Corrections {
            fixes: [((3, 1), "b".to_owned())].into(),
            skips: [4].into(),
            pins: [(5, Pin { lon: 119.6, lat: 39.9, crs: Datum::Gcj02 })].into(),
            ..Corrections::default()
        };
        corrections.decide(7, Other::Row(2), Some(Decision::Same));
        corrections.decide(7, Other::Station(station), Some(Decision::Different));
        corrections.decide(7, Other::Row(2), Some(Decision::Merge));
        assert_eq!(corrections.decisions.len(), 2);
        let text = serde_json::to_string(&corrections).unwrap();
        assert_eq!(serde_json::from_str::<Corrections>(&text).unwrap(), corrections, "{text}");
        corrections.decide(7, Other::Row(2), None);
        assert_eq!(corrections.decisions.len(), 1);
        assert_eq!(serde_json::from_str::<Corrections>("{}").unwrap(), Corrections::default());
    }
}
