//! What staff do with a station. Each deed is one transaction with its history and its audit entry.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use serde_json::{Map, Value, json};

use super::history::changes;
use super::patch::{self, Rules};
use super::record::{self, Version};
use super::store as life;
use super::transitions::{self, Approval, Step, TRANSITIONS};
use super::write::{Deed, Write, code_taken, write};
use crate::accounts::{Actor, Permission};
use crate::audit::{self, Entry, Object};
use crate::city::City;
use crate::code::codes;
use crate::db::{Db, Tx};
use crate::error::{Error, FieldError, Words};
use crate::ids::{ConfirmationId, StationId};
use crate::stations::model::{FacilityCode, Facts, Station, Status, same_place};
use crate::stations::service::register;
use crate::stations::store;
use crate::time::Zone;

/// The most characters of a reason or a note.
pub const REASON_CHARS: usize = 500;
/// A confirmation, which names no version, is tried so often while others write.
const TRIES: usize = 5;

codes! {
    /// How somebody found out that a station's facts hold.
    How { Visit = "visit", Phone = "phone", Keeper = "keeper", Photo = "photo" }
}

/// Where somebody of the staff works: who he is, and what his deeds are judged by.
#[derive(Debug, Clone)]
pub struct Desk {
    /// The registry's database.
    pub db: Db,
    /// Who works here.
    pub actor: Actor,
    /// The present.
    pub now: DateTime<Utc>,
    /// The city's zone.
    pub zone: Zone,
    /// The city's districts and words.
    pub city: Arc<City>,
    /// How many steps lead to the public.
    pub approval: Approval,
}

/// A station after a deed.
#[derive(Debug, Clone, PartialEq)]
pub struct Done {
    /// As it is now.
    pub station: Station,
    /// The revision that shows it; none where the public sees nothing of it.
    pub revision: Option<i64>,
}

/// The city's rule of approval; three steps where none was set.
pub async fn approval(db: &Db) -> Result<Approval, Error> {
    let set = life::approval(db).await?;
    Ok(set.and_then(|text| text.parse().ok()).unwrap_or(Approval::ThreeSteps))
}

