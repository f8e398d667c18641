//! The OpenAPI document: it is the committed one, and the service does what it says.

mod schema;

use std::collections::BTreeSet;
use std::path::Path;

use serde_json::{Value, json};
use yizhan::accounts::Role;
use yizhan::ids::StationId;

use crate::client::text;
use crate::harness::{Town, on_sqlite};
use crate::staff::Staff;
use schema::{Document, is_parameter, listed};

const SNAPSHOT: &str = "tests/snapshots/openapi.json";
const RENEW: &str = "YIZHAN_UPDATE_SNAPSHOTS=1 cargo test --test it openapi";

impl Town {
    /// The id of a report with a picture.
    async fn pictured_report(&self, station: StationId, by: &Staff) -> String {
        let photo = self.upload().await;
        let wish = json!({ "kind": "other", "text": "门口有积水", "photo": photo });
        let filed = self.post(format!("/api/v1/stations/{station}/reports")).sending(wish).send().await;
        assert_eq!(filed.status, 201, "{}", filed.text());
        text(&self.get("/api/v1/reports").by(by).json().await["items"][0]["id"])
    }

    async fn document(&self) -> Document {
        Document(self.get("/api/openapi.json").json().await)
    }
}

#[tokio::test]
async fn the_document_is_the_committed_one() {
    on_sqlite(async |t: Town| {
        let made = t.get("/api/openapi.json").send().await.text();
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(SNAPSHOT);
        if std::env::var_os("YIZHAN_UPDATE_SNAPSHOTS").is_some() {
            std::fs::write(&path, &made).expect("the snapshot is written");
        }
        let committed = std::fs::read_to_string(&path).unwrap_or_default();
        let differs = made.lines().zip(committed.lines()).position(|(a, b)| a != b);
        assert!(made == committed, "{SNAPSHOT} is stale from line {differs:?} on; renew it: {RENEW}");
    })
    .await;
}

#[tokio::test]
async fn the_document_stands_alone() {
    on_sqlite(async |t: Town| {
        let document = t.document().await;
        assert_eq!(document.0["openapi"], "3.1.0");
        assert_eq!(document.0["info"]["version"], env!("CARGO_PKG_VERSION"));
        assert_eq!(document.0["servers"][0]["url"], "/");
        let references = document.references();
        assert!(references.len() > 20, "{references:?}");
        for reference in references {
            assert!(!document.at(&reference).is_null(), "{reference} leads nowhere");
        }
        let ids: Vec<_> = document.operations().map(|(_, o)| text(&o["operationId"])).collect();
        assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len(), "{ids:?}");
        let tags: Vec<_> = listed(&document.0["tags"]).map(|t| text(&t["name"])).collect();
        assert!(document.operations().all(|(_, o)| listed(&o["tags"]).all(|t| tags.contains(&text(t)))));
    })
    .await;
}

/// The paths that the router knows, as axum shows them.
fn routes(town: &Town) -> BTreeSet<String> {
    let shown = format!("{:?}", town.router);
    let quoted = shown.split('"').skip(1).step_by(2);
    let public = |path: &&str| {
        ["/api", "/tiles", "/ogc", "/photos", "/healthz", "/readyz"].iter().any(|p| path.starts_with(p))
    };
    quoted.filter(public).map(str::to_owned).collect()
}

/// Whether a route answers for a documented path: a parameter of the route may be a name with an ending there.
fn answers(route: &str, path: &str) -> bool {
    let (route, path): (Vec<_>, Vec<_>) = (route.split('/').collect(), path.split('/').collect());
    let same = |(r, p): (&&str, &&str)| r == p || (r.starts_with('{') && p.starts_with('{'));
    route.len() == path.len() && route.iter().zip(&path).all(same)
}

#[tokio::test]
async fn every_public_route_is_documented() {
    on_sqlite(async |t: Town| {
        let (document, routes) = (t.document().await, routes(&t));
        assert!(routes.contains("/api/v1/stations/nearest"), "axum shows its routes otherwise: {routes:?}");
        let paths: Vec<_> = document.operations().map(|(path, _)| path).collect();
        for route in &routes {
            assert!(paths.iter().any(|path| answers(route, path)), "{route} is not documented");
        }
        for path in paths {
            assert!(routes.iter().any(|route| answers(route, &path)), "{path} is not served");
        }
    })
    .await;
}

