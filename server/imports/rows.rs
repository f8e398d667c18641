//! The rows of an import: as corrected, what is wrong with each, and where it would stand.

use std::collections::BTreeMap;
use std::num::NonZeroU32;

use serde::de::value::{Error as NoWord, StrDeserializer};
use serde::{Deserialize, Serialize};
use spatial::{Datum, Position};
use utoipa::ToSchema;

use super::model::{Import, Weight};
use super::planning::Planned;
use crate::city::City;
use crate::error::Error;
use crate::http::params::Params;
use crate::ids::StationId;
use crate::language::Language;
use crate::stations::import::{Becomes, Change, Level, PlannedRow, SheetRow, Suggestion, suggestions};

/// How many rows a page has that names no limit, and the most it has.
pub(super) const PAGE: (usize, usize) = (100, 200);

/// Which rows are asked for.
#[derive(Debug, Clone, Default)]
pub(super) struct Query {
    levels: Vec<Weight>,
    actions: Vec<Becomes>,
    codes: Vec<String>,
    row: Option<u32>,
    after: u32,
    limit: usize,
}

impl Query {
    /// Reads the parameters.
    pub(super) fn read(mut p: Params) -> Result<Self, Error> {
        let levels = listed(
            &mut p,
            "level",
            |word| word.parse().ok(),
            ["可以写 error、warning、info、ok。", "error, warning, info or ok"],
        );
        let actions = listed(
            &mut p,
            "action",
            action,
            [
                "可以写 create、update、unchanged、park、skip、none。",
                "create, update, unchanged, park, skip or none",
            ],
        );
        let codes = split(p.text("code").as_deref());
        let row = p
            .value("row", "要写行号，从 1 起。", "must be the number of a row, from 1 on")
            .map(NonZeroU32::get);
        let limit = p.limit(PAGE.0, PAGE.1);
        let after = p.cursor(|text| text.parse().ok());
        p.finish()?;
        Ok(Self { levels, actions, codes, row, after: after.unwrap_or(0), limit })
    }

    fn takes(&self, row: &PlannedRow, found: &dyn Fn(&PlannedRow) -> Vec<&'static str>) -> bool {
        let level = Weight::of(row.level);
        (self.levels.is_empty() || self.levels.contains(&level))
            && (self.actions.is_empty() || self.actions.contains(&row.becomes))
            && self.row.is_none_or(|number| number == row.number)
            && (self.codes.is_empty() || found(row).iter().any(|code| self.codes.iter().any(|c| c == code)))
    }
}

fn split(text: Option<&str>) -> Vec<String> {
    text.into_iter().flat_map(|text| text.split(',')).map(|part| part.trim().to_owned()).collect()
}

