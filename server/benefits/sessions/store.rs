//! SQL on the sessions of phones and their one-time codes.

use crate::db::{Db, DbError, Tx};
use crate::{in_tx, on, row};

row! {
    /// A row of `phone_session`.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub(super) struct SessionRow {
        pub(super) phone_hash: String,
        pub(super) started_ms: i64,
        pub(super) seen_ms: i64,
        pub(super) expires_ms: i64,
    }
}

row! {
    /// Whose a phone is now.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub(super) struct WhoseRow {
        pub(super) member_id: Option<String>,
        pub(super) clerk_id: Option<String>,
    }
}

const FIND: &str = "SELECT phone_hash, started_ms, seen_ms, expires_ms FROM phone_session
    WHERE secret_hash = $1";

/// A session by the hash of its secret.
pub(super) async fn find(db: &Db, secret_hash: &str) -> Result<Option<SessionRow>, DbError> {
    on!(db, pool => sqlx::query_as(FIND).bind(secret_hash).fetch_optional(pool).await)
}

const WHOSE: &str = "SELECT
    (SELECT id FROM member WHERE phone_hash = $1 AND state = 'active') AS member_id,
    (SELECT clerk.id FROM clerk JOIN merchant ON merchant.id = clerk.merchant_id
      WHERE clerk.phone_hash = $1 AND clerk.is_active AND merchant.state = 'active') AS clerk_id";

impl WhoseRow {
    fn of_somebody(self) -> Option<Self> {
        Some(self).filter(|row| row.member_id.is_some() || row.clerk_id.is_some())
    }
}

/// Whose a phone is; `None` where it is nobody's.
pub(super) async fn whose(db: &Db, phone_hash: &str) -> Result<Option<WhoseRow>, DbError> {
    let row: WhoseRow = on!(db, pool => sqlx::query_as(WHOSE).bind(phone_hash).fetch_one(pool).await)?;
    Ok(row.of_somebody())
}

/// The same, as a transaction sees it.
pub(super) async fn whose_in(tx: &mut Tx, phone_hash: &str) -> Result<Option<WhoseRow>, DbError> {
    let row: WhoseRow = in_tx!(tx, c => sqlx::query_as(WHOSE).bind(phone_hash).fetch_one(c).await)?;
    Ok(row.of_somebody())
}

const SEEN: &str = "UPDATE phone_session SET seen_ms = $2, expires_ms = $3 WHERE secret_hash = $1";

/// Notes that a session was used.
pub(super) async fn seen(
    tx: &mut Tx,
    secret_hash: &str,
    now_ms: i64,
    expires_ms: i64,
) -> Result<(), DbError> {
    in_tx!(tx, c => sqlx::query(SEEN)
        .bind(secret_hash).bind(now_ms).bind(expires_ms).execute(c).await.map(drop))
}

const ADD: &str = "INSERT INTO phone_session (secret_hash, phone_hash, started_ms, seen_ms, expires_ms)
    VALUES ($1, $2, $3, $3, $4)";

/// Begins a session.
pub(super) async fn add(
    tx: &mut Tx,
    secret_hash: &str,
    phone_hash: &str,
    now_ms: i64,
    expires_ms: i64,
) -> Result<(), DbError> {
    in_tx!(tx, c => sqlx::query(ADD)
        .bind(secret_hash).bind(phone_hash).bind(now_ms).bind(expires_ms).execute(c).await.map(drop))
}

const END: &str = "DELETE FROM phone_session WHERE secret_hash = $1";

/// Ends a session.
pub(super) async fn end(tx: &mut Tx, secret_hash: &str) -> Result<(), DbError> {
    in_tx!(tx, c => sqlx::query(END).bind(secret_hash).execute(c).await.map(drop))
}

const COUNT_OTHERS: &str = "SELECT COUNT(*) FROM phone_session
    WHERE phone_hash = (SELECT phone_hash FROM phone_session WHERE secret_hash = $1)
      AND secret_hash <> $1 AND expires_ms > $2";

/// How many other sessions the number of a session has now.
pub(super) async fn count_others(db: &Db, secret_hash: &str, now_ms: i64) -> Result<i64, DbError> {
    on!(db, pool => sqlx::query_scalar(COUNT_OTHERS).bind(secret_hash).bind(now_ms).fetch_one(pool).await)
}

