//! For each route a request that would succeed, about something in a district.

use axum::http::Method;
use serde_json::{Value, json};
use yizhan::http::policy::Row;
use yizhan::ids::StationId;
use yizhan::stations::model::{FacilityCode, Station, Status};

use super::inbox;
use super::inspections;
use super::jobs;
use super::joins;
use crate::client::{Reply, text};
use crate::harness::Town;
use crate::staff::Staff;

/// A request that is good in itself, and what it is about.
pub(super) struct Request {
    pub(super) path: String,
    version: Option<Value>,
    /// Whether it carries a key of its own.
    is_keyed: bool,
    body: Option<Value>,
    /// A body that is no JSON, with its type.
    raw: Option<(String, Vec<u8>)>,
    /// The station at hand, which a keeper of the own district keeps.
    pub(super) station: Option<StationId>,
    pub(super) reach: Reach,
}

/// What a permission is good for at a route.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Reach {
    /// An object of one district: another district's is not there.
    Object,
    /// No object at hand: the answer holds what the caller may see.
    List,
    /// The whole city: a district's administrator is not enough.
    City,
    /// Districts as a whole: a keeper's stations are not enough.
    Area,
    /// Whatever of a ground lies in one's districts: a keeper's stations are not enough.
    Ground,
}

impl Request {
    pub(super) fn to(path: String) -> Self {
        Self {
            path,
            version: None,
            is_keyed: false,
            body: None,
            raw: None,
            station: None,
            reach: Reach::Object,
        }
    }

    pub(super) fn list(path: &str) -> Self {
        Self { reach: Reach::List, ..Self::to(path.to_owned()) }
    }

    pub(super) fn keyed(self) -> Self {
        Self { is_keyed: true, ..self }
    }

    pub(super) fn of(self, station: StationId) -> Self {
        Self { station: Some(station), ..self }
    }

    pub(super) fn sending(self, body: Value) -> Self {
        Self { body: Some(body), ..self }
    }

    pub(super) fn form(self, kind: String, body: Vec<u8>) -> Self {
        Self { raw: Some((kind, body)), ..self }
    }

    pub(super) fn on(self, version: &Value) -> Self {
        Self { version: Some(version.clone()), ..self }
    }

    pub(super) fn reaching(self, reach: Reach) -> Self {
        Self { reach, ..self }
    }

    pub(super) async fn send(&self, t: &Town, method: &Method, by: Option<&Staff>) -> Reply {
        let ask = t.ask(method.clone(), self.path.clone());
        let ask = match by {
            Some(staff) => ask.by(staff),
            None => ask.header("sec-fetch-site", "same-origin"),
        };
        let ask = self.version.iter().fold(ask, crate::client::Ask::on);
        let key = uuid::Uuid::new_v4().to_string();
        let ask = if self.is_keyed { ask.header("idempotency-key", key) } else { ask };
        if let Some((kind, body)) = &self.raw {
            return ask.header("content-type", kind).body(body.clone().into()).send().await;
        }
        self.body.iter().fold(ask, |ask, body| ask.sending(body.clone())).send().await
    }
}

/// The status that a route's station must have for its request to succeed.
fn needed(path: &str) -> Status {
    match path.rsplit('/').next().unwrap_or_default() {
        _ if path.starts_with("/api/v1/registry") => Status::Open,
        "submit" | "{id}" | "restore" => Status::Draft,
        "check" | "reject" => Status::Submitted,
        "publish" => Status::Checked,
        "resume" => Status::Suspended,
        _ => Status::Open,
    }
}

/// Lists and questions without an object.
const LISTS: [&str; 11] = [
    "/api/v1/registry",
    "/api/v1/registry/queues",
    "/api/v1/notices",
    "/api/v1/regimes",
    "/api/v1/audit",
    "/api/v1/accounts",
    "/api/v1/roles",
    "/api/v1/city",
    "/api/v1/tokens",
    "/api/v1/session",
    "/api/v1/vocabulary",
];

