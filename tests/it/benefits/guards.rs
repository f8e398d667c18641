//! What holds each invariant: first the failure with the guard taken away, then the guard.
//!
//! | invariant | guard | taken away here |
//! | --- | --- | --- |
//! | the ledger is only added to | triggers | dropped: an edit goes through, and the check finds it |
//! | never more than the stock | what is left is read by the statement that takes it | read before it: sold twice |
//! | a limit of a member | the key of `claim_slot` | a table without it: more than the limit |
//! | a voucher is used once | the statement asks for what is left | asked before it: used twice |
//! | issue, redemption and reversal are posted once | keys | a second row is refused |

use serde_json::json;
use tokio::task::JoinSet;
use yizhan::db::{Db, DbError};

use super::stage::Plan;
use crate::harness::Town;

/// Rounds in which a race must have shown itself.
const ROUNDS: usize = 40;

/// Runs a statement, and says whether the database took it.
async fn tried(db: &Db, statement: &'static str) -> Result<u64, DbError> {
    let mut tx = db.begin().await.expect("a transaction");
    let done =
        yizhan::in_tx!(&mut tx, c => sqlx::query(statement).execute(c).await.map(|d| d.rows_affected()));
    match done {
        Ok(rows) => tx.commit().await.map(|()| rows),
        Err(error) => {
            tx.rollback().await.expect("undone");
            Err(error)
        }
    }
}

/// How each engine forgets that the ledger only grows.
fn let_the_ledger_go(t: &Town) -> Vec<String> {
    let on = if t.is_postgres() { " ON ledger_posting" } else { "" };
    ["ledger_posting_stays", "ledger_posting_remains"].map(|name| format!("DROP TRIGGER {name}{on}")).to_vec()
}

/// Takes one of a table that says how many are left: reads it, and writes what it has read.
async fn take_naively(db: &Db) -> bool {
    const READ: &str = "SELECT n FROM bare";
    const WRITE: &str = "UPDATE bare SET n = n - 1, taken = taken + 1";
    let left: i64 =
        yizhan::on!(db, pool => sqlx::query_scalar(READ).fetch_one(pool).await).expect("a number");
    left > 0 && tried(db, WRITE).await.expect("written") == 1
}

/// The same in one statement, as a claim and a redemption do it.
async fn take_guarded(db: &Db) -> bool {
    tried(db, "UPDATE bare SET n = n - 1, taken = taken + 1 WHERE n > 0").await.expect("written") == 1
}

/// How many were taken of one, by eight at once, at most over some rounds.
async fn most_taken(t: &Town, is_guarded: bool) -> i64 {
    let mut most = 0;
    for _ in 0..ROUNDS {
        t.run(&["UPDATE bare SET n = 1, taken = 0".to_owned()]).await;
        let mut takers = JoinSet::new();
        for _ in 0..8 {
            let db = t.app.db.clone();
            takers.spawn(async move {
                if is_guarded { take_guarded(&db).await } else { take_naively(&db).await }
            });
        }
        takers.join_all().await;
        most = most.max(t.number("SELECT taken FROM bare").await);
    }
    most
}

