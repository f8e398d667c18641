//! Streets from the operator's Protomaps file as the ground of a map picture: for windows of about a kilometre.
//!
//! Files of today's scheme (version 4) and the older ones are read: <https://docs.protomaps.com/basemaps/layers>.

mod ground;
mod kinds;
mod names;
mod source;

use std::io;

use fast_mvt::MvtError;
use pmtiles::PmtError;
use spatial::Window;
use thiserror::Error;

use self::ground::Sheet;
pub(crate) use self::source::Streets;
use super::scene::Scene;

/// What keeps a Protomaps file from being drawn. The caller draws the overview then.
#[derive(Debug, Error)]
pub(crate) enum StreetsError {
    /// The file cannot be opened.
    #[error("{0}; give the path of a file that the service may read")]
    Open(#[from] io::Error),
    /// The file is no Protomaps file, or was damaged or cut off.
    #[error("{0}; copy the file again")]
    Archive(#[from] PmtError),
    /// A tile cannot be unpacked or read.
    #[error("tile {tile}: {why}; copy the file again")]
    Tile { tile: String, why: MvtError },
    /// A tile is packed in a way that is not read, or is damaged.
    #[error("tile {tile}: {why}; make the file with tiles packed by gzip")]
    Packed { tile: String, why: io::Error },
    /// There is more in it than a picture may take.
    #[error("more than {most} {of}; make the file in the Protomaps basemap scheme")]
    TooMuch { of: &'static str, most: usize },
    /// The process is ending.
    #[error("the drawing was stopped")]
    Stopped,
}

/// The streets in a window; none where the file has no tile of it, or only such as are far smaller than it.
///
/// Where the file has no tiles as small as the window, larger ones are enlarged.
pub(crate) async fn streets(source: &Streets, window: Window) -> Result<Option<Scene>, StreetsError> {
    let tiles = source.tiles(window).await?;
    if tiles.is_empty() {
        return Ok(None);
    }
    let drawn = tokio::task::spawn_blocking(move || {
        let mut sheet = Sheet::new(window);
        tiles.iter().try_for_each(|tile| sheet.add(tile))?;
        Ok(Some(sheet.into_scene()))
    });
    drawn.await.map_err(|_| StreetsError::Stopped)?
}

#[cfg(test)]
mod tests;
