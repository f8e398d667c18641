//! Pictures that were shown lately, so that the database is not asked for each view.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use axum::body::Bytes;

use super::{Size, service};
use crate::db::Db;
use crate::error::Error;
use crate::ids::PhotoId;

/// The most bytes of pictures kept; beyond it the cache begins anew.
const MOST_BYTES: usize = 16 << 20;

/// Pictures in memory. A picture never changes under its id, so nothing is ever out of date.
#[derive(Debug, Default)]
pub struct ShownPhotos {
    kept: Mutex<Kept>,
}

#[derive(Debug, Default)]
struct Kept {
    bytes: usize,
    pictures: HashMap<(PhotoId, Size), Bytes>,
}

impl ShownPhotos {
    /// A picture, read from the database where it is not kept.
    pub(super) async fn get(&self, db: &Db, id: PhotoId, size: Size) -> Result<Option<Bytes>, Error> {
        if let Some(picture) = self.with(|kept| kept.pictures.get(&(id, size)).cloned()) {
            return Ok(Some(picture));
        }
        let Some(picture) = service::picture(db, id, size).await?.map(Bytes::from) else { return Ok(None) };
        self.with(|kept| kept.insert((id, size), picture.clone()));
        Ok(Some(picture))
    }

    fn with<T>(&self, then: impl FnOnce(&mut Kept) -> T) -> T {
        then(&mut self.kept.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Kept {
    fn insert(&mut self, key: (PhotoId, Size), picture: Bytes) {
        if self.bytes + picture.len() > MOST_BYTES {
            self.pictures.clear();
            self.bytes = 0;
        }
        self.bytes += picture.len();
        if let Some(twice) = self.pictures.insert(key, picture) {
            self.bytes -= twice.len();
        }
    }
}