both_engines! {
    async fn a_posting_is_never_changed_or_taken_away(t: Town) {
        let (member, campaign) = (t.member().await, t.campaign(&Plan::of(3)).await);
        t.voucher(&member, &campaign).await;
        let edit = "UPDATE ledger_posting SET amount_fen = amount_fen + 1 WHERE kind = 'issue'";
        let deletion = "DELETE FROM ledger_posting WHERE kind = 'issue'";
        for statement in [edit, deletion] {
            assert!(tried(&t.app.db, statement).await.is_err(), "{statement}");
        }
        t.balanced().await;
        t.run(&let_the_ledger_go(&t)).await;
        assert_eq!(tried(&t.app.db, edit).await.unwrap(), 2, "without the triggers it goes through");
        let report = t.ledger().await;
        assert_eq!(report.accounts.iter().map(|a| a.balance_fen).sum::<i64>(), 0, "a posting has two sides whatever it says");
        let what: Vec<_> = report.differences.iter().map(|d| d.what).collect();
        assert_eq!((report.is_balanced, what), (false, vec!["fund", "live"]));
    }

    async fn what_is_read_before_it_is_taken_is_taken_twice(t: Town) {
        t.run(&["CREATE TABLE bare (n BIGINT, taken BIGINT)".to_owned(), "INSERT INTO bare VALUES (0, 0)".to_owned()]).await;
        assert!(most_taken(&t, false).await > 1, "the race shows itself");
        assert_eq!(most_taken(&t, true).await, 1);
    }

    async fn the_tables_refuse_what_no_statement_may_write(t: Town) {
        let (member, shop, campaign) = (t.member().await, t.shop("港城家常菜").await, t.campaign(&Plan::of(1)).await);
        let voucher = t.voucher(&member, &campaign).await;
        for statement in [
            "UPDATE campaign_stock SET issued = issued + 1",
            "UPDATE campaign_stock SET spent_fen = budget_fen + 1",
            "UPDATE voucher SET left_fen = -1",
            "UPDATE voucher SET left_fen = face_fen + 1",
            "UPDATE voucher SET left_fen = 0",
            "UPDATE voucher SET state = 'redeemed'",
            "INSERT INTO claim_slot SELECT campaign_id, member_id, period, n, voucher_id FROM claim_slot",
            "INSERT INTO ledger_posting SELECT * FROM ledger_posting",
            "UPDATE campaign SET union_fen = face_fen + 1",
        ] {
            let refused = tried(&t.app.db, statement).await;
            assert!(matches!(refused, Err(DbError::Constraint(_) | DbError::Unique(_))), "{statement}: {refused:?}");
        }
        let redemption = t.redeemed(&shop.clerk, &member, &voucher).await;
        let path = format!("/api/v1/redemptions/{redemption}/reversal");
        t.post(path).phone(&shop.clerk).key("back").sending(json!({ "reason": "退单" })).send().await;
        for statement in [
            "INSERT INTO reversal SELECT redemption_id, clerk_id, reason, at_ms FROM reversal",
            "UPDATE redemption SET union_fen = amount_fen + 1",
        ] {
            assert!(tried(&t.app.db, statement).await.is_err(), "{statement}");
        }
        t.balanced().await;
    }

    async fn without_its_key_a_limit_is_passed(t: Town) {
        t.run(&[
            "DROP TABLE claim_slot".to_owned(),
            "CREATE TABLE claim_slot (campaign_id TEXT, member_id TEXT, period TEXT, n BIGINT, voucher_id TEXT)".to_owned(),
        ])
        .await;
        let mut most = 0;
        for _ in 0..ROUNDS {
            let (member, campaign) = (t.member().await, t.campaign(&Plan { limit_total: 1, ..Plan::of(100) }).await);
            let mut claims = JoinSet::new();
            for n in 0..8 {
                let (t, member, campaign) = (t.clone(), member.clone(), campaign.clone());
                claims.spawn(async move { t.claims(&member, &campaign, &format!("key-{n}")).await.status.is_success() });
            }
            most = most.max(claims.join_all().await.into_iter().filter(|won| *won).count());
            if most > 1 {
                break;
            }
        }
        assert!(most > 1, "the race of `claims::one_member_at_many_phones…` shows itself without the key");
    }

    async fn the_check_finds_each_fault_by_its_name(t: Town) {
        let (shop, campaign) = (t.shop("港城家常菜").await, t.campaign(&Plan { limit_total: 3, ..Plan::of(9) }).await);
        let member = t.member().await;
        for _ in 0..2 {
            let voucher = t.voucher(&member, &campaign).await;
            t.redeemed(&shop.clerk, &member, &voucher).await;
        }
        t.voucher(&member, &campaign).await;
        t.balanced().await;
        t.run(&let_the_ledger_go(&t)).await;
        for (what, spoil, mend) in [
            ("fund", "UPDATE campaign_stock SET budget_fen = budget_fen + 1", "UPDATE campaign_stock SET budget_fen = budget_fen - 1"),
            ("spent", "UPDATE campaign_stock SET spent_fen = spent_fen - 1", "UPDATE campaign_stock SET spent_fen = spent_fen + 1"),
            ("issued", "UPDATE campaign_stock SET issued = issued - 1", "UPDATE campaign_stock SET issued = issued + 1"),
            ("slot", "UPDATE claim_slot SET period = 'x' WHERE n = 3", "UPDATE claim_slot SET period = 'total' WHERE n = 3"),
            ("live", "UPDATE voucher SET left_fen = 1 WHERE state = 'issued'", "UPDATE voucher SET left_fen = face_fen WHERE state = 'issued'"),
            ("face", "UPDATE voucher SET face_fen = face_fen + 1", "UPDATE voucher SET face_fen = face_fen - 1"),
            ("redeemed", "UPDATE redemption SET amount_fen = amount_fen + 1", "UPDATE redemption SET amount_fen = amount_fen - 1"),
            ("due", "UPDATE redemption SET union_fen = union_fen - 1", "UPDATE redemption SET union_fen = union_fen + 1"),
            ("borne", "UPDATE ledger_posting SET amount_fen = 501 WHERE debit = 'borne'", "UPDATE ledger_posting SET amount_fen = 500 WHERE debit = 'borne'"),
            ("reversal", "UPDATE redemption SET reversed_ms = 1", "UPDATE redemption SET reversed_ms = NULL"),
        ] {
            tried(&t.app.db, spoil).await.unwrap_or_else(|e| panic!("{spoil}: {e:?}"));
            let found: Vec<_> = t.ledger().await.differences.iter().map(|d| d.what).collect();
            assert!(found.contains(&what), "{what}: {found:?}");
            tried(&t.app.db, mend).await.unwrap_or_else(|e| panic!("{mend}: {e:?}"));
            t.balanced().await;
        }
    }
}
