//! SQL on how much of a campaign's limits a member has used.

use crate::db::{Db, DbError};
use crate::on;

const USED: &str = "SELECT CAST(COALESCE(MAX(n), 0) AS BIGINT) FROM claim_slot
    WHERE campaign_id = $1 AND member_id = $2 AND period = $3";

/// How many vouchers of a campaign he has in a period.
pub(in super::super) async fn used(
    db: &Db,
    campaign: &str,
    member: &str,
    period: &str,
) -> Result<i64, DbError> {
    on!(db, pool => sqlx::query_scalar(USED).bind(campaign).bind(member).bind(period).fetch_one(pool).await)
}
