//! What staff do with reports: take one, hand it over, answer it and those that say the same, blank what it must not
//! hold. Each is one transaction with its audit entry, which holds no text.

use chrono::{DateTime, Utc};
use serde_json::{Value, json};

use super::model::{Action, Kind, ReportState, Verdict};
use super::service::event;
use super::store::{self, Given, ReportRow};
use crate::accounts::{Actor, Permission, service as accounts};
use crate::app::App;
use crate::audit::{self, Entry, Object};
use crate::db::Tx;
use crate::error::{Error, FieldError, Words};
use crate::ids::{AccountId, ReportId};
use crate::observations::{self, Source};
use crate::pictures;
use crate::stations::life::desk::Desk;

/// What is answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Answer {
    /// What was found.
    pub(super) verdict: Verdict,
    /// What the reporters read.
    pub(super) text: String,
    /// Whether every open report of the same station, kind and facility is answered with it.
    pub(super) group: bool,
    /// Whether the facility is marked as broken.
    pub(super) facility_broken: bool,
}

/// One deed of somebody on one version of a report.
pub(super) struct Deed<'a> {
    pub(super) app: &'a App,
    pub(super) actor: &'a Actor,
    pub(super) id: ReportId,
    pub(super) version: i64,
}

impl Deed<'_> {
    /// Makes whoever acts the owner.
    pub(super) async fn take(&self) -> Result<(), Error> {
        let account = self.actor.account.ok_or(Error::Forbidden)?;
        self.own(account, Action::Taken).await
    }

    /// Makes somebody else the owner, who must be able to answer it.
    pub(super) async fn hand(&self, to: AccountId) -> Result<(), Error> {
        let found =
            store::find(&self.app.db, &self.id.to_string()).await?.ok_or(Error::NotFound("report"))?;
        may(self.actor, Permission::ReportAnswer, &found)?;
        let answer = Permission::ReportAnswer;
        let holders = accounts::holders(&self.app.db, answer, found.station()?, found.adcode()).await?;
        if !holders.iter().any(|(id, _)| *id == to) {
            let (zh, en) =
                ("这个人不能答复这里的反映。", "this person may not answer reports of this station");
            return Err(Error::Refused(vec![FieldError::new("account", "may_not_answer", zh, en)]));
        }
        self.own(to, Action::HandedOver).await
    }

    async fn own(&self, account: AccountId, action: Action) -> Result<(), Error> {
        let mut tx = self.app.db.begin().await?;
        let done = self.own_in(&mut tx, account, action).await;
        settled(tx, done).await
    }

    async fn own_in(&self, tx: &mut Tx, account: AccountId, action: Action) -> Result<(), Error> {
        let report = self.open(tx).await?;
        if !store::own(tx, &report.id, self.version, &account.to_string()).await? {
            return Err(self.stale(tx).await?);
        }
        self.note(tx, &report, action, None).await?;
        let word = if action == Action::Taken { "report.take" } else { "report.hand" };
        self.record(tx, &report, word, json!({ "to": account })).await
    }

    /// Answers it. Gives the revision of the registry where a facility became broken by it.
    pub(super) async fn answer(&self, given: &Answer) -> Result<Option<i64>, Error> {
        let desk = Desk::of(self.app, self.actor.clone()).await?;
        let mut tx = self.app.db.begin().await?;
        let done = self.answer_in(&mut tx, &desk, given).await;
        settled(tx, done).await
    }

    async fn answer_in(&self, tx: &mut Tx, desk: &Desk, given: &Answer) -> Result<Option<i64>, Error> {
        let report = self.open(tx).await?;
        let mut all = vec![report.clone()];
        if given.group {
            all.extend(store::group_in(tx, &report).await?.into_iter().filter(|r| r.id != report.id));
        }
        for one in &all {
            self.answer_one(tx, one, given).await?;
        }
        let revision =
            if given.facility_broken { self.break_facility(tx, desk, &report, given).await? } else { None };
        let others: Vec<&str> = all.iter().skip(1).map(|r| r.id.as_str()).collect();
        let detail = json!({
            "station": report.station_id, "kind": report.kind, "verdict": given.verdict, "with": others,
            "facility_broken": given.facility_broken,
        });
        self.record(tx, &report, "report.answer", detail).await?;
        Ok(revision)
    }

    async fn answer_one(&self, tx: &mut Tx, one: &ReportRow, given: &Answer) -> Result<(), Error> {
        let by = self.actor.account.map(|id| id.to_string());
        let told = Given {
            verdict: given.verdict.as_str(),
            answer: &given.text,
            at_ms: self.now().timestamp_millis(),
            by: by.as_deref(),
        };
        let version = if one.id == self.id.to_string() { self.version } else { one.version };
        if !store::answer(tx, &one.id, version, &told).await? {
            return Err(self.stale(tx).await?);
        }
        if given.verdict == Verdict::Unfounded {
            observations::withdraw(tx, Source::Report, &one.id).await?;
        }
        self.note(tx, one, Action::Answered, None).await
    }

    /// Marks the facility as broken. It comes after the reports' rows and before the audit entry, as every writer of
    /// stations locks them.
    async fn break_facility(
        &self,
        tx: &mut Tx,
        desk: &Desk,
        report: &ReportRow,
        given: &Answer,
    ) -> Result<Option<i64>, Error> {
        let facility = report.facility.as_deref().and_then(|code| code.parse().ok());
        let fits = report.kind == Kind::FacilityBroken.as_str() && given.verdict == Verdict::Confirmed;
        let Some(facility) = facility.filter(|_| fits) else {
            let (zh, en) = (
                "只有属实的设施故障反映才能标成故障。",
                "only a confirmed report of a broken facility does that",
            );
            return Err(Error::Refused(vec![FieldError::new("facility_broken", "not_here", zh, en)]));
        };
        match desk.break_facility(tx, report.station()?, facility).await {
            Ok(done) => Ok(done.revision),
            // Somebody changed the station in this moment; the report itself is as it was read.
            Err(Error::Stale { .. }) => {
                Err(Error::Unavailable { retry_s: 1, reason: "the station changed meanwhile".to_owned() })
            }
            Err(error) => Err(error),
        }
    }

    /// Blanks what the worker wrote and showed, because it names somebody or does not belong here.
    pub(super) async fn redact(&self, reason: &str) -> Result<(), Error> {
        let mut tx = self.app.db.begin().await?;
        let done = self.redact_in(&mut tx, reason).await;
        settled(tx, done).await
    }

    async fn redact_in(&self, tx: &mut Tx, reason: &str) -> Result<(), Error> {
        let report = self.found(tx).await?;
        if !store::redact(tx, &report.id, self.version).await? {
            return Err(self.stale(tx).await?);
        }
        if let Some(photo) = report.picture_id.as_deref().and_then(|id| id.parse().ok()) {
            pictures::discard(tx, photo).await?;
        }
        self.note(tx, &report, Action::Redacted, Some(reason.to_owned())).await?;
        let detail = json!({ "text": report.text.is_some(), "photo": report.picture_id.is_some() });
        self.record(tx, &report, "report.redact", detail).await
    }

    fn now(&self) -> DateTime<Utc> {
        self.app.clock.now()
    }

    /// The report, where whoever acts may answer it.
    async fn found(&self, tx: &mut Tx) -> Result<ReportRow, Error> {
        let report = store::find_in(tx, &self.id.to_string()).await?.ok_or(Error::NotFound("report"))?;
        may(self.actor, Permission::ReportAnswer, &report)?;
        if report.version == self.version {
            Ok(report)
        } else {
            Err(Error::Stale { version: report.version })
        }
    }

    /// The same, where it is not answered yet.
    async fn open(&self, tx: &mut Tx) -> Result<ReportRow, Error> {
        let report = self.found(tx).await?;
        if report.state == ReportState::Open.as_str() {
            return Ok(report);
        }
        let detail = Words::new("这份反映已经答复了。", "This report is answered already.");
        Err(Error::Conflict { code: "answered", detail })
    }

    async fn stale(&self, tx: &mut Tx) -> Result<Error, Error> {
        let now = store::find_in(tx, &self.id.to_string()).await?;
        Ok(Error::Stale { version: now.map_or(self.version, |report| report.version) })
    }

    async fn note(
        &self,
        tx: &mut Tx,
        report: &ReportRow,
        action: Action,
        note: Option<String>,
    ) -> Result<(), Error> {
        let id = report.id.parse().map_err(|e| Error::Internal(format!("report {}: {e}", report.id)))?;
        let by = self.actor.account.map(|id| id.to_string());
        Ok(store::add_event(tx, &event(id, by, action, note, self.now())).await?)
    }

    async fn record(
        &self,
        tx: &mut Tx,
        report: &ReportRow,
        action: &'static str,
        detail: Value,
    ) -> Result<(), Error> {
        let object = Object::new("report", &report.id);
        let entry = Entry { action, object, district: report.adcode(), detail };
        audit::record(tx, self.actor, self.now(), &entry).await
    }
}

/// Refuses what somebody may not do with a report; one of another district is not there.
pub(super) fn may(actor: &Actor, permission: Permission, report: &ReportRow) -> Result<(), Error> {
    let (station, district) = (report.station()?, report.adcode());
    if actor.may_station(permission, station, district) {
        return Ok(());
    }
    let sees = actor.may_station(Permission::ReportSee, station, district);
    Err(if sees { Error::Forbidden } else { Error::NotFound("report") })
}

/// Commits what was done, or undoes it.
async fn settled<T>(tx: Tx, done: Result<T, Error>) -> Result<T, Error> {
    match done {
        Ok(_) => tx.commit().await?,
        Err(Error::Internal(_) | Error::Unavailable { .. }) => drop(tx),
        Err(_) => tx.rollback().await?,
    }
    done
}
