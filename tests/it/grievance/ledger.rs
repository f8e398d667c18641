//! The ledger of a year: 132 cases, of which 131 reporters were satisfied, on the screen and as a workbook.

use std::io::Cursor;
use std::process::Command;

use axum::http::StatusCode;
use calamine::{Data, DataType, Reader, Xlsx};
use serde_json::{Value, json};
use yizhan::accounts::Role;

use super::{Centre, wish};
use crate::client::text;
use crate::harness::Town;
use crate::staff::Staff;

/// How many cases there are.
const CASES: usize = 132;
/// What begins like a formula.
const LIVE: [&str; 6] = ["=1+1", "+86", "-2", "@SUM(A1)", "=HYPERLINK(\"http://evil.test\")", "'=1"];

/// The cases: one of them was not satisfied, each fourth is anonymous, some units begin like formulas.
async fn seed(t: &Town, c: &Centre) {
    for number in 0..CASES {
        let mut wish = wish(if number % 4 == 0 { "anonymous" } else { "named" });
        wish["unit"] = json!(LIVE.get(number).copied().unwrap_or("某站点"));
        let id = t.seed(&format!("k{number}"), wish).await;
        let is_bad = number == 131;
        let grade = if is_bad {
            "dissatisfied"
        } else {
            ["very_satisfied", "satisfied", "mostly_satisfied"][number % 3]
        };
        let version = t.graded(c, id, !is_bad, grade).await;
        if !is_bad {
            t.stepped(id, version, [(&c.caller, Role::Caller, json!({ "action": "close" }))]).await;
        }
    }
}

/// The rows of the workbook, the heading first.
fn rows(bytes: &[u8]) -> Vec<Vec<Data>> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes.to_vec())).unwrap();
    let name = book.sheet_names()[0].clone();
    let formulas = book.worksheet_formula(&name).unwrap();
    assert!(formulas.used_cells().next().is_none(), "no cell is a formula");
    book.worksheet_range(&name).unwrap().rows().map(<[Data]>::to_vec).collect()
}

const HEADINGS: [&str; 21] = [
    "编号",
    "渠道",
    "类型",
    "类别",
    "单位",
    "摘要",
    "收到",
    "派单",
    "承办部门",
    "承办人",
    "答复期限",
    "接单",
    "答复",
    "办理结果",
    "轮次",
    "延期（工作日）",
    "督办级别",
    "回访",
    "评价",
    "办结",
    "归档",
];

/// Every page of the ledger.
async fn all(t: &Town, by: &Staff, query: &str) -> Vec<Value> {
    let mut items = Vec::new();
    let mut next = Some(format!("/api/v1/grievances/ledger?limit=50{query}"));
    while let Some(path) = next {
        let reply = t.get(path).by(by).send().await;
        assert_eq!(reply.status, StatusCode::OK, "{}", reply.text());
        items.extend(reply.json()["items"].as_array().unwrap().clone());
        next = reply.next_page();
    }
    items
}

/// Opens the workbook in a spreadsheet, where one is installed.
fn opens_in_a_spreadsheet(bytes: &[u8]) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("ledger.xlsx");
    std::fs::write(&file, bytes).unwrap();
    let home = format!("-env:UserInstallation=file://{}/home", folder.path().display());
    let args = ["--headless", "--convert-to", "csv:Text - txt - csv (StarCalc):44,34,76"];
    let mut command = Command::new("soffice");
    let Ok(done) = command.arg(home).args(args).arg("--outdir").arg(folder.path()).arg(&file).output() else {
        use std::io::Write as _;
        let _ = std::io::stderr().write_all("skipped: no spreadsheet (soffice) is installed\n".as_bytes());
        return;
    };
    assert!(done.status.success(), "{done:?}");
    let csv = std::fs::read_to_string(folder.path().join("ledger.csv")).unwrap();
    assert_eq!(csv.lines().count(), CASES + 1, "{csv}");
    assert!(
        csv.contains("'=1+1") && !csv.lines().any(|line| line.split(',').any(|cell| cell == "2")),
        "{csv}"
    );
}

