//! Which stations a filter chooses: what masks can rule out, and what depends on the instant.

use memchr::memmem::Finder;

use super::entry::{ALWAYS_OPEN, Entry, NO_PHONE, host_bit};
use super::moment::Moment;
use crate::stations::query::Filter;

/// A filter at an instant.
#[derive(Debug)]
pub struct Chosen<'a> {
    filter: &'a Filter,
    moment: Moment,
    words: Vec<Finder<'a>>,
}

impl Filter {
    /// Bits that a station's mask must have all of.
    pub fn all_bits(&self) -> u64 {
        let facilities = self.facilities.iter().fold(0, |mask, f| mask | f.bit());
        let no_phone = if self.no_phone { NO_PHONE } else { 0 };
        let always = if self.always_open { ALWAYS_OPEN } else { 0 };
        facilities | no_phone | always
    }

    /// Bits that a station's mask must have one of; 0 asks for none.
    pub fn any_bits(&self) -> u64 {
        self.hosts.iter().fold(0, |mask, h| mask | host_bit(*h))
    }

    /// This filter at an instant.
    pub fn at(&self, moment: Moment) -> Chosen<'_> {
        Chosen { filter: self, moment, words: self.words.iter().map(Finder::new).collect() }
    }
}

impl Chosen<'_> {
    /// Whether a station is chosen. Says the same whether or not the index has looked at the mask before.
    pub fn has(&self, entry: &Entry) -> bool {
        self.mask_fits(entry) && self.standing_fits(entry) && self.moment_fits(entry)
    }

    fn mask_fits(&self, entry: &Entry) -> bool {
        let (all, any) = (self.filter.all_bits(), self.filter.any_bits());
        entry.mask & all == all && (any == 0 || entry.mask & any != 0)
    }

    fn standing_fits(&self, entry: &Entry) -> bool {
        let f = self.filter;
        let facts = &entry.station.facts;
        f.district.is_none_or(|d| facts.district == Some(d))
            && (f.access.is_empty() || facts.access.iter().any(|a| f.access.contains(a)))
            && self.words.iter().all(|w| entry.search.has(w))
    }

    fn moment_fits(&self, entry: &Entry) -> bool {
        let f = self.filter;
        let needs_open = f.open || !f.facilities.is_empty();
        (!needs_open || entry.is_open(&self.moment))
            && (f.states.is_empty() || f.states.contains(&entry.state(&self.moment).state))
            && f.facilities
                .iter()
                .all(|code| entry.facility(*code).is_some_and(|own| own.is_usable(&self.moment)))
    }
}
