//! The access matrix: every role at every route, in the own district and in another one.
//!
//! What a role may do is written down here once more, apart from the service's own table, and each route needs
//! a request that would succeed: a route without one fails the test.

use axum::http::{Method, StatusCode};
use serde_json::{Value, json};
use yizhan::accounts::{Grant, Permission, Policy, Role};
use yizhan::http::policy::Row;
use yizhan::http::routes;
use yizhan::ids::StationId;
use yizhan::stations::model::{FacilityCode, Status};

use crate::client::{Reply, text};
use crate::harness::Town;
use crate::staff::Staff;

/// The district of everybody who asks, and another one of the same city.
const OWN: &str = "130302";
const OTHER: &str = "130304";

/// Who may do what, as the union wants it.
fn holders(permission: Permission) -> &'static [Role] {
    use Role::{Admin, Auditor, City, District, Grassroots, Inspector, Keeper, Planner};
    match permission {
        Permission::StationSee => &[Admin, City, District, Grassroots, Keeper, Inspector, Auditor, Planner],
        Permission::StationDraft => &[Admin, City, District, Grassroots],
        Permission::StationCheck
        | Permission::StationSuspend
        | Permission::RegimeWrite
        | Permission::AccountSee => &[Admin, City, District],
        Permission::StationPublish => &[Admin, City],
        Permission::FacilityState | Permission::StationConfirm => {
            &[Admin, City, District, Grassroots, Keeper, Inspector]
        }
        Permission::NoticeWrite => &[Admin, City, District, Grassroots, Keeper],
        Permission::StationExport => &[Admin, City, District, Planner],
        Permission::AuditRead => &[Admin, Auditor],
        Permission::AccountManage
        | Permission::CitySetUp
        | Permission::PersonErase
        | Permission::ConsentWrite => &[Admin],
    }
}

/// A request that is good in itself, and what it is about.
struct Request {
    path: String,
    version: Option<Value>,
    body: Option<Value>,
    /// The station at hand, which a keeper of the own district keeps.
    station: Option<StationId>,
    reach: Reach,
}

/// What a permission is good for at a route.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Reach {
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
    fn to(path: String) -> Self {
        Self { path, version: None, body: None, station: None, reach: Reach::Object }
    }

    fn list(path: &str) -> Self {
        Self { reach: Reach::List, ..Self::to(path.to_owned()) }
    }

    fn of(self, station: StationId) -> Self {
        Self { station: Some(station), ..self }
    }

    fn sending(self, body: Value) -> Self {
        Self { body: Some(body), ..self }
    }

    fn on(self, version: &Value) -> Self {
        Self { version: Some(version.clone()), ..self }
    }

    fn reaching(self, reach: Reach) -> Self {
        Self { reach, ..self }
    }

    async fn send(&self, t: &Town, method: &Method, by: Option<&Staff>) -> Reply {
        let ask = t.ask(method.clone(), self.path.clone());
        let ask = match by {
            Some(staff) => ask.by(staff),
            None => ask.header("sec-fetch-site", "same-origin"),
        };
        let ask = self.version.iter().fold(ask, |ask, version| ask.on(version));
        self.body.iter().fold(ask, |ask, body| ask.sending(body.clone())).send().await
    }
}

/// The status that a route's station must have for its request to succeed.
fn needed(path: &str) -> Status {
    match path.rsplit('/').next().unwrap_or_default() {
        "submit" | "{id}" | "restore" => Status::Draft,
        "check" | "reject" => Status::Submitted,
        "publish" => Status::Checked,
        "resume" => Status::Suspended,
        _ => Status::Open,
    }
}

