//! What one row of a file says: where how many people are, what they do, at which hours.

use std::str::FromStr;

use h3o::CellIndex;
use spatial::{Datum, Position};

use super::area::{Area, centre};
use super::field::{Field, HOURS};
use crate::language::Language;
use crate::planning::layers::columns::Columns;
use crate::planning::layers::faults::{Fault, fault};
use crate::planning::layers::place;
use crate::stations::import::{SheetRow, folded};
use crate::stations::model::Trade;
use crate::vocabulary::Vocabularies;

/// The most people of a row.
pub(super) const PEOPLE: f64 = 1e7;

/// How a file is read.
pub(super) struct Reading<'a> {
    pub(super) columns: &'a Columns<Field>,
    pub(super) crs: Datum,
    /// What people do whose row says nothing.
    pub(super) trade: Option<Trade>,
    pub(super) vocabularies: &'a Vocabularies,
    /// Whether the file has people by the hour.
    pub(super) by_hour: bool,
}

/// Where the people of a row are.
pub(super) enum Where {
    At(Position),
    In(Area),
}

/// How many people a row has, by the hour where the file says so.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct People {
    /// The most at any hour.
    pub(super) most: f64,
    /// At each hour of the day.
    pub(super) by_hour: Option<[f64; HOURS]>,
}

/// What is wrong, and in which field.
pub(super) type Wrong = (Field, Fault);

impl Reading<'_> {
    /// How many people there are; `None` where the row says nothing.
    pub(super) fn people(&self, row: &SheetRow) -> Result<Option<People>, Wrong> {
        if !self.by_hour {
            let most = self.number(row, Field::Weight)?;
            return Ok(most.map(|most| People { most, by_hour: None }));
        }
        let mut hours = [0.0; HOURS];
        for (hour, people) in hours.iter_mut().enumerate() {
            *people = self.number(row, Field::Hour(hour))?.unwrap_or_default();
        }
        let most = hours.iter().copied().fold(0.0, f64::max);
        Ok(Some(People { most, by_hour: Some(hours) }))
    }

    fn number(&self, row: &SheetRow, field: Field) -> Result<Option<f64>, Wrong> {
        let text = self.columns.cell(row, field);
        if text.is_empty() {
            return Ok(None);
        }
        let wrong = |code, zh: &str, en: &str| Err((field, fault(code, zh, en)));
        match folded(&text).parse::<f64>() {
            Err(_) => wrong("not_a_number", "要写人数（数字）。", "must be a number of people"),
            Ok(n) if !n.is_finite() => {
                wrong("not_finite", "不能是 NaN 或无穷大。", "must be neither NaN nor infinite")
            }
            Ok(n) if !(0.0..=PEOPLE).contains(&n) => {
                wrong("out_of_range", "要在 0 到 10000000 之间。", "must be within 0 to 10,000,000")
            }
            Ok(n) => Ok(Some(n)),
        }
    }

    /// What the people do.
    pub(super) fn trade_of(&self, row: &SheetRow) -> Result<Option<Trade>, Wrong> {
        let text = self.columns.cell(row, Field::Trade);
        if text.is_empty() {
            return Ok(self.trade);
        }
        let found = trade(self.vocabularies, &text);
        found.map(Some).ok_or_else(|| (Field::Trade, unknown_trade()))
    }

    /// Where the people are: in an area, at a position, in a cell.
    pub(super) fn place(&self, row: &SheetRow) -> Result<Where, Wrong> {
        let area = self.columns.cell(row, Field::Area);
        if !area.is_empty() {
            return Area::read(&area, self.crs).map(Where::In).map_err(|fault| (Field::Area, fault));
        }
        let [lon, lat, cell] =
            [Field::Lon, Field::Lat, Field::Cell].map(|field| self.columns.cell(row, field));
        if lon.is_empty() && lat.is_empty() && !cell.is_empty() {
            return self.centre_of(&cell).map(Where::At).map_err(|fault| (Field::Cell, fault));
        }
        for (field, text) in [(Field::Lon, &lon), (Field::Lat, &lat)] {
            if text.is_empty() {
                return Err((
                    field,
                    fault(
                        "missing",
                        "要写位置：经纬度或 H3 格。",
                        "needs a position: lon and lat, or a cell of H3",
                    ),
                ));
            }
        }
        let lon = place::angle(&lon).map_err(|fault| (Field::Lon, fault))?;
        let lat = place::angle(&lat).map_err(|fault| (Field::Lat, fault))?;
        place::position(lon, lat, self.crs).map(Where::At).map_err(|fault| (Field::Lat, fault))
    }

    fn centre_of(&self, cell: &str) -> Result<Position, Fault> {
        let found = CellIndex::from_str(&folded(cell)).ok().and_then(centre);
        let at = found.ok_or_else(|| {
            fault(
                "bad_cell",
                "不是 H3 格的编号，例如 8a1fb46622dffff。",
                "is no index of an H3 cell, such as 8a1fb46622dffff",
            )
        })?;
        Ok(self.crs.to_wgs84(at))
    }
}

/// A trade by its code, its word in either language or another word for it.
pub(in crate::planning::demand) fn trade(vocabularies: &Vocabularies, text: &str) -> Option<Trade> {
    let text = folded(text);
    let is_meant = |trade: &&Trade| {
        let words = Language::ALL.map(|language| vocabularies.word(**trade, language));
        let others = vocabularies.term(**trade).map(|term| term.synonyms.as_slice()).unwrap_or_default();
        trade.as_str() == text
            || words.iter().any(|word| folded(word) == text)
            || others.iter().any(|word| folded(word) == text)
    };
    Trade::ALL.iter().find(is_meant).copied()
}

/// A trade that nobody knows.
pub(in crate::planning::demand) fn unknown_trade() -> Fault {
    let known = Trade::ALL.iter().map(|trade| trade.as_str()).collect::<Vec<_>>().join(", ");
    fault("unknown_trade", format!("没有这个工种。可写：{known}"), format!("no such trade; known: {known}"))
}
