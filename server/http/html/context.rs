//! What every template is given: the language, the words, the instant and the question.

use chrono::{DateTime, FixedOffset};
use spatial::Position;

use super::asked::Asked;
use super::words::{Words, words};
use crate::city::City;
use crate::config;
use crate::ids::Adcode;
use crate::language::Language;
use crate::vocabulary::Coded;

/// The surroundings of a page. Nothing here is looked up again while a page is drawn.
pub(super) struct Context<'a> {
    /// The language of the page.
    pub(super) language: Language,
    /// Its words.
    pub(super) words: &'static Words,
    /// The city's districts and the words of codes.
    pub(super) city: &'a City,
    /// The instant the stations are described for, in the city's zone.
    pub(super) now: DateTime<FixedOffset>,
    /// What the address asked for.
    pub(super) asked: &'a Asked,
    /// Where an empty map begins: amid the stations.
    pub(super) middle: Option<Position>,
    /// The base map, on a page that shows one.
    pub(super) basemap: Option<&'a config::Map>,
}

impl<'a> Context<'a> {
    /// The surroundings in a language; the map's facts are added by the caller.
    pub(super) fn new(
        language: Language,
        city: &'a City,
        now: DateTime<FixedOffset>,
        asked: &'a Asked,
    ) -> Self {
        Self { language, words: words(language), city, now, asked, middle: None, basemap: None }
    }

    /// The word that people read for a code.
    pub(super) fn word<C: Coded>(&self, code: C) -> &'a str {
        self.city.vocabularies.word(code, self.language)
    }

    /// The name of a district.
    pub(super) fn district_name(&self, adcode: Adcode) -> Option<&'a str> {
        self.city.district(adcode).map(|d| d.label(self.language))
    }
}
