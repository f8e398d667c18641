//! From a sheet to what has to be done: pure, so that a dry run and a commit cannot differ.

use std::collections::BTreeMap;
use std::fmt;

use spatial::{Datum, Position};

use super::changes::Change;
use super::columns::{Mapping, Said};
use super::corrections::{Corrections, Known};
use super::draft::Draft;
use super::field::Field;
use super::hours_cell::HoursReader;
use super::lexicon::Lexicon;
use super::pairs::Pair;
use super::place::Gazetteer;
use super::problem::{Issue, Level, Problem};
use super::report::Report;
use super::row::RowReader;
use super::sheet::Sheet;
use super::{columns, evidence};
use crate::city::District;
use crate::ids::{Adcode, StationId};
use crate::language::Language;
use crate::stations::model::{Facts, Station};
use crate::vocabulary::Vocabularies;

/// What people say about an import.
#[derive(Debug, Clone)]
pub struct Options {
    /// The coordinate system of the file.
    pub crs: Datum,
    /// Columns that feed another field than their heading says.
    pub map: Vec<(String, Field)>,
    /// The district of rows that name none.
    pub district: Option<Adcode>,
    /// The language of the report.
    pub language: Language,
    /// Columns, counted from 0, each with all the fields that it feeds; none: it is left out.
    pub columns: BTreeMap<usize, Vec<Field>>,
    /// The same of folded headings, as people said at earlier imports.
    pub remembered: BTreeMap<String, Vec<Field>>,
    /// What people changed in the sheet and decided on it.
    pub corrections: Corrections,
    /// What was decided at earlier imports.
    pub known: Vec<Known>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            crs: Datum::Wgs84,
            map: Vec::new(),
            district: None,
            language: Language::ZhCn,
            columns: BTreeMap::new(),
            remembered: BTreeMap::new(),
            corrections: Corrections::default(),
            known: Vec::new(),
        }
    }
}

/// What whoever imports may see and write.
pub trait Rights: fmt::Debug {
    /// Whether he sees a station.
    fn sees(&self, station: &Station) -> bool;
    /// Whether he may make a station in a district.
    fn may_create(&self, district: Option<Adcode>) -> bool;
    /// Whether he may write these facts of a station.
    fn may_update(&self, station: &Station, facts: &Facts) -> bool;
}

/// The rights of the operator, who may do everything.
#[derive(Debug, Clone, Copy)]
pub struct Everything;

impl Rights for Everything {
    fn sees(&self, _: &Station) -> bool {
        true
    }

    fn may_create(&self, _: Option<Adcode>) -> bool {
        true
    }

    fn may_update(&self, _: &Station, _: &Facts) -> bool {
        true
    }
}

/// What the city knows already.
#[derive(Debug, Clone, Copy)]
pub struct Context<'a> {
    /// The words of the codes.
    pub vocabularies: &'a Vocabularies,
    /// The loaded districts.
    pub districts: &'a [District],
    /// Every registered station, retired ones too: their codes are taken.
    pub stations: &'a [Station],
    /// What whoever imports may see and write.
    pub rights: &'a dyn Rights,
}

/// What a row leads to.
#[derive(Debug, Clone, PartialEq)]
pub enum Action {
    /// A new station.
    Create {
        /// The row.
        row: u32,
        /// Its facts.
        facts: Box<Facts>,
    },
    /// A registered station with changed facts.
    Update {
        /// The row.
        row: u32,
        /// The station.
        id: StationId,
        /// All its facts after the change.
        facts: Box<Facts>,
    },
    /// A registered station of which the row says nothing new.
    Unchanged {
        /// The row.
        row: u32,
        /// The station.
        id: StationId,
    },
    /// A row with an address and no position, which waits for a pin.
    Park {
        /// The row.
        row: u32,
        /// What the row says of itself: the same row waits once.
        key: String,
        /// Its facts; their position says nothing.
        facts: Box<Facts>,
    },
}

impl Action {
    /// The row.
    pub fn row(&self) -> u32 {
        let (Self::Create { row, .. }
        | Self::Update { row, .. }
        | Self::Unchanged { row, .. }
        | Self::Park { row, .. }) = self;
        *row
    }
}

/// What becomes of one row.
#[derive(Debug, Clone, PartialEq)]
pub struct PlannedRow {
    /// The row as the sheet numbers it.
    pub number: u32,
    /// The heaviest thing found; none where there is nothing.
    pub level: Option<Level>,
    /// What would be done with it.
    pub becomes: Becomes,
    /// What it says of itself: see `row_key`.
    pub key: String,
    /// The registered station that it is about, where whoever imports sees it.
    pub station: Option<StationId>,
    /// What it changes of that station.
    pub changes: Vec<Change>,
    /// Where it stands, WGS-84.
    pub position: Option<Position>,
    /// The numbers of its cells, where they can be a position.
    pub written: Option<Position>,
    /// What is wrong with it, or worth a look.
    pub(super) issues: Vec<(Option<Field>, Issue)>,
}

/// What would be done with a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = ImportRowAction)]
pub enum Becomes {
    /// It becomes a station.
    Create,
    /// It changes a station.
    Update,
    /// It says what is registered.
    Unchanged,
    /// It waits for a pin.
    Park,
    /// A person leaves it out.
    Skip,
    /// It is another row, or it has an error.
    None,
}

impl PlannedRow {
    /// What is wrong with it, or worth a look, worded.
    pub fn problems(&self, mapping: &Mapping, language: Language) -> Vec<Problem> {
        let worded = |(field, issue): &(Option<Field>, Issue)| {
            Problem::of_row(self.number, *field, issue, mapping, language)
        };
        self.issues.iter().map(worded).collect()
    }
}

/// What an import would do.
#[derive(Debug, Clone, PartialEq)]
pub struct Plan {
    /// What people read of it.
    pub report: Report,
    /// What has to be done, in the order of the rows; empty while there are errors.
    pub actions: Vec<Action>,
    /// Every row, in the order of the sheet.
    pub rows: Vec<PlannedRow>,
    /// Which column feeds which field.
    pub mapping: Mapping,
    /// What may be one station twice, the undecided ones first.
    pub pairs: Vec<Pair>,
}

/// Plans an import. `progress` is called now and then with the rows done and all rows.
pub fn plan(sheet: &Sheet, options: &Options, context: &Context, progress: &dyn Fn(usize, usize)) -> Plan {
    let said = Said { map: &options.map, given: &options.columns, remembered: &options.remembered };
    let (mapping, mut of_file) = columns::map_columns(&sheet.header.headings, &said);
    let corrected = options.corrections.applied(sheet);
    let gazetteer = Gazetteer::new(context.districts);
    let district = options.district.and_then(|code| gazetteer.by_text(&code.to_string()));
    if let Some(adcode) = options.district.filter(|_| district.is_none()) {
        of_file.push((None, Issue::DistrictNotLoaded { adcode }));
    }
    let mut draft = Draft::new(&corrected, options, context, &mapping);
    if of_file.iter().all(|(_, issue)| issue.kind().0 != Level::Error) {
        let reader = RowReader {
            mapping: &mapping,
            lexicon: &Lexicon::new(context.vocabularies),
            hours: &HoursReader::default(),
            vocabularies: context.vocabularies,
            gazetteer: &gazetteer,
            district,
            crs: options.crs,
            language: options.language,
        };
        draft.read(&reader, progress);
        draft.judge();
    }
    let (crs, doubt) = evidence::weigh(options.crs, &draft.places(), &gazetteer);
    of_file.extend(doubt.map(|issue| (None, issue)));
    draft.finish(&of_file, crs)
}
