//! Figures, and the cases behind each.

use axum::http::StatusCode;
use serde_json::{Value, json};
use yizhan::accounts::Role;

use super::{Centre, dispatch, slip, wish};
use crate::client::text;
use crate::harness::Town;
use crate::staff::Staff;

const BYS: [&str; 7] = ["channel", "category", "department", "district", "month", "subject", "unit"];
const RATES: [&str; 3] = ["response", "resolution", "satisfaction"];

async fn figures(t: &Town, by: &Staff, period: &str, part: &str) -> Value {
    t.get("/api/v1/grievances/figures").with("period", period).with("by", part).by(by).json().await
}

/// Numerator and denominator of the three rates.
fn shares(rates: &Value) -> Vec<(u64, u64)> {
    let number = |rate: &str, part: &str| rates[rate][part].as_u64().unwrap();
    RATES.iter().map(|rate| (number(rate, "numerator"), number(rate, "denominator"))).collect()
}

/// Every row behind a figure, page by page.
async fn behind(t: &Town, by: &Staff, address: &Value) -> Vec<Value> {
    let mut rows = Vec::new();
    let mut next = Some(format!("{}&limit=2", text(address)));
    while let Some(path) = next {
        let reply = t.get(path).by(by).send().await;
        assert_eq!(reply.status, StatusCode::OK, "{}", reply.text());
        let page = reply.json();
        rows.extend(page["items"].as_array().unwrap().clone());
        next = reply.next_page();
        if next.is_none() {
            assert_eq!(page["total"], rows.len());
        }
    }
    rows
}

/// That a figure opens to as many cases as it says.
async fn opens(t: &Town, by: &Staff, rate: &Value) {
    let rows = behind(t, by, &rate["cases"]).await;
    let missed = behind(t, by, &rate["missed"]).await;
    let part = rows.iter().filter(|row| row["counted"]["in_numerator"] == true).count();
    assert_eq!(
        (json!(part), json!(rows.len())),
        (rate["numerator"].clone(), rate["denominator"].clone()),
        "{rate}"
    );
    assert_eq!(missed.len(), rows.len() - part);
    let mut keys: Vec<_> =
        rows.iter().map(|row| (text(&row["id"]), row["counted"]["round"].clone().to_string())).collect();
    keys.sort();
    keys.dedup();
    assert_eq!(keys.len(), rows.len(), "each round once");
}

/// A case that nobody answers.
async fn waiting(t: &Town, c: &Centre, key: &str) -> String {
    let slip = slip(&t.grievance(key, wish("named")).await);
    t.id_of(&slip.number, &c.intake).await
}

/// Cases of every fate, filed on Tuesday 2026-11-24 and due on Friday.
async fn fates(t: &Town, c: &Centre) {
    // Solved, in two rounds: the first was not.
    let id = t.seed("rounds", wish("named")).await;
    let version = t.graded(c, id, false, "dissatisfied").await;
    let answer = json!({ "action": "answer", "outcome": "solved", "text": "好了" });
    let call = json!({ "action": "call_back", "reached": true, "solved": true, "grade": "satisfied" });
    let again = [
        (&c.caller, Role::Caller, json!({ "action": "redo", "text": "再办" })),
        (&c.handler, Role::Handler, answer.clone()),
        (&c.caller, Role::Caller, call),
        (&c.caller, Role::Caller, json!({ "action": "close" })),
    ];
    t.stepped(id, version, again).await;
    // Answered, and its reporter cannot be reached.
    let id = t
        .seed("unreachable", {
            let mut w = wish("named");
            w["unit"] = json!("甲厂 & 乙厂");
            w
        })
        .await;
    let begun = [
        (&c.intake, Role::Intake, dispatch(c)),
        (&c.handler, Role::Handler, json!({ "action": "accept" })),
        (&c.handler, Role::Handler, json!({ "action": "start" })),
        (&c.handler, Role::Handler, answer),
    ];
    let version = t.stepped(id, 1, begun).await;
    let miss = || (&c.caller, Role::Caller, json!({ "action": "call_back", "reached": false }));
    let version = t.stepped(id, version, [miss(), miss()]).await;
    t.at("2026-11-25T10:00:00+08:00").await.stepped(id, version, [miss()]).await;
    // Never answered; asked back, which stops the clock; declined in time.
    waiting(t, c, "late").await;
    let asked = waiting(t, c, "asked").await;
    t.takes(&asked, &c.intake, json!({ "action": "ask", "text": "哪个站点？" })).await;
    let declined = waiting(t, c, "declined").await;
    t.takes(&declined, &c.intake, json!({ "action": "propose_decline", "text": "x", "turn_to": "y" })).await;
    t.takes(&declined, &c.second, json!({ "action": "confirm_decline" })).await;
    // Of another district.
    t.seed("away", {
        let mut w = wish("anonymous");
        w["district"] = json!("130304");
        w
    })
    .await;
}

