//! A request: one line of JSON, then the bytes of a tile.
//!
//! ```text
//! {"size":512,"tile_bytes":1234,"layers":[{"name":"land","colour":"#F5F1E4"},…]}⏎
//! ```

use std::collections::BTreeSet;
use std::io::{BufRead, Read};
use std::ops::RangeInclusive;

use serde::Deserialize;

/// How wide and high a picture may be, in pixels.
pub(crate) const SIZES: RangeInclusive<u32> = 256..=1024;
/// How many layers a request may name. The engine parts layers by depth and would part some more.
const LAYERS: RangeInclusive<usize> = 1..=32;
/// The most bytes of a tile.
pub(crate) const MOST_TILE_BYTES: u64 = 4 << 20;
/// The most bytes of the line, its end included.
const MOST_LINE_BYTES: u64 = 16 << 10;
/// The most bytes of a layer's name.
const MOST_NAME_BYTES: usize = 32;

/// What is to be drawn, within its bounds.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Request {
    /// The width and height of the picture in pixels, in [`SIZES`].
    pub(crate) size: u32,
    /// The layers from the lowest to the highest; their names are distinct.
    pub(crate) layers: Vec<Layer>,
}

/// A layer of the tile and the colour of all its polygons.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Layer {
    /// Its name in the tile.
    pub(crate) name: String,
    /// How it is filled.
    pub(crate) colour: Colour,
}

/// An opaque colour of sRGB: red, green, blue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Colour(pub(crate) [u8; 3]);

/// A line after which it is known where the tile ends.
#[derive(Debug)]
pub(crate) struct Framed {
    /// The length of the tile that follows.
    pub(crate) tile_bytes: u64,
    /// What the line asks for, or what is wrong with it.
    pub(crate) request: Result<Request, RequestError>,
}

/// A line after which nobody knows where the next one begins.
#[derive(Debug, thiserror::Error)]
pub(crate) enum FramingError {
    #[error("the request has no end within {MOST_LINE_BYTES} bytes; end its line with a line feed")]
    NoEnd,
    #[error("the request is no JSON object with the number tile_bytes: {0}")]
    NoLength(serde_json::Error),
    #[error("the input ended within a request or its tile; write as many bytes as tile_bytes says")]
    Cut,
    #[error("the input cannot be read: {0}")]
    Io(#[from] std::io::Error),
}

/// What is wrong with a request.
#[derive(Debug, thiserror::Error)]
pub(crate) enum RequestError {
    #[error("the request is not of the expected form: {0}")]
    Form(serde_json::Error),
    #[error("size is {0}; ask for {least} to {most} pixels", least = SIZES.start(), most = SIZES.end())]
    Size(u32),
    #[error("tile_bytes is {0}; send at most {MOST_TILE_BYTES}")]
    TileBytes(u64),
    #[error("layers has {0} entries; name {least} to {most}", least = LAYERS.start(), most = LAYERS.end())]
    Layers(usize),
    #[error("layers[{0}].name is no name; write 1 to {MOST_NAME_BYTES} of a-z and _")]
    Name(usize),
    #[error("layers[{0}].name stands before already; give each layer a name of its own")]
    Twice(usize),
    #[error("layers[{0}].colour is no colour; write #RRGGBB")]
    Colour(usize),
}

#[derive(Deserialize)]
struct Length {
    tile_bytes: u64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Form {
    size: u32,
    tile_bytes: u64,
    layers: Vec<LayerForm>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct LayerForm {
    name: String,
    colour: String,
}

/// Reads the next line; `None` where the input ends before it.
pub(crate) fn next(input: &mut impl BufRead) -> Result<Option<Framed>, FramingError> {
    let mut line = Vec::new();
    let read = input.by_ref().take(MOST_LINE_BYTES).read_until(b'\n', &mut line)?;
    match line.last() {
        None => return Ok(None),
        Some(b'\n') => {}
        Some(_) if read as u64 == MOST_LINE_BYTES => return Err(FramingError::NoEnd),
        Some(_) => return Err(FramingError::Cut),
    }
    let Length { tile_bytes } = serde_json::from_slice(&line).map_err(FramingError::NoLength)?;
    Ok(Some(Framed { tile_bytes, request: parse(&line) }))
}

fn parse(line: &[u8]) -> Result<Request, RequestError> {
    let form: Form = serde_json::from_slice(line).map_err(RequestError::Form)?;
    if !SIZES.contains(&form.size) {
        return Err(RequestError::Size(form.size));
    }
    if form.tile_bytes > MOST_TILE_BYTES {
        return Err(RequestError::TileBytes(form.tile_bytes));
    }
    if !LAYERS.contains(&form.layers.len()) {
        return Err(RequestError::Layers(form.layers.len()));
    }
    let mut names = BTreeSet::new();
    for (i, layer) in form.layers.iter().enumerate() {
        if !is_name(&layer.name) {
            return Err(RequestError::Name(i));
        }
        if !names.insert(&layer.name) {
            return Err(RequestError::Twice(i));
        }
    }
    let layer = |(i, LayerForm { name, colour }): (usize, LayerForm)| {
        let colour = Colour::parse(&colour).ok_or(RequestError::Colour(i))?;
        Ok(Layer { name, colour })
    };
    let layers = form.layers.into_iter().enumerate().map(layer).collect::<Result<_, _>>()?;
    Ok(Request { size: form.size, layers })
}

fn is_name(name: &str) -> bool {
    (1..=MOST_NAME_BYTES).contains(&name.len()) && name.bytes().all(|b| b.is_ascii_lowercase() || b == b'_')
}

impl Colour {
    /// Reads `#RRGGBB`.
    fn parse(text: &str) -> Option<Self> {
        let digits = text.strip_prefix('#').filter(|digits| digits.len() == 6)?;
        if !digits.bytes().all(|b| b.is_ascii_hexdigit()) {
            return None;
        }
        let number = u32::from_str_radix(digits, 16).ok()?;
        let [_, red, green, blue] = number.to_be_bytes();
        Some(Self([red, green, blue]))
    }
}

#[cfg(test)]
#[path = "request_tests.rs"]
mod tests;
