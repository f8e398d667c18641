//! Somebody wants to join the union: sealed, seen by those who see to it, taken out on record, erased.

use axum::http::StatusCode;
use serde_json::{Value, json};
use yizhan::accounts::{Actor, Role};
use yizhan::ids::StationId;
use yizhan::joins::service::{Query, forget_old, list};
use yizhan::stations::model::Status;

use crate::client::text;
use crate::harness::Town;
use crate::staff::Staff;
use crate::tables::everything;

const NAME: &str = "王金丝雀";
const PHONE: &str = "138 0013 8000";

/// A public station of a district.
pub(crate) async fn place(t: &Town, district: &str) -> StationId {
    let district = district.parse().unwrap();
    t.station("门口的站").fact(|f| f.district = Some(district)).open().await.id
}

/// Sends a good form.
pub(crate) async fn join(t: &Town, name: &str, phone: &str, station: Option<StationId>) -> Value {
    let reply = t.post("/api/v1/joins").sending(form(name, phone, station)).send().await;
    assert_eq!(reply.status, StatusCode::CREATED, "{}", reply.text());
    reply.json()
}

fn form(name: &str, phone: &str, station: Option<StationId>) -> Value {
    let station = station.map(|id| id.to_string());
    json!({ "name": name, "phone": phone, "unit": "某某快递", "trade": "courier", "station_id": station, "consent_version": 1 })
}

/// The id of the request with a number.
pub(crate) async fn id_of(t: &Town, number: &str) -> String {
    let query = Query { limit: usize::MAX, ..Query::default() };
    let (all, _) = list(&t.app, &Actor::command(), &query).await.unwrap();
    all.iter().find(|told| told.number == number).expect("a request").id.to_string()
}

async fn items(t: &Town, by: &Staff, query: &str) -> Vec<Value> {
    t.get(format!("/api/v1/joins{query}")).by(by).json().await["items"].as_array().unwrap().clone()
}

