//! The programs that people read such services with: GDAL and OWSLib, against the built program on a port of its own.

use std::io::Write as _;
use std::process::{Command, Stdio};

use serde_json::Value;
use tokio::task::spawn_blocking;

use super::ids;
use crate::client::text;
use crate::harness::Town;
use crate::kills::served::Served;
use crate::place::{Place, at_each_engine};

/// A collection that a question of the town's own counts, and the same for GDAL.
const WHERE: [(&str, &str); 6] = [
    ("host = 'bank' AND is_open = 1", "host = 'bank' AND is_open = TRUE"),
    ("name LIKE '%支行%' OR facility_water = 0", "name LIKE '%支行%' OR NOT facility_water"),
    ("capacity >= 20 AND notice IS NULL", "capacity >= 20 AND notice IS NULL"),
    ("opened_on > '2026/01/01'", "opened_on > DATE('2026-01-01')"),
    ("last_confirmed < '2026/11/10 00:00:00'", "last_confirmed < TIMESTAMP('2026-11-10T00:00:00Z')"),
    ("rating > 3", "rating > 3"),
];

/// Says aloud what cannot be tried, unless nothing may be left out.
fn skip(what: &str, why: &str) {
    assert!(std::env::var_os("YIZHAN_NO_SKIP").is_none(), "YIZHAN_NO_SKIP is set, but {why}");
    let _ = std::io::stderr().write_all(format!("skipped: {what} ({why})\n").as_bytes());
}

/// Whether a program is there.
fn have(program: &str) -> bool {
    let asked = Command::new(program).arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status();
    asked.is_ok_and(|status| status.success())
}

/// What a tool says: its report, and what it fetched or complained about on the way.
async fn said(program: &str, arguments: &[&str]) -> (String, String) {
    let mut command = Command::new(program);
    command.args(arguments).env("CPL_DEBUG", "HTTP").env("LANG", "C.UTF-8").env_remove("http_proxy");
    let ended = spawn_blocking(move || command.output()).await.expect("a task").expect("the tool runs");
    let [out, err] = [ended.stdout, ended.stderr].map(|text| String::from_utf8_lossy(&text).into_owned());
    assert!(ended.status.success() && !err.contains("ERROR"), "{program} {arguments:?}: {out}\n{err}");
    (out, err)
}

/// The number after a heading of `ogrinfo`.
fn counted(report: &str) -> usize {
    let line = report.lines().find_map(|line| line.strip_prefix("Feature Count: "));
    line.unwrap_or_else(|| panic!("no count: {report}")).parse().expect("a number")
}

/// A town of the demonstration and the program that serves it.
async fn served(place: &Place) -> (Town, Served, String) {
    let town = place.town().await;
    town.demonstrate().await;
    let served = Served::start(place);
    let address = format!("http://{}/ogc", served.address);
    (town, served, address)
}

async fn gdal(place: Place) {
    let (town, _served, address) = served(&place).await;
    let source = format!("OAPIF:{address}");
    let (report, _) = said("ogrinfo", &["-al", "-so", &source, "stations"]).await;
    assert_eq!(counted(&report), 268, "{report}");
    for line in [
        "Geometry: Point",
        "id: String (0.0)",
        "name: String (0.0)",
        "facility_water: Integer(Boolean)",
        "is_open: Integer(Boolean)",
        "rating: Integer (0.0)",
        "capacity: Integer (0.0)",
        "opens_at: DateTime (0.0)",
        "opened_on: Date (0.0)",
    ] {
        assert!(report.contains(line), "{line}: {report}");
    }
    // GDAL hands its condition to the service, and the service counts what GDAL then counts.
    for (condition, filter) in WHERE {
        let (report, log) = said("ogrinfo", &["-so", "-where", condition, &source, "stations"]).await;
        let expected =
            town.items().with("filter", filter).with("limit", 1).json().await["numberMatched"].clone();
        assert_eq!(Value::from(counted(&report)), expected, "{condition}: {log}");
        assert!(log.contains("&filter=") && log.contains("filter-lang=cql-text"), "{condition}: {log}");
    }
    window(&town, &place, &source).await;
    tile(&town, &place).await;
}

