//! Accounts of other people: adding, changing, resetting, erasing; tokens of programs; the command line.

use std::collections::BTreeSet;

use axum::http::{Method, StatusCode};
use serde_json::{Value, json};
use yizhan::accounts::{Grant, Permission, Role};

use crate::client::{Reply, text};
use crate::harness::Town;
use crate::staff::Staff;

const PASSWORD: &str = "kettle-harbour-seven";

impl Town {
    async fn add_account(&self, by: &Staff, login: &str, grants: Value) -> Reply {
        let body = json!({ "login": login, "name": "王芳", "unit": "海港区总工会", "grants": grants });
        self.post("/api/v1/accounts").by(by).sending(body).send().await
    }

    fn account(&self, by: &Staff, id: &Value) -> crate::client::Ask<'_> {
        self.get(format!("/api/v1/accounts/{}", text(id))).by(by)
    }

    fn change_account(
        &self,
        by: &Staff,
        id: &Value,
        version: &Value,
        change: Value,
    ) -> crate::client::Ask<'_> {
        self.ask(Method::PATCH, format!("/api/v1/accounts/{}", text(id))).by(by).on(version).sending(change)
    }
}

pub(crate) fn faults(reply: &Reply) -> Vec<(String, String)> {
    let errors = reply.json()["errors"].as_array().cloned().unwrap_or_default();
    errors.iter().map(|e| (text(&e["field"]), text(&e["code"]))).collect()
}

/// Whoever makes a token chooses among permissions, which have to be called something.
#[test]
fn every_permission_has_its_words() {
    for dictionary in
        [include_str!("../../web/words/staff.zh.json"), include_str!("../../web/words/staff.en.json")]
    {
        let words: Value = serde_json::from_str(dictionary).unwrap();
        let named: BTreeSet<_> =
            words["permissions"].as_object().unwrap().keys().map(String::as_str).collect();
        assert_eq!(named, Permission::ALL.iter().map(|permission| permission.as_str()).collect());
    }
}