both_engines! {
    async fn what_is_not_due_yet_counts_nowhere_and_what_is_late_counts(t: Town) {
        let c = t.centre().await;
        fates(&t, &c).await;
        let clerk = t.staff("clerk", Role::District, "130302").await;
        let now = figures(&t, &clerk, "2026-11", "department").await;
        assert_eq!(shares(&now["rates"]), [(3, 3), (1, 2), (1, 2)], "three answers in two cases; nobody was reached of one");
        assert_eq!(now["received"]["numerator"], 5);
        assert_eq!(now["period"], json!({ "from": "2026-11-01", "to": "2026-11-30" }));
        let later = t.at("2026-12-15T10:00:00+08:00").await;
        let clerk = later.staff("later clerk", Role::District, "130302").await;
        let intake = later.staff("later intake", Role::Intake, "1303").await;
        let then = figures(&later, &clerk, "2026-11", "department").await;
        assert_eq!(shares(&then["rates"]), [(3, 4), (1, 2), (1, 2)], "only what nobody asked about or declined is late");
        assert_eq!(then["rates"]["response"]["percent"], 75.0);
        assert_eq!(shares(&figures(&later, &clerk, "2026-12", "department").await["rates"]), [(0, 0); 3]);
        assert_eq!(shares(&figures(&later, &intake, "2026", "department").await["rates"])[0], (3, 5), "the whole city");
        assert_eq!(figures(&later, &clerk, "2025", "month").await["rates"]["response"]["percent"], json!(null));
    }

    async fn every_figure_opens_to_its_cases(t: Town) {
        let c = t.centre().await;
        fates(&t, &c).await;
        let theme = "INSERT INTO grievance_subject (code, name, is_theme, measures, is_active) VALUES ('rest', '歇脚', TRUE, '每 4 小时歇 20 分钟', TRUE)";
        let mut tx = t.app.db.begin().await.unwrap();
        yizhan::in_tx!(&mut tx, c => sqlx::query(theme).execute(c).await.map(drop)).unwrap();
        tx.commit().await.unwrap();
        let id = t.seed("themed", wish("named")).await;
        t.stepped(id, 1, [(&c.intake, Role::Intake, json!({ "action": "classify", "subject": "rest" }))]).await;
        let later = t.at("2026-12-15T10:00:00+08:00").await;
        let intake = later.staff("later intake", Role::Intake, "1303").await;
        for by in BYS {
            let told = figures(&later, &intake, "2026-11-01..2026-12-31", by).await;
            opens(&later, &intake, &told["received"]).await;
            let rows = told["rows"].as_array().unwrap();
            assert!(!rows.is_empty(), "{by}");
            for rate in RATES {
                opens(&later, &intake, &told["rates"][rate]).await;
                assert!(text(&told["rates"][rate]["definition"]).contains("轮次"));
                let sum: u64 = rows.iter().map(|row| row["rates"][rate]["denominator"].as_u64().unwrap()).sum();
                assert_eq!(told["rates"][rate]["denominator"], sum, "{by}: the rows are the whole");
            }
            for row in rows {
                opens(&later, &intake, &row["received"]).await;
                for rate in RATES {
                    opens(&later, &intake, &row["rates"][rate]).await;
                }
            }
            if by == "subject" {
                let theme = rows.iter().find(|row| row["key"] == "rest").unwrap();
                assert_eq!([&theme["name"], &theme["theme"], &theme["measures"]], [&json!("歇脚"), &json!(true), &json!("每 4 小时歇 20 分钟")]);
            }
        }
    }

    async fn a_figure_that_cannot_be_read_is_told_by_field(t: Town) {
        let c = t.centre().await;
        for (query, field) in [
            ("?period=2026-13", "period"),
            ("?period=1999", "period"),
            ("?by=colour", "by"),
            ("/cases?period=2026", "measure"),
            ("/cases?measure=response&part=half", "part"),
            ("/cases?measure=response&cursor=1.2", "cursor"),
            ("/cases?measure=response&limit=0", "limit"),
        ] {
            let reply = t.get(format!("/api/v1/grievances/figures{query}")).by(&c.intake).send().await;
            assert_eq!((reply.status, text(&reply.json()["errors"][0]["field"])), (StatusCode::BAD_REQUEST, field.to_owned()), "{query}");
        }
        let reply = t.get("/api/v1/grievances/figures").by(&c.handler).send().await;
        assert_eq!(reply.status, StatusCode::FORBIDDEN);
    }
}
