//! Layers of demand: brought, replaced, described, removed, and who is told what of them.

use axum::http::{Method, StatusCode};
use serde_json::{Value, json};
use yizhan::accounts::Role;
use yizhan::error::Error;
use yizhan::planning::demand::service;

use super::{PEOPLE, refusals};
use crate::client::text;
use crate::harness::Town;

fn codes(layers: &[Value]) -> Vec<String> {
    layers.iter().map(|layer| text(&layer["code"])).collect()
}

fn share(shares: Option<&[f64; 168]>, hour: usize) -> Option<f64> {
    shares.map(|shares| shares[hour])
}

both_engines! {
    async fn before_anybody_brings_a_layer_place_names_stand_in(t: Town) {
        let planner = t.staff("planner", Role::Planner, "1303").await;
        let layers = t.demands(&planner).await;
        assert_eq!((codes(&layers), &layers[0]["stand_in"], &layers[0]["version"]), (vec!["stand-in".to_owned()], &json!(true), &json!(0)));
        assert!(text(&layers[0]["note"]).contains("每平方公里 5000 人"));
        let english = t.get("/api/v1/demand").by(&planner).header("accept-language", "en").json().await;
        assert!(text(&english["items"][0]["note"]).contains("5000 to the square kilometre"), "{english}");
        let kept = service::layer(&t.app, None).await.unwrap();
        assert!(kept.layer.stand_in && kept.points.len() > 100);
        let sum: f64 = kept.points.iter().map(|p| p.people).sum();
        assert!((sum - 964_194.0).abs() < 1e-3, "Qinhuangdao, Changli and Shanhaiguan: {sum}");
        assert_eq!(layers[0]["people"], 964_194);
        assert!(kept.points.iter().all(|p| p.district.is_some()));
        let again = t.at(crate::harness::NOW).await;
        assert_eq!(service::layer(&again.app, None).await.unwrap().points, kept.points, "the same everywhere");
        t.demand(&planner, PEOPLE.as_bytes(), &json!({})).await;
        assert_eq!(codes(&t.demands(&planner).await), ["default"]);
        assert!(service::layer(&t.app, Some("stand-in")).await.unwrap().layer.stand_in, "it can still be asked for");
    }

    async fn a_layer_is_brought_and_replaced_as_a_whole(t: Town) {
        let planner = t.staff("planner", Role::Planner, "1303").await;
        let options = json!({ "name": "外卖与快递", "source": "总工会", "licence": "内部", "as_of": "2026-06", "note": "抽样" });
        let sent = t.send_layer("/api/v1/demand", &planner, PEOPLE.as_bytes(), &options).await;
        let told = sent.json();
        assert_eq!((sent.status, sent.header("location"), sent.header("etag")), (StatusCode::CREATED, "/api/v1/demand/default", "\"v1\""));
        assert_eq!((&told["rows"], &told["points"], &told["people"], &told["outside"]), (&json!(3), &json!(3), &json!(250), &json!(0)));
        let districts = json!([
            { "adcode": "130302", "name": "Haigang", "points": 2, "people": 200 },
            { "adcode": "130304", "name": "Beidaihe", "points": 1, "people": 50 },
        ]);
        let named: Vec<_> = told["by_district"].as_array().unwrap().iter().map(|d| (text(&d["adcode"]), d["points"].clone(), d["people"].clone())).collect();
        assert_eq!(named.len(), districts.as_array().unwrap().len(), "{told}");
        assert_eq!(named, [("130302".to_owned(), json!(2), json!(200)), ("130304".to_owned(), json!(1), json!(50))]);
        assert_eq!(told["layer"]["trades"], json!(["courier", "food_rider"]));
        let kept = service::layer(&t.app, None).await.unwrap();
        assert_eq!((kept.layer.code.as_str(), kept.points.len(), kept.layer.name.as_str()), ("default", 3, "外卖与快递"));

        let smaller = "lon,lat,weight\n119.60,39.93,7\n";
        let replaced = t.send_layer("/api/v1/demand", &planner, smaller.as_bytes(), &json!({ "as_of": "2026-09" })).await;
        assert_eq!((replaced.status, replaced.header("etag")), (StatusCode::OK, "\"v2\""));
        let layer = &t.demands(&planner).await[0];
        assert_eq!((&layer["name"], &layer["as_of"], &layer["note"], &layer["points"]), (&json!("外卖与快递"), &json!("2026-09"), &json!(""), &json!(1)));
        let now = service::layer(&t.app, Some("default")).await.unwrap();
        assert_eq!((now.points.len(), now.layer.version, kept.points.len()), (1, 2, 3), "who counts with the old one has all of it");
        let other = t.at(crate::harness::NOW).await;
        assert_eq!(service::layer(&other.app, None).await.unwrap().points, now.points);
        assert!(t.verified().await.ok);
        let entries = t.get("/api/v1/audit").with("action", "demand.import").by(&t.staff("root", Role::Admin, "").await).json().await;
        assert_eq!(entries["items"].as_array().unwrap().len(), 2, "{entries}");
    }

    async fn a_dry_run_says_the_same_and_writes_nothing(t: Town) {
        let planner = t.staff("planner", Role::Planner, "1303").await;
        let dry = t.send_layer("/api/v1/demand", &planner, PEOPLE.as_bytes(), &json!({ "dry_run": true })).await;
        assert_eq!((dry.status, &dry.json()["people"], &dry.json()["layer"]["version"]), (StatusCode::OK, &json!(250), &json!(0)));
        assert_eq!(codes(&t.demands(&planner).await), ["stand-in"]);
        let wet = t.demand(&planner, PEOPLE.as_bytes(), &json!({})).await;
        assert_eq!(dry.json()["by_district"], wet["by_district"]);
    }

    async fn questions_mean_the_default_or_the_first_layer(t: Town) {
        let planner = t.staff("planner", Role::Planner, "1303").await;
        for code in ["b", "a"] {
            t.demand(&planner, PEOPLE.as_bytes(), &json!({ "code": code })).await;
        }
        let meant = async |code: Option<&str>| service::layer(&t.app, code).await.map(|d| d.layer.code.clone());
        assert_eq!((meant(None).await.unwrap(), meant(Some("a")).await.unwrap()), ("b".to_owned(), "a".to_owned()));
        t.demand(&planner, PEOPLE.as_bytes(), &json!({ "code": "default" })).await;
        assert_eq!(meant(None).await.unwrap(), "default");
        assert_eq!(codes(&t.demands(&planner).await), ["b", "a", "default"]);
        let Err(Error::Malformed(errors)) = meant(Some("c")).await else { panic!("no such layer") };
        assert_eq!((errors[0].field.as_str(), errors[0].detail.en.as_str()), ("demand", "no such layer; known: b, a, default, stand-in"));
    }

    async fn what_is_said_of_a_layer_can_be_changed(t: Town) {
        let planner = t.staff("planner", Role::Planner, "1303").await;
        t.demand(&planner, PEOPLE.as_bytes(), &json!({})).await;
        let patch = async |version: i64, body: Value| t.ask(Method::PATCH, "/api/v1/demand/default").by(&planner).on(&json!(version)).sending(body).send().await;
        let bare = t.ask(Method::PATCH, "/api/v1/demand/default").by(&planner).sending(json!({ "name": "x" })).send().await;
        assert_eq!(bare.status, StatusCode::PRECONDITION_REQUIRED);
        let day: Vec<f64> = (0..24).map(|h| if (7..21).contains(&h) { 1.0 } else { 0.25 }).collect();
        let changed = patch(1, json!({ "name": "甲", "note": "新", "profile": { "": day, "courier": vec![0.5; 168] } })).await;
        let told = changed.json();
        assert_eq!((changed.status, changed.header("etag"), &told["name"], &told["by_hour"], &told["people"]), (StatusCode::OK, "\"v2\"", &json!("甲"), &json!(true), &json!(250)));
        assert_eq!(patch(1, json!({ "name": "乙" })).await.status, StatusCode::PRECONDITION_FAILED);
        let kept = service::layer(&t.app, None).await.unwrap();
        let of = |i: usize| kept.profiles.of(kept.points[i].trade);
        assert_eq!((share(of(0), 0), share(of(1), 3), share(of(2), 32)), (Some(0.5), Some(0.25), Some(1.0)));
        let wrong = patch(2, json!({ "name": " ", "profile": { "": [2.0], "pilot": vec![1.5; 24] } })).await;
        let fields: Vec<_> = refusals(&wrong).into_iter().map(|(field, _)| field).collect();
        assert_eq!(fields, ["name", "profile.", "profile.pilot", "profile.pilot"]);
        assert_eq!(patch(2, json!({ "profile": {} })).await.json()["by_hour"], false);
        let none = t.ask(Method::PATCH, "/api/v1/demand/stand-in").by(&planner).on(&json!(0)).sending(json!({ "name": "x" })).send().await;
        assert_eq!(none.status, StatusCode::NOT_FOUND);
    }

    async fn a_layer_is_removed_and_its_versions_never_come_back(t: Town) {
        let planner = t.staff("planner", Role::Planner, "1303").await;
        t.demand(&planner, PEOPLE.as_bytes(), &json!({})).await;
        let first = service::layer(&t.app, None).await.unwrap();
        let remove = async |version: i64| t.ask(Method::DELETE, "/api/v1/demand/default").by(&planner).on(&json!(version)).send().await.status;
        assert_eq!((remove(9).await, remove(1).await, remove(1).await), (StatusCode::PRECONDITION_FAILED, StatusCode::NO_CONTENT, StatusCode::NOT_FOUND));
        assert!(service::layer(&t.app, None).await.unwrap().layer.stand_in);
        t.demand(&planner, b"lon,lat,weight\n119.60,39.93,7\n", &json!({})).await;
        let second = service::layer(&t.app, None).await.unwrap();
        assert!(second.layer.version > first.layer.version && second.points.len() == 1, "{:?}", second.layer);
    }

    async fn a_district_s_planner_is_told_of_his_own_people(t: Town) {
        let city = t.staff("city", Role::Planner, "1303").await;
        let own = t.staff("own", Role::Planner, "130304").await;
        t.demand(&city, PEOPLE.as_bytes(), &json!({})).await;
        let layer = t.demands(&own).await[0].clone();
        assert_eq!((&layer["points"], &layer["people"], &layer["trades"]), (&json!(1), &json!(50), &json!([])));
        assert_eq!(t.demands(&city).await[0]["people"], 250);
        let sent = t.send_layer("/api/v1/demand", &own, PEOPLE.as_bytes(), &json!({})).await;
        assert_eq!(sent.status, StatusCode::FORBIDDEN, "a layer is the whole city's");
        let clerk = t.staff("clerk", Role::District, "130304").await;
        assert_eq!(t.demands(&clerk).await[0]["people"], 50);
        assert_eq!(t.send_layer("/api/v1/demand", &clerk, PEOPLE.as_bytes(), &json!({})).await.status, StatusCode::FORBIDDEN);
        let keeper = t.keeper("keeper", &[]).await;
        assert_eq!(t.get("/api/v1/demand").by(&keeper).send().await.status, StatusCode::FORBIDDEN);
        assert_eq!(t.get("/api/v1/demand").send().await.status, StatusCode::UNAUTHORIZED);
    }

    async fn what_is_said_of_a_new_layer_is_checked(t: Town) {
        let planner = t.staff("planner", Role::Planner, "1303").await;
        let fields = async |options: Value| t.refused_demand(&planner, PEOPLE.as_bytes(), &options).await.into_iter().map(|(field, _)| field).collect::<Vec<_>>();
        assert_eq!(fields(json!({ "code": "A b", "name": "", "crs": "utm", "trade": "pilot", "note": "长".repeat(2_001) })).await, ["code", "name", "note", "crs", "trade"]);
        assert_eq!(fields(json!({ "code": "stand-in" })).await, ["code"]);
        assert_eq!(fields(json!({ "profile": { "": [1] } })).await, ["profile."]);
        assert_eq!(fields(json!({ "mapping": { "people": "weight" } })).await, ["mapping.people"]);
        let unknown = t.send_layer("/api/v1/demand", &planner, PEOPLE.as_bytes(), &json!({ "colour": "red" })).await;
        assert_eq!(unknown.status, StatusCode::BAD_REQUEST);
        for n in 0..20 {
            t.demand(&planner, PEOPLE.as_bytes(), &json!({ "code": format!("l{n}") })).await;
        }
        assert_eq!(t.refused_demand(&planner, PEOPLE.as_bytes(), &json!({ "code": "more" })).await, [("code".to_owned(), "too_many".to_owned())]);
        t.demand(&planner, PEOPLE.as_bytes(), &json!({ "code": "l7" })).await;
    }
}
