//! A workbook of a district with planted faults: each is named at its cell, mended, committed; the same file again
//! changes nothing, and all of it is taken back.

use axum::http::{Method, StatusCode};
use serde_json::{Value, json};
use spatial::{Datum, Position};
use yizhan::accounts::Role;
use yizhan::stations::model::Status;

use crate::client::text;
use crate::harness::Town;
use crate::imports::{codes, workbook};
use crate::staff::Staff;

const HEADINGS: [&str; 9] =
    ["站点编号", "站点名称", "区县", "地址", "经度", "纬度", "开放时间", "服务设施", "备注"];
/// Columns by what they feed.
const NAME: usize = 1;
const LON: usize = 4;

/// Where the registered stations are, WGS-84.
fn home(n: u32) -> (f64, f64) {
    (119.58 + f64::from(n) * 0.004, 39.935)
}

fn bd09(n: u32) -> [String; 2] {
    let (lon, lat) = home(n);
    let written = Datum::Bd09.from_wgs84(Position::new(lon, lat).unwrap());
    [format!("{:.6}", written.lon()), format!("{:.6}", written.lat())]
}

/// The workbook: rows 2 to 7 are registered and in BD-09, then one fault after another.
fn planted() -> Vec<u8> {
    let mut rows: Vec<Vec<String>> = vec![HEADINGS.map(str::to_owned).to_vec()];
    for n in 1..=6 {
        let [lon, lat] = bd09(n);
        let row = [
            format!("YZ-{n}"),
            format!("登记{n}驿站"),
            "海港区".into(),
            String::new(),
            lon,
            lat,
            "24小时".into(),
            "饮水".into(),
            String::new(),
        ];
        rows.push(row.to_vec());
    }
    for row in [
        ["YZ-8", "颠倒驿站", "海港区", "", "39.94", "119.58", "24小时", "饮水", ""],
        ["YZ-9", "重号驿站", "海港区", "", "119.55", "39.95", "24小时", "饮水", ""],
        ["YZ-9", "另一驿站", "海港区", "", "119.56", "39.955", "24小时", "饮水", ""],
        ["", "文化路银行驿站", "海港区", "文化路1号", "119.59", "39.92", "24小时", "饮水", ""],
        ["", "建行大厅", "海港区", "文化路1号", "119.59", "39.92", "24小时", "饮水", ""],
        ["YZ-13", "设施驿站", "海港区", "", "119.61", "39.925", "24小时", "饮水、按摩椅", ""],
        ["YZ-14", "时间驿站", "海港区", "", "119.615", "39.925", "同网点 8:30 到 17:00 看情况", "饮水", ""],
        ["YZ-15", "", "海港区", "", "119.62", "39.925", "24小时", "饮水", ""],
        ["YZ-16", "错区驿站", "北戴河区", "", "119.6", "39.915", "24小时", "饮水", ""],
        [
            "YZ-17",
            "公式驿站",
            "海港区",
            "",
            "f:=119+0.605|119.605",
            "39.92",
            "24小时",
            "饮水",
            "=cmd|' /C calc'!A0",
        ],
        ["YZ-18", "地址驿站", "海港区", "海阳路8号", "", "", "24小时", "饮水", ""],
    ] {
        rows.push(row.map(str::to_owned).to_vec());
    }
    let rows: Vec<Vec<&str>> = rows.iter().map(|row| row.iter().map(String::as_str).collect()).collect();
    workbook(&rows.iter().map(Vec::as_slice).collect::<Vec<_>>())
}

async fn registered(town: &Town) {
    for n in 1..=6 {
        let station = town.station(&format!("登记{n}驿站")).fact(|f| f.code = Some(format!("YZ-{n}")));
        let (lon, lat) = home(n);
        station.at(lon, lat).district("130302").store(Status::Open).await;
    }
}

/// The problem of a code in a row: its column and what would mend it.
fn problem<'r>(row: &'r Value, code: &str) -> &'r Value {
    let found = row["problems"].as_array().unwrap().iter().find(|p| p["code"] == code);
    found.unwrap_or_else(|| panic!("no {code} in {row}"))
}

