//! What staff do with a station. Each deed is one transaction with its history and its audit entry.

use serde_json::{Map, Value, json};

use super::desk::{Desk, Done};
use super::patch;
use super::record::{self, Version};
use super::store as life;
use super::transitions::{self, Step, TRANSITIONS};
use super::write::Write;
use crate::accounts::Permission;
use crate::audit::{self, Entry};
use crate::code::codes;
use crate::db::Tx;
use crate::error::{Error, FieldError};
use crate::ids::{ConfirmationId, StationId};
use crate::observations::{self, Observation, Source};
use crate::stations::model::{FacilityCode, Facts, Station, Status, Working, same_place};
use crate::stations::service::register;
use crate::stations::store;

/// The most characters of a reason or a note.
pub const REASON_CHARS: usize = 500;
/// A confirmation, which names no version, is tried so often while others write.
const TRIES: usize = 5;

codes! {
    /// How somebody found out that a station's facts hold.
    How { Visit = "visit", Phone = "phone", Keeper = "keeper", Photo = "photo" }
}

impl Desk {
    /// One station, where whoever works here may see it.
    pub async fn find(&self, id: StationId) -> Result<Station, Error> {
        let row = store::find(&self.db, &id.to_string()).await?.ok_or(Error::NotFound("station"))?;
        let station = row.station(self.zone)?;
        self.must(Permission::StationSee, &station)?;
        Ok(station)
    }

    /// Writes a draft. Its district is that of its position where it names none.
    pub async fn draft(&self, body: &Map<String, Value>, reason: Option<&str>) -> Result<Done, Error> {
        let mut facts = patch::new_facts(body, &self.rules())?;
        let found = || self.city.district_at(facts.position).map(|d| d.adcode);
        facts.district = facts.district.or_else(found);
        if !self.actor.may(Permission::StationDraft, facts.district) {
            return Err(Error::Forbidden);
        }
        let new = register(facts, Status::Draft, self.now);
        let write = Write { old: None, new };
        let mut tx = self.db.begin().await?;
        let outcome = self.carry_out(&mut tx, write, "create", reason).await;
        self.end(tx, outcome).await
    }

    /// Changes facts by a merge patch.
    pub async fn patch(
        &self,
        id: StationId,
        version: i64,
        body: &Map<String, Value>,
        reason: Option<&str>,
    ) -> Result<Done, Error> {
        self.change(id, version, "patch", reason, |old| {
            self.must_now(
                transitions::editor(old.status),
                &[Permission::StationDraft, Permission::StationCheck],
                old,
            )?;
            let facts = patch::patched(&old.facts, body, &self.rules())?;
            self.edited(old, facts)
        })
        .await
    }

    /// Takes a step of its life.
    pub async fn step(
        &self,
        id: StationId,
        version: i64,
        step: Step,
        reason: Option<&str>,
    ) -> Result<Done, Error> {
        if step.needs_reason() && reason.is_none() {
            return Err(without_reason());
        }
        self.change(id, version, step.as_str(), reason, |old| {
            let found = transitions::transition(old.status, step, self.approval);
            let some: Vec<_> = TRANSITIONS.iter().filter(|t| t.step == step).map(|t| t.permission).collect();
            self.must_now(found.map(|t| t.permission), &some, old)?;
            Ok(Station { status: found.map_or(old.status, |t| t.to), ..old.clone() })
        })
        .await
    }

    /// Says what there is of a facility and whether it works.
    pub async fn facility(
        &self,
        id: StationId,
        version: i64,
        code: FacilityCode,
        body: &Map<String, Value>,
    ) -> Result<Done, Error> {
        self.change(id, version, "facility", None, |old| self.with_facility(old, code, body)).await
    }

    fn with_facility(
        &self,
        old: &Station,
        code: FacilityCode,
        body: &Map<String, Value>,
    ) -> Result<Station, Error> {
        self.must_keep_facilities(old)?;
        let mut facts = old.facts.clone();
        let known =
            facts.facilities.iter().position(|f| f.code == code).map(|at| facts.facilities.remove(at));
        facts.facilities.push(patch::facility(code, body, known.as_ref(), &self.rules())?);
        facts.facilities.sort_by_key(|f| f.code);
        Ok(Station { facts, ..old.clone() })
    }

    /// Marks a facility as broken within a transaction that goes on; the caller commits and records his own entry
    /// after this one.
    ///
    /// # Errors
    /// [`Error::Refused`] where the station does not have it.
    pub async fn break_facility(
        &self,
        tx: &mut Tx,
        id: StationId,
        code: FacilityCode,
    ) -> Result<Done, Error> {
        let old = self.find_in(tx, id).await?;
        if !old.facts.facilities.iter().any(|f| f.code == code) {
            let (zh, en) = ("这里没有登记这项设施。", "the station does not have this facility");
            return Err(Error::Refused(vec![FieldError::new("facility_broken", "absent", zh, en)]));
        }
        let broken = Map::from_iter([("working".to_owned(), Value::from(Working::Broken.as_str()))]);
        let new = self.with_facility(&old, code, &broken)?;
        self.carry_out(tx, Write { old: Some(old), new }, "facility", None).await
    }

