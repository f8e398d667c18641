//! What the address of a page asks for, and addresses made from it.

use std::fmt::Write;
use std::str::FromStr;

use spatial::Position;

use crate::ids::{Adcode, StationId};
use crate::language::Language;
use crate::stations::model::FacilityCode;

/// Everything a page takes from its query string. Unknown parameters are passed over, because chat apps add
/// their own.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Asked {
    /// The place around which to look.
    pub(super) place: Place,
    /// What a station must have.
    pub(super) wanted: Wanted,
    /// The language, where the address names one.
    pub(super) language: Option<Language>,
    /// After which station of a district to go on.
    pub(super) after: Option<StationId>,
}

/// The place of a question.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(super) enum Place {
    /// None given.
    #[default]
    Nowhere,
    /// A position on WGS-84.
    At(Position),
    /// A position that cannot be one.
    Nonsense,
    /// A whole district.
    District(Adcode),
}

/// The filters of the worker's page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Wanted {
    /// Open now; on unless the address says `open=any`.
    pub(super) open: bool,
    /// All of these usable.
    pub(super) facilities: Vec<FacilityCode>,
    /// Enterable without a phone.
    pub(super) no_phone: bool,
    /// Open around the clock.
    pub(super) always_open: bool,
}

impl Default for Wanted {
    fn default() -> Self {
        Self { open: true, facilities: Vec::new(), no_phone: false, always_open: false }
    }
}

impl Wanted {
    /// Whether anything but "open now" is asked.
    pub(super) fn is_narrow(&self) -> bool {
        !self.facilities.is_empty() || self.no_phone || self.always_open
    }

    /// With one facility asked for, or no longer.
    pub(super) fn toggled(&self, code: FacilityCode) -> Self {
        let mut next = self.clone();
        match next.facilities.iter().position(|c| *c == code) {
            Some(i) => drop(next.facilities.remove(i)),
            None => next.facilities.push(code),
        }
        next
    }
}

impl Asked {
    /// Reads the parameters of an address.
    pub(super) fn read(pairs: &[(String, String)]) -> Self {
        let value =
            |name: &str| pairs.iter().rev().find(|(key, _)| key == name).map(|(_, value)| value.as_str());
        let is_true = |name: &str| matches!(value(name), Some("true" | "1"));
        let place = match (value("lon"), value("lat"), value("district").map(Adcode::from_str)) {
            (None, None, Some(Ok(district))) => Place::District(district),
            (None, None, _) => Place::Nowhere,
            (lon, lat, _) => position(lon, lat).map_or(Place::Nonsense, Place::At),
        };
        let listed = value("facility").unwrap_or_default().split(',');
        let wanted = Wanted {
            open: value("open") != Some("any"),
            facilities: listed.filter_map(|code| code.parse().ok()).collect(),
            no_phone: is_true("no_phone"),
            always_open: is_true("always_open"),
        };
        let language = value("lang").and_then(named_language);
        Self { place, wanted, language, after: value("after").and_then(|id| id.parse().ok()) }
    }

    /// The same question with other filters, from its beginning.
    pub(super) fn with(&self, wanted: Wanted) -> Self {
        Self { wanted, after: None, ..self.clone() }
    }

    /// The same question about another place, from its beginning.
    pub(super) fn at(&self, place: Place) -> Self {
        Self { place, after: None, ..self.clone() }
    }

    /// The same question in another language.
    pub(super) fn spoken(&self, language: Language) -> Self {
        Self { language: Some(language), ..self.clone() }
    }

    /// The address of the list that answers this question.
    pub(super) fn list_href(&self) -> String {
        let Wanted { open, facilities, no_phone, always_open } = &self.wanted;
        let mut query = self.place_query();
        if !open {
            query += "&open=any";
        }
        if !facilities.is_empty() {
            let codes: Vec<&str> = facilities.iter().map(|c| c.as_str()).collect();
            let _ = write!(query, "&facility={}", codes.join(","));
        }
        for (name, on) in [("no_phone", no_phone), ("always_open", always_open)] {
            if *on {
                let _ = write!(query, "&{name}=true");
            }
        }
        address("/", &(query + &self.language_query() + &self.after_query()))
    }

    /// The address of a station's sheet that still knows the way from this place.
    pub(super) fn station_href(&self, id: impl std::fmt::Display) -> String {
        let place = if matches!(self.place, Place::At(_)) { self.place_query() } else { String::new() };
        address(&format!("/stations/{id}"), &(place + &self.language_query()))
    }

    fn place_query(&self) -> String {
        match self.place {
            Place::At(at) => format!("&lat={:.4}&lon={:.4}", at.lat(), at.lon()),
            Place::District(adcode) => format!("&district={adcode}"),
            Place::Nowhere | Place::Nonsense => String::new(),
        }
    }

    fn language_query(&self) -> String {
        self.language.map_or_else(String::new, |language| format!("&lang={}", language.of("zh", "en")))
    }

    fn after_query(&self) -> String {
        self.after.map_or_else(String::new, |id| format!("&after={id}"))
    }
}

fn address(path: &str, query: &str) -> String {
    match query.strip_prefix('&') {
        Some(query) => format!("{path}?{query}"),
        None => path.to_owned(),
    }
}

fn position(lon: Option<&str>, lat: Option<&str>) -> Option<Position> {
    Position::new(lon?.parse().ok()?, lat?.parse().ok()?).ok()
}

/// The language that `zh` or `en` names, with or without a region.
pub(super) fn named_language(text: &str) -> Option<Language> {
    match text.split('-').next()? {
        "zh" => Some(Language::ZhCn),
        "en" => Some(Language::En),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(query: &str) -> Asked {
        let pairs = query.split('&').filter_map(|pair| pair.split_once('='));
        Asked::read(&pairs.map(|(k, v)| (k.to_owned(), v.to_owned())).collect::<Vec<_>>())
    }

    #[test]
    fn an_address_is_read_and_written_back() {
        for query in [
            "lat=39.8350&lon=119.4890",
            "lat=39.8350&lon=119.4890&open=any&facility=microwave,toilet&no_phone=true&always_open=true&lang=en",
            "district=130304&facility=heating",
        ] {
            assert_eq!(asked(query).list_href(), format!("/?{query}"));
        }
        assert_eq!(asked("").list_href(), "/");
    }

    #[test]
    fn what_an_address_adds_beside_is_passed_over() {
        assert_eq!(
            asked("from=groupmessage&facility=microwave,warp_drive").list_href(),
            "/?facility=microwave"
        );
        assert_eq!(asked("district=somewhere").place, Place::Nowhere);
    }

    #[test]
    fn a_position_that_cannot_be_is_said_to_be_none() {
        for query in ["lat=91&lon=10", "lat=10", "lat=abc&lon=1", "lat=NaN&lon=1", "lat=&lon="] {
            assert_eq!(asked(query).place, Place::Nonsense, "{query}");
        }
    }

    #[test]
    fn a_sheet_keeps_the_position_but_not_the_filters() {
        let id = "0199";
        assert_eq!(
            asked("lat=39.83501&lon=119.489&facility=tv").station_href(id),
            "/stations/0199?lat=39.8350&lon=119.4890"
        );
        assert_eq!(asked("district=130304").station_href(id), "/stations/0199");
    }

    #[test]
    fn a_facility_is_asked_for_and_let_go() {
        let once = asked("").wanted.toggled(FacilityCode::Toilet);
        assert_eq!(once.facilities, [FacilityCode::Toilet]);
        assert!(once.toggled(FacilityCode::Toilet).facilities.is_empty());
    }
}
