//! Addresses made from a question: the same one with one thing changed.

use chrono::NaiveDateTime;

use super::{Asked, By, MINUTE, Place, Wanted};
use crate::language::Language;

impl Asked {
    /// The same question with other filters, from its beginning.
    pub(in crate::http::html) fn with(&self, wanted: Wanted) -> Self {
        Self { wanted, after: None, ..self.clone() }
    }

    /// The same question about another place, from its beginning.
    pub(in crate::http::html) fn at(&self, place: Place) -> Self {
        Self { place, after: None, text: String::new(), ..self.clone() }
    }

    /// The same question about another time, or about now.
    pub(in crate::http::html) fn when(&self, at: Option<NaiveDateTime>) -> Self {
        Self { at, after: None, ..self.clone() }
    }

    /// The same question for somebody who walks, or rides.
    pub(in crate::http::html) fn going(&self, by: By) -> Self {
        Self { by, ..self.clone() }
    }

    /// The same question in another language.
    pub(in crate::http::html) fn spoken(&self, language: Language) -> Self {
        Self { language: Some(language), ..self.clone() }
    }

    /// The address of the list that answers this question.
    pub(in crate::http::html) fn list_href(&self) -> String {
        address(self.page(), &self.parameters())
    }

    /// The path of the page that is asked.
    pub(in crate::http::html) fn page(&self) -> &'static str {
        if self.page.is_empty() { "/" } else { self.page }
    }

    /// The address of a station's sheet that still knows the way from this place.
    pub(in crate::http::html) fn station_href(&self, id: impl std::fmt::Display) -> String {
        let place = if matches!(self.place, Place::At(_)) { self.place_query() } else { Vec::new() };
        let query =
            place.into_iter().chain(self.time_query()).chain(self.by_query()).chain(self.language_query());
        address(&format!("/stations/{id}"), &query.collect::<Vec<_>>())
    }

    /// The address of a page that is about no place, in the language asked for.
    pub(in crate::http::html) fn page_href(&self, path: &str) -> String {
        address(path, &self.language_query().into_iter().collect::<Vec<_>>())
    }

    /// The parameters of the address, in their order.
    pub(in crate::http::html) fn parameters(&self) -> Vec<(&'static str, String)> {
        let Wanted { open, facilities, no_phone, always_open } = &self.wanted;
        let codes: Vec<&str> = facilities.iter().map(|c| c.as_str()).collect();
        let mut query = self.place_query();
        query.extend(self.time_query());
        query.extend(self.by_query());
        query.extend((!self.text.is_empty()).then(|| ("q", self.text.clone())));
        query.extend((!open).then(|| ("open", "any".to_owned())));
        query.extend((!codes.is_empty()).then(|| ("facility", codes.join(","))));
        query.extend(no_phone.then(|| ("no_phone", "true".to_owned())));
        query.extend(always_open.then(|| ("always_open", "true".to_owned())));
        query.extend(self.language_query());
        query.extend(self.after.map(|id| ("after", id.to_string())));
        query
    }

    fn place_query(&self) -> Vec<(&'static str, String)> {
        match self.place {
            Place::At(at) => vec![("lat", format!("{:.4}", at.lat())), ("lon", format!("{:.4}", at.lon()))],
            Place::District(adcode) => vec![("district", adcode.to_string())],
            Place::Nowhere | Place::Nonsense => Vec::new(),
        }
    }

    fn time_query(&self) -> Option<(&'static str, String)> {
        self.at.map(|at| ("at", at.format(MINUTE).to_string()))
    }

    fn by_query(&self) -> Option<(&'static str, String)> {
        (self.by == By::Ride).then(|| ("by", "ride".to_owned()))
    }

    fn language_query(&self) -> Option<(&'static str, String)> {
        self.language.map(|language| ("lang", language.of("zh", "en").to_owned()))
    }
}

fn address(path: &str, query: &[(&'static str, String)]) -> String {
    let pairs: Vec<String> = query.iter().map(|(name, value)| format!("{name}={}", encoded(value))).collect();
    if pairs.is_empty() { path.to_owned() } else { format!("{path}?{}", pairs.join("&")) }
}

/// A value as RFC 3986 allows it in a query; commas and colons stay readable.
fn encoded(value: &str) -> String {
    let byte = |b: u8| match b {
        b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b',' | b':' => {
            char::from(b).to_string()
        }
        _ => format!("%{b:02X}"),
    };
    value.bytes().map(byte).collect()
}
