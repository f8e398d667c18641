//! Opening hours shared by all stations that post the same ones.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use chrono::NaiveDate;

use super::{Hours, Timeline};
use crate::calendar::Calendar;
use crate::language::Language;

/// One distinct text of opening hours: its precomputed times and its words.
#[derive(Debug)]
pub struct Opening {
    /// When it is open.
    pub timeline: Timeline,
    /// Whether it never closes.
    pub always: bool,
    zh: String,
    en: String,
}

impl Opening {
    /// The hours in words.
    pub fn words(&self, language: Language) -> &str {
        language.of(&self.zh, &self.en)
    }
}

/// The distinct opening hours of a snapshot. A city has some hundred of them for any number of stations.
#[derive(Debug, Clone)]
pub struct Openings {
    calendar: Calendar,
    day: NaiveDate,
    by_grammar: HashMap<String, Option<Arc<Opening>>>,
}

impl Openings {
    /// None yet; times will be precomputed from `day` on.
    pub fn new(calendar: Calendar, day: NaiveDate) -> Self {
        Self { calendar, day, by_grammar: HashMap::new() }
    }

    /// The opening of a grammar text; `None` where the text is not in the grammar, which makes the state unknown.
    pub fn of(&mut self, grammar: &str) -> Option<Arc<Opening>> {
        if let Some(known) = self.by_grammar.get(grammar) {
            return known.clone();
        }
        let opening = Hours::parse(grammar, &self.calendar).ok().map(|hours| Arc::new(self.opening(hours)));
        self.by_grammar.insert(grammar.to_owned(), opening.clone());
        opening
    }

    fn opening(&self, hours: Hours) -> Opening {
        let (zh, en) = (hours.describe(Language::ZhCn), hours.describe(Language::En));
        let always = hours.is_always_open();
        Opening { timeline: Timeline::new(hours, self.day), always, zh, en }
    }

    /// Drops every opening that is not among the `used`, so that a snapshot made of changes is the same as one
    /// made anew.
    pub fn keep<'a>(&mut self, used: impl Iterator<Item = &'a Arc<Opening>>) {
        let used: HashSet<*const Opening> = used.map(Arc::as_ptr).collect();
        self.by_grammar.retain(|_, opening| opening.as_ref().is_some_and(|o| used.contains(&Arc::as_ptr(o))));
    }

    /// Every distinct opening.
    pub fn iter(&self) -> impl Iterator<Item = &Arc<Opening>> {
        self.by_grammar.values().flatten()
    }
}
