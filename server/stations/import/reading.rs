//! One row while it is read: each cell by the rules of its field, with what is wrong reported on the way.

use spatial::{Datum, Position};

use super::field::{Field, FieldSet};
use super::hours_cell::HoursCell;
use super::lexicon::Words;
use super::place::{self, PlaceFault};
use super::problem::{Issue, Level};
use super::row::RowReader;
use super::sheet::SheetRow;
use super::values::{self, clean, is_blank};
use crate::ids::Adcode;
use crate::stations::model::{Facility, Facts};
use crate::vocabulary::Coded;

/// Characters of a code, a telephone number.
pub(super) const SHORT_CHARS: usize = 64;
/// Characters of a name, a signboard, a partner, an address.
pub(super) const LINE_CHARS: usize = 200;
/// Characters of opening hours and of a list of facilities.
const LIST_CHARS: usize = 500;
/// Characters of remarks.
const NOTES_CHARS: usize = 2_000;
/// Seats that no station has.
pub(in crate::stations) const MAX_CAPACITY: u32 = 2_000;
/// Square metres that no station has; the largest cultural palaces have some 50,000.
pub(in crate::stations) const MAX_AREA_M2: u32 = 100_000;

/// One row while it is read.
pub(super) struct Reading<'a> {
    reader: &'a RowReader<'a>,
    row: &'a SheetRow,
    stated: FieldSet,
    issues: Vec<(Option<Field>, Issue)>,
}

impl<'a> Reading<'a> {
    pub(super) fn new(reader: &'a RowReader<'a>, row: &'a SheetRow) -> Self {
        let mut reading = Self { reader, row, stated: FieldSet::default(), issues: Vec::new() };
        for column in &row.formulas {
            if let Some(field) = reader.mapping.fields(*column).next() {
                let shown = row.cells.get(*column).map_or("", String::as_str);
                let value = shown.chars().take(SHORT_CHARS).collect();
                reading.report(field, Issue::Formula { value });
            }
        }
        reading
    }

    /// Whether the cell of a field is a formula.
    pub(super) fn is_formula(&self, field: Field) -> bool {
        self.reader.mapping.column(field).is_some_and(|column| self.row.formulas.contains(&column))
    }

    /// A pin stands for the cells of the position.
    pub(super) fn state_position(&mut self) {
        self.stated.insert(Field::Lon);
        self.stated.insert(Field::Lat);
    }

    /// The fields that the row states, and what is wrong with it or worth a look.
    pub(super) fn finish(self) -> (FieldSet, Vec<(Option<Field>, Issue)>) {
        (self.stated, self.issues)
    }

    pub(super) fn report(&mut self, field: Field, issue: Issue) {
        self.issues.push((Some(field), issue));
    }

    pub(super) fn has_error(&self) -> bool {
        self.issues.iter().any(|(_, issue)| issue.kind().0 == Level::Error)
    }

    /// The clean text of a cell; none where there is no column for the field.
    fn text(&self, field: Field) -> Option<String> {
        self.reader.cell(self.row, field).map(clean)
    }

    pub(super) fn blank(&self, field: Field) -> bool {
        self.text(field).is_none_or(|text| is_blank(&text))
    }

    /// The text of a cell within its bound. An empty cell of a column that is there states that there is none.
    fn bounded(&mut self, field: Field, limit: usize) -> Option<String> {
        let text = self.text(field)?;
        let length = text.chars().count();
        if length > limit {
            self.report(field, Issue::TooLong { length, limit });
            return None;
        }
        self.stated.insert(field);
        if is_blank(&text) {
            return None;
        }
        if !matches!(field, Field::Phone | Field::KeeperPhone) && values::looks_like_formula(&text) {
            self.report(field, Issue::LooksLikeFormula);
        }
        Some(text)
    }

    /// A text of one line.
    pub(super) fn line(&mut self, field: Field, limit: usize) -> Option<String> {
        let text = self.bounded(field, limit)?;
        Some(values::one_line(&text))
    }

    /// What a cell says through `read`; what cannot be read is reported and not stated.
    fn value<T>(
        &mut self,
        field: Field,
        limit: usize,
        read: impl FnOnce(&str) -> Result<T, Issue>,
    ) -> Option<T> {
        let before = self.stated;
        let text = self.bounded(field, limit)?;
        match read(&text) {
            Ok(value) => Some(value),
            Err(issue) => {
                self.stated = before;
                self.report(field, issue);
                None
            }
        }
    }

