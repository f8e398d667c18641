//! SQL on what is known of a member whom a campaign judges.

use crate::db::{DbError, Tx};
use crate::{in_tx, row};

row! {
    /// What a member is judged by.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub(in super::super) struct MemberRow {
        pub(in super::super) state: String,
        pub(in super::super) union_name: String,
        pub(in super::super) trade: Option<String>,
        pub(in super::super) district: String,
        pub(in super::super) joined_on: Option<String>,
    }
}

const MEMBER: &str = "SELECT state, union_name, trade, district, joined_on FROM member WHERE id = $1";

/// A member.
pub(in super::super) async fn member(tx: &mut Tx, id: &str) -> Result<Option<MemberRow>, DbError> {
    in_tx!(tx, c => sqlx::query_as(MEMBER).bind(id).fetch_optional(c).await)
}

const CARDS: &str = "SELECT DISTINCT kind FROM member_card WHERE member_id = $1 AND ended_ms IS NULL";

/// The kinds of his cards.
pub(in super::super) async fn cards(tx: &mut Tx, member: &str) -> Result<Vec<String>, DbError> {
    in_tx!(tx, c => sqlx::query_scalar(CARDS).bind(member).fetch_all(c).await)
}

const USED: &str = "SELECT CAST(COUNT(*) AS BIGINT) FROM claim_slot
    WHERE campaign_id = $1 AND member_id = $2 AND period = $3";

/// How many vouchers of a campaign he has in a period.
pub(in super::super) async fn used(
    tx: &mut Tx,
    campaign: &str,
    member: &str,
    period: &str,
) -> Result<i64, DbError> {
    in_tx!(tx, c => sqlx::query_scalar(USED).bind(campaign).bind(member).bind(period).fetch_one(c).await)
}
