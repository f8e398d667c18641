//! One row of a sheet to the facts it states, and everything that is wrong with it or worth a look.

use spatial::{Datum, Position};

use super::changes::{call, fill, merge};
use super::columns::Mapping;
use super::corrections::Decision;
use super::corrections::Pin;
use super::decide::{self, Decisions};
use super::evidence::Placed;
use super::field::{Field, FieldSet};
use super::hours_cell::HoursReader;
use super::lexicon::Lexicon;
use super::place::Gazetteer;
use super::plan::Action;
use super::problem::{Issue, Level};
use super::reading::{LINE_CHARS, Reading, SHORT_CHARS};
use super::sheet::SheetRow;
use super::values::{clean, is_blank, one_line};
use crate::city::District;
use crate::language::Language;
use crate::stations::model::{Facts, Station};
use crate::vocabulary::{Coded, Vocabularies};

/// Everything that reading a row needs.
pub(super) struct RowReader<'a> {
    pub(super) mapping: &'a Mapping,
    pub(super) lexicon: &'a Lexicon,
    pub(super) hours: &'a HoursReader,
    pub(super) vocabularies: &'a Vocabularies,
    pub(super) gazetteer: &'a Gazetteer<'a>,
    /// The district of rows that name none.
    pub(super) district: Option<&'a District>,
    pub(super) crs: Datum,
    pub(super) language: Language,
}

/// What one row says.
#[derive(Debug)]
pub(super) struct RowRead {
    pub(super) number: u32,
    /// The official number, even of a row with errors.
    pub(super) code: Option<String>,
    /// What the row says of itself, for decisions: see [`decide::key`].
    pub(super) key: String,
    /// Whether a person leaves the row out.
    pub(super) skipped: bool,
    /// The position as written, in the declared system; absent where a pin stands for it.
    pub(super) written: Option<Position>,
    /// Where the station of its number is registered.
    pub(super) registered: Option<Position>,
    /// The facts; absent where the row has an error or no position.
    pub(super) facts: Option<Facts>,
    /// The facts of a row that is parked; their position says nothing.
    pub(super) parked_facts: Option<Facts>,
    /// The fields that the row states; the others are left as they are registered.
    pub(super) stated: FieldSet,
    /// Whether the row has an address, but no position.
    pub(super) parked: bool,
    /// Whether it is the same station as an earlier row, which has taken its facts.
    pub(super) is_folded: bool,
    /// The facts that an earlier row has taken.
    pub(super) as_read: Option<Facts>,
    /// Names of later rows that are the same station.
    pub(super) other_names: Vec<String>,
    pub(super) issues: Vec<(Option<Field>, Issue)>,
}

impl RowRead {
    /// The heaviest thing found.
    pub(super) fn level(&self) -> Option<Level> {
        self.issues.iter().map(|(_, issue)| issue.kind().0).max()
    }

    /// Where it is written to be, for whoever weighs coordinate systems.
    pub(super) fn placed(&self) -> Option<Placed> {
        let facts = self.facts.as_ref().filter(|_| self.stated.contains(Field::District));
        let named = facts.and_then(|facts| facts.district);
        Some(Placed { written: self.written?, named, registered: self.registered })
    }

    /// The facts of a station after this row, as it was decided.
    pub(super) fn merged(&self, station: &Station, facts: &Facts, decisions: &Decisions) -> Facts {
        let decided = decisions.station(self.number).filter(|(id, _)| *id == station.id);
        let mut merged = match decided {
            Some((_, Decision::Merge)) => {
                let mut filled = fill(&station.facts, self.stated, facts);
                call(&mut filled, &facts.name);
                filled
            }
            _ => merge(&station.facts, self.stated, facts),
        };
        self.other_names.iter().for_each(|name| call(&mut merged, name));
        merged
    }

    /// What has to be done with it.
    pub(super) fn action(&mut self, station: Option<&Station>, decisions: &Decisions) -> Option<Action> {
        let row = self.number;
        if self.is_folded || self.skipped {
            return None;
        }
        if let Some(facts) = self.parked_facts.take() {
            return Some(Action::Park { row, key: self.key.clone(), facts: Box::new(facts) });
        }
        let mut facts = self.facts.take()?;
        let Some(station) = station else {
            self.other_names.iter().for_each(|name| call(&mut facts, name));
            return Some(Action::Create { row, facts: Box::new(facts) });
        };
        let (id, merged) = (station.id, self.merged(station, &facts, decisions));
        let is_same = merged == station.facts;
        Some(if is_same {
            Action::Unchanged { row, id }
        } else {
            Action::Update { row, id, facts: Box::new(merged) }
        })
    }
}

