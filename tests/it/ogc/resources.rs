//! What stands where: every link leads somewhere, and what is declared is there.

use std::collections::{BTreeSet, VecDeque};

use serde_json::{Value, json};
use yizhan::stations::model::{FacilityCode, Status};

use super::{STATIONS, ids, link, local};
use crate::client::text;
use crate::harness::Town;
use crate::tiles::{features, layers};

const RESOURCES: [&str; 12] = [
    "/ogc",
    "/ogc/",
    "/ogc/api",
    "/ogc/conformance",
    "/ogc/collections",
    "/ogc/collections/stations",
    "/ogc/collections/stations/items",
    "/ogc/collections/stations/queryables",
    "/ogc/collections/stations/schema",
    "/ogc/collections/stations/tiles/WebMercatorQuad",
    "/ogc/tileMatrixSets",
    "/ogc/tileMatrixSets/WebMercatorQuad",
];

/// Every link of an answer, wherever it stands.
fn links(answer: &Value, found: &mut Vec<Value>) {
    match answer {
        Value::Array(list) => list.iter().for_each(|value| links(value, found)),
        Value::Object(object) => {
            if object.get("href").is_some_and(Value::is_string) {
                found.push(answer.clone());
            }
            object.values().for_each(|value| links(value, found));
        }
        _ => {}
    }
}

