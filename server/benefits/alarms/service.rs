//! Reading alarms, and noting that somebody looked.

use serde_json::json;

use super::store::{self, AlarmRow, Listing};
use crate::accounts::{Actor, Permission};
use crate::app::App;
use crate::audit::{self, Entry, Object};
use crate::benefits::model::AlarmKind;
use crate::error::Error;
use crate::ids::{Adcode, AlarmId};

/// What is asked of a list.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Query {
    /// Whether somebody has looked.
    pub(super) is_seen: Option<bool>,
    /// Only of this kind.
    pub(super) kind: Option<AlarmKind>,
    /// At most how many.
    pub(super) limit: usize,
    /// Only those before this one.
    pub(super) before: Option<AlarmId>,
}

/// Alarms that somebody may see, the newest first, and the cursor of the next page.
pub(super) async fn list(
    app: &App,
    actor: &Actor,
    query: &Query,
) -> Result<(Vec<AlarmRow>, Option<String>), Error> {
    let reach = actor.reach(Permission::BenefitSee);
    let asked = Listing {
        is_seen: query.is_seen,
        kind: query.kind,
        prefixes: (!reach.is_everywhere()).then_some(reach.prefixes),
        before: query.before.map(|id| id.to_string()),
        most: i64::try_from(query.limit + 1).unwrap_or(i64::MAX),
    };
    let mut rows = store::page(&app.db, &asked).await?;
    let has_more = rows.len() > query.limit;
    rows.truncate(query.limit);
    let next = rows.last().filter(|_| has_more).map(|row| row.id.clone());
    Ok((rows, next))
}

/// Notes that somebody looked.
///
/// # Errors
/// [`Error::NotFound`] where it is another district's, [`Error::Stale`] where it is another version.
pub(super) async fn see(app: &App, actor: &Actor, id: AlarmId, version: i64) -> Result<AlarmRow, Error> {
    let (now, key) = (app.clock.now(), id.to_string());
    let mut tx = app.db.begin().await?;
    let row = store::find(&mut tx, &key).await?.ok_or(Error::NotFound("alarm"))?;
    let district: Option<Adcode> = row.district.as_deref().and_then(|code| code.parse().ok());
    if !actor.may(Permission::BenefitFreeze, district) {
        return Err(Error::NotFound("alarm"));
    }
    let account = actor.account.map(|id| id.to_string());
    if !store::seen(&mut tx, &key, version, now.timestamp_millis(), account).await? {
        return Err(Error::Stale { version: row.version });
    }
    let written = store::find(&mut tx, &key).await?.ok_or(Error::NotFound("alarm"))?;
    let (object, detail) = (Object::new("benefit_alarm", id), json!({ "kind": row.kind }));
    audit::record(&mut tx, actor, now, &Entry { action: "alarm.see", object, district, detail }).await?;
    tx.commit().await?;
    Ok(written)
}
