//! A member, a merchant with a store, and its clerk, enrolled through the interface.

use axum::http::StatusCode;
use serde_json::{Value, json};
use yizhan::accounts::Role;

use crate::client::{Ask, Reply, text};
use crate::harness::Town;
use crate::staff::Staff;

/// The member's number.
pub(crate) const MEMBER: &str = "13800000001";
/// The clerk's number.
pub(crate) const CLERK: &str = "13800000002";

/// Whom a story begins with.
pub(crate) struct People {
    pub(crate) root: Staff,
    pub(crate) member: Value,
    pub(crate) merchant: Value,
    pub(crate) store: Value,
    pub(crate) clerk: Value,
}

/// A phone that signed in.
pub(crate) struct Phone(String);

impl Phone {
    /// The phone that this answer signed in.
    pub(crate) fn of(reply: &Reply) -> Self {
        assert_eq!(reply.status, StatusCode::CREATED, "{}", reply.text());
        let cookie = reply.header("set-cookie");
        assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"), "{cookie}");
        Self(cookie.split(';').next().expect("a cookie").to_owned())
    }
}

impl Ask<'_> {
    /// Asks from a phone that signed in.
    pub(crate) fn on_phone(self, phone: &Phone) -> Self {
        self.header("cookie", phone.0.clone()).header("sec-fetch-site", "same-origin")
    }
}

impl Town {
    /// Sends something new that is taken.
    pub(crate) async fn made(&self, by: &Staff, path: &str, wish: Value) -> Value {
        let reply = self.post(path).by(by).sending(wish).send().await;
        assert_eq!(reply.status, StatusCode::CREATED, "{path}: {}", reply.text());
        reply.json()
    }

    /// A merchant of a district.
    pub(crate) async fn enrolled_merchant(&self, by: &Staff, name: &str, district: &str) -> Value {
        self.made(by, "/api/v1/merchants", json!({ "name": name, "district": district })).await
    }

    /// A store of a merchant.
    pub(crate) async fn enrolled_store(
        &self,
        by: &Staff,
        merchant: &Value,
        name: &str,
        at: (f64, f64),
    ) -> Value {
        let path = format!("/api/v1/merchants/{}/stores", text(&merchant["id"]));
        let (lon, lat) = at;
        let wish =
            json!({ "name": name, "address": "文化路 1 号", "lon": lon, "lat": lat, "hours": "08:00-18:00" });
        self.made(by, &path, wish).await
    }

    /// A clerk at a store.
    pub(crate) async fn enrolled_clerk(
        &self,
        by: &Staff,
        merchant: &Value,
        store: &Value,
        phone: &str,
    ) -> Value {
        let path = format!("/api/v1/merchants/{}/clerks", text(&merchant["id"]));
        let wish = json!({ "name": "王店员", "phone": phone, "store_id": store["id"] });
        self.made(by, &path, wish).await
    }

    /// A member of a district.
    pub(crate) async fn enrolled_member(&self, by: &Staff, name: &str, phone: &str, district: &str) -> Value {
        let wish = json!({ "name": name, "phone": phone, "union_name": "海港区快递行业工会", "district": district, "trade": "courier" });
        self.made(by, "/api/v1/members", wish).await
    }

    /// All of them.
    pub(crate) async fn enrolled_people(&self) -> People {
        let root = self.staff("people", Role::Admin, "").await;
        let member = self.enrolled_member(&root, "李会员", MEMBER, "130302").await;
        let merchant = self.enrolled_merchant(&root, "好味包子铺", "130302").await;
        let store = self.enrolled_store(&root, &merchant, "文化路店", (119.6, 39.93)).await;
        let clerk = self.enrolled_clerk(&root, &merchant, &store, CLERK).await;
        People { root, member, merchant, store, clerk }
    }
}
