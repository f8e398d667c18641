//! SQL on what looks like fraud.

use crate::benefits::model::AlarmKind;
use crate::db::{Built, Db, DbError, Tx};
use crate::{bound, in_tx, on, row};

row! {
    /// What was found, of whom.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub(super) struct Found {
        // what the alarm is about, for its key
        pub(super) object: String,
        pub(super) campaign_id: Option<String>,
        pub(super) merchant_id: Option<String>,
        pub(super) store_id: Option<String>,
        pub(super) clerk_id: Option<String>,
        pub(super) number: i64,
    }
}

/// An alarm that is to be written.
#[derive(Debug, Clone)]
pub(super) struct NewAlarm {
    /// Its identity.
    pub(super) id: String,
    /// What it is.
    pub(super) kind: AlarmKind,
    /// What raised it, once.
    pub(super) key: String,
    /// What would have been usual at most.
    pub(super) bound: i64,
    /// What was found.
    pub(super) found: Found,
    /// When.
    pub(super) at_ms: i64,
}

row! {
    /// An alarm with whom it is about.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub(super) struct AlarmRow {
        pub(super) id: String,
        pub(super) version: i64,
        pub(super) kind: String,
        pub(super) campaign_id: Option<String>,
        pub(super) campaign_name: Option<String>,
        pub(super) merchant_id: Option<String>,
        pub(super) merchant_name: Option<String>,
        pub(super) store_id: Option<String>,
        pub(super) store_name: Option<String>,
        pub(super) clerk_id: Option<String>,
        pub(super) phone_end: Option<String>,
        pub(super) district: Option<String>,
        pub(super) found: i64,
        pub(super) bound: i64,
        pub(super) at_ms: i64,
        pub(super) seen_ms: Option<i64>,
    }
}

const FAST: &str =
    "SELECT r.clerk_id AS object, CAST(NULL AS TEXT) AS campaign_id, MIN(r.merchant_id) AS merchant_id,
        MIN(r.store_id) AS store_id, r.clerk_id AS clerk_id, CAST(COUNT(*) AS BIGINT) AS number
    FROM redemption r WHERE r.at_ms > $1 GROUP BY r.clerk_id HAVING COUNT(*) >= $2";

/// Clerks who redeemed at least so often since an instant.
pub(super) async fn fast(db: &Db, since_ms: i64, least: i64) -> Result<Vec<Found>, DbError> {
    on!(db, pool => sqlx::query_as(FAST).bind(since_ms).bind(least).fetch_all(pool).await)
}

const FAR: &str =
    "SELECT r.id AS object, r.campaign_id, r.merchant_id, r.store_id, r.clerk_id, r.distance_m AS number
    FROM redemption r WHERE r.at_ms > $1 AND r.distance_m > $2";

/// Redemptions since an instant that were further from their store than so many metres.
pub(super) async fn far(db: &Db, since_ms: i64, most_m: i64) -> Result<Vec<Found>, DbError> {
    on!(db, pool => sqlx::query_as(FAR).bind(since_ms).bind(most_m).fetch_all(pool).await)
}

// The end of a lock tells one series of misses from the next.
const MISSING: &str = "SELECT c.id || '.' || CAST(COALESCE(c.locked_until_ms, 0) AS TEXT) AS object,
        CAST(NULL AS TEXT) AS campaign_id, c.merchant_id, c.store_id, c.id AS clerk_id, c.misses AS number
    FROM clerk c WHERE c.misses >= $1";

/// Clerks who tried at least so many codes that were none.
pub(super) async fn missing(db: &Db, least: i64) -> Result<Vec<Found>, DbError> {
    on!(db, pool => sqlx::query_as(MISSING).bind(least).fetch_all(pool).await)
}

