//! What is known of a city before any station is: districts, place names, working calendar, vocabularies.
//!
//! A new database is filled from `data/`; from then on the tables count, and an operator may replace them.

pub mod districts;
mod fill;
mod load;
pub mod search;
pub mod settings;
mod store;

use spatial::{Area, Position};

pub use fill::{fill, replace_years};
pub use load::load;

use self::search::Searchable;
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
    /// Its names, for search.
    pub search: Searchable,
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
    /// Its names, for search.
    pub search: Searchable,
}

impl District {
    /// A district of a code, with its Chinese and its English name.
    pub fn new(adcode: Adcode, name: String, name_en: String, area: Area) -> Self {
        let search = Searchable::new([name.as_str(), &name_en], []);
        Self { adcode, name, name_en, area, search }
    }

    /// Its name in a language.
    pub fn label(&self, language: Language) -> &str {
        language.of(&self.name, &self.name_en)
    }

    /// Whether a position is in or near the rectangle around its ground, so that it is worth measuring.
    pub fn is_near(&self, position: Position) -> bool {
        self.is_around(position, SNAP_M)
    }

    /// Whether a position is on its ground or at most so many metres outside.
    pub fn reaches(&self, position: Position, metres: f64) -> bool {
        self.is_around(position, metres) && self.area.distance_m(position) <= metres
    }

    fn is_around(&self, position: Position, metres: f64) -> bool {
        let around = metres / DEGREE_M;
        self.area.bounds().is_some_and(|b| {
            (b.west - around..=b.east + around).contains(&position.lon())
                && (b.south - around..=b.north + around).contains(&position.lat())
        })
    }
}

/// How far outside its polygon a station may stand and still belong to a district, in metres: the
/// outlines have 41 to 188 points each, so a station on the beach or at a border may fall outside.
const SNAP_M: f64 = 2_000.0;
/// Less than the metres of a degree, of latitude anywhere and of longitude in all of China.
const DEGREE_M: f64 = 60_000.0;

/// The district whose ground holds a position, else the nearest one within 2 km.
pub fn district_at(districts: &[District], position: Position) -> Option<&District> {
    let inside = districts.iter().find(|d| d.area.contains(position));
    inside.or_else(|| {
        let near = districts.iter().filter(|d| d.is_near(position));
        let measured = near.map(|d| (d.area.distance_m(position), d)).filter(|(m, _)| *m <= SNAP_M);
        measured.min_by(|(a, _), (b, _)| a.total_cmp(b)).map(|(_, d)| d)
    })
}

impl City {
    /// A district by its code.
    pub fn district(&self, adcode: Adcode) -> Option<&District> {
        self.districts.iter().find(|d| d.adcode == adcode)
    }

    /// The district whose ground holds a position, else the nearest one within 2 km.
    pub fn district_at(&self, position: Position) -> Option<&District> {
        district_at(&self.districts, position)
    }
}
