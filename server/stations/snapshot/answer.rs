//! Answers: the nearest stations, a page of a list, one station.

use chrono::{DateTime, FixedOffset};
use spatial::{Hit, Position};

use super::{Entry, Moment, NoticeAt, Snapshot};
use crate::ids::StationId;
use crate::stations::feature::{Feature, Properties};
use crate::stations::hours::DayHours;
use crate::stations::nav::Nav;
use crate::stations::photo::Photo;
use crate::stations::query::{Frame, ListQuery, NearestQuery};
use crate::stations::travel::Travel;

/// The stations nearest to a position, nearest first.
#[derive(Debug)]
pub struct Nearest<'a> {
    /// At most as many as asked for.
    pub features: Vec<Feature<'a>>,
    /// Where nothing was found within the radius: the nearest match past it.
    pub beyond: Option<Beyond>,
    /// The instant described.
    pub at: DateTime<FixedOffset>,
    /// The registry's revision.
    pub revision: i64,
}

/// A match past the radius asked for.
#[derive(Debug, Clone, Copy, PartialEq, serde::Serialize, utoipa::ToSchema)]
pub struct Beyond {
    /// Which station.
    pub id: StationId,
    /// How far it is, in metres.
    pub nearest_m: f64,
}

/// One page of a list.
#[derive(Debug)]
pub struct Listing<'a> {
    /// In the order of the ids.
    pub features: Vec<Feature<'a>>,
    /// The station after which the next page begins, where there is one.
    pub next: Option<StationId>,
    /// The instant described.
    pub at: DateTime<FixedOffset>,
    /// The registry's revision.
    pub revision: i64,
}

/// One station with all that its sheet shows.
#[derive(Debug)]
pub struct Detail<'a> {
    /// The station.
    pub feature: Feature<'a>,
    /// Links into navigation apps.
    pub nav: Nav,
    /// Its hours of seven days from today; `None` where they are not certain.
    pub week: Option<Vec<DayHours>>,
    /// The notices in force and those of the next days, earliest first.
    pub notices: Vec<NoticeAt<'a>>,
    /// Photos of its door, in their order.
    pub photos: &'a [Photo],
    /// The instant described.
    pub at: DateTime<FixedOffset>,
    /// The registry's revision.
    pub revision: i64,
}

