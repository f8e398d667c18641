//! One row of a sheet to the facts it states, and everything that is wrong with it or worth a look.

use spatial::{Datum, Position};

use super::columns::Mapping;
use super::field::{Field, FieldSet};
use super::hours_cell::HoursReader;
use super::lexicon::Lexicon;
use super::place::Gazetteer;
use super::problem::Issue;
use super::reading::{LINE_CHARS, Reading, SHORT_CHARS};
use super::sheet::SheetRow;
use super::values::{clean, is_blank, one_line};
use crate::city::District;
use crate::language::Language;
use crate::stations::model::Facts;
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
    /// The position as written, in the declared system.
    pub(super) written: Option<Position>,
    /// The facts; absent where the row has an error or no position.
    pub(super) facts: Option<Facts>,
    /// The fields that the row states; the others are left as they are registered.
    pub(super) stated: FieldSet,
    /// Whether the row has an address, but no position.
    pub(super) parked: bool,
    pub(super) issues: Vec<(Option<Field>, Issue)>,
}

impl RowReader<'_> {
    /// The official number of a row.
    pub(super) fn code(&self, row: &SheetRow) -> Option<String> {
        let text = one_line(&clean(self.cell(row, Field::Code)?));
        (!is_blank(&text)).then_some(text)
    }

    /// Reads a row; `registered` is the station of the same code, whose position serves where the row has none.
    pub(super) fn read(&self, row: &SheetRow, registered: Option<&Facts>) -> RowRead {
        let mut reading = Reading::new(self, row);
        let code = reading.line(Field::Code, SHORT_CHARS);
        if reading.blank(Field::Name) {
            reading.report(Field::Name, Issue::NameMissing);
        }
        let name = reading.line(Field::Name, LINE_CHARS).unwrap_or_default();
        let address = reading.line(Field::Address, LINE_CHARS);
        let written = reading.written_position();
        let kept = registered.filter(|_| reading.blank(Field::Lon) && reading.blank(Field::Lat));
        let parked =
            written.is_none() && kept.is_none() && reading.report_missing_position(address.is_some());
        let position = written.map(|p| self.crs.to_wgs84(p)).or(kept.map(|f| f.position));
        let facts = position.map(|position| Facts {
            code: code.clone(),
            name,
            address,
            district: reading.district(position),
            ..reading.other_facts(position, kept.map_or(self.crs, |f| f.crs))
        });
        let facts = facts.filter(|_| !reading.has_error());
        let (stated, issues) = reading.finish();
        RowRead { number: row.number, code, written, facts, stated, parked, issues }
    }

    /// The cell that feeds a field; none where no column does.
    pub(super) fn cell<'r>(&self, row: &'r SheetRow, field: Field) -> Option<&'r str> {
        let column = self.mapping.column(field)?;
        Some(row.cells.get(column).map_or("", String::as_str))
    }

    /// The words of a vocabulary, for a person to choose from.
    pub(super) fn known_words<C: Coded>(&self) -> String {
        let words = C::all().iter().map(|code| self.vocabularies.word(*code, self.language));
        words.collect::<Vec<_>>().join(self.language.of("、", ", "))
    }
}
