//! What became of a station since an instant, for other features that point at it.

use super::store;
use crate::db::Db;
use crate::error::Error;
use crate::ids::StationId;
use crate::stations::model::Status;

/// A station as others name it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Since {
    /// Its name.
    pub name: String,
    /// Where it is in its life.
    pub status: Status,
    /// When it was changed after the instant, the first first, in milliseconds.
    pub changed_ms: Vec<i64>,
}

/// A station, public or not, with when it was changed after an instant; `None` where there is none.
pub async fn since(db: &Db, id: StationId, since_ms: i64) -> Result<Option<Since>, Error> {
    let id = id.to_string();
    let Some(row) = crate::stations::store::find(db, &id).await? else { return Ok(None) };
    let status = row.status.parse().map_err(|e| Error::Internal(format!("station {id}: {e}")))?;
    Ok(Some(Since { name: row.name, status, changed_ms: store::changes_since(db, &id, since_ms).await? }))
}
