//! Where a row stands: checks of its two numbers, and the districts it can be in.

use std::collections::HashMap;

use spatial::{Bounds, Position};

use super::problem::Issue;
use super::values::fold;
use crate::city::{District, district_at};
use crate::language::Language;

/// A rectangle around the land and the islands of China, in degrees, somewhat wider than its extreme points.
const CHINA: Bounds = Bounds { west: 73.0, south: 3.0, east: 136.0, north: 54.0 };
/// What names of districts end with; without it a name is still understood.
const SUFFIXES: [&str; 7] = ["自治县", "自治旗", "新区", "区", "县", "市", "旗"];
/// Peoples in the names of autonomous counties, such as 青龙满族自治县.
const PEOPLES: [&str; 14] = [
    "各族",
    "满族",
    "回族",
    "蒙古族",
    "土家族",
    "苗族",
    "侗族",
    "壮族",
    "瑶族",
    "彝族",
    "藏族",
    "羌族",
    "畲族",
    "朝鲜族",
];

/// The districts that are loaded, to be found by name and by position.
pub(super) struct Gazetteer<'a> {
    districts: &'a [District],
    /// Full and short names, folded; absent for a name that two districts share.
    names: HashMap<String, Option<usize>>,
}

impl<'a> Gazetteer<'a> {
    pub(super) fn new(districts: &'a [District]) -> Self {
        let mut names: HashMap<String, Option<usize>> = HashMap::new();
        for (i, district) in districts.iter().enumerate() {
            for name in names_of(district) {
                names.entry(name).and_modify(|at| *at = at.filter(|at| *at == i)).or_insert(Some(i));
            }
        }
        Self { districts, names }
    }

    /// The district of a code, a full or a short name, or a name with province and city before it.
    pub(super) fn by_text(&self, text: &str) -> Option<&'a District> {
        let folded = fold(text);
        let by_name = || self.names.get(&folded).copied().flatten().and_then(|i| self.districts.get(i));
        by_name().or_else(|| self.by_ending(&folded))
    }

    fn by_ending(&self, folded: &str) -> Option<&'a District> {
        let mut ending = self.districts.iter().filter(|d| folded.ends_with(d.name.as_str()));
        let only = ending.next()?;
        ending.next().is_none().then_some(only)
    }

    /// The district whose ground holds the position, else the nearest one within 2 km.
    pub(super) fn containing(&self, position: Position) -> Option<&'a District> {
        district_at(self.districts, position)
    }

    /// Whether the position is where a station can be expected: in China or around a loaded district.
    fn expects(&self, position: Position) -> bool {
        CHINA.contains(position) || self.districts.iter().any(|d| d.is_near(position))
    }

    /// The position of two numbers as the sheet has them, in whatever system.
    pub(super) fn position(&self, lon: f64, lat: f64) -> Result<Position, PlaceFault> {
        if lon == 0.0 && lat == 0.0 {
            return Err(PlaceFault::Zero);
        }
        let expected = |p: &Position| self.expects(*p);
        match (Position::new(lon, lat), Position::new(lat, lon).ok().filter(expected)) {
            (Ok(as_written), _) if self.expects(as_written) => Ok(as_written),
            (_, Some(_)) => Err(PlaceFault::Swapped),
            (Ok(as_written), None) => Ok(as_written),
            (Err(_), None) if lon.abs() <= 180.0 => Err(PlaceFault::Lat),
            (Err(_), None) => Err(PlaceFault::Lon),
        }
    }
}

/// Why two numbers are no position.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum PlaceFault {
    Zero,
    Swapped,
    Lon,
    Lat,
}

/// The name of a district for people.
pub(super) fn name(district: &District, language: Language) -> String {
    language.of(&district.name, &district.name_en).clone()
}

/// What a stated and a found district give: the one to keep, and what to report.
pub(super) fn judge<'a>(
    stated: Option<&'a District>,
    found: Option<&'a District>,
    language: Language,
) -> (Option<&'a District>, Option<Issue>) {
    match (stated, found) {
        (None, None) => (None, Some(Issue::DistrictMissing)),
        (None, Some(found)) => (Some(found), Some(Issue::DistrictDerived { name: name(found, language) })),
        (Some(stated), Some(found)) if found.adcode != stated.adcode => {
            let (stated_name, actual) = (name(stated, language), name(found, language));
            (Some(stated), Some(Issue::DistrictDiffers { stated: stated_name, actual }))
        }
        (Some(stated), None) => {
            let elsewhere = language.of("已登记的区县之外", "no district that is loaded").to_owned();
            (Some(stated), Some(Issue::DistrictDiffers { stated: name(stated, language), actual: elsewhere }))
        }
        (Some(stated), Some(_)) => (Some(stated), None),
    }
}

fn names_of(district: &District) -> Vec<String> {
    let english = district.name_en.split(' ').next().unwrap_or_default();
    let mut names: Vec<String> = [district.name.as_str(), &district.name_en, english].map(fold).into();
    names.push(district.adcode.to_string());
    names.extend(short_name(&district.name));
    names.retain(|name| !name.is_empty());
    names
}

