//! The registry as staff search it: filters, orders, pages, counts, queues, many stations at once.

use axum::http::Method;
use serde_json::{Value, json};
use yizhan::accounts::Role;
use yizhan::stations::model::{Access, FacilityCode, Host, Status};

use crate::arrange::instant;
use crate::client::text;
use crate::harness::Town;
use crate::staff::Staff;

impl Town {
    /// The names that a question of the registry gives, and how many there are in all.
    async fn registry(&self, by: &Staff, query: &str) -> (Vec<String>, i64) {
        let page = self.get(format!("/api/v1/registry?{query}")).by(by).json().await;
        (names(&page), page["total"].as_i64().expect("a total"))
    }
}

fn names(page: &Value) -> Vec<String> {
    page["items"].as_array().expect("items").iter().map(|r| text(&r["name"])).collect()
}

/// Six stations, each with something of its own.
async fn six(t: &Town) {
    t.station("甲 bank")
        .district("130302")
        .code("C-3")
        .host(Host::Bank)
        .facility(FacilityCode::Water)
        .open()
        .await;
    t.station("乙").district("130304").code("C-1").host(Host::Shop).broken(FacilityCode::Water).open().await;
    t.station("丙").district("130304").code("C-2").access(Access::MemberOnly).store(Status::Draft).await;
    t.station("丁").district("130302").facility(FacilityCode::FirstAid).store(Status::Submitted).await;
    t.station("戊").uncertain("看情况").store(Status::Suspended).await;
    t.station("己")
        .district("130302")
        .fact(|f| f.aliases = vec!["老码头".into()])
        .hours("22:00-23:00")
        .open()
        .await;
}

