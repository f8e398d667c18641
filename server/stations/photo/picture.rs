//! A file becomes two clean JPEG pictures: upright, of bounded size, and without anything but pixels.
//!
//! Nothing that a camera wrote beside the pixels survives, so that no position and no name gets out. What a
//! file claims is checked before a pixel is decoded.

use std::io::Cursor;

use image::codecs::jpeg::JpegEncoder;
use image::imageops::FilterType;
use image::{DynamicImage, ImageDecoder, ImageReader, Limits, Rgb, RgbImage};
use sha2::{Digest, Sha256};

use super::refused::Refused;

/// The most bytes of a file.
pub const MOST_BYTES: usize = 10 << 20;
/// The most pixels of a picture.
pub const MOST_PIXELS: u64 = 40_000_000;
/// The most bytes of memory that its pixels may take: eight bit of four channels, or sixteen of three.
const MOST_DECODED_BYTES: u64 = MOST_PIXELS * 6;
/// The longer side of the large picture, in pixels.
const LARGE: u32 = 1_600;
/// The width of the small picture, in pixels.
const SMALL: u32 = 480;
/// JPEG qualities at which photos of doors show no blocks.
const LARGE_QUALITY: u8 = 82;
const SMALL_QUALITY: u8 = 76;

/// A photo as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// Pixels across of the large picture.
    pub width: u32,
    /// Pixels down of the large picture.
    pub height: u32,
    /// The large picture as JPEG.
    pub large: Vec<u8>,
    /// The small picture as JPEG.
    pub small: Vec<u8>,
}

impl Picture {
    /// Reads a JPEG, PNG or WebP file.
    pub fn read(file: &[u8]) -> Result<Self, Refused> {
        if file.len() > MOST_BYTES {
            return Err(Refused::TooManyBytes);
        }
        let large = on_white(&decoded(file)?);
        let (width, height) = large.dimensions();
        let (across, down) = small(width, height);
        let shrunk = DynamicImage::from(large.clone()).resize_exact(across, down, FilterType::CatmullRom);
        let (large, small) = (jpeg(&large, LARGE_QUALITY)?, jpeg(&shrunk.into_rgb8(), SMALL_QUALITY)?);
        Ok(Self { width, height, large, small })
    }

    /// The SHA-256 of the large picture, in hexadecimal.
    pub fn hash(&self) -> String {
        Sha256::digest(&self.large).iter().fold(String::new(), |text, byte| text + &format!("{byte:02x}"))
    }
}

/// Pixels across and down of the small picture of a large one. It is never enlarged.
pub fn small(width: u32, height: u32) -> (u32, u32) {
    let across = width.clamp(1, SMALL);
    let down = u64::from(height) * u64::from(across) / u64::from(width.max(1));
    (across, u32::try_from(down).unwrap_or(height).max(1))
}

/// The pixels, shrunk and turned upright.
fn decoded(file: &[u8]) -> Result<DynamicImage, Refused> {
    let mut reader =
        ImageReader::new(Cursor::new(file)).with_guessed_format().map_err(|_| Refused::NoPicture)?;
    if reader.format().is_none_or(|kind| !kind.reading_enabled()) {
        return Err(Refused::NoPicture);
    }
    let mut limits = Limits::default();
    limits.max_alloc = Some(MOST_DECODED_BYTES);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(|e| damaged(&e))?;
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > MOST_PIXELS || decoder.total_bytes() > MOST_DECODED_BYTES {
        return Err(Refused::TooManyPixels(Some((width, height))));
    }
    // A camera's note on how it was held; a picture without a readable one stands upright.
    let orientation = decoder.orientation().ok();
    let mut picture = fit(DynamicImage::from_decoder(decoder).map_err(|e| damaged(&e))?);
    if let Some(orientation) = orientation {
        picture.apply_orientation(orientation);
    }
    Ok(picture)
}

/// A limit that was met is told apart from a file that cannot be read.
fn damaged(error: &image::ImageError) -> Refused {
    match error {
        image::ImageError::Limits(_) => Refused::TooManyPixels(None),
        _ => Refused::Damaged,
    }
}

/// Shrinks a picture to the size that is kept: coarsely first, which takes little memory, then finely.
fn fit(mut picture: DynamicImage) -> DynamicImage {
    let is_beyond = |p: &DynamicImage, side| p.width().max(p.height()) > side;
    if is_beyond(&picture, 2 * LARGE) {
        picture = picture.thumbnail(2 * LARGE, 2 * LARGE);
    }
    if is_beyond(&picture, LARGE) { picture.resize(LARGE, LARGE, FilterType::CatmullRom) } else { picture }
}

/// The picture on white where it is transparent: JPEG has no transparency.
fn on_white(picture: &DynamicImage) -> RgbImage {
    if !picture.color().has_alpha() {
        return picture.to_rgb8();
    }
    let blend = |colour: u8, alpha: u8| {
        let (colour, alpha) = (u16::from(colour), u16::from(alpha));
        u8::try_from((colour * alpha + 255 * (255 - alpha)) / 255).unwrap_or(u8::MAX)
    };
    let pixels = picture.to_rgba8();
    RgbImage::from_fn(pixels.width(), pixels.height(), |x, y| {
        let [r, g, b, alpha] = pixels.get_pixel(x, y).0;
        Rgb([r, g, b].map(|colour| blend(colour, alpha)))
    })
}

fn jpeg(picture: &RgbImage, quality: u8) -> Result<Vec<u8>, Refused> {
    let mut bytes = Vec::new();
    JpegEncoder::new_with_quality(&mut bytes, quality).encode_image(picture).map_err(|_| Refused::Damaged)?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_small_picture_keeps_the_shape_and_is_never_larger() {
        for (large, expected) in [
            ((1600, 1200), (480, 360)),
            ((300, 200), (300, 200)),
            ((1200, 1600), (480, 640)),
            ((1600, 1), (480, 1)),
        ] {
            assert_eq!(small(large.0, large.1), expected);
        }
    }

    #[test]
    fn transparent_pixels_become_white() {
        let picture = DynamicImage::ImageRgba8(image::RgbaImage::from_pixel(2, 1, image::Rgba([9, 9, 9, 0])));
        assert_eq!(on_white(&picture).get_pixel(0, 0), &Rgb([255, 255, 255]));
        let solid = DynamicImage::ImageRgba8(image::RgbaImage::from_pixel(2, 1, image::Rgba([9, 9, 9, 255])));
        assert_eq!(on_white(&solid).get_pixel(1, 0), &Rgb([9, 9, 9]));
    }
}
