//! A clerk's file becomes stations: through the built program, on both engines.

use std::path::{Path, PathBuf};

use encoding_rs::GB18030;
use rust_xlsxwriter::Workbook;
use serde_json::Value;
use spatial::{Datum, Position};
use yizhan::stations::model::Status;

use crate::client::text;
use crate::harness::Town;
use crate::program::Run;

const HEADINGS: &str = "站点编号,站点名称,区县,经度,纬度,依托单位,开放时间,服务设施,联系电话";
const GOOD: &str =
    "YZ-1,海港银行驿站,海港区,119.6,39.93,银行,8:30-12:00，14:30-18:00,饮水、微波炉,0335-5550001";

impl Run {
    /// The report of `--json`.
    fn report(&self) -> Value {
        serde_json::from_str(&self.said).unwrap_or_else(|e| panic!("{e}: {}", self.said))
    }

    /// The codes of all problems with their rows.
    fn problems(&self) -> Vec<(Option<u64>, String)> {
        let problems = self.report()["problems"].as_array().expect("problems").clone();
        problems.iter().map(|p| (p["row"].as_u64(), text(&p["code"]))).collect()
    }
}

impl Town {
    /// Runs `yizhan import`; the registry follows.
    async fn import(&self, file: &Path, flags: &[&str]) -> Run {
        let flags = flags.iter().map(Into::into);
        self.program_in(&[], ["import".into(), file.into()].into_iter().chain(flags).collect()).await
    }

    fn csv(&self, rows: &[&str]) -> PathBuf {
        self.file("stations.csv", format!("{HEADINGS}\n{}\n", rows.join("\n")))
    }
}

