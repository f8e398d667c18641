//! Filters: what they choose is what the list chooses, and what a plain look at the features does.

use serde_json::{Value, json};

use super::{STATIONS, ids};
use crate::client::text;
use crate::harness::Town;

/// Instants at which the same stations are open and shut.
const INSTANTS: [&str; 4] = [
    "2026-11-24T10:00:00+08:00",
    "2026-11-24T12:45:00+08:00",
    "2026-11-24T23:30:00+08:00",
    "2026-02-16T10:00:00+08:00",
];

/// Parameters of the list, and what says the same here.
const SAME: [(&[(&str, &str)], &str); 10] = [
    (&[("facility", "water")], "facility_water = TRUE"),
    (&[("facility", "microwave,heating")], "facility_microwave AND facility_heating = true"),
    (&[("host", "bank,park")], "host IN ('bank', 'park')"),
    (&[("host", "bank")], "NOT (host <> 'bank')"),
    (&[("district", "130304")], "district = '130304'"),
    (&[("state", "open,closing_soon")], "is_open"),
    (&[("state", "closed")], "state LIKE 'closed'"),
    (&[("no_phone", "true")], "no_phone = TRUE"),
    (&[("bbox", "119.5,39.8,119.7,40")], "S_INTERSECTS(geometry, BBOX(119.5, 39.8, 119.7, 40))"),
    (&[("host", "bank"), ("facility", "wifi")], "host = 'bank' AND facility_wifi"),
];

type Look = fn(&Value) -> bool;

/// Filters, and a plain look at a feature's properties that says the same.
const LOOKS: [(&str, Look); 12] = [
    ("capacity BETWEEN 10 AND 20", |p| p["capacity"].as_i64().is_some_and(|n| (10..=20).contains(&n))),
    ("capacity > 15 OR rating IS NOT NULL", |p| p["capacity"].as_i64() > Some(15) || !p["rating"].is_null()),
    ("NOT capacity > 15", |p| p["capacity"].as_i64().is_some_and(|n| n <= 15)),
    ("code IN ('QHD-DEMO-0001', 'QHD-DEMO-0100', 'none')", |p| {
        p["code"] == "QHD-DEMO-0001" || p["code"] == "QHD-DEMO-0100"
    }),
    ("code >= 'QHD-DEMO-0200'", |p| p["code"].as_str() >= Some("QHD-DEMO-0200")),
    ("name LIKE '%支行驿站' AND host <> 'bank'", |p| {
        text(&p["name"]).ends_with("支行驿站") && p["host"] != "bank"
    }),
    ("CASEI(code) LIKE CASEI('qhd-demo-00_7')", |p| {
        let code = text(&p["code"]);
        code.len() == 13 && code.starts_with("QHD-DEMO-00") && code.ends_with('7')
    }),
    ("facilities LIKE '%aed%'", |p| text(&p["facilities"]).split(',').any(|code| code == "aed")),
    ("partner IS NULL", |p| p["partner"].is_null()),
    ("opened_on < DATE('2026-01-01')", |p| p["opened_on"].as_str().is_some_and(|day| day < "2026-01-01")),
    ("last_confirmed >= TIMESTAMP('2026-11-10T00:00:00+08:00')", |p| {
        p["last_confirmed"].as_str().is_some_and(|at| at >= "2026-11-10T00:00:00+08:00")
    }),
    ("hours LIKE '24/7%' OR (build = 'self' AND no_phone)", |p| {
        p["hours"].as_str().is_some_and(|h| h.starts_with("24/7"))
            || (p["build"] == "self" && p["no_phone"] == true)
    }),
];

