//! All SQL on members and their cards.

use crate::accounts::Reach;
use crate::benefits::within::within;
use crate::db::{Built, Db, DbError, Tx};
use crate::{bound, in_tx, on, row};

row! {
    /// A row of `member`.
    #[derive(Clone, PartialEq, Eq)]
    pub(in crate::benefits) struct MemberRow {
        pub(in crate::benefits) id: String,
        pub(in crate::benefits) version: i64,
        pub(in crate::benefits) number: Option<String>,
        pub(in crate::benefits) name: Option<String>,
        pub(in crate::benefits) name_hash: Option<String>,
        pub(in crate::benefits) phone: Option<String>,
        pub(in crate::benefits) phone_hash: Option<String>,
        pub(in crate::benefits) phone_end: Option<String>,
        pub(in crate::benefits) id_hash: Option<String>,
        pub(in crate::benefits) id_end: Option<String>,
        pub(in crate::benefits) union_name: String,
        pub(in crate::benefits) trade: Option<String>,
        pub(in crate::benefits) district: String,
        pub(in crate::benefits) state: String,
        pub(in crate::benefits) joined_on: Option<String>,
        pub(in crate::benefits) created_ms: i64,
        pub(in crate::benefits) left_ms: Option<i64>,
        pub(in crate::benefits) is_demonstration: bool,
    }
}

row! {
    /// A row of `member_card`.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub(in crate::benefits) struct CardRow {
        pub(in crate::benefits) id: String,
        pub(in crate::benefits) member_id: String,
        pub(in crate::benefits) kind: String,
        pub(in crate::benefits) issuer: String,
        pub(in crate::benefits) number_hash: String,
        pub(in crate::benefits) number_end: String,
        pub(in crate::benefits) issued_on: Option<String>,
        pub(in crate::benefits) registered_ms: i64,
    }
}

macro_rules! columns {
    () => {
        "id, version, number, name, name_hash, phone, phone_hash, phone_end, id_hash, id_end, union_name, trade,
        district, state, joined_on, created_ms, left_ms, is_demonstration"
    };
}

const FIND: &str = concat!("SELECT ", columns!(), " FROM member WHERE id = $1");

/// One member.
pub(super) async fn find(db: &Db, id: &str) -> Result<Option<MemberRow>, DbError> {
    on!(db, pool => sqlx::query_as(FIND).bind(id).fetch_optional(pool).await)
}

/// One member as a transaction sees him.
pub(super) async fn find_in(tx: &mut Tx, id: &str) -> Result<Option<MemberRow>, DbError> {
    in_tx!(tx, c => sqlx::query_as(FIND).bind(id).fetch_optional(c).await)
}

const BY_PHONE: &str = concat!("SELECT ", columns!(), " FROM member WHERE phone_hash = $1");

/// The member with a number.
pub(super) async fn by_phone(db: &Db, phone_hash: &str) -> Result<Option<MemberRow>, DbError> {
    on!(db, pool => sqlx::query_as(BY_PHONE).bind(phone_hash).fetch_optional(pool).await)
}

const PAGE: &str = concat!("SELECT ", columns!(), " FROM member WHERE TRUE");

/// What is asked of the list.
#[derive(Debug, Clone, Default)]
pub(super) struct Query {
    /// Conditions: a column and what it is.
    pub(super) equal: Vec<(&'static str, String)>,
    /// Only those after this one.
    pub(super) after: Option<String>,
    /// At most so many.
    pub(super) most: i64,
}

/// Members that somebody reaches, by their ids.
pub(super) async fn page(db: &Db, query: &Query, reach: &Reach) -> Result<Vec<MemberRow>, DbError> {
    let mut sql = Built::new(PAGE);
    within(&mut sql, reach);
    for (column, value) in &query.equal {
        sql.push(" AND ").push(column).push(" = ").value(value.as_str());
    }
    if let Some(after) = &query.after {
        sql.push(" AND id > ").value(after.as_str());
    }
    sql.push(" ORDER BY id LIMIT ").value(query.most);
    let (text, values) = sql.finish();
    on!(db, pool => bound!(sqlx::query_as(text), values).fetch_all(pool).await)
}

const ADD: &str = concat!("INSERT INTO member (", columns!(), ") VALUES ");
/// How many rows one statement writes or asks for.
pub(super) const PART: usize = 500;

/// Writes new members, at most [`PART`].
pub(in crate::benefits) async fn add(tx: &mut Tx, rows: &[MemberRow]) -> Result<(), DbError> {
    if rows.is_empty() {
        return Ok(());
    }
    let mut sql = Built::new(ADD);
    sql.rows(rows.iter().map(|r| {
        let r = r.clone();
        [
            r.id.into(),
            r.version.into(),
            r.number.into(),
            r.name.into(),
            r.name_hash.into(),
            r.phone.into(),
            r.phone_hash.into(),
            r.phone_end.into(),
            r.id_hash.into(),
            r.id_end.into(),
            r.union_name.into(),
            r.trade.into(),
            r.district.into(),
            r.state.into(),
            r.joined_on.into(),
            r.created_ms.into(),
            r.left_ms.into(),
            r.is_demonstration.into(),
        ]
    }));
    let (text, values) = sql.finish();
    in_tx!(tx, c => bound!(sqlx::query(text), values).execute(c).await.map(drop))
}

const CHANGE: &str = "UPDATE member SET version = version + 1, number = $3, name = $4, name_hash = $5, phone = $6,
        phone_hash = $7, phone_end = $8, id_hash = $9, id_end = $10, union_name = $11, trade = $12, district = $13,
        state = $14, joined_on = $15, left_ms = $16
    WHERE id = $1 AND version = $2";

/// Writes a change; false where somebody else was faster.
pub(super) async fn change(tx: &mut Tx, r: &MemberRow, version: i64) -> Result<bool, DbError> {
    in_tx!(tx, c => sqlx::query(CHANGE)
        .bind(&r.id).bind(version).bind(&r.number).bind(&r.name).bind(&r.name_hash).bind(&r.phone)
        .bind(&r.phone_hash).bind(&r.phone_end).bind(&r.id_hash).bind(&r.id_end).bind(&r.union_name)
        .bind(&r.trade).bind(&r.district).bind(&r.state).bind(&r.joined_on).bind(r.left_ms)
        .execute(c).await.map(|done| done.rows_affected() == 1))
}

/// A column by which a member is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Known {
    /// The union's own number.
    Number,
    /// The hash of the identity number.
    Identity,
    /// The hash of the phone number.
    Phone,
}

