//! All SQL on the inbox and its settings.

use crate::db::{Db, DbError, Tx};
use crate::{in_tx, on, row};

row! {
    /// A row of `notification`.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub(super) struct NotificationRow {
        pub(super) id: String,
        pub(super) account_id: String,
        pub(super) kind: String,
        pub(super) object_type: String,
        pub(super) object_id: String,
        pub(super) number: Option<String>,
        pub(super) due: Option<String>,
        pub(super) at_ms: i64,
        pub(super) read_ms: Option<i64>,
    }
}

/// The reading statements list the same columns, once.
macro_rules! select {
    ($rest:expr) => {
        concat!(
            "SELECT id, account_id, kind, object_type, object_id, number, due, at_ms, read_ms FROM notification ",
            $rest
        )
    };
}

const ADD: &str = "INSERT INTO notification
      (id, account_id, kind, object_type, object_id, number, due, at_ms)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";

/// Writes a notice for somebody.
pub(super) async fn add(tx: &mut Tx, r: &NotificationRow) -> Result<(), DbError> {
    in_tx!(tx, c => sqlx::query(ADD)
        .bind(&r.id).bind(&r.account_id).bind(&r.kind).bind(&r.object_type).bind(&r.object_id)
        .bind(&r.number).bind(&r.due).bind(r.at_ms)
        .execute(c).await.map(drop))
}

const FIND: &str = select!("WHERE id = $1");

/// One notice, whoever it is for.
pub(super) async fn find(db: &Db, id: &str) -> Result<Option<NotificationRow>, DbError> {
    on!(db, pool => sqlx::query_as(FIND).bind(id).fetch_optional(pool).await)
}

const PAGE: &str = select!(
    "WHERE account_id = $1 AND at_ms <= $2 AND ($3 = '' OR id < $3) AND (NOT $4 OR read_ms IS NULL)
    ORDER BY id DESC LIMIT $5"
);

/// Somebody's notices from a cursor on, the newest first.
pub(super) async fn page(
    db: &Db,
    account: &str,
    now_ms: i64,
    before: &str,
    unread: bool,
    most: i64,
) -> Result<Vec<NotificationRow>, DbError> {
    on!(db, pool => sqlx::query_as(PAGE).bind(account).bind(now_ms).bind(before).bind(unread).bind(most)
        .fetch_all(pool).await)
}

const UNREAD: &str = "SELECT CAST(COUNT(*) AS BIGINT) FROM notification
    WHERE account_id = $1 AND at_ms <= $2 AND read_ms IS NULL";

/// How many notices somebody has not read.
pub(super) async fn unread(db: &Db, account: &str, now_ms: i64) -> Result<i64, DbError> {
    on!(db, pool => sqlx::query_scalar(UNREAD).bind(account).bind(now_ms).fetch_one(pool).await)
}

const READ: &str = "UPDATE notification SET read_ms = COALESCE(read_ms, $3)
    WHERE id = $1 AND account_id = $2 AND at_ms <= $3";

/// Marks one notice as read; false where it is not that person's.
pub(super) async fn read(tx: &mut Tx, id: &str, account: &str, now_ms: i64) -> Result<bool, DbError> {
    in_tx!(tx, c => sqlx::query(READ).bind(id).bind(account).bind(now_ms)
        .execute(c).await.map(|done| done.rows_affected() == 1))
}

const READ_TO: &str = "UPDATE notification SET read_ms = $3
    WHERE account_id = $1 AND id <= $2 AND read_ms IS NULL AND at_ms <= $3";

/// Marks everything up to a notice as read.
pub(super) async fn read_to(tx: &mut Tx, account: &str, id: &str, now_ms: i64) -> Result<(), DbError> {
    in_tx!(tx, c => sqlx::query(READ_TO).bind(account).bind(id).bind(now_ms).execute(c).await.map(drop))
}

const FORGET: &str = "DELETE FROM notification WHERE at_ms < $1";

/// Forgets what was told long ago.
pub(super) async fn forget(tx: &mut Tx, before_ms: i64) -> Result<(), DbError> {
    in_tx!(tx, c => sqlx::query(FORGET).bind(before_ms).execute(c).await.map(drop))
}

const FORGET_NOTICES_OF: &str = "DELETE FROM notification WHERE account_id = $1";
const FORGET_SETTING_OF: &str = "DELETE FROM notification_setting WHERE account_id = $1";

/// Forgets a person's inbox and addresses.
pub(super) async fn forget_person(tx: &mut Tx, account: &str) -> Result<(), DbError> {
    for statement in [FORGET_NOTICES_OF, FORGET_SETTING_OF] {
        in_tx!(tx, c => sqlx::query(statement).bind(account).execute(c).await.map(drop))?;
    }
    Ok(())
}

row! {
    /// A row of `notification_setting`.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub(super) struct SettingRow {
        pub(super) account_id: String,
        pub(super) mail: Option<String>,
        pub(super) phone: Option<String>,
        pub(super) channels: String,
        pub(super) language: String,
        pub(super) mail_failed_ms: Option<i64>,
        pub(super) phone_failed_ms: Option<i64>,
    }
}

const SETTING: &str = "SELECT account_id, mail, phone, channels, language, mail_failed_ms, phone_failed_ms
    FROM notification_setting WHERE account_id = $1";

/// What somebody has set.
pub(super) async fn setting(db: &Db, account: &str) -> Result<Option<SettingRow>, DbError> {
    on!(db, pool => sqlx::query_as(SETTING).bind(account).fetch_optional(pool).await)
}

/// What somebody has set, as a transaction sees it.
pub(super) async fn setting_in(tx: &mut Tx, account: &str) -> Result<Option<SettingRow>, DbError> {
    in_tx!(tx, c => sqlx::query_as(SETTING).bind(account).fetch_optional(c).await)
}

const SET: &str = "INSERT INTO notification_setting (account_id, mail, phone, channels, language)
    VALUES ($1, $2, $3, $4, $5)
    ON CONFLICT (account_id) DO UPDATE
      SET mail = $2, phone = $3, channels = $4, language = $5, mail_failed_ms = NULL, phone_failed_ms = NULL";

/// Writes what somebody sets; what could not be delivered before is forgotten.
pub(super) async fn set(tx: &mut Tx, r: &SettingRow) -> Result<(), DbError> {
    in_tx!(tx, c => sqlx::query(SET)
        .bind(&r.account_id).bind(&r.mail).bind(&r.phone).bind(&r.channels).bind(&r.language)
        .execute(c).await.map(drop))
}

const MAIL_FAILED: &str = "UPDATE notification_setting SET mail_failed_ms = $2 WHERE account_id = $1";
const PHONE_FAILED: &str = "UPDATE notification_setting SET phone_failed_ms = $2 WHERE account_id = $1";

/// Notes when the last message to an address could not be delivered; nothing where it was.
pub(super) async fn note(
    tx: &mut Tx,
    account: &str,
    is_mail: bool,
    failed_ms: Option<i64>,
) -> Result<(), DbError> {
    let statement = if is_mail { MAIL_FAILED } else { PHONE_FAILED };
    in_tx!(tx, c => sqlx::query(statement).bind(account).bind(failed_ms).execute(c).await.map(drop))
}
