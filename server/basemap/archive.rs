//! The operator's Protomaps file: what makes one, checked before anybody is given it.

use std::fs::File;
use std::io::Read;
use std::path::Path;

/// Bytes of the header (PMTiles specification 3, chapter 3).
const HEADER: usize = 127;
/// Where the header says how the tiles are written, and the value for vector tiles.
const TILE_TYPE: usize = 99;
const VECTOR: u8 = 1;
/// Where the header says offset and length of each part of the file.
const PARTS: [usize; 4] = [8, 24, 40, 56];

/// What keeps a file from being drawn, and the remedy.
pub(crate) fn check(path: &Path) -> Result<(), String> {
    let mut file =
        File::open(path).map_err(|e| format!("{e}; give the path of a file that the service may read"))?;
    let bytes = file.metadata().map_err(|e| e.to_string())?.len();
    let mut header = [0; HEADER];
    file.read_exact(&mut header).map_err(|_| "too short for a Protomaps file; copy it again".to_owned())?;
    check_header(&header, bytes)
}

fn check_header(header: &[u8; HEADER], bytes: u64) -> Result<(), String> {
    if &header[..7] != b"PMTiles" {
        return Err("no Protomaps file; give one that ends in .pmtiles".to_owned());
    }
    if header[7] != 3 {
        return Err(format!("version {} of the format; make it again as version 3", header[7]));
    }
    if header[TILE_TYPE] != VECTOR {
        return Err("holds pictures; give a file of vector tiles in the Protomaps basemap scheme".to_owned());
    }
    let end = PARTS.iter().map(|at| number(header, *at).saturating_add(number(header, at + 8))).max();
    if end.is_none_or(|end| end > bytes) {
        return Err("ends before its tiles do; copy it again".to_owned());
    }
    Ok(())
}

/// The little-endian number at a place of the header.
fn number(header: &[u8; HEADER], at: usize) -> u64 {
    header[at..at + 8].iter().rev().fold(0, |number, byte| number << 8 | u64::from(*byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn header() -> [u8; HEADER] {
        let mut header = [0; HEADER];
        header[..8].copy_from_slice(b"PMTiles\x03");
        header[56] = 200;
        header[64] = 100;
        header[TILE_TYPE] = VECTOR;
        header
    }

    #[test]
    fn a_file_is_known_by_its_header() {
        assert_eq!(check_header(&header(), 300), Ok(()));
        let changed = |at: usize, byte: u8| {
            let mut header = header();
            header[at] = byte;
            check_header(&header, 300).expect_err("refused")
        };
        assert!(changed(0, b'X').contains("no Protomaps file"));
        assert!(changed(7, 2).contains("version 2"));
        assert!(changed(TILE_TYPE, 2).contains("pictures"));
        assert!(changed(64, 101).contains("copy it again"));
        assert!(changed(63, 255).contains("copy it again"), "no overflow");
        assert!(check(Path::new("no such file")).is_err());
    }
}