both_engines! {
    async fn a_year_of_132_cases(t: Town) {
        let c = t.centre().await;
        seed(&t, &c).await;
        let figures = t.get("/api/v1/grievances/figures?period=2026&by=channel").by(&c.intake).json().await;
        let satisfaction = &figures["rates"]["satisfaction"];
        assert_eq!([&satisfaction["numerator"], &satisfaction["denominator"], &satisfaction["percent"]], [&json!(131), &json!(132), &json!(99.2)]);
        assert_eq!(t.get(text(&satisfaction["cases"])).by(&c.intake).json().await["total"], CASES);
        let missed = t.get(text(&satisfaction["missed"])).by(&c.intake).json().await;
        assert_eq!((&missed["total"], &missed["items"][0]["number"]), (&json!(1), &json!("2026-000132")));

        let lines = all(&t, &c.intake, "").await;
        assert_eq!(lines.len(), CASES);
        assert_eq!(lines.iter().map(|line| text(&line["number"])).collect::<Vec<_>>(), (1..=CASES).map(|n| format!("2026-{n:06}")).collect::<Vec<_>>());
        assert_eq!((&lines[0]["received"], &lines[1]["received"]), (&json!("2026-11-24"), &json!("2026-11-24T10:00:00+08:00")));
        assert_eq!(all(&t, &c.intake, "&state=called_back").await.len(), 1);
        assert_eq!(all(&t, &c.intake, "&from=2026-11-25").await.len(), 0);

        let file = t.get("/api/v1/grievances/ledger?format=xlsx&to=2026-12-31").by(&c.intake).send().await;
        assert_eq!((file.status, file.header("content-disposition")), (StatusCode::OK, "attachment; filename=\"grievances-20261124.xlsx\""));
        let rows = rows(&file.body);
        assert_eq!(rows[0].iter().map(ToString::to_string).collect::<Vec<_>>(), HEADINGS);
        assert_eq!(rows.len(), CASES + 1);
        for (row, live) in rows[1..].iter().zip(LIVE) {
            assert_eq!(row[4].to_string(), format!("'{live}"), "made harmless");
        }
        let days: Vec<_> = rows[1..3].iter().map(|row| row[6].get_datetime().unwrap().as_f64()).collect();
        assert_eq!(days, [46_350.0, 46_350.0 + 10.0 / 24.0], "2026-11-24: of an anonymous case the day alone");
        assert_eq!(rows[2][13].to_string(), "已解决");
        assert_eq!((rows[132][17].to_string(), rows[132][18].to_string()), ("未解决".to_owned(), "不满意".to_owned()));
        assert!(rows[132][19].is_empty() && rows[131][19].is_datetime());
        opens_in_a_spreadsheet(&file.body);

        let auditor = t.staff("auditor", Role::Auditor, "1303").await;
        let log = t.get("/api/v1/audit").with("limit", 200).by(&auditor).json().await;
        let taken: Vec<_> = log["items"].as_array().unwrap().iter().filter(|e| e["action"] == "grievance.export").collect();
        assert_eq!(taken.len(), 1, "{log}");
        assert_eq!(taken[0]["detail"], json!({ "cases": CASES, "filters": { "format": "xlsx", "to": "2026-12-31" } }));
    }

    async fn a_summary_is_for_whoever_may_read_the_case(t: Town) {
        let c = t.centre().await;
        let id = t.seed("one", wish("named")).await;
        let classify = json!({ "action": "classify", "summary": "连跑 6 小时不让歇", "unit": "河北大街站" });
        t.stepped(id, 1, [(&c.intake, Role::Intake, classify)]).await;
        let elsewhere = t.seed("two", { let mut other = wish("named"); other["district"] = json!("130304"); other }).await;
        let auditor = t.staff("auditor", Role::Auditor, "130302").await;
        let clerk = t.staff("clerk", Role::District, "130304").await;
        let (read, told) = (all(&t, &c.intake, "").await, all(&t, &auditor, "").await);
        assert_eq!((read.len(), &read[0]["summary"]), (2, &json!("连跑 6 小时不让歇")));
        assert_eq!((told.len(), &told[0]["summary"], &told[0]["unit"]), (1, &json!(null), &json!("河北大街站")));
        let own = all(&t, &clerk, "").await;
        assert_eq!((own.len(), &own[0]["id"]), (1, &json!(elsewhere)));
        for (query, field) in [("format=csv", "format"), ("cursor=x", "cursor"), ("from=1", "from"), ("state=x", "state"), ("nonsense=1", "nonsense")] {
            let reply = t.get(format!("/api/v1/grievances/ledger?{query}")).by(&c.intake).send().await;
            assert_eq!((reply.status, text(&reply.json()["errors"][0]["field"])), (StatusCode::BAD_REQUEST, field.to_owned()));
        }
    }
}
