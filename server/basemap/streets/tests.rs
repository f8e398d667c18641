//! Streets of files made here, and of a real one that stands beside the repository on some machines only.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use spatial::mvt::{Layer, Value, encode};
use spatial::{Position, TileCoord, Window};

use super::source::Packed;
use super::*;
use crate::basemap::scene::Name;
use crate::basemap::scene::NameKind::{self, Road, Sea, Town, Water};
use crate::basemap::scene::tests::{check, ground_at};

fn at(lon: f64, lat: f64) -> Position {
    Position::new(lon, lat).unwrap()
}

/// A window in the middle of a tile of zoom 14 and as large, so that their coordinates are nearly the same.
fn stage() -> (TileCoord, Window) {
    let tile = TileCoord::containing(at(119.6, 39.93), 14).unwrap();
    let bounds = tile.bounds();
    let middle = at(f64::midpoint(bounds.west, bounds.east), f64::midpoint(bounds.south, bounds.north));
    let side_m = at(bounds.west, middle.lat()).geodesic_m(at(bounds.east, middle.lat()));
    (tile, Window::new(middle, side_m))
}

fn drawn(layers: &[Layer]) -> Result<Scene, StreetsError> {
    let (tile, window) = stage();
    let mut sheet = Sheet::new(window);
    sheet.add(&Packed::plain(tile, encode(layers)))?;
    Ok(sheet.into_scene())
}

fn square(min: i32, max: i32) -> Vec<Vec<Vec<(i32, i32)>>> {
    vec![vec![vec![(min, min), (max, min), (max, max), (min, max)]]]
}

fn text<'a>(tags: &[(&'a str, &'a str)]) -> Vec<(&'a str, Value<'a>)> {
    tags.iter().map(|(key, value)| (*key, Value::Str(value))).collect()
}

fn named(scene: &Scene) -> Vec<(&str, NameKind)> {
    scene.names.iter().map(|Name { text, kind, .. }| (text.as_str(), *kind)).collect()
}

#[test]
fn polygons_are_drawn_by_their_kind_in_either_scheme() {
    for (layer, tags, ground) in [
        ("water", &[("kind", "lake")][..], "water"),
        ("water", &[("natural", "water")], "water"),
        ("water", &[("leisure", "swimming_pool")], "land"),
        ("landuse", &[("kind", "park")], "green"),
        ("landuse", &[("pmap:kind", "park")], "green"),
        ("landuse", &[("pmap:kind", "other"), ("landuse", "grass")], "green"),
        ("landuse", &[("kind", "school")], "built_up"),
        ("landuse", &[("kind", "residential")], "land"),
        ("natural", &[("natural", "wood")], "green"),
        ("buildings", &[], "building"),
        ("earth", &[], "land"),
    ] {
        let mut layer = Layer::new(layer, 4096);
        layer.polygon(&square(1000, 3000), None, &text(tags));
        let scene = drawn(&[layer]).unwrap();
        check(&scene);
        assert_eq!(ground_at(&scene, (0.5, 0.5)), ground, "{tags:?}");
        assert_eq!(ground_at(&scene, (0.1, 0.1)), "land", "{tags:?}");
    }
}

#[test]
fn lines_are_drawn_by_their_kind_in_either_scheme() {
    for (layer, tags, middle, beside) in [
        ("roads", &[("kind", "major_road")][..], "road", "road_edge"),
        ("roads", &[("pmap:kind", "major_road")], "road", "road_edge"),
        ("roads", &[("pmap:kind", "rail")], "rail", "land"),
        ("roads", &[("kind", "path")], "road", "land"),
        ("water", &[("kind", "river")], "water", "land"),
        ("physical_line", &[("pmap:kind", "waterway"), ("waterway", "river")], "water", "land"),
        ("transit", &[("pmap:kind", "railway"), ("railway", "rail")], "rail", "land"),
        ("boundaries", &[("kind", "county")], "land", "land"),
    ] {
        let mut layer = Layer::new(layer, 4096);
        layer.line(&[vec![(0, 2048), (4096, 2048)]], None, &text(tags));
        let scene = drawn(&[layer]).unwrap();
        check(&scene);
        assert_eq!(ground_at(&scene, (0.3, 0.5)), middle, "{tags:?}");
        assert_eq!(ground_at(&scene, (0.3, 0.5 + 4.2 / 512.0)), beside, "{tags:?}");
    }
}

