//! What a start page says of all stations together: counted once for a snapshot, not for each visit.

use std::collections::BTreeMap;

use spatial::Position;

use super::Snapshot;
use crate::ids::Adcode;

/// All stations together.
#[derive(Debug, Default)]
pub struct Summary {
    /// How many stations each district has; districts without any are left out.
    pub by_district: BTreeMap<Adcode, usize>,
    /// The mean of their positions.
    pub middle: Option<Position>,
    /// Whether any of them is a demonstration.
    pub is_demonstration: bool,
}

impl Snapshot {
    /// All stations together.
    pub fn summary(&self) -> &Summary {
        self.summary.get_or_init(|| self.summed_up())
    }

    fn summed_up(&self) -> Summary {
        let mut summary = Summary::default();
        let (mut lon, mut lat, mut stations) = (0.0, 0.0, 0.0);
        for entry in self.entries() {
            if let Some(adcode) = entry.station.facts.district {
                *summary.by_district.entry(adcode).or_default() += 1;
            }
            (lon, lat, stations) =
                (lon + entry.position().lon(), lat + entry.position().lat(), stations + 1.0);
            summary.is_demonstration |= entry.station.demonstration;
        }
        summary.middle = Position::new(lon / stations, lat / stations).ok();
        summary
    }
}
