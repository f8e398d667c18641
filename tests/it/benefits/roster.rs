//! Lists of members: the same one twice adds nothing, whatever happens in between or at once.

use axum::body::Body;
use axum::http::{Method, StatusCode};
use rust_xlsxwriter::Workbook;
use serde_json::{Value, json};
use yizhan::accounts::Role;

use crate::client::{Reply, text};
use crate::harness::Town;
use crate::imports::{FORM, form};
use crate::staff::Staff;
use crate::tables::{everything, numbers};

const LIST: &str = "姓名,身份证号,手机号,工会,职业,入会日期\n\
    王金丝雀,11010519491231002X,138 0000 1111,海港区快递行业工会,快递员,2025/3/1\n\
    赵海鸥,440524188001010014,13800002222,海港区快递行业工会,,2025-04-01\n";

impl Town {
    async fn send_roster(&self, by: &Staff, file: &[u8], options: &Value) -> Reply {
        let ask = self.post("/api/v1/members/imports").by(by).header("content-type", FORM);
        ask.body(Body::from(form("list.csv", file, options))).send().await
    }

    /// Sends a list that is taken.
    pub(crate) async fn roster(&self, by: &Staff, file: &[u8], options: &Value) -> Value {
        let reply = self.send_roster(by, file, options).await;
        assert_eq!(reply.status, StatusCode::CREATED, "{}", reply.text());
        reply.json()
    }

    async fn commit_roster(&self, by: &Staff, roster: &Value) -> Reply {
        let path = format!("/api/v1/members/imports/{}/commit", text(&roster["id"]));
        self.post(path).by(by).on(&roster["version"]).send().await
    }

    async fn members_now(&self) -> i64 {
        numbers(&self.app.db, "SELECT CAST(COUNT(*) AS BIGINT) FROM member").await[0]
    }
}

/// What a list comes to: added, changed, unchanged, left out.
fn counts(roster: &Value) -> [i64; 4] {
    ["added", "changed", "unchanged", "left_out"].map(|name| roster[name].as_i64().expect("a count"))
}

fn codes(roster: &Value) -> Vec<(i64, String)> {
    let problems = roster["problems"].as_array().expect("problems").iter();
    problems.map(|p| (p["row"].as_i64().unwrap(), text(&p["code"]))).collect()
}

