//! What every template is given: the language, the words, the instant and the question.

use spatial::Position;

use super::asked::Asked;
use super::time::When;
use super::words::{Words, words};
use crate::city::City;
use crate::config::{self, Walk};
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
    /// The instant the stations are described for, and the present.
    pub(super) when: When,
    /// What the address asked for.
    pub(super) asked: &'a Asked,
    /// Where an empty map begins: amid the stations.
    pub(super) middle: Option<Position>,
    /// The base map, on a page that shows one.
    pub(super) basemap: Option<&'a config::Map>,
    /// How times on the way are estimated.
    pub(super) pace: Walk,
}

impl<'a> Context<'a> {
    /// The surroundings in a language; the map's facts are added by the caller.
    pub(super) fn new(language: Language, city: &'a City, when: When, asked: &'a Asked) -> Self {
        Self {
            language,
            words: words(language),
            city,
            when,
            asked,
            middle: None,
            basemap: None,
            pace: Walk::default(),
        }
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
