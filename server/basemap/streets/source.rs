//! The tiles of a Protomaps file, read where they stand.

use std::fs::{File, Metadata};
use std::io::{self, Read};
use std::os::unix::fs::{FileExt, MetadataExt};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use axum::body::Bytes;
use flate2::read::MultiGzDecoder;
use pmtiles::{AsyncBackend, AsyncPmTilesReader, BackendResponse, Compression, PmtResult};
use spatial::{TileCoord, Window};
use tokio::sync::Mutex;
use tokio::task::spawn_blocking;

use super::StreetsError;

/// The most tiles of a window.
const MOST_TILES: usize = 16;
/// The most bytes of a tile, packed and unpacked, and of a directory of the file.
const MOST_BYTES: usize = 4 << 20;

/// A Protomaps file that is open. One is shared by all that draw; when the file is replaced, the next drawing opens
/// the new one.
pub(crate) struct Streets {
    path: PathBuf,
    opened: Mutex<Opened>,
}

/// The file as it was when it was opened.
#[derive(Clone)]
struct Opened {
    version: String,
    reader: Arc<AsyncPmTilesReader<Archive>>,
}

/// A tile as the file holds it.
pub(super) struct Packed {
    pub(super) tile: TileCoord,
    bytes: Bytes,
    compression: Compression,
}

impl Streets {
    /// Opens a file and reads its header and its first directory.
    pub(crate) async fn open(path: &Path) -> Result<Self, StreetsError> {
        let opened = Mutex::new(Opened::open(path.to_owned()).await?);
        Ok(Self { path: path.to_owned(), opened })
    }

    /// The tiles of a window that the file has, of the zoom whose tiles are about as large; none where even the
    /// largest of the file are too many.
    pub(super) async fn tiles(&self, window: Window) -> Result<Vec<Packed>, StreetsError> {
        let reader = self.reader().await?;
        let header = reader.get_header();
        let zoom = window.zoom(header.max_zoom.min(spatial::tile::MAX_TILE_ZOOM)).max(header.min_zoom);
        let mut tiles = Vec::new();
        if window.tiles(zoom).nth(MOST_TILES).is_some() {
            return Ok(tiles);
        }
        for tile in window.tiles(zoom) {
            let address = pmtiles::TileCoord::new(tile.z(), tile.x(), tile.y())?;
            if let Some(bytes) = reader.get_tile(address).await? {
                tiles.push(Packed { tile, bytes, compression: header.tile_compression });
            }
        }
        Ok(tiles)
    }

    /// What reads the file as it is now.
    async fn reader(&self) -> Result<Arc<AsyncPmTilesReader<Archive>>, StreetsError> {
        let mut opened = self.opened.lock().await;
        if version(&tokio::fs::metadata(&self.path).await?) != opened.version {
            *opened = Opened::open(self.path.clone()).await?;
        }
        Ok(opened.reader.clone())
    }
}

impl Opened {
    async fn open(path: PathBuf) -> Result<Self, StreetsError> {
        let opening = spawn_blocking(move || {
            let file = File::open(path)?;
            Ok::<_, io::Error>((version(&file.metadata()?), file))
        });
        let (version, file) = opening.await.map_err(|_| StreetsError::Stopped)??;
        let reader = AsyncPmTilesReader::try_from_source(Archive(Arc::new(file))).await?;
        Ok(Self { version, reader: Arc::new(reader) })
    }
}

/// What tells one version of a file from another.
fn version(file: &Metadata) -> String {
    format!("{}-{}-{}-{}", file.ino(), file.len(), file.mtime(), file.mtime_nsec())
}

/// The bytes of an open file.
struct Archive(Arc<File>);

impl AsyncBackend for Archive {
    async fn read(&self, offset: u64, length: usize) -> PmtResult<BackendResponse> {
        if length > MOST_BYTES {
            let told = format!("a part of {length} bytes, more than {MOST_BYTES}");
            return Err(io::Error::new(io::ErrorKind::InvalidData, told).into());
        }
        let file = self.0.clone();
        let reading = spawn_blocking(move || {
            let bytes = read_at(&file, offset, length)?;
            Ok::<_, io::Error>(BackendResponse::new_with_version(bytes.into(), version(&file.metadata()?)))
        });
        Ok(reading.await.map_err(io::Error::other)??)
    }
}

