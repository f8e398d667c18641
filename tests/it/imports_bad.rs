//! Files that are traps and texts that are hostile: refused or harmless, and the service goes on.

use std::io::Write;

use axum::http::StatusCode;
use flate2::Compression;
use flate2::write::DeflateEncoder;
use rust_xlsxwriter::Workbook;
use serde_json::{Value, json};
use yizhan::accounts::Role;

use crate::client::text;
use crate::harness::on_sqlite;
use crate::imports::{list, workbook};

/// How many bad files come one after another.
const IN_A_ROW: usize = 200;

/// A workbook whose last corner holds a text.
fn far_corner() -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.write_string(0, 0, "站点名称").unwrap().write_string(59_999, 16_383, "x").unwrap();
    book.save_to_buffer().unwrap()
}

/// A zip archive of one file that is a great many times larger than it looks: `sheet1.xml` of blanks.
fn zip_bomb(megabytes: usize) -> Vec<u8> {
    let mut deflated = DeflateEncoder::new(Vec::new(), Compression::best());
    let blanks = vec![b' '; 1 << 20];
    for _ in 0..megabytes {
        deflated.write_all(&blanks).unwrap();
    }
    let (data, name, size) =
        (deflated.finish().unwrap(), b"xl/workbook.xml", u32::try_from(megabytes << 20).unwrap());
    let compressed = u32::try_from(data.len()).unwrap();
    let sizes = [0_u32.to_le_bytes(), compressed.to_le_bytes(), size.to_le_bytes()].concat();
    let name_length = u16::try_from(name.len()).unwrap().to_le_bytes();
    let versions = [20, 0, 0, 0, 8, 0, 0, 0, 0, 0];
    let local = [b"PK\x03\x04".as_slice(), &versions, &sizes, &name_length, &[0, 0], name, &data].concat();
    let central =
        [b"PK\x01\x02".as_slice(), &[20, 0], &versions, &sizes, &name_length, &[0; 16], name].concat();
    let (at, length) = (u32::try_from(local.len()).unwrap(), u32::try_from(central.len()).unwrap());
    let end = [
        b"PK\x05\x06".as_slice(),
        &[0, 0, 0, 0, 1, 0, 1, 0],
        &length.to_le_bytes(),
        &at.to_le_bytes(),
        &[0, 0],
    ]
    .concat();
    [local, central, end].concat()
}

/// Files that are no list, each with what it is refused for; none where that depends on the machine.
fn bad() -> Vec<(&'static str, Vec<u8>, Option<&'static str>)> {
    let polyglot = [b"%PDF-1.7\n".as_slice(), &workbook(&[&["站点名称"], &["甲"]])].concat();
    let latin = [b"name,lon\nM\xFCnchen,1\n".as_slice(), &[0xFF; 10]].concat();
    let deep = format!(
        "{{\"type\":\"FeatureCollection\",\"features\":{}{}}}",
        "[".repeat(20_000),
        "]".repeat(20_000)
    );
    vec![
        ("far.xlsx", far_corner(), Some("too_many_columns")),
        ("bomb.xlsx", zip_bomb(300), None),
        ("polyglot.xlsx", polyglot, Some("unknown_format")),
        ("old.xls", b"\xD0\xCF\x11\xE0 an old workbook".to_vec(), Some("old_workbook")),
        ("no.xlsx", b"PK\x03\x04 this is no workbook".to_vec(), Some("broken")),
        ("latin.csv", latin, Some("encoding")),
        ("deep.geojson", deep.into_bytes(), None),
        ("wide.csv", format!("{}\n", "a,".repeat(300)).into_bytes(), Some("too_many_columns")),
        ("long.csv", format!("名称\n{}\n", "长".repeat(20_000)).into_bytes(), Some("cell_too_long")),
        ("many.csv", "甲,乙\n".repeat(150_000).into_bytes(), Some("too_many_cells")),
    ]
}

#[tokio::test]
async fn two_hundred_bad_files_in_a_row_leave_the_service_as_it_was() {
    on_sqlite(|town| async move {
        let clerk = town.staff("clerk", Role::City, "").await;
        let files = bad();
        for turn in 0..IN_A_ROW {
            // The slow ones come once.
            let which = if turn < files.len() { turn } else { [0, 2, 3, 4, 5, 7, 8][turn % 7] };
            let (name, bytes, code) = &files[which];
            let reply = town.send_file(&clerk, name, bytes, json!({})).await;
            assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY, "{name}: {}", reply.text());
            let error = &reply.json()["errors"][0];
            assert_eq!(error["field"], "file", "{name}");
            if let Some(code) = code {
                assert_eq!(&error["code"], code, "{name}: {error}");
            }
            assert!(!text(&error["detail"]).is_empty());
        }
        assert_eq!(town.get("/api/v1/imports").by(&clerk).json().await["items"], json!([]));
        let good = town.sent(&clerk, &list(&["YZ-1,好驿站,海港区,,119.6,39.93,,"]), json!({})).await;
        assert_eq!(good["plan"]["created"], 1);
        let folder = std::fs::read_dir(&town.app.config.storage.data).unwrap();
        let left: Vec<_> = folder.flatten().map(|f| f.file_name().to_string_lossy().into_owned()).collect();
        assert!(left.iter().all(|name| !name.contains("xlsx") && !name.contains("tmp")), "{left:?}");
    })
    .await;
}

