//! What people decided at earlier imports, so that the next list does not ask again.

use std::collections::BTreeMap;

use super::store::memory as store;
use crate::db::Db;
use crate::error::Error;
use crate::stations::import::{Field, Known};

/// What each heading fed the last time that a person said so, by the folded heading.
pub(super) async fn columns(db: &Db) -> Result<BTreeMap<String, Vec<Field>>, Error> {
    let rows = store::columns(db).await?;
    // A field that a newer version knew is left out.
    let fields = |text: &str| serde_json::from_str(text).unwrap_or_default();
    Ok(rows.into_iter().map(|row| (row.heading, fields(&row.fields))).collect())
}

/// What was decided of rows and stations.
pub(super) async fn known(db: &Db) -> Result<Vec<Known>, Error> {
    let decision = |text: &str| serde_json::from_value(serde_json::Value::String(text.to_owned())).ok();
    let rows = store::decisions(db).await?.into_iter();
    let known = rows.filter_map(|row| {
        Some(Known {
            key: row.row_key,
            station: row.station_id.parse().ok()?,
            decision: decision(&row.decision)?,
        })
    });
    Ok(known.collect())
}