both_engines! {
    async fn every_link_from_the_landing_page_leads_somewhere(t: Town) {
        t.demonstrate().await;
        let (mut waiting, mut seen) = (VecDeque::from([("/ogc".to_owned(), "application/json".to_owned())]), BTreeSet::new());
        while let Some((address, media_type)) = waiting.pop_front() {
            if !seen.insert(address.clone()) {
                continue;
            }
            let reply = t.get(&address).send().await;
            assert_eq!((reply.status.as_u16(), reply.header("content-type")), (200, media_type.as_str()), "{address}");
            if media_type == "application/vnd.mapbox-vector-tile" {
                assert!(!layers(&reply).is_empty());
                continue;
            }
            let mut found = Vec::new();
            links(&reply.json(), &mut found);
            for link in found {
                let gaps = [("{tileMatrix}", "9"), ("{tileRow}", "194"), ("{tileCol}", "425")];
                let is_templated = link["templated"] == true;
                let address = gaps.iter().fold(text(&link["href"]), |address, (gap, value)| address.replace(gap, value));
                assert_eq!(address != text(&link["href"]), is_templated, "{link}");
                waiting.push_back((local(&address), text(&link["type"])));
            }
        }
        for resource in RESOURCES.iter().filter(|path| !path.ends_with('/')) {
            assert!(seen.contains(*resource), "{resource} is linked from nowhere: {seen:?}");
        }
        // The pages of 268 stations, 50 at a time.
        assert_eq!(seen.iter().filter(|address| address.contains("cursor=")).count(), 5);
    }

    async fn the_classes_are_declared_once_each(t: Town) {
        let told = t.get("/ogc/conformance").json().await["conformsTo"].clone();
        let classes: Vec<_> = told.as_array().unwrap().iter().map(text).collect();
        assert_eq!(classes.iter().collect::<BTreeSet<_>>().len(), classes.len());
        for class in [
            "ogcapi-common-1/1.0/conf/core",
            "ogcapi-features-1/1.0/conf/core",
            "ogcapi-features-1/1.0/conf/geojson",
            "ogcapi-features-2/1.0/conf/crs",
            "ogcapi-features-3/1.0/conf/features-filter",
            "ogcapi-features-3/1.0/conf/queryables-query-parameters",
            "cql2/1.0/conf/cql2-text",
            "cql2/1.0/conf/basic-cql2",
            "ogcapi-tiles-1/1.0/conf/core",
        ] {
            assert!(classes.contains(&format!("http://www.opengis.net/spec/{class}")), "{class}");
        }
        // What is not done is not declared.
        for absent in ["oas30", "html", "cql2-json", "spatial-functions", "temporal-functions", "arithmetic", "functions"] {
            assert!(!classes.iter().any(|class| class.ends_with(&format!("/{absent}"))), "{absent}");
        }
    }

    async fn each_resource_is_conditional_and_takes_only_what_it_knows(t: Town) {
        t.station("站").open().await;
        for path in RESOURCES {
            let reply = t.get(path).send().await;
            assert_eq!(reply.status, 200, "{path}");
            let tag = reply.header("etag").to_owned();
            let again = t.get(path).header("if-none-match", &tag).send().await;
            assert_eq!((again.status.as_u16(), again.body.len()), (304, 0), "{path}");
            assert_eq!(t.get(path).with("f", "json").send().await.status, 200, "{path}");
            for (name, value) in [("f", "html"), ("colour", "red")] {
                let refused = t.get(path).with(name, value).send().await;
                assert_eq!((refused.status.as_u16(), refused.header("content-type")), (400, "application/problem+json"), "{path}");
                assert_eq!(refused.json()["errors"][0]["field"], name);
            }
        }
        let before = t.items().send().await.header("etag").to_owned();
        t.station("又一").open().await;
        assert_eq!(t.items().header("if-none-match", before).send().await.status, 200);
        for nowhere in ["/ogc/collections/parks", "/ogc/collections/stations/items/none", "/ogc/tileMatrixSets/Other"] {
            let reply = t.get(nowhere).header("accept", "text/html,*/*;q=0.8").send().await;
            assert_eq!((reply.status.as_u16(), reply.header("content-type")), (404, "application/problem+json"), "{nowhere}");
        }
        let page_wanted = t.get("/ogc").header("accept", "text/html").send().await;
        assert_eq!(page_wanted.status, 406);
    }

    async fn links_name_the_public_address(t: Town) {
        t.station("站").open().await;
        let public = t.reopened(|config| "https://yizhan.example.cn/".clone_into(&mut config.server.public_url)).await;
        for path in ["/ogc", STATIONS, "/ogc/collections/stations/items"] {
            let mut found = Vec::new();
            links(&public.get(path).json().await, &mut found);
            assert!(found.iter().all(|link| text(&link["href"]).starts_with("https://yizhan.example.cn/ogc")), "{found:?}");
        }
    }

    async fn the_document_describes_these_paths_alone(t: Town) {
        let reply = t.get("/ogc/api").send().await;
        assert_eq!(reply.header("content-type"), "application/json");
        let document = reply.json();
        assert_eq!(document["servers"], json!([{ "url": "/ogc" }]));
        let whole = t.get("/api/openapi.json").json().await;
        let paths = document["paths"].as_object().unwrap();
        for (path, item) in whole["paths"].as_object().unwrap().iter().filter(|(path, _)| path.starts_with("/ogc/")) {
            if path != "/ogc/api" && path != "/ogc/" {
                assert_eq!(paths.get(path.strip_prefix("/ogc").unwrap()), Some(item), "{path}");
            }
        }
        assert!(paths.keys().all(|path| !path.starts_with("/api")));
        let parameters = paths["/collections/stations/items"]["get"]["parameters"].as_array().unwrap().clone();
        let limit = parameters.iter().find(|p| p["name"] == "limit").unwrap();
        assert_eq!((&limit["schema"]["maximum"], &limit["schema"]["default"]), (&json!(1_000), &json!(50)));
    }

    async fn the_collection_says_where_it_is_and_what_is_known(t: Town) {
        let empty = t.get(STATIONS).json().await;
        assert!(empty.get("extent").is_none());
        t.station("东").at(119.8, 39.9).open().await;
        t.station("西").at(119.5, 40.1).open().await;
        t.station("草稿").at(110.0, 30.0).store(Status::Draft).await;
        let told = t.get(STATIONS).json().await;
        assert_eq!(told["extent"]["spatial"]["bbox"], json!([[119.5, 39.9, 119.8, 40.1]]));
        assert_eq!((&told["itemType"], &told["storageCrs"]), (&json!("feature"), &told["crs"][0]));
        let collections = t.get("/ogc/collections").json().await;
        assert_eq!(collections["collections"], json!([told]));
        // What the schema names is what a feature has; what can be asked for is that, the id and the place.
        let feature = t.items().json().await["features"][0].clone();
        let keys = |value: &Value| value.as_object().unwrap().keys().cloned().collect::<BTreeSet<_>>();
        let schema = t.get("/ogc/collections/stations/schema").json().await;
        assert_eq!(keys(&schema["properties"]["properties"]["properties"]), keys(&feature["properties"]));
        let mut queryables = keys(&t.get("/ogc/collections/stations/queryables").json().await["properties"]);
        assert!(queryables.remove("id") && queryables.remove("geometry"));
        assert_eq!(queryables, keys(&feature["properties"]));
    }

    async fn a_tile_is_that_of_the_map_with_the_row_first(t: Town) {
        t.demonstrate().await;
        let tiles = "/ogc/collections/stations/tiles/WebMercatorQuad";
        for at in ["2026-11-24T10:00:00+08:00", "2026-11-24T23:30:00+08:00"] {
            let here = t.get(format!("{tiles}/12/1552/3408")).with("datetime", at).send().await;
            let there = t.get("/tiles/stations/12/3408/1552.mvt").with("at", at).send().await;
            assert_eq!((&here.status, &here.body), (&there.status, &there.body));
            assert!(here.status == 204 || !features(&here).is_empty());
        }
        let limits = t.get(tiles).json().await["tileMatrixSetLimits"].clone();
        let (mut counted, zoom) = (0, 13);
        let of = |name: &str| limits[zoom][name].as_u64().unwrap();
        for row in of("minTileRow")..=of("maxTileRow") {
            for column in of("minTileCol")..=of("maxTileCol") {
                counted += features(&t.get(format!("{tiles}/{zoom}/{row}/{column}")).send().await).len();
            }
        }
        assert_eq!(counted, 268, "the limits hold every station");
        for nowhere in ["17/0/0", "3/8/0", "3/0/8", "x/0/0", "-1/0/0"] {
            assert_eq!(t.get(format!("{tiles}/{nowhere}")).send().await.status, 404, "{nowhere}");
        }
        assert_eq!(t.get(format!("{tiles}/3/0/0")).send().await.status, 204);
    }

    async fn one_station_is_told_as_of_an_instant(t: Town) {
        let s = t.station("白天").hours("08:00-18:00").facility(FacilityCode::Water).open().await;
        t.station("草稿").store(Status::Draft).await;
        let path = format!("{STATIONS}/items/{}", s.id);
        let day = t.get(&path).json().await;
        assert_eq!((&day["properties"]["is_open"], &day["properties"]["facility_water"]), (&json!(true), &json!(true)));
        assert_eq!(local(&link(&day, "self").unwrap()), path);
        for night in ["2026-11-24T23:00:00+08:00", "2026-11-24T23:00:00+08:00/..", "../2026-11-23T17:00:00Z"] {
            let told = t.get(&path).with("datetime", night).json().await["properties"].clone();
            let said = ["state", "is_open", "facility_water", "facilities"].map(|name| told[name].clone());
            assert_eq!(said, [json!("closed"), json!(false), json!(false), json!("water")], "{night}");
        }
        let all = t.items().json().await;
        assert_eq!(ids(all["features"].as_array().unwrap()), [s.id.to_string()]);
        let wrong = t.items().with("datetime", "now").header("accept-language", "en").send().await.json();
        assert_eq!((&wrong["errors"][0]["field"], &wrong["errors"][0]["code"]), (&json!("datetime"), &json!("no_instant")));
    }
}