    /// Takes a facility away.
    pub async fn drop_facility(
        &self,
        id: StationId,
        version: i64,
        code: FacilityCode,
    ) -> Result<Done, Error> {
        self.change(id, version, "facility", None, |old| {
            self.must_keep_facilities(old)?;
            let mut facts = old.facts.clone();
            facts.facilities.retain(|f| f.code != code);
            if facts == old.facts {
                return Err(Error::NotFound("facility"));
            }
            Ok(Station { facts, ..old.clone() })
        })
        .await
    }

    /// Notes that somebody found the facts to hold.
    pub async fn confirm(&self, id: StationId, how: How, note: Option<&str>) -> Result<Done, Error> {
        self.confirm_seen(id, how, note, None).await
    }

    /// The same, where it is known whether the station's hours say that it is open now: of whoever keeps it, that is
    /// an observation as well.
    pub async fn confirm_seen(
        &self,
        id: StationId,
        how: How,
        note: Option<&str>,
        posted: Option<bool>,
    ) -> Result<Done, Error> {
        for _ in 1..TRIES {
            match self.confirm_once(id, how, note, posted).await {
                Err(Error::Stale { .. }) => {}
                other => return other,
            }
        }
        self.confirm_once(id, how, note, posted).await
    }

    async fn confirm_once(
        &self,
        id: StationId,
        how: How,
        note: Option<&str>,
        posted: Option<bool>,
    ) -> Result<Done, Error> {
        let mut tx = self.db.begin().await?;
        let outcome = async {
            let old = self.find_in(&mut tx, id).await?;
            self.must_now(transitions::confirmer(old.status), &[Permission::StationConfirm], &old)?;
            let account = self.actor.account.map(|id| id.to_string());
            let (own, now_ms) = (ConfirmationId::new(self.now).to_string(), self.now.timestamp_millis());
            let new = Station { last_confirmed: Some(self.zone.stamp(self.now)), ..old.clone() };
            let write = Write { old: Some(old), new };
            let (done, entry) = self.written(&mut tx, write, "confirm", note).await?;
            life::confirm(&mut tx, &own, &id.to_string(), account, how.as_str(), note, now_ms).await?;
            self.observe(&mut tx, id, posted).await?;
            let entry = Entry { detail: json!({ "version": done.station.version, "how": how }), ..entry };
            audit::record(&mut tx, &self.actor, self.now, &entry).await?;
            Ok(done)
        }
        .await;
        self.end(tx, outcome).await
    }

    /// A keeper who confirms his station in posted hours has found it open.
    async fn observe(&self, tx: &mut Tx, id: StationId, posted: Option<bool>) -> Result<(), Error> {
        let Some(is_posted) = posted.filter(|_| self.actor.own_stations().contains(&id)) else {
            return Ok(());
        };
        let (source, object) = (Source::Keeper, String::new());
        let seen = Observation { station: id, at: self.now, source, object, is_open: true, is_posted };
        observations::observe(tx, &seen).await
    }

    /// Goes back to the facts of an earlier version. The status stays, because a step of approval is not undone so.
    pub async fn restore(
        &self,
        id: StationId,
        version: i64,
        to: i64,
        reason: Option<&str>,
    ) -> Result<Done, Error> {
        if reason.is_none() {
            return Err(without_reason());
        }
        let mut tx = self.db.begin().await?;
        let outcome = async {
            let old = self.current(&mut tx, id, version).await?;
            self.must_now(
                transitions::editor(old.status),
                &[Permission::StationDraft, Permission::StationCheck],
                &old,
            )?;
            let kept = life::version(&mut tx, &id.to_string(), to).await?.ok_or_else(no_version)?;
            let mut facts: Facts = serde_json::from_str(&kept.facts)
                .map_err(|e| Error::Internal(format!("station {id}, version {to}: {e}")))?;
            if same_place(facts.position, old.facts.position) {
                facts.position = old.facts.position;
            }
            let new = self.edited(&old, facts)?;
            self.carry_out(&mut tx, Write { old: Some(old), new }, "restore", reason).await
        }
        .await;
        self.end(tx, outcome).await
    }

    /// The versions of a station before one of them, newest first, at most `limit`, and where the next page begins.
    pub async fn history(
        &self,
        id: StationId,
        before: i64,
        limit: usize,
    ) -> Result<(Vec<Version>, Option<i64>), Error> {
        self.find(id).await?;
        let rows = i64::try_from(limit).unwrap_or(i64::MAX).saturating_add(1);
        let rows = life::versions(&self.db, &id.to_string(), before, rows).await?;
        let has_more = rows.len() > limit;
        let versions = record::versions(rows, limit, self.zone)?;
        let next = versions.last().filter(|_| has_more).map(|v| v.version);
        Ok((versions, next))
    }
}

/// A deed that takes something away, of which nobody says why.
pub fn without_reason() -> Error {
    Error::Refused(vec![FieldError::new("reason", "missing", "请写明原因。", "say why")])
}

fn no_version() -> Error {
    Error::Refused(vec![FieldError::new(
        "version",
        "unknown_version",
        "没有这个版本，请从历史里选。",
        "there is no such version; choose one of the history",
    )])
}
