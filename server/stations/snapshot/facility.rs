//! A facility at an instant: whether it can be used, decided like a station from its own hours and notices.

use chrono::{Days, NaiveDate, NaiveDateTime, NaiveTime};

use super::moment::Moment;
use crate::stations::feature::{FacilityAt, FacilityNotice};
use crate::stations::hours::{HoursState, OpenTimes, Opening, Openness, Season};
use crate::stations::model::{Facility, Working};
use crate::stations::state::{Effect, Notice, next_turn, open_at, state_at};

/// A facility with its own hours resolved, and the notices for it.
#[derive(Debug, Clone, Copy)]
pub struct OwnFacility<'a> {
    /// What the registry says of it.
    pub facility: &'a Facility,
    /// Its own hours, where it has any.
    pub opening: Option<&'a Opening>,
    /// The notices for it, earliest first.
    pub notices: &'a [Notice],
}

/// When a facility is there by its own hours and its season, within the hours of its station.
struct OwnTimes<'a>(&'a OwnFacility<'a>);

impl OpenTimes for OwnTimes<'_> {
    fn at(&self, at: NaiveDateTime) -> HoursState {
        let Self(own) = self;
        let season = own.facility.season;
        let turn = season.and_then(|season| turn_of(season, at.date()));
        if season.is_some_and(|season| !season.contains(at.date())) {
            return HoursState { open: Openness::Closed, until: turn, provisional: false };
        }
        let (open, until) = match (&own.facility.hours, own.opening) {
            (None, _) => (Openness::Open, None),
            (Some(_), Some(opening)) => {
                let now = opening.timeline.at(at);
                // Whoever walks there for it must be able to rely on it.
                let open = if now.open == Openness::Open { Openness::Open } else { Openness::Closed };
                (open, now.until)
            }
            // Its own hours are not in the grammar, so nobody can promise it.
            (Some(_), None) => (Openness::Closed, None),
        };
        HoursState { open, until: until.into_iter().chain(turn).min(), provisional: false }
    }
}

/// The midnight at which a season next begins or ends.
fn turn_of(season: Season, date: NaiveDate) -> Option<NaiveDateTime> {
    let day = season.until(date);
    let first = if season.contains(date) { day.checked_add_days(Days::new(1))? } else { day };
    Some(first.and_time(NaiveTime::MIN))
}

impl<'a> OwnFacility<'a> {
    /// Whether it can be used while the station is open. What is broken no notice mends.
    pub fn is_usable(&self, moment: &Moment) -> bool {
        self.facility.working == Working::Ok && self.decided(moment.local).0
    }

    /// Whether it is there by its hours, season and notices, and the notice that decides.
    fn decided(&self, local: NaiveDateTime) -> (bool, Option<&'a Notice>) {
        let (open, notice) = open_at(Some(&OwnTimes(self)), self.notices, local);
        (open, notice.and_then(|i| self.notices.get(i)))
    }

    /// What the answer says of it.
    pub fn at(&self, station_open: bool, moment: &Moment) -> FacilityAt<'a> {
        let (there, notice) = self.decided(moment.local);
        let working = self.facility.working == Working::Ok;
        let open = station_open && working && there;
        let opened = notice.is_some_and(|n| n.effect == Effect::Open);
        let in_season = self.facility.season.is_none_or(|s| s.contains(moment.local.date()));
        FacilityAt {
            code: self.facility.code,
            working,
            in_season: in_season || opened,
            open,
            until: if open { self.until(moment.local).map(|t| moment.stamp(t)) } else { None },
            notice: notice.map(|n| FacilityNotice { effect: n.effect, reason: &n.reason }),
            broken_since: self.facility.broken_since,
            season: self.facility.season,
            count: self.facility.count,
            note: self.facility.note.as_deref(),
        }
    }

    /// When it is no longer there; the station's own hours are stated with the station.
    fn until(&self, local: NaiveDateTime) -> Option<NaiveDateTime> {
        state_at(false, Some(&OwnTimes(self)), self.notices, local).closes_at
    }

    /// What is said of it while its station is open, from one moment to another (exclusive): as of the first,
    /// and then each time that anything of it becomes another.
    pub fn course(&self, from: &Moment, to: &Moment) -> Vec<(NaiveDateTime, FacilityAt<'a>)> {
        let mut told: Vec<(NaiveDateTime, FacilityAt<'a>)> = Vec::new();
        let mut local = from.local;
        while local < to.local {
            let now = self.at(true, &from.on(local));
            let what = |f: &FacilityAt<'a>| (f.in_season, f.open, f.until, f.notice);
            if told.last().is_none_or(|(_, last)| what(last) != what(&now)) {
                told.push((local, now));
            }
            local = next_turn(Some(&OwnTimes(self)), self.notices, local);
        }
        told
    }
}
