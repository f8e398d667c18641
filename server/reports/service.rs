//! Taking a report in, and telling whoever has its receipt what came of it.

use std::collections::HashMap;

use chrono::{DateTime, Days, NaiveDate, NaiveTime, TimeDelta, Utc};
use serde_json::json;

use super::model::{Action, Filed, Kind, LOCKED_DAYS, LOCKED_MARKS, ReportState, Verdict, Wish};
use super::store::{self, EventRow, NewRow, ReportRow, code};
use crate::accounts::Actor;
use crate::app::App;
use crate::audit::{self, Entry, Object};
use crate::calendar::{Calendar, Deadline};
use crate::city::{City, settings};
use crate::db::{Db, DbError, Tx};
use crate::error::{Error, Words};
use crate::ids::{Adcode, ReportId, StationId};
use crate::observations::{self, Observation, Source};
use crate::pictures::{self, UsedFor};
use crate::receipts::{self, Issued};
use crate::stations::Snapshot;
use crate::stations::model::FacilityCode;
use crate::time::Zone;

pub use super::figures::{
    answered_in_time, answered_in_time_by_station, confirmed_locked, confirmed_locked_by_station,
    confirmed_locked_numbers,
};

/// The letter with which the number of a report begins.
const LETTER: char = 'R';
/// A number that is taken is drawn anew, so often at most.
const TRIES: usize = 4;

/// Takes a report in.
///
/// # Errors
/// [`Error::NotFound`] where the public sees no such station, [`Error::Refused`] with the field that is wrong, and
/// [`Error::TooMany`] where the station has had its reports of a day.
pub async fn file(app: &App, actor: &Actor, wish: &Wish) -> Result<Filed, Error> {
    let wish = wish.checked()?;
    let snapshot = app.registry.snapshot();
    let entry = snapshot.station(wish.station).ok_or(Error::NotFound("station"))?;
    let district = entry.station.facts.district;
    let now = app.clock.now();
    let day = snapshot.zone().local(now).date();
    let deadline = snapshot.city().calendar.deadline(day, working_days(app, wish.kind));
    let owner = Unions::load(app).await?.of(snapshot.city(), district);
    for _ in 0..TRIES {
        let issued = receipts::issue(&app.secrets, LETTER, day).await?;
        let filing =
            Filing { app, actor, wish: &wish, snapshot: &snapshot, district, now, deadline: &deadline };
        if let Some(id) = filing.carry_out(&issued).await? {
            let Issued { number, receipt, .. } = issued;
            return Ok(Filed { id, number, receipt, day, deadline, owner });
        }
    }
    Err(Error::Unavailable { retry_s: 1, reason: "no number is free".to_owned() })
}

fn working_days(app: &App, kind: Kind) -> u32 {
    let rules = &app.config.reports;
    if kind == Kind::Locked { rules.locked_days } else { rules.days }
}

/// The unions that answer.
pub(super) struct Unions {
    city: Words,
}

impl Unions {
    /// Reads the name of the city's own.
    pub(super) async fn load(app: &App) -> Result<Self, Error> {
        let settings = settings::load(&app.db, &app.config).await?.1;
        let en = format!("{} trade union", settings.name_en);
        Ok(Self { city: Words::new(settings.union_name, en) })
    }

    /// The union of a district, or the city's for what lies in none.
    pub(super) fn of(&self, city: &City, district: Option<Adcode>) -> Words {
        let district = district.and_then(|code| city.district(code));
        district.map_or_else(
            || self.city.clone(),
            |d| Words::new(format!("{}总工会", d.name), format!("{} trade union", d.name_en)),
        )
    }
}

/// A report on its way into the tables.
struct Filing<'a> {
    app: &'a App,
    actor: &'a Actor,
    wish: &'a Wish,
    snapshot: &'a Snapshot,
    district: Option<Adcode>,
    now: DateTime<Utc>,
    deadline: &'a Deadline,
}

