//! Giving stations their stars, in the transaction of whoever computed them.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};

use super::life::write::{Deed, Write, write_at};
use super::model::Station;
use super::store;
use crate::accounts::Actor;
use crate::db::Tx;
use crate::error::Error;
use crate::ids::StationId;
use crate::time::Zone;

/// Writes the stars of public stations, each as a version of its own with what was before, all in one revision.
/// Returns the revision; none where every station had them already. The caller records the audit entry and commits.
pub async fn rate(
    tx: &mut Tx,
    actor: &Actor,
    zone: Zone,
    stars: &[(StationId, Option<u8>)],
    now: DateTime<Utc>,
) -> Result<Option<i64>, Error> {
    if stars.is_empty() {
        return Ok(None);
    }
    // The revision first: it is what every writer of public stations locks first.
    let revision = store::raise_revision(tx).await?;
    let mut writes: BTreeMap<(Option<u8>, Option<u8>), Vec<Write>> = BTreeMap::new();
    for &(id, rating) in stars {
        let Some(row) = store::find_in(tx, &id.to_string()).await? else { continue };
        let old = row.station(zone)?;
        if old.is_public() && old.rating != rating {
            let new = Station { rating, ..old.clone() };
            writes.entry((old.rating, rating)).or_default().push(Write { old: Some(old), new });
        }
    }
    let is_other = !writes.is_empty();
    for ((before, after), writes) in writes {
        let reason = format!("{} → {}", shown(before), shown(after));
        let deed = Deed { actor, action: "rate", reason: Some(&reason), now };
        write_at(tx, Some(revision), writes, &deed, &|_| {}).await?;
    }
    Ok(is_other.then_some(revision))
}

/// Stars as the history tells them in any language.
fn shown(stars: Option<u8>) -> String {
    stars.map_or_else(|| "–".to_owned(), |stars| "★".repeat(stars.into()))
}
