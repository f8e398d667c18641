//! What nobody may read: in tables, files, logs, backups; and what an anonymous case keeps.

use axum::http::StatusCode;
use serde_json::{Value, json};

use super::{Slip, dispatch, slip, wish};
use crate::client::text;
use crate::harness::Town;

/// Words that stand nowhere else.
const CANARIES: [&str; 8] = [
    "金丝雀正文",
    "金丝雀摘要",
    "金丝雀姓名",
    "13912345678",
    "金丝雀消息",
    "金丝雀答复",
    "金丝雀备注",
    "%PDF-1.4 canary",
];

/// A case in which every place for words is filled.
async fn filled(t: &Town, identity: &str) -> (Slip, String) {
    let c = t.centre().await;
    let pdf = t
        .post("/api/v1/uploads")
        .with("for", "grievance")
        .header("content-type", "application/octet-stream")
        .body(CANARIES[7].into())
        .send()
        .await;
    assert_eq!(pdf.status, StatusCode::CREATED, "{}", pdf.text());
    let mut body = wish(identity);
    body["text"] = json!(CANARIES[0]);
    body["attachments"] = json!([pdf.json()["id"]]);
    if identity != "anonymous" {
        body["contact"] = json!({ "name": CANARIES[2], "phone": CANARIES[3] });
    }
    let slip = slip(&t.grievance("one", body).await);
    let id = t.id_of(&slip.number, &c.intake).await;
    t.takes(&id, &c.intake, json!({ "action": "classify", "summary": CANARIES[1] })).await;
    assert_eq!(t.says(&slip, "m", CANARIES[4]).await.status, StatusCode::CREATED);
    t.takes(&id, &c.intake, json!({ "action": "note", "text": CANARIES[6] })).await;
    t.takes(&id, &c.intake, dispatch(&c)).await;
    t.takes(&id, &c.handler, json!({ "action": "accept" })).await;
    t.takes(&id, &c.handler, json!({ "action": "start" })).await;
    let answer = json!({ "action": "answer", "outcome": "solved", "text": CANARIES[5] });
    let version = t.case(&id, &c.handler).await["version"].clone();
    let kept = t
        .post(format!("/api/v1/grievances/{id}/actions"))
        .by(&c.handler)
        .on(&version)
        .header("idempotency-key", "kept")
        .sending(answer)
        .send()
        .await;
    assert_eq!(kept.status, StatusCode::OK, "{}", kept.text());
    (slip, id)
}

/// Every file below a folder.
fn files(folder: &std::path::Path, found: &mut Vec<std::path::PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap().flatten() {
        if entry.path().is_dir() { files(&entry.path(), found) } else { found.push(entry.path()) }
    }
}

fn holds(bytes: &[u8], word: &str) -> bool {
    bytes.windows(word.len()).any(|window| window == word.as_bytes())
}

