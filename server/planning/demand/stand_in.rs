//! What stands in for a layer that nobody has brought yet: the people of place names, spread around each.

use std::collections::BTreeMap;

use h3o::{CellIndex, LatLng, Resolution};
use spatial::Position;

use super::model::{Demand, DemandPoint, Layer, Profiles};
use crate::city::{City, District, Place};
use crate::language::Language;

/// The code by which questions name it.
pub(super) const CODE: &str = "stand-in";
/// How many people there are to a square kilometre around a place: an assumption, between a suburb and the middle of a
/// Chinese city, which `note` states.
const PEOPLE_PER_KM2: f64 = 5_000.0;
/// How far around a place is looked for ground of the city, in rings of cells: some 50 km.
const RINGS: u32 = 60;

/// The layer of a city.
pub(super) fn make(city: &City) -> Demand {
    let mut people: BTreeMap<CellIndex, f64> = BTreeMap::new();
    for place in city.places.iter().filter(|place| place.population > 0) {
        let cells = cells_around(city, place);
        #[expect(clippy::cast_precision_loss, reason = "people of a place are far below 2^52")]
        let each = place.population as f64 / cells.len().max(1) as f64;
        for cell in cells {
            *people.entry(cell).or_default() += each;
        }
    }
    let points: Vec<DemandPoint> = people.into_iter().filter_map(|(cell, n)| point(city, cell, n)).collect();
    let layer = Layer {
        points: points.len(),
        people: points.iter().map(|p| p.people).sum(),
        trades: Vec::new(),
        by_hour: false,
        stand_in: true,
        version: 0,
        code: CODE.to_owned(),
        source: "GeoNames".to_owned(),
        licence: "CC BY 4.0".to_owned(),
        name: String::new(),
        as_of: String::new(),
        note: String::new(),
    };
    Demand { layer: layer.told(Language::ZhCn), points, profiles: Profiles::default() }
}

fn centre(cell: CellIndex) -> Option<Position> {
    let at = LatLng::from(cell);
    Position::new(at.lng(), at.lat()).ok()
}

fn point(city: &City, cell: CellIndex, people: f64) -> Option<DemandPoint> {
    let position = centre(cell)?;
    let district = ground(city, position)?.adcode;
    Some(DemandPoint { position, people, trade: None, district: Some(district) })
}

fn ground(city: &City, position: Position) -> Option<&District> {
    city.districts.iter().find(|district| district.area.contains(position))
}

/// The cells that the people of a place take, nearest first; none where it lies outside the city.
fn cells_around(city: &City, place: &Place) -> Vec<CellIndex> {
    let at = place.position;
    let Ok(from) = LatLng::new(at.lat(), at.lon()) else { return Vec::new() };
    if ground(city, at).is_none() {
        return Vec::new();
    }
    let home = from.to_cell(Resolution::Eight);
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        clippy::cast_precision_loss,
        reason = "a number of cells, from 1 up"
    )]
    let wanted = (place.population as f64 / (PEOPLE_PER_KM2 * home.area_km2())).ceil() as usize;
    let mut cells: Vec<CellIndex> = Vec::new();
    for ring in 0..=RINGS {
        let on_ground = |cell: &CellIndex| centre(*cell).is_some_and(|c| ground(city, c).is_some());
        let mut next: Vec<(f64, CellIndex)> = home
            .grid_ring::<Vec<_>>(ring)
            .into_iter()
            .filter(on_ground)
            .map(|cell| (from.distance_m(cell.into()), cell))
            .collect();
        next.sort_by(|(a, x), (b, y)| a.total_cmp(b).then(x.cmp(y)));
        cells.extend(next.into_iter().map(|(_, cell)| cell).take(wanted - cells.len()));
        if cells.len() == wanted {
            break;
        }
    }
    cells
}

impl Layer {
    /// The same in a language: what stands in for a layer says of itself what it is.
    #[must_use]
    pub fn told(&self, language: Language) -> Self {
        if !self.stand_in {
            return self.clone();
        }
        let name = language.of("替代需求（按地名人口推算）", "Stand-in from the people of place names");
        let density = PEOPLE_PER_KM2;
        let (zh, en) = (
            format!(
                "尚未导入需求数据，以此替代：把 GeoNames 地名的人口按每平方公里 {density} 人均匀铺在地名四周的六边形网格\
                 （H3 第 8 级）上，只取本市区县之内。这是常住人口，不是户外劳动者，只能粗看。"
            ),
            format!(
                "Nobody has imported demand yet, and this stands in for it: the people of the places of GeoNames, \
                 spread evenly at {density} to the square kilometre over the hexagons (H3, resolution 8) around \
                 each place, within the city's districts. They are residents, not people who work outdoors: good \
                 for a first look only."
            ),
        );
        Self { name: name.to_owned(), note: language.of(zh, en), ..self.clone() }
    }
}

#[cfg(test)]
mod tests {
    use geo::{MultiPolygon, polygon};
    use spatial::Area;

    use super::*;
    use crate::calendar::Calendar;
    use crate::city::search::Searchable;
    use crate::vocabulary::Vocabularies;

    fn square(west: f64, south: f64, side: f64) -> Area {
        let (east, north) = (west + side, south + side);
        Area::new(MultiPolygon::from(polygon![
            (x: west, y: south), (x: east, y: south), (x: east, y: north), (x: west, y: north),
        ]))
    }

    fn city(places: &[(f64, f64, i64)]) -> City {
        let district =
            District::new("130302".parse().unwrap(), "甲区".into(), "A".into(), square(119.0, 39.0, 0.5));
        let place = |&(lon, lat, population): &(f64, f64, i64)| Place {
            name: "P".into(),
            name_zh: None,
            position: Position::new(lon, lat).unwrap(),
            population,
            search: Searchable::new(["P"], []),
        };
        City {
            districts: vec![district],
            places: places.iter().map(place).collect(),
            calendar: Calendar::default(),
            vocabularies: Vocabularies::default(),
        }
    }

    #[test]
    fn everybody_of_a_place_in_the_city_is_there_at_the_stated_density() {
        let demand = make(&city(&[(119.25, 39.25, 100_000), (119.25, 39.25, 1_000), (120.9, 39.2, 5_000)]));
        assert!((demand.layer.people - 101_000.0).abs() < 1e-6, "{}", demand.layer.people);
        let cell = LatLng::new(39.25, 119.25).unwrap().to_cell(Resolution::Eight);
        #[expect(clippy::cast_precision_loss, reason = "some dozens")]
        let ground_km2 = demand.points.len() as f64 * cell.area_km2();
        assert!((20.0..20.8).contains(&ground_km2), "100,000 at 5,000 to the km²: {ground_km2} km²");
        assert!(demand.points.iter().all(|p| p.district == "130302".parse().ok()));
        let from = Position::new(119.25, 39.25).unwrap();
        assert!(demand.points.iter().all(|p| p.position.geodesic_m(from) < 4_000.0));
        assert_eq!(
            make(&city(&[(119.25, 39.25, 100_000)])).points,
            make(&city(&[(119.25, 39.25, 100_000)])).points
        );
    }

    #[test]
    fn at_a_border_people_stay_on_their_side() {
        let demand = make(&city(&[(119.001, 39.001, 50_000)]));
        assert!((demand.layer.people - 50_000.0).abs() < 1e-6);
        assert!(demand.points.iter().all(|p| p.position.lon() >= 119.0 && p.position.lat() >= 39.0));
        assert!(make(&city(&[(118.9, 39.2, 50_000)])).points.is_empty());
    }
}