/// So many bytes from a place on, fewer where the file ends.
fn read_at(file: &File, offset: u64, length: usize) -> io::Result<Vec<u8>> {
    let mut bytes = vec![0; length];
    let mut filled = 0;
    while filled < length {
        match file.read_at(&mut bytes[filled..], offset + filled as u64) {
            Ok(0) => break,
            Ok(more) => filled += more,
            Err(why) if why.kind() == io::ErrorKind::Interrupted => {}
            Err(why) => return Err(why),
        }
    }
    bytes.truncate(filled);
    Ok(bytes)
}

impl Packed {
    /// A tile that is not packed.
    #[cfg(test)]
    pub(super) fn plain(tile: TileCoord, bytes: Vec<u8>) -> Self {
        Self { tile, bytes: bytes.into(), compression: Compression::None }
    }

    /// `z/x/y`
    pub(super) fn address(&self) -> String {
        format!("{}/{}/{}", self.tile.z(), self.tile.x(), self.tile.y())
    }

    /// The bytes of the vector tile.
    pub(super) fn unpacked(&self) -> Result<Bytes, StreetsError> {
        match self.compression {
            Compression::None => Ok(self.bytes.clone()),
            Compression::Gzip => self.inflated(),
            other => {
                let why = io::Error::new(io::ErrorKind::Unsupported, format!("packed as {other:?}"));
                Err(StreetsError::Packed { tile: self.address(), why })
            }
        }
    }

    fn inflated(&self) -> Result<Bytes, StreetsError> {
        let mut bytes = Vec::new();
        let mut unpacking = MultiGzDecoder::new(&self.bytes[..]).take(MOST_BYTES as u64 + 1);
        let read = unpacking.read_to_end(&mut bytes);
        let size = read.map_err(|why| StreetsError::Packed { tile: self.address(), why })?;
        if size > MOST_BYTES {
            return Err(StreetsError::TooMuch { of: "bytes in a tile", most: MOST_BYTES });
        }
        Ok(bytes.into())
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::Compression as Level;
    use flate2::write::GzEncoder;

    use super::*;

    fn packed(bytes: &[u8]) -> Packed {
        let mut encoder = GzEncoder::new(Vec::new(), Level::fast());
        encoder.write_all(bytes).unwrap();
        let tile = TileCoord::new(14, 8704, 5972).unwrap();
        Packed { tile, bytes: encoder.finish().unwrap().into(), compression: Compression::Gzip }
    }

    #[test]
    fn a_tile_is_unpacked_up_to_its_bound() {
        assert_eq!(packed(b"tile").unpacked().unwrap(), "tile");
        assert_eq!(packed(&vec![0; MOST_BYTES]).unpacked().unwrap().len(), MOST_BYTES);
        let told = packed(&vec![0; MOST_BYTES + 1]).unpacked().unwrap_err().to_string();
        assert!(told.starts_with("more than 4194304 bytes in a tile"), "{told}");
        let mut cut = packed(&[7; 1000]);
        cut.bytes = cut.bytes.slice(..cut.bytes.len() - 9);
        assert!(cut.unpacked().unwrap_err().to_string().starts_with("tile 14/8704/5972: "));
        cut.compression = Compression::Brotli;
        assert!(cut.unpacked().unwrap_err().to_string().contains("gzip"));
    }

    #[test]
    fn bytes_are_read_where_they_stand() {
        let mut file = tempfile::tempfile().unwrap();
        file.write_all(b"0123456789").unwrap();
        assert_eq!(read_at(&file, 3, 4).unwrap(), b"3456");
        assert_eq!(read_at(&file, 8, 4).unwrap(), b"89");
        assert_eq!(read_at(&file, 80, 4).unwrap(), b"");
    }
}