/// A good request for a route, about something in a district.
async fn request(t: &Town, root: &Staff, row: &Row, district: &str) -> Request {
    let path = row.path;
    let status = if path.starts_with("/api/v1/registry") { Status::Open } else { needed(path) };
    let station =
        async || t.station("驿站").district(district).facility(FacilityCode::Water).store(status).await;
    let reason = json!({ "reason": "核对" });
    let fill = |id: &dyn ToString| path.replace("{id}", &id.to_string()).replace("{code}", "water");
    let (method, verb) = (row.method.as_str(), path.rsplit('/').next().unwrap_or_default());
    let window = json!({ "effect": "closed", "from": "2026-11-24T09:00:00+08:00", "to": "2026-11-25T09:00:00+08:00", "reason": "停电" });
    let regime = json!({ "kind": "heat", "districts": [district], "hours": "24/7", "from": "2026-11-24T09:00:00+08:00", "reason": "高温" });
    match (method, path) {
        (
            "GET",
            "/api/v1/registry"
            | "/api/v1/registry/queues"
            | "/api/v1/notices"
            | "/api/v1/regimes"
            | "/api/v1/audit",
        ) => Request::list(path),
        (
            "GET",
            "/api/v1/accounts" | "/api/v1/roles" | "/api/v1/city" | "/api/v1/tokens" | "/api/v1/session",
        ) => Request::list(path),
        ("GET", "/api/v1/stations/export") => Request::list("/api/v1/stations/export?format=csv"),
        ("POST", "/api/v1/audit/verify") => Request::list(path).reaching(Reach::City),
        ("GET", "/api/v1/registry/{id}" | "/api/v1/stations/{id}/history") => {
            let s = station().await;
            Request::to(fill(&s.id)).of(s.id)
        }
        ("POST", "/api/v1/stations") => {
            let body = json!({ "name": "新站", "lat": 39.93, "lon": 119.6, "district": district });
            Request::to(fill(&"")).sending(body).reaching(Reach::Area)
        }
        ("PATCH", "/api/v1/stations/{id}") => {
            let s = station().await;
            Request::to(fill(&s.id)).of(s.id).on(&json!(s.version)).sending(json!({ "notes": "补充" }))
        }
        ("PUT", "/api/v1/stations/{id}/facilities/{code}") => {
            let s = station().await;
            Request::to(fill(&s.id)).of(s.id).on(&json!(s.version)).sending(json!({ "working": "broken" }))
        }
        ("DELETE", "/api/v1/stations/{id}/facilities/{code}") => {
            let s = station().await;
            Request::to(fill(&s.id)).of(s.id).on(&json!(s.version))
        }
        ("POST", "/api/v1/stations/{id}/confirmations") => {
            let s = station().await;
            Request::to(fill(&s.id)).of(s.id).sending(json!({ "how": "visit" }))
        }
        ("POST", "/api/v1/stations/{id}/restore") => {
            let s = station().await;
            let change =
                t.ask(Method::PATCH, format!("/api/v1/stations/{}", s.id)).by(root).on(&json!(s.version));
            let changed = change.sending(json!({ "notes": "改过" })).json().await;
            let body = json!({ "version": s.version, "reason": "改错了" });
            Request::to(fill(&s.id)).of(s.id).on(&changed["version"]).sending(body)
        }
        ("POST", "/api/v1/stations/{id}/notices") => {
            let s = station().await;
            Request::to(fill(&s.id)).of(s.id).sending(window)
        }
        ("POST", path) if path.starts_with("/api/v1/stations/{id}/") => {
            let s = station().await;
            Request::to(fill(&s.id)).of(s.id).on(&json!(s.version)).sending(reason)
        }
        ("POST", "/api/v1/notices" | "/api/v1/notices/preview") => {
            t.station("驿站").district(district).open().await;
            let ring = json!([[119.5, 39.9], [119.7, 39.9], [119.7, 40.0], [119.5, 40.0], [119.5, 39.9]]);
            let area = json!({ "type": "Polygon", "coordinates": [ring] });
            let mut body = if verb == "preview" { json!({}) } else { window };
            body["area"] = area;
            Request::list(path).sending(body).reaching(if verb == "preview" {
                Reach::List
            } else {
                Reach::Ground
            })
        }
        ("DELETE", "/api/v1/notices/{id}") => {
            let s = t.station("驿站").district(district).open().await;
            let notice = t
                .post(format!("/api/v1/stations/{}/notices", s.id))
                .by(root)
                .sending(window)
                .send()
                .await
                .json();
            Request::to(fill(&text(&notice["id"]))).of(s.id).on(&notice["version"])
        }
        ("POST", "/api/v1/regimes") => Request::to(path.to_owned()).sending(regime).reaching(Reach::Area),
        ("DELETE", "/api/v1/regimes/{id}") => {
            let begun = t.post("/api/v1/regimes").by(root).sending(regime).send().await.json();
            Request::to(fill(&text(&begun["id"]))).on(&begun["version"]).reaching(Reach::Area)
        }
        ("POST", "/api/v1/registry/actions") => {
            let s = station().await;
            let body = json!({ "action": "suspend", "stations": [{ "id": s.id, "version": s.version }], "reason": "检修" });
            Request::list(path).sending(body)
        }
        _ => other(t, root, row, district).await,
    }
}

