//! A station made ready for answers: its openings resolved, its mask made, its words folded.

use std::sync::Arc;

use spatial::Position;

use super::Source;
use super::facility::OwnFacility;
use super::notices::resolved;
use crate::city::District;
use crate::city::search::Searchable;
use crate::stations::hours::{Opening, Openings};
use crate::stations::model::{Access, Facility, FacilityCode, Host, Station, Status, Working};
use crate::stations::photo::Photo;
use crate::stations::search::searchable;
use crate::stations::state::Notice;

/// A public station with what is worked out once per revision.
#[derive(Debug)]
pub struct Entry {
    /// The station itself.
    pub station: Station,
    /// Its hours; `None` where they are not certain.
    pub opening: Option<Arc<Opening>>,
    /// The own hours of each facility, in the order of the station's facilities.
    own_openings: Vec<Option<Arc<Opening>>>,
    /// The notices for all of it, earliest first.
    pub notices: Vec<Notice>,
    /// Those for one of its facilities, earliest first; only facilities that have any are here.
    pub facility_notices: Vec<(FacilityCode, Vec<Notice>)>,
    /// Its photos in their order; the pictures themselves stay in the database.
    pub photos: Vec<Photo>,
    /// Name, signboard and other names, then number, address and district, for search.
    pub search: Searchable,
    /// Its bits in the index.
    pub mask: u64,
}

/// Where the host bits of a mask begin, above the facility bits.
const HOST_SHIFT: usize = FacilityCode::ALL.len();
/// The bit of stations that one can enter without a phone.
pub(super) const NO_PHONE: u64 = 1 << (HOST_SHIFT + Host::ALL.len());
/// The bit of stations that never close by their hours.
pub(super) const ALWAYS_OPEN: u64 = NO_PHONE << 1;
const _: () = assert!(ALWAYS_OPEN.leading_zeros() < 64, "the mask has room for every bit");

/// The bit of a host in a mask.
pub(super) fn host_bit(host: Host) -> u64 {
    host.bit() << HOST_SHIFT
}

impl Entry {
    /// Makes a station of a district ready; its facilities are put in the order of the vocabulary.
    pub fn new(
        (mut station, notices, photos): Source,
        district: Option<&District>,
        openings: &mut Openings,
    ) -> Self {
        let opening = station.facts.hours.as_deref().and_then(|h| openings.of(h));
        station.facts.facilities.sort_by_key(|f| f.code);
        let own = |f: &Facility| f.hours.as_deref().and_then(|h| openings.of(h));
        let own_openings = station.facts.facilities.iter().map(own).collect();
        let (notices, facility_notices) = resolved(notices, &station, openings);
        let search = found_by(&station, district);
        let mut entry =
            Self { station, opening, own_openings, notices, facility_notices, photos, search, mask: 0 };
        entry.mask = entry.make_mask();
        entry
    }

    /// Its own hours, those of its facilities, and those of notices.
    pub fn openings(&self) -> impl Iterator<Item = &Arc<Opening>> {
        let during = self.all_notices().filter_map(|(_, notice)| notice.during.as_ref());
        self.opening.iter().chain(self.own_openings.iter().flatten()).chain(during)
    }

    /// Its notices, each with the facility that it is for, if it is for one.
    pub fn all_notices(&self) -> impl Iterator<Item = (Option<FacilityCode>, &Notice)> {
        let own = self.notices.iter().map(|notice| (None, notice));
        let of_facilities = self
            .facility_notices
            .iter()
            .flat_map(|(code, notices)| notices.iter().map(|notice| (Some(*code), notice)));
        own.chain(of_facilities)
    }

    /// Where it stands, WGS-84.
    pub fn position(&self) -> Position {
        self.station.facts.position
    }

    /// Whether it is suspended, and so never open.
    pub fn is_suspended(&self) -> bool {
        self.station.status == Status::Suspended
    }

    /// Whether it never closes by its hours.
    pub fn is_always_open(&self) -> bool {
        self.opening.as_ref().is_some_and(|o| o.always)
    }

    /// Its facilities in the order of the vocabulary.
    pub fn facilities(&self) -> impl Iterator<Item = OwnFacility<'_>> {
        let openings = self.own_openings.iter().map(Option::as_deref);
        let facilities = self.station.facts.facilities.iter().zip(openings);
        facilities.map(|(facility, opening)| {
            let own = self.facility_notices.iter().find(|(code, _)| *code == facility.code);
            let notices = own.map_or(&[][..], |(_, notices)| notices);
            OwnFacility { facility, opening, notices }
        })
    }

    /// The facility of a code, if the station has it.
    pub fn facility(&self, code: FacilityCode) -> Option<OwnFacility<'_>> {
        self.facilities().find(|f| f.facility.code == code)
    }

    /// Whether one can enter without a phone: as stated, or else by the ways in, where any is stated.
    pub fn no_phone(&self) -> Option<bool> {
        let access = &self.station.facts.access;
        let by_hand = |a: &Access| matches!(a, Access::OpenDoor | Access::Ring | Access::Key | Access::Face);
        self.station.facts.no_phone.or((!access.is_empty()).then(|| access.iter().any(by_hand)))
    }

    /// What a search can rule out without looking at the time. Facilities that are broken have no bit.
    fn make_mask(&self) -> u64 {
        let working = self.station.facts.facilities.iter().filter(|f| f.working == Working::Ok);
        let facilities = working.fold(0, |mask, f| mask | f.code.bit());
        let host = self.station.facts.host.map_or(0, host_bit);
        let no_phone = if self.no_phone() == Some(true) { NO_PHONE } else { 0 };
        let always = if self.is_always_open() { ALWAYS_OPEN } else { 0 };
        facilities | host | no_phone | always
    }
}

fn found_by(station: &Station, district: Option<&District>) -> Searchable {
    let own = searchable(&station.facts);
    match district {
        Some(district) => own.with(&district.search),
        None => own,
    }
}
