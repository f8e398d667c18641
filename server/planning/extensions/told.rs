//! Extensions as they are told.

use serde::Serialize;
use utoipa::ToSchema;

use super::candidates::Kind;
use super::count::{Ranked, Weighed};
use crate::ids::{Adcode, StationId};
use crate::planning::basis::Basis;
use crate::planning::told::{Frame, Share, whole};

/// The path of the question.
pub(super) const PATH: &str = "/api/v1/coverage/extensions";

/// Which stations, open some hours longer, would cover most.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = CoverageExtensions)]
pub(super) struct Told {
    #[serde(flatten)]
    pub(super) frame: Frame,
    /// The best first.
    pub(super) items: Vec<Item>,
    /// Coverage of the week as it is.
    before: Share,
    /// Coverage with all of these.
    after: Share,
}

/// One station and the hours that would help.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = CoverageExtension)]
pub(super) struct Item {
    /// Its place, from 1.
    pub(super) rank: usize,
    pub(super) station: Station,
    /// When of the day.
    kind: Kind,
    /// On which days, 1 for Monday to 7 for Sunday.
    days: Vec<u8>,
    /// The first hour, 0 to 23.
    from_hour: u8,
    /// The hour at which it would end, 1 to 24.
    to_hour: u8,
    /// These hours in words.
    pub(super) hours_text: String,
    /// Newly covered by it alone: people times hours of the week.
    pub(super) gain: i64,
    /// Newly covered after those above it.
    pub(super) added: i64,
    /// The most people whom it newly covers at one hour.
    pub(super) people: i64,
    /// How many hours a week it would be open longer.
    pub(super) opening_hours: usize,
}

/// A station as tables name it.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = CoverageStation)]
pub(super) struct Station {
    #[schema(value_type = String)]
    id: StationId,
    /// Its official number.
    #[schema(required)]
    pub(super) code: Option<String>,
    pub(super) name: String,
    #[schema(value_type = Option<String>, required)]
    district: Option<Adcode>,
    pub(super) lon: f64,
    pub(super) lat: f64,
}

impl Told {
    /// The extensions of a question; `more` is what only this question has.
    pub(super) fn new(basis: &Basis, ranked: &Ranked, more: &[(&str, String)]) -> Self {
        let share = |covered: f64| Share::of(covered, ranked.whole, ranked.people);
        let mut frame = Frame::new(basis, PATH, more);
        let zh = "每条是一处驿站在某些天多开的几小时：开门前、中午、关门后；只算本来开门的日子，设施照旧能用。按一周新覆盖的人·小时排，\
                  先选最多的，再算其余的还能添多少。";
        let en = " Each line is a station open some hours longer: before it opens, through midday, after it closes; \
                  only on days on which it opens at all, with its facilities as they are. Ranked by the person-hours \
                  of a week that are newly covered, each after those above it.";
        frame.method.push_str(basis.language.of(zh, en));
        frame.unit = "person_hours";
        let items = (1..).zip(&ranked.items).filter_map(|(rank, weighed)| Item::new(basis, rank, weighed));
        Self { items: items.collect(), before: share(ranked.before), after: share(ranked.after), frame }
    }
}

impl Item {
    fn new(basis: &Basis, rank: usize, weighed: &Weighed) -> Option<Self> {
        let entry = basis.snapshot.station(weighed.station)?;
        let (facts, span) = (&entry.station.facts, &weighed.extension.span);
        Some(Self {
            rank,
            station: Station {
                id: weighed.station,
                code: facts.code.clone(),
                name: facts.name.clone(),
                district: facts.district,
                lon: entry.position().lon(),
                lat: entry.position().lat(),
            },
            kind: weighed.extension.kind,
            days: span.days.clone(),
            from_hour: span.from_hour,
            to_hour: span.to_hour,
            hours_text: span.words(basis.language),
            gain: whole(weighed.gain),
            added: whole(weighed.added),
            people: whole(weighed.people),
            opening_hours: span.hours(),
        })
    }
}
