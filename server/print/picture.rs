//! Pictures of pixels for pages.

use super::document::packed;

/// A square picture, packed as a document holds it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    pub(super) side: u16,
    pub(super) packed: Vec<u8>,
}

impl Picture {
    /// A picture of `side` pixels a side from the red, green and blue of each, row by row from the top.
    pub fn new(rgb: &[u8], side: u16) -> Self {
        Self { side, packed: packed(rgb) }
    }
}
