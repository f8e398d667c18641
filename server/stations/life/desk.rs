//! Where staff work: who somebody is, what his deeds are judged by, and how each is carried out.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use serde_json::json;

use super::history::changes;
use super::patch::Rules;
use super::transitions;
use super::write::{Deed, Write, code_taken, write};
use crate::accounts::{Actor, Permission};
use crate::app::App;
use crate::audit::{self, Entry, Object};
use crate::city::City;
use crate::city::settings::{self, Approval};
use crate::db::{Db, Tx};
use crate::error::{Error, Words};
use crate::ids::StationId;
use crate::stations::model::{Facts, Station, Status};
use crate::stations::store;
use crate::time::Zone;

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

impl Desk {
    /// Where somebody works now.
    pub async fn of(app: &App, actor: Actor) -> Result<Self, Error> {
        let snapshot = app.registry.snapshot();
        Ok(Self {
            db: app.db.clone(),
            actor,
            now: app.clock.now(),
            zone: snapshot.zone(),
            city: snapshot.ground().city.clone(),
            approval: settings::load(&app.db, &app.config).await?.1.approval,
        })
    }

    pub(super) fn rules(&self) -> Rules<'_> {
        Rules { now: self.zone.stamp(self.now), districts: &self.city.districts }
    }

    /// Whether whoever works here may do something with a station.
    pub fn may(&self, permission: Permission, station: &Station) -> bool {
        self.actor.may_station(permission, station.id, station.facts.district)
    }

    /// The shape of most deeds: one version becomes the next.
    pub(super) async fn change(
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
    pub(super) async fn carry_out(
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

    pub(super) async fn written(
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
    pub(super) async fn current(&self, tx: &mut Tx, id: StationId, version: i64) -> Result<Station, Error> {
        let station = self.find_in(tx, id).await?;
        self.must(Permission::StationSee, &station)?;
        if station.version == version { Ok(station) } else { Err(Error::Stale { version: station.version }) }
    }

    pub(super) async fn find_in(&self, tx: &mut Tx, id: StationId) -> Result<Station, Error> {
        let row = store::find_in(tx, &id.to_string()).await?.ok_or(Error::NotFound("station"))?;
        row.station(self.zone)
    }

    pub(super) fn must(&self, permission: Permission, station: &Station) -> Result<(), Error> {
        self.actor.must_station(permission, station.id, station.facts.district)
    }

    /// Refuses what the status does not know, and what he may not do; `some` are the permissions that would do in
    /// some other status.
    pub(super) fn must_now(
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

    pub(super) fn must_keep_facilities(&self, station: &Station) -> Result<(), Error> {
        self.must_now(transitions::facility_keeper(station.status), &[Permission::FacilityState], station)
    }

    /// A station with other facts. Nobody moves one into a district that is not his.
    pub(super) fn edited(&self, old: &Station, facts: Facts) -> Result<Station, Error> {
        let needed = transitions::editor(old.status).ok_or_else(|| wrong_state(old.status))?;
        if facts.district != old.facts.district && !self.actor.may(needed, facts.district) {
            return Err(Error::Forbidden);
        }
        let status = if facts == old.facts { old.status } else { transitions::after_edit(old.status) };
        Ok(Station { status, facts, ..old.clone() })
    }

    /// Commits what was done, or undoes what was refused.
    pub(super) async fn end(&self, tx: Tx, outcome: Result<Done, Error>) -> Result<Done, Error> {
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
