//! Pictures as phones, and people who mean harm, send them.

use std::io::Cursor;

use image::codecs::jpeg::JpegEncoder;
use image::{ImageEncoder, ImageFormat, Rgb, RgbImage};

/// Stands in the picture's note of its position, and must stand nowhere else.
pub(crate) const CANARY: &[u8] = b"CANARY-39.9183746";

/// A picture whose upper left corner is red.
pub(crate) fn drawn(width: u32, height: u32) -> RgbImage {
    RgbImage::from_fn(width, height, |x, y| {
        if x < width / 4 && y < height / 4 { Rgb([220, 20, 20]) } else { Rgb([30, 90, 200]) }
    })
}

/// EXIF as a phone writes it: held on its side, and a position. Little-endian TIFF; each entry is tag, type,
/// count and value (Exif 2.32, 4.6.2).
fn exif() -> Vec<u8> {
    let entry = |tag: u16, kind: u16, count: u32, value: u32| {
        [&tag.to_le_bytes()[..], &kind.to_le_bytes(), &count.to_le_bytes(), &value.to_le_bytes()].concat()
    };
    let length = u32::try_from(CANARY.len()).expect("short");
    [
        b"II\x2a\0\x08\0\0\0".to_vec(),
        vec![2, 0],
        entry(0x0112, 3, 1, 6),
        entry(0x8825, 4, 1, 38),
        vec![0; 4],
        vec![1, 0],
        entry(0x001c, 7, length, 56),
        vec![0; 4],
        CANARY.to_vec(),
    ]
    .concat()
}

/// A photo of a phone that was held on its side.
pub(crate) fn phone_photo(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = JpegEncoder::new_with_quality(&mut bytes, 90);
    encoder.set_exif_metadata(exif()).expect("metadata");
    encoder.encode_image(&drawn(width, height)).expect("a picture");
    assert!(holds(&bytes, CANARY) && holds(&bytes, b"Exif"));
    bytes
}

/// A picture as a file.
pub(crate) fn encoded(picture: &RgbImage, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    picture.write_to(&mut bytes, format).expect("a picture");
    bytes.into_inner()
}

/// Whether bytes hold a part.
pub(crate) fn holds(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|w| w == part)
}

/// A file that claims to be a picture of 60,000 × 60,000 pixels.
pub(crate) fn png_bomb() -> Vec<u8> {
    let chunk = |kind: &[u8], data: &[u8]| {
        let mut sum = flate2::Crc::new();
        sum.update(kind);
        sum.update(data);
        let length = u32::try_from(data.len()).expect("short").to_be_bytes();
        [&length[..], kind, data, &sum.sum().to_be_bytes()].concat()
    };
    let side = 60_000_u32.to_be_bytes();
    let head = [&side[..], &side, &[8, 2, 0, 0, 0]].concat();
    let body = [0x78, 0x9c, 0x63, 0x60, 0x60, 0x60, 0x00, 0x00, 0x00, 0x04, 0x00, 0x01];
    [b"\x89PNG\r\n\x1a\n".to_vec(), chunk(b"IHDR", &head), chunk(b"IDAT", &body), chunk(b"IEND", b"")]
        .concat()
}

/// A JPEG whose head says 65,500 × 65,500.
pub(crate) fn jpeg_bomb() -> Vec<u8> {
    let mut bytes = encoded(&drawn(8, 8), ImageFormat::Jpeg);
    let frame = bytes.windows(2).position(|w| w == [0xff, 0xc0]).expect("a frame");
    let side = 65_500_u16.to_be_bytes();
    bytes[frame + 5..frame + 9].copy_from_slice(&[side, side].concat());
    bytes
}