    fn degrees(&mut self, field: Field, limit: u32) -> Option<f64> {
        let text = self.text(field).filter(|text| !is_blank(text))?;
        let Some(number) = values::degrees(&text) else {
            let shown = text.chars().take(SHORT_CHARS).collect();
            self.report(field, Issue::NotDegrees { text: shown });
            return None;
        };
        // Where neither place can hold the number it is out of range, whatever the other one is.
        if number.abs() > 180.0 {
            self.report(field, Issue::OutOfRange { limit });
            return None;
        }
        self.stated.insert(field);
        Some(number)
    }

    /// The two numbers as written, if they can be a position; one alone is an error.
    pub(super) fn written_position(&mut self) -> Option<Position> {
        let (lon, lat) = (self.degrees(Field::Lon, 180), self.degrees(Field::Lat, 90));
        let found = self.reader.gazetteer.position(lon?, lat?);
        found.map_err(|fault| self.report_fault(fault)).ok()
    }

    /// Says that no position is stated, unless something else is wrong with it; whether the row is parked.
    pub(super) fn report_missing_position(&mut self, has_address: bool) -> bool {
        if self.is_formula(Field::Lon) || self.is_formula(Field::Lat) {
            return false;
        }
        match [Field::Lon, Field::Lat].map(|field| self.blank(field)) {
            [true, true] if has_address => {
                self.issues.push((None, Issue::Parked));
                return true;
            }
            [true, true] => self.issues.push((None, Issue::PositionMissing)),
            [true, false] => self.report(Field::Lon, Issue::PositionMissing),
            [false, true] => self.report(Field::Lat, Issue::PositionMissing),
            [false, false] => {}
        }
        false
    }

    fn report_fault(&mut self, fault: PlaceFault) {
        let heading = |field| self.reader.mapping.heading(field).unwrap_or_default().to_owned();
        match fault {
            PlaceFault::Zero => self.issues.push((None, Issue::PositionZero)),
            PlaceFault::Lon => self.report(Field::Lon, Issue::OutOfRange { limit: 180 }),
            PlaceFault::Lat => self.report(Field::Lat, Issue::OutOfRange { limit: 90 }),
            PlaceFault::Swapped => {
                let other_column = heading(Field::Lon);
                self.report(Field::Lat, Issue::Swapped { other_column });
            }
        }
    }

    /// The district that the row names, else that of the whole import, else that of the position.
    pub(super) fn district(&mut self, position: Option<Position>) -> Option<Adcode> {
        let text = self.text(Field::District).filter(|text| !is_blank(text));
        let named = text.as_deref().and_then(|text| self.reader.gazetteer.by_text(text));
        let stated = named.or(self.reader.district);
        if stated.is_some() {
            self.stated.insert(Field::District);
        }
        if let Some(text) = text.filter(|_| named.is_none()) {
            let text = text.chars().take(SHORT_CHARS).collect();
            self.report(Field::District, Issue::DistrictUnknown { text });
        }
        // Of a row without a position the district is what it says.
        let Some(position) = position else { return stated.map(|district| district.adcode) };
        let found = self.reader.gazetteer.containing(position);
        let (kept, issue) = place::judge(stated, found, self.reader.language);
        let column = self.reader.mapping.column(Field::District).map(|_| Field::District);
        self.issues.extend(issue.map(|issue| (column, issue)));
        kept.map(|district| district.adcode)
    }

    fn word<C: Coded + Ord>(&mut self, field: Field, words: &Words<C>) -> Option<C> {
        let known = self.reader;
        self.value(field, LINE_CHARS, |text| {
            let unknown = || Issue::WordUnknown { text: text.to_owned(), known: known.known_words::<C>() };
            words.find(text).ok_or_else(unknown)
        })
    }

