//! `kill -9` while a large list is committed: afterwards all of it is there or nothing, and it can go on.

use std::time::Duration;

use serde_json::{Value, json};
use tokio::time::timeout;
use yizhan::accounts::Role;
use yizhan::db::Db;
use yizhan::on;

use crate::client::text;
use crate::imports_rows::many;
use crate::kills::http::{Answer, ask};
use crate::kills::served::Served;
use crate::place::{Place, at_each_engine};

/// Stations of the list.
const ROWS: u32 = 600;
/// Nothing takes longer, on a busy machine either.
const PATIENCE: Duration = Duration::from_mins(2);

/// A clerk at a service that is killed now and then.
struct Clerk<'s> {
    session: &'s str,
    served: &'s Served,
    import: &'s str,
}

impl Clerk<'_> {
    async fn ask(&self, verb: &str, rest: &str, version: Option<&Value>) -> Answer {
        let version = version.map(|v| format!("If-Match: \"v{v}\"\r\n")).unwrap_or_default();
        let headers = format!(
            "Cookie: yizhan_session={}\r\nSec-Fetch-Site: same-origin\r\nContent-Type: application/json\r\n{version}",
            self.session
        );
        let path = format!("/api/v1/imports/{}{rest}", self.import);
        ask(self.served.address, verb, &path, &headers, "").await.expect("an answer")
    }

    async fn look(&self) -> Value {
        let answer = self.ask("GET", "", None).await;
        assert_eq!(answer.status, 200, "{answer:?}");
        answer.body
    }

    async fn commit(&self) {
        let now = self.look().await;
        assert_eq!(now["state"], "planned", "{now}");
        let answer = self.ask("POST", "/commit", Some(&now["version"])).await;
        assert_eq!(answer.status, 202, "{answer:?}");
    }

    /// Looks until something is so.
    async fn until(&self, is_so: impl Fn(&Value) -> bool) -> Value {
        let looked = async {
            loop {
                let now = self.look().await;
                if is_so(&now) {
                    return now;
                }
            }
        };
        timeout(PATIENCE, looked).await.expect("it comes to this")
    }
}

/// How many stations there are, how many of them the import notes as its own, and how many versions.
async fn counted(place: &Place) -> [i64; 3] {
    let db = Db::attach(&place.url).await.expect("the database opens");
    let mut counts = [0; 3];
    for (sql, count) in [
        "SELECT COUNT(*) FROM station",
        "SELECT COUNT(*) FROM import_station",
        "SELECT COUNT(*) FROM station_version",
    ]
    .into_iter()
    .zip(&mut counts)
    {
        *count = on!(&db, pool => sqlx::query_scalar::<_, i64>(sql).fetch_one(pool).await).expect("counted");
    }
    db.close().await;
    counts
}

/// What an import shows once so many stations are written, and not yet committed.
fn has_written(part: f64) -> impl Fn(&Value) -> bool {
    move |now| {
        let done = now["progress"]["done"].as_f64().unwrap_or(0.0);
        now["state"] != "committing" || done >= part * f64::from(ROWS)
    }
}

async fn story(place: Place) {
    let town = place.town().await;
    let clerk = town.staff("clerk", Role::City, "").await;
    let import = town.sent(&clerk, &many(ROWS), json!({ "publish": true })).await;
    let import = text(&town.change(&clerk, &import, json!({ "crs_confirmed": true })).await["id"]);
    town.app.db.close().await;
    let all = [i64::from(ROWS); 3];
    let mut interrupted = 0;
    let mut served = Served::start(&place);
    for part in [0.0, 0.4, 1.0] {
        let at_desk = Clerk { session: &clerk.session, served: &served, import: &import };
        at_desk.commit().await;
        at_desk.until(has_written(part)).await;
        served.kill();
        served = Served::start(&place);
        let at_desk = Clerk { session: &clerk.session, served: &served, import: &import };
        let found = at_desk.look().await;
        if found["state"] == "committed" {
            break;
        }
        let failed = &found["failed"]["code"];
        assert_eq!((&found["state"], failed), (&json!("planned"), &json!("interrupted")), "{part}");
        assert_eq!(counted(&place).await, [0; 3], "nothing of it, after {part}");
        assert_eq!((&found["plan"]["created"], &found["blocked"]), (&json!(ROWS), &json!([])), "{part}");
        interrupted += 1;
    }
    assert!(interrupted > 0, "no kill came in the middle of a commit");
    let at_desk = Clerk { session: &clerk.session, served: &served, import: &import };
    if at_desk.look().await["state"] == "planned" {
        at_desk.commit().await;
    }
    let done = at_desk.until(|now| now["state"] != "committing").await;
    assert_eq!((&done["state"], &done["outcome"]["created"]), (&json!("committed"), &json!(ROWS)), "{done}");
    assert_eq!(counted(&place).await, all);
    assert!(served.stop().success(), "a graceful stop");
}

/// Fails where a server that starts does not take back what was being committed, and where a commit is more than one
/// transaction.
#[tokio::test]
async fn a_commit_that_is_killed_did_nothing_or_all() {
    assert!(at_each_engine(None, story).await > 0);
}
