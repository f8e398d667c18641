//! What clerks are told of a list: its rows by what becomes of them, its problems by kind, and how far it is written.

use axum::http::StatusCode;
use serde_json::{Value, json};
use tokio::time::{Duration, Instant};
use yizhan::accounts::Role;
use yizhan::stations::model::Status;

use crate::client::text;
use crate::harness::Town;
use crate::imports::list;
use crate::staff::Staff;

/// How long a commit may take on a busy machine.
const PATIENCE: Duration = Duration::from_mins(1);

/// One row of each fate, from row 2 on.
const FATES: [(&str, &str); 6] = [
    ("YZ-1,老驿站,海港区,,119.6,39.93,,", "unchanged"),
    ("YZ-2,改名驿站,海港区,,119.61,39.93,,", "update"),
    ("YZ-3,新驿站,海港区,,119.62,39.93,,", "create"),
    ("YZ-4,等候驿站,海港区,文化路9号,,,,", "park"),
    ("YZ-5,跳过驿站,海港区,,119.63,39.93,,", "skip"),
    ("YZ-6,,海港区,,119.64,39.93,,", "none"),
];

/// The numbers of rows.
fn numbers(rows: &[Value]) -> Vec<u64> {
    rows.iter().filter_map(|row| row["row"].as_u64()).collect()
}

/// So many stations in a list.
pub(crate) fn many(count: u32) -> Vec<u8> {
    let row = |n: u32| {
        format!(
            "D-{n},第{n}驿站,海港区,,{:.4},{:.4},24小时,饮水",
            degree(119.5, n % 100),
            degree(39.9, n / 100)
        )
    };
    let rows: Vec<String> = (0..count).map(row).collect();
    list(&rows.iter().map(String::as_str).collect::<Vec<_>>())
}

/// Places a hundred metres apart.
fn degree(from: f64, n: u32) -> f64 {
    from + f64::from(n) * 0.001
}

impl Town {
    /// Looks at an import until it is committed: how many stations were told to be written, each time, and what it
    /// was in the end.
    async fn watch(&self, by: &Staff, import: &Value) -> (Vec<u64>, Value) {
        let (mut told, end) = (Vec::new(), Instant::now() + PATIENCE);
        loop {
            let now = self.import_now(by, import).await;
            match now["state"].as_str().unwrap_or_default() {
                "committed" => return (told, now),
                "committing" => {
                    assert_eq!(now["progress"]["of"], 2_000, "{now}");
                    told.push(now["progress"]["done"].as_u64().unwrap());
                }
                _ => {}
            }
            assert!(Instant::now() < end, "{now}");
        }
    }
}