/// Requests about people, and about the city as a whole.
async fn other(t: &Town, root: &Staff, row: &Row, district: &str) -> Request {
    let path = row.path;
    let grants = json!([{ "role": "planner", "scope": district }]);
    let account = async || {
        let login = format!("p{}", uuid::Uuid::new_v4().simple());
        let body = json!({ "login": login, "name": "某人", "grants": grants });
        t.post("/api/v1/accounts").by(root).sending(body).send().await.json()["account"].clone()
    };
    let fill = |account: &Value| path.replace("{id}", &text(&account["id"]));
    let token = json!({ "name": "报表", "permissions": ["station_see"], "scope": "", "expires": "2027-01-01T00:00:00+08:00" });
    match (row.method.as_str(), path) {
        ("POST", "/api/v1/accounts") => {
            let login = format!("n{}", uuid::Uuid::new_v4().simple());
            Request::to(path.to_owned())
                .sending(json!({ "login": login, "name": "新人", "grants": grants }))
                .reaching(Reach::Area)
        }
        ("GET", "/api/v1/accounts/{id}" | "/api/v1/accounts/{id}/export") => {
            Request::to(fill(&account().await))
        }
        ("POST", "/api/v1/accounts/{id}/reset") => Request::to(fill(&account().await)),
        ("POST", "/api/v1/accounts/{id}/erase") => {
            Request::to(fill(&account().await)).sending(json!({ "reason": "离职" }))
        }
        ("PATCH", "/api/v1/accounts/{id}") => {
            let account = account().await;
            Request::to(fill(&account)).on(&account["version"]).sending(json!({ "name": "改名" }))
        }
        ("PATCH", "/api/v1/city") => {
            let tag = t.get(path).by(root).send().await.header("etag").to_owned();
            let version: i64 = tag.trim_matches(['"', 'v']).parse().unwrap();
            Request::to(path.to_owned())
                .on(&json!(version))
                .sending(json!({ "hotline": "12351" }))
                .reaching(Reach::City)
        }
        ("POST", "/api/v1/consents") => {
            let body = json!({ "kind": "join_union", "zh": "同意", "en": "I agree" });
            Request::to(path.to_owned()).sending(body).reaching(Reach::City)
        }
        ("POST", "/api/v1/tokens") => Request::list(path).sending(token),
        ("DELETE", "/api/v1/tokens/{id}") => {
            let made = t.post("/api/v1/tokens").by(root).sending(token).send().await.json();
            Request::to(path.replace("{id}", &text(&made["id"]))).reaching(Reach::City)
        }
        ("DELETE", "/api/v1/session") | ("POST", "/api/v1/session/totp") => Request::list(path),
        ("POST", "/api/v1/session/password") => {
            Request::list(path).sending(json!({ "old": "x", "new": "kettle-harbour-seven" }))
        }
        ("PUT", "/api/v1/session/totp") => Request::list(path).sending(json!({ "code": "000000" })),
        ("DELETE", "/api/v1/session/totp") => Request::list(path).sending(json!({ "password": "x" })),
        (method, path) => panic!("no request for {method} {path}: write one down"),
    }
}

/// Somebody of a role in the own district; a keeper keeps the station at hand where it is in his district.
async fn caller(t: &Town, role: Role, request: &Request, district: &str) -> Staff {
    let login = format!("{role}-{}", uuid::Uuid::new_v4().simple());
    let stations = request.station.filter(|_| district == OWN).into_iter().collect();
    let grants = vec![Grant { role, scope: OWN.parse().unwrap() }];
    t.person(&login, grants, stations).await
}

