//! A list of stations comes in through the interface: sent, corrected, decided, committed.

use axum::body::Body;
use axum::http::{Method, StatusCode};
use rust_xlsxwriter::{Formula, Workbook};
use serde_json::{Value, json};
use tokio::time::{Duration, Instant, sleep};
use yizhan::accounts::Role;

use crate::client::{Reply, text};
use crate::harness::Town;
use crate::staff::Staff;

/// How long a commit may take on a busy machine.
const PATIENCE: Duration = Duration::from_secs(60);
const BOUNDARY: &str = "yizhan-boundary";

/// A form with a file and what is said with it.
pub(crate) fn form(name: &str, file: &[u8], options: &Value) -> Vec<u8> {
    let head = format!(
        "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"options\"\r\n\r\n{options}\r\n--{BOUNDARY}\r\n\
         Content-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\
         Content-Type: application/octet-stream\r\n\r\n"
    );
    [head.as_bytes(), file, format!("\r\n--{BOUNDARY}--\r\n").as_bytes()].concat()
}

impl Town {
    /// Sends a file.
    pub(crate) async fn send_file(&self, by: &Staff, name: &str, file: &[u8], options: Value) -> Reply {
        let ask = self.post("/api/v1/imports").by(by).header("accept-language", "en");
        let ask = ask.header("content-type", format!("multipart/form-data; boundary={BOUNDARY}"));
        ask.body(Body::from(form(name, file, &options))).send().await
    }

    /// Sends a file that is taken.
    pub(crate) async fn sent(&self, by: &Staff, file: &[u8], options: Value) -> Value {
        let reply = self.send_file(by, "list.csv", file, options).await;
        assert_eq!(reply.status, StatusCode::CREATED, "{}", reply.text());
        reply.json()
    }

    /// Does something with an import.
    pub(crate) async fn on_import(
        &self,
        by: &Staff,
        verb: Method,
        import: &Value,
        rest: &str,
        body: Option<Value>,
    ) -> Reply {
        let path = format!("/api/v1/imports/{}{rest}", text(&import["id"]));
        let ask = self.ask(verb, path).by(by).on(&import["version"]).header("accept-language", "en");
        body.into_iter().fold(ask, |ask, body| ask.sending(body)).send().await
    }

    /// Changes an import.
    pub(crate) async fn change(&self, by: &Staff, import: &Value, patch: Value) -> Value {
        let reply = self.on_import(by, Method::PATCH, import, "", Some(patch)).await;
        assert_eq!(reply.status, StatusCode::OK, "{}", reply.text());
        reply.json()
    }

    /// Commits an import and waits for the end of it.
    pub(crate) async fn committed(&self, by: &Staff, import: &Value) -> Value {
        let reply = self.on_import(by, Method::POST, import, "/commit", None).await;
        assert_eq!(reply.status, StatusCode::ACCEPTED, "{}", reply.text());
        self.settled(by, import).await
    }

    /// An import once it is no longer being committed.
    pub(crate) async fn settled(&self, by: &Staff, import: &Value) -> Value {
        let end = Instant::now() + PATIENCE;
        loop {
            let now = self.import_now(by, import).await;
            if now["state"] != "committing" {
                self.follow().await;
                return now;
            }
            assert!(Instant::now() < end, "{now}");
            sleep(Duration::from_millis(20)).await;
        }
    }

    /// An import as it is now.
    pub(crate) async fn import_now(&self, by: &Staff, import: &Value) -> Value {
        let path = format!("/api/v1/imports/{}", text(&import["id"]));
        self.get(path).by(by).header("accept-language", "en").json().await
    }

    /// The rows of an import.
    pub(crate) async fn rows(&self, by: &Staff, import: &Value, query: &str) -> Vec<Value> {
        let path = format!("/api/v1/imports/{}/rows{query}", text(&import["id"]));
        let rows = self.get(path).by(by).header("accept-language", "en").json().await;
        rows["items"].as_array().expect("items").clone()
    }
}

/// The codes of a row's problems, in order.
pub(crate) fn codes(row: &Value) -> Vec<String> {
    let mut codes: Vec<_> =
        row["problems"].as_array().expect("problems").iter().map(|p| text(&p["code"])).collect();
    codes.sort();
    codes
}

const HEADINGS: &str = "站点编号,站点名称,区县,地址,经度,纬度,开放时间,服务设施";

both_engines! {
    async fn a_list_is_sent_looked_at_and_committed(town: Town) {
        let clerk = town.staff("clerk", Role::District, "130302").await;
        let csv = format!("{HEADINGS}\nYZ-1,海港银行驿站,海港区,文化路1号,119.6,39.93,8:30-17:30,饮水、微波炉\nYZ-2,海阳路驿站,海港区,海阳路2号,119.58,39.94,24小时,饮水\n");
        let import = town.sent(&clerk, csv.as_bytes(), json!({})).await;
        assert_eq!((&import["state"], &import["version"], &import["rows"], &import["errors"]), (&json!("planned"), &json!(1), &json!(2), &json!(0)), "{import}");
        assert_eq!(import["plan"]["created"], 2);
        assert_eq!(import["blocked"], json!([]));
        assert_eq!(import["headings"][0]["fields"], json!(["code"]));
        let rows = town.rows(&clerk, &import, "").await;
        assert_eq!((rows.len(), &rows[0]["action"], &rows[0]["cells"][1]), (2, &json!("create"), &json!("海港银行驿站")));
        let done = town.committed(&clerk, &import).await;
        assert_eq!((&done["state"], &done["outcome"]["created"]), (&json!("committed"), &json!(2)), "{done}");
        let again = town.sent(&clerk, csv.as_bytes(), json!({})).await;
        assert_eq!((&again["plan"]["unchanged"], &again["plan"]["created"], &again["blocked"]), (&json!(2), &json!(0), &json!([])), "{again}");
    }
}

/// A workbook whose first sheet has these rows; a text that begins with `f:` is a formula with its last value.
pub(crate) fn workbook(rows: &[&[&str]]) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (row, cells) in (0_u32..).zip(rows) {
        for (column, cell) in (0_u16..).zip(*cells) {
            match cell.strip_prefix("f:").and_then(|f| f.split_once('|')) {
                Some((formula, value)) => {
                    sheet.write_formula(row, column, Formula::new(formula).set_result(value))
                }
                None => sheet.write_string(row, column, *cell),
            }
            .expect("written");
        }
    }
    book.save_to_buffer().expect("a workbook")
}