/// A parameter's example as a URL writes it.
fn written(example: &Value) -> String {
    match example {
        Value::Array(parts) => parts.iter().map(written).collect::<Vec<_>>().join(","),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// The path with the examples of its parameters, and those of the query that must be given.
fn example(document: &Document, path: &str, operation: &Value) -> (String, Vec<(String, String)>) {
    let parameters = document.parameters(operation);
    let segments = parameters.iter().filter(|p| is_parameter(p, "path"));
    let path = segments.fold(path.to_owned(), |path, p| {
        path.replace(&format!("{{{}}}", text(&p["name"])), &written(&p["example"]))
    });
    let needed = parameters.iter().filter(|p| is_parameter(p, "query") && p["required"] == true);
    (path, needed.map(|p| (text(&p["name"]), written(&p["example"]))).collect())
}

/// Somebody who may ask everything: an administrator, whose phone is a member's and that of a merchant's first clerk.
async fn asker(t: &Town) -> (Staff, String) {
    let admin = t.staff("admin", Role::Admin, "").await;
    let (member, shop) = (t.member().await, t.shop("港城家常菜").await);
    let same = "SELECT phone_hash FROM member";
    t.run(&[format!(
        "UPDATE clerk SET is_lead = TRUE, phone_hash = ({same}) WHERE id = '{}'",
        shop.clerk.id
    )])
    .await;
    let cookies = format!("yizhan_session={}; yizhan_phone={}", admin.session, member.secret);
    (admin, cookies)
}

/// Asks with the parameters that must be given and one more, which may replace one of them.
async fn ask(
    t: &Town,
    cookies: &str,
    path: &str,
    needed: &[(String, String)],
    (name, value): (&str, &str),
) -> crate::client::Reply {
    let others = needed.iter().filter(|(n, _)| n != name);
    others
        .fold(t.get(path), |ask, (n, v)| ask.with(n, v))
        .with(name, value)
        .header("cookie", cookies)
        .header("sec-fetch-site", "same-origin")
        .header("accept-language", "en")
        .send()
        .await
}

#[tokio::test]
async fn the_documented_parameters_are_those_that_the_service_knows() {
    on_sqlite(async |t: Town| {
        let document = t.document().await;
        let (_, cookies) = asker(&t).await;
        let mut compared = 0;
        for (path, operation) in document
            .readings()
            .filter(|(p, _)| ["/api/v1", "/tiles", "/ogc"].iter().any(|start| p.starts_with(start)))
        {
            let (address, needed) = example(&document, &path, operation);
            let reply = ask(&t, &cookies, &address, &needed, ("colour", "red")).await;
            assert_eq!(reply.status, 400, "{path}");
            let body = reply.json();
            let unknown =
                listed(&body["errors"]).find(|e| e["code"] == "unknown_parameter").expect("a refusal");
            let told = text(&unknown["detail"]);
            let known = told.strip_prefix("unknown; known: ").expect("the list of known parameters");
            let known: BTreeSet<_> = known.split(", ").filter(|n| !n.is_empty()).map(str::to_owned).collect();
            let parameters = document.parameters(operation);
            let query = parameters.iter().filter(|p| is_parameter(p, "query"));
            assert_eq!(query.map(|p| text(&p["name"])).collect::<BTreeSet<_>>(), known, "{path}");
            compared += known.len();
        }
        assert!(compared > 40, "{compared}");
    })
    .await;
}

#[tokio::test]
async fn every_documented_value_is_taken_and_what_lies_below_is_not() {
    on_sqlite(async |t: Town| {
        // One station is enough: what is tried is which values are taken, and some answers draw every station.
        let station = t.station("文化路驿站").district("130302").open().await.id;
        let document = t.document().await;
        let (admin, cookies) = asker(&t).await;
        let report = t.pictured_report(station, &admin).await;
        let station = station.to_string();
        let import =
            text(&t.sent(&admin, "名称,经度,纬度\n甲,119.55,39.93\n".as_bytes(), json!({})).await["id"]);
        let mut tried = 0;
        for (path, operation) in document.readings() {
            let (address, needed) = example(&document, &path, operation);
            let real = [
                ("/stations/{id}", &station),
                ("/items/{id}", &station),
                ("/imports/{id}", &import),
                ("/reports/{id}", &report),
            ]
            .into_iter()
            .find_map(|(of, id)| {
                let (before, after) = path.split_once(of).filter(|(_, after)| !after.contains('{'))?;
                Some(format!("{before}{}{after}", of.replace("{id}", id)))
            });
            let address = real.unwrap_or(address);
            for p in document.parameters(operation).iter().filter(|p| is_parameter(p, "query")) {
                let (name, schema) = (text(&p["name"]), document.followed(&p["schema"]));
                // A position is both numbers.
                let place = [("lat".to_owned(), "39.93".to_owned()), ("lon".to_owned(), "119.6".to_owned())];
                let is_place = path == "/api/v1/offers" && place.iter().any(|(number, _)| *number == name);
                let needed = if is_place { place.to_vec() } else { needed.clone() };
                let of_items = schema.get("items").map(|items| document.followed(items));
                let codes = listed(&of_items.unwrap_or(schema)["enum"]).map(written);
                let ends = ["minimum", "maximum", "default"]
                    .into_iter()
                    .filter_map(|end| schema.get(end))
                    .map(written);
                for value in codes.chain(ends).chain([written(&p["example"])]) {
                    let status = ask(&t, &cookies, &address, &needed, (&name, &value)).await.status.as_u16();
                    assert!([200, 204].contains(&status), "{path} {name}={value}: {status}");
                    tried += 1;
                }
                if let Some(least) = schema.get("minimum").and_then(Value::as_f64) {
                    assert_eq!(
                        ask(&t, &cookies, &address, &needed, (&name, &(least - 1.0).to_string()))
                            .await
                            .status,
                        400,
                        "{path} {name}"
                    );
                }
            }
        }
        assert!(tried > 300, "{tried}");
    })
    .await;
}

#[tokio::test]
async fn answers_are_as_documented() {
    on_sqlite(async |t: Town| {
        t.demonstrate().await;
        let document = t.document().await;
        let id = t.list().with("limit", 1).ids().await.remove(0);
        let sheet = format!("/api/v1/stations/{id}");
        let cases = [
            (
                "/api/v1/stations/nearest",
                "/api/v1/stations/nearest?lat=39.93&lon=119.6&limit=50&within_m=50000",
            ),
            ("/api/v1/stations/nearest", "/api/v1/stations/nearest?lat=10&lon=119.6"),
            ("/api/v1/stations/nearest", "/api/v1/stations/nearest?lat=91&unknown=1"),
            ("/api/v1/stations", "/api/v1/stations?limit=200"),
            ("/api/v1/stations", "/api/v1/stations?limit=200&at=2031-05-01T03:00:00%2B08:00"),
            ("/api/v1/stations/{id}", sheet.as_str()),
            ("/api/v1/stations/{id}", &format!("{sheet}?at=2026-02-14T10:00:00%2B08:00")),
            ("/api/v1/stations/{id}", "/api/v1/stations/none"),
            ("/api/v1/offline/{district}.json", "/api/v1/offline/130302.json"),
            ("/api/v1/offline/{district}.json", "/api/v1/offline/130302.json?at=2026-12-31T03:00:00%2B08:00"),
            ("/api/v1/offline/{district}.json", "/api/v1/offline/110000.json"),
            ("/tiles/stations.json", "/tiles/stations.json"),
            ("/tiles/stations/{z}/{x}/{y}.geojson", "/tiles/stations/9/425/194.geojson"),
            ("/tiles/stations/{z}/{x}/{y}.geojson", "/tiles/stations/0/0/1.geojson"),
            ("/ogc", "/ogc"),
            ("/ogc/collections/stations/items", "/ogc/collections/stations/items?limit=300"),
            ("/ogc/collections/stations/items", "/ogc/collections/stations/items?filter=x"),
            ("/ogc/collections/stations/items/{id}", &format!("/ogc/collections/stations/items/{id}")),
            ("/ogc/collections/stations/queryables", "/ogc/collections/stations/queryables"),
            ("/photos/{id}.jpg", "/photos/none.jpg"),
            ("/healthz", "/healthz"),
            ("/readyz", "/readyz"),
        ];
        for (path, address) in cases {
            let reply = t.get(address).send().await;
            let response = document.response(path, reply.status.as_u16());
            let media = document.followed(response)["content"].get(reply.header("content-type"));
            let media = media
                .unwrap_or_else(|| panic!("{address}: {} is not documented", reply.header("content-type")));
            document
                .check(&media["schema"], &reply.json())
                .unwrap_or_else(|fault| panic!("{address}: {fault}"));
            for (name, _) in document.followed(response)["headers"].as_object().expect("headers") {
                let may_lack = ["Link", "Retry-After"].contains(&name.as_str());
                assert!(may_lack || !reply.header(name).is_empty(), "{address}: {name} is missing");
            }
        }
    })
    .await;
}

#[tokio::test]
async fn answers_of_the_registry_are_as_documented() {
    on_sqlite(async |t: Town| {
        t.demonstrate().await;
        let document = t.document().await;
        let admin = t.staff("admin", Role::Admin, "").await;
        let id = t.list().with("limit", 1).ids().await.remove(0);
        let addresses = [
            ("/api/v1/registry", "/api/v1/registry?limit=200&sort=-name".to_owned()),
            ("/api/v1/registry", "/api/v1/registry?sort=colour".to_owned()),
            ("/api/v1/registry/{id}", format!("/api/v1/registry/{id}")),
            ("/api/v1/registry/{id}", "/api/v1/registry/none".to_owned()),
            ("/api/v1/registry/queues", "/api/v1/registry/queues".to_owned()),
            ("/api/v1/stations/{id}/history", format!("/api/v1/stations/{id}/history")),
        ];
        for (path, address) in addresses {
            let reply = t.get(&address).by(&admin).send().await;
            let response = document.response(path, reply.status.as_u16());
            let media = &document.followed(response)["content"][reply.header("content-type")];
            assert!(media.is_object(), "{address}: {} is not documented", reply.header("content-type"));
            document
                .check(&media["schema"], &reply.json())
                .unwrap_or_else(|fault| panic!("{address}: {fault}"));
        }
    })
    .await;
}

#[tokio::test]
async fn a_client_that_has_the_document_is_told_so() {
    on_sqlite(async |t: Town| {
        let tag = t.get("/api/openapi.json").send().await.header("etag").to_owned();
        let again = t.get("/api/openapi.json").header("if-none-match", tag).send().await;
        assert_eq!((again.status.as_u16(), again.body.len()), (304, 0));
    })
    .await;
}
