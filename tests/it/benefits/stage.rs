//! Members, merchants and campaigns as the stories need them, written as rows.

use axum::http::StatusCode;
use serde_json::{Value, json};
use sqlx::AssertSqlSafe;
use yizhan::benefits::ledger::Report;
use yizhan::benefits::sessions;
use yizhan::ids::{CampaignId, ClerkId, MemberId, MerchantId, StoreId};
use yizhan::secrets::hash;

use crate::client::{Ask, Reply, text};
use crate::harness::Town;

/// A phone that is signed in.
#[derive(Debug, Clone)]
pub(crate) struct Phone {
    /// Whose: a member or a clerk.
    pub(crate) id: String,
    pub(crate) secret: String,
}

/// A merchant with a store and a clerk.
#[derive(Debug, Clone)]
pub(crate) struct Shop {
    pub(crate) merchant: String,
    pub(crate) store: String,
    pub(crate) clerk: Phone,
}

/// What a campaign gives out.
#[derive(Debug, Clone)]
pub(crate) struct Plan {
    pub(crate) stock: i64,
    pub(crate) budget_fen: i64,
    pub(crate) face_fen: i64,
    pub(crate) union_fen: i64,
    pub(crate) min_spend_fen: i64,
    pub(crate) is_partial: bool,
    pub(crate) limit_total: i64,
    pub(crate) limit_day: Option<i64>,
    pub(crate) eligibility: Value,
    pub(crate) closes: &'static str,
    pub(crate) valid_until: &'static str,
}

impl Plan {
    /// Vouchers of 20 yuan, of which the union pays 15, one for each member.
    pub(crate) fn of(stock: i64) -> Self {
        Self {
            stock,
            budget_fen: stock * 1_500,
            face_fen: 2_000,
            union_fen: 1_500,
            min_spend_fen: 0,
            is_partial: false,
            limit_total: 1,
            limit_day: None,
            eligibility: json!({}),
            closes: "2026-12-31T00:00:00+08:00",
            valid_until: "2027-03-16T00:00:00+08:00",
        }
    }
}

/// The secret of a member's phone in these stories.
fn secret(member: &str) -> String {
    format!("secret-of-{member}")
}

fn ms(instant: &str) -> i64 {
    chrono::DateTime::parse_from_rfc3339(instant).expect("an instant").timestamp_millis()
}

fn sql(value: Option<i64>) -> String {
    value.map_or("NULL".to_owned(), |n| n.to_string())
}

impl Ask<'_> {
    /// Asks as a phone that is signed in, from the service's own page.
    pub(crate) fn phone(self, phone: &Phone) -> Self {
        self.header("cookie", format!("yizhan_phone={}", phone.secret))
            .header("sec-fetch-site", "same-origin")
    }

    /// Gives the request a key.
    pub(crate) fn key(self, key: &str) -> Self {
        self.header("idempotency-key", key)
    }
}

impl Town {
    /// Runs statements as they are, in one transaction.
    pub(crate) async fn run(&self, statements: &[String]) {
        let mut tx = self.app.db.begin().await.expect("a transaction");
        for statement in statements {
            let sql = || AssertSqlSafe(statement.clone());
            let done = yizhan::in_tx!(&mut tx, c => sqlx::query(sql()).execute(c).await.map(drop));
            done.unwrap_or_else(|e| panic!("{e:?}: {statement}"));
        }
        tx.commit().await.expect("committed");
    }

    /// One number that a statement gives.
    pub(crate) async fn number(&self, statement: &str) -> i64 {
        let sql = || AssertSqlSafe(format!("SELECT CAST(({statement}) AS BIGINT)"));
        yizhan::on!(&self.app.db, pool => sqlx::query_scalar(sql()).fetch_one(pool).await).expect("a number")
    }

    /// The session of a phone whose number has this hash.
    async fn phone_session(&self, phone_hash: &str) -> String {
        sessions::begin(&self.app, phone_hash, self.app.clock.now()).await.expect("a session")
    }

    /// A member who is signed in.
    pub(crate) async fn member(&self) -> Phone {
        let [member] = self.members(1).await.try_into().expect("one member");
        member
    }

    /// Members who are signed in.
    pub(crate) async fn members(&self, count: usize) -> Vec<Phone> {
        let now = self.app.clock.now();
        let ids: Vec<String> = (0..count).map(|_| MemberId::new(now).to_string()).collect();
        let row = |id: &String| {
            format!(
                "('{id}', 1, 'phone {id}', '海港区快递行业工会', 'courier', '130302', 'active', '2025-03-01', 0)"
            )
        };
        let session = |id: &String| {
            format!(
                "('{}', 'phone {id}', {seen}, {seen}, 9000000000000)",
                hash(&secret(id)),
                seen = now.timestamp_millis()
            )
        };
        for part in ids.chunks(500) {
            let rows = |row: &dyn Fn(&String) -> String| part.iter().map(row).collect::<Vec<_>>().join(", ");
            let member = "INSERT INTO member (id, version, phone_hash, union_name, trade, district, state, joined_on, created_ms) VALUES";
            let phone =
                "INSERT INTO phone_session (secret_hash, phone_hash, started_ms, seen_ms, expires_ms) VALUES";
            self.run(&[format!("{member} {}", rows(&row)), format!("{phone} {}", rows(&session))]).await;
        }
        ids.into_iter().map(|id| Phone { secret: secret(&id), id }).collect()
    }

