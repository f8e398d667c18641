//! Letters on a picture, drawn from the outlines of the shipped font.

use tiny_skia::{FillRule, LineCap, LineJoin, Paint, Path, PathBuilder, Pixmap, Stroke, Transform};
use ttf_parser::OutlineBuilder;

use crate::error::Error;
use crate::map_pictures::painter::colour;
use crate::print::{Font, wrapped};

/// The height of a line, in the size of its letters.
pub(super) const LINE: f32 = 1.25;
/// Where letters stand below the top of their line, in their size.
const BASELINE: f32 = 0.98;
/// The light edge that keeps letters apart from what is below them, in their size.
const HALO: f32 = 0.26;

/// How letters look; colours as `#RRGGBB`.
pub(super) struct Ink {
    /// The colour of the letters.
    pub(super) colour: &'static str,
    /// The colour around them.
    pub(super) halo: Option<&'static str>,
}

/// The shipped font on pictures.
pub(super) struct Letters {
    font: Font,
}

impl Letters {
    /// Opens the font.
    ///
    /// # Errors
    /// [`Error::Internal`] where it is damaged.
    pub(super) fn new() -> Result<Self, Error> {
        Ok(Self { font: Font::shipped()? })
    }

    /// The width of a text in pixels.
    pub(super) fn width(&self, text: &str, size: f32) -> f32 {
        self.font.width_em(text) * size
    }

    /// A text in lines of at most so many pixels.
    pub(super) fn wrapped(&self, text: &str, size: f32, width: f32) -> Vec<String> {
        wrapped(&self.font, text, size, width)
    }

    /// Draws one line whose upper left corner is at `x`, `top`.
    pub(super) fn draw(&self, picture: &mut Pixmap, text: &str, [x, top]: [f32; 2], size: f32, ink: &Ink) {
        let Some(path) = self.path(text) else { return };
        let scale = size / self.font.units_per_em();
        let placed = Transform::from_row(scale, 0.0, 0.0, -scale, x, top + size * BASELINE);
        let mut paint = Paint { anti_alias: true, ..Paint::default() };
        if let Some(halo) = ink.halo {
            paint.set_color(colour(halo));
            let stroke = Stroke {
                width: HALO * self.font.units_per_em(),
                line_cap: LineCap::Round,
                line_join: LineJoin::Round,
                ..Stroke::default()
            };
            picture.stroke_path(&path, &paint, &stroke, placed, None);
        }
        paint.set_color(colour(ink.colour));
        picture.fill_path(&path, &paint, FillRule::Winding, placed, None);
    }

    /// The outlines of a text in the font's units, from its beginning on the baseline, `y` up.
    fn path(&self, text: &str) -> Option<Path> {
        let mut pen = Pen { path: PathBuilder::new(), x: 0.0 };
        for glyph in self.font.glyphs(text) {
            self.font.outline(glyph, &mut pen);
            pen.x += self.font.advance_em(glyph) * self.font.units_per_em();
        }
        pen.path.finish()
    }
}

/// Draws a glyph to the right of those before it.
struct Pen {
    path: PathBuilder,
    x: f32,
}

impl OutlineBuilder for Pen {
    fn move_to(&mut self, x: f32, y: f32) {
        self.path.move_to(self.x + x, y);
    }
    fn line_to(&mut self, x: f32, y: f32) {
        self.path.line_to(self.x + x, y);
    }
    fn quad_to(&mut self, ax: f32, ay: f32, x: f32, y: f32) {
        self.path.quad_to(self.x + ax, ay, self.x + x, y);
    }
    fn curve_to(&mut self, ax: f32, ay: f32, bx: f32, by: f32, x: f32, y: f32) {
        self.path.cubic_to(self.x + ax, ay, self.x + bx, by, self.x + x, y);
    }
    fn close(&mut self) {
        self.path.close();
    }
}
