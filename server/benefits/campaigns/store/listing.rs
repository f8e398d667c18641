//! SQL on lists of campaigns.

use super::{CampaignRow, select};
use crate::benefits::campaigns::model::Campaign;
use crate::benefits::model::Phase;
use crate::db::{Built, Db, DbError};
use crate::error::Error;
use crate::{bound, on, row};

/// What is asked of a list.
#[derive(Debug, Clone, Default)]
pub(in super::super) struct Listing {
    /// Only those in a phase; without one all but drafts, or for staff all.
    pub(in super::super) phase: Option<Phase>,
    /// Whether drafts belong to it.
    pub(in super::super) with_drafts: bool,
    /// Only those whose district begins so, where the whole city's belong too.
    pub(in super::super) prefixes: Option<Vec<String>>,
    /// Whether the whole city's campaigns belong to it, where districts are asked for.
    pub(in super::super) with_city: bool,
    /// Only those before this id.
    pub(in super::super) before: Option<String>,
    /// At most how many.
    pub(in super::super) most: i64,
}

const SELECT: &str = select!("WHERE 1 = 1");

/// A page, the newest first.
pub(in super::super) async fn page(db: &Db, asked: &Listing, now_ms: i64) -> Result<Vec<Campaign>, Error> {
    let (text, values) = built(asked, now_ms).finish();
    let rows: Vec<CampaignRow> = on!(db, pool => bound!(sqlx::query_as(text), values).fetch_all(pool).await)?;
    rows.into_iter().map(Campaign::read).collect()
}

fn built(asked: &Listing, now_ms: i64) -> Built {
    let mut sql = Built::new(SELECT);
    if !asked.with_drafts {
        sql.push(" AND c.state <> 'draft'");
    }
    match asked.phase {
        None => &mut sql,
        Some(Phase::Draft) => sql.push(" AND c.state = 'draft'"),
        Some(Phase::Upcoming) => {
            sql.push(" AND c.state IN ('running', 'frozen') AND c.opens_ms > ").value(now_ms)
        }
        Some(Phase::Running) => {
            sql.push(" AND c.state IN ('running', 'frozen') AND c.opens_ms <= ").value(now_ms);
            sql.push(" AND c.closes_ms > ").value(now_ms)
        }
        Some(Phase::Frozen) => sql.push(" AND c.state = 'frozen'"),
        Some(Phase::Ended) => sql
            .push(" AND c.state <> 'draft' AND (c.state = 'ended' OR c.closes_ms <= ")
            .value(now_ms)
            .push(")"),
    };
    if let Some(prefixes) = &asked.prefixes {
        sql.push(if asked.with_city { " AND (c.district IS NULL" } else { " AND (1 = 0" });
        for prefix in prefixes {
            sql.push(" OR c.district LIKE ").value(format!("{prefix}%"));
        }
        sql.push(")");
    }
    if let Some(before) = &asked.before {
        sql.push(" AND c.id < ").value(before.as_str());
    }
    sql.push(" ORDER BY c.id DESC LIMIT ").value(asked.most);
    sql
}

row! {
    /// What redemptions of a campaign come to.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub(in super::super) struct UsedRow {
        pub(in super::super) campaign_id: String,
        pub(in super::super) redeemed: i64,
        pub(in super::super) redeemed_fen: i64,
    }
}

const REDEEMED: &str = "SELECT campaign_id, CAST(COUNT(*) AS BIGINT) AS redeemed,
        CAST(COALESCE(SUM(amount_fen), 0) AS BIGINT) AS redeemed_fen
    FROM redemption WHERE reversed_ms IS NULL AND campaign_id BETWEEN $1 AND $2 GROUP BY campaign_id";

/// What holds of the redemptions of the campaigns from one id to another, both included.
pub(in super::super) async fn redeemed(db: &Db, first: &str, last: &str) -> Result<Vec<UsedRow>, DbError> {
    on!(db, pool => sqlx::query_as(REDEEMED).bind(first).bind(last).fetch_all(pool).await)
}
