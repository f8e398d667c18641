//! What would mend a problem, where that is mechanical: other texts for cells, to be taken by one click.

use serde::Serialize;
use spatial::Datum;

use super::columns::Mapping;
use super::field::Field;
use super::nearest::{hours, words};
use super::place::Gazetteer;
use super::plan::PlannedRow;
use super::problem::Issue;
use super::sheet::SheetRow;
use super::values::{clean, degrees_of_arc};
use crate::city::City;
use crate::language::Language;
use crate::stations::codes::{Access, Build, FacilityCode, Form, Host, Trade};

/// Decimals of degrees that a converted position is written with: a centimetre.
const DECIMALS: usize = 7;

/// One way to mend a problem.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Suggestion {
    /// What it does, in the reader's language.
    pub label: String,
    /// The cells with their new texts.
    pub fixes: Vec<CellFix>,
}

/// A cell with another text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CellFix {
    /// The column, counted from 0.
    pub column: usize,
    /// The text.
    pub value: String,
}

/// What suggestions are made with.
struct Maker<'a> {
    row: &'a PlannedRow,
    sheet: &'a SheetRow,
    mapping: &'a Mapping,
    crs: Datum,
    city: &'a City,
    /// Whether a number is taken, by another row or a registered station.
    is_taken: &'a dyn Fn(&str) -> bool,
    language: Language,
}

/// For each problem of a row, in their order, what would mend it.
pub fn suggestions(
    row: &PlannedRow,
    sheet: &SheetRow,
    mapping: &Mapping,
    crs: Datum,
    city: &City,
    is_taken: &dyn Fn(&str) -> bool,
    language: Language,
) -> Vec<Vec<Suggestion>> {
    let maker = Maker { row, sheet, mapping, crs, city, is_taken, language };
    row.issues.iter().map(|(field, issue)| maker.of(*field, issue)).collect()
}

impl Maker<'_> {
    fn of(&self, field: Option<Field>, issue: &Issue) -> Vec<Suggestion> {
        match (issue, field) {
            (Issue::Swapped { .. }, _) => self.swap(),
            (Issue::OtherDatum { better, .. }, _) => self.convert(*better),
            (
                Issue::DistrictDiffers { .. }
                | Issue::DistrictUnknown { .. }
                | Issue::DistrictMissing
                | Issue::DistrictDerived { .. },
                _,
            ) => self.district(),
            (Issue::CodeTwice { code, .. }, _) => self.code(code),
            (Issue::Formula { value }, Some(field)) => self.cell(field, [harmless(value)]),
            (Issue::LooksLikeFormula, Some(field)) => self.cell(field, [harmless(&self.text(field))]),
            (Issue::FacilityUnknown { text } | Issue::WordUnknown { text, .. }, Some(field)) => {
                self.word(field, text)
            }
            (Issue::HoursUncertain { text }, Some(field)) => self.cell(field, hours(text)),
            (Issue::NotDegrees { text }, Some(field)) => {
                self.cell(field, degrees_of_arc(text).map(|degrees| format!("{degrees:.DECIMALS$}")))
            }
            (Issue::PhoneUnreadable { text }, Some(field)) => {
                self.cell(field, digits(text, "0123456789-+/、"))
            }
            (Issue::NumberUnreadable { text } | Issue::NumberImplausible { text, .. }, Some(field)) => {
                let number = digits(text, "0123456789.").filter(|number| number != text);
                self.cell(field, number.into_iter().chain([String::new()]))
            }
            (Issue::DayUnreadable { .. }, Some(field)) => self.cell(field, [String::new()]),
            _ => Vec::new(),
        }
    }

    fn text(&self, field: Field) -> String {
        let column = self.mapping.column(field);
        clean(column.and_then(|at| self.sheet.cells.get(at)).map_or("", String::as_str))
    }

    /// Other texts for the cell of a field.
    fn cell(&self, field: Field, texts: impl IntoIterator<Item = String>) -> Vec<Suggestion> {
        let Some(column) = self.mapping.column(field) else { return Vec::new() };
        let label = |text: &str| match text {
            "" => self.language.of("留空".to_owned(), "leave it empty".to_owned()),
            text => self.language.of(format!("改为“{text}”"), format!("write \"{text}\"")),
        };
        let one =
            |text: String| Suggestion { label: label(&text), fixes: vec![CellFix { column, value: text }] };
        texts.into_iter().map(one).collect()
    }

    fn both(&self, label: String, lon: String, lat: String) -> Vec<Suggestion> {
        let columns = self.mapping.column(Field::Lon).zip(self.mapping.column(Field::Lat));
        let fixes = columns
            .filter(|(a, b)| a != b)
            .map(|(a, b)| vec![CellFix { column: a, value: lon }, CellFix { column: b, value: lat }]);
        fixes.map(|fixes| Suggestion { label, fixes }).into_iter().collect()
    }

    fn swap(&self) -> Vec<Suggestion> {
        let label = self.language.of("对调经度和纬度", "exchange longitude and latitude").to_owned();
        self.both(label, self.text(Field::Lat), self.text(Field::Lon))
    }

    /// The same place in the declared system.
    fn convert(&self, from: Datum) -> Vec<Suggestion> {
        let Some(written) = self.row.written else { return Vec::new() };
        let meant = self.crs.from_wgs84(from.to_wgs84(written));
        let (zh, en) = (format!("从 {from} 换算过来"), format!("convert it from {from}"));
        let [lon, lat] = [meant.lon(), meant.lat()].map(|degrees| format!("{degrees:.DECIMALS$}"));
        self.both(self.language.of(zh, en), lon, lat)
    }

    /// The district in which the row stands, by a name that means no other.
    fn district(&self) -> Vec<Suggestion> {
        let found = self.row.position.and_then(|position| self.city.district_at(position));
        let Some(found) = found else { return Vec::new() };
        let gazetteer = Gazetteer::new(&self.city.districts);
        let is_plain = gazetteer.by_text(&found.name).is_some_and(|d| d.adcode == found.adcode);
        let name = if is_plain { found.name.clone() } else { found.adcode.to_string() };
        self.cell(Field::District, [name])
    }

    /// The next number that nobody has, and none.
    fn code(&self, code: &str) -> Vec<Suggestion> {
        let stem = code.trim_end_matches(|c: char| c.is_ascii_digit());
        let number = &code[stem.len()..];
        let next = number.parse::<u64>().ok().filter(|_| number.len() < 18).and_then(|own| {
            let width = number.len();
            let mut codes = (own + 1..own + 10_000).map(|n| format!("{stem}{n:0width$}"));
            codes.find(|code| !(self.is_taken)(code))
        });
        self.cell(Field::Code, next.into_iter().chain([String::new()]))
    }

    /// The text with known words in place of the unknown one, and without it.
    fn word(&self, field: Field, unknown: &str) -> Vec<Suggestion> {
        let vocabularies = &self.city.vocabularies;
        let near = match field {
            Field::Facilities => words::<FacilityCode>(unknown, vocabularies, self.language),
            Field::Host => words::<Host>(unknown, vocabularies, self.language),
            Field::Build => words::<Build>(unknown, vocabularies, self.language),
            Field::Form => words::<Form>(unknown, vocabularies, self.language),
            Field::Access => words::<Access>(unknown, vocabularies, self.language),
            Field::Trades => words::<Trade>(unknown, vocabularies, self.language),
            _ => Vec::new(),
        };
        let text = self.text(field);
        let with = |word: &str| replaced(&text, unknown, word);
        self.cell(field, near.iter().map(|word| with(word)).chain([with("")]))
    }
}

