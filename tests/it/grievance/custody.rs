//! Letting go of a case: erased for good, kept for its time, found by whose it is, its keys renewed.

use std::fs;
use std::path::Path;

use axum::http::StatusCode;
use serde_json::{Value, json};
use yizhan::accounts::Role;

use super::settings::patch;
use super::{Centre, Slip, wish};
use crate::client::{Reply, text};
use crate::harness::Town;
use crate::program::{ended, program};
use crate::staff::Staff;

/// Words that stand nowhere else.
const WORDS: &str = "金丝雀正文";

async fn erase(t: &Town, id: &str, by: &Staff, reason: &str) -> Reply {
    t.post(format!("/api/v1/grievances/{id}/erasure"))
        .by(by)
        .sending(json!({ "reason": reason }))
        .send()
        .await
}

/// A case with words, contact, file, task and link that went all its way.
async fn closed(t: &Town, c: &Centre, key: &str) -> (Slip, String) {
    let pdf =
        t.post("/api/v1/uploads").with("for", "grievance").header("content-type", "application/octet-stream");
    let pdf = pdf.body("%PDF-1.4 canary".into()).send().await.json();
    let mut body = wish("named");
    body["text"] = json!(WORDS);
    body["attachments"] = json!([pdf["id"]]);
    let (slip, id) = t.begun(c, key, body).await;
    t.takes(&id, &c.intake, json!({ "action": "note", "text": "金丝雀备注" })).await;
    t.takes(&id, &c.handler, json!({ "action": "answer", "outcome": "solved", "text": "金丝雀答复" })).await;
    let call = json!({ "action": "call_back", "reached": true, "solved": true, "grade": "satisfied" });
    t.takes(&id, &c.caller, call).await;
    t.takes(&id, &c.caller, json!({ "action": "close" })).await;
    (slip, id)
}

fn code(reply: &Reply) -> (u16, String) {
    (reply.status.as_u16(), text(&reply.json()["code"]))
}

async fn keys(t: &Town, arguments: &[&str]) -> (Option<i32>, String) {
    let run = t.program([&["keys"], arguments].concat()).await;
    (run.status, run.said)
}

/// The names of the ring's keys.
fn ring(folder: &Path) -> Vec<String> {
    let text = fs::read_to_string(folder.join("keyring")).unwrap();
    text.lines().map(|line| line.split_once(':').unwrap().0.to_owned()).collect()
}

async fn backup(t: &Town, folder: &Path) {
    let run = t.program(["backup", folder.to_str().unwrap()]).await;
    assert_eq!(run.status, Some(0), "{}", run.said);
}

/// A town made from a backup in a folder, with the secret of another and this ring.
async fn restored(from: &Path, t: &Town, folder: &Path, ring: Option<&str>) -> Town {
    fs::create_dir_all(folder).unwrap();
    let secret = yizhan::secrets::FILE;
    fs::copy(t.app.config.storage.data.join(secret), folder.join(secret)).unwrap();
    if let Some(ring) = ring {
        fs::write(folder.join("keyring"), ring).unwrap();
    }
    let url = format!("sqlite:{}", folder.join("yizhan.db").display());
    let mut command = program(folder, &url);
    command.arg("restore").arg(from);
    let run = ended(command).await;
    assert_eq!(run.status, Some(0), "{}", run.said);
    Town::open(folder, None).await
}

/// What somebody new of staff is told of a case.
async fn read(t: &Town, id: &str) -> Reply {
    let reader = t.staff(&format!("r{}", uuid::Uuid::new_v4().simple()), Role::Admin, "").await;
    t.get(format!("/api/v1/grievances/{id}")).by(&reader).send().await
}

