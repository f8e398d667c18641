//! Photos of a station's door: made small and clean, kept in the database, shown under `/photos/`.
//!
//! `picture` turns a file into what is kept, `service` adds and removes, `routes` shows. The registry's snapshot
//! knows which photos there are, and only the pictures themselves are read from the database.

mod openapi;
pub mod picture;
pub mod refused;
mod routes;
pub mod service;
mod shown;
pub(super) mod store;

pub use routes::routes;
pub use shown::ShownPhotos;

use crate::ids::PhotoId;

/// What a page or a program is told of a photo.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Photo {
    /// Its identity.
    pub id: PhotoId,
    /// Pixels across.
    pub width: u32,
    /// Pixels down.
    pub height: u32,
    /// What can be seen, in a few words.
    pub caption: Option<String>,
}

/// The two pictures of a photo.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Size {
    /// For looking at.
    Large,
    /// For a list.
    Small,
}

impl Photo {
    /// Where the picture is, from the service's own address on.
    pub fn url(&self) -> String {
        path(self.id, Size::Large)
    }

    /// Where the small picture is.
    pub fn small_url(&self) -> String {
        path(self.id, Size::Small)
    }

    /// Pixels across and down of the small picture.
    pub fn small_pixels(&self) -> (u32, u32) {
        picture::small(self.width, self.height)
    }
}

/// The address of a picture.
fn path(id: PhotoId, size: Size) -> String {
    match size {
        Size::Large => format!("/photos/{id}.jpg"),
        Size::Small => format!("/photos/{id}-small.jpg"),
    }
}
