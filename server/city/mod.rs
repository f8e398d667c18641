//! What is known of a city before any station is: districts, place names, working calendar, vocabularies.
//!
//! A new database is filled from `data/`; from then on the tables count, and an operator may replace them.

mod fill;
mod load;
mod store;

use spatial::{Area, Position};

pub use fill::{fill, replace_years};
pub use load::load;

use crate::calendar::Calendar;
use crate::ids::Adcode;
use crate::language::Language;
use crate::vocabulary::Vocabularies;

/// A city's standing facts, read once at start.
#[derive(Debug)]
pub struct City {
    /// Its districts, by code.
    pub districts: Vec<District>,
    /// Its place names, the largest first.
    pub places: Vec<Place>,
    /// Days off and make-up workdays.
    pub calendar: Calendar,
    /// The words of each code.
    pub vocabularies: Vocabularies,
}

/// A district 区县.
#[derive(Debug, Clone)]
pub struct District {
    /// Its GB/T 2260 code.
    pub adcode: Adcode,
    /// Its Chinese name.
    pub name: String,
    /// Its English name.
    pub name_en: String,
    /// Its ground, WGS-84.
    pub area: Area,
}

/// A populated place.
#[derive(Debug, Clone)]
pub struct Place {
    /// Its name in Latin letters.
    pub name: String,
    /// Its Chinese name, where the source has one.
    pub name_zh: Option<String>,
    /// Where it is.
    pub position: Position,
    /// People; 0 where unknown.
    pub population: i64,
}

/// How far outside its polygon a station may stand and still belong to a district, in metres: the
/// outlines have 41 to 188 points each, so a station on the beach may fall outside.
pub const SNAP_M: f64 = 2_000.0;

impl District {
    /// Its name in a language.
    pub fn label(&self, language: Language) -> &str {
        language.of(&self.name, &self.name_en)
    }
}

impl City {
    /// A district by its code.
    pub fn district(&self, adcode: Adcode) -> Option<&District> {
        self.districts.iter().find(|d| d.adcode == adcode)
    }

    /// The district a position lies in, or the nearest one within [`SNAP_M`].
    pub fn district_at(&self, position: Position) -> Option<&District> {
        if let Some(inside) = self.districts.iter().find(|d| d.area.contains(position)) {
            return Some(inside);
        }
        let near = self.districts.iter().map(|d| (d.area.distance_m(position), d));
        near.filter(|(m, _)| *m <= SNAP_M).min_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, d)| d)
    }
}
