//! Lists of notices and regimes with the names that a reader wants.

use crate::db::{Db, DbError};
use crate::{on, row};

row! {
    /// A row of `notice` with its station and its author.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub(in super::super) struct ListedNotice {
        pub(in super::super) id: String,
        pub(in super::super) version: i64,
        pub(in super::super) station_id: Option<String>,
        pub(in super::super) station_name: Option<String>,
        pub(in super::super) station_code: Option<String>,
        pub(in super::super) station_district: Option<String>,
        pub(in super::super) area: Option<String>,
        pub(in super::super) reach: Option<String>,
        pub(in super::super) facility: Option<String>,
        pub(in super::super) effect: String,
        pub(in super::super) from_ms: i64,
        pub(in super::super) to_ms: Option<i64>,
        pub(in super::super) reason: String,
        pub(in super::super) account_id: Option<String>,
        pub(in super::super) account_name: Option<String>,
        pub(in super::super) created_ms: i64,
        pub(in super::super) withdrawn_ms: Option<i64>,
    }
}

row! {
    /// A row of `regime` with its author.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub(in super::super) struct ListedRegime {
        pub(in super::super) id: String,
        pub(in super::super) version: i64,
        pub(in super::super) kind: String,
        pub(in super::super) districts: String,
        pub(in super::super) hours: String,
        pub(in super::super) facility: Option<String>,
        pub(in super::super) from_ms: i64,
        pub(in super::super) to_ms: Option<i64>,
        pub(in super::super) reason: String,
        pub(in super::super) account_id: Option<String>,
        pub(in super::super) account_name: Option<String>,
        pub(in super::super) created_ms: i64,
        pub(in super::super) ended_ms: Option<i64>,
    }
}

/// Which notices or regimes, the newest first.
#[derive(Debug, Clone, Copy)]
pub(in super::super) struct Wanted<'q> {
    /// Only this one; empty: any.
    pub(in super::super) id: &'q str,
    /// Only those made before this one; empty: from the newest on.
    pub(in super::super) before: &'q str,
    /// Only this station's; empty: all.
    pub(in super::super) station: &'q str,
    /// `current`, `coming` or `past` at `now_ms`, or `all`.
    pub(in super::super) when: &'q str,
    pub(in super::super) now_ms: i64,
    pub(in super::super) limit: i64,
}

/// Chooses by time: `$3` says which, `$4` is now, and the column says when something was taken back.
macro_rules! when {
    ($over:literal) => {
        concat!(
            "AND ($3 = 'all' OR ($3 = 'past' AND (x.to_ms <= $4 OR ",
            $over,
            " <= $4))
              OR ($3 <> 'past' AND (x.to_ms IS NULL OR x.to_ms > $4) AND (",
            $over,
            " IS NULL OR ",
            $over,
            " > $4)
                AND ($3 = 'current') = (x.from_ms <= $4)))
            ORDER BY x.id DESC
            LIMIT $5"
        )
    };
}

const NOTICES: &str = concat!(
    "SELECT x.id AS id, x.version AS version, x.station_id AS station_id, s.name AS station_name,
        s.code AS station_code, s.district AS station_district, x.area AS area, x.reach AS reach,
        x.facility AS facility, x.effect AS effect, x.from_ms AS from_ms, x.to_ms AS to_ms, x.reason AS reason,
        x.account_id AS account_id, a.name AS account_name, x.created_ms AS created_ms,
        x.withdrawn_ms AS withdrawn_ms
    FROM notice x
    LEFT JOIN station s ON s.id = x.station_id
    LEFT JOIN account a ON a.id = x.account_id
    WHERE ($1 = '' OR x.id < $1)
      AND ($2 = '' OR x.id = $2)
      AND ($6 = '' OR x.station_id = $6) ",
    when!("x.withdrawn_ms")
);

/// Notices.
pub(in super::super) async fn notices(db: &Db, q: Wanted<'_>) -> Result<Vec<ListedNotice>, DbError> {
    on!(db, pool => sqlx::query_as(NOTICES)
        .bind(q.before).bind(q.id).bind(q.when).bind(q.now_ms).bind(q.limit).bind(q.station)
        .fetch_all(pool).await)
}

const REGIMES: &str = concat!(
    "SELECT x.id AS id, x.version AS version, x.kind AS kind, x.districts AS districts, x.hours AS hours,
        x.facility AS facility, x.from_ms AS from_ms, x.to_ms AS to_ms, x.reason AS reason,
        x.account_id AS account_id, a.name AS account_name, x.created_ms AS created_ms, x.ended_ms AS ended_ms
    FROM regime x
    LEFT JOIN account a ON a.id = x.account_id
    WHERE ($1 = '' OR x.id < $1)
      AND ($2 = '' OR x.id = $2) ",
    when!("x.ended_ms")
);

/// Regimes.
pub(in super::super) async fn regimes(db: &Db, q: Wanted<'_>) -> Result<Vec<ListedRegime>, DbError> {
    on!(db, pool => sqlx::query_as(REGIMES)
        .bind(q.before).bind(q.id).bind(q.when).bind(q.now_ms).bind(q.limit)
        .fetch_all(pool).await)
}