/// The cells that the first suggestion for a problem writes.
fn mending(row: &Value, code: &str) -> Vec<Value> {
    let fixes =
        problem(row, code)["suggestions"][0]["fixes"].as_array().unwrap_or_else(|| panic!("{code}: {row}"));
    let with_row = |fix: &Value| json!({ "row": row["row"], "column": fix["column"], "value": fix["value"] });
    fixes.iter().map(with_row).collect()
}

/// Every fault with its row and the column that it is named at.
const FAULTS: [(usize, &str, Option<usize>); 16] = [
    (2, "crs_differs", Some(LON)),
    (7, "crs_differs", Some(LON)),
    (8, "swapped", Some(5)),
    (9, "code_twice", Some(0)),
    (10, "code_twice", Some(0)),
    (11, "same_point", None),
    (12, "same_point", None),
    (13, "facility_unknown", Some(7)),
    (14, "hours_uncertain", Some(6)),
    (15, "name_missing", Some(NAME)),
    (16, "district_differs", Some(2)),
    (17, "formula_cell", Some(LON)),
    (17, "looks_like_formula", Some(8)),
    (18, "parked", None),
    (3, "crs_differs", Some(LON)),
    (6, "crs_differs", Some(LON)),
];

/// Mends everything as a clerk would, mostly by one click each; the import is ready then.
async fn mended(town: &Town, clerk: &Staff, import: &Value) -> Value {
    let rows = town.rows(clerk, import, "").await;
    let row = |number: usize| &rows[number - 2];
    let mut fixes = Vec::new();
    for (number, code) in (2..=7).map(|n| (n, "crs_differs")).chain([
        (8, "swapped"),
        (10, "code_twice"),
        (13, "facility_unknown"),
        (14, "hours_uncertain"),
        (16, "district_differs"),
        (17, "formula_cell"),
        (17, "looks_like_formula"),
    ]) {
        fixes.extend(mending(row(number), code));
    }
    fixes.push(json!({ "row": 15, "column": NAME, "value": "补名驿站" }));
    let decisions = json!([{ "row": 12, "other_row": 11, "decision": "merge" }]);
    town.change(clerk, import, json!({ "fixes": fixes, "decisions": decisions })).await
}

