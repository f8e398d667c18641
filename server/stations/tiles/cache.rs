//! Tiles that were drawn for the present version, so that the same tile is drawn once.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use spatial::TileCoord;

use super::encode::Encoding;
use crate::stations::query::Filter;
use crate::stations::snapshot::Version;

/// The most bytes of tiles kept; beyond it the cache begins anew.
const MOST_BYTES: usize = 64 << 20;

/// What a tile's bytes depend on besides the version.
pub(super) type Key = (TileCoord, Encoding, Filter);

/// Tiles of one version. A new version empties it.
#[derive(Debug, Default)]
pub struct TileCache {
    kept: Mutex<Kept>,
}

#[derive(Debug, Default)]
struct Kept {
    version: Option<Version>,
    bytes: usize,
    tiles: HashMap<Key, Arc<Vec<u8>>>,
}

impl TileCache {
    /// The bytes of a tile, drawn by `make` where they are not kept. Drawing happens outside the lock.
    pub fn get(&self, version: Version, key: Key, make: impl FnOnce() -> Vec<u8>) -> Arc<Vec<u8>> {
        if let Some(tile) = self.with(version, |kept| kept.tiles.get(&key).cloned()) {
            return tile;
        }
        let tile = Arc::new(make());
        self.with(version, |kept| kept.insert(key, tile.clone()));
        tile
    }

    fn with<T>(&self, version: Version, then: impl FnOnce(&mut Kept) -> T) -> T {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.version != Some(version) {
            *kept = Kept { version: Some(version), ..Kept::default() };
        }
        then(&mut kept)
    }
}

impl Kept {
    fn insert(&mut self, key: Key, tile: Arc<Vec<u8>>) {
        if self.bytes + tile.len() > MOST_BYTES {
            self.tiles.clear();
            self.bytes = 0;
        }
        self.bytes += tile.len();
        self.tiles.insert(key, tile);
    }
}
