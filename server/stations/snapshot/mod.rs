//! The live index: every public station of one revision, ready to be asked.
//!
//! A snapshot is immutable and swapped whole. A reader takes it once per request, so that one answer
//! never mixes two revisions. No read of the map touches the database.

mod answer;
mod around;
mod build;
mod entry;
mod facility;
mod filter;
mod moment;
mod notices;
mod summary;
mod version;

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, OnceLock};

use chrono::NaiveDate;
use spatial::{Datum, Index, TileIndex};

pub use answer::{Beyond, Detail, Listing, Nearest};
pub use around::AROUND_M;
pub use build::Source;
pub use entry::Entry;
pub use facility::OwnFacility;
pub use filter::Chosen;
pub use moment::Moment;
pub use notices::{Announced, NoticeAt};
pub use summary::Summary;
pub use version::Version;

use self::around::Around;
use crate::city::City;
use crate::config::Walk;
use crate::ids::{PhotoId, StationId};
use crate::stations::changes::ChangeLog;
use crate::stations::hours::Openings;
use crate::time::Zone;

/// What a snapshot needs besides stations; the same for all snapshots of a process.
#[derive(Debug, Clone)]
pub struct Ground {
    /// Districts, calendar and words.
    pub city: Arc<City>,
    /// The zone of opening hours.
    pub zone: Zone,
    /// How walking times are estimated.
    pub walk: Walk,
}

/// All public stations of one revision.
#[derive(Debug)]
pub struct Snapshot {
    ground: Ground,
    revision: i64,
    /// The first day of the precomputed opening times.
    day: NaiveDate,
    openings: Openings,
    /// By slot; a slot whose station is no longer public is empty.
    entries: Vec<Option<Arc<Entry>>>,
    slots: HashMap<StationId, u32>,
    /// The slots in the order of their ids, for lists.
    by_id: Vec<u32>,
    index: Index,
    tiles: TileIndex,
    /// The same by their positions in GCJ-02, made when first asked for.
    tiles_gcj02: OnceLock<TileIndex>,
    /// Those of each district's copy, measured when first asked for.
    around: Around,
    /// All of them together, summed up when first asked for.
    summary: OnceLock<Summary>,
    /// The photos of all stations.
    photos: HashSet<PhotoId>,
    /// Minutes since 1970 at which any state changes, up to the horizon (see [`Version`]).
    changes: Vec<i64>,
    horizon: i64,
    /// Which stations changed last.
    changed: Arc<ChangeLog>,
}

impl Snapshot {
    /// The revision it shows.
    pub fn revision(&self) -> i64 {
        self.revision
    }

    /// The first day of its precomputed opening times.
    pub fn day(&self) -> NaiveDate {
        self.day
    }

    /// How many stations are public.
    pub fn len(&self) -> usize {
        self.by_id.len()
    }

    /// Whether no station is public.
    pub fn is_empty(&self) -> bool {
        self.by_id.is_empty()
    }

    /// The standing facts around the stations.
    pub fn ground(&self) -> &Ground {
        &self.ground
    }

    /// The city around the stations.
    pub fn city(&self) -> &City {
        &self.ground.city
    }

    /// The zone of opening hours.
    pub fn zone(&self) -> Zone {
        self.ground.zone
    }

    /// The stations by tile, on a map drawn in GCJ-02 or, for every other coordinate system, in WGS-84.
    pub fn tiles(&self, datum: Datum) -> &TileIndex {
        if datum != Datum::Gcj02 {
            return &self.tiles;
        }
        self.tiles_gcj02.get_or_init(|| {
            let taken = self.by_id.iter().filter_map(|slot| Some((*slot, self.entry(*slot)?)));
            TileIndex::build(taken.map(|(slot, e)| (slot, datum.from_wgs84(e.position()))))
        })
    }

    /// Which stations changed last.
    pub fn changed(&self) -> &ChangeLog {
        &self.changed
    }

    /// The same snapshot with what is known of the last changes.
    #[must_use]
    pub fn remembering(self, changed: ChangeLog) -> Self {
        Self { changed: Arc::new(changed), ..self }
    }

    /// A public station.
    pub fn station(&self, id: StationId) -> Option<&Entry> {
        self.entry(*self.slots.get(&id)?).map(AsRef::as_ref)
    }

    /// Whether a station is public.
    pub fn has(&self, id: StationId) -> bool {
        self.slots.contains_key(&id)
    }

    /// Whether a photo belongs to a public station.
    pub fn has_photo(&self, id: PhotoId) -> bool {
        self.photos.contains(&id)
    }

    /// A public station by its id.
    pub fn public(&self, id: StationId) -> Option<&Arc<Entry>> {
        self.entry(*self.slots.get(&id)?)
    }

    /// The station in a slot.
    pub fn entry(&self, slot: u32) -> Option<&Arc<Entry>> {
        self.entries.get(slot as usize)?.as_ref()
    }

    /// Every public station in the order of the ids.
    pub fn entries(&self) -> impl Iterator<Item = &Arc<Entry>> {
        self.by_id.iter().filter_map(|slot| self.entry(*slot))
    }
}