both_engines! {
    async fn an_administrator_looks_after_accounts(t: Town) {
        let admin = t.staff("admin", Role::Admin, "").await;
        let added = t.add_account(&admin, "Li.Na", json!([{ "role": "district", "scope": "130302" }])).await;
        assert_eq!(added.status, StatusCode::CREATED, "{}", added.text());
        let (account, link) = (added.json()["account"].clone(), text(&added.json()["invitation"]["link"]));
        assert_eq!(account["login"], "li.na");
        let taken = t.add_account(&admin, "li.na", json!([])).await;
        assert_eq!(faults(&taken), [("login".to_owned(), "taken".to_owned())]);
        let (_, secret) = link.split_once('#').unwrap();
        let redeem = json!({ "secret": secret, "password": PASSWORD });
        assert_eq!(t.post("/api/v1/invitations/redeem").sending(redeem).send().await.status, StatusCode::OK);
        let credentials = json!({ "login": "li.na", "password": PASSWORD });
        let signed = t.post("/api/v1/session").sending(credentials.clone()).json().await;
        assert_eq!(signed["permissions"]["station_check"], json!(["130302"]));
        assert_eq!(signed["permissions"].get("station_publish"), None);

        let id = &account["id"];
        let now = t.account(&admin, id).json().await;
        let block = json!({ "blocked": true, "unit": null });
        let stale = t.change_account(&admin, id, &json!(99), block.clone()).send().await;
        assert_eq!(stale.status, StatusCode::PRECONDITION_FAILED);
        let none = t.ask(Method::PATCH, format!("/api/v1/accounts/{}", text(id))).by(&admin).sending(block.clone()).send().await;
        assert_eq!(none.status, StatusCode::PRECONDITION_REQUIRED);
        let blocked = t.change_account(&admin, id, &now["version"], block).json().await;
        assert_eq!((&blocked["blocked"], &blocked["unit"]), (&json!(true), &Value::Null));
        assert_eq!(t.post("/api/v1/session").sending(credentials.clone()).send().await.status, StatusCode::UNAUTHORIZED);
        t.change_account(&admin, id, &blocked["version"], json!({ "blocked": false })).json().await;
        assert_eq!(t.post("/api/v1/session").sending(credentials.clone()).send().await.status, StatusCode::OK);

        let reset = t.post(format!("/api/v1/accounts/{}/reset", text(id))).by(&admin).send().await;
        assert_eq!(reset.status, StatusCode::CREATED, "{}", reset.text());
        assert_eq!(t.post("/api/v1/session").sending(credentials).send().await.status, StatusCode::UNAUTHORIZED);
        let listed = t.get("/api/v1/accounts").with("role", "district").with("district", "130302").by(&admin).json().await;
        assert_eq!(listed["items"].as_array().unwrap().len(), 1);
    }

    async fn nobody_grants_what_he_has_not(t: Town) {
        let root = t.staff("root", Role::Admin, "").await;
        let local = t.staff("local", Role::Admin, "130302").await;
        let clerk = t.staff("clerk", Role::District, "130302").await;
        let fine = t.add_account(&local, "one", json!([{ "role": "district", "scope": "130302" }])).await;
        assert_eq!(fine.status, StatusCode::CREATED, "{}", fine.text());
        for beyond in [json!({ "role": "admin", "scope": "" }), json!({ "role": "district", "scope": "1303" }), json!({ "role": "grassroots", "scope": "130304" })] {
            let refused = t.add_account(&local, "two", json!([beyond])).await;
            assert_eq!(faults(&refused), [("grants[0]".to_owned(), "not_yours".to_owned())], "{beyond}");
        }
        assert_eq!(t.add_account(&clerk, "two", json!([])).await.status, StatusCode::FORBIDDEN);
        let strange = t.add_account(&root, "three", json!([{ "role": "district", "scope": "130304" }])).await;
        let strange = &strange.json()["account"];
        assert_eq!(t.account(&local, &strange["id"]).send().await.status, StatusCode::NOT_FOUND, "another district");
        let change = t.change_account(&local, &strange["id"], &strange["version"], json!({ "blocked": true }));
        assert_eq!(change.send().await.status, StatusCode::NOT_FOUND);
        let own = t.account(&root, &json!(root.id)).json().await;
        let last = t.change_account(&root, &own["id"], &own["version"], json!({ "grants": [] })).send().await;
        assert_eq!((last.status, text(&last.json()["code"])), (StatusCode::CONFLICT, "last_administrator".to_owned()));
        let erase = t.post(format!("/api/v1/accounts/{}/erase", root.id)).by(&root).sending(json!({ "reason": "退休" }));
        assert_eq!(erase.send().await.status, StatusCode::CONFLICT);
        let odd = t.add_account(&root, "a b", json!([{ "role": "king", "scope": "" }])).await;
        assert_eq!(faults(&odd)[0].0, "grants[0].role");
    }

    async fn a_token_does_no_more_than_it_names(t: Town) {
        let clerk = t.staff("clerk", Role::District, "130302").await;
        let make = |body: Value| t.post("/api/v1/tokens").by(&clerk).sending(body);
        let asked = |permissions: &[&str], scope: &str| {
            json!({ "name": "报表", "permissions": permissions, "scope": scope, "expires": "2027-01-01T00:00:00+08:00" })
        };
        let beyond = make(asked(&["station_export", "station_publish"], "130302")).send().await;
        assert_eq!(faults(&beyond), [("permissions[1]".to_owned(), "not_yours".to_owned())]);
        let elsewhere = make(asked(&["station_export"], "130304")).send().await;
        assert_eq!(faults(&elsewhere), [("permissions[0]".to_owned(), "not_yours".to_owned())]);
        let late = make(json!({ "name": "x", "permissions": ["station_see"], "scope": "", "expires": "2029-01-01T00:00:00+08:00" })).send().await;
        assert_eq!(faults(&late), [("expires".to_owned(), "out_of_range".to_owned())]);
        let made = make(asked(&["account_see"], "130302")).send().await;
        assert_eq!(made.status, StatusCode::CREATED, "{}", made.text());
        let (token, id) = (text(&made.json()["token"]), text(&made.json()["id"]));
        assert!(!crate::tables::everything(&t.app.db).await.contains(&token));
        let with = |path: &str, token: &str| t.get(path).header("authorization", format!("Bearer {token}")).send();
        assert_eq!(with("/api/v1/accounts", &token).await.status, StatusCode::OK);
        assert_eq!(with("/api/v1/tokens", &token).await.status, StatusCode::FORBIDDEN, "a program makes no keys");
        assert_eq!(with("/api/v1/session", &token).await.status, StatusCode::FORBIDDEN);
        let write = t.post("/api/v1/accounts").header("authorization", format!("Bearer {token}")).sending(json!({}));
        assert_eq!(write.send().await.status, StatusCode::FORBIDDEN);
        assert_eq!(with("/api/v1/accounts", "yizhan_guess").await.status, StatusCode::UNAUTHORIZED);
        let expired = t.at("2027-01-01T00:00:00+08:00").await;
        let late = expired.get("/api/v1/accounts").header("authorization", format!("Bearer {token}")).send().await;
        assert_eq!(late.status, StatusCode::UNAUTHORIZED);
        let listed = t.get("/api/v1/tokens").by(&clerk).json().await;
        assert!(listed["items"][0]["last_used"].is_string() && listed["items"][0].get("token").is_none());
        let gone = t.ask(Method::DELETE, format!("/api/v1/tokens/{id}")).by(&clerk).send().await;
        assert_eq!(gone.status, StatusCode::NO_CONTENT);
        assert_eq!(with("/api/v1/accounts", &token).await.status, StatusCode::UNAUTHORIZED);
    }

    async fn a_reset_withdraws_the_tokens(t: Town) {
        let admin = t.staff("admin", Role::Admin, "").await;
        let works = async |token: &str| {
            t.get("/api/v1/accounts").header("authorization", format!("Bearer {token}")).send().await.status
        };
        let mut withdrawn = 0;
        for by_command in [false, true] {
            let clerk = t.staff(if by_command { "clerk" } else { "other" }, Role::District, "130302").await;
            let mut tokens = Vec::new();
            for name in ["报表", "地图"] {
                let asked = json!({ "name": name, "permissions": ["account_see"], "scope": "130302", "expires": "2027-01-01T00:00:00+08:00" });
                let made = t.post("/api/v1/tokens").by(&clerk).sending(asked).send().await;
                tokens.push(text(&made.json()["token"]));
                assert_eq!(works(&tokens[tokens.len() - 1]).await, StatusCode::OK);
            }
            if by_command {
                let reset = t.program(["user", "reset", "clerk"]).await;
                assert_eq!(reset.status, Some(0), "{}", reset.said);
            } else {
                let reset = t.post(format!("/api/v1/accounts/{}/reset", clerk.id)).by(&admin).send().await;
                assert_eq!(reset.status, StatusCode::CREATED, "{}", reset.text());
            }
            for token in tokens {
                assert_eq!(works(&token).await, StatusCode::UNAUTHORIZED);
            }
            withdrawn += 2;
            let log = t.get("/api/v1/audit").with("limit", 200).by(&admin).json().await;
            let told = log["items"].as_array().unwrap().iter().filter(|e| e["action"] == "token.withdraw").count();
            assert_eq!(told, withdrawn, "each stands in the log");
        }
    }

    async fn whoever_may_not_manage_an_account_does_not_export_it(t: Town) {
        let grant = |role: Role, scope: &str| Grant { role, scope: scope.parse().unwrap() };
        let rights = vec![grant(Role::Admin, "130304"), grant(Role::City, "1303")];
        let local = t.person("local", rights, Vec::new()).await;
        let own = t.staff("own", Role::Grassroots, "130304").await;
        let other = t.staff("other", Role::Grassroots, "130302").await;
        let hidden = t.staff("hidden", Role::Grassroots, "").await;
        let export = async |of: &Staff| t.get(format!("/api/v1/accounts/{}/export", of.id)).by(&local).send().await.status;
        assert_eq!(export(&own).await, StatusCode::OK);
        assert_eq!(t.account(&local, &json!(other.id)).send().await.status, StatusCode::OK, "he sees it");
        assert_eq!(export(&other).await, StatusCode::FORBIDDEN);
        assert_eq!(export(&hidden).await, StatusCode::NOT_FOUND);
    }

    async fn a_person_is_exported_and_erased(t: Town) {
        let admin = t.staff("admin", Role::Admin, "").await;
        let added = t.add_account(&admin, "li.na", json!([{ "role": "district", "scope": "130302" }])).await;
        let id = text(&added.json()["account"]["id"]);
        let kept = t.get(format!("/api/v1/accounts/{id}/export")).by(&admin).json().await;
        assert_eq!((&kept["account"]["name"], &kept["account"]["login"]), (&json!("王芳"), &json!("li.na")));
        assert_eq!((&kept["consents"], &kept["actions"]), (&json!([]), &json!([])), "he did nothing yet");
        let own = t.get(format!("/api/v1/accounts/{}/export", admin.id)).by(&admin).json().await;
        assert_eq!(own["actions"][0]["action"], "account.add");
        let erase = |reason: &str| {
            t.post(format!("/api/v1/accounts/{id}/erase")).by(&admin).sending(json!({ "reason": reason })).send()
        };
        assert_eq!(erase("").await.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(erase("本人要求").await.status, StatusCode::NO_CONTENT);
        assert_eq!(erase("本人要求").await.status, StatusCode::NOT_FOUND);
        let dump = crate::tables::everything(&t.app.db).await;
        assert!(!dump.contains("王芳") && !dump.contains("li.na"), "nothing personal is left, the audit log included");
        assert!(dump.contains(&id), "what was done stays under the account's id");
    }

    async fn the_city_words_have_a_version(t: Town) {
        let admin = t.staff("admin", Role::Admin, "").await;
        let clerk = t.staff("clerk", Role::City, "1303").await;
        let read = t.get("/api/v1/city").by(&clerk).send().await;
        assert_eq!((read.header("etag"), &read.json()["hotline"]), ("\"v0\"", &json!("12351")));
        let change = |by: &Staff, version: i64, body: Value| {
            t.ask(Method::PATCH, "/api/v1/city").by(by).on(&json!(version)).sending(body)
        };
        assert_eq!(change(&clerk, 0, json!({})).send().await.status, StatusCode::FORBIDDEN);
        let changed = change(&admin, 0, json!({ "approval": "two_steps" })).send().await;
        assert_eq!((changed.header("etag"), &changed.json()["approval"]), ("\"v1\"", &json!("two_steps")));
        let renamed = change(&admin, 1, json!({ "name_zh": "泾阳" })).send().await;
        assert_eq!(renamed.header("etag"), "\"v2\"");
        let home = t.get("/manifest.webmanifest").header("accept-language", "zh-CN").json().await;
        assert!(text(&home["name"]).starts_with("泾阳"), "the workers' home screen has the new name: {home}");
        assert_eq!(change(&admin, 0, json!({ "hotline": "1" })).send().await.status, StatusCode::PRECONDITION_FAILED);
        let wrong = change(&admin, 2, json!({ "hotline": "" })).send().await;
        assert_eq!(faults(&wrong), [("hotline".to_owned(), "bad_length".to_owned())]);
        let unknown = change(&admin, 2, json!({ "motto": "x" })).send().await;
        assert_eq!((unknown.status, faults(&unknown)[0].1.as_str()), (StatusCode::BAD_REQUEST, "unknown_field"));
    }

    async fn consent_texts_have_versions(t: Town) {
        let admin = t.staff("admin", Role::Admin, "").await;
        let publish = |zh: &str| t.post("/api/v1/consents").by(&admin).sending(json!({ "kind": "join_union", "zh": zh, "en": "I agree" }));
        assert_eq!(publish("我同意").send().await.json()["version"], 1);
        assert_eq!(publish("我同意加入").send().await.json()["version"], 2);
        assert_eq!(publish("").send().await.status, StatusCode::UNPROCESSABLE_ENTITY);
        let listed = t.get("/api/v1/consents").json().await;
        let items: Vec<_> =
            listed["items"].as_array().unwrap().iter().filter(|c| text(&c["kind"]) == "join_union").collect();
        assert_eq!((&items[0]["version"], &items[0]["zh"], &items[1]["zh"]), (&json!(2), &json!("我同意加入"), &json!("我同意")));
    }
}
