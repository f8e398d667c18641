//! At which of many hours a station is open and has what is asked for.
//!
//! The decision is the snapshot's own ([`Entry::is_open`] and its facilities'); what is kept here is that stations
//! with the same hours and no notice are open at the same hours, so that a season is worked out once for all of them.

use std::collections::HashMap;
use std::sync::Arc;

use super::period::Hours;
use crate::stations::Entry;
use crate::stations::model::FacilityCode;
use crate::stations::query::Filter;

/// Openings that were worked out for some hours.
#[derive(Debug)]
pub struct OpenHours<'a> {
    hours: &'a Hours,
    /// By the address of the opening; none where the hours are not certain.
    known: HashMap<Option<usize>, Arc<[bool]>>,
}

impl<'a> OpenHours<'a> {
    /// Nothing is worked out yet.
    pub fn new(hours: &'a Hours) -> Self {
        Self { hours, known: HashMap::new() }
    }

    /// Whether a station is open, and has every facility of a filter, at each of the hours.
    pub fn of(&mut self, entry: &Entry, filter: &Filter) -> Vec<bool> {
        let mut usable = self.open(entry).to_vec();
        for code in &filter.facilities {
            self.only_with(entry, *code, &mut usable);
        }
        usable
    }

    fn open(&mut self, entry: &Entry) -> Arc<[bool]> {
        let hours = self.hours;
        let work_out = || hours.moments.iter().map(|moment| entry.is_open(moment)).collect();
        if entry.is_suspended() || !entry.notices.is_empty() {
            return work_out();
        }
        let opening = entry.opening.as_ref().map(|opening| Arc::as_ptr(opening).addr());
        Arc::clone(self.known.entry(opening).or_insert_with(work_out))
    }

    /// Takes away the hours at which a facility cannot be used.
    fn only_with(&self, entry: &Entry, code: FacilityCode, usable: &mut [bool]) {
        let Some(own) = entry.facility(code) else { return usable.fill(false) };
        // Without hours and notices of its own only its season counts, which changes at midnight.
        let by_day = own.facility.hours.is_none() && own.notices.is_empty();
        let mut last = None;
        for (usable, moment) in usable.iter_mut().zip(&self.hours.moments).filter(|(usable, _)| **usable) {
            let day = moment.local.date();
            let known = last.filter(|(seen, _)| by_day && *seen == day).map(|(_, is)| is);
            let is_usable = known.unwrap_or_else(|| own.is_usable(moment));
            last = Some((day, is_usable));
            *usable = is_usable;
        }
    }
}
