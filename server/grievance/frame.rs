//! By what rules, calendar and working hours a request sees cases.

use chrono::{DateTime, Months, NaiveDate, NaiveTime, TimeDelta, Utc};

use super::model::Identity;
use super::record::read;
use super::store::GrievanceRow;
use super::workflow::{Moment, Rules};
use crate::app::App;
use crate::calendar::{Calendar, Clock, Shifts};
use crate::city;
use crate::config::Config;
use crate::db::Db;
use crate::error::Error;
use crate::ids::AccountId;
use crate::time::Zone;

/// By what time is counted, at one instant.
pub(super) struct Frame {
    calendar: Calendar,
    shifts: Shifts,
    /// How long each step may take.
    pub(super) rules: Rules,
    /// How long backups are kept.
    backups: TimeDelta,
    /// Where a day begins.
    pub(super) zone: Zone,
    /// The present.
    pub(super) now: DateTime<Utc>,
}

impl Frame {
    /// The frame of the present.
    pub(super) fn of(app: &App) -> Self {
        Self {
            calendar: app.registry.snapshot().city().calendar.clone(),
            shifts: app.config.grievance.shifts.clone(),
            rules: app.config.grievance.rules(),
            backups: TimeDelta::days(app.config.grievance.backup_days.into()),
            zone: app.config.zone(),
            now: app.clock.now(),
        }
    }

    /// The frame of a program that serves nobody: with the calendar as the database has it.
    pub(super) async fn loaded(db: &Db, config: &Config, now: DateTime<Utc>) -> Result<Self, Error> {
        Ok(Self {
            calendar: city::load(db).await?.calendar,
            shifts: config.grievance.shifts.clone(),
            rules: config.grievance.rules(),
            backups: TimeDelta::days(config.grievance.backup_days.into()),
            zone: config.zone(),
            now,
        })
    }

    /// By what time is counted.
    pub(super) fn clock(&self) -> Clock<'_> {
        Clock { calendar: &self.calendar, zone: self.zone, shifts: &self.shifts }
    }

    /// Something done now.
    pub(super) fn moment(&self, leader: Option<AccountId>) -> Moment<'_> {
        Moment { now: self.now, clock: self.clock(), rules: &self.rules, leader }
    }

    /// Something that the reporter of a case does now: of an anonymous one at the end of the day, so that nothing
    /// finer can be read from what follows.
    pub(super) fn reporters_moment(&self, identity: Identity) -> Moment<'_> {
        let now = if identity == Identity::Anonymous { self.midnight_after(self.today()) } else { self.now };
        Moment { now, ..self.moment(None) }
    }

    /// The local day.
    pub(super) fn today(&self) -> NaiveDate {
        self.zone.local(self.now).date()
    }

    /// The last day on which a case is kept that is archived now.
    pub(super) fn retained(&self, years: u32) -> NaiveDate {
        self.today().checked_add_months(Months::new(years * 12)).unwrap_or(NaiveDate::MAX)
    }

    /// Since when a case is erased, and from which day on in every backup too.
    pub(super) fn erased(&self, ms: i64) -> (NaiveDate, NaiveDate) {
        let day = self.zone.from_ms(ms).date_naive();
        (day, day + self.backups)
    }

    /// The instant that is kept of what a reporter does: of an anonymous one the day, by its beginning.
    pub(super) fn kept(&self, identity: Identity) -> DateTime<Utc> {
        if identity == Identity::Anonymous { self.midnight(self.today()) } else { self.now }
    }

    /// The beginning of a local day.
    pub(super) fn midnight(&self, day: NaiveDate) -> DateTime<Utc> {
        self.zone.instant(day.and_time(NaiveTime::MIN)).with_timezone(&Utc)
    }

    fn midnight_after(&self, day: NaiveDate) -> DateTime<Utc> {
        self.midnight(day + TimeDelta::days(1))
    }
}

/// Who learns who the reporter of a case is.
pub(super) fn identity(row: &GrievanceRow) -> Result<Identity, Error> {
    read(&row.identity)
}