const END_OTHERS: &str = "DELETE FROM phone_session
    WHERE phone_hash = (SELECT phone_hash FROM phone_session WHERE secret_hash = $1) AND secret_hash <> $1";

/// Ends the other sessions of the number of a session.
pub(super) async fn end_others(tx: &mut Tx, secret_hash: &str) -> Result<(), DbError> {
    in_tx!(tx, c => sqlx::query(END_OTHERS).bind(secret_hash).execute(c).await.map(drop))
}

const FORGET_SESSIONS: &str = "DELETE FROM phone_session WHERE phone_hash = $1";
const FORGET_CODE: &str = "DELETE FROM phone_code WHERE phone_hash = $1";

/// Forgets sessions and code of a number.
pub(super) async fn forget(tx: &mut Tx, phone_hash: &str) -> Result<(), DbError> {
    in_tx!(tx, c => sqlx::query(FORGET_SESSIONS).bind(phone_hash).execute(c).await.map(drop))?;
    in_tx!(tx, c => sqlx::query(FORGET_CODE).bind(phone_hash).execute(c).await.map(drop))
}

const FORGET_OLD_SESSIONS: &str = "DELETE FROM phone_session WHERE expires_ms <= $1";
const FORGET_OLD_CODES: &str = "DELETE FROM phone_code WHERE made_ms <= $1";

/// Forgets sessions that ended before now, and codes that were made before an instant.
pub(super) async fn forget_old(tx: &mut Tx, now_ms: i64, made_before_ms: i64) -> Result<(), DbError> {
    in_tx!(tx, c => sqlx::query(FORGET_OLD_SESSIONS).bind(now_ms).execute(c).await.map(drop))?;
    in_tx!(tx, c => sqlx::query(FORGET_OLD_CODES).bind(made_before_ms).execute(c).await.map(drop))
}

row! {
    /// A row of `phone_code`.
    #[derive(Clone, PartialEq, Eq)]
    pub(super) struct CodeRow {
        pub(super) phone_hash: String,
        pub(super) id: String,
        pub(super) code_hash: String,
        pub(super) letter: Option<String>,
        pub(super) made_ms: i64,
        pub(super) expires_ms: i64,
        pub(super) tries: i64,
        pub(super) since_ms: i64,
        pub(super) asked: i64,
    }
}

/// The reading statements list the same columns, once.
macro_rules! code_columns {
    () => {
        "phone_hash, id, code_hash, letter, made_ms, expires_ms, tries, since_ms, asked"
    };
}

const PUT: &str = concat!(
    "INSERT INTO phone_code (",
    code_columns!(),
    ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
    ON CONFLICT (phone_hash) DO UPDATE SET id = excluded.id, code_hash = excluded.code_hash,
        letter = excluded.letter, made_ms = excluded.made_ms, expires_ms = excluded.expires_ms, tries = 0,
        since_ms = CASE WHEN phone_code.since_ms <= $11 THEN excluded.since_ms ELSE phone_code.since_ms END,
        asked = CASE WHEN phone_code.since_ms <= $11 THEN 1 ELSE phone_code.asked + 1 END
    WHERE phone_code.made_ms <= $10 AND (phone_code.since_ms <= $11 OR phone_code.asked < $12)"
);

/// Keeps a code in place of the one before; false where the number had one since `made_before_ms`, or `most` of them
/// since `since_ms`.
pub(super) async fn put(
    tx: &mut Tx,
    r: &CodeRow,
    made_before_ms: i64,
    since_ms: i64,
    most: i64,
) -> Result<bool, DbError> {
    in_tx!(tx, c => sqlx::query(PUT)
        .bind(&r.phone_hash).bind(&r.id).bind(&r.code_hash).bind(&r.letter).bind(r.made_ms).bind(r.expires_ms)
        .bind(r.tries).bind(r.since_ms).bind(r.asked).bind(made_before_ms).bind(since_ms).bind(most)
        .execute(c).await.map(|done| done.rows_affected() == 1))
}

