//! SQL on draws and their entries.

use crate::db::{Db, DbError, Tx};
use crate::{in_tx, on, row};

row! {
    /// A row of `draw`.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub(super) struct DrawRow {
        pub(super) campaign_id: String,
        pub(super) commitment: String,
        pub(super) seed: String,
        pub(super) entries: i64,
        pub(super) digest: Option<String>,
        pub(super) drawn_ms: Option<i64>,
    }
}

row! {
    /// A row of `draw_entry`.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub(super) struct EntryRow {
        pub(super) number: i64,
        pub(super) member_id: String,
        pub(super) weight: i64,
        pub(super) has_won: Option<bool>,
    }
}

const ADD: &str = "INSERT INTO draw (campaign_id, commitment, seed, entries) VALUES ($1, $2, $3, 0)";

/// Begins a draw.
pub(super) async fn add(tx: &mut Tx, campaign: &str, commitment: &str, seed: &str) -> Result<(), DbError> {
    in_tx!(tx, c => sqlx::query(ADD).bind(campaign).bind(commitment).bind(seed).execute(c).await.map(drop))
}

const ALL: &str = "SELECT campaign_id, commitment, seed, entries, digest, drawn_ms FROM draw
    WHERE campaign_id BETWEEN $1 AND $2";

/// The draws of the campaigns from one id to another, both included.
pub(super) async fn all(db: &Db, first: &str, last: &str) -> Result<Vec<DrawRow>, DbError> {
    on!(db, pool => sqlx::query_as(ALL).bind(first).bind(last).fetch_all(pool).await)
}

/// The draw of a campaign.
pub(super) async fn find_in(tx: &mut Tx, campaign: &str) -> Result<Option<DrawRow>, DbError> {
    in_tx!(tx, c => sqlx::query_as(ALL).bind(campaign).bind(campaign).fetch_optional(c).await)
}

const ENTRIES: &str =
    "SELECT number, member_id, weight, has_won FROM draw_entry WHERE campaign_id = $1 ORDER BY number";

/// The entries of a draw in order.
pub(super) async fn entries(tx: &mut Tx, campaign: &str) -> Result<Vec<EntryRow>, DbError> {
    in_tx!(tx, c => sqlx::query_as(ENTRIES).bind(campaign).fetch_all(c).await)
}

const ENTRY: &str = "SELECT number, member_id, weight, has_won FROM draw_entry
    WHERE campaign_id = $1 AND member_id = $2";

/// The entry of a member.
pub(super) async fn entry(db: &Db, campaign: &str, member: &str) -> Result<Option<EntryRow>, DbError> {
    on!(db, pool => sqlx::query_as(ENTRY).bind(campaign).bind(member).fetch_optional(pool).await)
}

const COUNT: &str =
    "UPDATE draw SET entries = entries + 1 WHERE campaign_id = $1 AND drawn_ms IS NULL AND entries < $2";
const COUNTED: &str = "SELECT entries FROM draw WHERE campaign_id = $1";

/// Takes the next number, and the lock on the draw with it; `None` where it was drawn or is full.
pub(super) async fn next(tx: &mut Tx, campaign: &str, most: i64) -> Result<Option<i64>, DbError> {
    let is_counted = in_tx!(tx, c => sqlx::query(COUNT).bind(campaign).bind(most)
        .execute(c).await.map(|done| done.rows_affected() == 1))?;
    if !is_counted {
        return Ok(None);
    }
    in_tx!(tx, c => sqlx::query_scalar(COUNTED).bind(campaign).fetch_one(c).await).map(Some)
}

const HAS_WON: &str = "SELECT CAST(COUNT(*) AS BIGINT) FROM draw_entry WHERE member_id = $1 AND has_won";

/// In how many draws somebody has won.
pub(super) async fn wins(tx: &mut Tx, member: &str) -> Result<i64, DbError> {
    in_tx!(tx, c => sqlx::query_scalar(HAS_WON).bind(member).fetch_one(c).await)
}

const ENTER: &str = "INSERT INTO draw_entry (campaign_id, number, member_id, weight, entered_ms)
    VALUES ($1, $2, $3, $4, $5) ON CONFLICT (campaign_id, member_id) DO NOTHING";

/// Writes an entry; false where the member has one.
pub(super) async fn enter(
    tx: &mut Tx,
    campaign: &str,
    entry: &EntryRow,
    now_ms: i64,
) -> Result<bool, DbError> {
    in_tx!(tx, c => sqlx::query(ENTER)
        .bind(campaign).bind(entry.number).bind(&entry.member_id).bind(entry.weight).bind(now_ms)
        .execute(c).await.map(|done| done.rows_affected() == 1))
}

const CLOSE: &str = "UPDATE draw SET drawn_ms = $2 WHERE campaign_id = $1 AND drawn_ms IS NULL";

/// Closes a draw for good; false where it was drawn before.
pub(super) async fn close(tx: &mut Tx, campaign: &str, now_ms: i64) -> Result<bool, DbError> {
    in_tx!(tx, c => sqlx::query(CLOSE).bind(campaign).bind(now_ms)
        .execute(c).await.map(|done| done.rows_affected() == 1))
}

const REVEAL: &str = "UPDATE draw SET seed = $2, digest = $3 WHERE campaign_id = $1";
const LOST: &str = "UPDATE draw_entry SET has_won = FALSE WHERE campaign_id = $1";
const WON: &str = "UPDATE draw_entry SET has_won = TRUE WHERE campaign_id = $1 AND number = $2";

/// Makes seed and digest public; nobody has won yet.
pub(super) async fn reveal(tx: &mut Tx, campaign: &str, seed: &str, digest: &str) -> Result<(), DbError> {
    in_tx!(tx, c => sqlx::query(REVEAL).bind(campaign).bind(seed).bind(digest).execute(c).await.map(drop))?;
    in_tx!(tx, c => sqlx::query(LOST).bind(campaign).execute(c).await.map(drop))
}

/// Says that an entry won.
pub(super) async fn won(tx: &mut Tx, campaign: &str, number: i64) -> Result<(), DbError> {
    in_tx!(tx, c => sqlx::query(WON).bind(campaign).bind(number).execute(c).await.map(drop))
}

const DUE: &str = "SELECT draw.campaign_id FROM draw JOIN campaign ON campaign.id = draw.campaign_id
    WHERE draw.drawn_ms IS NULL AND campaign.state = 'running' AND campaign.closes_ms <= $1 ORDER BY 1 LIMIT 100";

/// The campaigns whose entries are closed and that were not drawn yet.
pub(super) async fn due(db: &Db, now_ms: i64) -> Result<Vec<String>, DbError> {
    on!(db, pool => sqlx::query_scalar(DUE).bind(now_ms).fetch_all(pool).await)
}
