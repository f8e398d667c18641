//! What a keeper does.

use chrono::{DateTime, Days, FixedOffset, NaiveDate, NaiveTime, TimeDelta, Utc};
use serde_json::{Map, Value};

use super::Keeper;
use crate::error::{Error, FieldError};
use crate::ids::NoticeId;
use crate::observations::{self, Observation, Source};
use crate::reports::model::{Kind, Wish};
use crate::reports::service as reports;
use crate::stations::life::service::How;
use crate::stations::model::{Facility, FacilityCode, Working};
use crate::stations::notices::model::{Announcement, Subject};
use crate::stations::notices::own::{self, OwnNotice};
use crate::stations::notices::service as notices;
use crate::stations::state::Effect;

/// A change of a facility is tried so often while others write to its station.
const TRIES: usize = 5;
/// How many days ahead a keeper closes.
pub const AHEAD_DAYS: u64 = 366;
/// The most characters of a reason.
pub const REASON_CHARS: usize = 200;

impl Keeper {
    /// Says that the door is open today: the facts are confirmed, and somebody was there.
    pub async fn open_today(&self) -> Result<(), Error> {
        self.right().await?;
        let now = self.desk.now;
        let snapshot = self.app.registry.snapshot();
        let Some(is_posted) = observations::is_posted(&snapshot, self.station, now) else { return Ok(()) };
        let object = String::new();
        let seen = Observation {
            station: self.station,
            at: now,
            source: Source::Keeper,
            object,
            is_open: true,
            is_posted,
        };
        let mut tx = self.app.db.begin().await?;
        observations::observe(&mut tx, &seen).await?;
        Ok(tx.commit().await?)
    }

    /// Says that everything the registry knows of the station holds.
    pub async fn right(&self) -> Result<(), Error> {
        let done = self.desk.confirm(self.station, How::Keeper, None).await?;
        self.shown(done.revision).await;
        Ok(())
    }

    /// Says whether a facility works; what else is known of it stays. The same said twice changes nothing.
    pub async fn facility(&self, code: FacilityCode, working: Working) -> Result<(), Error> {
        for _ in 1..TRIES {
            match self.facility_once(code, working).await {
                Err(Error::Stale { .. }) => {}
                other => return other,
            }
        }
        self.facility_once(code, working).await
    }

    async fn facility_once(&self, code: FacilityCode, working: Working) -> Result<(), Error> {
        let station = self.find().await?;
        let known = station.facts.facilities.iter().find(|f| f.code == code);
        let known = known.ok_or(Error::NotFound("facility"))?;
        if known.working == working {
            return Ok(());
        }
        let done = self.desk.facility(self.station, station.version, code, &said(known, working)?).await?;
        self.shown(done.revision).await;
        Ok(())
    }

    /// Closes the station from one day to another, both inclusive; today from now on.
    pub async fn close(&self, from: NaiveDate, to: NaiveDate, reason: &str) -> Result<(), Error> {
        let (zone, now) = (self.desk.zone, self.desk.now);
        let today = zone.local(now).date();
        let reason = checked(from, to, today, reason)?;
        let begins =
            if from == today { zone.stamp(now) } else { zone.instant(from.and_time(NaiveTime::MIN)) };
        let end = zone.instant((to + Days::new(1)).and_time(NaiveTime::MIN));
        self.announce(begins, end, reason).await
    }

    /// Closes the station on one day between two times of the clock; what has begun already, from now on.
    pub async fn close_part(
        &self,
        day: NaiveDate,
        from: NaiveTime,
        to: NaiveTime,
        reason: &str,
    ) -> Result<(), Error> {
        let (zone, now) = (self.desk.zone, self.desk.now);
        let reason = checked(day, day, zone.local(now).date(), reason)?;
        let begins = zone.instant(day.and_time(from)).max(zone.stamp(now));
        let end = zone.instant(day.and_time(to));
        if to <= from || end <= begins {
            let (zh, en) = ("要晚于开始，也要晚于现在。", "must be after the beginning, and after now");
            return Err(FieldError::new("to", "not_after_from", zh, en).into());
        }
        self.announce(begins, end, reason).await
    }

