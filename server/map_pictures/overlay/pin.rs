//! The pin: its tip is where the station is.

use tiny_skia::{FillRule, LineJoin, Paint, Path, PathBuilder, Pixmap, Rect, Stroke, Transform};

use super::side;
use crate::map_pictures::painter::colour;

/// The colour of its head, and of its edge and middle.
const PINE: &str = "#0B5A47";
const WHITE: &str = "#FFFFFF";
/// The radius of its head in the height of letters, how far the tip lies below its middle in radii, and the thickness of
/// its edge in radii.
const RADIUS: f32 = 0.95;
const TIP: f32 = 2.15;
const EDGE: f32 = 0.3;
/// How far a control point lies for a quarter of a circle of radius 1: 4/3 · (√2 − 1).
const ROUND: f32 = 0.552_284_8;

/// The room that the pin takes, its edge included; none of a picture without pixels.
pub(super) fn bounds(picture: &Pixmap, letters_px: f32) -> Option<Rect> {
    let (middle, r) = (side(picture) / 2.0, RADIUS * letters_px);
    let reach = r * (1.0 + EDGE);
    Rect::from_ltrb(middle - reach, middle - r * TIP - reach, middle + reach, middle + r * EDGE)
}

/// Draws the pin, with its tip in the middle of the picture.
pub(super) fn draw(picture: &mut Pixmap, letters_px: f32) {
    let (middle, r) = (side(picture) / 2.0, RADIUS * letters_px);
    let head = middle - r * TIP;
    let mut paint = Paint { anti_alias: true, ..Paint::default() };
    if let Some(path) = drop_shape([middle, head], r) {
        paint.set_color(colour(WHITE));
        let edge = Stroke { width: 2.0 * r * EDGE, line_join: LineJoin::Round, ..Stroke::default() };
        picture.stroke_path(&path, &paint, &edge, Transform::identity(), None);
        paint.set_color(colour(PINE));
        picture.fill_path(&path, &paint, FillRule::Winding, Transform::identity(), None);
    }
    if let Some(dot) = PathBuilder::from_circle(middle, head, r * 0.4) {
        paint.set_color(colour(WHITE));
        picture.fill_path(&dot, &paint, FillRule::Winding, Transform::identity(), None);
    }
}

/// A circle that runs out into a tip below.
fn drop_shape([x, y]: [f32; 2], r: f32) -> Option<Path> {
    let k = r * ROUND;
    let tip = y + r * TIP;
    let mut path = PathBuilder::new();
    path.move_to(x, tip);
    path.cubic_to(x - r * 0.35, y + r * 1.35, x - r, y + k * 1.4, x - r, y);
    path.cubic_to(x - r, y - k, x - k, y - r, x, y - r);
    path.cubic_to(x + k, y - r, x + r, y - k, x + r, y);
    path.cubic_to(x + r, y + k * 1.4, x + r * 0.35, y + r * 1.35, x, tip);
    path.close();
    path.finish()
}