both_engines! {
    async fn a_list_is_looked_at_then_brought_in_and_twice_changes_nothing(town: Town) {
        let file = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/data/demo/example-import.csv"));
        let looked = town.import(&file, &["--crs", "gcj02", "--dry-run", "--json"]).await;
        assert_eq!((looked.status, &looked.report()["created"]), (Some(0), &30.into()));
        assert_eq!(town.snapshot().revision(), 0, "a dry run writes nothing");

        let done = town.import(&file, &["--crs", "gcj02", "--publish"]).await;
        assert_eq!(done.status, Some(0), "{}", done.said);
        assert!(done.said.contains("30"), "{}", done.said);
        assert_eq!((town.snapshot().len(), town.snapshot().revision()), (30, 1));

        let again = town.import(&file, &["--crs", "gcj02", "--publish", "--json"]).await;
        assert_eq!((&again.report()["unchanged"], &again.report()["created"]), (&30.into(), &0.into()));
        assert_eq!(town.snapshot().revision(), 1, "the same file twice changes nothing");
    }

    async fn a_row_becomes_a_station_that_is_found(town: Town) {
        let run = town.import(&town.csv(&[GOOD]), &["--publish"]).await;
        assert_eq!(run.status, Some(0), "{}", run.said);
        let found = town.nearest(119.6, 39.93).with("facility", "microwave").with("open", "now").features().await;
        let station = &found[0]["properties"];
        assert_eq!(station["hours"], "Mo-Su 08:30-12:00,14:30-18:00");
        assert_eq!((&station["code"], &station["host"], &station["district"]), (&"YZ-1".into(), &"bank".into(), &"130302".into()));
        assert_eq!(station["closes_at"], "2026-11-24T12:00:00+08:00");
    }

    async fn without_publish_the_stations_are_drafts(town: Town) {
        let file = town.csv(&[GOOD]);
        town.import(&file, &[]).await;
        assert!(town.snapshot().is_empty());
        town.import(&file, &["--publish"]).await;
        assert_eq!(town.list().names().await, ["海港银行驿站"]);
    }

    async fn an_update_leaves_alone_what_the_file_lacks(town: Town) {
        town.import(&town.csv(&[GOOD]), &["--publish"]).await;
        let file = town.file("names.csv", "站点编号,站点名称,经度,纬度\nYZ-1,海港银行新驿站,119.6,39.93\n");
        let run = town.import(&file, &["--json"]).await;
        assert_eq!(run.report()["updates"][0]["changes"].as_array().map(Vec::len), Some(1), "{}", run.said);
        let station = &town.list().features().await[0]["properties"];
        assert_eq!((&station["name"], &station["phone"]), (&"海港银行新驿站".into(), &"0335-5550001".into()));
    }

    async fn a_suspended_station_stays_suspended_whatever_is_published(town: Town) {
        let station = town.station("停用驿站").fact(|f| f.code = Some("YZ-1".into())).store(Status::Suspended).await;
        town.import(&town.csv(&[GOOD]), &["--publish"]).await;
        let reply = town.get(format!("/api/v1/stations/{}", station.id)).json().await;
        assert_eq!((&reply["properties"]["state"], &reply["properties"]["name"]), (&"suspended".into(), &"海港银行驿站".into()));
    }

    async fn one_wrong_row_and_nothing_is_written(town: Town) {
        let rows = [
            GOOD,
            "YZ-2,,海港区,119.6,39.94,银行,,,",
            "YZ-3,颠倒驿站,海港区,39.93,119.6,银行,,,",
            "YZ-4,无处驿站,海港区,,,银行,,,",
            "YZ-5,重号驿站,海港区,119.61,39.93,银行,,,",
            "YZ-5,重号驿站二,海港区,119.62,39.93,银行,,,",
        ];
        let run = town.import(&town.csv(&rows), &["--publish", "--json"]).await;
        assert_eq!(run.status, Some(1), "{}", run.said);
        assert!(town.snapshot().is_empty(), "all or nothing");
        let problems = run.problems();
        for wrong in [(3, "name_missing"), (4, "swapped"), (6, "code_twice"), (7, "code_twice")] {
            assert!(problems.iter().any(|(row, code)| (row.unwrap_or(0), code.as_str()) == wrong), "{wrong:?} in {problems:?}");
        }
        let told = town.import(&town.csv(&rows), &[]).await.said;
        assert!(told.contains("第 4 行") && told.contains("经度"), "row and column by name: {told}");
    }

    async fn unknown_words_are_kept_and_told(town: Town) {
        let row = "YZ-9,奇怪驿站,海港区,119.6,39.93,太空站,同网点营业时间,饮水、按摩椅,";
        let run = town.import(&town.csv(&[row]), &["--publish", "--json"]).await;
        assert_eq!(run.status, Some(0), "{}", run.said);
        let codes: Vec<_> = run.problems().into_iter().map(|(_, code)| code).collect();
        for code in ["facility_unknown", "word_unknown", "hours_uncertain"] {
            assert!(codes.iter().any(|c| c == code), "{code} in {codes:?}");
        }
        let station = &town.list().features().await[0]["properties"];
        assert_eq!((&station["state"], &station["hours_text"]), (&"unknown".into(), &"同网点营业时间".into()));
    }

    async fn every_encoding_and_format_gives_the_same_station(town: Town) {
        let csv = format!("{HEADINGS}\n{GOOD}\n");
        let mut book = Workbook::new();
        let sheet = book.add_worksheet();
        for (row, line) in csv.lines().enumerate() {
            for (column, cell) in line.split(',').enumerate() {
                let (row, column) = (u32::try_from(row).unwrap(), u16::try_from(column).unwrap());
                sheet.write_string(row, column, cell).unwrap();
            }
        }
        let geojson = r#"{"type":"FeatureCollection","features":[{"type":"Feature","geometry":{"type":"Point",
            "coordinates":[119.6,39.93]},"properties":{"站点编号":"YZ-1","站点名称":"海港银行驿站"}}]}"#;
        let files = [
            ("plain.csv", csv.clone().into_bytes()),
            ("marked.csv", [b"\xef\xbb\xbf", csv.as_bytes()].concat()),
            ("gb.csv", GB18030.encode(&csv).0.into_owned()),
            ("book.xlsx", book.save_to_buffer().unwrap()),
            ("points.geojson", geojson.as_bytes().to_vec()),
        ];
        for (i, (name, bytes)) in files.into_iter().enumerate() {
            let run = town.import(&town.file(name, bytes), &["--publish", "--json"]).await;
            let report = run.report();
            let expected = if i == 0 { ("created", 1) } else { ("unchanged", 1) };
            assert_eq!(report[expected.0], expected.1, "{name}: {}", run.said);
        }
        assert_eq!(town.snapshot().len(), 1);
    }

    async fn a_file_that_cannot_be_read_is_refused_in_words(town: Town) {
        let mut bomb = Workbook::new();
        let sheet = bomb.add_worksheet();
        sheet.write_string(0, 0, "站点名称").unwrap();
        sheet.write_string(59_999, 16_383, "x").unwrap();
        let latin: Vec<u8> = [HEADINGS.as_bytes(), b"\nYZ-1,caf\xe9 \xff\xff,,1,2,,,,\n"].concat();
        let files = [
            ("bomb.xlsx", bomb.save_to_buffer().unwrap()),
            ("latin.csv", latin),
            ("empty.csv", Vec::new()),
            ("no.xlsx", b"PK\x03\x04 this is no workbook".to_vec()),
            ("no.geojson", b"{\"type\": \"FeatureCollection\"".to_vec()),
        ];
        for (name, bytes) in files {
            let run = town.import(&town.file(name, bytes), &["--json"]).await;
            assert_eq!(run.status, Some(1), "{name}: {}", run.said);
            assert!(!text(&run.report()["detail"]).is_empty() && !text(&run.report()["code"]).is_empty(), "{name}");
        }
        assert!(town.list().features().await.is_empty(), "the service goes on");
    }

    async fn a_call_that_makes_no_sense_is_told_so(town: Town) {
        let file = town.csv(&[GOOD]);
        for flags in [&["--crs", "mars"][..], &["--map", "站点名称"], &["--map", "站点名称=colour"], &["--district", "13"]] {
            let run = town.import(&file, flags).await;
            assert_eq!(run.status, Some(2), "{flags:?}: {}", run.said);
        }
        assert_eq!(town.import(Path::new("no such file.csv"), &[]).await.status, Some(2));
    }

    async fn a_real_registry_comes_in_and_nearest_equals_brute_force(town: Town) {
        let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/data/registries/shenzhen_ev_urbanev_gcj02.csv");
        let Ok(csv) = std::fs::read_to_string(file) else { return skipped(file) };
        let flags = ["--crs", "gcj02", "--map", "station_id=code", "--map", "station_id=name", "--publish", "--json"];
        let run = town.import(Path::new(file), &flags).await;
        let report = run.report();
        assert_eq!((&report["created"], &report["warnings"], &report["errors"]), (&1587.into(), &1587.into(), &0.into()));
        assert_eq!(run.problems().iter().filter(|(_, code)| code == "district_missing").count(), 1587);
        assert_eq!(report["duplicates"].as_array().map(Vec::len), Some(248), "rows on shared points");
        assert_eq!(report["shared_points"], 118);

        let stations: Vec<(f64, f64)> = csv.lines().skip(1).map(lon_lat).collect();
        for (lon, lat) in [(114.06, 22.54), (113.88, 22.56), (114.3, 22.6), (113.785, 22.7141)] {
            same_as_brute_force(&town, &stations, (lon, lat), Datum::Gcj02).await;
            same_as_brute_force(&town, &stations, (lon, lat), Datum::Wgs84).await;
        }
    }
}