impl Filing<'_> {
    /// Writes it; `None` where the number is taken.
    async fn carry_out(&self, issued: &Issued) -> Result<Option<ReportId>, Error> {
        let id = ReportId::new(self.now);
        let mut tx = self.app.db.begin().await?;
        match self.written(&mut tx, id, issued).await {
            Ok(true) => {
                tx.commit().await?;
                Ok(Some(id))
            }
            Ok(false) => {
                tx.rollback().await?;
                Ok(None)
            }
            Err(error) => {
                tx.rollback().await?;
                Err(error)
            }
        }
    }

    async fn written(&self, tx: &mut Tx, id: ReportId, issued: &Issued) -> Result<bool, Error> {
        self.must_have_room(tx).await?;
        match store::add(tx, &self.row(id, issued)).await {
            Ok(()) => {}
            Err(DbError::Unique(_)) => return Ok(false),
            Err(error) => return Err(error.into()),
        }
        if let Some(photo) = self.wish.photo {
            pictures::claim(tx, photo, UsedFor::Report, &id.to_string(), self.now).await?;
        }
        store::add_event(tx, &event(id, None, Action::Received, None, self.now)).await?;
        self.observe(tx, id).await?;
        let wish = self.wish;
        let detail = json!({
            "station": wish.station, "kind": wish.kind, "facility": wish.facility, "photo": wish.photo.is_some(),
        });
        let object = Object::new("report", id);
        let entry = Entry { action: "report.file", object, district: self.district, detail };
        audit::record(tx, self.actor, self.now, &entry).await?;
        Ok(true)
    }

    /// Refuses the report of a station that has had its share of today.
    async fn must_have_room(&self, tx: &mut Tx) -> Result<(), Error> {
        let (zone, today) = (self.snapshot.zone(), self.day());
        let midnight = |day: NaiveDate| zone.instant(day.and_time(NaiveTime::MIN)).with_timezone(&Utc);
        let since_ms = midnight(today).timestamp_millis();
        let had = store::count_since(tx, &self.wish.station.to_string(), since_ms).await?;
        if had < self.app.config.reports.station_daily {
            return Ok(());
        }
        let left = midnight(today + Days::new(1)) - self.now;
        Err(Error::TooMany { retry_s: left.num_seconds().try_into().unwrap_or(1) })
    }

    fn day(&self) -> NaiveDate {
        self.snapshot.zone().local(self.now).date()
    }

    /// A locked door in posted hours is an observation.
    async fn observe(&self, tx: &mut Tx, id: ReportId) -> Result<(), Error> {
        let posted = observations::is_posted(self.snapshot, self.wish.station, self.now);
        if self.wish.kind != Kind::Locked || posted != Some(true) {
            return Ok(());
        }
        let seen = Observation {
            station: self.wish.station,
            at: self.now,
            source: Source::Report,
            object: id.to_string(),
            is_open: false,
            is_posted: true,
        };
        observations::observe(tx, &seen).await
    }

    fn row(&self, id: ReportId, issued: &Issued) -> NewRow {
        let wish = self.wish;
        NewRow {
            id: id.to_string(),
            number: issued.number.clone(),
            receipt: issued.hash.clone(),
            station_id: wish.station.to_string(),
            district: self.district.map(|d| d.to_string()),
            kind: wish.kind.to_string(),
            facility: wish.facility.map(|f| f.to_string()),
            text: wish.text.clone(),
            picture_id: wish.photo.map(|p| p.to_string()),
            due: self.deadline.due.to_string(),
            due_provisional: self.deadline.provisional,
            created_ms: self.now.timestamp_millis(),
        }
    }
}

/// Something that was done with a report.
pub(super) fn event(
    report: ReportId,
    account: Option<String>,
    action: Action,
    note: Option<String>,
    now: DateTime<Utc>,
) -> EventRow {
    EventRow {
        id: uuid_of(now),
        report_id: report.to_string(),
        at_ms: now.timestamp_millis(),
        account_id: account,
        account_name: None,
        action: action.to_string(),
        note,
    }
}

/// Events have no type of their own; their ids only have to sort.
fn uuid_of(now: DateTime<Utc>) -> String {
    ReportId::new(now).to_string()
}

/// A report with what was done with it, as its reporter reads it.
pub struct Tracked {
    /// The report.
    pub(super) report: ReportRow,
    /// What was done, the first first.
    pub(super) events: Vec<EventRow>,
    /// How its deadline came to be, as the calendar counts now.
    pub deadline: Deadline,
    /// The union that answers.
    pub owner: Words,
    zone: Zone,
}

/// The codes of a report, and what was done with it on which day, as far as its reporter sees it.
pub struct Case {
    /// What is wrong.
    pub kind: Kind,
    /// Which facility is broken.
    pub facility: Option<FacilityCode>,
    /// Whether it is answered.
    pub state: ReportState,
    /// What staff found.
    pub verdict: Option<Verdict>,
    /// What was done, the first first.
    pub steps: Vec<(NaiveDate, Action)>,
}

