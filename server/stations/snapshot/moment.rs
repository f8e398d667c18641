//! A station at an instant: its state, and what of it can be used.

use chrono::{DateTime, Days, FixedOffset, NaiveDateTime, NaiveTime, Utc};

use super::entry::{Entry, OwnFacility};
use crate::stations::feature::FacilityAt;
use crate::stations::hours::Openness;
use crate::stations::model::Working;
use crate::stations::state::{Effect, StateAt, course, next_midnight, state_at};
use crate::time::Zone;

/// An instant as the city's clocks show it.
#[derive(Debug, Clone, Copy)]
pub struct Moment {
    /// The instant.
    pub at: DateTime<FixedOffset>,
    /// The same on the city's clocks.
    pub local: NaiveDateTime,
    zone: Zone,
}

impl Moment {
    /// An instant in a city's zone.
    pub fn new(at: impl Into<DateTime<Utc>>, zone: Zone) -> Self {
        let at = zone.stamp(at);
        Self { at, local: zone.local(at), zone }
    }

    /// Another time of the same city.
    #[must_use]
    pub fn on(&self, local: NaiveDateTime) -> Self {
        Self { at: self.stamp(local), local, zone: self.zone }
    }

    /// A local time as answers print it.
    pub fn stamp(&self, local: NaiveDateTime) -> DateTime<FixedOffset> {
        self.zone.instant(local)
    }
}

impl Entry {
    /// Its state; the one decision that list, detail, page, tile and offline copy share.
    pub fn state(&self, moment: &Moment) -> StateAt {
        state_at(self.is_suspended(), self.opening.as_ref().map(|o| &o.timeline), &self.notices, moment.local)
    }

    /// Its states from one moment to another (exclusive), each with the minute from which it holds.
    pub fn course(&self, from: &Moment, to: &Moment) -> Vec<(NaiveDateTime, StateAt)> {
        let hours = self.opening.as_ref().map(|o| &o.timeline);
        course(self.is_suspended(), hours, &self.notices, from.local, to.local)
    }

    /// Whether it is certainly open.
    pub fn is_open(&self, moment: &Moment) -> bool {
        self.state(moment).state.is_open()
    }
}

/// A notice with its times in the city's zone.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
#[schema(as = Notice)]
pub struct NoticeAt<'a> {
    /// When it begins.
    pub from: DateTime<FixedOffset>,
    /// When it ends; null until it is withdrawn.
    #[schema(required)]
    pub to: Option<DateTime<FixedOffset>>,
    /// What it does.
    pub effect: Effect,
    /// Why, in the words shown to workers.
    pub reason: &'a str,
}

/// How long before it begins a notice is announced, in days.
const ANNOUNCED_DAYS: u64 = 14;

impl Entry {
    /// The notices in force at any instant of a time, and those that begin up to 14 days after it, earliest first.
    pub fn notices_announced(&self, moment: &Moment, until: &Moment) -> Vec<NoticeAt<'_>> {
        let latest = until.local.checked_add_days(Days::new(ANNOUNCED_DAYS)).unwrap_or(until.local);
        let near =
            self.notices.iter().filter(|n| n.from <= latest && n.to.is_none_or(|to| to > moment.local));
        near.map(|n| NoticeAt {
            from: moment.stamp(n.from),
            to: n.to.map(|to| moment.stamp(to)),
            effect: n.effect,
            reason: &n.reason,
        })
        .collect()
    }
}

impl<'a> OwnFacility<'a> {
    /// Whether it is its season.
    pub fn in_season(&self, moment: &Moment) -> bool {
        self.facility.season.is_none_or(|s| s.contains(moment.local.date()))
    }

    /// Whether it can be used while the station is open.
    pub fn is_usable(&self, moment: &Moment) -> bool {
        self.facility.working == Working::Ok && self.in_season(moment) && self.within_hours(moment)
    }

    fn within_hours(&self, moment: &Moment) -> bool {
        match (&self.facility.hours, self.opening) {
            (None, _) => true,
            (Some(_), Some(own)) => own.timeline.at(moment.local).open == Openness::Open,
            // Its own hours are not in the grammar, so nobody can promise it.
            (Some(_), None) => false,
        }
    }

    /// What the answer says of it.
    pub fn at(&self, station_open: bool, moment: &Moment) -> FacilityAt<'a> {
        let open = station_open && self.is_usable(moment);
        FacilityAt {
            code: self.facility.code,
            working: self.facility.working == Working::Ok,
            in_season: self.in_season(moment),
            open,
            until: if open { self.until(moment) } else { None },
            broken_since: self.facility.broken_since,
            season: self.facility.season,
            count: self.facility.count,
            note: self.facility.note.as_deref(),
        }
    }

    /// What is said of it while its station is open, from one moment to another (exclusive): as of the first,
    /// and then each time that anything of it becomes another.
    pub fn course(&self, from: &Moment, to: &Moment) -> Vec<(NaiveDateTime, FacilityAt<'a>)> {
        let mut told: Vec<(NaiveDateTime, FacilityAt<'a>)> = Vec::new();
        let mut local = from.local;
        while local < to.local {
            let now = self.at(true, &from.on(local));
            let same = |last: &FacilityAt<'_>| {
                (last.in_season, last.open, last.until) == (now.in_season, now.open, now.until)
            };
            if told.last().is_none_or(|(_, last)| !same(last)) {
                told.push((local, now));
            }
            let own = self.opening.and_then(|own| own.timeline.at(local).until);
            local = own.into_iter().fold(next_midnight(local), NaiveDateTime::min);
        }
        told
    }

    /// When its own hours or its season end; the station's own hours are stated with the station.
    fn until(&self, moment: &Moment) -> Option<DateTime<FixedOffset>> {
        let hours = self.opening.and_then(|own| own.timeline.at(moment.local).until);
        let last_day = self.facility.season.map(|s| s.until(moment.local.date()));
        let season =
            last_day.and_then(|d| d.checked_add_days(Days::new(1))).map(|d| d.and_time(NaiveTime::MIN));
        hours.into_iter().chain(season).min().map(|local| moment.stamp(local))
    }
}
