//! The map's tiles: each station in one of them, clusters that count all, a base map under it.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;

use axum::http::StatusCode;
use fast_mvt::{MvtLayer, MvtReaderRef, MvtValue};
use flate2::read::GzDecoder;
use serde_json::{Value, json};
use spatial::{Position, TileCoord};
use yizhan::stations::model::{FacilityCode, Host};

use crate::arrange::{CENTRE, place};
use crate::client::{Reply, text};
use crate::harness::Town;

/// The layers of a vector tile.
pub(crate) fn layers(reply: &Reply) -> Vec<MvtLayer> {
    assert_eq!(reply.header("content-type"), "application/vnd.mapbox-vector-tile");
    MvtReaderRef::new(&reply.body).expect("a tile").to_tile().expect("layers").layers
}

/// The properties of the features of a tile's only layer.
pub(crate) fn features(reply: &Reply) -> Vec<BTreeMap<String, MvtValue>> {
    if reply.status == 204 {
        return Vec::new();
    }
    let layers = layers(reply);
    assert_eq!(layers.iter().map(|l| l.name.as_str()).collect::<Vec<_>>(), ["stations"]);
    layers[0].features.iter().map(|f| f.properties.iter().cloned().collect()).collect()
}

fn unpacked(body: &[u8]) -> Vec<u8> {
    let mut plain = Vec::new();
    GzDecoder::new(body).read_to_end(&mut plain).expect("gzip");
    plain
}

pub(crate) fn whole(value: &MvtValue) -> u64 {
    match value {
        MvtValue::UInt(n) => *n,
        other => panic!("{other:?} is no whole number"),
    }
}

pub(crate) fn path(layer: &str, tile: TileCoord, ending: &str) -> String {
    format!("/tiles/{layer}/{}/{}/{}.{ending}", tile.z(), tile.x(), tile.y())
}

/// The tiles of a zoom that hold the positions, and those around them.
pub(crate) fn tiles_around(positions: &[Position], z: u8) -> BTreeSet<(u32, u32)> {
    let across = 1_u32 << z;
    let around = |n: u32| n.saturating_sub(1)..(n + 2).min(across);
    let tiles = positions.iter().filter_map(|p| TileCoord::containing(*p, z));
    tiles.flat_map(|t| around(t.x()).flat_map(move |x| around(t.y()).map(move |y| (x, y)))).collect()
}

