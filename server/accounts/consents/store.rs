//! SQL on consents.

use super::{Consent, NewConsent};
use crate::db::{Db, DbError, Tx};
use crate::time::Zone;
use crate::{in_tx, on, row};

row! {
    /// A row of `consent`.
    #[derive(Debug)]
    pub(super) struct ConsentRow {
        pub(super) kind: String,
        pub(super) version: i64,
        pub(super) zh: String,
        pub(super) en: String,
        pub(super) published_ms: i64,
    }
}

impl ConsentRow {
    pub(super) fn consent(self, zone: Zone) -> Consent {
        let Self { kind, version, zh, en, published_ms } = self;
        Consent { kind, version, zh, en, published: zone.from_ms(published_ms) }
    }
}

row! {
    /// A row of `consent_given`.
    #[derive(Debug)]
    pub(super) struct GivenRow {
        pub(super) kind: String,
        pub(super) version: i64,
        pub(super) given_ms: i64,
    }
}

const GIVEN: &str = "SELECT kind, version, given_ms FROM consent_given WHERE account_id = $1
    ORDER BY given_ms, kind, version";

/// What an account agreed to, oldest first.
pub(super) async fn given(db: &Db, account: &str) -> Result<Vec<GivenRow>, DbError> {
    on!(db, pool => sqlx::query_as(GIVEN).bind(account).fetch_all(pool).await)
}

const ALL: &str = "SELECT kind, version, zh, en, published_ms FROM consent ORDER BY kind, version DESC";

/// Every version, the newest of each kind first.
pub(super) async fn all(db: &Db) -> Result<Vec<ConsentRow>, DbError> {
    on!(db, pool => sqlx::query_as(ALL).fetch_all(pool).await)
}

const ADD: &str = "INSERT INTO consent (kind, version, zh, en, published_ms)
    SELECT $1, COALESCE(MAX(version), 0) + 1, $2, $3, $4 FROM consent WHERE kind = $1
    RETURNING version";

/// Adds the next version of a kind and returns its number. Of two at once, one is refused as not unique.
pub(super) async fn add(tx: &mut Tx, new: &NewConsent, now_ms: i64) -> Result<i64, DbError> {
    in_tx!(tx, c => sqlx::query_scalar(ADD)
        .bind(&new.kind)
        .bind(&new.zh)
        .bind(&new.en)
        .bind(now_ms)
        .fetch_one(c).await)
}

const NEWEST: &str = "SELECT kind, version, zh, en, published_ms FROM consent WHERE kind = $1
    ORDER BY version DESC LIMIT 1";

/// The newest version of a kind.
pub(super) async fn newest(db: &Db, kind: &str) -> Result<Option<ConsentRow>, DbError> {
    on!(db, pool => sqlx::query_as(NEWEST).bind(kind).fetch_optional(pool).await)
}

const ADD_FIRST: &str = "INSERT INTO consent (kind, version, zh, en, published_ms) VALUES ($1, 1, $2, $3, $4)
    ON CONFLICT (kind, version) DO NOTHING";

/// Writes the first version of a kind where there is none.
pub(super) async fn add_first(
    tx: &mut Tx,
    kind: &str,
    zh: &str,
    en: &str,
    now_ms: i64,
) -> Result<(), DbError> {
    in_tx!(tx, c => sqlx::query(ADD_FIRST).bind(kind).bind(zh).bind(en).bind(now_ms)
        .execute(c).await.map(drop))
}
