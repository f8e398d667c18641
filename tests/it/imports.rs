//! A list of stations comes in through the interface: sent, corrected, decided, committed.

use axum::body::Body;
use axum::http::{Method, StatusCode};
use rust_xlsxwriter::{Formula, Workbook};
use serde_json::{Value, json};
use tokio::time::{Duration, Instant, sleep};
use yizhan::accounts::Role;

use crate::client::{Ask, Reply, text};
use crate::harness::Town;
use crate::staff::Staff;

/// How long a commit may take on a busy machine.
const PATIENCE: Duration = Duration::from_mins(1);
const BOUNDARY: &str = "yizhan-boundary";
/// The type of such a form.
pub(crate) const FORM: &str = "multipart/form-data; boundary=yizhan-boundary";

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
        let ask = ask.header("content-type", FORM);
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
        body.into_iter().fold(ask, Ask::sending).send().await
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

/// The headings of most lists here.
pub(crate) const HEADINGS: &str = "站点编号,站点名称,区县,地址,经度,纬度,开放时间,服务设施";

/// A list of these rows under [`HEADINGS`].
pub(crate) fn list(rows: &[&str]) -> Vec<u8> {
    format!("{HEADINGS}\n{}\n", rows.join("\n")).into_bytes()
}

const TWO: [&str; 2] = [
    "YZ-1,海港银行驿站,海港区,文化路1号,119.6,39.93,8:30-17:30,饮水、微波炉",
    "YZ-2,海阳路驿站,海港区,海阳路2号,119.58,39.94,24小时,饮水",
];

