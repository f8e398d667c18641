//! Files of demand as planners have them, and files that are wrong: the old layer stays as it was.

use axum::http::StatusCode;
use encoding_rs::GB18030;
use rust_xlsxwriter::Workbook;
use serde_json::{Value, json};
use spatial::{Datum, Position};
use yizhan::accounts::Role;
use yizhan::planning::demand::service;

use super::{PEOPLE, of_file};
use crate::client::text;
use crate::harness::Town;

/// A file, and what is wrong with it: each field with its code.
type Case<'f> = (&'f [u8], Vec<(String, String)>);

fn collection(features: &[Value]) -> Vec<u8> {
    json!({ "type": "FeatureCollection", "features": features }).to_string().into_bytes()
}

fn feature(geometry: &Value, properties: &Value) -> Value {
    json!({ "type": "Feature", "geometry": geometry, "properties": properties })
}

fn square(west: f64, south: f64, side: f64) -> Value {
    let (east, north) = (west + side, south + side);
    json!([[[west, south], [east, south], [east, north], [west, north], [west, south]]])
}

fn workbook() -> Vec<u8> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    for (column, heading) in ["序号", "经度", "纬度", "人数", "工种"].iter().enumerate() {
        sheet.write_string(0, u16::try_from(column).unwrap(), *heading).unwrap();
    }
    sheet.write_number(1, 1, 119.6).unwrap();
    sheet.write_number(1, 2, 39.93).unwrap();
    sheet.write_number(1, 3, 12.5).unwrap();
    sheet.write_string(1, 4, "环卫工").unwrap();
    sheet.write_string(2, 1, "119.55").unwrap();
    sheet.write_string(2, 2, "39.94").unwrap();
    sheet.write_formula(2, 3, rust_xlsxwriter::Formula::new("=3+4").set_result("7")).unwrap();
    workbook.save_to_buffer().unwrap()
}