    fn words<C: Coded + Ord>(&mut self, field: Field, words: &Words<C>) -> Vec<C> {
        let before = self.stated;
        let Some(text) = self.bounded(field, LIST_CHARS) else { return Vec::new() };
        let found = words.find_all(&text);
        if found.codes.is_empty() && !found.unknown.is_empty() {
            self.stated = before;
        }
        for text in found.unknown {
            let known = self.reader.known_words::<C>();
            self.report(field, Issue::WordUnknown { text, known });
        }
        found.codes.into_iter().map(|(code, _)| code).collect()
    }

    fn facilities(&mut self) -> (Vec<Facility>, Vec<String>) {
        let Some(text) = self.bounded(Field::Facilities, LIST_CHARS) else { return Default::default() };
        let found = self.reader.lexicon.facility.find_all(&text);
        for text in &found.unknown {
            self.report(Field::Facilities, Issue::FacilityUnknown { text: text.clone() });
        }
        let facility = |(code, count)| Facility { count, ..Facility::plain(code) };
        (found.codes.into_iter().map(facility).collect(), found.unknown)
    }

    /// The hours in the grammar, or the text where its meaning is not certain.
    fn hours(&mut self) -> (Option<String>, Option<String>) {
        let Some(text) = self.bounded(Field::Hours, LIST_CHARS) else { return (None, None) };
        match self.reader.hours.read(&text) {
            HoursCell::Certain { grammar, holidays_assumed_off } => {
                if holidays_assumed_off {
                    self.report(Field::Hours, Issue::HolidaysAssumedOff);
                }
                (Some(grammar), None)
            }
            HoursCell::Uncertain => {
                self.report(Field::Hours, Issue::HoursUncertain { text: text.clone() });
                (None, Some(text))
            }
        }
    }

    fn number(&mut self, field: Field, limit: u32) -> Option<f64> {
        self.value(field, SHORT_CHARS, |text| {
            let number =
                values::quantity(text).ok_or_else(|| Issue::NumberUnreadable { text: text.to_owned() })?;
            if number > f64::from(limit) {
                return Err(Issue::NumberImplausible { text: text.to_owned(), limit });
            }
            Ok(number)
        })
    }

    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "within 0..=MAX_CAPACITY")]
    fn capacity(&mut self) -> Option<u32> {
        self.number(Field::Capacity, MAX_CAPACITY).map(|number| number as u32)
    }

    fn phone(&mut self, field: Field) -> Option<String> {
        self.value(field, SHORT_CHARS, |text| {
            values::phone(text).ok_or_else(|| Issue::PhoneUnreadable { text: text.to_owned() })
        })
    }

    /// Other names, each once.
    fn aliases(&mut self) -> Vec<String> {
        let text = self.bounded(Field::Aliases, LIST_CHARS).unwrap_or_default();
        let mut names: Vec<String> = Vec::new();
        for name in values::items(&text).into_iter().map(values::one_line) {
            if !names.contains(&name) {
                names.push(name);
            }
        }
        names
    }

    /// All facts but code, name, address and district.
    pub(super) fn other_facts(&mut self, position: Position, crs: Datum) -> Facts {
        let lexicon = self.reader.lexicon;
        let (facilities, other_facilities) = self.facilities();
        let (hours, hours_text) = self.hours();
        Facts {
            code: None,
            name: String::new(),
            address: None,
            district: None,
            position,
            crs,
            signboard: self.line(Field::Signboard, LINE_CHARS),
            aliases: self.aliases(),
            entrance: None,
            build: self.word(Field::Build, &lexicon.build),
            partner: self.line(Field::Partner, LINE_CHARS),
            host: self.word(Field::Host, &lexicon.host),
            form: self.word(Field::Form, &lexicon.form),
            hours,
            hours_text,
            facilities,
            other_facilities,
            access: self.words(Field::Access, &lexicon.access),
            no_phone: None,
            phone: self.phone(Field::Phone),
            opened_on: self.value(Field::OpenedOn, SHORT_CHARS, |text| {
                values::day(text).ok_or_else(|| Issue::DayUnreadable { text: text.to_owned() })
            }),
            capacity: self.capacity(),
            area_m2: self.number(Field::AreaM2, MAX_AREA_M2),
            trades: self.words(Field::Trades, &lexicon.trade),
            notes: self.bounded(Field::Notes, NOTES_CHARS),
            keeper_name: self.line(Field::KeeperName, SHORT_CHARS),
            keeper_phone: self.phone(Field::KeeperPhone),
        }
    }
}