/// The words of a parameter, divided by commas; one that is not known is refused with those that are.
fn listed<T>(
    p: &mut Params,
    name: &'static str,
    read: impl Fn(&str) -> Option<T>,
    [zh, en]: [&'static str; 2],
) -> Vec<T> {
    let mut found = Vec::new();
    for word in split(p.text(name).as_deref()) {
        match read(&word) {
            Some(value) => found.push(value),
            None => p.refuse(name, "unknown", zh, en),
        }
    }
    found
}

/// What becomes of a row, as answers spell it.
fn action(word: &str) -> Option<Becomes> {
    Becomes::deserialize(StrDeserializer::<NoWord>::new(word)).ok()
}

/// A page of rows.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ImportRows)]
pub(super) struct Rows {
    items: Vec<Row>,
    /// The cursor of the next page, where there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    next: Option<String>,
    /// How many rows there are of those asked for.
    total: usize,
}

/// A row.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ImportRow)]
struct Row {
    /// As the sheet numbers it.
    #[serde(rename = "row")]
    number: u32,
    #[schema(value_type = String)]
    level: Weight,
    action: Becomes,
    /// The text of each column, as corrected.
    cells: Vec<String>,
    /// What the file says in corrected cells, by column.
    #[schema(value_type = Object)]
    original: BTreeMap<usize, String>,
    problems: Vec<Found>,
    /// The registered station that it is about.
    #[schema(required)]
    station: Option<About>,
    /// What it changes of that station.
    #[schema(value_type = Vec<Object>)]
    changes: Vec<Change>,
    /// Where it would stand, WGS-84.
    #[schema(required)]
    position: Option<At>,
    /// Where its numbers lie in WGS-84, longitude first, if they are written in each system.
    #[schema(required)]
    pins: Option<Pins>,
    /// Whether somebody set a pin for it.
    pinned: bool,
}

/// Something wrong with a row, or worth a look.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ImportRowProblem)]
struct Found {
    /// The column, counted from 0; null where the whole row is meant.
    #[schema(required)]
    column: Option<usize>,
    #[schema(value_type = String)]
    level: Level,
    code: &'static str,
    detail: String,
    /// What would mend it, each by one request.
    #[schema(value_type = Vec<Object>)]
    suggestions: Vec<Suggestion>,
}

/// A registered station.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ImportRowStation)]
struct About {
    id: StationId,
    name: String,
    #[schema(required)]
    code: Option<String>,
}

/// A position, WGS-84.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ImportRowPosition)]
struct At {
    lat: f64,
    lon: f64,
}

/// Three places for the same numbers.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ImportRowPins)]
struct Pins {
    wgs84: [f64; 2],
    gcj02: [f64; 2],
    bd09: [f64; 2],
}

impl Rows {
    /// The page that is asked for.
    pub(super) fn new(
        planned: &Planned,
        import: &Import,
        query: &Query,
        city: &City,
        language: Language,
    ) -> Self {
        let mapping = &planned.plan.mapping;
        let found = |row: &PlannedRow| row.problems(mapping, language).iter().map(|p| p.code).collect();
        let all = planned.plan.rows.iter().enumerate().filter(|(_, row)| query.takes(row, &found));
        let all: Vec<_> = all.collect();
        let total = all.len();
        let mut page = all.into_iter().filter(|(_, row)| row.number > query.after).peekable();
        let mut items = Vec::new();
        while let Some((at, row)) = page.next_if(|_| items.len() < query.limit) {
            items.push(planned.row(at, row, import, city, language));
        }
        let more = page.peek().is_some();
        let next = items.last().filter(|_| more).map(|row: &Row| row.number.to_string());
        Self { items, next, total }
    }
}

impl Planned {
    fn row(&self, at: usize, row: &PlannedRow, import: &Import, city: &City, language: Language) -> Row {
        let (sheet, original) = (&self.corrected.rows[at], &self.sheet.rows[at]);
        let width = self.sheet.header.headings.len().max(sheet.cells.len());
        let mut cells = sheet.cells.clone();
        cells.resize(width, String::new());
        let station = row.station.and_then(|id| self.seen(id));
        Row {
            number: row.number,
            level: Weight::of(row.level),
            action: row.becomes,
            cells,
            original: originals(import, original),
            problems: self.found(sheet, row, import, city, language),
            station: station.map(|s| About {
                id: s.id,
                name: s.facts.name.clone(),
                code: s.facts.code.clone(),
            }),
            changes: row.changes.clone(),
            position: row.position.map(|p| At { lat: p.lat(), lon: p.lon() }),
            pins: row.written.map(pins),
            pinned: import.corrections.pins.contains_key(&row.number),
        }
    }

    fn found(
        &self,
        sheet: &SheetRow,
        row: &PlannedRow,
        import: &Import,
        city: &City,
        language: Language,
    ) -> Vec<Found> {
        let mapping = &self.plan.mapping;
        let suggested = suggestions(
            row,
            sheet,
            mapping,
            import.wishes.crs,
            city,
            &|code| self.taken.contains(code),
            language,
        );
        let problems = row.problems(mapping, language).into_iter().zip(suggested);
        let told = problems.map(|(problem, suggestions)| Found {
            column: problem.at,
            level: problem.level,
            code: problem.code,
            detail: problem.detail,
            suggestions,
        });
        told.collect()
    }
}

/// What the file says in the cells of a row that were corrected.
fn originals(import: &Import, original: &SheetRow) -> BTreeMap<usize, String> {
    let fixes = import.corrections.fixes.range((original.number, 0)..=(original.number, usize::MAX));
    let text = |column: usize| original.cells.get(column).cloned().unwrap_or_default();
    fixes.map(|((_, column), _)| (*column, text(*column))).collect()
}

fn pins(written: Position) -> Pins {
    let at = |datum: Datum| {
        let position = datum.to_wgs84(written);
        [position.lon(), position.lat()]
    };
    Pins { wgs84: at(Datum::Wgs84), gcj02: at(Datum::Gcj02), bd09: at(Datum::Bd09) }
}