impl Snapshot {
    /// The stations nearest to a position by the geodesic, equally distant ones in the order of their ids.
    pub fn nearest(&self, query: &NearestQuery) -> Nearest<'_> {
        let moment = Moment::new(query.frame.at, self.zone());
        let found = self.hits(query, &moment);
        let beyond = if found.is_empty() { self.beyond(query, &moment) } else { None };
        let distance = |entry: &Entry| Some(query.from.geodesic_m(entry.position()));
        let features =
            found.into_iter().map(|(e, _)| self.feature(e, &query.frame, &moment, distance(e))).collect();
        Nearest { features, beyond, at: moment.at, revision: self.revision() }
    }

    fn hits<'a>(&'a self, query: &NearestQuery, moment: &Moment) -> Vec<(&'a Entry, Hit)> {
        let mut found: Vec<(&Entry, Hit)> = Vec::with_capacity(query.limit);
        for (entry, hit) in self.matches(query, moment) {
            let tied = found.last().is_some_and(|(_, last)| last.chord_m.total_cmp(&hit.chord_m).is_eq());
            if hit.chord_m > query.within_m || (found.len() >= query.limit && !tied) {
                break;
            }
            found.push((entry, hit));
        }
        // Stations in one place come by slot, which differs between servers; their ids do not.
        found.sort_by(|a, b| a.1.chord_m.total_cmp(&b.1.chord_m).then(a.0.station.id.cmp(&b.0.station.id)));
        found.truncate(query.limit);
        found
    }

    fn matches<'a, 'q>(
        &'a self,
        query: &'q NearestQuery,
        moment: &Moment,
    ) -> impl Iterator<Item = (&'a Entry, Hit)> + use<'a, 'q> {
        let chosen = query.filter.at(*moment);
        let walk = self.index.by_distance(query.from, query.filter.all_bits(), query.filter.any_bits());
        walk.filter_map(|hit| Some((self.entry(hit.slot)?.as_ref(), hit))).filter(move |(e, _)| chosen.has(e))
    }

    fn beyond(&self, query: &NearestQuery, moment: &Moment) -> Option<Beyond> {
        let (entry, _) = self.matches(query, moment).next()?;
        let nearest_m = tenths(query.from.geodesic_m(entry.position()));
        Some(Beyond { id: entry.station.id, nearest_m })
    }

    /// One page of the stations that a query chooses.
    pub fn list(&self, query: &ListQuery) -> Listing<'_> {
        let moment = Moment::new(query.frame.at, self.zone());
        let chosen = query.filter.at(moment);
        let start =
            query.after.map_or(0, |id| self.by_id.partition_point(|slot| self.id_of(*slot) <= Some(id)));
        let inside = |e: &Entry| query.bbox.is_none_or(|b| b.contains(e.position()));
        let mut rest = self.by_id[start..]
            .iter()
            .filter_map(|slot| self.entry(*slot))
            .filter(|e| inside(e) && chosen.has(e));
        let page: Vec<_> = rest.by_ref().take(query.limit).collect();
        let next = rest.next().and(page.last()).map(|e| e.station.id);
        let features = page.into_iter().map(|e| self.feature(e, &query.frame, &moment, None)).collect();
        Listing { features, next, at: moment.at, revision: self.revision() }
    }

    fn id_of(&self, slot: u32) -> Option<StationId> {
        self.entry(slot).map(|e| e.station.id)
    }

    /// One public station; `from` adds the distance.
    pub fn find(&self, id: StationId, frame: &Frame, from: Option<Position>) -> Option<Detail<'_>> {
        let entry = self.entry(*self.slots.get(&id)?)?;
        let moment = Moment::new(frame.at, self.zone());
        let distance = from.map(|p| p.geodesic_m(entry.position()));
        let feature = self.feature(entry, frame, &moment, distance);
        let week = entry.opening.as_ref().map(|o| o.timeline.hours().week(moment.local.date()));
        let nav = Nav::to(&entry.station.facts);
        let (notices, photos) =
            (entry.notices_announced(&moment, &moment, frame.language), &entry.photos[..]);
        Some(Detail { feature, nav, week, notices, photos, at: moment.at, revision: self.revision() })
    }

    /// A station as of an instant.
    pub(crate) fn feature<'a>(
        &'a self,
        entry: &'a Entry,
        frame: &Frame,
        moment: &Moment,
        distance_m: Option<f64>,
    ) -> Feature<'a> {
        let facts = &entry.station.facts;
        let state = entry.state(moment);
        let open = state.state.is_open();
        let words = entry.opening.as_ref().map(|o| o.words(frame.language)).or(facts.hours_text.as_deref());
        let travel = distance_m.map(|m| Travel::estimate(m, &self.ground.walk));
        let properties = Properties {
            id: entry.station.id,
            code: facts.code.as_deref(),
            name: &facts.name,
            signboard: facts.signboard.as_deref().unwrap_or(&facts.name),
            district: facts.district,
            address: facts.address.as_deref(),
            build: facts.build,
            partner: facts.partner.as_deref(),
            host: facts.host,
            form: facts.form,
            facilities: entry.facilities().map(|f| f.at(open, moment)).collect(),
            access: &facts.access,
            no_phone: entry.no_phone(),
            hours: facts.hours.as_deref(),
            hours_text: words.unwrap_or_default(),
            state: state.state,
            provisional: state.provisional,
            state_until: state.until.map(|t| moment.stamp(t)),
            opens_at: state.opens_at.map(|t| moment.stamp(t)),
            closes_at: state.closes_at.map(|t| moment.stamp(t)),
            notice: state.notice.and_then(|i| entry.notices.get(i)).map(|n| &*n.reason),
            distance_m: distance_m.map(tenths),
            walk_s: travel.map(|t| t.walk_s),
            ride_s: travel.map(|t| t.ride_s),
            walk_basis: travel.map(|t| t.basis),
            phone: facts.phone.as_deref(),
            rating: entry.station.rating,
            last_confirmed: entry.station.last_confirmed,
            opened_on: facts.opened_on,
            capacity: facts.capacity,
            trades: &facts.trades,
            demonstration: entry.station.demonstration,
        };
        Feature { position: frame.out_crs.from_wgs84(entry.position()), properties }
    }
}

/// Metres to one decimal.
fn tenths(metres: f64) -> f64 {
    (metres * 10.0).round() / 10.0
}
