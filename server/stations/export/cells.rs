//! A station as a row of a table, in the columns and words that an import understands.

use spatial::Datum;

use super::Export;
use crate::city::City;
use crate::language::Language;
use crate::stations::import::{Field, Lexicon, Words};
use crate::stations::model::{Facility, Facts, Station};
use crate::table::{Cell, Column};
use crate::vocabulary::{Coded, Vocabularies};

/// What stands between the items of a list.
const COMMA: &str = "、";
/// Decimals of degrees that are written: a tenth of a millimetre.
const DEGREE_PARTS: f64 = 1e9;
/// The columns that an import does not read, in Chinese and English: what only the registry itself can say.
const BESIDES: [(&str, &str); 3] =
    [("状态", "status"), ("原坐标系", "original coordinate system"), ("最近确认", "last confirmed")];

/// What rows are made with.
pub(super) struct Cells<'a> {
    export: &'a Export<'a>,
    lexicon: &'a Lexicon,
}

impl<'a> Cells<'a> {
    pub(super) fn new(export: &'a Export<'a>, lexicon: &'a Lexicon) -> Self {
        Self { export, lexicon }
    }

    /// The columns: every field by its name, then what else the registry knows.
    pub(super) fn headings(&self) -> Vec<Column> {
        let language = self.export.language;
        let fields =
            Field::ALL.iter().map(|f| Column { heading: f.word(language).to_owned(), width: width(*f) });
        let besides =
            BESIDES.iter().map(|(zh, en)| Column { heading: language.of(*zh, *en).to_owned(), width: 14.0 });
        fields.chain(besides).collect()
    }

    /// A station in these columns.
    pub(super) fn row(&self, station: &Station) -> Vec<Cell> {
        let fields = Field::ALL.iter().map(|field| self.cell(&station.facts, *field));
        let confirmed = station.last_confirmed.map(|at| at.to_rfc3339());
        let besides = [
            Cell::text(Some(station.status.as_str())),
            Cell::text(Some(station.facts.crs.as_str())),
            Cell::text(confirmed),
        ];
        fields.chain(besides).collect()
    }

    fn cell(&self, f: &Facts, field: Field) -> Cell {
        let lexicon = self.lexicon;
        let [lon, lat] = degrees(f, self.export.crs);
        match field {
            Field::Code => Cell::text(f.code.as_deref()),
            Field::Name => Cell::text(Some(f.name.as_str())),
            Field::Signboard => Cell::text(f.signboard.as_deref()),
            Field::Aliases => Cell::text(Some(f.aliases.join(COMMA))),
            Field::District => {
                Cell::text(f.district.map(|code| district(self.export.city, &code.to_string())))
            }
            Field::Address => Cell::text(f.address.as_deref()),
            Field::Lat => Cell::Number(lat),
            Field::Lon => Cell::Number(lon),
            Field::Build => Cell::text(f.build.map(|c| self.word(c, &lexicon.build))),
            Field::Partner => Cell::text(f.partner.as_deref()),
            Field::Host => Cell::text(f.host.map(|c| self.word(c, &lexicon.host))),
            Field::Form => Cell::text(f.form.map(|c| self.word(c, &lexicon.form))),
            Field::Hours => Cell::text(f.hours.as_deref().or(f.hours_text.as_deref())),
            Field::Facilities => Cell::text(Some(self.facilities(f))),
            Field::Access => Cell::text(Some(self.words(&f.access, &lexicon.access))),
            Field::Phone => Cell::text(f.phone.as_deref()),
            Field::OpenedOn => Cell::text(f.opened_on.map(|day| day.to_string())),
            Field::Capacity => Cell::number(f.capacity.map(f64::from)),
            Field::AreaM2 => Cell::number(f.area_m2),
            Field::Trades => Cell::text(Some(self.words(&f.trades, &lexicon.trade))),
            Field::Notes => Cell::text(f.notes.as_deref()),
            Field::KeeperName => Cell::text(f.keeper_name.as_deref()),
            Field::KeeperPhone => Cell::text(f.keeper_phone.as_deref()),
        }
    }

    fn words<C: Coded + Ord>(&self, codes: &[C], known: &Words<C>) -> String {
        codes.iter().map(|code| self.word(*code, known)).collect::<Vec<_>>().join(COMMA)
    }

    /// The word of a code, or the code itself where an import would not understand the word.
    fn word<C: Coded + Ord>(&self, code: C, known: &Words<C>) -> String {
        understood(&self.export.city.vocabularies, self.export.language, code, known)
    }

    fn facilities(&self, f: &Facts) -> String {
        let one = |facility: &Facility| {
            let word = self.word(facility.code, &self.lexicon.facility);
            facility.count.map_or(word.clone(), |count| format!("{word}×{count}"))
        };
        let others = f.other_facilities.iter().cloned();
        f.facilities.iter().map(one).chain(others).collect::<Vec<_>>().join(COMMA)
    }
}

/// The word of a code that an import would read as this code alone, or else the code.
fn understood<C: Coded + Ord>(
    vocabularies: &Vocabularies,
    language: Language,
    code: C,
    known: &Words<C>,
) -> String {
    let word = vocabularies.word(code, language);
    let is_read_back = known.find(word) == Some(code) && known.find_all(word).codes == [(code, None)];
    if is_read_back { word } else { code.code() }.to_owned()
}

/// The name of a district where no other one has it, or else its code.
fn district(city: &City, code: &str) -> String {
    let own = city.districts.iter().find(|d| d.adcode.to_string() == code);
    let is_only = |name: &str| city.districts.iter().filter(|d| d.name == name).count() == 1;
    own.map(|d| d.name.clone()).filter(|name| is_only(name)).unwrap_or_else(|| code.to_owned())
}

/// Longitude and latitude in a coordinate system.
pub(super) fn degrees(facts: &Facts, crs: Datum) -> [f64; 2] {
    rounded(crs.from_wgs84(facts.position))
}

/// Longitude and latitude to the decimals that are written.
pub(super) fn rounded(position: spatial::Position) -> [f64; 2] {
    [position.lon(), position.lat()].map(|degrees| (degrees * DEGREE_PARTS).round() / DEGREE_PARTS)
}

/// How wide a field is, in characters.
fn width(field: Field) -> f64 {
    match field {
        Field::Address | Field::Facilities | Field::Notes => 40.0,
        Field::Name | Field::Signboard | Field::Hours | Field::Aliases | Field::Partner => 24.0,
        _ => 14.0,
    }
}
