//! All SQL on keepers' links, proposals of hours and counts of visits.

use crate::db::{Db, DbError, Tx};
use crate::{in_tx, on, row};

row! {
    /// A row of `keeper_link`.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub(super) struct LinkRow {
        pub(super) id: String,
        pub(super) station_id: String,
        pub(super) created_ms: i64,
        pub(super) used_ms: Option<i64>,
    }
}

const LINK: &str = "SELECT id, station_id, created_ms, used_ms FROM keeper_link
    WHERE hash = $1 AND revoked_ms IS NULL";

/// The link of a secret's hash, while it is good.
pub(super) async fn link(db: &Db, hash: &str) -> Result<Option<LinkRow>, DbError> {
    on!(db, pool => sqlx::query_as(LINK).bind(hash).fetch_optional(pool).await)
}

const LINKS: &str = "SELECT id, station_id, created_ms, used_ms FROM keeper_link WHERE revoked_ms IS NULL";

/// Every link that is good: at most one of each station.
pub(super) async fn links(db: &Db) -> Result<Vec<LinkRow>, DbError> {
    on!(db, pool => sqlx::query_as(LINKS).fetch_all(pool).await)
}

const END_LINKS: &str = "UPDATE keeper_link SET revoked_ms = $2 WHERE station_id = $1 AND revoked_ms IS NULL";

/// Ends the links of a station; says whether there was one.
pub(super) async fn end_links(tx: &mut Tx, station: &str, now_ms: i64) -> Result<bool, DbError> {
    in_tx!(tx, c => sqlx::query(END_LINKS).bind(station).bind(now_ms)
        .execute(c).await.map(|done| done.rows_affected() > 0))
}

const ADD_LINK: &str = "INSERT INTO keeper_link (id, station_id, hash, account_id, created_ms)
    VALUES ($1, $2, $3, $4, $5)";

/// Writes a new link.
pub(super) async fn add_link(
    tx: &mut Tx,
    id: &str,
    station: &str,
    hash: &str,
    account: Option<String>,
    now_ms: i64,
) -> Result<(), DbError> {
    in_tx!(tx, c => sqlx::query(ADD_LINK).bind(id).bind(station).bind(hash).bind(account).bind(now_ms)
        .execute(c).await.map(drop))
}

const USE_LINK: &str = "UPDATE keeper_link SET used_ms = $2 WHERE id = $1";

/// Notes that somebody came by a link.
pub(super) async fn use_link(tx: &mut Tx, id: &str, now_ms: i64) -> Result<(), DbError> {
    in_tx!(tx, c => sqlx::query(USE_LINK).bind(id).bind(now_ms).execute(c).await.map(drop))
}

row! {
    /// A row of `hours_proposal`, with what is shown of its station.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub(super) struct ProposalRow {
        pub(super) id: String,
        pub(super) version: i64,
        pub(super) station_id: String,
        pub(super) station_name: String,
        pub(super) station_code: Option<String>,
        pub(super) district: Option<String>,
        pub(super) present: Option<String>,
        pub(super) present_text: Option<String>,
        pub(super) text: String,
        pub(super) hours: Option<String>,
        pub(super) created_ms: i64,
        pub(super) outcome: Option<String>,
        pub(super) answer: Option<String>,
        pub(super) ended_ms: Option<i64>,
    }
}

/// The columns that every reading statement on proposals lists, once.
macro_rules! proposal {
    ($rest:literal) => {
        concat!(
            "SELECT p.id, p.version, p.station_id, s.name AS station_name, s.code AS station_code, s.district,
                s.hours AS present, s.hours_text AS present_text, p.text, p.hours, p.created_ms, p.outcome,
                p.answer, p.ended_ms
            FROM hours_proposal p JOIN station s ON s.id = p.station_id ",
            $rest
        )
    };
}

const PROPOSALS: &str =
    proposal!("WHERE (p.outcome IS NULL) = $1 AND ($2 = '' OR p.id < $2) ORDER BY p.id DESC LIMIT $3");

/// Proposals that wait, or that do not any more, the newest first, before an id.
pub(super) async fn proposals(
    db: &Db,
    waiting: bool,
    before: &str,
    limit: i64,
) -> Result<Vec<ProposalRow>, DbError> {
    on!(db, pool => sqlx::query_as(PROPOSALS).bind(waiting).bind(before).bind(limit).fetch_all(pool).await)
}

const LAST_PROPOSAL: &str = proposal!("WHERE p.station_id = $1 ORDER BY p.id DESC LIMIT 1");

/// The last proposal for a station.
pub(super) async fn last_proposal(db: &Db, station: &str) -> Result<Option<ProposalRow>, DbError> {
    on!(db, pool => sqlx::query_as(LAST_PROPOSAL).bind(station).fetch_optional(pool).await)
}

const PROPOSAL: &str = proposal!("WHERE p.id = $1");

/// One proposal.
pub(super) async fn find_proposal(db: &Db, id: &str) -> Result<Option<ProposalRow>, DbError> {
    on!(db, pool => sqlx::query_as(PROPOSAL).bind(id).fetch_optional(pool).await)
}

const REPLACE: &str = "UPDATE hours_proposal SET outcome = 'replaced', ended_ms = $2, version = version + 1
    WHERE station_id = $1 AND outcome IS NULL";

/// Ends the proposals of a station that wait, because a newer one comes.
pub(super) async fn replace_proposals(tx: &mut Tx, station: &str, now_ms: i64) -> Result<(), DbError> {
    in_tx!(tx, c => sqlx::query(REPLACE).bind(station).bind(now_ms).execute(c).await.map(drop))
}

const ADD_PROPOSAL: &str = "INSERT INTO hours_proposal (id, version, station_id, text, hours, created_ms)
    VALUES ($1, 1, $2, $3, $4, $5)";

/// Writes a new proposal.
pub(super) async fn add_proposal(
    tx: &mut Tx,
    id: &str,
    station: &str,
    text: &str,
    hours: Option<&str>,
    now_ms: i64,
) -> Result<(), DbError> {
    in_tx!(tx, c => sqlx::query(ADD_PROPOSAL).bind(id).bind(station).bind(text).bind(hours).bind(now_ms)
        .execute(c).await.map(drop))
}

const END_PROPOSAL: &str = "UPDATE hours_proposal
    SET outcome = $3, answer = $4, account_id = $5, ended_ms = $6, version = version + 1
    WHERE id = $1 AND version = $2 AND outcome IS NULL";

/// Ends a proposal of a version; says whether it still had it and waited.
pub(super) async fn end_proposal(
    tx: &mut Tx,
    (id, version): (&str, i64),
    outcome: &str,
    answer: Option<&str>,
    account: Option<String>,
    now_ms: i64,
) -> Result<bool, DbError> {
    in_tx!(tx, c => sqlx::query(END_PROPOSAL)
        .bind(id).bind(version).bind(outcome).bind(answer).bind(account).bind(now_ms)
        .execute(c).await.map(|done| done.rows_affected() == 1))
}

const VISIT: &str = "INSERT INTO visit_count (station_id, hour_ms, trade, visits) VALUES ($1, $2, $3, 1)
    ON CONFLICT (station_id, hour_ms, trade) DO UPDATE SET visits = visit_count.visits + 1";

/// Counts somebody of a trade, or of none that was said, in an hour.
pub(super) async fn visit(tx: &mut Tx, station: &str, hour_ms: i64, trade: &str) -> Result<(), DbError> {
    in_tx!(tx, c => sqlx::query(VISIT).bind(station).bind(hour_ms).bind(trade).execute(c).await.map(drop))
}
