//! Pictures of pixels for pages.

use bytes::Bytes;

use super::document::packed;

/// A square picture, packed as a document holds it; cheap to clone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    pub(super) side: u16,
    pub(super) packed: Bytes,
}

impl Picture {
    /// A picture of `side` pixels a side from what [`Picture::pack`] made of them.
    pub fn new(packed: Bytes, side: u16) -> Self {
        Self { side, packed }
    }

    /// Packs the red, green and blue of each pixel, row by row from the top.
    pub fn pack(rgb: &[u8]) -> Bytes {
        packed(rgb).into()
    }
}