both_engines! {
    async fn filters_choose_and_count(t: Town) {
        six(&t).await;
        let city = &t.staff("city", Role::City, "1303").await;
        for (query, found) in [
            ("sort=name", "丁 丙 乙 己 戊 甲 bank"),
            ("status=draft,submitted&sort=name", "丁 丙"),
            ("district=130304&sort=name", "丙 乙"),
            ("district=1303&sort=name", "丁 丙 乙 己 甲 bank"),
            ("q=BANK", "甲 bank"),
            ("q=lao%20matou", "己"),
            ("q=lmt", "己"),
            ("q=c-2", "丙"),
            ("q=100%25", ""),
            ("q=_", ""),
            ("host=bank,shop&sort=name", "乙 甲 bank"),
            ("facility=water&sort=name", "乙 甲 bank"),
            ("facility=first_aid", "丁"),
            ("facility=water,first_aid", ""),
            ("access=member_only,app", "丙"),
            ("demonstration=true", ""),
            ("unknown_hours=true", "戊"),
            ("state=suspended", "戊"),
            ("state=open&sort=name", "乙 甲 bank"),
            ("state=closed", "己"),
            ("build=self", ""),
            ("form=room", ""),
        ] {
            let (names, total) = t.registry(city, query).await;
            assert_eq!(sorted(&names), sorted(&split(found)), "{query}");
            assert_eq!(i64::try_from(names.len()), Ok(total), "{query}");
        }
        let page = t.get("/api/v1/registry?status=draft&q=c-").by(city).json().await;
        assert_eq!(page["counts"], json!({
            "draft": 1, "submitted": 0, "checked": 0, "rejected": 0, "open": 2, "suspended": 0, "retired": 0, "all": 3,
        }));
        assert_eq!((&page["total"], &page["revision"]), (&1.into(), &4.into()));
    }

    async fn pages_lead_through_every_order(t: Town) {
        six(&t).await;
        let city = &t.staff("city", Role::City, "1303").await;
        for key in ["code", "name", "status", "changed", "confirmed"] {
            let whole = t.registry(city, &format!("sort={key}")).await.0;
            for (sort, expected) in [(key.to_owned(), whole.clone()), (format!("-{key}"), whole.iter().rev().cloned().collect())] {
                let mut walked = Vec::new();
                let mut next = String::new();
                loop {
                    let page = t.get(format!("/api/v1/registry?sort={sort}&limit=2{next}")).by(city).json().await;
                    assert_eq!(page["total"], 6);
                    walked.extend(names(&page));
                    let Some(cursor) = page.get("next") else { break };
                    next = format!("&cursor={}", text(cursor));
                }
                assert_eq!(walked, expected, "{sort}");
            }
        }
        let reply = t.get("/api/v1/registry?limit=2&q=c-").by(city).send().await;
        let next = reply.next_page().expect("a link to the next page");
        assert_eq!(names(&t.get(next).by(city).json().await).len(), 1, "the link keeps the filter");
        assert_eq!(t.registry(city, "sort=code").await.0[3..], ["乙", "丙", "甲 bank"]);
        for wrong in ["sort=colour", "cursor=x", "sort=name&cursor=n1.019303a0-0000-7000-8000-000000000000", "district=13030", "state=shut", "colour=red"] {
            assert_eq!(t.get(format!("/api/v1/registry?{wrong}")).by(city).send().await.status, 400, "{wrong}");
        }
    }

    async fn queues_say_what_waits(t: Town) {
        six(&t).await;
        let fresh = Some(instant("2026-11-20T10:00:00+08:00"));
        let mut confirmed = t.station("庚").district("130302").open().await;
        confirmed.last_confirmed = fresh;
        t.put(&confirmed).await;
        let (city, district) = (&t.staff("city", Role::City, "1303").await, &t.staff("district", Role::District, "130304").await);
        let queues = t.get("/api/v1/registry/queues").by(city).json().await;
        assert_eq!(queues["submitted"], json!({ "count": 1, "oldest": "2026-11-24T10:00:00+08:00" }));
        assert_eq!((&queues["checked"], &queues["rejected"]["count"]), (&json!({ "count": 0, "oldest": null }), &0.into()));
        assert_eq!((&queues["unconfirmed"]["count"], &queues["unknown_hours"]["count"]), (&4.into(), &1.into()));
        let ring = json!([[119.5, 39.9], [119.7, 39.9], [119.7, 40.0], [119.5, 40.0], [119.5, 39.9]]);
        let area = json!({ "type": "Polygon", "coordinates": [ring] });
        let notice = json!({ "area": area, "effect": "closed", "from": "2026-11-24T09:00:00+08:00", "reason": "停电" });
        assert_eq!(t.post("/api/v1/notices").by(city).sending(notice).send().await.status, 201);
        let with_area = t.get("/api/v1/registry/queues").by(city).json().await;
        let count = |q: &Value| q["notices"]["count"].as_i64().unwrap();
        assert_eq!(count(&with_area), count(&queues) + 1, "a notice for an area counts too");
        let own = t.get("/api/v1/registry/queues").by(district).json().await;
        assert_eq!((&own["submitted"]["count"], &own["unconfirmed"]["count"]), (&0.into(), &1.into()));
        let confirmed = t.get("/api/v1/registry?confirmed_before=2026-11-20T00:00:00%2B08:00&status=open&sort=name").by(city).json().await;
        assert_eq!(sorted(&names(&confirmed)), sorted(&split("乙 己 甲 bank")));
    }

    async fn many_stations_take_a_step_each_by_itself(t: Town) {
        let [_, district, city] = &t.chain().await;
        let mut stations = Vec::new();
        for name in ["一", "二", "三"] {
            stations.push(t.drafted(city, name).await);
        }
        let other = t.station("别区").district("130304").store(Status::Draft).await;
        t.steps(stations[2].clone(), &[(city, "submit")]).await;
        let targets: Vec<_> = stations.iter().map(|s| json!({ "id": s["id"], "version": s["version"] })).collect();
        let targets: Vec<_> = targets.into_iter().chain([json!({ "id": other.id, "version": 1 })]).collect();
        let acted = t.post("/api/v1/registry/actions").by(district).sending(json!({ "action": "submit", "stations": targets })).json().await;
        let done: Vec<_> = acted["done"].as_array().expect("done").iter().map(|d| (d["id"].clone(), d["version"].clone())).collect();
        assert_eq!(done, [(stations[0]["id"].clone(), 2.into()), (stations[1]["id"].clone(), 2.into())]);
        let refused: Vec<_> = acted["refused"].as_array().expect("refused").iter().map(|r| text(&r["code"])).collect();
        assert_eq!(refused, ["stale", "not_found"]);
        for wrong in [json!({ "action": "submit", "stations": [] }), json!({ "action": "retire", "stations": targets })] {
            assert_eq!(t.post("/api/v1/registry/actions").by(city).sending(wrong).send().await.status, 422);
        }
        let many: Vec<_> = (0..501).map(|_| targets[0].clone()).collect();
        let reply = t.post("/api/v1/registry/actions").by(city).sending(json!({ "action": "submit", "stations": many })).send().await;
        assert_eq!(reply.status, 422);
    }

    async fn what_only_staff_may_know_never_leaves(t: Town) {
        let [_, district, _] = &t.chain().await;
        let secrets = ["站长王秘密", "13800138777", "内部备注秘密"];
        let station = t.station("公开驿站").district("130302").fact(|f| {
            f.keeper_name = Some(secrets[0].into());
            f.keeper_phone = Some(secrets[1].into());
            f.notes = Some(secrets[2].into());
        }).open().await;
        let seen = t.get(format!("/api/v1/registry/{}", station.id)).by(district).send().await.text();
        assert!(secrets.iter().all(|s| seen.contains(s)), "staff see it: {seen}");
        let id = station.id;
        for path in [
            "/api/v1/stations".to_owned(), format!("/api/v1/stations/{id}"), "/api/v1/offline/130302.json".to_owned(),
            "/api/v1/stations/nearest?lat=39.93&lon=119.6".to_owned(), format!("/stations/{id}"), "/".to_owned(),
            "/tiles/stations/14/13630/6226.geojson".to_owned(), format!("/stations?q={}", secrets[1]),
        ] {
            let shown = t.get(&path).send().await.text();
            assert!(!secrets.iter().any(|s| shown.contains(s) && !path.contains(s)), "{path}");
        }
        let before = t.snapshot().revision();
        let draft = t.station("未公开").district("130302").store(Status::Draft).await;
        let record = t.record(district, &draft.id.to_string()).await;
        t.patch(district, &record, json!({ "name": "还没公开" })).await;
        assert_eq!(t.snapshot().revision(), before, "what the public does not see wakes no server");
        let reply = t.ask(Method::GET, "/api/v1/registry").send().await;
        assert_eq!(reply.status, 401);
    }
}

fn split(names: &str) -> Vec<String> {
    let names = names.replace("甲 bank", "甲_bank");
    names.split_whitespace().map(|n| n.replace('_', " ")).collect()
}

fn sorted(names: &[String]) -> Vec<String> {
    let mut names = names.to_vec();
    names.sort();
    names
}