both_engines! {
    async fn a_filter_chooses_what_the_list_does(t: Town) {
        t.demonstrate().await;
        let mut found = 0;
        for at in INSTANTS {
            for (parameters, filter) in SAME {
                let ask = parameters.iter().fold(t.list(), |ask, (name, value)| ask.with(name, value));
                let listed = ids(&ask.with("at", at).with("limit", 200).all().await);
                let chosen = ids(&t.items_of_all_pages(&[("filter", filter), ("datetime", at)]).await);
                assert_eq!(chosen, listed, "{filter} at {at}");
                found += chosen.len();
            }
        }
        assert!(found > 1_000, "{found}");
    }

    async fn a_feature_says_what_the_list_says(t: Town) {
        t.exceptional().await;
        for at in INSTANTS {
            let listed = t.list().with("at", at).with("limit", 200).all().await;
            let told = t.items_of_all_pages(&[("datetime", at), ("limit", "100")]).await;
            assert_eq!(ids(&told), ids(&listed));
            for (flat, whole) in told.iter().zip(&listed) {
                assert_eq!(flat["geometry"], whole["geometry"]);
                let (flat, whole) = (&flat["properties"], &whole["properties"]);
                let facilities = whole["facilities"].as_array().unwrap();
                let is_open = ["open", "closing_soon"].iter().any(|state| whole["state"] == *state);
                let joined = |list: &Value| list.as_array().unwrap().iter().map(text).collect::<Vec<_>>().join(",");
                for (name, value) in flat.as_object().unwrap() {
                    let expected = match name.as_str() {
                        "is_open" => json!(is_open),
                        "district_name" => continue,
                        "facilities" => json!(facilities.iter().map(|f| text(&f["code"])).collect::<Vec<_>>().join(",")),
                        "access" | "trades" => json!(joined(&whole[name])),
                        _ => match name.strip_prefix("facility_") {
                            Some(code) => json!(facilities.iter().any(|f| f["code"] == code && f["open"] == true)),
                            None => whole[name].clone(),
                        },
                    };
                    assert_eq!(*value, expected, "{name} at {at}: {whole}");
                }
            }
        }
        let english = t.items().with("limit", 1).header("accept-language", "en").json().await;
        assert_eq!(english["features"][0]["properties"]["district_name"], "Haigang District");
    }

    async fn a_filter_chooses_what_a_plain_look_does(t: Town) {
        t.demonstrate().await;
        let all = t.items_of_all_pages(&[]).await;
        for (filter, look) in LOOKS {
            let expected: Vec<_> = all.iter().filter(|f| look(&f["properties"])).cloned().collect();
            let chosen = t.items_of_all_pages(&[("filter", filter)]).await;
            assert_eq!(ids(&chosen), ids(&expected), "{filter}");
            assert!(chosen.len() < all.len(), "{filter} leaves something out");
            let page = t.items().with("filter", filter).with("limit", 1).json().await;
            assert_eq!(page["numberMatched"], expected.len());
        }
    }

    async fn a_property_is_a_parameter_and_all_of_them_hold_together(t: Town) {
        t.demonstrate().await;
        let all = t.items_of_all_pages(&[]).await;
        let (one, mut tried) = (&all[5], 0);
        for (name, value) in one["properties"].as_object().unwrap() {
            let given = match value {
                Value::Null => continue,
                Value::String(text) => text.clone(),
                other => other.to_string(),
            };
            if given.is_empty() {
                continue;
            }
            let expected: Vec<_> = all.iter().filter(|f| f["properties"][name] == *value).cloned().collect();
            assert_eq!(ids(&t.items_of_all_pages(&[(name, &given)]).await), ids(&expected), "{name}={given}");
            tried += 1;
        }
        assert!(tried > 30, "{tried}");
        let id = text(&one["id"]);
        assert_eq!(ids(&t.items_of_all_pages(&[("id", &id)]).await), [id]);
        let query = [("host", "bank"), ("filter", "facility_wifi OR facility_seat"), ("bbox", "119.5,39.8,119.7,40")];
        let both = t.items_of_all_pages(&query).await;
        let listed = t.list().with("host", "bank").with("bbox", "119.5,39.8,119.7,40").with("limit", 200).all().await;
        let has = |f: &&Value| f["properties"]["facilities"].as_array().unwrap().iter()
            .any(|f| (f["code"] == "wifi" || f["code"] == "seat") && f["open"] == true);
        assert_eq!(ids(&both), ids(&listed.iter().filter(has).cloned().collect::<Vec<_>>()));
        for (name, wrong) in [("is_open", "maybe"), ("host", "castle"), ("rating", "five"), ("opened_on", "May"), ("last_confirmed", "noon")] {
            let reply = t.items().with(name, wrong).send().await;
            assert_eq!((reply.status.as_u16(), &reply.json()["errors"][0]["field"]), (400, &json!(name)));
        }
    }

    async fn a_filter_that_cannot_be_read_is_told_where(t: Town) {
        let refusal = async |name: &str, value: String, language: &str| {
            let reply = t.items().with(name, value).header("accept-language", language).send().await;
            assert_eq!(reply.status, 400);
            reply.json()["errors"][0].clone()
        };
        let wrong = refusal("filter", "colour = 'red'".to_owned(), "en").await;
        assert_eq!((&wrong["field"], &wrong["code"]), (&json!("filter"), &json!("unknown_property")));
        assert_eq!(wrong["detail"], "character 1: there is no property \"colour\"; see the queryables");
        let wrong = refusal("filter", "rating >".to_owned(), "zh").await;
        assert_eq!(wrong["detail"], "第 9 个字符：这里应为属性名、数字或单引号里的文字。");
        assert_eq!(refusal("filter", format!("name = '{}'", "站".repeat(1_400)), "en").await["code"], "too_long");
        assert_eq!(refusal("filter", "(".repeat(4_000), "en").await["code"], "too_deep");
        assert_eq!(refusal("filter-lang", "cql2-json".to_owned(), "en").await["code"], "unknown_code");
        assert_eq!(refusal("limit", "1".repeat(20_000), "en").await["field"], "query");
        // The longest filter that there may be, in characters that a URL writes as nine.
        let longest = format!("name <> '{}'", "站".repeat((4_096 - 10) / 3));
        assert_eq!(t.items().with("filter", longest).with("limit", 1).send().await.status, 200);
        let item = t.get(format!("{STATIONS}/items/none")).with("filter", "is_open").send().await;
        assert_eq!(item.status, 400);
    }
}
