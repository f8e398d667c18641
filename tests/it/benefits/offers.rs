//! Offers: near where somebody is, open now, and never shown when they are over.

use axum::http::{Method, StatusCode};
use serde_json::{Value, json};

use super::people::People;
use crate::client::{Ask, text};
use crate::harness::Town;

impl Town {
    /// An offer of the merchant at all of its stores.
    async fn offer(&self, people: &People, title: &str, change: Value) -> Value {
        let mut wish = json!({
            "merchant_id": people.merchant["id"], "category": "food", "title": title, "rule": "出示会员卡打九折",
            "shown": "member_card", "valid_from": "2026-01-01", "valid_until": "2026-12-31", "is_public": true,
        });
        wish.as_object_mut().unwrap().extend(change.as_object().unwrap().clone());
        self.made(&people.root, "/api/v1/offers", wish).await
    }

    fn offers(&self) -> Ask<'_> {
        self.get("/api/v1/offers")
    }
}

/// The titles and stores that are shown, in their order.
fn shown(collection: &Value) -> Vec<String> {
    let features = collection["features"].as_array().expect("features").iter();
    features
        .map(|f| format!("{}@{}", text(&f["properties"]["title"]), text(&f["properties"]["store"]["name"])))
        .collect()
}

both_engines! {
    async fn the_nearest_store_comes_first(t: Town) {
        let people = t.enrolled_people().await;
        t.enrolled_store(&people.root, &people.merchant, "海阳路店", (119.61, 39.93)).await;
        let far = t.enrolled_store(&people.root, &people.merchant, "远店", (119.9, 39.93)).await;
        t.offer(&people, "九折", json!({})).await;
        t.offer(&people, "理发", json!({ "category": "other", "stores": [far["id"]] })).await;
        let near = async |lon: f64, rest: &str| {
            let ask = t.get(format!("/api/v1/offers?lat=39.93&lon={lon}{rest}"));
            ask.json().await
        };
        let told = near(119.611, "").await;
        assert_eq!(shown(&told)[..2], ["九折@海阳路店", "九折@文化路店"]);
        assert_eq!((shown(&told).len(), &told["features"][0]["geometry"]), (4, &json!({ "type": "Point", "coordinates": [119.61, 39.93] })));
        let first = &told["features"][0]["properties"];
        let distance_m = first["distance_m"].as_f64().unwrap();
        assert!((85.0..87.0).contains(&distance_m), "{distance_m}");
        assert_eq!((text(&first["state"]), text(&first["merchant"]["name"]), text(&first["category"])), ("open".into(), "好味包子铺".into(), "food".into()));
        assert_eq!(shown(&near(119.6, "&within_m=1000").await), ["九折@文化路店", "九折@海阳路店"]);
        assert_eq!(shown(&near(119.6, "&category=other").await), ["理发@远店"]);
        assert_eq!(shown(&near(119.6, "&limit=1").await), ["九折@文化路店"]);
        assert_eq!(shown(&t.offers().with("bbox", "119.605,39.9,119.62,40").json().await), ["九折@海阳路店"]);
        assert_eq!(shown(&t.offers().with("district", "130304").json().await), [""; 0]);
        let evening = t.at("2026-11-24T20:00:00+08:00").await;
        assert_eq!(text(&evening.offers().json().await["features"][0]["properties"]["state"]), "closed");
    }

    async fn what_is_hidden_or_over_is_not_shown(t: Town) {
        let people = t.enrolled_people().await;
        let made = t.offer(&people, "九折", json!({ "is_public": false })).await;
        t.offer(&people, "过期", json!({ "valid_until": "2026-11-23" })).await;
        t.offer(&people, "未到", json!({ "valid_from": "2026-11-25" })).await;
        assert_eq!(shown(&t.offers().json().await), [""; 0]);
        let path = format!("/api/v1/offers/{}", text(&made["id"]));
        let change = t.ask(Method::PATCH, &path).by(&people.root).on(&made["version"]).sending(json!({ "is_public": true }));
        let changed = change.json().await;
        assert_eq!(shown(&t.offers().json().await), ["九折@文化路店"], "a write is shown at once");
        assert_eq!(shown(&t.at("2026-11-25T00:00:00+08:00").await.offers().json().await).len(), 2);
        let suspend = format!("/api/v1/merchants/{}/suspend", text(&people.merchant["id"]));
        t.post(suspend).by(&people.root).on(&json!(1)).json().await;
        assert_eq!(shown(&t.offers().json().await), [""; 0]);
        let stale = t.ask(Method::DELETE, &path).by(&people.root).on(&made["version"]).send().await;
        assert_eq!(stale.status, StatusCode::PRECONDITION_FAILED);
        let gone = t.ask(Method::DELETE, &path).by(&people.root).on(&changed["version"]).send().await;
        assert_eq!(gone.status, StatusCode::NO_CONTENT);
        assert_eq!(t.get("/api/v1/benefits/offers").by(&people.root).json().await["items"].as_array().unwrap().len(), 2);
    }

    async fn another_server_shows_a_write_as_well(t: Town) {
        let people = t.enrolled_people().await;
        let other = t.reopened(|_| {}).await;
        t.offer(&people, "九折", json!({})).await;
        assert_eq!(shown(&other.offers().json().await), ["九折@文化路店"]);
    }

    async fn a_list_has_pages_and_is_not_sent_twice(t: Town) {
        let people = t.enrolled_people().await;
        for n in 0..5 {
            t.offer(&people, &format!("优惠{n}"), json!({})).await;
        }
        let pages = t.offers().with("limit", 2).pages().await;
        assert_eq!(pages.iter().map(Vec::len).collect::<Vec<_>>(), [2, 2, 1]);
        let mut ids: Vec<_> = pages.iter().flatten().map(|f| text(&f["id"])).collect();
        ids.dedup();
        assert_eq!(ids.len(), 5);
        let first = t.offers().send().await;
        assert_eq!((first.header("content-type"), first.header("cache-control")), ("application/geo+json", "no-cache"));
        let again = t.offers().header("if-none-match", first.header("etag")).send().await;
        assert_eq!((again.status, again.body.len()), (StatusCode::NOT_MODIFIED, 0));
    }

    async fn a_question_says_what_is_wrong(t: Town) {
        for (query, field) in [
            ("lat=39.9", "lon"), ("lat=91&lon=1", "lat"), ("bbox=1,2,3", "bbox"), ("bbox=3,2,1,4", "bbox"),
            ("category=fun", "category"), ("format=kml", "format"), ("cursor=x", "cursor"), ("within_m=0", "within_m"),
        ] {
            let reply = t.get(format!("/api/v1/offers?{query}")).send().await;
            assert_eq!((reply.status, text(&reply.json()["errors"][0]["field"])), (StatusCode::BAD_REQUEST, field.to_owned()), "{query}");
        }
    }

    async fn an_offer_says_what_is_wrong(t: Town) {
        let people = t.enrolled_people().await;
        let other = t.enrolled_merchant(&people.root, "另一家", "130302").await;
        let elsewhere = t.enrolled_store(&people.root, &other, "一店", (119.6, 39.9)).await;
        let wrong = json!({ "merchant_id": people.merchant["id"], "title": "长".repeat(61), "rule": "", "category": "food",
            "valid_from": "2026-02-01", "valid_until": "2026-01-01", "stores": [elsewhere["id"]] });
        let refused = t.post("/api/v1/offers").by(&people.root).sending(wrong).send().await;
        let fields: Vec<_> = refused.json()["errors"].as_array().unwrap().iter().map(|e| text(&e["field"])).collect();
        assert_eq!((refused.status.as_u16(), fields.join(" ")), (422, "title rule shown valid_until stores[0]".into()));
    }
}
