//! Answers as files: the same numbers in separated text and in a workbook, with how they were found.

use std::io::Cursor;

use axum::http::StatusCode;
use calamine::{Data, Reader, Xlsx};

use super::stage::{people, query};
use crate::harness::Town;

const ANSWERS: [(&str, &str, &str); 4] = [
    ("/api/v1/coverage", "coverage", "Within 15 minutes on foot"),
    ("/api/v1/coverage/timetable", "coverage-timetable", "Mon"),
    ("/api/v1/coverage/gaps.geojson", "coverage-gaps", "Haigang"),
    ("/api/v1/coverage/extensions", "coverage-extensions", "QHD-DEMO"),
];

both_engines! {
    async fn every_answer_comes_as_a_table_too(t: Town) {
        t.demonstrate().await;
        let planner = t.with_people(&people(400)).await;
        for (path, name, held) in ANSWERS {
            let told = t.coverage(&planner, path, &[("week", "2026-11-25")]).await;
            let request = told["request"].as_str().unwrap();
            let file = async |format: &str| {
                let asked = format!("{path}?{}", query(&[("week", "2026-11-25"), ("format", format)]));
                let reply = t.get(asked).by(&planner).header("accept-language", "en").send().await;
                assert_eq!(reply.status, StatusCode::OK, "{}", reply.text());
                assert!(reply.header("content-disposition").contains(&format!("{name}.{format}")));
                reply
            };
            let csv = file("csv").await.text();
            assert!(csv.starts_with('\u{feff}') && csv.contains(held) && csv.contains(request), "{csv}");
            let mut book = Xlsx::new(Cursor::new(file("xlsx").await.body)).unwrap();
            let sheet = book.worksheet_range_at(0).unwrap().unwrap();
            let texts: Vec<String> = sheet.used_cells().map(|(_, _, cell)| cell.to_string()).collect();
            assert!(texts.iter().any(|text| text.contains(held)), "{name} has {held}");
            assert!(texts.iter().any(|text| text == request), "{name} says how to ask again");
            let lines = csv.lines().count();
            assert_eq!(sheet.height(), lines, "{name}: as many lines");
            assert!(sheet.used_cells().any(|(_, _, cell)| matches!(cell, Data::Float(_))), "numbers are numbers");
        }
    }
}