#[test]
fn a_railway_under_the_ground_is_not_drawn() {
    for below in [
        ("is_tunnel", Value::Bool(true)),
        ("pmap:level", Value::Int(-1)),
        ("pmap:level", Value::Double(-1.0)),
    ] {
        let mut layer = Layer::new("roads", 4096);
        layer.line(&[vec![(0, 2048), (4096, 2048)]], None, &[("kind", Value::Str("rail")), below]);
        assert_eq!(ground_at(&drawn(&[layer]).unwrap(), (0.5, 0.5)), "land", "{below:?}");
    }
}

#[test]
fn names_are_chinese_first_and_come_once() {
    let mut roads = Layer::new("roads", 4096);
    let road = |layer: &mut Layer, y: i32, x: i32, tags: &[(&str, &str)]| {
        layer.line(&[vec![(0, y), (x, y)]], None, &text(tags));
    };
    let wenhua = [("kind", "major_road"), ("name", "文化路"), ("name:en", "Wenhua Road")];
    road(&mut roads, 500, 1000, &wenhua);
    road(&mut roads, 600, 3000, &wenhua);
    road(&mut roads, 900, 3000, &[("kind", "minor_road"), ("name", "Via Roma"), ("name:zh-Hans", "罗马街")]);
    road(&mut roads, 950, 3500, &[("kind", "minor_road"), ("name", "Long")]);
    road(&mut roads, 990, 200, &[("kind", "minor_road"), ("name", "short")]);
    road(&mut roads, 999, 4000, &[("kind", "path"), ("name", "path")]);
    road(&mut roads, 999, 4000, &[("kind", "minor_road"), ("name", &"x".repeat(41))]);
    let mut water = Layer::new("water", 4096);
    water.polygon(&square(1500, 3900), None, &text(&[("kind", "lake"), ("name", "湖")]));
    water.point((5, 5), None, &text(&[("kind", "sea"), ("name", "渤海"), ("name:en", "Bohai Sea")]));
    let mut places = Layer::new("places", 4096);
    places.point((2000, 100), None, &text(&[("kind", "neighbourhood"), ("name", "里")]));
    places.point((2000, 100), None, &text(&[("kind", "country"), ("name", "国")]));
    let scene = drawn(&[roads, water, places]).unwrap();
    check(&scene);
    let expected =
        [("渤海", Sea), ("湖", Water), ("里", Town), ("文化路", Road), ("Long", Road), ("罗马街", Road)];
    assert_eq!(named(&scene), expected);
    let wenhua = scene.names.iter().find(|name| name.text == "文化路").unwrap();
    assert!((wenhua.at.0 - 1500.0 / 4096.0).abs() < 0.01 && (wenhua.at.1 - 600.0 / 4096.0).abs() < 0.01);
}

#[test]
fn what_is_damaged_or_too_much_is_refused() {
    let (tile, window) = stage();
    let mut layer = Layer::new("roads", 4096);
    layer.line(&[vec![(0, 2048), (4096, 2048)]], None, &text(&[("kind", "highway")]));
    let whole = encode(&[layer]);
    let refused = |bytes: Vec<u8>| Sheet::new(window).add(&Packed::plain(tile, bytes));
    assert!(refused(whole.clone()).is_ok());
    assert!(matches!(refused(whole[..whole.len() - 3].to_vec()), Err(StreetsError::Tile { .. })));
    // Whatever bytes are turned, there is an answer.
    for at in 0..whole.len() {
        for mask in [1, 0x80, 0xff] {
            let mut turned = whole.clone();
            turned[at] ^= mask;
            let _ = refused(turned);
        }
    }
    let mut many = Layer::new("places", 4096);
    (0..100_001).for_each(|_| many.point((0, 0), None, &[]));
    assert!(matches!(refused(encode(&[many])), Err(StreetsError::TooMuch { .. })));
}

/// A Protomaps file with one tile (PMTiles specification 3).
fn archive(tile: TileCoord, bytes: &[u8]) -> Vec<u8> {
    let id = pmtiles::TileId::from(pmtiles::TileCoord::new(tile.z(), tile.x(), tile.y()).unwrap()).value();
    let mut directory = Vec::new();
    for mut number in [1, id, 1, bytes.len() as u64, 1] {
        while number >= 0x80 {
            directory.push(number.to_le_bytes()[0] | 0x80);
            number >>= 7;
        }
        directory.push(number.to_le_bytes()[0]);
    }
    let mut file = b"PMTiles\x03".to_vec();
    let data = 127 + directory.len() as u64;
    let numbers = [127, directory.len() as u64, data, 0, data, 0, data, bytes.len() as u64, 1, 1, 1];
    file.extend(numbers.iter().flat_map(|number| number.to_le_bytes()));
    // Clustered; directories and tiles not packed; vector tiles; the zooms; the bounds are not read.
    file.extend([1, 1, 1, 1, tile.z(), tile.z()]);
    file.resize(127, 0);
    [file.as_slice(), &directory, bytes].concat()
}