/// The members that are known by one of these values, at most [`PART`] of them.
pub(super) async fn known(tx: &mut Tx, by: Known, values: &[&str]) -> Result<Vec<MemberRow>, DbError> {
    if values.is_empty() {
        return Ok(Vec::new());
    }
    let mut sql = Built::new(PAGE);
    sql.push(match by {
        Known::Number => " AND number IN ",
        Known::Identity => " AND id_hash IN ",
        Known::Phone => " AND phone_hash IN ",
    });
    sql.row(values.iter().map(|value| (*value).into()));
    let (text, values) = sql.finish();
    in_tx!(tx, c => bound!(sqlx::query_as(text), values).fetch_all(c).await)
}

const CARDS: &str =
    "SELECT id, member_id, kind, issuer, number_hash, number_end, issued_on, registered_ms FROM member_card
    WHERE ended_ms IS NULL AND member_id IN ";

/// The cards of members, at most of [`PART`] of them.
pub(super) async fn cards(db: &Db, members: &[&str]) -> Result<Vec<CardRow>, DbError> {
    if members.is_empty() {
        return Ok(Vec::new());
    }
    let mut sql = Built::new(CARDS);
    sql.row(members.iter().map(|id| (*id).into()));
    sql.push(" ORDER BY registered_ms, id");
    let (text, values) = sql.finish();
    on!(db, pool => bound!(sqlx::query_as(text), values).fetch_all(pool).await)
}

const ADD_CARD: &str =
    "INSERT INTO member_card (id, member_id, kind, issuer, number_hash, number_end, issued_on, registered_ms)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
    ON CONFLICT (kind, number_hash) DO UPDATE SET id = excluded.id, member_id = excluded.member_id,
        issuer = excluded.issuer, issued_on = excluded.issued_on, registered_ms = excluded.registered_ms,
        ended_ms = NULL
    WHERE member_card.ended_ms IS NOT NULL";

/// Registers a card; false where it is somebody's already.
pub(in crate::benefits) async fn add_card(tx: &mut Tx, r: &CardRow) -> Result<bool, DbError> {
    in_tx!(tx, c => sqlx::query(ADD_CARD)
        .bind(&r.id).bind(&r.member_id).bind(&r.kind).bind(&r.issuer).bind(&r.number_hash).bind(&r.number_end)
        .bind(&r.issued_on).bind(r.registered_ms)
        .execute(c).await.map(|done| done.rows_affected() == 1))
}

const END_CARD: &str =
    "UPDATE member_card SET ended_ms = $3 WHERE id = $1 AND member_id = $2 AND ended_ms IS NULL";

/// Ends a card; false where the member has no such card.
pub(super) async fn end_card(tx: &mut Tx, id: &str, member: &str, now_ms: i64) -> Result<bool, DbError> {
    in_tx!(tx, c => sqlx::query(END_CARD).bind(id).bind(member).bind(now_ms)
        .execute(c).await.map(|done| done.rows_affected() == 1))
}

const ERASE: &str = "UPDATE member SET version = version + 1, number = NULL, name = NULL, name_hash = NULL,
        phone = NULL, phone_hash = NULL, phone_end = NULL, id_hash = NULL, id_end = NULL, state = 'left',
        left_ms = COALESCE(left_ms, $2)
    WHERE id = $1";
const ERASE_CARDS: &str = "DELETE FROM member_card WHERE member_id = $1";

/// Takes away what names a member; his vouchers go on counting.
pub(super) async fn erase(tx: &mut Tx, id: &str, now_ms: i64) -> Result<(), DbError> {
    in_tx!(tx, c => sqlx::query(ERASE_CARDS).bind(id).execute(c).await.map(drop))?;
    in_tx!(tx, c => sqlx::query(ERASE).bind(id).bind(now_ms).execute(c).await.map(drop))
}