both_engines! {
    async fn the_same_list_twice_adds_nothing(t: Town) {
        let clerk = t.staff("clerk", Role::District, "130302").await;
        let options = json!({ "district": "130302" });
        let roster = t.roster(&clerk, LIST.as_bytes(), &options).await;
        assert_eq!((counts(&roster), codes(&roster).len()), ([2, 0, 0, 0], 0), "{roster}");
        assert_eq!(t.members_now().await, 0, "a dry run");
        let committed = t.commit_roster(&clerk, &roster).await;
        assert_eq!((committed.status, counts(&committed.json())), (StatusCode::OK, [2, 0, 0, 0]), "{}", committed.text());
        assert_eq!(t.commit_roster(&clerk, &committed.json()).await.status, StatusCode::CONFLICT);
        let kept = everything(&t.app.db).await;
        assert!(!["王金丝雀", "13800001111", "11010519491231002", "440524188001010014"].iter().any(|secret| kept.contains(secret)));

        let again = t.roster(&clerk, LIST.as_bytes(), &options).await;
        assert_eq!(counts(&again), [0, 0, 2, 0]);
        assert_eq!(counts(&t.commit_roster(&clerk, &again).await.json()), [0, 0, 2, 0]);
        assert_eq!(t.members_now().await, 2);
        let found = t.get("/api/v1/members?name=王金丝雀").by(&clerk).json().await["items"].clone();
        assert_eq!((text(&found[0]["id_end"]), text(&found[0]["trade"]), text(&found[0]["joined_on"])), ("002X".into(), "courier".into(), "2025-03-01".into()));
        assert_eq!(found[0]["version"], 1, "nothing was written");
    }

    async fn a_list_changes_whom_it_knows_by_any_number(t: Town) {
        let root = t.staff("root", Role::Admin, "").await;
        let options = json!({ "district": "130302" });
        t.commit_roster(&root, &t.roster(&root, LIST.as_bytes(), &options).await).await;
        let moved = "姓名,身份证号,手机号\n王金丝雀,11010519491231002x,13800003333\n,,13800002222\n";
        let roster = t.roster(&root, moved.as_bytes(), &options).await;
        assert_eq!(counts(&roster), [0, 1, 1, 0], "{roster}");
        t.commit_roster(&root, &roster).await;
        let found = t.get("/api/v1/members?phone=13800003333").by(&root).json().await["items"].clone();
        assert_eq!((text(&found[0]["name"]), &found[0]["version"]), ("王金丝雀".into(), &json!(2)));
        let leave = format!("/api/v1/members/{}/leave", text(&found[0]["id"]));
        t.post(leave).by(&root).on(&found[0]["version"]).send().await;
        let back = t.roster(&root, LIST.as_bytes(), &options).await;
        assert_eq!(counts(&back), [0, 1, 1, 0], "who left is a member again");
        t.commit_roster(&root, &back).await;
        assert_eq!(t.get("/api/v1/members?state=active").by(&root).json().await["items"].as_array().unwrap().len(), 2);
    }

    async fn each_row_says_what_is_wrong(t: Town) {
        let clerk = t.staff("clerk", Role::District, "130302").await;
        let root = t.staff("root", Role::Admin, "").await;
        t.enrolled_member(&root, "外区", "13800009999", "130304").await;
        let list = "姓名,身份证号,手机号,工会,职业,区县\n\
            无号码,,,某工会,,\n\
            错号码,110105194912310021,13800001111,某工会,,\n\
            甲,11010519491231002X,13800001112,某工会,宇航员,\n\
            乙,11010519491231002X,13800001113,某工会,,\n\
            丙,,13800009999,某工会,,\n\
            丁,,13800001114,,,\n\
            戊,,13800001115,某工会,,北戴河区\n\
            己,,13800001116,某工会,,火星\n";
        let roster = t.roster(&clerk, list.as_bytes(), &json!({ "district": "130302" })).await;
        let told = [(2, "no_key"), (3, "not_a_number"), (4, "unknown_trade"), (5, "twice"), (6, "not_yours"), (7, "missing"), (8, "not_yours"), (9, "unknown_district")];
        assert_eq!(codes(&roster), told.map(|(row, code)| (row, code.to_owned())));
        assert_eq!(counts(&roster), [1, 0, 0, 7]);
        assert_eq!((text(&roster["problems"][1]["column"]), text(&roster["problems"][1]["level"])), ("身份证号".into(), "error".into()));
        assert_eq!(counts(&t.commit_roster(&clerk, &roster).await.json()), [1, 0, 0, 7], "the others are written");
    }

    async fn a_number_of_another_member_is_left_out(t: Town) {
        let root = t.staff("root", Role::Admin, "").await;
        let options = json!({ "district": "130302", "union": "某工会" });
        t.commit_roster(&root, &t.roster(&root, LIST.as_bytes(), &options).await).await;
        let list = "姓名,身份证号,手机号\n王金丝雀,11010519491231002X,13800002222\n新人,130302199001010019,13800001111\n";
        let roster = t.roster(&root, list.as_bytes(), &options).await;
        assert!(codes(&roster).iter().all(|(_, code)| ["taken", "not_a_number"].contains(&code.as_str())), "{roster}");
        assert_eq!(counts(&roster), [0, 0, 0, 2]);
    }

    async fn two_imports_of_the_same_list_at_once_add_it_once(t: Town) {
        let root = t.staff("root", Role::Admin, "").await;
        let rows = (0..300).map(|n| format!("会员{n},1380001{n:04}\n")).collect::<Vec<_>>().concat();
        let list = format!("姓名,手机\n{rows}");
        let options = json!({ "district": "130302", "union": "某工会" });
        let one = t.roster(&root, list.as_bytes(), &options).await;
        let other = t.roster(&root, list.as_bytes(), &options).await;
        let elsewhere = t.reopened(|_| {}).await;
        let (a, b) = tokio::join!(t.commit_roster(&root, &one), elsewhere.commit_roster(&root, &other));
        assert_eq!((a.status, b.status), (StatusCode::OK, StatusCode::OK), "{} {}", a.text(), b.text());
        let mut told = [counts(&a.json()), counts(&b.json())];
        told.sort_unstable();
        assert_eq!(told, [[0, 0, 300, 0], [300, 0, 0, 0]]);
        assert_eq!(t.members_now().await, 300);
    }

    async fn a_list_is_the_sender_s_and_forgotten_once_given_up(t: Town) {
        let clerk = t.staff("clerk", Role::District, "130302").await;
        let other = t.staff("other", Role::District, "130304").await;
        let roster = t.roster(&clerk, LIST.as_bytes(), &json!({ "mapping": { "职业": null } })).await;
        assert_eq!(counts(&roster)[3], 2, "no district: {roster}");
        assert_eq!(roster["mapping"][4], json!({ "column": "职业", "field": null }));
        let path = format!("/api/v1/members/imports/{}", text(&roster["id"]));
        assert_eq!(t.get(&path).by(&other).send().await.status, StatusCode::NOT_FOUND);
        assert_eq!(t.get(&path).by(&clerk).json().await, roster);
        let stale = t.ask(Method::DELETE, &path).by(&clerk).on(&json!(7)).send().await;
        assert_eq!(stale.status, StatusCode::PRECONDITION_FAILED);
        let gone = t.ask(Method::DELETE, &path).by(&clerk).on(&roster["version"]).send().await;
        assert_eq!((gone.status, t.get(&path).by(&clerk).send().await.status), (StatusCode::NO_CONTENT, StatusCode::NOT_FOUND));
        assert_eq!(numbers(&t.app.db, "SELECT CAST(COUNT(*) AS BIGINT) FROM member_import WHERE sheet IS NOT NULL").await, [0]);
        let refused = t.send_roster(&clerk, b"\0\0\0", &json!({})).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        let abroad = t.send_roster(&clerk, LIST.as_bytes(), &json!({ "district": "130304" })).await;
        assert_eq!(abroad.status, StatusCode::NOT_FOUND);
    }

    async fn a_workbook_is_read_as_well(t: Town) {
        let root = t.staff("root", Role::Admin, "").await;
        let mut book = Workbook::new();
        let sheet = book.add_worksheet();
        for (row, line) in LIST.lines().enumerate() {
            for (column, cell) in line.split(',').enumerate() {
                sheet.write(u32::try_from(row).unwrap(), u16::try_from(column).unwrap(), cell).unwrap();
            }
        }
        let file = book.save_to_buffer().unwrap();
        let roster = t.roster(&root, &file, &json!({ "district": "130302" })).await;
        assert_eq!(counts(&roster), [2, 0, 0, 0], "{roster}");
    }
}