fn road(y: i32) -> Vec<u8> {
    let mut layer = Layer::new("roads", 4096);
    layer.line(&[vec![(-64, y), (4160, y)]], None, &text(&[("kind", "highway")]));
    encode(&[layer])
}

#[tokio::test]
async fn a_file_is_read_where_it_has_tiles_and_anew_when_it_is_replaced() {
    let (tile, window) = stage();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("streets.pmtiles");
    std::fs::write(&path, archive(tile, &road(2048))).unwrap();
    let source = Streets::open(&path).await.unwrap();
    let scene = streets(&source, window).await.unwrap().unwrap();
    check(&scene);
    assert_eq!(ground_at(&scene, (0.3, 0.5)), "road");
    // A deeper window is drawn from the same tile, enlarged.
    let deep = Window::new(
        at(window.bounds().west + 1e-3, f64::midpoint(tile.bounds().north, tile.bounds().south)),
        150.0,
    );
    let scene = streets(&source, deep).await.unwrap().unwrap();
    check(&scene);
    assert!(scene.layers.iter().any(|ground| ground.name == "road" && !ground.polygons.is_empty()));
    assert!(streets(&source, Window::new(at(0.0, 0.0), 1_200.0)).await.unwrap().is_none());
    // The file begins with tiles that are too small for so large a window.
    let wide = Window::new(at(window.bounds().west, tile.bounds().south), 20_000.0);
    assert!(streets(&source, wide).await.unwrap().is_none());

    replace(&path, &archive(tile, &road(1024)));
    let scene = streets(&source, window).await.unwrap().unwrap();
    assert_eq!(ground_at(&scene, (0.3, 0.25)), "road");
    assert_eq!(ground_at(&scene, (0.3, 0.5)), "land");

    let whole = archive(tile, &road(2048));
    replace(&path, &whole[..whole.len() - 5]);
    assert!(matches!(streets(&source, window).await, Err(StreetsError::Archive(_))));
    replace(&path, b"PMTiles");
    assert!(matches!(streets(&source, window).await, Err(StreetsError::Archive(_))));
    std::fs::remove_file(&path).unwrap();
    assert!(matches!(streets(&source, window).await, Err(StreetsError::Open(_))));
    assert!(matches!(Streets::open(&path).await, Err(StreetsError::Open(_))));
}

/// Puts another file in the place of one, as `mv` does.
fn replace(path: &Path, bytes: &[u8]) {
    let new = path.with_extension("new");
    std::fs::write(&new, bytes).unwrap();
    std::fs::rename(&new, path).unwrap();
    // Two files within a tick of the clock are told apart by this even on the same number.
    let file = std::fs::File::options().write(true).open(path).unwrap();
    file.set_modified(SystemTime::UNIX_EPOCH + Duration::from_secs(bytes.len() as u64)).unwrap();
}

/// Florence in an older scheme; the file is no part of the project.
fn florence() -> Option<PathBuf> {
    let path =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/osm/firenze_protomaps_z0-14.pmtiles");
    if path.exists() {
        return Some(path);
    }
    let _ = writeln!(std::io::stderr(), "skipped: the Protomaps file of Florence is not here");
    None
}

#[tokio::test]
async fn a_real_city_has_its_river_roads_and_names() {
    let Some(path) = florence() else { return };
    let source = Streets::open(&path).await.unwrap();
    let centre = at(11.2558, 43.7696);
    let scene = streets(&source, Window::new(centre, 1_200.0)).await.unwrap().unwrap();
    check(&scene);
    let polygons =
        |name: &str| scene.layers.iter().find(|ground| ground.name == name).unwrap().polygons.len();
    assert!(
        polygons("road") > 300 && polygons("building") > 500,
        "{} {}",
        polygons("road"),
        polygons("building")
    );
    // The square of the cathedral has its streets' names; the Arno flows under the Ponte Vecchio.
    assert!(
        named(&scene).iter().filter(|(_, kind)| *kind == NameKind::Road).count() > 10,
        "{:?}",
        named(&scene)
    );
    assert!(named(&scene).iter().any(|(text, _)| text.starts_with("Via ")), "{:?}", named(&scene));
    let river = Window::new(at(11.2531, 43.7680), 1_200.0);
    let scene = streets(&source, river).await.unwrap().unwrap();
    check(&scene);
    assert_eq!(ground_at(&scene, river.local(at(11.2510, 43.7685), 1)), "water");
    assert!(streets(&source, Window::new(at(119.6, 39.93), 1_200.0)).await.unwrap().is_none());
}
