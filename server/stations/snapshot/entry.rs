//! A station made ready for answers: its openings resolved, its mask made, its words folded.

use std::sync::Arc;

use spatial::Position;

use super::Source;
use super::opening::{Opening, Openings};
use crate::city::District;
use crate::city::search::Searchable;
use crate::ids::NoticeId;
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
    /// Its notices, with their ids, earliest first.
    pub notices: Vec<Notice>,
    /// The ids of the notices, in the same order.
    pub notice_ids: Vec<NoticeId>,
    /// Its photos in their order; the pictures themselves stay in the database.
    pub photos: Vec<Photo>,
    /// Name, signboard and other names, then number, address and district, for search.
    pub search: Searchable,
    /// Its bits in the index.
    pub mask: u64,
}

/// A facility with its own hours resolved.
#[derive(Debug, Clone, Copy)]
pub struct OwnFacility<'a> {
    /// What the registry says of it.
    pub facility: &'a Facility,
    /// Its own hours, where it has any.
    pub opening: Option<&'a Opening>,
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
        let (notice_ids, notices) = notices.into_iter().unzip();
        let search = found_by(&station, district);
        let mut entry = Self { station, opening, own_openings, notices, notice_ids, photos, search, mask: 0 };
        entry.mask = entry.make_mask();
        entry
    }

    /// Its own hours and those of its facilities.
    pub fn openings(&self) -> impl Iterator<Item = &Arc<Opening>> {
        self.opening.iter().chain(self.own_openings.iter().flatten())
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
        facilities.map(|(facility, opening)| OwnFacility { facility, opening })
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