/// A good request for a route, about something in a district.
pub(super) async fn request(t: &Town, root: &Staff, row: &Row, district: &str) -> Request {
    let path = row.path;
    if let Some(request) = super::reports::request(t, root, row, district).await {
        return request;
    }
    if let Some(request) = super::door::request(t, root, row, district).await {
        return request;
    }
    if let Some(request) = super::figures::request(t, root, row, district).await {
        return request;
    }
    if let Some(request) = super::rules::request(t, root, row, district).await {
        return request;
    }
    if let Some(request) = super::imports::request(t, root, row, district).await {
        return request;
    }
    if let Some(request) = super::vouchers::request(t, row, district).await {
        return request;
    }
    if let Some(request) = super::planning::request(t, root, row).await {
        return request;
    }
    if let Some(request) = super::people::request(t, root, row, district).await {
        return request;
    }
    match (row.method.as_str(), path) {
        ("GET", path) if LISTS.contains(&path) => Request::list(path),
        ("GET", "/api/v1/hours") => Request::list("/api/v1/hours?hours=24/7"),
        ("GET", "/api/v1/stations/export") => Request::list("/api/v1/stations/export?format=csv"),
        ("POST", "/api/v1/audit/verify") => Request::list(path).reaching(Reach::City),
        (_, path) if inspections::is_here(path) => inspections::request(t, root, row, district).await,
        (_, path) if path.contains("notices") || path.contains("regimes") => {
            announcement(t, root, row, district).await
        }
        (_, path) if path.starts_with("/api/v1/registry") || path.starts_with("/api/v1/stations") => {
            station(t, root, row, district).await
        }
        (_, path) if path.starts_with("/api/v1/notifications") => inbox::request(row),
        (_, path) if path.starts_with("/api/v1/grievances") => {
            super::grievances::request(t, root, row, district).await
        }
        (_, path) if path.starts_with("/api/v1/jobs") => jobs::request(t, row).await,
        (_, path) if path.starts_with("/api/v1/joins") => joins::request(t, row, district).await,
        (_, path) if path.starts_with("/api/v1/accounts") => account(t, root, row, district).await,
        _ => whole(t, root, row).await,
    }
}

pub(super) fn fill(path: &str, id: &impl ToString) -> String {
    path.replace("{id}", &id.to_string()).replace("{code}", "water")
}

async fn registered(t: &Town, path: &str, district: &str) -> Station {
    t.station("驿站").district(district).facility(FacilityCode::Water).store(needed(path)).await
}

/// Requests about one station.
async fn station(t: &Town, root: &Staff, row: &Row, district: &str) -> Request {
    if (row.method.as_str(), row.path) == ("POST", "/api/v1/stations") {
        let body = json!({ "name": "新站", "lat": 39.93, "lon": 119.6, "district": district });
        return Request::to(row.path.to_owned()).sending(body).reaching(Reach::Area);
    }
    let s = registered(t, row.path, district).await;
    let request = Request::to(fill(row.path, &s.id)).of(s.id);
    let version = json!(s.version);
    match (row.method.as_str(), row.path.rsplit('/').next().unwrap_or_default()) {
        ("GET", _) => request,
        ("POST", "actions") => {
            let targets = json!([{ "id": s.id, "version": s.version }]);
            Request::list(row.path)
                .sending(json!({ "action": "suspend", "stations": targets, "reason": "检修" }))
        }
        ("PATCH", _) => request.on(&version).sending(json!({ "notes": "补充" })),
        ("PUT", "{code}") => request.on(&version).sending(json!({ "working": "broken" })),
        ("DELETE", "{code}") => request.on(&version),
        ("POST", "confirmations") => request.sending(json!({ "how": "visit" })),
        ("POST", "restore") => {
            let change = t.ask(Method::PATCH, format!("/api/v1/stations/{}", s.id)).by(root).on(&version);
            let changed = change.sending(json!({ "notes": "改过" })).json().await;
            request.on(&changed["version"]).sending(json!({ "version": s.version, "reason": "改错了" }))
        }
        ("POST", _) => request.on(&version).sending(json!({ "reason": "核对" })),
        (method, _) => panic!("no request for {method} {}: write one down", row.path),
    }
}