const CODE: &str = concat!("SELECT ", code_columns!(), " FROM phone_code WHERE phone_hash = $1");

/// The newest code of a number.
pub(super) async fn code_in(tx: &mut Tx, phone_hash: &str) -> Result<Option<CodeRow>, DbError> {
    in_tx!(tx, c => sqlx::query_as(CODE).bind(phone_hash).fetch_optional(c).await)
}

const CODE_BY_ID: &str = concat!("SELECT ", code_columns!(), " FROM phone_code WHERE id = $1");

/// A code, while it is the newest of its number.
pub(super) async fn code_by_id(db: &Db, id: &str) -> Result<Option<CodeRow>, DbError> {
    on!(db, pool => sqlx::query_as(CODE_BY_ID).bind(id).fetch_optional(pool).await)
}

const TRY: &str = concat!(
    "UPDATE phone_code SET tries = tries + 1 WHERE phone_hash = $1 AND tries < $2 AND expires_ms > $3 RETURNING ",
    code_columns!()
);

/// Counts a try of the newest code of a number; none where it is used up or over.
pub(super) async fn try_code(
    tx: &mut Tx,
    phone_hash: &str,
    most: i64,
    now_ms: i64,
) -> Result<Option<CodeRow>, DbError> {
    in_tx!(tx, c => sqlx::query_as(TRY).bind(phone_hash).bind(most).bind(now_ms).fetch_optional(c).await)
}

const USE_UP: &str = "UPDATE phone_code SET tries = $2, letter = NULL WHERE phone_hash = $1";

/// Lets a code be tried no more.
pub(super) async fn use_up(tx: &mut Tx, phone_hash: &str, most: i64) -> Result<(), DbError> {
    in_tx!(tx, c => sqlx::query(USE_UP).bind(phone_hash).bind(most).execute(c).await.map(drop))
}

const WIPE: &str = "UPDATE phone_code SET letter = NULL WHERE id = $1";

/// Forgets number and code of a letter.
pub(super) async fn wipe(tx: &mut Tx, id: &str) -> Result<(), DbError> {
    in_tx!(tx, c => sqlx::query(WIPE).bind(id).execute(c).await.map(drop))
}

row! {
    /// A member as his phone shows him.
    #[derive(Clone, PartialEq, Eq)]
    pub(super) struct MemberRow {
        pub(super) id: String,
        pub(super) name: Option<String>,
        pub(super) number: Option<String>,
        pub(super) card_end: Option<String>,
        pub(super) union_name: String,
        pub(super) district: String,
        pub(super) trade: Option<String>,
    }
}

const MEMBER: &str = "SELECT id, name, number, union_name, district, trade,
    (SELECT number_end FROM member_card WHERE member_card.member_id = member.id AND kind = 'member'
        AND ended_ms IS NULL ORDER BY registered_ms DESC, member_card.id DESC LIMIT 1) AS card_end
    FROM member WHERE id = $1";

/// A member.
pub(super) async fn member(db: &Db, id: &str) -> Result<Option<MemberRow>, DbError> {
    on!(db, pool => sqlx::query_as(MEMBER).bind(id).fetch_optional(pool).await)
}

row! {
    /// A clerk as his phone shows him.
    #[derive(Clone, PartialEq, Eq)]
    pub(super) struct ClerkRow {
        pub(super) id: String,
        pub(super) name: String,
        pub(super) merchant_id: String,
        pub(super) merchant_name: String,
        pub(super) store_id: String,
        pub(super) store_name: String,
        pub(super) is_lead: bool,
    }
}

const CLERK: &str = "SELECT clerk.id AS id, clerk.name AS name, merchant.id AS merchant_id,
    merchant.name AS merchant_name, store.id AS store_id, store.name AS store_name, clerk.is_lead AS is_lead
    FROM clerk JOIN merchant ON merchant.id = clerk.merchant_id JOIN store ON store.id = clerk.store_id
    WHERE clerk.id = $1";

/// A clerk.
pub(super) async fn clerk(db: &Db, id: &str) -> Result<Option<ClerkRow>, DbError> {
    on!(db, pool => sqlx::query_as(CLERK).bind(id).fetch_optional(pool).await)
}
