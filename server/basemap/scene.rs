//! The ground of a map picture: polygons in their colours, and the names that may be written over them. Whatever
//! draws it, in this process or another, is given the same polygons, lines among them, and so the same picture.

use spatial::mvt::{EXTENT, Layer, Pixel, encode};

pub(crate) use super::overview::overview;
pub(crate) use super::streets::{Streets, streets};

/// Units to a side of a picture.
pub(crate) const UNITS: u32 = EXTENT;
/// How far polygons reach beyond the sides, in units, so that nothing ends at an edge.
pub(crate) const BUFFER: i32 = 64;
/// The most names of a scene.
const MOST_NAMES: usize = 48;

/// A polygon in units of the picture from its upper left corner, `y` down: its exterior ring, then its holes. Rings
/// are not closed and wind either way; each has an area.
pub(crate) type Rings = Vec<Vec<Pixel>>;

/// What a picture shows of the ground.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Scene {
    /// The lowest first, which covers the whole picture. Polygons of one layer may overlap.
    pub(crate) layers: Vec<Ground>,
    /// Names, the one to be kept first when room is short first; all of them lie in the picture.
    pub(crate) names: Vec<Name>,
    /// Who made the data, in Chinese as on the page. What the operator's settings add to it is left to the caller.
    pub(crate) credits: String,
}

/// Ground of one colour.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Ground {
    /// Name of the layer in the tile.
    pub(crate) name: &'static str,
    /// As `#RRGGBB`, opaque.
    pub(crate) colour: &'static str,
    /// Within [`BUFFER`] of the picture.
    pub(crate) polygons: Vec<Rings>,
}

/// A name that may be written.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Name {
    /// In Chinese where it is known, else as the place calls itself.
    pub(crate) text: String,
    /// The middle of the words from the upper left corner, 0 to 1 of the side.
    pub(crate) at: (f64, f64),
    /// What is named.
    pub(crate) kind: NameKind,
    /// Lower first when room is short.
    pub(crate) rank: u8,
}

/// What a name is the name of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum NameKind {
    /// A sea.
    Sea,
    /// A district 区县.
    District,
    /// A town or a part of one.
    Town,
    /// A river or a lake.
    Water,
    /// A road.
    Road,
}

impl Ground {
    /// Ground of these polygons, without rings that have no area.
    pub(super) fn new(name: &'static str, colour: &'static str, polygons: Vec<Rings>) -> Self {
        let polygons = polygons.into_iter().filter_map(solid).collect();
        Self { name, colour, polygons }
    }

    /// Ground that covers the whole picture.
    pub(super) fn whole(name: &'static str, colour: &'static str) -> Self {
        let (min, max) = (-BUFFER, EXTENT.cast_signed() + BUFFER);
        Self::new(name, colour, vec![vec![vec![(min, min), (max, min), (max, max), (min, max)]]])
    }
}

/// The polygon without rings that have no area; none if its exterior has none.
fn solid(mut rings: Rings) -> Option<Rings> {
    if double_area(rings.first()?) == 0 {
        return None;
    }
    rings.retain(|ring| double_area(ring) != 0);
    Some(rings)
}

/// Twice the area of a ring by the surveyor's formula, positive where it turns clockwise on the screen.
fn double_area(ring: &[Pixel]) -> i64 {
    let next = ring.iter().cycle().skip(1);
    let parts = ring.iter().zip(next);
    parts.map(|(a, b)| i64::from(a.0) * i64::from(b.1) - i64::from(b.0) * i64::from(a.1)).sum()
}

impl Scene {
    /// A scene with those of the names that lie in the picture, ordered.
    pub(super) fn new(layers: Vec<Ground>, mut names: Vec<Name>, credits: &str) -> Self {
        let within = 0.0..=1.0;
        names.retain(|name| within.contains(&name.at.0) && within.contains(&name.at.1));
        names.sort_by_key(|name| name.rank);
        names.truncate(MOST_NAMES);
        Self { layers, names, credits: credits.to_owned() }
    }

    /// The ground as a vector tile (Mapbox Vector Tile specification 2.1): a layer for each ground in its order, a
    /// feature without tags for each polygon.
    pub(crate) fn tile(&self) -> Vec<u8> {
        let layers: Vec<Layer> = self.layers.iter().map(layer).collect();
        encode(&layers)
    }
}

fn layer(ground: &Ground) -> Layer {
    let mut layer = Layer::new(ground.name, UNITS);
    for polygon in &ground.polygons {
        layer.polygon(std::slice::from_ref(polygon), None, &[]);
    }
    layer
}

#[cfg(test)]
pub(super) mod tests {
    use fast_mvt::{MvtLayer, MvtReaderRef};
    use geo::{Contains, Geometry, LineString, Point, Polygon};

    use super::*;

