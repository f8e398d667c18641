//! SQL on figures. Every question is narrowed the same way: instants, project, the members' districts.

use crate::benefits::model::By;
use crate::db::{Built, Db, DbError};
use crate::{bound, on, row};

/// Of what figures are.
#[derive(Debug, Clone)]
pub(super) struct Frame {
    /// The first instant, and the first one after it.
    pub(super) ms: (i64, i64),
    /// Only of this project.
    pub(super) project: Option<String>,
    /// Only of members whose district begins so.
    pub(super) prefixes: Option<Vec<String>>,
}

row! {
    /// What was issued.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub(super) struct IssuedRow {
        pub(super) key: String,
        pub(super) issued: i64,
        pub(super) issued_fen: i64,
        pub(super) live_fen: i64,
    }
}

row! {
    /// What was redeemed.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub(super) struct RedeemedRow {
        pub(super) key: String,
        pub(super) redeemed: i64,
        pub(super) redeemed_fen: i64,
        pub(super) union_fen: i64,
        pub(super) settled_fen: i64,
        pub(super) purchase_fen: i64,
        pub(super) persons: i64,
        pub(super) merchants: i64,
    }
}

row! {
    /// What ended unused.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub(super) struct EndedRow {
        pub(super) key: String,
        pub(super) expired_fen: i64,
        pub(super) void_fen: i64,
    }
}

row! {
    /// What something is called.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub(super) struct NameRow {
        pub(super) id: String,
        pub(super) name: String,
    }
}

/// By what a question on vouchers is grouped; a month and the whole are asked for one by one.
fn key(by: Option<By>) -> &'static str {
    match by {
        Some(By::Campaign) => "v.campaign_id",
        Some(By::District) => "m.district",
        Some(By::Category) => "c.category",
        Some(By::Merchant) => "r.merchant_id",
        Some(By::Month) | None => "''",
    }
}

fn narrowed(sql: &mut Built, at: &'static str, frame: &Frame) {
    sql.push(at).push(" >= ").value(frame.ms.0).push(" AND ").push(at).push(" < ").value(frame.ms.1);
    if let Some(project) = &frame.project {
        sql.push(" AND c.project = ").value(project.as_str());
    }
    if let Some(prefixes) = &frame.prefixes {
        sql.push(" AND (1 = 0");
        for prefix in prefixes {
            sql.push(" OR m.district LIKE ").value(format!("{prefix}%"));
        }
        sql.push(")");
    }
}

/// What was issued, a row for each key.
pub(super) async fn issued(db: &Db, by: Option<By>, frame: &Frame) -> Result<Vec<IssuedRow>, DbError> {
    let mut sql = Built::new("SELECT ");
    sql.push(key(by)).push(
        " AS key, CAST(COUNT(*) AS BIGINT) AS issued, CAST(SUM(v.face_fen) AS BIGINT) AS issued_fen,
            CAST(SUM(v.left_fen) AS BIGINT) AS live_fen
        FROM voucher v JOIN campaign c ON c.id = v.campaign_id JOIN member m ON m.id = v.member_id WHERE ",
    );
    narrowed(&mut sql, "v.issued_ms", frame);
    sql.push(" GROUP BY 1");
    let (text, values) = sql.finish();
    on!(db, pool => bound!(sqlx::query_as(text), values).fetch_all(pool).await)
}

/// What was redeemed and not reversed, a row for each key.
pub(super) async fn redeemed(db: &Db, by: Option<By>, frame: &Frame) -> Result<Vec<RedeemedRow>, DbError> {
    let mut sql = Built::new("SELECT ");
    sql.push(key(by)).push(
        " AS key, CAST(COUNT(*) AS BIGINT) AS redeemed, CAST(SUM(r.amount_fen) AS BIGINT) AS redeemed_fen,
            CAST(SUM(r.union_fen) AS BIGINT) AS union_fen,
            CAST(COALESCE(SUM(CASE WHEN r.settlement_id IS NULL THEN 0 ELSE r.union_fen END), 0) AS BIGINT)
                AS settled_fen,
            CAST(COALESCE(SUM(r.purchase_fen), 0) AS BIGINT) AS purchase_fen,
            CAST(COUNT(DISTINCT v.member_id) AS BIGINT) AS persons,
            CAST(COUNT(DISTINCT r.merchant_id) AS BIGINT) AS merchants
        FROM redemption r JOIN voucher v ON v.id = r.voucher_id JOIN campaign c ON c.id = v.campaign_id
            JOIN member m ON m.id = v.member_id
        WHERE r.reversed_ms IS NULL AND ",
    );
    narrowed(&mut sql, "r.at_ms", frame);
    sql.push(" GROUP BY 1");
    let (text, values) = sql.finish();
    on!(db, pool => bound!(sqlx::query_as(text), values).fetch_all(pool).await)
}

/// What expired or was made void, a row for each key: the face value without what was redeemed before.
pub(super) async fn ended(db: &Db, by: Option<By>, frame: &Frame) -> Result<Vec<EndedRow>, DbError> {
    let mut sql = Built::new("SELECT key, ");
    sql.push(
        "CAST(SUM(CASE WHEN state = 'expired' THEN rest ELSE 0 END) AS BIGINT) AS expired_fen,
            CAST(SUM(CASE WHEN state = 'void' THEN rest ELSE 0 END) AS BIGINT) AS void_fen
        FROM (SELECT ",
    );
    sql.push(key(by)).push(
        " AS key, v.state AS state, v.face_fen - COALESCE((SELECT SUM(r.amount_fen) FROM redemption r
                WHERE r.voucher_id = v.id AND r.reversed_ms IS NULL), 0) AS rest
            FROM voucher v JOIN campaign c ON c.id = v.campaign_id JOIN member m ON m.id = v.member_id
            WHERE v.state IN ('expired', 'void') AND ",
    );
    narrowed(&mut sql, "v.ended_ms", frame);
    sql.push(") ended GROUP BY key");
    let (text, values) = sql.finish();
    on!(db, pool => bound!(sqlx::query_as(text), values).fetch_all(pool).await)
}

const CAMPAIGNS: &str = "SELECT id, name FROM campaign";
const MERCHANTS: &str = "SELECT id, name FROM merchant";

/// What campaigns or merchants are called.
pub(super) async fn names(db: &Db, by: By) -> Result<Vec<NameRow>, DbError> {
    let sql = match by {
        By::Campaign => CAMPAIGNS,
        By::Merchant => MERCHANTS,
        By::District | By::Month | By::Category => return Ok(Vec::new()),
    };
    on!(db, pool => sqlx::query_as(sql).fetch_all(pool).await)
}

const BANK_CARDS: &str = "SELECT CAST(COUNT(*) AS BIGINT) FROM member_card
    WHERE kind = 'bank' AND ended_ms IS NULL AND registered_ms < $1";

/// How many bank cards are registered before an instant.
pub(super) async fn bank_cards(db: &Db, until_ms: i64) -> Result<i64, DbError> {
    on!(db, pool => sqlx::query_scalar(BANK_CARDS).bind(until_ms).fetch_one(pool).await)
}