/// A list with one item replaced, or taken out.
fn replaced(text: &str, item: &str, with: &str) -> String {
    let parts = text.split_inclusive(['、', '，', ',', ';', '；', '\n', '|', '。']);
    let kept = parts.filter_map(|part| {
        let word = part.trim_end_matches(['、', '，', ',', ';', '；', '\n', '|', '。']);
        match word.trim() == item {
            true if with.is_empty() => None,
            true => Some(part.replacen(word, with, 1)),
            false => Some(part.to_owned()),
        }
    });
    let joined: String = kept.collect();
    joined.trim_end_matches(['、', '，', ',', ';', '；', '\n', '|']).to_owned()
}

/// A text that no spreadsheet takes for a formula.
fn harmless(text: &str) -> String {
    text.trim_start_matches(['=', '+', '-', '@', '\'', ' ', '\t']).to_owned()
}

/// What is left of a text with these characters alone; none where there is no digit.
fn digits(text: &str, kept: &str) -> Option<String> {
    let left: String = text.chars().filter(|c| kept.contains(*c)).collect();
    let left = left.trim_matches(['-', '/', '、', '.']).to_owned();
    left.contains(|c: char| c.is_ascii_digit()).then_some(left)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_item_of_a_list_is_replaced_or_taken_out() {
        assert_eq!(replaced("饮水、按摩椅、空调", "按摩椅", "座椅"), "饮水、座椅、空调");
        assert_eq!(replaced("饮水、按摩椅", "按摩椅", ""), "饮水");
        assert_eq!(replaced("按摩椅", "按摩椅", ""), "");
        assert_eq!(replaced("大按摩椅、按摩椅", "按摩椅", "座椅"), "大按摩椅、座椅");
    }

    #[test]
    fn formulas_become_texts() {
        assert_eq!(harmless("=SUM(A1)"), "SUM(A1)");
        assert_eq!(harmless("@+-=x=y"), "x=y");
        assert_eq!(digits("张三13800138000", "0123456789-"), Some("13800138000".into()));
        assert_eq!(digits("张三", "0123456789-"), None);
    }
}