    /// The topmost ground at a place, 0 to 1 of the side.
    pub(in super::super) fn ground_at(scene: &Scene, at: (f64, f64)) -> &'static str {
        let point = Point::new(at.0 * f64::from(UNITS), at.1 * f64::from(UNITS));
        let holds = |ground: &&Ground| ground.polygons.iter().any(|rings| polygon(rings).contains(&point));
        scene.layers.iter().rev().find(holds).map(|ground| ground.name).unwrap()
    }

    pub(in super::super) fn polygon(rings: &Rings) -> Polygon<f64> {
        let mut rings = rings.iter().map(|ring| {
            ring.iter().map(|(x, y)| (f64::from(*x), f64::from(*y))).collect::<LineString<f64>>()
        });
        Polygon::new(rings.next().unwrap(), rings.collect())
    }

    /// What every scene keeps, whatever it shows.
    pub(in super::super) fn check(scene: &Scene) {
        assert_eq!(scene.layers[0], Ground::whole(scene.layers[0].name, scene.layers[0].colour));
        let sheet = -BUFFER..=UNITS.cast_signed() + BUFFER;
        let mut pixels = scene.layers.iter().flat_map(|ground| ground.polygons.iter().flatten().flatten());
        assert!(pixels.all(|(x, y)| sheet.contains(x) && sheet.contains(y)));
        assert!(scene.names.is_sorted_by_key(|name| name.rank));
        for name in &scene.names {
            assert!((0.0..=1.0).contains(&name.at.0) && (0.0..=1.0).contains(&name.at.1), "{name:?}");
            assert!(!name.text.is_empty(), "{name:?}");
        }
        assert!(!scene.credits.is_empty());
        check_tile(scene);
    }

    /// The tile read by another's reader is the scene, with rings that wind as the specification asks.
    fn check_tile(scene: &Scene) {
        let bytes = scene.tile();
        let tile = MvtReaderRef::new(&bytes).unwrap().to_tile().unwrap();
        let shown: Vec<&Ground> = scene.layers.iter().filter(|ground| !ground.polygons.is_empty()).collect();
        let named = |ground: &&Ground| ground.name;
        assert_eq!(
            tile.layers.iter().map(MvtLayer::name).collect::<Vec<_>>(),
            shown.iter().map(named).collect::<Vec<_>>()
        );
        for (layer, ground) in tile.layers.iter().zip(shown) {
            assert_eq!(
                (layer.extent.get(), layer.num_features()),
                (UNITS, ground.polygons.len()),
                "{}",
                ground.name
            );
            for (feature, rings) in layer.features.iter().zip(&ground.polygons) {
                let Geometry::Polygon(read) = &feature.geometry else { panic!("{:?}", feature.geometry) };
                let read: Rings = std::iter::once(read.exterior())
                    .chain(read.interiors())
                    .map(|ring| ring.0.iter().map(|c| (c.x, c.y)).collect())
                    .collect();
                let areas: Vec<i64> = read.iter().map(|ring| double_area(ring)).collect();
                assert!(areas[0] > 0 && areas[1..].iter().all(|area| *area < 0), "{areas:?}");
                let told: Vec<i64> = rings.iter().map(|ring| double_area(ring).abs()).collect();
                assert_eq!(areas.iter().map(|area| area.abs()).collect::<Vec<_>>(), told);
            }
        }
    }

    #[test]
    fn a_tile_winds_rings_as_the_specification_asks() {
        let square = |a: i32, b: i32| vec![(a, a), (b, a), (b, b), (a, b)];
        let back = |ring: Vec<Pixel>| ring.into_iter().rev().collect::<Vec<_>>();
        let flat = vec![(0, 0), (10, 10), (20, 20)];
        let polygons = vec![
            vec![square(0, 100), square(20, 30), back(square(40, 50)), flat.clone()],
            vec![back(square(200, 300))],
            vec![flat, square(1, 2)],
            vec![],
        ];
        let ground = Ground::new("ground", "#000000", polygons);
        assert_eq!(ground.polygons.iter().map(Vec::len).collect::<Vec<_>>(), [3, 1]);
        let scene = Scene::new(vec![Ground::whole("land", "#FFFFFF"), ground], vec![], "谁");
        check(&scene);
        assert_eq!(ground_at(&scene, (25.0 / 4096.0, 25.0 / 4096.0)), "land", "a hole");
        assert_eq!(ground_at(&scene, (60.0 / 4096.0, 60.0 / 4096.0)), "ground");
    }

    #[test]
    fn names_are_those_in_the_picture_by_rank() {
        let name = |text: &str, x: f64, rank: u8| Name {
            text: text.to_owned(),
            at: (x, 0.5),
            kind: NameKind::Town,
            rank,
        };
        let names = vec![name("b", 1.0, 3), name("out", 1.01, 0), name("a", 0.0, 2)];
        let scene = Scene::new(vec![], names, "");
        assert_eq!(scene.names.iter().map(|name| name.text.as_str()).collect::<Vec<_>>(), ["a", "b"]);
        let many = (0..100).map(|_| name("x", 0.5, 1)).collect();
        assert_eq!(Scene::new(vec![], many, "").names.len(), MOST_NAMES);
    }
}
