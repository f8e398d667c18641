//! Pictures as PNG files, written and read.

use std::io::Cursor;

use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use image::{ExtendedColorType, ImageEncoder, ImageFormat, ImageReader, Limits};
use tiny_skia::{IntSize, Pixmap};

use crate::error::Error;

/// The red, green and blue of each pixel, row by row from the top. Pictures are opaque, so nothing is lost.
pub(super) fn rgb(picture: &Pixmap) -> Vec<u8> {
    picture.data().chunks_exact(4).flat_map(|pixel| [pixel[0], pixel[1], pixel[2]]).collect()
}

/// A picture as a file.
///
/// # Errors
/// [`Error::Internal`] where it cannot be written, which the sizes of pictures rule out.
pub(super) fn write(picture: &Pixmap) -> Result<Vec<u8>, Error> {
    let mut file = Vec::new();
    let encoder = PngEncoder::new_with_quality(&mut file, CompressionType::Default, FilterType::Sub);
    let written =
        encoder.write_image(&rgb(picture), picture.width(), picture.height(), ExtendedColorType::Rgb8);
    written.map(|()| file).map_err(|e| Error::Internal(format!("a map picture cannot be written: {e}")))
}

/// Reads the engine's file; none where it is no PNG of `size` pixels a side.
pub(super) fn read(file: &[u8], size: u16) -> Option<Pixmap> {
    let side = u32::from(size);
    let mut limits = Limits::default();
    (limits.max_image_width, limits.max_image_height) = (Some(side), Some(side));
    let mut reader = ImageReader::with_format(Cursor::new(file), ImageFormat::Png);
    reader.limits(limits);
    let mut picture = reader.decode().ok()?.into_rgba8();
    if picture.dimensions() != (side, side) {
        return None;
    }
    // The ground covers all; what the driver says of transparency means nothing.
    picture.pixels_mut().for_each(|pixel| pixel.0[3] = u8::MAX);
    Pixmap::from_vec(picture.into_raw(), IntSize::from_wh(side, side)?)
}

#[cfg(test)]
mod tests {
    use tiny_skia::Color;

    use super::*;

    #[test]
    fn a_picture_is_read_as_it_was_written() {
        let mut picture = Pixmap::new(256, 256).unwrap();
        picture.fill(Color::from_rgba8(0xBF, 0xDF, 0xEA, 0xFF));
        let file = write(&picture).unwrap();
        assert_eq!(read(&file, 256), Some(picture));
        assert_eq!(read(&file, 512), None, "another size");
        assert_eq!(read(&file[..file.len() / 2], 256), None, "cut off");
        assert_eq!(read(b"no picture", 256), None);
    }
}