both_engines! {
    async fn a_request_is_sealed_and_seen_to(t: Town) {
        let station = place(&t, "130302").await;
        let clerk = t.staff("clerk", Role::District, "130302").await;
        let other = t.staff("other", Role::District, "130304").await;
        let number = text(&join(&t, NAME, PHONE, Some(station)).await["number"]);
        let kept = everything(&t.app.db).await;
        assert!(!kept.contains(NAME) && !kept.contains("13800138000") && !kept.contains("某某快递"));

        let seen = items(&t, &clerk, "").await;
        assert_eq!((seen.len(), items(&t, &other, "").await.len()), (1, 0), "another district's is not there");
        let one = &seen[0];
        assert_eq!((text(&one["name"]), text(&one["phone"]), text(&one["unit"])), (NAME.into(), "13800138000".into(), "某某快递".into()));
        assert_eq!((text(&one["number"]), text(&one["station"]["name"]), &one["same_phone"]), (number, "门口的站".into(), &json!(0)));

        join(&t, "王先生", "+86-138-0013-8000", None).await;
        let admin = t.staff("admin", Role::City, "1303").await;
        let both = items(&t, &admin, "?phone=13800138000").await;
        assert_eq!((both.len(), &both[0]["same_phone"]), (2, &json!(1)), "the same number is noticed");
        assert_eq!(items(&t, &clerk, "").await.len(), 1, "without a station it is the city's");

        let path = format!("/api/v1/joins/{}", text(&one["id"]));
        let change = json!({ "state": "contacted", "note": "下周一来办" });
        let done = t.ask(axum::http::Method::PATCH, &path).by(&clerk).on(&one["version"]).sending(change.clone()).send().await;
        assert_eq!((done.status, text(&done.json()["state"])), (StatusCode::OK, "contacted".into()));
        let stale = t.ask(axum::http::Method::PATCH, &path).by(&clerk).on(&one["version"]).sending(change).send().await;
        assert_eq!(stale.status, StatusCode::PRECONDITION_FAILED);
        assert_eq!(items(&t, &clerk, "?state=new").await.len(), 0);
    }

    async fn a_form_says_what_is_wrong(t: Town) {
        let wrong = json!({ "name": " ", "phone": "12351", "unit": "长".repeat(101), "consent_version": 7 });
        let reply = t.post("/api/v1/joins").sending(wrong).send().await;
        assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY);
        let fields: Vec<_> = reply.json()["errors"].as_array().unwrap().iter().map(|e| text(&e["field"])).collect();
        assert_eq!(fields, ["name", "unit", "phone", "consent_version"]);
        let draft = t.station("没公开").store(Status::Draft).await.id;
        let reply = t.post("/api/v1/joins").sending(form(NAME, PHONE, Some(draft))).send().await;
        assert_eq!((reply.status, text(&reply.json()["errors"][0]["field"])), (StatusCode::UNPROCESSABLE_ENTITY, "station_id".into()));
        let again = t.post("/api/v1/joins").header("idempotency-key", "phone-7").sending(form(NAME, PHONE, None)).send().await;
        let same = t.post("/api/v1/joins").header("idempotency-key", "phone-7").sending(form(NAME, PHONE, None)).send().await;
        assert_eq!((again.status, again.text()), (StatusCode::CREATED, same.text()), "sent twice after a break, it counts once");
        assert!(!everything(&t.app.db).await.contains(&text(&again.json()["number"]).repeat(2)));
    }

    async fn a_list_is_taken_out_on_record_and_harmless(t: Town) {
        let admin = t.staff("admin", Role::Admin, "").await;
        join(&t, "=HYPERLINK(\"http://evil\")", PHONE, None).await;
        let csv = t.get("/api/v1/joins/export?format=csv").by(&admin).send().await;
        assert!(csv.text().contains("'=HYPERLINK"), "{}", csv.text());
        let book = t.get("/api/v1/joins/export").by(&admin).send().await;
        assert!(book.header("content-disposition").contains("joins-20261124.xlsx") && book.body.starts_with(b"PK"));
        let log = t.get("/api/v1/audit?action=join.export").by(&admin).json().await;
        assert_eq!(log["items"].as_array().unwrap().len(), 2);
    }

    async fn a_person_is_told_and_erased(t: Town) {
        let admin = t.staff("admin", Role::Admin, "").await;
        for name in [NAME, "另一个"] {
            join(&t, name, PHONE, None).await;
        }
        join(&t, "别人", "13700137000", None).await;
        let told = t.program(["person", "export", "--phone", "13800138000"]).await;
        assert!(told.status == Some(0) && told.said.contains(NAME) && !told.said.contains("别人"), "{}", told.said);
        assert_eq!(t.program(["person", "erase", "--phone", PHONE]).await.status, Some(0));
        assert_eq!(t.program(["person", "export", "--phone", PHONE]).await.status, Some(2), "nothing is left");
        let states: Vec<_> = items(&t, &admin, "").await.iter().map(|j| (text(&j["state"]), j["name"].is_null())).collect();
        assert_eq!(states, [("new".into(), false), ("erased".into(), true), ("erased".into(), true)]);
        let gone = items(&t, &admin, "?state=erased").await;
        let path = format!("/api/v1/joins/{}", text(&gone[0]["id"]));
        let change = t.ask(axum::http::Method::PATCH, &path).by(&admin).on(&gone[0]["version"]).sending(json!({ "state": "new" })).send().await;
        assert_eq!((change.status, text(&change.json()["code"])), (StatusCode::CONFLICT, "erased".into()));
    }

    async fn what_is_settled_is_forgotten_after_its_time(t: Town) {
        let admin = t.staff("admin", Role::Admin, "").await;
        for phone in ["13800138000", "13700137000"] {
            join(&t, NAME, phone, None).await;
        }
        let settled = &items(&t, &admin, "?phone=13700137000").await[0];
        let path = format!("/api/v1/joins/{}", text(&settled["id"]));
        t.ask(axum::http::Method::PATCH, &path).by(&admin).on(&settled["version"]).sending(json!({ "state": "joined" })).json().await;
        let left = async |at: &str| {
            let later = t.at(at).await;
            forget_old(&later.app).await.unwrap();
            let query = Query { limit: 9, ..Query::default() };
            list(&later.app, &Actor::command(), &query).await.unwrap().0.iter().filter(|j| j.name.is_some()).count()
        };
        assert_eq!(left("2027-02-22T09:00:00+08:00").await, 2, "89 days");
        assert_eq!(left("2027-02-22T11:00:00+08:00").await, 1, "90 days after it was settled");
        assert_eq!(left("2027-11-25T11:00:00+08:00").await, 0, "a year after it came");
    }
}