impl Desk {
    fn rules(&self) -> Rules<'_> {
        Rules { now: self.zone.stamp(self.now), districts: &self.city.districts }
    }

    /// Whether whoever works here may do something with a station.
    pub fn may(&self, permission: Permission, station: &Station) -> bool {
        self.actor.may_station(permission, station.id, station.facts.district)
    }

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
        self.change(id, version, "facility", None, |old| {
            self.must_keep_facilities(old)?;
            let mut facts = old.facts.clone();
            let known =
                facts.facilities.iter().position(|f| f.code == code).map(|at| facts.facilities.remove(at));
            facts.facilities.push(patch::facility(code, body, known.as_ref(), &self.rules())?);
            facts.facilities.sort_by_key(|f| f.code);
            Ok(Station { facts, ..old.clone() })
        })
        .await
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
        for _ in 1..TRIES {
            match self.confirm_once(id, how, note).await {
                Err(Error::Stale { .. }) => {}
                other => return other,
            }
        }
        self.confirm_once(id, how, note).await
    }

    async fn confirm_once(&self, id: StationId, how: How, note: Option<&str>) -> Result<Done, Error> {
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
            let entry = Entry { detail: json!({ "version": done.station.version, "how": how }), ..entry };
            audit::record(&mut tx, &self.actor, self.now, &entry).await?;
            Ok(done)
        }
        .await;
        self.end(tx, outcome).await
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

    /// The shape of most deeds: one version becomes the next.
    async fn change(
        &self,
        id: StationId,
        version: i64,
        action: &'static str,
        reason: Option<&str>,
        make: impl FnOnce(&Station) -> Result<Station, Error> + Send,
    ) -> Result<Done, Error> {
        let mut tx = self.db.begin().await?;
        let outcome = async {
            let old = self.current(&mut tx, id, version).await?;
            let new = make(&old)?;
            self.carry_out(&mut tx, Write { old: Some(old), new }, action, reason).await
        }
        .await;
        self.end(tx, outcome).await
    }

    /// Writes and records. Where nothing changes nothing is written.
    async fn carry_out(
        &self,
        tx: &mut Tx,
        wish: Write,
        action: &'static str,
        reason: Option<&str>,
    ) -> Result<Done, Error> {
        if let Some(old) = wish.old.as_ref().filter(|old| **old == wish.new) {
            return Ok(Done { station: old.clone(), revision: None });
        }
        let (done, entry) = self.written(tx, wish, action, reason).await?;
        audit::record(tx, &self.actor, self.now, &entry).await?;
        Ok(done)
    }

    async fn written(
        &self,
        tx: &mut Tx,
        wish: Write,
        action: &'static str,
        reason: Option<&str>,
    ) -> Result<(Done, Entry), Error> {
        self.refuse_taken_code(tx, &wish).await?;
        let entry = entry(action, &wish);
        let id = wish.new.id;
        let deed = Deed { actor: &self.actor, action, reason, now: self.now };
        let revision = write(tx, vec![wish], &deed, &|_| {}).await?;
        let station = self.find_in(tx, id).await?;
        Ok((Done { station, revision }, entry))
    }

    async fn refuse_taken_code(&self, tx: &mut Tx, wish: &Write) -> Result<(), Error> {
        let had = wish.old.as_ref().and_then(|old| old.facts.code.as_deref());
        let Some(code) = wish.new.facts.code.as_deref().filter(|code| Some(*code) != had) else {
            return Ok(());
        };
        let Some(row) = store::by_code(tx, code).await? else { return Ok(()) };
        let other = row.station(self.zone)?;
        // A station of a district that he may not see is not named to him.
        let named = self.may(Permission::StationSee, &other).then(|| other.id.to_string());
        Err(Error::Refused(vec![code_taken(code, named.as_deref())]))
    }

    /// The station, of the version that the deed is meant for.
    async fn current(&self, tx: &mut Tx, id: StationId, version: i64) -> Result<Station, Error> {
        let station = self.find_in(tx, id).await?;
        self.must(Permission::StationSee, &station)?;
        if station.version == version { Ok(station) } else { Err(Error::Stale { version: station.version }) }
    }

    async fn find_in(&self, tx: &mut Tx, id: StationId) -> Result<Station, Error> {
        let row = store::find_in(tx, &id.to_string()).await?.ok_or(Error::NotFound("station"))?;
        row.station(self.zone)
    }

    fn must(&self, permission: Permission, station: &Station) -> Result<(), Error> {
        self.actor.must_station(permission, station.id, station.facts.district)
    }

    /// Refuses what the status does not know, and what he may not do; `some` are the permissions that would do in
    /// some other status.
    fn must_now(
        &self,
        needed: Option<Permission>,
        some: &[Permission],
        station: &Station,
    ) -> Result<(), Error> {
        if !some.iter().any(|p| self.may(*p, station)) {
            self.must(Permission::StationSee, station)?;
            return Err(Error::Forbidden);
        }
        let Some(needed) = needed else { return Err(wrong_state(station.status)) };
        if self.may(needed, station) {
            return Ok(());
        }
        // Who drafts stations is told that this one is out of his hands; who never could, that he may not.
        Err(if some.contains(&Permission::StationDraft) {
            wrong_state(station.status)
        } else {
            Error::Forbidden
        })
    }

    fn must_keep_facilities(&self, station: &Station) -> Result<(), Error> {
        self.must_now(transitions::facility_keeper(station.status), &[Permission::FacilityState], station)
    }

    /// A station with other facts. Nobody moves one into a district that is not his.
    fn edited(&self, old: &Station, facts: Facts) -> Result<Station, Error> {
        let needed = transitions::editor(old.status).ok_or_else(|| wrong_state(old.status))?;
        if facts.district != old.facts.district && !self.actor.may(needed, facts.district) {
            return Err(Error::Forbidden);
        }
        let status = if facts == old.facts { old.status } else { transitions::after_edit(old.status) };
        Ok(Station { facts, status, ..old.clone() })
    }

    /// Commits what was done, or undoes what was refused.
    async fn end(&self, tx: Tx, outcome: Result<Done, Error>) -> Result<Done, Error> {
        match outcome {
            Ok(done) => {
                tx.commit().await?;
                Ok(done)
            }
            Err(error) => {
                tx.rollback().await?;
                Err(error)
            }
        }
    }
}

/// The audit entry of a deed: which fields, never what they say, because an entry can never be erased.
fn entry(action: &'static str, wish: &Write) -> Entry {
    let Write { old, new } = wish;
    let before = old.as_ref().map(|old| (old.status, &old.facts));
    let fields: Vec<String> =
        changes(before, (new.status, &new.facts)).into_iter().map(|change| change.field).collect();
    let version = old.as_ref().map_or(1, |old| old.version + 1);
    let detail = json!({
        "version": version,
        "from": old.as_ref().map(|old| old.status),
        "to": new.status,
        "fields": fields,
    });
    Entry { action: audited(action), object: Object::station(new.id), district: new.facts.district, detail }
}

/// The audit log's word for a deed.
fn audited(action: &'static str) -> &'static str {
    match action {
        "create" => "station.create",
        "patch" => "station.patch",
        "submit" => "station.submit",
        "check" => "station.check",
        "publish" => "station.publish",
        "reject" => "station.reject",
        "suspend" => "station.suspend",
        "resume" => "station.resume",
        "retire" => "station.retire",
        "facility" => "station.facility",
        "confirm" => "station.confirm",
        "restore" => "station.restore",
        other => other,
    }
}

fn wrong_state(status: Status) -> Error {
    let zh =
        format!("驿站现在是“{}”，这一步做不了。请重新读取，看看 allowed 里能做什么。", status_zh(status));
    let en = format!(
        "the station is {status}, which does not allow this; its record lists in `allowed` what it does"
    );
    Error::Conflict { code: "wrong_state", detail: Words::new(zh, en) }
}

/// What people call a status.
fn status_zh(status: Status) -> &'static str {
    match status {
        Status::Draft => "草稿",
        Status::Submitted => "待审核",
        Status::Checked => "待发布",
        Status::Rejected => "已退回",
        Status::Open => "已开放",
        Status::Suspended => "暂停服务",
        Status::Retired => "已撤站",
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