/// Requests about notices and regimes.
async fn announcement(t: &Town, root: &Staff, row: &Row, district: &str) -> Request {
    let path = row.path;
    let times = ("2026-11-24T09:00:00+08:00", "2026-11-25T09:00:00+08:00");
    let notice = json!({ "effect": "closed", "from": times.0, "to": times.1, "reason": "停电" });
    let regime = json!({ "kind": "heat", "districts": [district], "hours": "24/7", "from": times.0, "reason": "高温" });
    let s = registered(t, path, district).await;
    match (row.method.as_str(), path) {
        ("POST", "/api/v1/stations/{id}/notices") => Request::to(fill(path, &s.id)).of(s.id).sending(notice),
        ("POST", "/api/v1/notices") => {
            let mut body = notice;
            body["area"] = area();
            Request::list(path).sending(body).reaching(Reach::Ground)
        }
        ("POST", "/api/v1/notices/preview") => Request::list(path).sending(json!({ "area": area() })),
        ("DELETE", "/api/v1/notices/{id}") => {
            let s = t.station("驿站").district(district).open().await;
            let ask = t.post(format!("/api/v1/stations/{}/notices", s.id)).by(root);
            let announced = ask.sending(notice).send().await.json();
            Request::to(fill(path, &text(&announced["id"]))).of(s.id).on(&announced["version"])
        }
        ("POST", "/api/v1/regimes") => Request::to(path.to_owned()).sending(regime).reaching(Reach::Area),
        ("DELETE", "/api/v1/regimes/{id}") => {
            let begun = t.post("/api/v1/regimes").by(root).sending(regime).send().await.json();
            Request::to(fill(path, &text(&begun["id"]))).on(&begun["version"]).reaching(Reach::Area)
        }
        (method, path) => panic!("no request for {method} {path}: write one down"),
    }
}

/// A ground around the middle of the city.
fn area() -> Value {
    let ring = json!([[119.5, 39.9], [119.7, 39.9], [119.7, 40.0], [119.5, 40.0], [119.5, 39.9]]);
    json!({ "type": "Polygon", "coordinates": [ring] })
}

/// Requests about other people.
async fn account(t: &Town, root: &Staff, row: &Row, district: &str) -> Request {
    let path = row.path;
    let grants = json!([{ "role": "planner", "scope": district }]);
    let login = format!("p{}", uuid::Uuid::new_v4().simple());
    let new = json!({ "login": login, "name": "某人", "grants": grants });
    if (row.method.as_str(), path) == ("POST", "/api/v1/accounts") {
        return Request::to(path.to_owned()).sending(new).reaching(Reach::Area);
    }
    let added = t.post("/api/v1/accounts").by(root).sending(new).send().await.json();
    let account = &added["account"];
    let request = Request::to(fill(path, &text(&account["id"])));
    match (row.method.as_str(), path.rsplit('/').next().unwrap_or_default()) {
        ("GET", "{id}" | "export") | ("POST", "reset") => request,
        ("POST", "erase") => request.sending(json!({ "reason": "离职" })),
        ("PATCH", "{id}") => request.on(&account["version"]).sending(json!({ "name": "改名" })),
        (method, _) => panic!("no request for {method} {path}: write one down"),
    }
}

/// Requests about the city as a whole, and about oneself.
async fn whole(t: &Town, root: &Staff, row: &Row) -> Request {
    let path = row.path;
    let expires = "2027-01-01T00:00:00+08:00";
    let token = json!({ "name": "报表", "permissions": ["station_see"], "scope": "", "expires": expires });
    match (row.method.as_str(), path) {
        ("PATCH", "/api/v1/city") => {
            let tag = t.get(path).by(root).send().await.header("etag").to_owned();
            let version: i64 = tag.trim_matches(['"', 'v']).parse().unwrap();
            let request = Request::to(path.to_owned()).on(&json!(version));
            request.sending(json!({ "hotline": "12351" })).reaching(Reach::City)
        }
        ("POST", "/api/v1/consents") => {
            let body = json!({ "kind": "join_union", "zh": "同意", "en": "I agree" });
            Request::to(path.to_owned()).sending(body).reaching(Reach::City)
        }
        ("POST", "/api/v1/tokens") => Request::list(path).sending(token),
        ("DELETE", "/api/v1/tokens/{id}") => {
            let made = t.post("/api/v1/tokens").by(root).sending(token).send().await.json();
            Request::to(fill(path, &text(&made["id"]))).reaching(Reach::City)
        }
        ("DELETE", "/api/v1/session" | "/api/v1/session/others") | ("POST", "/api/v1/session/totp") => {
            Request::list(path)
        }
        ("POST", "/api/v1/session/password") => {
            Request::list(path).sending(json!({ "old": "x", "new": "kettle-harbour-seven" }))
        }
        ("PUT", "/api/v1/session/totp") => Request::list(path).sending(json!({ "code": "000000" })),
        ("DELETE", "/api/v1/session/totp") => Request::list(path).sending(json!({ "password": "x" })),
        (method, path) => panic!("no request for {method} {path}: write one down"),
    }
}