/// 北戴河 of 北戴河区, 青龙 of 青龙满族自治县; none where less than two characters would be left.
fn short_name(name: &str) -> Option<String> {
    let mut short = SUFFIXES.iter().find_map(|suffix| name.strip_suffix(suffix))?;
    while let Some(rest) = PEOPLES.iter().find_map(|people| short.strip_suffix(people)) {
        short = rest;
    }
    (short.chars().count() >= 2).then(|| fold(short))
}

#[cfg(test)]
pub(super) mod tests {
    use geo::{MultiPolygon, polygon};
    use spatial::Area;

    use super::*;

    fn square(adcode: &str, name: &str, name_en: &str, west: f64) -> District {
        let (east, south, north) = (west + 0.1, 39.8, 40.0);
        let outline =
            polygon![(x: west, y: south), (x: east, y: south), (x: east, y: north), (x: west, y: north)];
        let area = Area::new(MultiPolygon(vec![outline]));
        District::new(adcode.parse().unwrap(), name.into(), name_en.into(), area)
    }

    /// Three districts side by side, each 0.1 degrees wide, from 119.5, 39.8 to 119.8, 40.0.
    pub(in super::super) fn districts() -> Vec<District> {
        vec![
            square("130304", "北戴河区", "Beidaihe District", 119.5),
            square("130302", "海港区", "Haigang District", 119.6),
            square("130321", "青龙满族自治县", "Qinglong Manchu Autonomous County", 119.7),
        ]
    }

    #[test]
    fn districts_are_found_by_every_usual_name() {
        let districts = districts();
        let gazetteer = Gazetteer::new(&districts);
        for (text, adcode) in [
            ("130304", Some("130304")),
            ("北戴河区", Some("130304")),
            ("北戴河", Some("130304")),
            ("秦皇岛市北戴河区", Some("130304")),
            ("河北省秦皇岛市海港区", Some("130302")),
            ("青龙", Some("130321")),
            ("青龙县", None),
            ("haigang", Some("130302")),
            ("Haigang District", Some("130302")),
            ("440305", None),
            ("", None),
        ] {
            let found = gazetteer.by_text(text).map(|d| d.adcode.to_string());
            assert_eq!(found.as_deref(), adcode, "{text}");
        }
    }

    #[test]
    fn a_name_of_two_districts_names_none() {
        let twins =
            [square("130102", "长安区", "Chang'an", 1.0), square("610116", "长安区", "Chang'an", 2.0)];
        let gazetteer = Gazetteer::new(&twins);
        assert!(gazetteer.by_text("长安区").is_none());
        assert!(gazetteer.by_text("610116").is_some());
    }

    #[test]
    fn what_stands_just_outside_is_snapped() {
        let districts = districts();
        let gazetteer = Gazetteer::new(&districts);
        let at =
            |lon, lat| gazetteer.containing(Position::new(lon, lat).unwrap()).map(|d| d.adcode.to_string());
        assert_eq!(at(119.65, 39.9).as_deref(), Some("130302"));
        assert_eq!(at(119.55, 39.79).as_deref(), Some("130304"), "1.1 km south of the border");
        assert_eq!(at(119.55, 39.77), None, "3.3 km south of the border");
        assert_eq!(at(114.0, 22.5), None);
    }

    #[test]
    fn exchanged_and_impossible_numbers_are_told_apart() {
        let districts = districts();
        let gazetteer = Gazetteer::new(&districts);
        let position = |lon, lat| gazetteer.position(lon, lat).map(|p| (p.lon(), p.lat()));
        assert_eq!(position(119.6, 39.9), Ok((119.6, 39.9)));
        assert_eq!(
            position(24.9, 60.2),
            Ok((24.9, 60.2)),
            "a real place, and the exchange would be none in China"
        );
        assert_eq!(position(39.9, 119.6), Err(PlaceFault::Swapped));
        assert_eq!(position(39.9, 75.2), Err(PlaceFault::Swapped), "both within 90 degrees");
        assert_eq!(position(0.0, 0.0), Err(PlaceFault::Zero));
        assert_eq!(position(119.6, 399.0), Err(PlaceFault::Lat));
        assert_eq!(position(1196.0, 39.9), Err(PlaceFault::Lon));
    }

    #[test]
    fn what_is_stated_is_kept_and_what_is_found_reported() {
        let districts = districts();
        let [one, two] = [&districts[0], &districts[1]];
        let code = |stated, found| {
            let (kept, issue) = judge(stated, found, Language::ZhCn);
            (kept.map(|d| d.adcode), issue.map(|i| i.kind().1))
        };
        assert_eq!(code(None, None), (None, Some("district_missing")));
        assert_eq!(code(None, Some(one)), (Some(one.adcode), Some("district_derived")));
        assert_eq!(code(Some(one), Some(two)), (Some(one.adcode), Some("district_differs")));
        assert_eq!(code(Some(one), None), (Some(one.adcode), Some("district_differs")));
        assert_eq!(code(Some(one), Some(one)), (Some(one.adcode), None));
    }
}
