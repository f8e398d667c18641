//! Which stations belong to the copy of a district: measured once for a snapshot, because it does not depend on
//! the hour.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use super::{Entry, Snapshot};
use crate::city::District;
use crate::ids::Adcode;

/// How far outside a district's outline stations belong to its copy, in metres.
pub const AROUND_M: f64 = 5_000.0;

/// The slots of each district that was asked for.
#[derive(Debug, Default)]
pub(super) struct Around(Mutex<HashMap<Adcode, Arc<[u32]>>>);

impl Snapshot {
    /// The stations that name a district, and those within [`AROUND_M`] of its outline, in the order of their ids.
    pub fn around(&self, district: &District) -> Vec<&Entry> {
        let known = |around: &Around| {
            around.0.lock().unwrap_or_else(PoisonError::into_inner).get(&district.adcode).cloned()
        };
        let slots = known(&self.around).unwrap_or_else(|| self.measure(district));
        slots.iter().filter_map(|slot| self.entry(*slot).map(AsRef::as_ref)).collect()
    }

    fn measure(&self, district: &District) -> Arc<[u32]> {
        let belongs = |e: &Entry| {
            e.station.facts.district == Some(district.adcode) || district.reaches(e.position(), AROUND_M)
        };
        let slots = self.by_id.iter().filter(|slot| self.entry(**slot).is_some_and(|e| belongs(e)));
        let slots: Arc<[u32]> = slots.copied().collect();
        let mut known = self.around.0.lock().unwrap_or_else(PoisonError::into_inner);
        known.insert(district.adcode, slots.clone());
        slots
    }
}
