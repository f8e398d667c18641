//! What a database call can end with, named by meaning.

use sqlx::error::{DatabaseError, ErrorKind};

/// Why a database call failed.
#[derive(Debug, thiserror::Error)]
pub enum DbError {
    /// A value that must be unique is taken.
    #[error("a unique value is taken")]
    Unique(#[source] sqlx::Error),
    /// A rule of the table is broken.
    #[error("a rule of the table is broken")]
    Constraint(#[source] sqlx::Error),
    /// The database is busy, full or away; the same call may succeed later.
    #[error("the database is busy or away")]
    Unavailable(#[source] sqlx::Error),
    /// Anything else.
    #[error("the database failed")]
    Fault(#[source] sqlx::Error),
}

/// SQLITE_BUSY, BUSY_RECOVERY, BUSY_SNAPSHOT and FULL as sqlx prints them.
const SQLITE_LATER: [&str; 4] = ["5", "261", "517", "13"];
/// PostgreSQL's serialization failure, deadlock and read-only transaction (SQLSTATE).
const POSTGRES_LATER: [&str; 3] = ["40001", "40P01", "25006"];
/// PostgreSQL's classes of connection trouble, exhausted resources and operator intervention.
const POSTGRES_LATER_CLASSES: [&str; 3] = ["08", "53", "57"];

impl From<sqlx::Error> for DbError {
    fn from(error: sqlx::Error) -> Self {
        match &error {
            sqlx::Error::Database(inner) => match inner.kind() {
                ErrorKind::UniqueViolation => Self::Unique(error),
                ErrorKind::ForeignKeyViolation | ErrorKind::NotNullViolation | ErrorKind::CheckViolation => {
                    Self::Constraint(error)
                }
                _ if may_succeed_later(inner.as_ref()) => Self::Unavailable(error),
                _ => Self::Fault(error),
            },
            sqlx::Error::PoolTimedOut | sqlx::Error::PoolClosed | sqlx::Error::Io(_) => {
                Self::Unavailable(error)
            }
            _ => Self::Fault(error),
        }
    }
}

fn may_succeed_later(error: &dyn DatabaseError) -> bool {
    let Some(code) = error.code() else { return false };
    let class = code.get(..2).filter(|_| code.len() == 5);
    SQLITE_LATER.contains(&&*code)
        || POSTGRES_LATER.contains(&&*code)
        || class.is_some_and(|c| POSTGRES_LATER_CLASSES.contains(&c))
}

impl From<sqlx::migrate::MigrateError> for DbError {
    fn from(error: sqlx::migrate::MigrateError) -> Self {
        Self::Fault(sqlx::Error::Migrate(Box::new(error)))
    }
}