both_engines! {
    async fn an_erased_case_counts_and_says_nothing(t: Town) {
        let c = t.centre().await;
        let (slip, id) = closed(&t, &c, "one").await;
        let open = crate::grievance::slip(&t.grievance("open", wish("named")).await);
        let open = t.id_of(&open.number, &c.intake).await;
        assert_eq!(code(&erase(&t, &open, &c.custodian, "本人要求").await), (409, "still_open".to_owned()));
        assert_eq!(erase(&t, &id, &c.intake, "本人要求").await.status, StatusCode::FORBIDDEN);
        for reason in ["", "王建国本人要求", "来电 138-0000-0000 要求"] {
            let refused = erase(&t, &id, &c.custodian, reason).await;
            assert_eq!((refused.status, &refused.json()["errors"][0]["field"]), (StatusCode::UNPROCESSABLE_ENTITY, &json!("reason")));
        }
        let before = t.case(&id, &c.intake).await;
        let done = erase(&t, &id, &c.custodian, "本人要求").await;
        assert_eq!((done.status, &done.json()["final_on"]), (StatusCode::OK, &json!("2027-02-22")), "90 days later: {}", done.text());
        assert_eq!(code(&erase(&t, &id, &c.custodian, "本人要求").await), (409, "erased".to_owned()));

        let admin = t.staff("admin", Role::Admin, "").await;
        let after = t.case(&id, &admin).await;
        assert_eq!((&after["text"], &after["summary"], &after["unit"]), (&Value::Null, &Value::Null, &Value::Null));
        assert_eq!(after["erased"], json!({ "day": "2026-11-24", "final_on": "2027-02-22" }));
        assert_eq!((&after["rounds"], &after["state"], &after["category"]), (&before["rounds"], &before["state"], &before["category"]));
        assert_eq!(after["timeline"].as_array().unwrap().len(), before["timeline"].as_array().unwrap().len());
        assert!(after["timeline"].as_array().unwrap().iter().all(|e| e["text"].is_null() && e["attachments"] == json!([])));
        assert_eq!((&after["contact"]["there"], &after["allowed"]), (&json!(false), &json!([])));
        let told = t.follow_up(&slip).await;
        assert_eq!((&told["text"], &told["erased"]["final_on"], &told["allowed"]), (&Value::Null, &json!("2027-02-22"), &json!([])));
        assert_eq!(code(&t.says(&slip, "m", "还在吗").await), (409, "erased".to_owned()));
        assert_eq!(code(&t.tries(&id, &c.intake, json!({ "action": "reopen", "text": "再办" })).await), (409, "erased".to_owned()));
        let listed = t.get("/api/v1/grievances").with("number", &slip.number).by(&c.intake).json().await;
        assert_eq!(listed["items"][0]["state"], "closed", "it is counted still");
        let row = &crate::tables::dump(&t.app.db).await["grievance_attachment"];
        assert!(row.is_empty(), "files are gone");
        let log = t.get("/api/v1/audit").with("action", "grievance.erase").by(&admin).json().await;
        assert_eq!(log["items"].as_array().unwrap().len(), 1);
        let reveal = json!({ "reason": "回拨１３８００００００００" });
        let named = t.post(format!("/api/v1/grievances/{open}/contact")).by(&c.intake).sending(reveal).send().await;
        assert_eq!(named.status, StatusCode::UNPROCESSABLE_ENTITY, "no reason names the number");
    }

    async fn an_archived_case_is_kept_for_its_years(t: Town) {
        let c = t.centre().await;
        let (_, id) = closed(&t, &c, "one").await;
        let archived = t.at("2026-12-05T09:00:00+08:00").await;
        let archivist = archived.staff("archivist", Role::Intake, "1303").await;
        archived.takes(&id, &archivist, json!({ "action": "archive" })).await;
        let kept = async |at: &str| {
            let later = t.at(at).await;
            yizhan::grievance::custody::forget_old(&later.app).await.unwrap();
            later.case(&id, &later.staff(&format!("a{}", &at[..10]), Role::Admin, "").await).await["text"].clone()
        };
        assert_eq!(kept("2031-12-05T23:00:00+08:00").await, WORDS, "the last day of five years");
        assert_eq!(kept("2031-12-06T00:00:00+08:00").await, Value::Null);
        assert_eq!(kept("2031-12-07T00:00:00+08:00").await, Value::Null, "once is enough");
    }

    async fn a_declined_case_is_kept_as_long_as_its_category_says(t: Town) {
        let c = t.centre().await;
        let admin = t.staff("admin", Role::Admin, "").await;
        let years = async |version: i64, years: Value| {
            let wish = json!({ "retain_years": years });
            patch(&t, &admin, "categories/wages", &json!(version), wish).await
        };
        for wrong in [json!(0), json!(101)] {
            let refused = years(1, wrong).await;
            assert_eq!((refused.status.as_u16(), &refused.json()["errors"][0]["field"]), (422, &json!("retain_years")));
        }
        assert_eq!(years(1, json!(1)).await.json()["retain_years"], 1);
        let ended = async |key: &str, category: &str| {
            let mut body = wish("named");
            (body["text"], body["category"]) = (json!(WORDS), json!(category));
            let slip = crate::grievance::slip(&t.grievance(key, body).await);
            (t.id_of(&slip.number, &c.intake).await, slip)
        };
        let (declined, _) = ended("one", "wages").await;
        let step = json!({ "action": "propose_decline", "text": "不归工会管", "turn_to": "法院" });
        t.takes(&declined, &c.intake, step).await;
        t.takes(&declined, &c.second, json!({ "action": "confirm_decline" })).await;
        let (withdrawn, slip) = ended("two", "rest").await;
        t.reporter_does(&slip, "withdraw", "").await;
        let texts = async |at: &str| {
            let later = t.at(at).await;
            yizhan::grievance::custody::forget_old(&later.app).await.unwrap();
            let reader = later.staff(&format!("b{}", &at[..10]), Role::Admin, "").await;
            let text = async |id: &str| later.case(id, &reader).await["text"].clone();
            (text(&declined).await, text(&withdrawn).await)
        };
        assert_eq!(texts("2027-11-24T23:00:00+08:00").await, (json!(WORDS), json!(WORDS)));
        assert_eq!(texts("2027-11-25T03:00:00+08:00").await, (Value::Null, json!(WORDS)), "a year, by its category");
        assert_eq!(texts("2031-11-24T03:00:00+08:00").await, (Value::Null, json!(WORDS)));
        assert_eq!(texts("2031-11-25T03:00:00+08:00").await, (Value::Null, Value::Null), "five, by the settings");
        assert_eq!(years(2, Value::Null).await.json()["retain_years"], Value::Null);
    }

    async fn a_case_that_is_taken_up_again_is_not_let_go(t: Town) {
        let c = t.centre().await;
        let (_, id) = closed(&t, &c, "one").await;
        t.takes(&id, &c.intake, json!({ "action": "reopen", "text": "再办" })).await;
        let later = t.at("2040-01-01T03:00:00+08:00").await;
        yizhan::grievance::custody::forget_old(&later.app).await.unwrap();
        assert_eq!(read(&later, &id).await.json()["text"], WORDS);
    }

    async fn who_left_a_number_is_told_and_erased(t: Town) {
        let c = t.centre().await;
        let (slip, id) = closed(&t, &c, "one").await;
        let mut other = wish("confidential");
        other["contact"] = json!({ "name": "别人", "phone": "13900139000" });
        t.grievance("two", other).await;
        let mut open = wish("confidential");
        open["contact"] = json!({ "phone": "+86 138 0000 0000" });
        let open = text(&t.grievance("three", open).await["number"]);
        let told = t.program(["person", "export", "--phone", "138-0000-0000"]).await;
        assert_eq!(told.status, Some(0), "{}", told.said);
        for word in [WORDS, "王建国", "某站点", &slip.number, &open] {
            assert!(told.said.contains(word), "{word}: {}", told.said);
        }
        assert!(!told.said.contains("别人") && !told.said.contains("金丝雀备注"), "what others wrote for each other is not his");
        let erased = t.program(["person", "erase", "--phone", "13800000000"]).await;
        assert_eq!(erased.status, Some(1), "one is open: {}", erased.said);
        assert!(erased.said.contains(&slip.number) && erased.said.contains(&open));
        assert!(read(&t, &id).await.json()["text"].is_null());
        let left = t.program(["person", "export", "--phone", "13800000000"]).await;
        assert!(left.said.contains(&open) && !left.said.contains(&slip.number), "{}", left.said);
        assert_eq!(t.program(["person", "export", "--phone", "13700000000"]).await.status, Some(2));
        assert!(!crate::tables::everything(&t.app.db).await.contains("13800000000"));
    }

    async fn keys_are_renewed_while_the_service_runs(t: Town) {
        let (c, data) = (t.centre().await, t.app.config.storage.data.clone());
        let folder = tempfile::tempdir().unwrap();
        let (_, one) = closed(&t, &c, "one").await;
        let waiting = t.post("/api/v1/uploads").with("for", "grievance").header("content-type", "application/octet-stream");
        let waiting = waiting.body("%PDF-1.4 waits".into()).send().await.json();
        let old_ring = fs::read_to_string(data.join("keyring")).unwrap();
        backup(&t, &folder.path().join("before")).await;

        let (status, said) = keys(&t, &["rotate"]).await;
        assert_eq!(status, Some(0), "{said}");
        let names = ring(&data);
        assert_eq!(names.len(), 2);
        let mut with_file = wish("named");
        with_file["attachments"] = json!([waiting["id"]]);
        t.grievance("two", with_file).await;
        let (_, listed) = keys(&t, &["list"]).await;
        assert_eq!(listed.trim(), format!("{}: 1\n{}: 1, wraps", names[0], names[1]), "the running service wraps with the new key");
        assert_eq!(keys(&t, &["drop", &names[0]]).await.0, Some(1), "a key that wraps something stays");
        assert_eq!(keys(&t, &["drop", &names[1]]).await.0, Some(1), "and so does the newest");
        assert_eq!(keys(&t, &["drop", "k9"]).await.0, Some(2));
        let (status, said) = keys(&t, &["rewrap"]).await;
        assert!(status == Some(0) && said.contains(&format!("{}: 1", names[1])) && said.contains(&format!("{}: unused", names[0])), "{said}");
        assert!(keys(&t, &["rewrap"]).await.1.contains(": 0"), "there is nothing left to do");
        assert_eq!(keys(&t, &["drop", &names[0]]).await.0, Some(0));
        assert_eq!(ring(&data), names[1..]);
        assert_eq!(read(&t, &one).await.json()["text"], WORDS, "the running service reads on");
        assert_eq!(t.at(crate::harness::NOW).await.case(&one, &c.intake).await["text"], WORDS, "and so does one that starts");
        t.takes(&one, &c.supervisor, json!({ "action": "reopen", "text": "再看看" })).await;
        backup(&t, &folder.path().join("after")).await;

        let new_ring = fs::read_to_string(data.join("keyring")).unwrap();
        let after = restored(&folder.path().join("after"), &t, &folder.path().join("1"), Some(&new_ring)).await;
        assert_eq!(read(&after, &one).await.json()["text"], WORDS, "a backup from after the rewrap needs the new key only");
        let before = restored(&folder.path().join("before"), &t, &folder.path().join("2"), Some(&new_ring)).await;
        let lost = read(&before, &one).await;
        assert_eq!(code(&lost), (409, "no_ring_key".to_owned()), "one from before it needs the old one");
        assert!(text(&lost.json()["detail"]).contains(&names[0]), "the error names the key: {}", lost.text());
        fs::write(folder.path().join("2/keyring"), format!("{old_ring}{new_ring}")).unwrap();
        assert_eq!(read(&before, &one).await.json()["text"], WORDS, "which is put back while the service runs");

        let bare = restored(&folder.path().join("after"), &t, &folder.path().join("3"), None).await;
        assert_eq!(code(&read(&bare, &one).await), (409, "no_ring_key".to_owned()), "without the ring nobody reads");
        let queue = bare.get("/api/v1/grievances").by(&bare.staff("reader", Role::Intake, "1303").await).json().await;
        assert_eq!(queue["items"].as_array().unwrap().len(), 2, "the queue is there");
        let (status, said) = keys(&bare, &["list"]).await;
        assert!(status == Some(1) && said.contains(&format!("{}: 2, but it is NOT IN THE RING", names[1])), "{said}");
    }
}
