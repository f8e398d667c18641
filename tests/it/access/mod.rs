//! The access matrix: every role at every route, in the own district and in another one.
//!
//! What a role may do is written down here once more, apart from the service's own table, and each route needs
//! a request that would succeed: a route without one fails the test.

mod door;
mod figures;
mod grievances;
mod imports;
mod inbox;
mod inspections;
mod jobs;
mod joins;
mod people;
mod planning;
mod reports;
mod request;
mod rules;
mod vouchers;

use std::collections::HashMap;

use axum::http::{Method, StatusCode};
use serde_json::json;
use yizhan::accounts::{Grant, Permission, Policy, Role};
use yizhan::http::policy::Row;
use yizhan::http::routes;

use self::request::{Reach, Request, request};
use crate::client::text;
use crate::harness::Town;
use crate::staff::Staff;

/// The district of everybody who asks, and another one of the same city.
const OWN: &str = "130302";
const OTHER: &str = "130304";

/// Who may do what, as the union wants it.
fn holders(permission: Permission) -> &'static [Role] {
    use Role::{
        Admin, Auditor, Benefits, Caller, City, Custodian, District, Finance, Grassroots, Handler, Inspector,
        Intake, Keeper, Planner, Supervisor,
    };
    match permission {
        Permission::StationSee => Role::ALL,
        Permission::StationDraft => &[Admin, City, District, Grassroots],
        Permission::StationCheck
        | Permission::StationSuspend
        | Permission::RegimeWrite
        | Permission::AccountSee
        | Permission::JoinManage
        | Permission::InspectionPlan => &[Admin, City, District],
        Permission::StationImport | Permission::KeeperLink | Permission::ReportAnswer => {
            &[Admin, City, District, Grassroots]
        }
        Permission::ReportSee => &[Admin, City, District, Grassroots, Keeper, Inspector, Auditor],
        Permission::InspectionDo => &[Admin, City, District, Inspector],
        Permission::StationPublish | Permission::RatingWrite | Permission::GrievanceConfigure => {
            &[Admin, City]
        }
        Permission::FacilityState | Permission::StationConfirm => {
            &[Admin, City, District, Grassroots, Keeper, Inspector]
        }
        Permission::NoticeWrite => &[Admin, City, District, Grassroots, Keeper],
        Permission::StationExport => &[Admin, City, District, Planner],
        Permission::AuditRead => &[Admin, Auditor],
        Permission::AccountManage
        | Permission::CitySetUp
        | Permission::PersonErase
        | Permission::JobManage
        | Permission::ConsentWrite => &[Admin],
        Permission::GrievanceSee => &[Admin, City, District, Intake, Supervisor, Caller, Custodian],
        Permission::GrievanceIntake => &[Admin, City, District, Intake],
        Permission::GrievanceHandle => &[Admin, City, District, Handler],
        Permission::GrievanceReferee | Permission::GrievanceArchive => &[Admin, City, Intake],
        Permission::GrievanceSupervise => &[Admin, City, District, Supervisor],
        Permission::GrievanceCallBack => &[Admin, Caller],
        Permission::GrievanceCustody => &[Admin, Custodian],
        Permission::GrievancePublish => &[Admin, City, Supervisor],
        Permission::GrievanceFigures => &[Admin, City, District, Intake, Supervisor, Auditor],
        Permission::BenefitSee | Permission::BenefitFigures => {
            &[Admin, City, District, Auditor, Benefits, Finance]
        }
        Permission::BenefitManage => &[Admin, City, Benefits],
        Permission::BenefitFreeze | Permission::MemberSee | Permission::MemberManage => {
            &[Admin, City, District, Benefits]
        }
        Permission::BenefitSettle => &[Admin, Finance],
        Permission::CoverageSee => &[Admin, City, District, Auditor, Planner],
        Permission::DemandManage => &[Admin, City, Planner],
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
    let permission = match policy {
        Policy::Needs(permission) => permission,
        Policy::Member | Policy::Clerk | Policy::Phone => return Expected::Unknown,
        Policy::Public | Policy::Arriving | Policy::Person | Policy::SignedIn => return Expected::Heard,
    };
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
    /// Nobody who is known there: a phone's route asks for a phone.
    Unknown,
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
            Self::Unknown => status == StatusCode::UNAUTHORIZED,
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
        let (mut wrong, mut asked, mut people) = (Vec::new(), 0, HashMap::new());
        for row in guarded() {
            for district in [OWN, OTHER] {
                // What nothing came of can be asked again.
                let mut spare = None;
                for role in Role::ALL {
                    let request = match spare.take() {
                        Some(request) => request,
                        None => request(&t, &root, &row, district).await,
                    };
                    // A keeper keeps the station at hand, and what is asked of a session may end it.
                    let is_own = *role == Role::Keeper || row.path.starts_with("/api/v1/session");
                    let known = people.get(role).filter(|_| !is_own).cloned();
                    let staff = match known {
                        Some(staff) => staff,
                        None => caller(&t, *role, &request, district).await,
                    };
                    if !is_own {
                        people.insert(*role, staff.clone());
                    }
                    let reply = request.send(&t, &row.method, Some(&staff)).await;
                    let expected = expected(row.policy, *role, &request, district);
                    asked += 1;
                    if !expected.is(reply.status) {
                        let body = reply.text().chars().take(160).collect::<String>();
                        wrong.push(format!("{} {} {role} {district}: {expected:?}, but {} {body}", row.method, row.path, reply.status));
                    }
                    let is_unchanged = row.method == Method::GET || !reply.status.is_success();
                    spare = Some(request).filter(|_| is_unchanged);
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
                    // A phone's route knows no token at all.
                    Policy::SignedIn | Policy::Member | Policy::Clerk | Policy::Phone => true,
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
