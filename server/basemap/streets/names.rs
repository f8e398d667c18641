//! The names in a window of streets, each once and where there is most room for it.

use std::collections::BTreeMap;

use geo::Coord;
use spatial::mvt::Pixel;

use super::kinds::{Tags, Way};
use crate::basemap::label;
use crate::basemap::scene::{Name, NameKind, Rings, UNITS};

/// The most characters of a name; a longer one is left out.
const MOST_CHARS: usize = 40;
/// What must be seen of a road or a river for it to be named, as a share of the side.
const NAMED_LENGTH: f64 = 0.12;
/// Ranks of names.
const SEA: u8 = 0;
const WATER: u8 = 2;
const TOWN: u8 = 3;

/// Names as they are found.
#[derive(Default)]
pub(super) struct Names(BTreeMap<(NameKind, String), Found>);

struct Found {
    at: (f64, f64),
    rank: u8,
    /// Room at the place: of several places with one name that with most is taken.
    room: f64,
    /// Room at all places with that name.
    whole: f64,
}

impl Names {
    /// A point with a name: a quarter, a lake.
    pub(super) fn point(&mut self, layer: &str, tags: &Tags<'_>, at: Coord<f64>) {
        let kind = tags.kind();
        let (kind, rank) = match layer {
            "places" => match kind {
                "city" | "town" | "village" | "locality" => (NameKind::Town, TOWN),
                "neighbourhood" | "suburb" | "quarter" | "macrohood" | "hamlet" => (NameKind::Town, TOWN + 1),
                _ => return,
            },
            "water" | "physical_point" if ["ocean", "sea", "bay", "strait"].contains(&kind) => {
                (NameKind::Sea, SEA)
            }
            "water" | "physical_point" if ["lake", "river", "water"].contains(&kind) => {
                (NameKind::Water, WATER)
            }
            _ => return,
        };
        let side = f64::from(UNITS);
        self.add(kind, tags, (at.x / side, at.y / side), rank, f64::INFINITY);
    }

    /// The name of water of which these polygons are seen.
    pub(super) fn water(&mut self, tags: &Tags<'_>, seen: &[Rings]) {
        if said(tags).is_some()
            && let Some(at) = label::inside(seen)
        {
            self.add(NameKind::Water, tags, at, WATER, label::share(seen));
        }
    }

    /// The name of a road or a river of which these lines are seen.
    pub(super) fn way(&mut self, way: Way, tags: &Tags<'_>, seen: &[Vec<Pixel>]) {
        let (kind, rank) = match way {
            Way::River => (NameKind::Water, WATER),
            Way::Highway => (NameKind::Road, 4),
            Way::Major => (NameKind::Road, 5),
            Way::Medium => (NameKind::Road, 6),
            Way::Minor => (NameKind::Road, 7),
            Way::Service => (NameKind::Road, 8),
            Way::Stream | Way::Rail | Way::Path => return,
        };
        for (at, length) in seen.iter().filter_map(|line| label::halfway(line)) {
            self.add(kind, tags, at, rank, length);
        }
    }

    fn add(&mut self, kind: NameKind, tags: &Tags<'_>, at: (f64, f64), rank: u8, room: f64) {
        let Some(text) = said(tags) else { return };
        let key = (kind, text.to_owned());
        let known = self.0.entry(key).or_insert(Found { at, rank, room: -1.0, whole: 0.0 });
        let whole = known.whole + room;
        let rank = rank.min(known.rank);
        if room > known.room {
            *known = Found { at, rank, room, whole };
        }
        (known.whole, known.rank) = (whole, rank);
    }

    /// Those of which enough is seen, the largest of a rank first.
    pub(super) fn into_names(self) -> Vec<Name> {
        let is_long = |(key, found): &((NameKind, String), Found)| {
            key.0 != NameKind::Road || found.whole >= NAMED_LENGTH
        };
        let mut all: Vec<_> = self.0.into_iter().filter(is_long).collect();
        all.sort_by(|(_, a), (_, b)| a.rank.cmp(&b.rank).then(b.whole.total_cmp(&a.whole)));
        let name = |((kind, text), found): ((NameKind, String), Found)| Name {
            text,
            at: found.at,
            kind,
            rank: found.rank,
        };
        all.into_iter().map(name).collect()
    }
}

/// The name in Chinese, or as the place calls itself; none that is too long to be written.
fn said<'a>(tags: &Tags<'a>) -> Option<&'a str> {
    let text = tags.text(&["name:zh-Hans", "name:zh", "name"])?;
    (text.chars().count() <= MOST_CHARS && !text.contains(char::is_control)).then_some(text)
}
