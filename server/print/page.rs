//! One page: shapes, icons, text and QR codes.

use fast_qr::ECL;
use fast_qr::qr::{QRBuilder, QRCode};
use pdf_writer::types::{LineCapStyle, LineJoinStyle, TextRenderingMode};
use pdf_writer::{Content, Name, Ref, Str};

use super::document::{Document, FONT, picture_name};
use super::path::{Path, Step};
use super::picture::Picture;
use crate::error::Error;

/// Width and height of A4.
pub const A4: [f32; 2] = [595.28, 841.89];
/// How thick a bold letter's outline is, in em: the font has one weight, which is drawn heavier by an outline.
const BOLD_EM: f32 = 0.035;
/// The box in which icons are drawn, and how thick their strokes are in it.
const ICON_BOX: f32 = 24.0;
const ICON_STROKE: f32 = 1.9;

/// A colour by its red, green and blue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Colour(pub u8, pub u8, pub u8);

/// How a text looks.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Style {
    /// The size in points.
    pub size: f32,
    /// Its colour.
    pub colour: Colour,
    /// Whether it is bold.
    pub bold: bool,
}

/// A page that is being drawn; [`Page::done`] puts it into its document.
pub struct Page<'d> {
    document: &'d mut Document,
    content: Content,
    size: [f32; 2],
    pictures: Vec<Ref>,
}

impl<'d> Page<'d> {
    /// An empty page of a width and height.
    pub fn new(document: &'d mut Document, size: [f32; 2]) -> Self {
        Self { document, content: Content::new(), size, pictures: Vec::new() }
    }

    /// The document, for its font.
    pub fn document(&self) -> &Document {
        self.document
    }

    /// Ends the page.
    pub fn done(self) {
        let Self { document, content, size, pictures } = self;
        document.add_page(size, &content.finish(), &pictures);
    }

    /// Fills an outline.
    pub fn fill(&mut self, path: &Path, colour: Colour) {
        let [r, g, b] = colour.parts();
        self.content.set_fill_rgb(r, g, b);
        self.trace(path);
        self.content.fill_nonzero();
    }

    /// Draws along an outline.
    pub fn stroke(&mut self, path: &Path, colour: Colour, width: f32) {
        let [r, g, b] = colour.parts();
        self.content.set_stroke_rgb(r, g, b).set_line_width(width);
        self.content.set_line_cap(LineCapStyle::RoundCap).set_line_join(LineJoinStyle::RoundJoin);
        self.trace(path);
        self.content.stroke();
    }

    /// Draws an icon into a square whose upper left corner is at `at`.
    pub fn icon(&mut self, path: &Path, at: [f32; 2], size: f32, colour: Colour) {
        let scale = size / ICON_BOX;
        self.stroke(&path.placed(scale, at), colour, ICON_STROKE * scale);
    }

    /// Draws a picture into a square whose upper left corner is at `left`, `top`.
    pub fn picture(&mut self, picture: &Picture, [left, top]: [f32; 2], size: f32) {
        let number = self.document.add_picture(picture);
        self.pictures.push(number);
        self.content.save_state().transform([size, 0.0, 0.0, size, left, self.size[1] - top - size]);
        self.content.x_object(Name(picture_name(number).as_bytes())).restore_state();
    }

    /// Writes one line that begins at `x` and stands on `baseline`.
    pub fn text(&mut self, text: &str, [x, baseline]: [f32; 2], style: Style) {
        let glyphs = self.document.shape(text);
        let ([r, g, b], y) = (style.colour.parts(), self.size[1] - baseline);
        self.content.set_fill_rgb(r, g, b);
        self.content.begin_text().set_font(Name(FONT), style.size);
        let mode = if style.bold {
            self.content.set_stroke_rgb(r, g, b).set_line_width(style.size * BOLD_EM);
            TextRenderingMode::FillStroke
        } else {
            TextRenderingMode::Fill
        };
        self.content.set_text_rendering_mode(mode);
        self.content.next_line(x, y).show(Str(&glyphs)).end_text();
    }

    /// Writes one line in the middle of what lies around `x`.
    pub fn centred(&mut self, text: &str, [x, baseline]: [f32; 2], style: Style) {
        let width = self.document.font().width_em(text) * style.size;
        self.text(text, [x - width / 2.0, baseline], style);
    }

    /// Draws a text as a QR code of quality Q (25 % may be soiled) into a square, without its quiet zone.
    ///
    /// # Errors
    /// [`Error::Internal`] where the text is too long for one.
    pub fn qr(&mut self, text: &str, [left, top]: [f32; 2], size: f32, colour: Colour) -> Result<(), Error> {
        let code = QRBuilder::new(text).ecl(ECL::Q).build();
        let code = code.map_err(|_| Error::Internal("an address is too long for a QR code".to_owned()))?;
        let [r, g, b] = colour.parts();
        self.content.set_fill_rgb(r, g, b);
        let modules = u16::try_from(code.size).unwrap_or(u16::MAX);
        let module = size / f32::from(modules);
        for row in 0..modules {
            let y = self.size[1] - top - f32::from(row + 1) * module;
            for (from, to) in runs(&code, row, modules) {
                let x = left + f32::from(from) * module;
                self.content.rect(x, y, f32::from(to - from) * module, module);
            }
        }
        self.content.fill_nonzero();
        Ok(())
    }

    fn trace(&mut self, path: &Path) {
        let height = self.size[1];
        let up = |[x, y]: [f32; 2]| (x, height - y);
        for step in &path.steps {
            match *step {
                Step::Move(p) => self.content.move_to(up(p).0, up(p).1),
                Step::Line(p) => self.content.line_to(up(p).0, up(p).1),
                Step::Curve(a, b, p) => {
                    let ((ax, ay), (bx, by), (x, y)) = (up(a), up(b), up(p));
                    self.content.cubic_to(ax, ay, bx, by, x, y)
                }
                Step::Close => self.content.close_path(),
            };
        }
    }
}

/// Neighbouring dark modules of a row as one rectangle, so that no viewer shows seams between them.
fn runs(code: &QRCode, row: u16, modules: u16) -> Vec<(u16, u16)> {
    let mut runs: Vec<(u16, u16)> = Vec::new();
    for column in (0..modules).filter(|c| code[usize::from(row)][usize::from(*c)].value()) {
        match runs.last_mut() {
            Some((_, to)) if *to == column => *to += 1,
            _ => runs.push((column, column + 1)),
        }
    }
    runs
}

impl Colour {
    fn parts(self) -> [f32; 3] {
        [self.0, self.1, self.2].map(|part| f32::from(part) / 255.0)
    }
}
