//! What stands on the ground of a picture: names, the pin, a scale, and who made the map.
//!
//! The engine knows neither text nor points, so this is drawn here in any case.

mod letters;
mod pin;
mod ruler;

use tiny_skia::{Color, Paint, Pixmap, Rect, Transform};

use self::letters::{Ink, Letters};
use crate::basemap::scene::{Name, NameKind, Scene};
use crate::error::Error;

/// Colours as `#RRGGBB`; those of the page's light theme.
const HALO: &str = "#FFFFFF";
const INK: &str = "#12201A";
const FAINT: &str = "#43524A";
const WATER: &str = "#2B6F86";

/// What is drawn over a ground, and how large.
pub(super) struct Overlay<'a> {
    /// The names of what lies there.
    pub(super) scene: &'a Scene,
    /// How many metres of ground the picture's side shows.
    pub(super) side_m: f64,
    /// Who made the map.
    pub(super) credits: &'a str,
    /// The height of a name's letters in pixels.
    pub(super) letters_px: f32,
}

impl Overlay<'_> {
    /// Draws all of it; the pin's tip is the middle of the picture.
    ///
    /// # Errors
    /// [`Error::Internal`] where the shipped font is damaged.
    pub(super) fn draw(&self, picture: &mut Pixmap) -> Result<(), Error> {
        let letters = Letters::new()?;
        let mut taken: Vec<Rect> = pin::bounds(picture, self.letters_px).into_iter().collect();
        taken.extend(self.credits(picture, &letters));
        taken.extend(ruler::draw(picture, &letters, self.side_m, self.letters_px * 0.85));
        self.names(picture, &letters, &mut taken);
        pin::draw(picture, self.letters_px);
        Ok(())
    }

    /// Names, the most important first; one that would cover another, or leave the picture, is left out.
    fn names(&self, picture: &mut Pixmap, letters: &Letters, taken: &mut Vec<Rect>) {
        let mut names: Vec<&Name> = self.scene.names.iter().collect();
        names.sort_by_key(|name| name.rank);
        for name in names {
            let (ink, size) = look(name.kind, self.letters_px);
            let Some(room) = self.room(picture, letters, name, size) else { continue };
            if taken.iter().all(|other| other.intersect(&room).is_none()) {
                letters.draw(picture, &name.text, [room.left(), room.top()], size, &ink);
                taken.push(room);
            }
        }
    }

    /// The box of a name around its place; none where it is not wholly in the picture.
    fn room(&self, picture: &Pixmap, letters: &Letters, name: &Name, size: f32) -> Option<Rect> {
        let side = side(picture);
        let [wide, high] = [letters.width(&name.text, size), size * letters::LINE];
        let [x, y] = [share(name.at.0), share(name.at.1)].map(|part| part * side);
        let room = Rect::from_xywh(x - wide / 2.0, y - high / 2.0, wide, high)?;
        let margin = self.letters_px * 0.3;
        let inside = Rect::from_ltrb(margin, margin, side - margin, side - margin)?;
        let is_inside = room.left() >= inside.left()
            && room.top() >= inside.top()
            && room.right() <= inside.right()
            && room.bottom() <= inside.bottom();
        is_inside.then_some(room)
    }

    /// Who made the map, in the lower right corner on a light ground; as many lines as it needs.
    fn credits(&self, picture: &mut Pixmap, letters: &Letters) -> Option<Rect> {
        let (side, size) = (side(picture), self.letters_px * 0.62);
        let lines = letters.wrapped(self.credits, size, side * 0.62);
        let pad = size * 0.4;
        let widest = lines.iter().map(|line| letters.width(line, size)).fold(0.0, f32::max);
        let rows = lines.iter().fold(0.0, |rows, _| rows + 1.0);
        let [wide, high] = [widest + 2.0 * pad, rows * size * letters::LINE + pad];
        let room = Rect::from_xywh(side - wide, side - high, wide, high).filter(|_| widest > 0.0)?;
        let mut paint = Paint::default();
        paint.set_color(Color::from_rgba(1.0, 1.0, 1.0, 0.8)?);
        picture.fill_rect(room, &paint, Transform::identity(), None);
        let mut top = room.top() + pad / 2.0;
        for line in &lines {
            letters.draw(picture, line, [room.left() + pad, top], size, &Ink { colour: FAINT, halo: None });
            top += size * letters::LINE;
        }
        Some(room)
    }
}

/// How a name looks by what it names, and its size.
fn look(kind: NameKind, letters_px: f32) -> (Ink, f32) {
    let (colour, share) = match kind {
        NameKind::Sea | NameKind::Water => (WATER, 1.0),
        NameKind::District => (INK, 1.1),
        NameKind::Town => (FAINT, 0.95),
        NameKind::Road => (FAINT, 0.85),
    };
    (Ink { colour, halo: Some(HALO) }, letters_px * share)
}

#[expect(clippy::cast_precision_loss, reason = "a picture has at most 1024 pixels a side")]
fn side(picture: &Pixmap) -> f32 {
    picture.width() as f32
}

#[expect(clippy::cast_possible_truncation, reason = "a part of a side, to a fraction of a pixel")]
fn share(part: f64) -> f32 {
    part as f32
}
