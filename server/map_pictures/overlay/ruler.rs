//! The scale: a line of a round length, in the lower left corner.

use tiny_skia::{LineCap, Paint, PathBuilder, Pixmap, Rect, Stroke, Transform};

use super::letters::{self, Ink, Letters};
use super::{HALO, INK, side};
use crate::map_pictures::painter::colour;

/// The most of the picture's side that the line may take.
const MOST: f64 = 0.24;
/// Metres of a kilometre.
const KILOMETRE: f64 = 1_000.0;

/// Draws the scale and returns the room that it takes.
pub(super) fn draw(picture: &mut Pixmap, letters: &Letters, side_m: f64, size: f32) -> Option<Rect> {
    let length_m = round_length(side_m * MOST);
    let length = super::share(length_m / side_m) * side(picture);
    let pad = size * 0.7;
    let [left, stands] = [pad, side(picture) - pad];
    let text = told(length_m);
    let top = stands - size * (letters::LINE + 0.45);
    letters.draw(picture, &text, [left, top], size, &Ink { colour: INK, halo: Some(HALO) });
    line(picture, [left, stands], length, size * 0.35);
    Rect::from_ltrb(0.0, top, left + length.max(letters.width(&text, size)) + pad, side(picture))
}

/// A line that is turned up at both ends, dark on light.
fn line(picture: &mut Pixmap, [left, stands]: [f32; 2], length: f32, tick: f32) {
    let mut path = PathBuilder::new();
    path.move_to(left, stands - tick);
    path.line_to(left, stands);
    path.line_to(left + length, stands);
    path.line_to(left + length, stands - tick);
    let Some(path) = path.finish() else { return };
    let mut paint = Paint { anti_alias: true, ..Paint::default() };
    for (look, width) in [(HALO, tick * 1.1), (INK, tick * 0.4)] {
        paint.set_color(colour(look));
        let stroke = Stroke { width, line_cap: LineCap::Square, ..Stroke::default() };
        picture.stroke_path(&path, &paint, &stroke, Transform::identity(), None);
    }
}

/// The longest of 1, 2 and 5 times a power of ten that is at most so many metres.
fn round_length(most_m: f64) -> f64 {
    let ten = 10_f64.powf(most_m.log10().floor());
    [5.0, 2.0, 1.0].map(|n| n * ten).into_iter().find(|length| *length <= most_m).unwrap_or(ten)
}

/// A length in words that both languages read.
fn told(length_m: f64) -> String {
    if length_m >= KILOMETRE {
        format!("{} 公里 km", length_m / KILOMETRE)
    } else {
        format!("{length_m} 米 m")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_has_a_round_length() {
        let told = |side_m: f64| told(round_length(side_m * MOST));
        assert_eq!(told(20_000.0), "2 公里 km");
        assert_eq!(told(1_200.0), "200 米 m");
        assert_eq!(told(21_000.0), "5 公里 km");
        assert_eq!(told(5_000.0), "1 公里 km");
        assert_eq!(told(4_000.0), "500 米 m");
    }
}