/// A rectangle cut out, into a file, in pages of any size.
async fn window(town: &Town, place: &Place, source: &str) {
    let expected = town.items_of_all_pages(&[("bbox", "119.5,39.9,119.7,40")]).await;
    for size in ["PAGE_SIZE=17", "PAGE_SIZE=1000"] {
        let file = place.data.join(format!("{size}.geojson"));
        let file = file.to_str().expect("a path");
        let cut =
            ["-f", "GeoJSON", "-spat", "119.5", "39.9", "119.7", "40", "-oo", size, file, source, "stations"];
        let (_, log) = said("ogr2ogr", &cut).await;
        assert!(log.contains("bbox=119.5,"), "{log}");
        let made: Value = serde_json::from_slice(&std::fs::read(file).expect("a file")).expect("GeoJSON");
        let features = made["features"].as_array().expect("features");
        let name = |feature: &Value| text(&feature["properties"]["name"]);
        assert_eq!(
            features.iter().map(name).collect::<Vec<_>>(),
            expected.iter().map(name).collect::<Vec<_>>()
        );
        assert_eq!(features[0]["geometry"], expected[0]["geometry"]);
    }
}

/// A tile is read by GDAL's own reader of vector tiles.
async fn tile(town: &Town, place: &Place) {
    let tile = town.get("/ogc/collections/stations/tiles/WebMercatorQuad/9/194/425").send().await;
    let file = place.data.join("tile.mvt");
    std::fs::write(&file, &tile.body).expect("written");
    let (report, _) = said("ogrinfo", &["-al", &format!("MVT:{}", file.display())]).await;
    assert!(report.contains("using driver `MVT'") && report.contains("Layer name: stations"), "{report}");
    let counts = report.lines().filter_map(|line| line.trim().strip_prefix("point_count (Integer) = "));
    let clusters: usize = counts.map(|n| n.parse::<usize>().expect("a number")).sum();
    let drawn = crate::tiles::features(&tile);
    let known: u64 = drawn.iter().filter_map(|f| f.get("point_count")).map(crate::tiles::whole).sum();
    assert_eq!((counted(&report), clusters as u64), (drawn.len(), known), "{report}");
}

/// What is asked of OWSLib; it prints one line of JSON.
const OWSLIB: &str = r#"
import json, sys
from owslib.ogcapi.features import Features
service = Features(sys.argv[1])
page = service.collection_items("stations", limit=3, bbox=[119.5, 39.9, 119.7, 40], filter="host = 'bank'")
item = service.collection_item("stations", page["features"][0]["id"])
print(json.dumps({
    "classes": len(service.conformance()["conformsTo"]),
    "collections": service.feature_collections(),
    "title": service.collection("stations")["title"],
    "queryables": sorted(service.collection_queryables("stations")["properties"]),
    "matched": page["numberMatched"],
    "ids": [feature["id"] for feature in page["features"]],
    "item": item["properties"]["name"],
    "tilesets": service._request(path="collections/stations/tiles")["tilesets"],
}))
"#;

async fn owslib(place: Place) {
    let (town, _served, address) = served(&place).await;
    let mut command = Command::new("python3");
    let folder = std::env::var_os("YIZHAN_TEST_OWSLIB").unwrap_or_default();
    command.args(["-c", OWSLIB, &address]).env("PYTHONPATH", folder).env_remove("http_proxy");
    let ended = spawn_blocking(move || command.output()).await.expect("a task").expect("Python runs");
    let told = String::from_utf8_lossy(&ended.stdout).into_owned();
    assert!(ended.status.success(), "{told}{}", String::from_utf8_lossy(&ended.stderr));
    let told: Value = serde_json::from_str(&told).expect("JSON");
    let query = [("bbox", "119.5,39.9,119.7,40"), ("filter", "host = 'bank'")];
    let expected = town.items_of_all_pages(&query).await;
    assert_eq!(
        (&told["matched"], &told["collections"]),
        (&expected.len().into(), &serde_json::json!(["stations"]))
    );
    assert_eq!(told["ids"], serde_json::json!(ids(&expected[..3])));
    assert_eq!(told["item"], expected[0]["properties"]["name"]);
    assert!(told["queryables"].as_array().expect("a list").contains(&"facility_water".into()), "{told}");
    assert!(told["classes"].as_u64() > Some(20), "{told}");
    assert_eq!(told["tilesets"][0]["dataType"], "vector");
}

#[tokio::test]
async fn gdal_reads_stations_and_hands_its_conditions_on() {
    if !have("ogrinfo") {
        return skip("GDAL reads the OGC API", "ogrinfo is not installed");
    }
    at_each_engine(None, gdal).await;
}

#[tokio::test]
async fn owslib_reads_stations() {
    let folder = std::env::var("YIZHAN_TEST_OWSLIB").unwrap_or_default();
    if folder.is_empty() {
        return skip("OWSLib reads the OGC API", "YIZHAN_TEST_OWSLIB names no folder with it");
    }
    at_each_engine(None, owslib).await;
}
