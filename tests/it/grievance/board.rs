//! The board: once, and as it changes.

use std::time::Duration;

use axum::body::{Body, BodyDataStream};
use axum::http::{Method, Request, StatusCode};
use futures_util::StreamExt;
use serde_json::{Value, json};
use tokio::time::{Instant, sleep, timeout};
use tower::ServiceExt;
use yizhan::accounts::Role;
use yizhan::grievance::MOST_LISTENERS;

use super::{dispatch, slip, wish};
use crate::client::{HOST, text};
use crate::harness::Town;
use crate::staff::Staff;

/// How long something may take that is not waited for by the clock of the town.
const PATIENCE: Duration = Duration::from_secs(30);

/// Somebody who listens.
struct Stream {
    body: BodyDataStream,
    read: String,
}

/// Asks for the stream of a board.
async fn ask(t: &Town, by: &Staff, query: &str) -> axum::response::Response {
    let request = Request::get(format!("/api/v1/grievances/board{query}"))
        .header("host", HOST)
        .header("accept", "text/event-stream")
        .header("accept-encoding", "gzip, br")
        .header("cookie", format!("yizhan_session={}", by.session))
        .body(Body::empty())
        .unwrap();
    t.router.clone().oneshot(request).await.unwrap()
}

async fn listen(t: &Town, by: &Staff, query: &str) -> Stream {
    let answer = ask(t, by, query).await;
    assert_eq!(answer.status(), StatusCode::OK);
    assert_eq!(answer.headers()["content-type"], "text/event-stream");
    assert!(answer.headers().get("content-encoding").is_none(), "nothing holds an event back");
    Stream { body: answer.into_body().into_data_stream(), read: String::new() }
}

impl Stream {
    /// The next board; `None` at the end.
    async fn next(&mut self) -> Option<Value> {
        loop {
            if let Some((event, rest)) =
                self.read.split_once("\n\n").map(|(event, rest)| (event, rest.to_owned()))
            {
                let data = event.lines().find_map(|line| line.strip_prefix("data: ")).map(str::to_owned);
                let is_board = event.lines().any(|line| line == "event: board");
                self.read = rest;
                if let Some(data) = data.filter(|_| is_board) {
                    return Some(serde_json::from_str(&data).unwrap());
                }
                continue;
            }
            let bytes = timeout(PATIENCE, self.body.next()).await.expect("an event in time")?;
            self.read.push_str(std::str::from_utf8(&bytes.unwrap()).unwrap());
        }
    }

    /// The next board on which so many are open.
    async fn until_open(&mut self, open: u64) -> Value {
        loop {
            let board = self.next().await.expect("a board");
            if board["open"] == open {
                return board;
            }
        }
    }
}

/// Waits until something holds.
async fn eventually(holds: impl Fn() -> bool) {
    let end = Instant::now() + PATIENCE;
    while !holds() {
        assert!(Instant::now() < end, "it never came");
        sleep(Duration::from_millis(20)).await;
    }
}

