//! From a sheet to what has to be done: pure, so that a dry run and a commit cannot differ.

use spatial::Datum;

use super::draft::Draft;
use super::field::Field;
use super::hours_cell::HoursReader;
use super::lexicon::Lexicon;
use super::place::Gazetteer;
use super::problem::{Issue, Level};
use super::report::Report;
use super::row::RowReader;
use super::sheet::Sheet;
use super::{columns, evidence};
use crate::city::District;
use crate::ids::{Adcode, StationId};
use crate::language::Language;
use crate::stations::model::{Facts, Station};
use crate::vocabulary::Vocabularies;

/// What a person says about an import.
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
}

/// What an import would do.
#[derive(Debug, Clone, PartialEq)]
pub struct Plan {
    /// What people read of it.
    pub report: Report,
    /// What has to be done, in the order of the rows; empty while there are errors.
    pub actions: Vec<Action>,
}

/// Plans an import. `progress` is called now and then with the rows done and all rows.
pub fn plan(sheet: &Sheet, options: &Options, context: &Context, progress: &dyn Fn(usize, usize)) -> Plan {
    let (mapping, mut of_file) = columns::map_columns(&sheet.header.headings, &options.map);
    let gazetteer = Gazetteer::new(context.districts);
    let district = options.district.and_then(|code| gazetteer.by_text(&code.to_string()));
    if let Some(adcode) = options.district.filter(|_| district.is_none()) {
        of_file.push((None, Issue::DistrictNotLoaded { adcode }));
    }
    let mut draft = Draft::new(sheet, options, context, &mapping);
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
