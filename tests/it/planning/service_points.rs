//! Layers of service points: brought, shown with their state, replaced, removed.

use axum::http::{Method, StatusCode};
use serde_json::{Value, json};
use yizhan::accounts::Role;
use yizhan::error::Error;
use yizhan::planning::service_points::service;

use super::{HALLS, of_file, refusals};
use crate::client::text;
use crate::harness::Town;

const ITEMS: &str = "/api/v1/service-points/items.geojson";

both_engines! {
    async fn halls_are_brought_and_shown_as_of_an_instant(t: Town) {
        let planner = t.staff("planner", Role::Planner, "1303").await;
        let options = json!({ "code": "social-security", "name": "社保大厅", "source": "人社局" });
        let sent = t.send_layer("/api/v1/service-points", &planner, HALLS.as_bytes(), &options).await;
        let told = sent.json();
        assert_eq!((sent.status, sent.header("location")), (StatusCode::CREATED, "/api/v1/service-points/social-security"), "{told}");
        assert_eq!((&told["points"], &told["uncertain"], &told["layer"]["with_hours"], &told["outside"]), (&json!(2), &json!(1), &json!(1), &json!(0)));
        let codes: Vec<_> = told["problems"].as_array().unwrap().iter().map(|p| text(&p["code"])).collect();
        assert_eq!(codes, ["holidays_assumed_off", "hours_uncertain"]);
        let auditor = t.staff("auditor", Role::Auditor, "").await;
        let shown = t.get(ITEMS).by(&auditor).send().await;
        assert_eq!((shown.status, shown.header("content-type")), (StatusCode::OK, "application/geo+json"));
        let features = shown.json()["features"].as_array().unwrap().clone();
        let states = |features: &[Value]| features.iter().map(|f| text(&f["properties"]["state"])).collect::<Vec<_>>();
        assert_eq!(states(&features), ["open", "unknown"], "a Tuesday morning");
        assert_eq!(features[0]["properties"], json!({
            "layer": "social-security", "layer_name": "社保大厅", "name": "社保大厅", "address": "文化路1号",
            "phone": "0335-1234567", "hours_text": "周一至周五 8:30-17:00", "state": "open",
        }));
        assert_eq!(features[0]["geometry"]["coordinates"], json!([119.6, 39.93]));
        for (at, state) in [("2026-11-24T19:00:00+08:00", "closed"), ("2026-10-01T10:00:00+08:00", "closed"), ("2026-10-10T10:00:00+08:00", "open")] {
            let then = t.get(ITEMS).with("at", at).by(&planner).json().await;
            assert_eq!((states(then["features"].as_array().unwrap())[0].as_str(), text(&then["at"])), (state, at.to_owned()));
        }
        let none = t.get(ITEMS).with("layer", "social-security,none").by(&planner).send().await;
        assert_eq!((none.status, text(&none.json()["errors"][0]["field"])), (StatusCode::BAD_REQUEST, "layer".to_owned()));
        assert_eq!(t.get(ITEMS).send().await.status, StatusCode::UNAUTHORIZED);
    }

    async fn layers_are_kept_in_memory_until_another_version(t: Town) {
        let planner = t.staff("planner", Role::Planner, "1303").await;
        for code in ["b", "a"] {
            t.halls(&planner, HALLS.as_bytes(), &json!({ "code": code, "name": code })).await;
        }
        let codes = async |asked: &[&str]| {
            let asked: Vec<String> = asked.iter().map(|code| (*code).to_owned()).collect();
            service::layers(&t.app, &asked).await.map(|layers| layers.iter().map(|l| l.layer.code.clone()).collect::<Vec<_>>())
        };
        assert_eq!((codes(&[]).await.unwrap(), codes(&["a", "a"]).await.unwrap()), (vec!["b".to_owned(), "a".to_owned()], vec!["a".to_owned()]));
        let Err(Error::Malformed(errors)) = codes(&["a", "c"]).await else { panic!("no such layer") };
        assert_eq!((errors[0].field.as_str(), errors[0].detail.en.as_str()), ("layer", "no such layer; known: b, a"));
        let first = service::layers(&t.app, &[]).await.unwrap();
        let again = service::layers(&t.app, &[]).await.unwrap();
        assert!(std::sync::Arc::ptr_eq(&first[0], &again[0]));
        assert!(first[0].points[0].hours.is_some() && first[0].points[1].hours.is_none());
        let other = t.reopened(|_| {}).await;
        other.halls(&planner, "name,lon,lat\n新厅,119.6,39.93\n".as_bytes(), &json!({ "code": "b" })).await;
        let now = service::layers(&t.app, &[]).await.unwrap();
        assert_eq!((now[0].layer.name.as_str(), now[0].points.len()), ("b", 1), "its name stays");
        assert!(std::sync::Arc::ptr_eq(&first[1], &now[1]));
    }

    async fn a_wrong_file_leaves_the_old_layer(t: Town) {
        let planner = t.staff("planner", Role::Planner, "1303").await;
        t.halls(&planner, HALLS.as_bytes(), &json!({ "code": "a", "name": "甲" })).await;
        let before = t.get(ITEMS).by(&planner).json().await;
        let refused = async |file: &str, options: Value| refusals(&t.send_layer("/api/v1/service-points", &planner, file.as_bytes(), &options).await);
        let of = |field: &str, code: &str| vec![(field.to_owned(), code.to_owned())];
        let a = json!({ "code": "a" });
        assert_eq!(refused("lon,lat\n119.6,39.93\n", a.clone()).await, of_file("missing_column"));
        assert_eq!(refused("name,lon,lat\n", a.clone()).await, of_file("no_rows"));
        assert_eq!(refused("name,lon,lat\n,119.6,39.93\n", a.clone()).await, of("row 2 name", "missing"));
        assert_eq!(refused("name,lon,lat\n甲,39.93,119.6\n", a.clone()).await, of("row 2 lat", "swapped"));
        assert_eq!(refused("name,lon,lat\n甲,119.6,\n", a.clone()).await, of("row 2 lat", "missing"));
        assert_eq!(refused(&format!("name,lon,lat\n{},119.6,39.93\n", "长".repeat(101)), a.clone()).await, of("row 2 name", "too_long"));
        assert_eq!(refused("{\"type\":\"FeatureCollection\",\"features\":[{\"type\":\"Feature\",\"geometry\":{\"type\":\"Polygon\",\"coordinates\":[]},\"properties\":{}}]}", a.clone()).await, of_file("not_a_point"));
        assert_eq!(refused(HALLS, json!({ "code": "b" })).await, of("name", "missing"));
        assert_eq!(refused(HALLS, json!({ "name": "乙" })).await, of("code", "unreadable"));
        assert_eq!(refused(HALLS, json!({ "code": "a", "crs": "utm" })).await, of("crs", "unreadable"));
        assert_eq!(refused(HALLS, json!({ "code": "a", "mapping": { "地址": "street" } })).await, of("mapping.地址", "unknown_field"));
        assert_eq!(t.get(ITEMS).by(&planner).json().await, before);
        let dry = t.halls(&planner, "name,lon,lat\n丙,119.6,39.93\n".as_bytes(), &json!({ "code": "a", "dry_run": true })).await;
        assert_eq!((&dry["points"], &dry["layer"]["name"]), (&json!(1), &json!("甲")));
        assert_eq!(t.get(ITEMS).by(&planner).json().await, before);
    }

    async fn a_layer_is_removed_by_its_version(t: Town) {
        let planner = t.staff("planner", Role::Planner, "1303").await;
        t.halls(&planner, HALLS.as_bytes(), &json!({ "code": "a", "name": "甲" })).await;
        let remove = async |version: i64| t.ask(Method::DELETE, "/api/v1/service-points/a").by(&planner).on(&json!(version)).send().await.status;
        assert_eq!((remove(2).await, remove(1).await, remove(1).await), (StatusCode::PRECONDITION_FAILED, StatusCode::NO_CONTENT, StatusCode::NOT_FOUND));
        assert_eq!(t.get("/api/v1/service-points").by(&planner).json().await, json!({ "items": [] }));
        assert_eq!(t.get(ITEMS).by(&planner).json().await["features"], json!([]));
        assert!(t.verified().await.ok);
        let district = t.staff("district", Role::Planner, "130302").await;
        let sent = t.send_layer("/api/v1/service-points", &district, HALLS.as_bytes(), &json!({ "code": "a", "name": "甲" })).await;
        assert_eq!(sent.status, StatusCode::FORBIDDEN);
    }
}