    /// A merchant with one store and one clerk, who is signed in.
    pub(crate) async fn shop(&self, name: &str) -> Shop {
        let now = self.app.clock.now();
        let (merchant, store) = (MerchantId::new(now).to_string(), StoreId::new(now).to_string());
        self.run(&[
            format!("INSERT INTO merchant (id, version, name, district, state, joined_on, created_ms)
                VALUES ('{merchant}', 1, '{name}', '130302', 'active', '2026-01-01', 0)"),
            format!("INSERT INTO store (id, version, merchant_id, name, district, address, lon, lat, is_active)
                VALUES ('{store}', 1, '{merchant}', '{name}文化路店', '130302', '文化路 1 号', 119.6, 39.94, TRUE)"),
        ])
        .await;
        let clerk = self.clerk(&merchant, &store).await;
        Shop { merchant, store, clerk }
    }

    /// Another clerk of a store, who is signed in.
    pub(crate) async fn clerk(&self, merchant: &str, store: &str) -> Phone {
        let id = ClerkId::new(self.app.clock.now()).to_string();
        self.run(&[format!(
            "INSERT INTO clerk (id, version, merchant_id, store_id, name, phone, phone_hash, phone_end, is_lead,
                is_active, misses)
            VALUES ('{id}', 1, '{merchant}', '{store}', '', '', 'phone {id}', '0000', FALSE, TRUE, 0)"
        )])
        .await;
        Phone { secret: self.phone_session(&format!("phone {id}")).await, id }
    }

    /// A campaign that runs, with its budget in the fund.
    pub(crate) async fn campaign(&self, plan: &Plan) -> String {
        let id = CampaignId::new(self.app.clock.now()).to_string();
        let (closes, until) = (ms(plan.closes), ms(plan.valid_until));
        let Plan { stock, budget_fen, face_fen, union_fen, min_spend_fen, is_partial, limit_total, .. } =
            plan;
        let (limit_day, eligibility) = (sql(plan.limit_day), &plan.eligibility);
        self.run(&[
            format!(
                "INSERT INTO campaign (id, version, name, rule, category, state, mode, opens_ms, closes_ms,
                    valid_until_ms, face_fen, union_fen, min_spend_fen, is_partial, limit_total, limit_day, eligibility,
                    weight_never_won, created_ms)
                VALUES ('{id}', 1, '冬日热饭券', '在门店吃饭时用', 'food', 'running', 'first_come', 0, {closes}, {until},
                    {face_fen}, {union_fen}, {min_spend_fen}, {is_partial}, {limit_total}, {limit_day}, '{eligibility}',
                    1, 0)"
            ),
            format!(
                "INSERT INTO campaign_stock (campaign_id, stock, issued, budget_fen, spent_fen)
                VALUES ('{id}', {stock}, 0, {budget_fen}, 0)"
            ),
            format!(
                "INSERT INTO ledger_posting (object_id, kind, line, debit, credit, amount_fen, campaign_id, at_ms)
                VALUES ('{id}', 'fund', 0, 'fund', 'appropriation', {budget_fen}, '{id}', 0)"
            ),
        ])
        .await;
        id
    }

    /// Sends a claim.
    pub(crate) async fn claims(&self, member: &Phone, campaign: &str, key: &str) -> Reply {
        let claim = self.post(format!("/api/v1/campaigns/{campaign}/claims")).phone(member).key(key);
        claim.sending(json!({})).send().await
    }

    /// A voucher of a member.
    pub(crate) async fn voucher(&self, member: &Phone, campaign: &str) -> String {
        let key = uuid::Uuid::new_v4().to_string();
        let reply = self.claims(member, campaign, &key).await;
        assert_eq!(reply.status, StatusCode::CREATED, "{}", reply.text());
        text(&reply.json()["id"])
    }

    /// A code of a voucher on screen.
    pub(crate) async fn code(&self, member: &Phone, voucher: &str) -> String {
        text(&self.get(format!("/api/v1/vouchers/{voucher}/code")).phone(member).json().await["code"])
    }

    /// Sends a redemption.
    pub(crate) async fn redeems(&self, clerk: &Phone, key: &str, wish: Value) -> Reply {
        self.post("/api/v1/redemptions").phone(clerk).key(key).sending(wish).send().await
    }

    /// A redemption of all that is left.
    pub(crate) async fn redeemed(&self, clerk: &Phone, member: &Phone, voucher: &str) -> String {
        let (code, key) = (self.code(member, voucher).await, uuid::Uuid::new_v4().to_string());
        let reply = self.redeems(clerk, &key, json!({ "code": code })).await;
        assert_eq!(reply.status, StatusCode::CREATED, "{}", reply.text());
        text(&reply.json()["id"])
    }

    /// What the check of the ledger finds.
    pub(crate) async fn ledger(&self) -> Report {
        let at = self.app.config.zone().stamp(self.app.clock.now());
        yizhan::benefits::ledger::check(&self.app.db, at).await.expect("a report")
    }

    /// Expects the ledger to agree with everything that it tells of.
    pub(crate) async fn balanced(&self) {
        let report = self.ledger().await;
        assert!(report.is_balanced, "{:?} {:?}", report.accounts, report.differences);
    }
}