both_engines! {
    async fn every_planted_fault_is_named_mended_and_committed_and_undone(town: Town) {
        registered(&town).await;
        let clerk = town.staff("clerk", Role::City, "").await;
        let file = planted();
        let before = town.snapshot().revision();

        let import = town.sent(&clerk, &file, json!({})).await;
        let rows = town.rows(&clerk, &import, "").await;
        for (number, code, column) in FAULTS {
            let found = problem(&rows[number - 2], code);
            assert_eq!((&rows[number - 2]["row"], &found["column"]), (&json!(number), &json!(column)), "{code}");
        }
        let crs = &import["crs"];
        assert_eq!((&crs["declared"], &crs["doubtful"]), (&json!("wgs84"), &json!(true)), "{crs}");
        assert!(crs["p"].as_f64().unwrap() < 0.01, "{crs}");
        let offset = |name: &str| crs["evidence"].as_array().unwrap().iter().find(|e| e["crs"] == name).unwrap()["offset_m"].as_f64().unwrap();
        assert!(offset("wgs84") > 500.0 && offset("bd09") < 5.0, "{crs}");
        let blocked: Vec<_> = import["blocked"].as_array().unwrap().iter().map(|b| text(&b["code"])).collect();
        assert_eq!(blocked, ["errors", "crs_doubtful", "duplicates_undecided"]);
        let pair = import["duplicates"].as_array().unwrap().iter().find(|d| d["reason"] == "same_point").unwrap();
        assert_eq!((&pair["row"], &pair["other_row"], &pair["decision"]), (&json!(12), &json!(11), &Value::Null));
        let chosen = town.rows(&clerk, &import, "?code=swapped,name_missing").await;
        assert_eq!(chosen.iter().map(|r| r["row"].as_u64().unwrap()).collect::<Vec<_>>(), [8, 15]);

        let ready = mended(&town, &clerk, &import).await;
        assert_eq!((&ready["blocked"], &ready["errors"], &ready["crs"]["doubtful"]), (&json!([]), &json!(0), &json!(false)), "{ready}");
        assert_eq!((&ready["plan"]["created"], &ready["plan"]["parked"]), (&json!(9), &json!(1)), "{ready}");
        let row = &town.rows(&clerk, &ready, "?row=8").await[0];
        assert_eq!((&row["original"]["4"], &row["cells"][LON], &row["level"]), (&json!("39.94"), &json!("119.58"), &json!("ok")), "{row}");
        let done = town.committed(&clerk, &ready).await;
        assert_eq!((&done["state"], &done["outcome"]["created"], &done["outcome"]["parked"]), (&json!("committed"), &json!(9), &json!(1)), "{done}");
        let merged = town.get("/api/v1/registry?q=建行大厅").by(&clerk).json().await;
        assert_eq!(merged["items"][0]["name"], "文化路银行驿站", "the other name leads there: {merged}");

        let dump = |town: &Town| { let db = town.app.db.clone(); async move { crate::tables::dump(&db).await } };
        let (kept, revision) = (dump(&town).await, town.snapshot().revision());
        let again = town.sent(&clerk, &file, json!({})).await;
        let plan = &again["plan"];
        assert_eq!((&again["blocked"], &plan["created"], &plan["updated"]), (&json!([]), &json!(0), &json!(0)), "{again}");
        let second = town.committed(&clerk, &again).await;
        assert_eq!((&second["state"], &second["outcome"]["parked"]), (&json!("committed"), &json!(0)), "{second}");
        let after = dump(&town).await;
        for table in ["station", "station_version", "station_change", "parked_station", "import_station"] {
            assert_eq!(after[table], kept[table], "{table}");
        }
        assert_eq!(town.snapshot().revision(), revision);

        let undone = town.on_import(&clerk, Method::POST, &done, "/undo", None).await;
        assert_eq!((undone.status, &undone.json()["state"]), (StatusCode::OK, &json!("undone")), "{}", undone.text());
        let drafts = town.get("/api/v1/registry?status=draft").by(&clerk).json().await;
        assert_eq!(drafts["items"], json!([]));
        assert_eq!(town.get("/api/v1/parked").by(&clerk).json().await["items"], json!([]));
        for n in 1..=6 {
            let found = town.get(format!("/api/v1/registry?q=YZ-{n}")).by(&clerk).json().await;
            assert_eq!((&found["items"][0]["hours"], &found["items"][0]["status"]), (&json!("24/7"), &json!("open")), "{found}");
        }
        let twice = town.on_import(&clerk, Method::POST, &undone.json(), "/undo", None).await;
        assert_eq!((twice.status, &twice.json()["code"]), (StatusCode::CONFLICT, &json!("wrong_state")));
        assert!(town.snapshot().revision() >= before);
        let anew = town.sent(&clerk, &file, json!({})).await;
        assert_eq!((&anew["plan"]["created"], &anew["blocked"]), (&json!(9), &json!([])), "its numbers are free again: {anew}");
    }

    async fn a_whole_list_of_another_system_is_stopped_until_it_is_chosen_or_confirmed(town: Town) {
        registered(&town).await;
        let clerk = town.staff("clerk", Role::City, "").await;
        let rows: Vec<String> = (1..=6).map(|n| { let [lon, lat] = bd09(n); format!("YZ-{n},登记{n}驿站,海港区,,{lon},{lat},24小时,") }).collect();
        let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
        let import = town.sent(&clerk, &crate::imports::list(&rows), json!({})).await;
        assert_eq!((&import["crs"]["best"], &import["blocked"][0]["code"]), (&json!("bd09"), &json!("crs_doubtful")), "{import}");
        let confirmed = town.change(&clerk, &import, json!({ "crs_confirmed": true })).await;
        assert_eq!((&confirmed["blocked"], &confirmed["crs"]["doubtful"]), (&json!([]), &json!(true)));
        let chosen = town.change(&clerk, &confirmed, json!({ "crs": "bd09" })).await;
        assert_eq!((&chosen["options"]["crs_confirmed"], &chosen["blocked"], &chosen["crs"]["best"]), (&json!(false), &json!([]), &json!("bd09")));
        let moved = town.rows(&clerk, &chosen, "").await;
        let is_moved = |row: &Value| row["changes"].as_array().unwrap().iter().any(|c| c["field"] == "lon");
        assert!(moved.iter().all(|row| !is_moved(row) || row["action"] == "update"), "{moved:?}");
        assert!(moved.iter().all(|row| codes(row).iter().all(|c| c != "crs_differs")));
    }

    async fn decisions_are_remembered_for_the_next_list(town: Town) {
        let clerk = town.staff("clerk", Role::City, "").await;
        let old = town.station("工商银行驿站").at(119.6, 39.93).district("130302").store(Status::Draft).await;
        let other = town.station("邮政局驿站").at(119.63, 39.93).district("130302").store(Status::Draft).await;
        let rows = [",工商银行工会驿站,海港区,甲路1号,119.6003,39.93,,饮水", ",邮局,海港区,乙路1号,119.63,39.93,,"];
        let import = town.sent(&clerk, &crate::imports::list(&rows), json!({})).await;
        assert_eq!(import["blocked"][0]["code"], "duplicates_undecided", "{import}");
        let decided = town.change(&clerk, &import, json!({ "decisions": [
            { "row": 2, "station_id": old.id, "decision": "merge" }, { "row": 3, "station_id": other.id, "decision": "different" } ] })).await;
        assert_eq!((&decided["blocked"], &decided["plan"]["updated"], &decided["plan"]["created"]), (&json!([]), &json!(1), &json!(1)), "{decided}");
        town.committed(&clerk, &decided).await;
        let found = town.get(format!("/api/v1/registry/{}", old.id)).by(&clerk).json().await;
        assert_eq!((&found["name"], &found["aliases"], &found["address"]), (&json!("工商银行驿站"), &json!(["工商银行工会驿站"]), &json!("甲路1号")));
        assert_eq!(found["lat"], json!(39.93), "what is registered counts where both speak");
        // Another file, the same rows.
        let next = [rows[1], "YZ-99,新驿站,海港区,,119.7,39.95,,", rows[0]];
        let import = town.sent(&clerk, &crate::imports::list(&next), json!({})).await;
        assert_eq!((&import["blocked"], &import["plan"]["unchanged"], &import["plan"]["created"]), (&json!([]), &json!(2), &json!(1)), "{import}");
    }

    async fn the_workbook_comes_back_and_is_read_again(town: Town) {
        registered(&town).await;
        let clerk = town.staff("clerk", Role::City, "").await;
        let import = town.sent(&clerk, &planted(), json!({})).await;
        let path = format!("/api/v1/imports/{}/workbook", text(&import["id"]));
        let book = town.get(path).by(&clerk).header("accept-language", "zh-CN").send().await;
        assert_eq!(book.status, StatusCode::OK);
        assert!(book.header("content-disposition").contains(".xlsx") && book.body.starts_with(b"PK"));
        let back = town.sent(&clerk, &book.body, json!({})).await;
        assert_eq!(back["headings"][9]["fields"], json!([]), "the added column is left out");
        let kinds = |import: &Value| import["codes"].as_array().unwrap().iter().map(|c| (text(&c["code"]), c["count"].clone())).collect::<Vec<_>>();
        // The formula is a text now, its value where the formula was.
        let expected: Vec<_> = kinds(&import).into_iter().filter(|(code, _)| code != "formula_cell").collect();
        assert_eq!(kinds(&back), expected);
    }
}
