//! What the address of a page asks for, and addresses made from it.

mod href;
mod wanted;

use std::str::FromStr;

use chrono::{NaiveDateTime, Timelike};
use spatial::Position;

pub(super) use self::wanted::Wanted;
use crate::ids::{Adcode, StationId};
use crate::language::Language;
use crate::stations::query::MAX_SEARCH;

/// Everything a page takes from its query string. Unknown parameters are passed over, because chat apps add
/// their own.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Asked {
    /// The page that is asked, `/` where it is empty: links for filters and places stay on it.
    pub(super) page: &'static str,
    /// The place around which to look.
    pub(super) place: Place,
    /// What a station must have.
    pub(super) wanted: Wanted,
    /// When, on the city's clocks, where it is not now.
    pub(super) at: Option<NaiveDateTime>,
    /// How one gets there.
    pub(super) by: By,
    /// The words that are looked for; empty where none are.
    pub(super) text: String,
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

/// How one gets there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum By {
    /// On foot.
    #[default]
    Walk,
    /// On a bicycle or an e-bike.
    Ride,
}

/// How the form of a page writes an instant, and how an address does.
const MINUTE: &str = "%Y-%m-%dT%H:%M";

impl Asked {
    /// Reads the parameters of an address.
    pub(super) fn read(pairs: &[(String, String)]) -> Self {
        let value =
            |name: &str| pairs.iter().rev().find(|(key, _)| key == name).map(|(_, value)| value.as_str());
        let place = match (value("lon"), value("lat"), value("district").map(Adcode::from_str)) {
            (None, None, Some(Ok(district))) => Place::District(district),
            (None, None, _) => Place::Nowhere,
            (lon, lat, _) => position(lon, lat).map_or(Place::Nonsense, Place::At),
        };
        Self {
            page: "",
            place,
            wanted: Wanted::read(value),
            at: value("at").and_then(minute),
            by: if value("by") == Some("ride") { By::Ride } else { By::Walk },
            text: value("q").unwrap_or_default().trim().chars().take(MAX_SEARCH).collect(),
            language: value("lang").and_then(named_language),
            after: value("after").and_then(|id| id.parse().ok()),
        }
    }
}

fn position(lon: Option<&str>, lat: Option<&str>) -> Option<Position> {
    Position::new(lon?.parse().ok()?, lat?.parse().ok()?).ok()
}

/// A local time to the minute; seconds are passed over.
fn minute(text: &str) -> Option<NaiveDateTime> {
    let whole = NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M:%S");
    whole.or_else(|_| NaiveDateTime::parse_from_str(text, MINUTE)).ok()?.with_second(0)
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
            "lat=39.8350&lon=119.4890&at=2026-11-25T22:00&by=ride&facility=toilet",
            "q=haigang&open=any",
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
    fn words_are_written_so_that_any_browser_reads_them() {
        let found = Asked { text: "海港 &a".to_owned(), ..Asked::default() };
        assert_eq!(found.list_href(), "/?q=%E6%B5%B7%E6%B8%AF%20%26a");
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
}
