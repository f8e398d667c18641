//! A picture as a file of PNG.

use png::{BitDepth, ColorType, Compression, Encoder, EncodingError};

/// Encodes a square picture of four bytes a pixel, whose opacity is left out, as PNG with three.
pub(crate) fn encode(size: u32, pixels: &[u8]) -> Result<Vec<u8>, EncodingError> {
    let rgb: Vec<u8> =
        pixels.as_chunks().0.iter().flat_map(|&[red, green, blue, _]| [red, green, blue]).collect();
    let mut file = Vec::new();
    let mut encoder = Encoder::new(&mut file, size, size);
    encoder.set_color(ColorType::Rgb);
    encoder.set_depth(BitDepth::Eight);
    encoder.set_compression(Compression::Fast);
    let mut writer = encoder.write_header()?;
    writer.write_image_data(&rgb)?;
    writer.finish()?;
    Ok(file)
}