    /// Tells the union what changed: a report, which has an owner and a last day like any other.
    pub async fn changed(&self, text: &str) -> Result<(), Error> {
        let said = text.trim();
        let text = (!said.is_empty()).then(|| said.to_owned());
        let wish = Wish { station: self.station, kind: Kind::Other, facility: None, text, photo: None };
        reports::file(&self.app, &self.desk.actor, &wish).await.map(|_| ())
    }

    async fn announce(
        &self,
        begins: DateTime<FixedOffset>,
        end: DateTime<FixedOffset>,
        reason: String,
    ) -> Result<(), Error> {
        let now = self.desk.now;
        let notice = Announcement {
            subject: Subject::Station(self.station),
            facility: None,
            effect: Effect::Closed,
            from: begins,
            to: Some(end),
            reason,
        };
        let written = notices::announce(&self.app.db, &self.desk.actor, &notice, now).await?;
        self.shown(Some(written.revision)).await;
        Ok(())
    }

    /// What keepers have announced by this station's links and what is not over.
    pub async fn closings(&self) -> Result<Vec<OwnNotice>, Error> {
        own::of_links(&self.app.db, self.station, self.desk.zone, self.desk.now).await
    }

    /// Takes such an announcement back.
    pub async fn reopen(&self, id: NoticeId) -> Result<(), Error> {
        let own = self.closings().await?;
        let notice = own.iter().find(|notice| notice.id == id).ok_or(Error::NotFound("notice"))?;
        let (db, actor, now) = (&self.app.db, &self.desk.actor, self.desk.now);
        let written = notices::withdraw(db, actor, id, notice.version, now).await?;
        self.shown(Some(written.revision)).await;
        Ok(())
    }

    /// Waits until this server shows a write.
    async fn shown(&self, revision: Option<i64>) {
        if let Some(revision) = revision {
            self.app.registry.after_writing(revision).await;
        }
    }

    /// Whether the facts were confirmed on the day that it is.
    pub fn is_confirmed_today(&self, last: Option<DateTime<FixedOffset>>) -> bool {
        let day = |at: DateTime<Utc>| self.desk.zone.local(at).date();
        last.is_some_and(|at| day(at.into()) == day(self.desk.now))
    }
}

/// A facility as it is known, working or not.
fn said(known: &Facility, working: Working) -> Result<Map<String, Value>, Error> {
    let written = serde_json::to_value(Facility { working, broken_since: None, ..known.clone() });
    match written {
        Ok(Value::Object(mut said)) => {
            said.remove("code");
            Ok(said)
        }
        _ => Err(Error::Internal("a facility is no object".to_owned())),
    }
}

fn checked(from: NaiveDate, to: NaiveDate, today: NaiveDate, reason: &str) -> Result<String, Error> {
    let mut wrong = Vec::new();
    if from < today {
        wrong.push(FieldError::new("from", "too_early", "不能早于今天。", "not before today"));
    }
    if to < from {
        wrong.push(FieldError::new("to", "not_after_from", "不能早于第一天。", "not before the first day"));
    }
    if to - today > TimeDelta::days(i64::try_from(AHEAD_DAYS).unwrap_or(i64::MAX)) {
        wrong.push(FieldError::new("to", "too_far", "最远一年以内。", "at most a year from now"));
    }
    let reason = reason.trim();
    if reason.is_empty() || reason.chars().count() > REASON_CHARS || reason.contains(char::is_control) {
        let zh = format!("原因要写 1 到 {REASON_CHARS} 个字，一行。");
        let en = format!("a reason has 1 to {REASON_CHARS} characters on one line");
        wrong.push(FieldError::new("reason", "bad_length", zh, en));
    }
    if wrong.is_empty() { Ok(reason.to_owned()) } else { Err(Error::Refused(wrong)) }
}