both_engines! {
    async fn a_list_is_sent_looked_at_and_committed(town: Town) {
        let clerk = town.staff("clerk", Role::District, "130302").await;
        let import = town.sent(&clerk, &list(&TWO), json!({})).await;
        assert_eq!((&import["state"], &import["version"], &import["rows"], &import["errors"]), (&json!("planned"), &json!(1), &json!(2), &json!(0)), "{import}");
        assert_eq!((&import["plan"]["created"], &import["blocked"]), (&json!(2), &json!([])));
        assert_eq!((&import["by"]["name"], &import["file_name"]), (&json!("clerk"), &json!("list.csv")));
        let rows = town.rows(&clerk, &import, "").await;
        assert_eq!((rows.len(), &rows[0]["action"], &rows[0]["cells"][1]), (2, &json!("create"), &json!("海港银行驿站")));
        assert_eq!(rows[0]["pins"]["wgs84"], json!([119.6, 39.93]));
        let done = town.committed(&clerk, &import).await;
        assert_eq!((&done["state"], &done["outcome"]["created"], &done["undo"]["possible"]), (&json!("committed"), &json!(2), &json!(true)), "{done}");
        let drafts = town.get("/api/v1/registry?status=draft").by(&clerk).json().await;
        assert_eq!(drafts["items"].as_array().map(Vec::len), Some(2));
        let again = town.sent(&clerk, &list(&TWO), json!({})).await;
        assert_eq!((&again["plan"]["unchanged"], &again["plan"]["created"], &again["blocked"]), (&json!(2), &json!(0), &json!([])), "{again}");
        let listed = town.get("/api/v1/imports?state=committed").by(&clerk).json().await;
        assert_eq!((listed["items"].as_array().map(Vec::len), &listed["items"][0]["id"]), (Some(1), &import["id"]));
        let colleague = town.staff("colleague", Role::District, "130302").await;
        let strange = town.get(format!("/api/v1/imports/{}", text(&import["id"]))).by(&colleague).send().await;
        assert_eq!(strange.status, StatusCode::NOT_FOUND, "without a district it is its author's");
    }

    async fn the_mapping_is_corrected_and_remembered(town: Town) {
        let clerk = town.staff("clerk", Role::City, "").await;
        let csv = "门牌,站点,X,Y,天气\n甲招牌,甲驿站,119.6,39.93,晴\n";
        let import = town.sent(&clerk, csv.as_bytes(), json!({})).await;
        assert_eq!(import["blocked"][0]["code"], "errors", "no column is the name's: {import}");
        let sources = |import: &Value| import["headings"].as_array().unwrap().iter().map(|h| text(&h["source"])).collect::<Vec<_>>();
        assert_eq!(sources(&import), ["none", "none", "recognised", "recognised", "none"]);
        let stale = town.on_import(&clerk, Method::PATCH, &json!({"id": import["id"], "version": 7}), "", Some(json!({}))).await;
        assert_eq!(stale.status, StatusCode::PRECONDITION_FAILED);
        let map = json!({ "map": { "1": ["name", "code"], "0": ["signboard"], "4": [] } });
        let mapped = town.change(&clerk, &import, map).await;
        assert_eq!(sources(&mapped), ["given", "given", "recognised", "recognised", "given"]);
        assert_eq!((&mapped["version"], &mapped["errors"], &mapped["headings"][1]["fields"]), (&json!(2), &json!(0), &json!(["code", "name"])));
        town.committed(&clerk, &mapped).await;
        let next = town.sent(&clerk, "门牌,站点,X,Y\n乙招牌,乙驿站,119.61,39.93\n".as_bytes(), json!({})).await;
        assert_eq!(sources(&next), ["remembered", "remembered", "recognised", "recognised"]);
        assert_eq!(next["errors"], 0);
    }

    async fn rows_beyond_reach_are_errors_and_name_nobody(town: Town) {
        let secret = town.station("隐秘驿站").fact(|f| f.code = Some("QT-9".into())).district("130304").store(yizhan::stations::model::Status::Draft).await;
        let clerk = town.staff("clerk", Role::District, "130302").await;
        let rows = [TWO[0], "QT-1,邻区驿站,北戴河区,,119.49,39.82,,", "QT-9,冒名驿站,海港区,,119.61,39.93,,"];
        let import = town.sent(&clerk, &list(&rows), json!({})).await;
        let codes: Vec<_> = import["blocked"].as_array().unwrap().iter().map(|b| text(&b["code"])).collect();
        assert_eq!(codes, ["errors", "out_of_reach"], "{import}");
        let told = import.to_string() + &json!(town.rows(&clerk, &import, "").await).to_string();
        assert!(!told.contains("隐秘驿站") && !told.contains(&secret.id.to_string()), "{told}");
        let refused = town.on_import(&clerk, Method::POST, &import, "/commit", None).await;
        assert_eq!((refused.status, &refused.json()["code"]), (StatusCode::CONFLICT, &json!("blocked")));
        let left = town.change(&clerk, &import, json!({ "skips": [{"row": 3, "skip": true}, {"row": 4, "skip": true}] })).await;
        assert_eq!((&left["blocked"], &left["plan"]["skipped"], &left["plan"]["created"]), (&json!([]), &json!(2), &json!(1)));
        assert_eq!(town.committed(&clerk, &left).await["state"], "committed");
    }

    async fn publishing_and_changing_what_is_public_need_their_rights(town: Town) {
        town.station("老驿站").fact(|f| f.code = Some("YZ-1".into())).at(119.6, 39.93).district("130302").open().await;
        let grassroots = town.staff("base", Role::Grassroots, "130302").await;
        let import = town.sent(&grassroots, &list(&TWO), json!({})).await;
        let rows = town.rows(&grassroots, &import, "?level=error").await;
        assert_eq!((rows.len(), &rows[0]["row"]), (1, &json!(2)), "a public station is for its checker: {import}");
        assert!(codes(&rows[0]).contains(&"out_of_reach".to_owned()));
        let publish = town.on_import(&grassroots, Method::PATCH, &import, "", Some(json!({ "publish": true }))).await;
        assert_eq!(publish.status, StatusCode::FORBIDDEN);
        let district = town.staff("district", Role::District, "130302").await;
        let import = town.sent(&district, &list(&TWO), json!({})).await;
        assert_eq!(import["blocked"], json!([]), "{import}");
        let city = town.staff("city", Role::City, "").await;
        let import = town.sent(&city, &list(&TWO), json!({ "publish": true })).await;
        let done = town.committed(&city, &import).await;
        assert_eq!((&done["outcome"]["created"], &done["outcome"]["updated"], &done["outcome"]["revision"]), (&json!(1), &json!(1), &json!(town.snapshot().revision())));
        assert_eq!(town.list().names().await.len(), 2);
        assert_eq!(town.rows(&city, &town.sent(&city, &list(&TWO), json!({})).await, "").await[0]["station"]["name"], "海港银行驿站");
    }

    async fn rows_without_a_position_wait_once_and_become_drafts(town: Town) {
        let clerk = town.staff("clerk", Role::District, "130302").await;
        let rows = ["YZ-7,等候驿站,海港区,文化路9号,,,24小时,饮水", ",丢弃驿站,海港区,文化路10号,,,,"];
        for expected in [2, 0] {
            let import = town.sent(&clerk, &list(&rows), json!({ "district": "130302" })).await;
            assert_eq!((&import["plan"]["parked"], &import["parked"], &import["blocked"]), (&json!(2), &json!(2), &json!([])), "{import}");
            assert_eq!(town.committed(&clerk, &import).await["outcome"]["parked"], expected);
        }
        let waiting = town.get("/api/v1/parked").by(&clerk).json().await["items"].clone();
        assert_eq!(waiting.as_array().map(Vec::len), Some(2));
        let find = |name: &str| waiting.as_array().unwrap().iter().find(|p| p["name"] == name).unwrap().clone();
        let (kept, dropped) = (find("等候驿站"), find("丢弃驿站"));
        assert_eq!((&kept["row"], &kept["district"], &kept["address"], kept.get("lat")), (&json!(2), &json!("130302"), &json!("文化路9号"), None));
        let path = |parked: &Value, rest: &str| format!("/api/v1/parked/{}{rest}", text(&parked["id"]));
        let pin = || town.post(path(&kept, "/pin")).by(&clerk).on(&kept["version"]).sending(json!({ "lat": 39.93, "lon": 119.6 }));
        let pinned = pin().send().await;
        assert_eq!((pinned.status, &pinned.json()["status"], &pinned.json()["code"]), (StatusCode::CREATED, &json!("draft"), &json!("YZ-7")), "{}", pinned.text());
        assert_eq!(pin().send().await.status, StatusCode::NOT_FOUND, "it waits no longer");
        let drop = town.ask(Method::DELETE, path(&dropped, "")).by(&clerk).on(&dropped["version"]).send().await;
        assert_eq!(drop.status, StatusCode::NO_CONTENT);
        assert_eq!(town.get("/api/v1/parked").by(&clerk).json().await["items"], json!([]));
        let again = town.sent(&clerk, &list(&rows[..1]), json!({})).await;
        assert_eq!((&again["plan"]["unchanged"], &again["plan"]["parked"]), (&json!(1), &json!(0)), "the pinned row is that station: {again}");
    }
}
