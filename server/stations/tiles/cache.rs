//! Tiles that were drawn for the present version, so that the same tile is drawn once.

use std::collections::HashMap;
use std::io::Write;
use std::sync::{Mutex, PoisonError};

use axum::body::Bytes;
use flate2::Compression;
use flate2::write::GzEncoder;
use spatial::{Datum, TileCoord};

use super::encode::Encoding;
use crate::stations::query::Filter;
use crate::stations::snapshot::Version;

/// The most bytes of tiles kept; beyond it the cache begins anew.
const MOST_BYTES: usize = 64 << 20;

/// What a tile's bytes depend on besides the version.
pub(super) type Key = (TileCoord, Encoding, Datum, Filter);

/// A tile as it is sent. Cloning is cheap.
#[derive(Debug, Clone)]
pub struct Tile {
    /// As it was drawn.
    pub plain: Bytes,
    /// Compressed once, because compressing costs more than drawing.
    pub gzip: Bytes,
}

impl Tile {
    fn new(plain: Vec<u8>) -> Self {
        let mut packed = GzEncoder::new(Vec::new(), Compression::fast());
        // Writing into memory does not fail.
        let gzip = packed.write_all(&plain).and_then(|()| packed.finish()).unwrap_or_default();
        Self { plain: plain.into(), gzip: gzip.into() }
    }

    fn bytes(&self) -> usize {
        self.plain.len() + self.gzip.len()
    }
}

/// Tiles of one version. A new version empties it.
#[derive(Debug, Default)]
pub struct TileCache {
    kept: Mutex<Kept>,
}

#[derive(Debug, Default)]
struct Kept {
    version: Option<Version>,
    bytes: usize,
    tiles: HashMap<Key, Tile>,
}

impl TileCache {
    /// The bytes of a tile, drawn by `make` where they are not kept. Drawing happens outside the lock.
    pub fn get(&self, version: Version, key: Key, make: impl FnOnce() -> Vec<u8>) -> Tile {
        if let Some(tile) = self.with(version, |kept| kept.tiles.get(&key).cloned()) {
            return tile;
        }
        let tile = Tile::new(make());
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
    fn insert(&mut self, key: Key, tile: Tile) {
        if self.bytes + tile.bytes() > MOST_BYTES {
            self.tiles.clear();
            self.bytes = 0;
        }
        self.bytes += tile.bytes();
        self.tiles.insert(key, tile);
    }
}
