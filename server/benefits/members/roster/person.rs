//! What a row says of a member.

use chrono::NaiveDate;

use super::columns::{Column, Field};
use super::problem::{Code, Problem};
use crate::app::App;
use crate::benefits::members::identity;
use crate::benefits::members::wish::{NAME_CHARS, NUMBER_CHARS, UNION_CHARS};
use crate::benefits::person::{Phone, name_hash};
use crate::city::City;
use crate::ids::Adcode;
use crate::language::Language;
use crate::stations::import::{SheetRow, folded};
use crate::stations::model::Trade;

/// What a row says; what it leaves empty stays as it is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Person {
    pub(super) row: u32,
    pub(super) number: Option<String>,
    pub(super) name: Option<String>,
    pub(super) name_hash: Option<String>,
    pub(super) phone: Option<Phone>,
    pub(super) identity: Option<String>,
    pub(super) id_hash: Option<String>,
    pub(super) union_name: Option<String>,
    pub(super) trade: Option<Trade>,
    pub(super) district: Option<Adcode>,
    pub(super) joined_on: Option<NaiveDate>,
}

/// Reads a row.
pub(super) fn read(app: &App, city: &City, columns: &[Column], row: &SheetRow) -> (Person, Vec<Problem>) {
    let (mut person, mut problems) = (Person { row: row.number, ..Person::default() }, Vec::new());
    for (column, cell) in columns.iter().zip(&row.cells) {
        let text: String = cell.chars().filter(|c| !c.is_control()).collect();
        let (Some(field), text) = (column.field, text.trim()) else { continue };
        if text.is_empty() {
            continue;
        }
        if let Err(code) = person.take(app, city, field, text) {
            problems.push(Problem::new(row.number, field, code));
        }
    }
    if person.id_hash.is_none() && person.number.is_none() && person.phone.is_none() {
        problems.push(Problem::new(row.number, None, Code::NoKey));
    }
    (person, problems)
}

impl Person {
    fn take(&mut self, app: &App, city: &City, field: Field, text: &str) -> Result<(), Code> {
        match field {
            Field::Number => self.number = Some(bounded(text, NUMBER_CHARS)?),
            Field::Name => {
                let name = bounded(text, NAME_CHARS)?;
                self.name_hash = Some(name_hash(&app.secrets, &name));
                self.name = Some(name);
            }
            Field::Phone => {
                self.phone = Some(Phone::read(&app.secrets, text).ok_or(Code::NotANumber)?);
            }
            Field::IdNumber => {
                let number = identity::read(text).ok_or(Code::NotANumber)?;
                self.id_hash = Some(app.secrets.keyed("identity", &number));
                self.identity = Some(number);
            }
            Field::Union => self.union_name = Some(bounded(text, UNION_CHARS)?),
            Field::Trade => self.trade = Some(trade(city, text).ok_or(Code::UnknownTrade)?),
            Field::District => self.district = Some(district(city, text).ok_or(Code::UnknownDistrict)?),
            Field::JoinedOn => self.joined_on = Some(day(text).ok_or(Code::NoDay)?),
        }
        Ok(())
    }
}

fn bounded(text: &str, most: usize) -> Result<String, Code> {
    if text.chars().count() > most { Err(Code::TooLong) } else { Ok(text.to_owned()) }
}

/// A trade by its code or its word in either language.
fn trade(city: &City, text: &str) -> Option<Trade> {
    let text = folded(text);
    let is_meant = |trade: &&Trade| {
        let words = [Language::ZhCn, Language::En].map(|language| city.vocabularies.word(**trade, language));
        trade.as_str() == text || words.iter().any(|word| folded(word) == text)
    };
    Trade::ALL.iter().find(is_meant).copied()
}

/// A district by its code or its name.
fn district(city: &City, text: &str) -> Option<Adcode> {
    let by_code = text.parse::<Adcode>().ok().filter(|code| city.district(*code).is_some());
    by_code.or_else(|| {
        let found = city.districts.iter().find(|district| folded(&district.name) == folded(text));
        found.map(|district| district.adcode)
    })
}

/// A day as people write it: 2025-03-01, 2025/3/1, 2025.3.1, 2025年3月1日; a time behind it is passed over.
fn day(text: &str) -> Option<NaiveDate> {
    let text = text.split([' ', 'T']).next().unwrap_or_default();
    let plain: String = text.chars().map(|c| if "/.年月".contains(c) { '-' } else { c }).collect();
    NaiveDate::parse_from_str(plain.trim_end_matches('日'), "%Y-%m-%d").ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_read_as_people_write_it() {
        let first = NaiveDate::from_ymd_opt(2025, 3, 1);
        for text in
            ["2025-03-01", "2025/3/1", "2025.3.1", "2025年3月1日", "2025-03-01 00:00:00", "2025-03-01T08:00"]
        {
            assert_eq!(day(text), first, "{text}");
        }
        for text in ["", "昨天", "2025-02-30", "03-01", "45000"] {
            assert_eq!(day(text), None, "{text}");
        }
    }
}
