//! All SQL on publications.

use crate::db::{Built, Db, DbError, Tx};
use crate::{bound, in_tx, on, row};

const SAVE: &str = "INSERT INTO grievance_publication (grievance_id, title, text, account_id, published_ms)
    VALUES ($1, $2, $3, $4, $5)
    ON CONFLICT (grievance_id) DO UPDATE SET title = excluded.title, text = excluded.text,
        account_id = excluded.account_id";

/// Writes what is published of a case; the day of the first time stays.
pub(super) async fn save(
    tx: &mut Tx,
    id: &str,
    (title, text): (&str, &str),
    account: Option<&str>,
    now_ms: i64,
) -> Result<(), DbError> {
    in_tx!(tx, c => sqlx::query(SAVE)
        .bind(id).bind(title).bind(text).bind(account).bind(now_ms)
        .execute(c).await.map(drop))
}

const REMOVE: &str = "DELETE FROM grievance_publication WHERE grievance_id = $1";

/// Takes it back; false where there was none.
pub(super) async fn remove(tx: &mut Tx, id: &str) -> Result<bool, DbError> {
    let done =
        in_tx!(tx, c => sqlx::query(REMOVE).bind(id).execute(c).await.map(|done| done.rows_affected()))?;
    Ok(done > 0)
}

row! {
    /// A case as the public reads of it.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub(super) struct PublishedRow {
        pub(super) grievance_id: String,
        pub(super) category: String,
        pub(super) name: String,
        pub(super) name_en: String,
        pub(super) title: String,
        pub(super) text: String,
        pub(super) outcome: Option<String>,
        pub(super) published_ms: i64,
    }
}

const PUBLISHED: &str =
    "SELECT p.grievance_id, g.category, c.name, c.name_en, p.title, p.text, g.outcome, p.published_ms
    FROM grievance_publication p JOIN grievance g ON g.id = p.grievance_id
    JOIN grievance_category c ON c.code = g.category";
/// What the public does not read although it was published: a case that was taken up again, and what changed its mind.
const SHOWN: &str = " WHERE g.state IN ('closed', 'archived') AND g.may_publish AND NOT c.is_confidential";

/// What is published of a case; of one that the public does not read now as well where `is_staff` asks.
pub(super) async fn find(db: &Db, id: &str, is_staff: bool) -> Result<Option<PublishedRow>, DbError> {
    let mut sql = Built::new(PUBLISHED);
    sql.push(if is_staff { " WHERE TRUE" } else { SHOWN }).push(" AND p.grievance_id = ").value(id);
    let (text, values) = sql.finish();
    on!(db, pool => bound!(sqlx::query_as(text), values).fetch_optional(pool).await)
}

/// Where a page begins: when the publication before was made, and its case.
pub(super) type Cursor = (i64, String);

/// What the public reads, the newest first; one more than asked for where there are more.
pub(super) async fn published(
    db: &Db,
    category: Option<&str>,
    after: Option<&Cursor>,
    limit: usize,
) -> Result<Vec<PublishedRow>, DbError> {
    let mut sql = Built::new(PUBLISHED);
    sql.push(SHOWN);
    if let Some(category) = category {
        sql.push(" AND g.category = ").value(category);
    }
    if let Some((at_ms, id)) = after {
        sql.push(" AND (p.published_ms, p.grievance_id) < (").value(*at_ms).push(", ").value(id.as_str());
        sql.push(")");
    }
    sql.push(" ORDER BY p.published_ms DESC, p.grievance_id DESC LIMIT ");
    sql.value(i64::try_from(limit).unwrap_or(i64::MAX).saturating_add(1));
    let (text, values) = sql.finish();
    on!(db, pool => bound!(sqlx::query_as(text), values).fetch_all(pool).await)
}