#[tokio::test]
async fn what_is_no_file_or_no_option_is_told_so() {
    on_sqlite(|town| async move {
        let clerk = town.staff("clerk", Role::City, "").await;
        let field = |reply: &crate::client::Reply| text(&reply.json()["errors"][0]["field"]);
        let none = town.send_file(&clerk, "empty.csv", b"", json!({})).await;
        assert_eq!((none.status, field(&none)), (StatusCode::BAD_REQUEST, "file".into()));
        let file = list(&["YZ-1,好驿站,海港区,,119.6,39.93,,"]);
        for (options, name) in [
            (json!({ "crs": "mars" }), "options.crs"),
            (json!({ "map": { "没有": "name" } }), "options.map"),
            (json!({ "district": "110101" }), "options.district"),
        ] {
            let reply = town.send_file(&clerk, "a.csv", &file, options).await;
            assert_eq!(
                (reply.status, field(&reply)),
                (StatusCode::UNPROCESSABLE_ENTITY, name.into()),
                "{}",
                reply.text()
            );
        }
        let odd = town.send_file(&clerk, "a.csv", &file, json!({ "colour": 1 })).await;
        assert_eq!(odd.status, StatusCode::BAD_REQUEST);
        let json = town.post("/api/v1/imports").by(&clerk).sending(json!({})).send().await;
        assert_eq!(json.status, StatusCode::UNSUPPORTED_MEDIA_TYPE);
        let import = town.sent(&clerk, &file, json!({})).await;
        for (patch, field) in [
            (json!({ "fixes": [{ "row": 9, "column": 0, "value": "x" }] }), "fixes[0]"),
            (json!({ "fixes": [{ "row": 2, "column": 99, "value": "x" }] }), "fixes[0]"),
            (json!({ "fixes": [{ "row": 2, "column": 0, "value": "长".repeat(2_001) }] }), "fixes[0].value"),
            (json!({ "map": { "99": ["name"] } }), "map.99"),
            (json!({ "crs": "mars" }), "crs"),
            (json!({ "pins": [{ "row": 2, "lat": 91, "lon": 119 }] }), "pins[0].lat"),
            (json!({ "pins": [{ "row": 2, "lat": 0, "lon": 0 }] }), "pins[0].lat"),
            (json!({ "skips": [{ "row": 9, "skip": true }] }), "skips[0].row"),
            (json!({ "decisions": [{ "row": 2, "other_row": 2, "decision": "same" }] }), "decisions[0]"),
            (
                json!({ "decisions": [{ "row": 2, "station_id": uuid::Uuid::nil(), "decision": "same" }] }),
                "decisions[0]",
            ),
        ] {
            let reply =
                town.on_import(&clerk, axum::http::Method::PATCH, &import, "", Some(patch.clone())).await;
            assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY, "{patch}: {}", reply.text());
            assert_eq!(text(&reply.json()["errors"][0]["field"]), field, "{patch}");
        }
        assert_eq!(town.import_now(&clerk, &import).await["version"], import["version"]);
    })
    .await;
}

/// Texts that mean harm where somebody runs, calculates or prints them.
const HOSTILE: [&str; 8] = [
    "<script>alert(1)</script>",
    "=HYPERLINK(\"http://x\",\"y\")",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "'; DROP TABLE station; --",
    "\u{202e}txt.exe",
    "a\u{0}b",
    "../../etc/passwd",
    "{{7*7}}",
];

/// A row whose name and remark are a hostile text, some way from the others.
fn hostile_row(n: u32, text: &str) -> Vec<String> {
    let lon = format!("{:.3}", 119.55 + 0.004 * f64::from(n));
    [text, &lon, "39.93", "海港区", text].map(str::to_owned).to_vec()
}

#[tokio::test]
async fn hostile_texts_stay_texts() {
    on_sqlite(|town| async move {
        let clerk = town.staff("clerk", Role::City, "").await;
        let rows: Vec<Vec<String>> = (0_u32..).zip(HOSTILE).map(|(n, text)| hostile_row(n, text)).collect();
        let mut book: Vec<Vec<&str>> = vec![vec!["名称", "经度", "纬度", "区县", "<b>备注</b>"]];
        book.extend(rows.iter().map(|row| row.iter().map(String::as_str).collect()));
        let file = workbook(&book.iter().map(Vec::as_slice).collect::<Vec<_>>());
        let reply = town.send_file(&clerk, "../<img src=x>.xlsx", &file, json!({})).await;
        let import = reply.json();
        assert_eq!(
            (reply.status, &import["file_name"]),
            (StatusCode::CREATED, &json!("<img src=x>.xlsx")),
            "{}",
            reply.text()
        );
        assert_eq!(reply.header("content-type"), "application/json");
        let back =
            town.get(format!("/api/v1/imports/{}/workbook", text(&import["id"]))).by(&clerk).send().await;
        let again = town.sent(&clerk, &back.body, json!({})).await;
        let cells = |rows: &[Value]| rows.iter().map(|r| r["cells"][0].clone()).collect::<Vec<_>>();
        let (first, second) = (town.rows(&clerk, &import, "").await, town.rows(&clerk, &again, "").await);
        assert!(
            second.iter().all(|row| row["problems"]
                .as_array()
                .unwrap()
                .iter()
                .all(|p| p["code"] != "formula_cell"))
        );
        assert_eq!(cells(&first).len(), cells(&second).len());
        let done =
            town.committed(&clerk, &town.change(&clerk, &import, json!({ "map": { "4": [] } })).await).await;
        assert_eq!(done["state"], "committed", "{done}");
        let names: Vec<_> =
            town.get("/api/v1/registry?status=draft&limit=50").by(&clerk).json().await["items"]
                .as_array()
                .unwrap()
                .iter()
                .map(|s| text(&s["name"]))
                .collect();
        assert!(
            names.contains(&"'; DROP TABLE station; --".to_owned())
                && names.contains(&"<script>alert(1)</script>".to_owned()),
            "{names:?}"
        );
    })
    .await;
}