/// What must come of a request.
fn expected(policy: Policy, role: Role, request: &Request, district: &str) -> Expected {
    let Policy::Needs(permission) = policy else { return Expected::Heard };
    if !holders(permission).contains(&role) {
        return Expected::Forbidden;
    }
    match request.reach {
        Reach::City => Expected::Refused,
        Reach::Ground if role == Role::Keeper => Expected::Refused,
        Reach::Area if role == Role::Keeper || district == OTHER => Expected::Refused,
        Reach::Object if district == OTHER => Expected::NotThere,
        Reach::Object if role == Role::Keeper && request.station.is_none() => Expected::NotThere,
        _ => Expected::Done,
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Expected {
    Done,
    /// Let in; what the body says is another matter.
    Heard,
    Forbidden,
    NotThere,
    /// Not carried out, by whichever refusal says it best.
    Refused,
}

impl Expected {
    fn is(self, status: StatusCode) -> bool {
        match self {
            Self::Done => status.is_success(),
            Self::Heard => {
                ![StatusCode::UNAUTHORIZED, StatusCode::FORBIDDEN].contains(&status)
                    && !status.is_server_error()
            }
            Self::Forbidden => status == StatusCode::FORBIDDEN,
            Self::NotThere => status == StatusCode::NOT_FOUND,
            Self::Refused => [403, 404, 422].contains(&status.as_u16()),
        }
    }
}

/// The routes that are not for everybody.
fn guarded() -> Vec<Row> {
    routes().rows().iter().filter(|row| row.policy != Policy::Public).cloned().collect()
}

both_engines! {
    async fn every_role_at_every_route_in_every_district(t: Town) {
        let root = t.staff("root", Role::Admin, "").await;
        let (mut wrong, mut asked) = (Vec::new(), 0);
        for row in guarded() {
            for district in [OWN, OTHER] {
                for role in Role::ALL {
                    let request = request(&t, &root, &row, district).await;
                    let staff = caller(&t, *role, &request, district).await;
                    let reply = request.send(&t, &row.method, Some(&staff)).await;
                    let expected = expected(row.policy, *role, &request, district);
                    asked += 1;
                    if !expected.is(reply.status) {
                        let body = reply.text().chars().take(160).collect::<String>();
                        wrong.push(format!("{} {} {role} {district}: {expected:?}, but {} {body}", row.method, row.path, reply.status));
                    }
                }
            }
        }
        assert!(wrong.is_empty(), "{} of {asked}:\n{}", wrong.len(), wrong.join("\n"));
        assert!(asked > 700, "{asked}");
    }

    async fn nobody_and_the_blocked_are_let_in_nowhere(t: Town) {
        let root = t.staff("root", Role::Admin, "").await;
        let blocked = t.staff("blocked", Role::Admin, "").await;
        let account = t.get(format!("/api/v1/accounts/{}", blocked.id)).by(&root).json().await;
        let block = t.ask(Method::PATCH, format!("/api/v1/accounts/{}", blocked.id)).by(&root);
        block.on(&account["version"]).sending(json!({ "blocked": true })).json().await;
        for row in guarded() {
            let request = request(&t, &root, &row, OWN).await;
            for by in [None, Some(&blocked)] {
                let reply = request.send(&t, &row.method, by).await;
                assert_eq!(reply.status, StatusCode::UNAUTHORIZED, "{} {}", row.method, row.path);
            }
        }
    }

    async fn a_token_opens_what_it_names_and_nothing_else(t: Town) {
        let root = t.staff("root", Role::Admin, "").await;
        for permission in Permission::ALL {
            let asked = json!({ "name": "x", "permissions": [permission], "scope": "", "expires": "2027-01-01T00:00:00+08:00" });
            let made = t.post("/api/v1/tokens").by(&root).sending(asked).send().await.json();
            let bearer = format!("Bearer {}", text(&made["token"]));
            for row in guarded() {
                let path = row.path.replace("{id}", "01930000-0000-7000-8000-000000000000").replace("{code}", "water");
                let status = t.ask(row.method.clone(), path).header("authorization", &bearer).send().await.status;
                let opens = match row.policy {
                    Policy::Needs(needed) => needed == *permission,
                    Policy::SignedIn => true,
                    Policy::Person | Policy::Arriving | Policy::Public => false,
                };
                assert_eq!(status != StatusCode::FORBIDDEN, opens, "{permission} {} {}: {status}", row.method, row.path);
            }
        }
    }

    async fn lists_hold_the_own_district_only(t: Town) {
        let own = t.station("本区").district(OWN).open().await;
        let other = t.station("邻区").district(OTHER).open().await;
        let clerk = t.staff("clerk", Role::District, OWN).await;
        let keeper = t.keeper("keeper", &[other.id]).await;
        let stranger = t.staff("stranger", Role::District, OTHER).await;
        let ids = async |by: &Staff| {
            let items = t.get("/api/v1/registry").by(by).json().await["items"].clone();
            items.as_array().unwrap().iter().map(|s| text(&s["id"])).collect::<Vec<_>>()
        };
        assert_eq!(ids(&clerk).await, [own.id.to_string()]);
        assert_eq!(ids(&keeper).await, [other.id.to_string()], "a keeper's own, wherever it is");
        assert_eq!(ids(&stranger).await, [other.id.to_string()]);
        let accounts = t.get("/api/v1/accounts").by(&clerk).json().await["items"].clone();
        let logins: Vec<_> = accounts.as_array().unwrap().iter().map(|a| text(&a["login"])).collect();
        assert_eq!(logins, ["clerk"]);
        let actions = json!({ "action": "suspend", "reason": "检修", "stations": [
            { "id": own.id, "version": own.version }, { "id": other.id, "version": other.version } ] });
        let done = t.post("/api/v1/registry/actions").by(&clerk).sending(actions).json().await;
        assert_eq!(done["done"].as_array().unwrap().len(), 1);
        assert_eq!((&done["refused"][0]["id"], &done["refused"][0]["code"]), (&json!(other.id), &json!("not_found")));
    }
}
