//! Two servers over one PostgreSQL: what is written on one is shown by the other, in both directions.

use std::net::SocketAddr;
use std::time::Duration;

use serde_json::{Value, json};
use tokio::time::timeout;
use yizhan::accounts::Role;

use crate::client::text;
use crate::harness::{on_blank_postgres, skip};
use crate::kills::http::{Answer, ask, fetch};
use crate::kills::served::Served;
use crate::place::{ONE_STEP, Place};
use crate::tables::execute;

/// The registry is followed once a second; the rest is for a busy machine.
const PATIENCE: Duration = Duration::from_secs(20);

/// Staff at one of the servers.
struct Clerk<'s> {
    session: &'s str,
    address: SocketAddr,
}

impl Clerk<'_> {
    async fn send(&self, verb: &str, path: &str, version: Option<&Value>, body: Value) -> Answer {
        let version = version.map(|v| format!("If-Match: \"v{v}\"\r\n")).unwrap_or_default();
        let own = "Content-Type: application/json\r\nSec-Fetch-Site: same-origin\r\n";
        let headers = format!("Cookie: yizhan_session={}\r\n{own}{version}", self.session);
        ask(self.address, verb, path, &headers, &body.to_string()).await.expect("an answer")
    }

    async fn done(&self, verb: &str, path: &str, version: Option<&Value>, body: Value) -> Value {
        let answer = self.send(verb, path, version, body).await;
        assert!([200, 201].contains(&answer.status), "{verb} {path}: {answer:?}");
        answer.body
    }
}

/// Waits until a page of a server holds a text, and another no more.
async fn shows(address: SocketAddr, path: &str, wanted: &str, gone: Option<&str>) {
    let shown = async {
        loop {
            let page = fetch(address, path, "Accept: text/html\r\n").await.unwrap_or_default();
            if page.contains(wanted) && gone.is_none_or(|gone| !page.contains(gone)) {
                return;
            }
        }
    };
    timeout(PATIENCE, shown).await.unwrap_or_else(|_| panic!("{address}{path} does not show {wanted}"));
}

async fn story(place: Place) {
    let town = place.town().await;
    let admin = town.staff("admin", Role::Admin, "").await;
    execute(&town.app.db, ONE_STEP).await;
    let before = town.verified().await.rows;
    let (one, two) = (Served::start(&place), Served::start(&place));
    let [here, there] = [one.address, two.address].map(|address| Clerk { session: &admin.session, address });

    let body = json!({ "name": "双机驿站", "lat": 39.93, "lon": 119.6, "hours": "24/7" });
    let draft = here.done("POST", "/api/v1/stations", None, body).await;
    let id = text(&draft["id"]);
    let (api, page) = (format!("/api/v1/stations/{id}"), format!("/stations/{id}"));
    // The other server publishes what this one drafted, and both show it to workers.
    let open = there.done("POST", &format!("{api}/publish"), Some(&draft["version"]), json!({})).await;
    shows(here.address, &page, "双机驿站", None).await;
    shows(there.address, &page, "双机驿站", None).await;

    // A new name from here, a notice from there.
    let renamed = here.done("PATCH", &api, Some(&open["version"]), json!({ "name": "改名驿站" })).await;
    shows(there.address, &page, "改名驿站", Some("双机驿站")).await;
    let notice = json!({ "effect": "closed", "from": "2026-11-24T00:00:00+08:00", "reason": "水管检修" });
    there.done("POST", &format!("{api}/notices"), None, notice).await;
    shows(here.address, &page, "水管检修", None).await;
    shows(there.address, &page, "水管检修", None).await;

    // Two editors at once, one at each server: one is told that it was changed meanwhile.
    let (mine, yours) = tokio::join!(
        here.send("PATCH", &api, Some(&renamed["version"]), json!({ "address": "文化路1号" })),
        there.send("PATCH", &api, Some(&renamed["version"]), json!({ "address": "文化路2号" })),
    );
    let mut statuses = [mine.status, yours.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 412]);
    let written = if mine.status == 200 { "文化路1号" } else { "文化路2号" };
    shows(here.address, &page, written, None).await;
    shows(there.address, &page, written, None).await;

    // A client that wrote here and reads there names the revision that it has seen.
    let suspended = here.done("GET", &format!("/api/v1/registry/{id}"), None, Value::Null).await;
    let answer = here
        .send("POST", &format!("{api}/suspend"), Some(&suspended["version"]), json!({ "reason": "装修" }))
        .await;
    let revision = answer.header("x-registry-revision");
    let read = ask(there.address, "GET", &api, &format!("X-Min-Revision: {revision}\r\n"), "")
        .await
        .expect("an answer");
    assert_eq!((answer.status, &read.body["properties"]["state"]), (200, &"suspended".into()));
    let after = town.verified().await;
    assert!(after.ok && after.rows == before + 6, "one chain of both servers: {after:?}");
}

#[tokio::test]
async fn both_show_what_either_wrote() {
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path().to_owned();
    if on_blank_postgres(async |url| story(Place { data, url }).await).await.is_none() {
        skip("two_servers::both_show_what_either_wrote");
    }
}