impl Tracked {
    /// Its number.
    pub fn number(&self) -> &str {
        &self.report.number
    }

    /// The id of its station.
    pub fn station_id(&self) -> &str {
        &self.report.station_id
    }

    /// The name of its station.
    pub fn station_name(&self) -> &str {
        &self.report.station_name
    }

    /// What was answered.
    pub fn answer(&self) -> Option<&str> {
        self.report.answer.as_deref()
    }

    /// Its codes and its days.
    ///
    /// # Errors
    /// [`Error::Internal`] where the table holds what is no code.
    pub fn case(&self) -> Result<Case, Error> {
        let row = &self.report;
        let step = |e: &EventRow| Ok::<_, Error>((self.zone.from_ms(e.at_ms).date_naive(), code(&e.action)?));
        let shown = self.events.iter().filter(|e| e.action != Action::Redacted.as_str());
        Ok(Case {
            kind: code(&row.kind)?,
            facility: row.facility.as_deref().map(code).transpose()?,
            state: code(&row.state)?,
            verdict: row.verdict.as_deref().map(code).transpose()?,
            steps: shown.map(step).collect::<Result<_, _>>()?,
        })
    }
}

/// A report for whoever has its number and receipt.
///
/// # Errors
/// [`Error::NotFound`] where the two do not belong together, after the same time whichever is wrong.
pub async fn track(app: &App, number: &str, receipt: &str) -> Result<Tracked, Error> {
    let known = store::receipt(&app.db, &receipts::plain_number(number)).await?;
    let (id, hash) = known.map(|row| (row.id, row.receipt)).unzip();
    let is_right = receipts::check(&app.secrets, receipt, hash).await?;
    let id = id.filter(|_| is_right).ok_or(Error::NotFound("report"))?;
    let report = store::find(&app.db, &id).await?.ok_or(Error::NotFound("report"))?;
    let events = store::events(&app.db, &id).await?;
    let snapshot = app.registry.snapshot();
    let deadline = deadline(&report, &snapshot.city().calendar, snapshot.zone())?;
    let owner = Unions::load(app).await?.of(snapshot.city(), report.adcode());
    Ok(Tracked { report, events, deadline, owner, zone: snapshot.zone() })
}

/// How far a report has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Outcome {
    /// Whether it is answered.
    pub state: ReportState,
    /// What staff found.
    pub verdict: Option<Verdict>,
}

/// How far the report of a number has come, for features that point at it; `None` where there is none.
pub async fn outcome(db: &Db, number: &str) -> Result<Option<Outcome>, Error> {
    let Some(known) = store::receipt(db, &receipts::plain_number(number)).await? else { return Ok(None) };
    let Some(report) = store::find(db, &known.id).await? else { return Ok(None) };
    let verdict = report.verdict.as_deref().map(code).transpose()?;
    Ok(Some(Outcome { state: code(&report.state)?, verdict }))
}

/// How a report's deadline came to be. Its day was promised when it was filed; only the reasons are told anew.
pub(super) fn deadline(report: &ReportRow, calendar: &Calendar, zone: Zone) -> Result<Deadline, Error> {
    let from = zone.from_ms(report.created_ms).date_naive();
    let explained = calendar.explained(from, report.due_day()?);
    Ok(Deadline { provisional: explained.provisional && report.due_provisional, ..explained })
}

/// Since when a door found locked counts against its station.
pub fn marks_since(now: DateTime<Utc>) -> DateTime<Utc> {
    now - TimeDelta::days(LOCKED_DAYS)
}

/// How often each station that is marked was found locked of late.
pub async fn marked(db: &Db, now: DateTime<Utc>) -> Result<HashMap<StationId, i64>, Error> {
    let mut found = confirmed_locked_by_station(db, marks_since(now)).await?;
    found.retain(|_, times| *times >= LOCKED_MARKS);
    Ok(found)
}

/// How often one station was found locked of late, where that marks it.
pub async fn mark(db: &Db, station: StationId, now: DateTime<Utc>) -> Result<Option<i64>, Error> {
    let times = confirmed_locked(db, station, marks_since(now)).await?;
    Ok((times >= LOCKED_MARKS).then_some(times))
}