/// Merchants of whose redemptions since the first of these nights, where there are at least so many, more than so
/// many per cent were in them.
pub(super) async fn late(
    db: &Db,
    nights: &[(i64, i64)],
    most_percent: i64,
    least: i64,
) -> Result<Vec<Found>, DbError> {
    let Some(first) = nights.iter().map(|(from, _)| *from).min() else { return Ok(Vec::new()) };
    let mut sql = Built::new(
        "SELECT merchant_id AS object, CAST(NULL AS TEXT) AS campaign_id, merchant_id,
            CAST(NULL AS TEXT) AS store_id, CAST(NULL AS TEXT) AS clerk_id,
            CAST(SUM(is_late) * 100 / COUNT(*) AS BIGINT) AS number
        FROM (SELECT r.merchant_id AS merchant_id, CASE WHEN 1 = 0",
    );
    for (from, until) in nights {
        sql.push(" OR (r.at_ms >= ").value(*from).push(" AND r.at_ms < ").value(*until).push(")");
    }
    sql.push(" THEN 1 ELSE 0 END AS is_late FROM redemption r WHERE r.reversed_ms IS NULL AND r.at_ms >= ");
    sql.value(first).push(") counted GROUP BY merchant_id HAVING COUNT(*) >= ").value(least);
    sql.push(" AND SUM(is_late) * 100 > COUNT(*) * ").value(most_percent);
    let (text, values) = sql.finish();
    on!(db, pool => bound!(sqlx::query_as(text), values).fetch_all(pool).await)
}

const KNOWN: &str = "SELECT CAST(COUNT(*) AS BIGINT) FROM benefit_alarm WHERE alarm_key = $1";

/// Whether something was told before.
pub(super) async fn is_known(db: &Db, key: &str) -> Result<bool, DbError> {
    let count: i64 = on!(db, pool => sqlx::query_scalar(KNOWN).bind(key).fetch_one(pool).await)?;
    Ok(count > 0)
}

const ADD: &str = "INSERT INTO benefit_alarm
        (id, version, kind, alarm_key, campaign_id, merchant_id, store_id, clerk_id, found, bound, at_ms)
    VALUES ($1, 1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT (alarm_key) DO NOTHING";

/// Writes an alarm, unless another server was faster.
pub(super) async fn add(tx: &mut Tx, a: &NewAlarm) -> Result<(), DbError> {
    let f = &a.found;
    in_tx!(tx, c => sqlx::query(ADD)
        .bind(&a.id).bind(a.kind.as_str()).bind(&a.key).bind(&f.campaign_id).bind(&f.merchant_id)
        .bind(&f.store_id).bind(&f.clerk_id).bind(f.number).bind(a.bound).bind(a.at_ms)
        .execute(c).await.map(drop))
}

/// What is asked of a list.
#[derive(Debug, Clone, Default)]
pub(super) struct Listing {
    /// Whether somebody has looked.
    pub(super) is_seen: Option<bool>,
    /// Only of this kind.
    pub(super) kind: Option<AlarmKind>,
    /// Only those of stores, or else merchants, of districts that begin so.
    pub(super) prefixes: Option<Vec<String>>,
    /// Only those before this id.
    pub(super) before: Option<String>,
    /// At most how many.
    pub(super) most: i64,
}

/// Reading statements begin alike.
const SELECT: &str =
    "SELECT a.id, a.version, a.kind, a.campaign_id, campaign.name AS campaign_name, a.merchant_id,
        merchant.name AS merchant_name, a.store_id, store.name AS store_name, a.clerk_id, clerk.phone_end,
        COALESCE(store.district, merchant.district) AS district, a.found, a.bound, a.at_ms, a.seen_ms
    FROM benefit_alarm a LEFT JOIN campaign ON campaign.id = a.campaign_id
        LEFT JOIN merchant ON merchant.id = a.merchant_id LEFT JOIN store ON store.id = a.store_id
        LEFT JOIN clerk ON clerk.id = a.clerk_id
    WHERE 1 = 1";

/// Alarms, the newest first.
pub(super) async fn page(db: &Db, asked: &Listing) -> Result<Vec<AlarmRow>, DbError> {
    let mut sql = Built::new(SELECT);
    match asked.is_seen {
        Some(true) => {
            sql.push(" AND a.seen_ms IS NOT NULL");
        }
        Some(false) => {
            sql.push(" AND a.seen_ms IS NULL");
        }
        None => {}
    }
    if let Some(kind) = asked.kind {
        sql.push(" AND a.kind = ").value(kind.as_str());
    }
    if let Some(prefixes) = &asked.prefixes {
        sql.push(" AND (1 = 0");
        for prefix in prefixes {
            sql.push(" OR COALESCE(store.district, merchant.district) LIKE ").value(format!("{prefix}%"));
        }
        sql.push(")");
    }
    if let Some(before) = &asked.before {
        sql.push(" AND a.id < ").value(before.as_str());
    }
    sql.push(" ORDER BY a.id DESC LIMIT ").value(asked.most);
    let (text, values) = sql.finish();
    on!(db, pool => bound!(sqlx::query_as(text), values).fetch_all(pool).await)
}

/// One alarm as a transaction sees it.
pub(super) async fn find(tx: &mut Tx, id: &str) -> Result<Option<AlarmRow>, DbError> {
    let mut sql = Built::new(SELECT);
    sql.push(" AND a.id = ").value(id);
    let (text, values) = sql.finish();
    in_tx!(tx, c => bound!(sqlx::query_as(text), values).fetch_optional(c).await)
}

const SEEN: &str = "UPDATE benefit_alarm SET version = version + 1, seen_ms = $3, account_id = $4
    WHERE id = $1 AND version = $2";

/// Notes that somebody looked; false where it is not this version any more.
pub(super) async fn seen(
    tx: &mut Tx,
    id: &str,
    version: i64,
    now_ms: i64,
    account: Option<String>,
) -> Result<bool, DbError> {
    in_tx!(tx, c => sqlx::query(SEEN).bind(id).bind(version).bind(now_ms).bind(account)
        .execute(c).await.map(|done| done.rows_affected() == 1))
}
