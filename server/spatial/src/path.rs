//! The drawing commands of a vector tile's geometry (Mapbox Vector Tile specification 2.1, section 4.3).

use crate::mvt::Pixel;
use crate::protobuf::zigzag;

const MOVE_TO: u32 = 1;
const LINE_TO: u32 = 2;
const CLOSE_PATH: u32 = 7;

/// The sign of a ring's area in the tile's coordinates.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Winding {
    /// An exterior ring.
    Positive,
    /// A hole.
    Negative,
}

/// Commands in order, and the pixel the pen has come to.
#[derive(Debug, Clone, Default)]
pub(crate) struct Path {
    commands: Vec<u32>,
    pen: Pixel,
}

impl Path {
    /// A single point.
    pub(crate) fn point(&mut self, at: Pixel) {
        self.command(MOVE_TO, &[at]);
    }

    /// A line, unless it has fewer than two different pixels.
    pub(crate) fn line(&mut self, line: &[Pixel]) {
        let mut pixels = line.to_vec();
        pixels.dedup();
        if let [first, rest @ ..] = pixels.as_slice()
            && !rest.is_empty()
        {
            self.command(MOVE_TO, &[*first]);
            self.command(LINE_TO, rest);
        }
    }

    /// A ring, closed or not, turned to wind as asked; whether it has an area and was drawn.
    pub(crate) fn ring(&mut self, ring: &[Pixel], winding: Winding) -> bool {
        let mut pixels = ring.to_vec();
        pixels.dedup();
        if pixels.len() > 1 && pixels.first() == pixels.last() {
            pixels.pop();
        }
        let area = double_area(&pixels);
        if (area > 0) != (winding == Winding::Positive) {
            pixels.reverse();
        }
        let [first, rest @ ..] = pixels.as_slice() else { return false };
        if area == 0 {
            return false;
        }
        self.command(MOVE_TO, &[*first]);
        self.command(LINE_TO, rest);
        self.commands.push(CLOSE_PATH | 1 << 3);
        true
    }

    pub(crate) fn commands(&self) -> &[u32] {
        &self.commands
    }

    /// One command for all pixels, each written as the way from the one before.
    fn command(&mut self, command: u32, pixels: &[Pixel]) {
        let count = u32::try_from(pixels.len()).unwrap_or(u32::MAX);
        self.commands.push(command | count << 3);
        for (x, y) in pixels {
            self.commands.push(zigzag(x.wrapping_sub(self.pen.0)));
            self.commands.push(zigzag(y.wrapping_sub(self.pen.1)));
            self.pen = (*x, *y);
        }
    }
}

/// Twice the area by the surveyor's formula, positive where a ring turns clockwise on the screen.
fn double_area(ring: &[Pixel]) -> i128 {
    let next = ring.iter().cycle().skip(1);
    ring.iter()
        .zip(next)
        .map(|((ax, ay), (bx, by))| i128::from(*ax) * i128::from(*by) - i128::from(*bx) * i128::from(*ay))
        .sum()
}