fn skipped(file: &str) {
    use std::io::Write;
    let line = format!("skipped: {file} is not here\n");
    std::io::stderr().write_all(line.as_bytes()).expect("written");
}

fn lon_lat(line: &str) -> (f64, f64) {
    let mut cells = line.split(',').skip(1).map(|cell| cell.parse().expect("degrees"));
    (cells.next().expect("lon"), cells.next().expect("lat"))
}

/// The distances of the ten nearest, asked of the service and computed one by one.
async fn same_as_brute_force(town: &Town, stations: &[(f64, f64)], (lon, lat): (f64, f64), datum: Datum) {
    let wgs84 = |datum: Datum, (lon, lat)| datum.to_wgs84(Position::new(lon, lat).expect("a place"));
    let from = wgs84(datum, (lon, lat));
    let mut metres: Vec<f64> = stations.iter().map(|s| from.geodesic_m(wgs84(Datum::Gcj02, *s))).collect();
    metres.sort_by(f64::total_cmp);
    let ask = town.nearest(lon, lat).with("crs", datum).with("limit", 10).with("within_m", 50_000);
    let answered: Vec<f64> = ask
        .features()
        .await
        .iter()
        .map(|f| f["properties"]["distance_m"].as_f64().expect("metres"))
        .collect();
    assert_eq!(answered.len(), 10);
    for (answered, computed) in answered.iter().zip(&metres) {
        assert!(
            (answered - computed).abs() < 0.2,
            "{answered} m is not {computed} m from {lon}, {lat} in {datum}"
        );
    }
}
