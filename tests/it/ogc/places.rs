//! Coordinate systems: the order of axes, metres, windows and filters in each against a plain reckoning.

use std::f64::consts::PI;

use serde_json::{Value, json};

use super::{ids, link};
use crate::chance::Chance;
use crate::harness::Town;

const CRS84: &str = "http://www.opengis.net/def/crs/OGC/1.3/CRS84";
const MERCATOR: &str = "http://www.opengis.net/def/crs/EPSG/0/3857";
const SYSTEMS: [&str; 4] = [
    CRS84,
    "http://www.opengis.net/def/crs/EPSG/0/4326",
    MERCATOR,
    "http://www.opengis.net/def/crs/EPSG/0/4490",
];

fn pair(feature: &Value) -> [f64; 2] {
    serde_json::from_value(feature["geometry"]["coordinates"].clone()).unwrap()
}

/// Degrees in a system, in the order of its axes, by the formula of the textbook.
fn in_system(crs: &str, [lon, lat]: [f64; 2]) -> [f64; 2] {
    match crs {
        CRS84 => [lon, lat],
        MERCATOR => {
            let north = (PI / 4.0 + lat.to_radians() / 2.0).tan().ln();
            [6_378_137.0 * lon.to_radians(), 6_378_137.0 * north]
        }
        _ => [lat, lon],
    }
}

fn near([a, b]: [f64; 2], [c, d]: [f64; 2], by: f64) -> bool {
    (a - c).abs() < by && (b - d).abs() < by
}

/// A window whose edges are not where a station is.
fn window(chance: &mut Chance) -> [f64; 4] {
    let mut lon = || 118.5 + f64::from(i32::try_from(chance.of(0..=15_000)).unwrap()) / 1e4 + 0.000_033;
    let (a, b) = (lon(), lon());
    let mut lat = || 39.4 + f64::from(i32::try_from(chance.of(0..=12_000)).unwrap()) / 1e4 + 0.000_033;
    let (c, d) = (lat(), lat());
    [a.min(b), c.min(d), a.max(b), c.max(d)]
}

both_engines! {
    async fn an_answer_is_in_the_system_that_is_asked_for(t: Town) {
        t.demonstrate().await;
        let plain = t.items_of_all_pages(&[]).await;
        for crs in SYSTEMS {
            let reply = t.items().with("crs", crs).with("limit", 1_000).send().await;
            assert_eq!(reply.header("content-crs"), format!("<{crs}>"));
            let told = reply.json()["features"].as_array().unwrap().clone();
            assert_eq!(ids(&told), ids(&plain));
            for (there, here) in told.iter().zip(&plain) {
                let by = if crs == MERCATOR { 0.02 } else { 1e-9 };
                assert!(near(pair(there), in_system(crs, pair(here)), by), "{crs} {there} {here}");
            }
            let one = t.get(format!("/ogc/collections/stations/items/{}", ids(&plain)[0])).with("crs", crs).send().await;
            assert_eq!((one.header("content-crs"), pair(&one.json())), (format!("<{crs}>").as_str(), pair(&told[0])));
        }
        assert_eq!(t.items().send().await.header("content-crs"), format!("<{CRS84}>"));
        let collection = t.get("/ogc/collections/stations").json().await;
        assert_eq!((&collection["crs"], link(&collection, "items").is_some()), (&json!(SYSTEMS), true));
        for name in ["crs", "bbox-crs", "filter-crs"] {
            let wrong = t.items().with(name, "http://www.opengis.net/def/crs/EPSG/0/2154").send().await;
            assert_eq!((wrong.status.as_u16(), &wrong.json()["errors"][0]["field"]), (400, &json!(name)));
        }
    }

    async fn windows_and_shapes_choose_what_a_plain_reckoning_does(t: Town) {
        t.demonstrate().await;
        let all = t.items_of_all_pages(&[]).await;
        let (mut chance, mut found) = (Chance::new(7), 0);
        for _ in 0..12 {
            let [west, south, east, north] = window(&mut chance);
            let inside = |f: &&Value| {
                let [lon, lat] = pair(f);
                (west..=east).contains(&lon) && (south..=north).contains(&lat)
            };
            let expected = ids(&all.iter().filter(inside).cloned().collect::<Vec<_>>());
            found += expected.len();
            for crs in SYSTEMS {
                let corners = [[west, south], [east, south], [east, north], [west, north]].map(|c| in_system(crs, c));
                let [[a, b], _, [c, d], _] = corners;
                let bbox = format!("{a},{b},{c},{d}");
                let boxed = t.items_of_all_pages(&[("bbox", &bbox), ("bbox-crs", crs)]).await;
                assert_eq!(ids(&boxed), expected, "{crs} {bbox}");
                let ring = [0, 1, 2, 3, 0].map(|i: usize| format!("{} {}", corners[i][0], corners[i][1])).join(",");
                for shape in [format!("BBOX({bbox})"), format!("POLYGON(({ring}))")] {
                    let filter = format!("S_INTERSECTS(geometry, {shape})");
                    let chosen = t.items_of_all_pages(&[("filter", &filter), ("filter-crs", crs), ("limit", "500")]).await;
                    assert_eq!(ids(&chosen), expected, "{crs} {filter}");
                }
            }
        }
        assert!(found > 100, "{found}");
    }

    async fn a_window_may_cross_the_antimeridian(t: Town) {
        t.station("西").at(-179.5, 10.0).open().await;
        t.station("东").at(179.5, 10.0).open().await;
        t.station("中").at(0.0, 10.0).open().await;
        assert_eq!(t.items().with("bbox", "170,0,-170,20").names().await, ["西", "东"]);
        assert_eq!(t.items().with("bbox", "-180,-90,180,90").names().await.len(), 3);
        assert_eq!(t.items().with("bbox", "-180,-90,0,180,90,0").names().await.len(), 3);
        for wrong in ["1,2,3", "1,2,3,4,5", "1,2,3,4,5,6,7", "a,b,c,d", "0,20,1,10", "NaN,0,1,1", "0,0,1e300,1"] {
            let reply = t.items().with("bbox", wrong).send().await;
            assert_eq!((reply.status.as_u16(), &reply.json()["errors"][0]["field"]), (400, &json!("bbox")), "{wrong}");
        }
    }
}
