//! One request after the other, until the input ends.

use std::io::{self, BufRead, Read, Write};

use crate::canvas::{Canvas, CanvasError};
use crate::driver::DriverError;
use crate::request::{self, FramingError, MOST_TILE_BYTES, Request};
use crate::{answer, picture, tile};

/// Why the process ends.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Failure {
    #[error(transparent)]
    Driver(#[from] DriverError),
    #[error(transparent)]
    Canvas(#[from] CanvasError),
    #[error(transparent)]
    Framing(#[from] FramingError),
    #[error("the device draws other colours than it is asked for; try another driver by VK_ICD_FILENAMES")]
    Colour,
    #[error("the limit of memory cannot be set: {0}")]
    Limit(io::Error),
    #[error("an answer cannot be written: {0}")]
    Answer(#[from] io::Error),
}

impl Failure {
    /// The exit code.
    pub(crate) fn code(&self) -> u8 {
        if matches!(self, Self::Framing(_)) { 2 } else { 1 }
    }
}

/// Answers every request.
pub(crate) fn serve(input: &mut impl BufRead, output: &mut impl Write) -> Result<(), Failure> {
    let mut canvas = None;
    while let Some(framed) = request::next(input)? {
        let tile = tile_of(input, framed.tile_bytes)?;
        let drawn = match framed.request {
            Ok(request) => draw(&mut canvas, &request, &tile),
            Err(error) => Err(error.to_string()),
        };
        answer::write(output, drawn)?;
    }
    Ok(())
}

/// The bytes of a tile. Of one that is too large, which its request is refused for, none is kept.
fn tile_of(input: &mut impl BufRead, bytes: u64) -> Result<Vec<u8>, FramingError> {
    let mut tile = Vec::new();
    let mut rest = input.take(bytes);
    let read = if bytes > MOST_TILE_BYTES {
        io::copy(&mut rest, &mut io::sink())?
    } else {
        rest.read_to_end(&mut tile)? as u64
    };
    if read == bytes { Ok(tile) } else { Err(FramingError::Cut) }
}

/// Draws on the canvas, which the first request opens.
fn draw(canvas: &mut Option<Canvas>, request: &Request, tile: &[u8]) -> Result<Vec<u8>, String> {
    tile::validate(tile, &request.layers).map_err(|error| error.to_string())?;
    let canvas = match canvas {
        Some(canvas) => canvas,
        None => canvas.insert(Canvas::open(request.size).map_err(|error| error.to_string())?),
    };
    let pixels = canvas.draw(request.size, &request.layers, tile);
    picture::encode(request.size, &pixels).map_err(|error| error.to_string())
}