both_engines! {
    async fn the_board_says_what_is_open_late_and_due(t: Town) {
        let c = t.centre().await;
        let (_, id) = t.begun(&c, "one", wish("named")).await;
        t.takes(&id, &c.supervisor, json!({ "action": "supervise", "level": 2, "text": "请抓紧" })).await;
        t.grievance("two", { let mut w = wish("anonymous"); w["category"] = json!("wages"); w }).await;
        t.grievance("away", { let mut w = wish("named"); w["district"] = json!("130304"); w }).await;
        let done = t.seed("done", wish("named")).await;
        let version = t.graded(&c, done, true, "satisfied").await;
        t.stepped(done, version, [(&c.caller, Role::Caller, json!({ "action": "close" }))]).await;

        let board = t.get("/api/v1/grievances/board").by(&c.intake).json().await;
        assert_eq!([&board["open"], &board["supervised"], &board["overdue"]], [&json!(3), &json!(1), &json!(0)]);
        assert_eq!((&board["states"]["in_progress"], &board["states"]["closed"]), (&json!(1), &json!(1)));
        assert_eq!(board["rates"]["satisfaction"]["percent"], 100.0);
        let trend = board["trend"].as_array().unwrap();
        assert_eq!((trend.len(), trend.last().unwrap()), (12, &json!({ "month": "2026-11", "received": 4, "closed": 1 })));
        assert_eq!(board["categories"][0], json!({ "code": "rest", "name": "休息吃饭", "count": 3 }));
        assert_eq!(board["due"].as_array().unwrap().len(), 3);
        assert_eq!(board["due"][0]["due"]["standing"], "on_time");
        let rights = board["departments"].as_array().unwrap().iter().find(|d| d["name"] == "权益保障部").unwrap();
        assert_eq!([&rights["open"], &rights["overdue"]], [&json!(1), &json!(0)]);

        let clerk = t.staff("clerk", Role::District, "130302").await;
        assert_eq!(t.get("/api/v1/grievances/board").by(&clerk).json().await["open"], 2, "the own district");
        assert_eq!(t.get("/api/v1/grievances/board").by(&c.handler).json().await["open"], 1, "his own cases");
        assert_eq!(t.get("/api/v1/grievances/board").by(&c.other).json().await["open"], 0);

        let later = t.at("2026-12-15T10:00:00+08:00").await;
        let intake = later.staff("later intake", Role::Intake, "1303").await;
        let late = later.get("/api/v1/grievances/board").by(&intake).json().await;
        assert_eq!([&late["overdue"], &late["due_today"], &late["due"][0]["due"]["standing"]], [&json!(3), &json!(0), &json!("overdue")]);
        let today = t.at("2026-11-27T10:00:00+08:00").await;
        let intake = today.staff("intake of the day", Role::Intake, "1303").await;
        let today = today.get("/api/v1/grievances/board").by(&intake).json().await;
        assert_eq!(today["overdue"].as_u64().unwrap() + today["due_today"].as_u64().unwrap(), 3, "late or due today, never both");
    }

    async fn a_wall_names_nobody_and_no_words(t: Town) {
        let c = t.centre().await;
        let (_, id) = t.begun(&c, "one", wish("named")).await;
        let desk = t.get("/api/v1/grievances/board").by(&c.intake).json().await;
        assert_eq!((&desk["due"][0]["id"], &desk["due"][0]["handler"]["name"]), (&json!(id), &json!("handler")));
        let wall = t.get("/api/v1/grievances/board?wall=true").by(&c.intake).json().await;
        let told = wall.to_string();
        assert_eq!(wall["due"][0]["department"]["name"], "权益保障部");
        for hidden in ["送餐", "王建国", "13800000000", "某站点", &id, "\"handler\"", &c.handler.id.to_string()] {
            assert!(!told.contains(hidden), "{hidden} hangs on the wall");
        }
        let wrong = t.get("/api/v1/grievances/board?wall=yes").by(&c.intake).send().await;
        assert_eq!((wrong.status, text(&wrong.json()["errors"][0]["field"])), (StatusCode::BAD_REQUEST, "wall".to_owned()));
    }

    async fn two_who_listen_see_a_change_and_are_forgotten(t: Town) {
        let c = t.centre().await;
        let second = t.staff("late comer", Role::Intake, "1303").await;
        let (mut one, mut other) = (listen(&t, &c.intake, "").await, listen(&t, &second, "").await);
        let mut wall = listen(&t, &c.supervisor, "?wall=true").await;
        assert_eq!((one.next().await.unwrap()["open"].clone(), other.next().await.unwrap()["open"].clone()), (json!(0), json!(0)));
        assert_eq!((t.app.boards.listeners(), t.app.boards.watched()), (3, 2), "who sees the same is counted for once");
        let slip = slip(&t.grievance("one", wish("named")).await);
        let (seen, also) = (one.until_open(1).await, other.until_open(1).await);
        assert_eq!((&seen["at"], &seen["states"]), (&also["at"], &also["states"]));
        assert_eq!(wall.until_open(1).await["states"]["submitted"], 1);
        let id = t.id_of(&slip.number, &c.intake).await;
        t.takes(&id, &c.intake, dispatch(&c)).await;
        assert_eq!(one.next().await.unwrap()["states"]["dispatched"], 1);
        let mut late = listen(&t, &second, "").await;
        assert_eq!(late.next().await.unwrap()["open"], 1, "who comes later is told at once");
        drop((one, other, late));
        eventually(|| t.app.boards.listeners() == 1 && t.app.boards.watched() == 1).await;
        t.app.boards.end();
        while let Some(_board) = wall.next().await {}
    }

    async fn a_stream_ends_with_the_session_the_account_and_the_right(t: Town) {
        let c = t.centre().await;
        let admin = t.staff("admin", Role::Admin, "").await;
        let mut stays = listen(&t, &c.second, "").await;
        let mut gone = Vec::new();
        for by in [&c.intake, &c.supervisor, &c.caller] {
            gone.push(listen(&t, by, "").await);
        }
        for stream in gone.iter_mut().chain([&mut stays]) {
            assert_eq!(stream.next().await.expect("a board")["open"], 0);
        }
        let out = t.ask(Method::DELETE, "/api/v1/session").by(&c.intake).send().await;
        assert_eq!(out.status, StatusCode::NO_CONTENT);
        let planner = json!({ "grants": [{ "role": "planner", "scope": "1303" }] });
        for (who, change) in [(&c.supervisor, json!({ "blocked": true })), (&c.caller, planner)] {
            let path = format!("/api/v1/accounts/{}", who.id);
            let version = t.get(&path).by(&admin).json().await["version"].clone();
            let changed = t.ask(Method::PATCH, &path).by(&admin).on(&version).sending(change).send().await;
            assert_eq!(changed.status, StatusCode::OK, "{}", changed.text());
        }
        t.grievance("one", wish("named")).await;
        stays.until_open(1).await;
        for stream in &mut gone {
            assert_eq!(stream.next().await, None, "nothing is told any more");
        }
    }

    async fn so_many_listen_and_no_more(t: Town) {
        let c = t.centre().await;
        let mut streams = Vec::new();
        for _ in 0..MOST_LISTENERS {
            streams.push(listen(&t, &c.intake, "").await);
        }
        let full = ask(&t, &c.intake, "").await;
        assert_eq!((full.status(), full.headers()["retry-after"].to_str().unwrap()), (StatusCode::SERVICE_UNAVAILABLE, "30"));
        streams.pop();
        eventually(|| t.app.boards.listeners() < MOST_LISTENERS).await;
        assert_eq!(ask(&t, &c.intake, "").await.status(), StatusCode::OK, "a place is free again");
    }
}