both_engines! {
    async fn rows_are_found_by_what_becomes_of_them(town: Town) {
        for (code, name, lon) in [("YZ-1", "老驿站", 119.6), ("YZ-2", "旧名驿站", 119.61)] {
            let station = town.station(name).fact(|f| { f.code = Some(code.into()); f.hours = None; f.facilities = Vec::new(); });
            station.at(lon, 39.93).district("130302").store(Status::Draft).await;
        }
        let clerk = town.staff("clerk", Role::City, "").await;
        let import = town.sent(&clerk, &list(&FATES.map(|(row, _)| row)), json!({})).await;
        let import = town.change(&clerk, &import, json!({ "skips": [{ "row": 6, "skip": true }] })).await;
        for ((_, action), row) in FATES.into_iter().zip(2..) {
            let found = town.rows(&clerk, &import, &format!("?action={action}")).await;
            assert_eq!((numbers(&found), &found[0]["action"]), (vec![row], &json!(action)));
        }
        assert_eq!(numbers(&town.rows(&clerk, &import, "?action=create,%20update").await), [3, 4]);
        assert_eq!(numbers(&town.rows(&clerk, &import, "?action=create,none&level=error").await), [7]);
        assert_eq!(numbers(&town.rows(&clerk, &import, "?action=create,update&row=4").await), [4]);
        let path = format!("/api/v1/imports/{}/rows", text(&import["id"]));
        let page = town.get(format!("{path}?action=create,update&limit=1")).by(&clerk).json().await;
        assert_eq!((&page["total"], &page["next"]), (&json!(2), &json!("3")), "a page of those asked for");
        let wrong = town.get(format!("{path}?action=delete")).by(&clerk).send().await;
        assert_eq!((wrong.status, &wrong.json()["errors"][0]["field"]), (StatusCode::BAD_REQUEST, &json!("action")));
        let import = town.change(&clerk, &import, json!({ "skips": [{ "row": 7, "skip": true }] })).await;
        let begun = town.on_import(&clerk, axum::http::Method::POST, &import, "/commit", None).await.json();
        assert_eq!(begun["progress"], json!({ "done": 0, "of": 2 }), "one made, one changed: {begun}");
        town.settled(&clerk, &import).await;
        assert_eq!(numbers(&town.rows(&clerk, &import, "?action=unchanged").await), [2, 3, 4]);
    }

    async fn a_kind_of_problem_is_counted_by_rows(town: Town) {
        let clerk = town.staff("clerk", Role::City, "").await;
        let rows = [
            "YZ-1,甲驿站,海港区,,119.6,39.93,,饮水、按摩椅、滑梯",
            "YZ-2,乙驿站,海港区,,119.61,39.93,,饮水、按摩椅",
        ];
        let import = town.sent(&clerk, &list(&rows), json!({})).await;
        let unknown = import["codes"].as_array().unwrap().iter().find(|kind| kind["code"] == "facility_unknown");
        assert_eq!(unknown.unwrap()["count"], 2, "three words in two rows: {import}");
        let found = town.rows(&clerk, &import, "?code=facility_unknown").await;
        assert_eq!(found.iter().map(|row| row["problems"].as_array().unwrap().len()).sum::<usize>(), 3);
        let nothing = town.sent(&clerk, "颜色,味道\n红,甜\n绿,酸\n".as_bytes(), json!({})).await;
        let counts: Vec<_> = nothing["codes"].as_array().unwrap().iter().map(|kind| kind["count"].clone()).collect();
        assert_eq!(counts, [1, 1], "what is wrong with the whole file: {nothing}");
    }

    async fn a_problem_says_what_is_wrong_and_its_fields_say_where(town: Town) {
        let clerk = town.staff("clerk", Role::City, "").await;
        let files = [
            list(&["YZ-1,颠倒驿站,海港区,,39.93,119.6,看情况,滑梯", "YZ-1,,月球区,,,,,"]),
            "颜色,味道\n红,甜\n".as_bytes().to_vec(),
            "名称,站名,经度,纬度\n甲,乙,119.6,39.93\n".as_bytes().to_vec(),
        ];
        for file in files {
            let import = town.sent(&clerk, &file, json!({})).await;
            let rows = town.rows(&clerk, &import, "").await;
            let of_rows = rows.iter().flat_map(|row| row["problems"].as_array().unwrap().iter().map(|p| (row["row"].clone(), p)));
            let of_file = import["problems"].as_array().unwrap().iter().map(|p| (p["row"].clone(), p));
            let all: Vec<_> = of_rows.chain(of_file).collect();
            assert!(!all.is_empty(), "{import}");
            for (row, problem) in all {
                let detail = text(&problem["detail"]);
                assert!(!detail.contains("--map") && !detail.starts_with(&format!("Row {row}")), "{detail}");
            }
        }
    }

    async fn a_list_that_rounds_positions_changes_nothing(town: Town) {
        town.demonstrate().await;
        let clerk = town.staff("clerk", Role::City, "").await;
        for (crs, decimals) in [("gcj02", 6), ("bd09", 6), ("bd09", 5), ("wgs84", 5)] {
            let csv = town.get(format!("/api/v1/stations/export?format=csv&crs={crs}")).by(&clerk).send().await.body;
            let import = town.sent(&clerk, &rounded(&csv, decimals), json!({ "crs": crs })).await;
            let plan = &import["plan"];
            assert_eq!((&plan["created"], &plan["updated"], &plan["unchanged"]), (&json!(0), &json!(0), &json!(268)), "{crs}, {decimals}: {plan}");
        }
    }

    /// Fails where a commit does not note how many stations it has written.
    async fn a_commit_tells_how_far_it_is(town: Town) {
        let clerk = town.staff("clerk", Role::City, "").await;
        let import = town.sent(&clerk, &many(2_000), json!({})).await;
        let import = town.change(&clerk, &import, json!({ "crs_confirmed": true })).await;
        assert_eq!(import["progress"], Value::Null);
        // Somebody watches from before the commit begins: how long its own answer takes says nothing.
        let begin = town.on_import(&clerk, axum::http::Method::POST, &import, "/commit", None);
        let (begun, (told, done)) = tokio::join!(begin, town.watch(&clerk, &import));
        assert_eq!((begun.status, &begun.json()["progress"]["of"]), (StatusCode::ACCEPTED, &json!(2_000)), "{}", begun.text());
        assert_eq!((&done["state"], &done["progress"]), (&json!("committed"), &Value::Null));
        assert!(told.is_sorted() && told.iter().any(|n| (1..2_000).contains(n)), "it is told while it grows: {told:?}");
    }
}

/// An export whose positions have fewer decimals.
fn rounded(csv: &[u8], decimals: usize) -> Vec<u8> {
    let mut table = csv::Reader::from_reader(&csv[3..]);
    let headings = table.headers().expect("headings").clone();
    let place = |name: &str| headings.iter().position(|heading| heading == name).expect("a column");
    let places = [place("经度"), place("纬度")];
    let mut out = csv::Writer::from_writer(Vec::new());
    out.write_record(&headings).expect("written");
    for record in table.records() {
        let cells = record.expect("a row");
        let cells = cells.iter().enumerate().map(|(at, cell)| {
            let degrees = cell.parse::<f64>().ok().filter(|_| places.contains(&at));
            degrees.map_or_else(|| cell.to_owned(), |degrees| format!("{degrees:.decimals$}"))
        });
        out.write_record(cells).expect("written");
    }
    out.into_inner().expect("a file")
}
