//! What somebody saw at a station on a visit, written in the transaction of whoever tells of it: the facts hold, or
//! a facility is broken. Both are one version of the station.

use super::desk::{Desk, Done};
use super::service::How;
use super::store as life;
use super::transitions;
use super::write::Write;
use crate::accounts::Permission;
use crate::db::Tx;
use crate::error::{Error, FieldError};
use crate::ids::{ConfirmationId, StationId};
use crate::stations::model::{FacilityCode, Facts, Station, Working};

/// What was seen.
#[derive(Debug, Clone, Copy)]
pub struct Seen<'a> {
    /// Whether the facts hold.
    pub confirms: bool,
    /// Facilities that do not work, each with the field that names it.
    pub broken: &'a [(String, FacilityCode)],
}

impl Desk {
    /// The station at which something was seen, with what that changes of it. The caller begins with it, records the
    /// audit entry and commits.
    ///
    /// # Errors
    /// [`Error::Stale`] where somebody else writes the station at the same time: try the whole again.
    pub async fn visited(&self, tx: &mut Tx, id: StationId, seen: Seen<'_>) -> Result<Done, Error> {
        let old = self.find_in(tx, id).await?;
        self.must(Permission::StationSee, &old)?;
        if seen.confirms {
            self.must_now(transitions::confirmer(old.status), &[Permission::StationConfirm], &old)?;
        }
        let mut new = old.clone();
        for (field, code) in seen.broken {
            self.must_keep_facilities(&old)?;
            self.break_down(&mut new.facts, field, *code)?;
        }
        if seen.confirms {
            new.last_confirmed = Some(self.zone.stamp(self.now));
        }
        if new == old {
            return Ok(Done { station: old, revision: None });
        }
        let (done, _) = self.written(tx, Write { old: Some(old), new }, "inspect", None).await?;
        if seen.confirms {
            self.keep_confirmation(tx, &done.station).await?;
        }
        Ok(done)
    }

    fn break_down(&self, facts: &mut Facts, field: &str, code: FacilityCode) -> Result<(), Error> {
        let Some(facility) = facts.facilities.iter_mut().find(|f| f.code == code) else {
            let (zh, en) = ("这里没有登记这项设施。", "the station does not have it");
            return Err(Error::Refused(vec![FieldError::new(field, "absent", zh, en)]));
        };
        if facility.working == Working::Ok {
            facility.working = Working::Broken;
            facility.broken_since = Some(self.zone.stamp(self.now));
        }
        Ok(())
    }

    async fn keep_confirmation(&self, tx: &mut Tx, station: &Station) -> Result<(), Error> {
        let account = self.actor.account.map(|id| id.to_string());
        let (own, now_ms) = (ConfirmationId::new(self.now).to_string(), self.now.timestamp_millis());
        let (id, how) = (station.id.to_string(), How::Visit.as_str());
        Ok(life::confirm(tx, &own, &id, account, how, None, now_ms).await?)
    }
}