both_engines! {
    async fn each_station_is_in_one_tile_of_each_zoom(t: Town) {
        t.demonstrate().await;
        let stations = t.list().with("limit", 200).all().await;
        let position = |f: &Value| {
            let [lon, lat] = serde_json::from_value(f["geometry"]["coordinates"].clone()).unwrap();
            place((lon, lat))
        };
        let positions: Vec<_> = stations.iter().map(position).collect();
        let open = stations.iter().filter(|f| ["open", "closing_soon"].iter().any(|s| f["properties"]["state"] == *s));
        let open = open.count() as u64;
        for z in [0, 3, 8, 12, 13, 16] {
            let (mut counted, mut counted_open, mut ids) = (0, 0, Vec::new());
            for (x, y) in tiles_around(&positions, z) {
                let tile = TileCoord::new(z, x, y).unwrap();
                for feature in features(&t.get(path("stations", tile, "mvt")).send().await) {
                    if feature.get("cluster") == Some(&MvtValue::Bool(true)) {
                        assert!(z < 13, "a cluster at zoom {z}");
                        counted += whole(&feature["point_count"]);
                        counted_open += whole(&feature["open_count"]);
                        assert!(whole(&feature["expansion_zoom"]) > u64::from(z));
                    } else {
                        counted += 1;
                        let MvtValue::String(state) = &feature["state"] else { panic!("no state") };
                        counted_open += u64::from(state == "open" || state == "closing_soon");
                        let MvtValue::String(id) = &feature["id"] else { panic!("no id") };
                        ids.push(id.clone());
                    }
                }
            }
            assert_eq!((counted, counted_open), (268, open), "zoom {z}");
            assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len(), "zoom {z}");
            assert!(z < 13 || ids.len() == 268);
        }
    }

    async fn both_encodings_show_the_same(t: Town) {
        t.demonstrate().await;
        for z in [0, 9, 12, 14] {
            let tile = TileCoord::containing(place(CENTRE), z).unwrap();
            let mvt = features(&t.get(path("stations", tile, "mvt")).send().await);
            let json = t.get(path("stations", tile, "geojson")).features().await;
            assert_eq!(mvt.len(), json.len());
            for (tags, feature) in mvt.iter().zip(&json) {
                for (key, value) in tags {
                    let told = &feature["properties"][key];
                    let same = match value {
                        MvtValue::String(s) => told == s,
                        MvtValue::UInt(n) => *told == json!(n),
                        MvtValue::Bool(b) => told == b,
                        other => panic!("{other:?}"),
                    };
                    assert!(same, "{key}: {value:?} {told}");
                }
            }
        }
    }

    async fn a_filter_and_a_time_hold_for_tiles_too(t: Town) {
        t.station("银行").host(Host::Bank).facility(FacilityCode::Water).open().await;
        t.station("夜").hours("22:00-06:00").host(Host::Park).district("130302").open().await;
        let tile = path("stations", TileCoord::containing(place(CENTRE), 14).unwrap(), "geojson");
        let names = async |name: &str, value: &str| {
            let reply = t.get(&tile).with(name, value).send().await;
            let found = if reply.status == 204 { json!({"features": []}) } else { reply.json() };
            found["features"].as_array().unwrap().iter().map(|f| text(&f["properties"]["name"])).collect::<Vec<_>>()
        };
        assert_eq!(names("host", "bank").await, ["银行"]);
        assert_eq!(names("open", "now").await, ["银行"]);
        assert_eq!(names("state", "closed").await, ["夜"]);
        assert_eq!(names("district", "130302").await, ["夜"]);
        assert_eq!(names("q", "银").await, ["银行"]);
        assert_eq!(names("facility", "water").await, ["银行"]);
        assert!(names("facility", "aed").await.is_empty());
        let night = t.get(&tile).with("at", "2026-11-24T23:00:00+08:00").features().await;
        assert!(night.iter().all(|f| f["properties"]["state"] == "open"));
        let usable = &t.get(&tile).with("host", "bank").features().await[0]["properties"]["facilities"];
        assert_eq!(*usable, json!(FacilityCode::Water.bit()));
    }

    async fn an_empty_tile_is_empty_and_one_outside_the_matrix_is_not_there(t: Town) {
        t.station("站").open().await;
        for address in ["3/0/0.mvt", "3/0/0.geojson", "16/0/0.mvt"] {
            let reply = t.get(format!("/tiles/stations/{address}")).send().await;
            assert_eq!((reply.status.as_u16(), reply.body.len()), (204, 0), "{address}");
        }
        let outside = [
            "0/1/0.mvt", "0/0/1.mvt", "3/8/0.mvt", "17/0/0.mvt", "23/0/0.mvt", "256/0/0.mvt", "-1/0/0.mvt", "0/0/0.png",
            "0/0/0", "a/b/c.mvt", "3/4294967296/0.mvt", "1e1/0/0.mvt", "0/0/0.mvt.mvt", "%00/0/0.mvt",
        ];
        for address in outside {
            let reply = t.get(format!("/tiles/stations/{address}")).send().await;
            assert_eq!((reply.status.as_u16(), &reply.json()["code"]), (404, &json!("not_found")), "{address}");
        }
        assert_eq!(t.get("/tiles/stations/0/0/0.mvt").with("colour", "red").send().await.status, 400);
    }

    async fn the_tilejson_says_where_tiles_are_and_what_is_in_them(t: Town) {
        t.station("站").open().await;
        let told = t.get("/tiles/stations.json").with("host", "bank").json().await;
        assert_eq!(told["tilejson"], "3.0.0");
        assert_eq!(told["tiles"], json!(["http://town.test/tiles/stations/{z}/{x}/{y}.mvt?host=bank"]));
        assert_eq!((&told["minzoom"], &told["maxzoom"], &told["cluster_zoom"]), (&json!(0), &json!(16), &json!(13)));
        assert_eq!(told["bounds"], json!([119.6, 39.93, 119.6, 39.93]));
        let layer = &told["vector_layers"][0];
        assert_eq!(layer["id"], "stations");
        assert!(layer["fields"].as_object().unwrap().contains_key("open_count"));
        let bits = told["facilities"].as_object().unwrap();
        assert_eq!(bits.len(), FacilityCode::ALL.len());
        for code in FacilityCode::ALL {
            assert_eq!(1 << bits[code.as_str()].as_u64().unwrap(), code.bit());
        }
    }

    async fn the_base_map_has_coast_districts_and_names(t: Town) {
        let tile = TileCoord::containing(place(CENTRE), 9).unwrap();
        let names: BTreeSet<_> = layers(&t.get(path("base", tile, "mvt")).send().await).into_iter().map(|l| l.name).collect();
        assert!(["sea", "district"].iter().all(|n| names.contains(*n)), "{names:?}");
        let mut labels = BTreeSet::new();
        let mut seen = BTreeSet::new();
        for (x, y) in tiles_around(&[place(CENTRE)], 9) {
            let reply = t.get(path("base", TileCoord::new(9, x, y).unwrap(), "mvt")).send().await;
            if reply.status == 204 {
                continue;
            }
            for layer in layers(&reply) {
                seen.insert(layer.name.clone());
                if layer.name == "district_name" {
                    let tags = layer.features.iter().flat_map(|f| f.properties.clone());
                    labels.extend(tags.filter(|(key, _)| key == "name").map(|(_, value)| format!("{value:?}")));
                }
            }
        }
        let all = ["border", "coast", "district", "district_name", "land", "place", "sea", "sea_name", "water"];
        assert_eq!(seen.iter().map(String::as_str).collect::<Vec<_>>(), all);
        assert_eq!(labels.len(), 7, "{labels:?}");
        assert_eq!(t.get("/tiles/base/13/0/0.mvt").send().await.status, 404);
        assert_eq!(t.get("/tiles/base/9/0/0.mvt").send().await.status, 204);
    }

    async fn a_tile_is_compressed_for_who_takes_it(t: Town) {
        t.demonstrate().await;
        let path = "/tiles/stations/8/212/97.mvt";
        let plain = t.get(path).send().await;
        assert_eq!((plain.header("content-encoding"), plain.header("vary").contains("accept-encoding")), ("", true));
        for (accepted, is_packed) in [("gzip, br", true), ("br;q=1, gzip;q=0.5", true), ("gzip;q=0", false), ("identity", false)] {
            let reply = t.get(path).header("accept-encoding", accepted).send().await;
            assert_eq!(reply.header("content-encoding") == "gzip", is_packed, "{accepted}");
            let body = if is_packed { unpacked(&reply.body) } else { reply.body };
            assert_eq!(body, plain.body, "{accepted}");
        }
    }

    async fn the_ground_is_also_drawn_as_pictures(t: Town) {
        let light = t.get("/tiles/base/11/1703/776.svg").send().await;
        assert_eq!((light.status, light.header("content-type")), (StatusCode::OK, "image/svg+xml"));
        assert!(light.text().starts_with("<svg ") && light.text().contains("#BFDFEA"), "{}", light.text());
        let dark = t.get("/tiles/base/11/1703/776-dark.svg").send().await;
        assert!(dark.text().contains("#10262E") && !dark.text().contains("#BFDFEA"));
        let known = t.get("/tiles/base/11/1703/776.svg").header("if-none-match", light.header("etag")).send().await;
        assert_eq!(known.status, StatusCode::NOT_MODIFIED);
        // A picture of ground without water is a picture too, down to the deepest zoom and no deeper.
        assert_eq!(t.get("/tiles/base/16/54503/24838.svg").send().await.status, StatusCode::OK);
        for none in ["/tiles/base/17/109006/49676.svg", "/tiles/base/11/1703/776-pink.svg", "/tiles/base/11/9999/776.svg"] {
            assert_eq!(t.get(none).send().await.status, StatusCode::NOT_FOUND, "{none}");
        }
    }
}