both_engines! {
    async fn no_word_of_a_case_stands_in_any_table_or_file(t: Town) {
        let (slip, _) = filled(&t, "named").await;
        let into = t.app.config.storage.data.join("backup");
        let saved = t.program(["backup", into.to_str().unwrap()]).await;
        assert_eq!(saved.status, Some(0), "{}", saved.said);
        let everything = crate::tables::everything(&t.app.db).await;
        for canary in CANARIES.iter().chain([&slip.receipt.as_str()]) {
            assert!(!everything.contains(canary), "{canary} stands in a table");
        }
        let mut found = Vec::new();
        files(&t.app.config.storage.data, &mut found);
        assert!(found.len() > 3, "{found:?}");
        for file in &found {
            let bytes = std::fs::read(file).unwrap();
            for canary in CANARIES.iter().chain([&slip.receipt.as_str()]) {
                assert!(!holds(&bytes, canary), "{canary} stands in {}", file.display());
            }
        }
        assert!(!found.iter().any(|file| file.starts_with(&into) && file.ends_with("keyring")), "the ring is in no backup");
    }

    async fn an_anonymous_case_keeps_the_day_and_nobody(t: Town) {
        let (slip, id) = filled(&t, "anonymous").await;
        let now_ms = t.app.clock.now().timestamp_millis();
        let dump = crate::tables::dump(&t.app.db).await;
        let row = dump["grievance"].iter().find(|row| row.contains(&id)).unwrap();
        assert!(row.contains("2026-000001") && slip.number == "2026-000001");
        let filed = dump["grievance_event"].iter().find(|row| row.contains("| submit |")).unwrap();
        let said = dump["grievance_event"].iter().find(|row| row.contains("| message |")).unwrap();
        for own in [filed, said] {
            assert!(!own.contains(&now_ms.to_string()), "finer than the day: {own}");
        }
        let audit: Vec<_> = dump["audit"].iter().filter(|row| row.contains("grievance.file")).collect();
        assert!(!audit.is_empty() && audit.iter().all(|row| !row.contains(&now_ms.to_string())), "{audit:?}");
        let files = &dump["grievance_attachment"];
        assert!(files.iter().all(|row| !row.contains(&now_ms.to_string())));
        let kept = dump.iter().filter(|(name, _)| name.contains("repeat") || name.contains("request"));
        assert!(kept.into_iter().all(|(_, rows)| rows.iter().all(|row| !row.contains("| one |"))));
    }

    async fn a_contact_is_opened_by_few_and_with_a_reason(t: Town) {
        let c = t.centre().await;
        let admin = t.staff("admin", yizhan::accounts::Role::Admin, "").await;
        let reveal = |id: String, by: &crate::staff::Staff, reason: &str| {
            t.post(format!("/api/v1/grievances/{id}/contact")).by(by).sending(json!({ "reason": reason })).send()
        };
        let mut ids = Vec::new();
        for identity in ["named", "confidential", "anonymous"] {
            let slip = slip(&t.grievance(identity, wish(identity)).await);
            ids.push(t.id_of(&slip.number, &c.intake).await);
        }
        let opened = reveal(ids[0].clone(), &c.intake, "回电").await;
        assert_eq!((opened.status, &opened.json()["phone"]), (StatusCode::OK, &json!("13800000000")));
        assert_eq!(reveal(ids[0].clone(), &c.intake, " ").await.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(reveal(ids[0].clone(), &c.supervisor, "看看").await.status, StatusCode::FORBIDDEN);
        assert_eq!(reveal(ids[1].clone(), &c.intake, "回电").await.status, StatusCode::FORBIDDEN);
        assert_eq!(reveal(ids[1].clone(), &c.custodian, "核实身份").await.json()["name"], "王建国");
        assert_eq!(reveal(ids[2].clone(), &c.custodian, "看看").await.status, StatusCode::FORBIDDEN);
        let log = t.get("/api/v1/audit").with("limit", 200).by(&admin).json().await;
        let reveals = log["items"].as_array().unwrap().iter().filter(|e| e["action"] == "grievance.reveal").count();
        assert_eq!(reveals, 2, "each opening stands in the log");
        assert!(!log.to_string().contains("13800000000"));
    }

    async fn a_file_is_handed_out_as_a_download(t: Town) {
        let (slip, id) = filled(&t, "named").await;
        let read = t.follow_up(&slip).await;
        let file = text(&read["attachments"][0]["id"]);
        let body = json!({ "number": slip.number, "receipt": slip.receipt, "id": file });
        let own = t.post("/api/v1/grievances/track/attachments").sending(body).send().await;
        assert_eq!((own.status, own.body.as_slice()), (StatusCode::OK, CANARIES[7].as_bytes()));
        assert!(own.header("content-disposition").starts_with("attachment"));
        let reader = t.staff("reader", yizhan::accounts::Role::Intake, "1303").await;
        let path = format!("/api/v1/grievances/{id}/attachments/{file}");
        assert_eq!(t.get(path.clone()).by(&reader).send().await.body, CANARIES[7].as_bytes());
        let away = t.staff("away", yizhan::accounts::Role::Intake, "130304").await;
        assert_eq!(t.get(path).by(&away).send().await.status, StatusCode::NOT_FOUND);
        let strange = json!({ "number": slip.number, "receipt": slip.receipt, "id": yizhan::ids::AttachmentId::random() });
        assert_eq!(t.post("/api/v1/grievances/track/attachments").sending(strange).send().await.status, StatusCode::NOT_FOUND);
        let twice: Value = wish("named");
        let mut twice = twice;
        twice["attachments"] = json!([file]);
        assert_eq!(t.filing("two", twice).await.status, StatusCode::UNPROCESSABLE_ENTITY, "a file belongs to one case");
    }

    async fn a_reporter_opens_the_files_that_he_is_shown_and_no_others(t: Town) {
        let c = t.centre().await;
        let (slip, id) = t.begun(&c, "one", wish("named")).await;
        let upload = async || {
            let ask = t.post("/api/v1/uploads").with("for", "grievance").header("content-type", "application/octet-stream");
            text(&ask.body(CANARIES[7].into()).send().await.json()["id"])
        };
        let opened = async |file: &str| {
            let body = json!({ "number": slip.number, "receipt": slip.receipt, "id": file });
            t.post("/api/v1/grievances/track/attachments").sending(body).send().await.status
        };
        for (by, mut step, status) in [
            (&c.intake, json!({ "action": "note", "text": "内部材料" }), StatusCode::NOT_FOUND),
            (&c.supervisor, json!({ "action": "supervise", "level": 2, "text": "请抓紧" }), StatusCode::NOT_FOUND),
            (&c.handler, json!({ "action": "interim", "text": "已联系站点" }), StatusCode::OK),
        ] {
            let file = upload().await;
            step["attachments"] = json!([file]);
            t.takes(&id, by, step.clone()).await;
            assert_eq!(opened(&file).await, status, "{step}");
            let path = format!("/api/v1/grievances/{id}/attachments/{file}");
            assert_eq!(t.get(path).by(&c.handler).send().await.status, StatusCode::OK, "staff open it: {step}");
        }
        let file = upload().await;
        let said = json!({ "number": slip.number, "receipt": slip.receipt, "text": "还有这个", "attachments": [file] });
        let said = t.post("/api/v1/grievances/track/messages").header("idempotency-key", "m").sending(said).send().await;
        assert_eq!((said.status, opened(&file).await), (StatusCode::CREATED, StatusCode::OK), "his own");
    }
}
