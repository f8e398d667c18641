//! The registry as staff search it: every status, filtered, sorted and counted in the database.

mod asked;
pub mod service;
mod store;

use chrono::{DateTime, Utc};

use super::model::{Access, Build, FacilityCode, Form, Host, Status};
use super::state::State;
use crate::accounts::Reach;
use crate::code::codes;
use crate::ids::Adcode;

pub(super) use asked::list;
pub use asked::{district, filter_parameters};

/// The most stations on one page.
pub const MAX_PAGE: usize = 200;
/// How many stations a page has that names no limit.
pub const PAGE: usize = 50;
/// A public station that nobody confirmed for so many days asks its keeper.
pub const CONFIRMED_DAYS: i64 = 90;

codes! {
    /// What a list is sorted by.
    SortKey {
        Code = "code", Name = "name", Status = "status", Changed = "changed", Confirmed = "confirmed",
    }
}

/// Which stations staff want to see. An empty list asks for nothing in particular.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct StaffFilter {
    /// One of these statuses.
    pub statuses: Vec<Status>,
    /// Districts whose code begins so.
    pub district: Option<String>,
    /// Words by all of which a station must be found, folded.
    pub words: Vec<String>,
    /// One of these hosts.
    pub hosts: Vec<Host>,
    /// All of these facilities, whether they work or not.
    pub facilities: Vec<FacilityCode>,
    /// Built so.
    pub build: Option<Build>,
    /// Of this shape.
    pub form: Option<Form>,
    /// One of these ways in.
    pub access: Vec<Access>,
    /// Only demonstrations, or none of them.
    pub demonstration: Option<bool>,
    /// Not confirmed since.
    pub confirmed_before: Option<DateTime<Utc>>,
    /// Whether the opening hours are not certain.
    pub unknown_hours: bool,
    /// One of these states at present, which only public stations have.
    pub states: Vec<State>,
    /// Only those that doors found locked mark.
    pub marked: bool,
}

/// Asks for a page of the registry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StaffQuery {
    /// Which stations.
    pub filter: StaffFilter,
    /// By what they are sorted, equal ones by id.
    pub sort: SortKey,
    /// Whether the last comes first.
    pub descending: bool,
    /// Where the page begins.
    pub after: Option<Cursor>,
    /// At most how many; 1 to [`MAX_PAGE`].
    pub limit: usize,
}

/// The last station of a page: what it was sorted by, and its id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cursor {
    /// As the sort key has it: a text, or a number.
    pub key: Key,
    /// The id.
    pub id: String,
}

/// What a station is sorted by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Key {
    /// A code or a name.
    Text(String),
    /// A time in milliseconds, or the rank of a status.
    Number(i64),
}

impl Cursor {
    /// Written so that it needs no escaping in an address.
    pub fn written(&self) -> String {
        match &self.key {
            Key::Text(text) => format!("t{}.{}", crate::secrets::hex(text.as_bytes()), self.id),
            Key::Number(number) => format!("n{number}.{}", self.id),
        }
    }

    /// Reads what [`Self::written`] wrote.
    pub fn read(text: &str) -> Option<Self> {
        let (key, id) = text.split_once('.')?;
        let id: crate::ids::StationId = id.parse().ok()?;
        let key = match key.split_at_checked(1)? {
            ("t", hex) => Key::Text(String::from_utf8(unhex(hex)?).ok().filter(|t| !t.contains('\0'))?),
            ("n", number) => Key::Number(number.parse().ok()?),
            _ => return None,
        };
        Some(Self { key, id: id.to_string() })
    }
}

fn unhex(text: &str) -> Option<Vec<u8>> {
    let digits = text.as_bytes().chunks(2);
    digits.map(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()).collect()
}

impl SortKey {
    /// Whether its keys are texts.
    pub fn is_text(self) -> bool {
        matches!(self, Self::Code | Self::Name)
    }
}

/// Whom the stations of a list are for: what he reaches.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Within<'a> {
    /// The districts and the stations.
    pub reach: &'a Reach,
    /// Whether he reaches what has no district.
    pub nowhere: bool,
}

impl<'a> Within<'a> {
    /// What somebody reaches.
    pub fn of(reach: &'a Reach) -> Self {
        let nobody = crate::ids::StationId(uuid::Uuid::nil());
        Self { reach, nowhere: reach.covers(nobody, None) }
    }
}

/// The beginning of a district code: two, four or six digits.
pub(super) fn is_prefix(text: &str) -> bool {
    [2, 4].contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit()) || text.parse::<Adcode>().is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_is_read_as_it_was_written() {
        let id = "019303a0-0000-7000-8000-000000000000".to_owned();
        for key in ["", "海港驿站", "a.b", "100%"]
            .map(|t| Key::Text(t.to_owned()))
            .into_iter()
            .chain([Key::Number(-5)])
        {
            let cursor = Cursor { key, id: id.clone() };
            assert_eq!(Cursor::read(&cursor.written()), Some(cursor));
        }
        for wrong in [
            "",
            "t",
            "n1",
            "tzz.019303a0-0000-7000-8000-000000000000",
            "n1.x",
            "海.1",
            "t00.019303a0-0000-7000-8000-000000000000",
        ] {
            assert_eq!(Cursor::read(wrong), None, "{wrong}");
        }
    }
}