both_engines! {
    async fn a_workbook_and_an_old_csv_are_read(t: Town) {
        let planner = t.staff("planner", Role::Planner, "1303").await;
        let told = t.demand(&planner, &workbook(), &json!({ "trade": "courier" })).await;
        assert_eq!((&told["points"], &told["people"]), (&json!(2), &json!(20)), "{told}");
        assert_eq!(told["layer"]["trades"], json!(["courier", "sanitation"]));
        assert_eq!(told["columns"][3], json!({ "column": "人数", "field": "weight" }));
        let (old, ..) = GB18030.encode("经度,纬度,数量,职业\n119.60,39.93,30,快递\n119.61,39.94,0,司机\n");
        let told = t.demand(&planner, &old, &json!({})).await;
        assert_eq!((&told["rows"], &told["people"], &told["layer"]["trades"]), (&json!(2), &json!(30), &json!(["courier"])));
        assert_eq!((&told["problems"][0]["row"], &told["problems"][0]["column"], &told["problems"][0]["code"]), (&json!(3), &json!("数量"), &json!("nobody")));
    }

    async fn a_shifted_file_is_brought_to_wgs84(t: Town) {
        let planner = t.staff("planner", Role::Planner, "1303").await;
        for crs in [Datum::Gcj02, Datum::Bd09] {
            t.demand(&planner, b"lon,lat,weight\n119.6,39.93,7\n", &json!({ "crs": crs.as_str() })).await;
            let kept = service::layer(&t.app, None).await.unwrap();
            assert_eq!(kept.points[0].position, crs.to_wgs84(Position::new(119.6, 39.93).unwrap()));
        }
    }

    async fn polygons_are_spread_over_their_cells(t: Town) {
        let planner = t.staff("planner", Role::Planner, "1303").await;
        let many = json!([square(119.50, 39.92, 0.01), square(119.60, 39.92, 0.00001)]);
        let file = collection(&[
            feature(&json!({ "type": "Polygon", "coordinates": square(119.58, 39.92, 0.02) }), &json!({ "weight": 1000, "trade": "外卖员" })),
            feature(&json!({ "type": "MultiPolygon", "coordinates": many }), &json!({ "weight": 500 })),
            feature(&json!({ "type": "Polygon", "coordinates": square(119.48, 39.83, 0.00001) }), &json!({ "weight": 30 })),
            feature(&json!({ "type": "Point", "coordinates": [119.6, 39.93] }), &json!({ "weight": 20 })),
        ]);
        let told = t.demand(&planner, &file, &json!({ "crs": "gcj02" })).await;
        assert_eq!((&told["rows"], &told["people"]), (&json!(4), &json!(1550)), "{told}");
        let kept = service::layer(&t.app, None).await.unwrap();
        let riders: Vec<_> = kept.points.iter().filter(|p| p.trade.is_some()).collect();
        assert!(riders.len() > 300, "3.8 km² of some 0.01: {}", riders.len());
        assert!(riders.iter().all(|p| p.people.to_bits() == riders[0].people.to_bits()), "evenly");
        let sum: f64 = kept.points.iter().map(|p| p.people).sum();
        assert!((sum - 1550.0).abs() < 1e-6);
        let last = &kept.points[kept.points.len() - 2..];
        assert_eq!((last[0].people, last[1].people), (30.0, 20.0), "a small one is a point");
    }

    async fn hours_of_a_file_make_the_profile(t: Town) {
        let planner = t.staff("planner", Role::Planner, "1303").await;
        let head = (0..24).map(|h| format!("h{h}")).collect::<Vec<_>>().join(",");
        let day = (0..24).map(|h| if h == 12 { "40" } else { "10" }).collect::<Vec<_>>().join(",");
        let file = format!("lon,lat,{head}\n119.6,39.93,{day}\n");
        let told = t.demand(&planner, file.as_bytes(), &json!({})).await;
        assert_eq!((&told["people"], &told["layer"]["by_hour"]), (&json!(40), &json!(true)));
        let kept = service::layer(&t.app, None).await.unwrap();
        let shares = kept.profiles.of(None).unwrap();
        assert_eq!((shares[12], shares[13], shares[24 * 6 + 12]), (1.0, 0.25, 1.0));
        t.demand(&planner, file.as_bytes(), &json!({ "profile": { "": vec![0.5; 24] } })).await;
        let kept = service::layer(&t.app, None).await.unwrap();
        assert_eq!(kept.profiles.of(None).unwrap()[12].to_bits(), 0.5_f64.to_bits(), "what somebody says goes first");
    }

    async fn a_wrong_file_says_why_and_leaves_the_old_layer(t: Town) {
        let planner = t.staff("planner", Role::Planner, "1303").await;
        t.demand(&planner, PEOPLE.as_bytes(), &json!({})).await;
        let before = (t.demands(&planner).await, service::layer(&t.app, None).await.unwrap());
        let row = |field: &str, code: &str| vec![(field.to_owned(), code.to_owned())];
        let crossed = json!([[[119.5, 39.9], [119.6, 40.0], [119.6, 39.9], [119.5, 40.0], [119.5, 39.9]]]);
        let crossed = collection(&[feature(&json!({ "type": "Polygon", "coordinates": crossed }), &json!({ "weight": 1 }))]);
        let line = collection(&[feature(&json!({ "type": "LineString", "coordinates": [[1, 2], [3, 4]] }), &json!({ "weight": 1 }))]);
        let wide = json!([[[73, 18], [135, 18], [135, 53], [73, 53], [73, 18]]]);
        let wide = collection(&[feature(&json!({ "type": "Polygon", "coordinates": wide }), &json!({ "weight": 1 }))]);
        let large = |side: f64| json!({ "type": "Polygon", "coordinates": square(119.0, 39.0, side) });
        let large = collection(&[feature(&large(1.0), &json!({ "weight": 1 })), feature(&large(0.9), &json!({ "weight": 1 }))]);
        let broken = workbook()[..900].to_vec();
        let cases: [Case<'_>; 18] = [
            (b"lon,lat,weight\n119.6,39.93,NaN\n", row("row 2 weight", "not_finite")),
            (b"lon,lat,weight\n119.6,39.93,inf\n", row("row 2 weight", "not_finite")),
            (b"lon,lat,weight\n119.6,39.93,5\n119.6,39.93,-1\n", row("row 3 weight", "out_of_range")),
            (b"lon,lat,weight\n119.6,39.93,many\n", row("row 2 weight", "not_a_number")),
            (b"lon,lat,weight\n39.93,119.6,5\n", row("row 2 lat", "swapped")),
            (b"lon,lat,weight\n119.6,95,5\n", row("row 2 lat", "out_of_range")),
            (b"lon,lat,weight,trade\n119.6,39.93,5,pilot\n", row("row 2 trade", "unknown_trade")),
            (b"h3,weight\n8a31aa4a\n8a31aa4a,5\n", row("row 3 h3", "bad_cell")),
            (b"lon,lat,jobs\n119.6,39.93,5\n", of_file("missing_column")),
            (b"lon,lat,weight\n", of_file("nobody")),
            (b"lon,lat,weight\n119.6,39.93,0\n", of_file("nobody")),
            (b" ", of_file("empty")),
            (b"%PDF-1.7", of_file("unknown_format")),
            (&broken, of_file("broken")),
            (&crossed, row("feature 1 geometry", "crosses_itself")),
            (&line, of_file("not_a_place")),
            (&wide, row("feature 1 geometry", "area_too_large")),
            (&large, of_file("too_many")),
        ];
        for (file, told) in cases {
            let shown = String::from_utf8_lossy(&file[..file.len().min(80)]).into_owned();
            assert_eq!(t.refused_demand(&planner, file, &json!({})).await, told, "{shown}");
        }
        let nothing = t.send_layer("/api/v1/demand", &planner, b"", &json!({})).await;
        assert_eq!(nothing.status, StatusCode::BAD_REQUEST, "{}", nothing.text());
        let bad = "119.6,39.93,x\n".repeat(150);
        let told = t.refused_demand(&planner, format!("lon,lat,weight\n{bad}").as_bytes(), &json!({})).await;
        assert_eq!((told.len(), told[100].1.as_str()), (101, "more_errors"));
        let after = (t.demands(&planner).await, service::layer(&t.app, None).await.unwrap());
        assert_eq!((before.0, &before.1.points, before.1.layer.version), (after.0, &after.1.points, after.1.layer.version));
    }

    async fn problems_are_told_in_the_asker_s_language(t: Town) {
        let planner = t.staff("planner", Role::Planner, "1303").await;
        let body = crate::imports::form("a.csv", b"lon,lat,weight\n119.6,39.93,x\n", &json!({}));
        let ask = t.post("/api/v1/demand").by(&planner).header("content-type", crate::imports::FORM);
        let reply = ask.header("accept-language", "zh-CN").body(body.into()).send().await;
        assert_eq!(text(&reply.json()["errors"][0]["detail"]), "要写人数（数字）。");
    }
}
