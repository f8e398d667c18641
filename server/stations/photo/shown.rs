//! Pictures that were shown lately, so that the database is not asked for each view.

use bytes::Bytes;

use super::{Size, service};
use crate::db::Db;
use crate::error::Error;
use crate::ids::PhotoId;
use crate::pictures::Kept;

/// The most bytes of pictures kept.
const MOST_BYTES: usize = 16 << 20;

/// Pictures in memory. A picture never changes under its id, so nothing is ever out of date.
#[derive(Debug)]
pub struct ShownPhotos(Kept<(PhotoId, Size)>);

impl Default for ShownPhotos {
    fn default() -> Self {
        Self(Kept::new(MOST_BYTES))
    }
}

impl ShownPhotos {
    /// A picture, read from the database where it is not kept.
    pub(super) async fn get(&self, db: &Db, id: PhotoId, size: Size) -> Result<Option<Bytes>, Error> {
        if let Some(picture) = self.0.get(&(id, size)) {
            return Ok(Some(picture));
        }
        let Some(picture) = service::picture(db, id, size).await?.map(Bytes::from) else { return Ok(None) };
        self.0.insert((id, size), picture.clone());
        Ok(Some(picture))
    }
}