/// Where a row stands.
struct Place {
    at: Option<Position>,
    crs: Datum,
    written: Option<Position>,
    parked: bool,
}

/// The position of facts that have none yet: at the pole, where no station is.
pub(in crate::stations) const NOWHERE: Position = Position::NORTH_POLE;

impl RowReader<'_> {
    /// The official number of a row.
    pub(super) fn code(&self, row: &SheetRow) -> Option<String> {
        let text = one_line(&clean(self.cell(row, Field::Code)?));
        (!is_blank(&text)).then_some(text)
    }

    /// What a row says of itself, for decisions.
    pub(super) fn key(&self, row: &SheetRow) -> String {
        let cell = |field| self.cell(row, field).unwrap_or_default();
        decide::key([Field::Name, Field::District, Field::Address, Field::Code].map(cell))
    }

    /// A row that a person leaves out.
    pub(super) fn skipped(&self, row: &SheetRow) -> RowRead {
        RowRead {
            number: row.number,
            code: None,
            key: self.key(row),
            skipped: true,
            written: None,
            registered: None,
            facts: None,
            parked_facts: None,
            stated: FieldSet::default(),
            parked: false,
            is_folded: false,
            as_read: None,
            other_names: Vec::new(),
            issues: Vec::new(),
        }
    }

    /// Reads a row; `registered` is the station that it is about, whose position serves where the row has none.
    pub(super) fn read(&self, row: &SheetRow, registered: Option<&Station>, pin: Option<Pin>) -> RowRead {
        let mut reading = Reading::new(self, row);
        let code = reading.line(Field::Code, SHORT_CHARS);
        if reading.blank(Field::Name) && !reading.is_formula(Field::Name) {
            reading.report(Field::Name, Issue::NameMissing);
        }
        let name = reading.line(Field::Name, LINE_CHARS).unwrap_or_default();
        let address = reading.line(Field::Address, LINE_CHARS);
        let place = self.place(&mut reading, registered, pin, address.is_some());
        let Place { at, crs, written, parked } = place;
        let district = reading.district(at);
        let facts = Facts {
            code: code.clone(),
            name,
            address,
            district,
            ..reading.other_facts(at.unwrap_or(NOWHERE), crs)
        };
        let facts = Some(facts).filter(|_| !reading.has_error());
        let (facts, parked_facts) = match (at, parked) {
            (Some(_), _) => (facts, None),
            (None, true) => (None, facts),
            (None, false) => (None, None),
        };
        let (stated, issues) = reading.finish();
        let registered = registered.map(|station| station.facts.position);
        let (number, key) = (row.number, self.key(row));
        RowRead {
            number,
            code,
            key,
            skipped: false,
            written,
            registered,
            facts,
            parked_facts,
            stated,
            parked,
            is_folded: false,
            as_read: None,
            other_names: Vec::new(),
            issues,
        }
    }

    /// Where a row stands: by its pin, by its cells, else where it is registered.
    fn place(
        &self,
        reading: &mut Reading,
        registered: Option<&Station>,
        pin: Option<Pin>,
        has_address: bool,
    ) -> Place {
        if let Some((pin, at)) = pin.and_then(|pin| Some((pin, pin.position()?))) {
            reading.state_position();
            return Place { at: Some(at), crs: pin.crs, written: None, parked: false };
        }
        let written = reading.written_position();
        let is_blank = reading.blank(Field::Lon) && reading.blank(Field::Lat);
        let kept = registered.map(|station| &station.facts).filter(|_| is_blank);
        let parked = written.is_none() && kept.is_none() && reading.report_missing_position(has_address);
        let at = written.map(|p| self.crs.to_wgs84(p)).or(kept.map(|f| f.position));
        Place { at, crs: kept.map_or(self.crs, |f| f.crs), written, parked }
    }

    /// The cell that feeds a field; none where no column does, or a formula stands there.
    pub(super) fn cell<'r>(&self, row: &'r SheetRow, field: Field) -> Option<&'r str> {
        let column = self.mapping.column(field).filter(|column| !row.formulas.contains(column))?;
        Some(row.cells.get(column).map_or("", String::as_str))
    }

    /// The words of a vocabulary, for a person to choose from.
    pub(super) fn known_words<C: Coded>(&self) -> String {
        let words = C::all().iter().map(|code| self.vocabularies.word(*code, self.language));
        words.collect::<Vec<_>>().join(self.language.of("、", ", "))
    }
}
