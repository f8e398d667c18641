//! Fills the ground of a picture without the engine, with the same shapes and colours.

use tiny_skia::{Color, FillRule, Paint, Path, PathBuilder, Pixmap, Transform};

use crate::basemap::scene::{Scene, UNITS};

/// A pixel of a polygon's ring in the units of a scene.
type Corner = (i32, i32);

/// The ground with `size` pixels a side; none where that is no size.
pub(super) fn paint(scene: &Scene, size: u16) -> Option<Pixmap> {
    let mut picture = Pixmap::new(u32::from(size), u32::from(size))?;
    picture.fill(Color::WHITE);
    let scale = f32::from(size) / units();
    let mut paint = Paint { anti_alias: true, ..Paint::default() };
    for ground in &scene.layers {
        paint.set_color(colour(ground.colour));
        for path in ground.polygons.iter().filter_map(|rings| outline(rings)) {
            let placed = Transform::from_scale(scale, scale);
            picture.fill_path(&path, &paint, FillRule::EvenOdd, placed, None);
        }
    }
    Some(picture)
}

#[expect(clippy::cast_precision_loss, reason = "4096 and its likes are exact")]
fn units() -> f32 {
    UNITS as f32
}

/// The path of a polygon's rings; none of one without corners.
#[expect(clippy::cast_precision_loss, reason = "corners lie within a few thousand units, which are exact")]
fn outline(rings: &[Vec<Corner>]) -> Option<Path> {
    let mut path = PathBuilder::new();
    for ring in rings {
        for (n, (x, y)) in ring.iter().enumerate() {
            let (x, y) = (*x as f32, *y as f32);
            if n == 0 { path.move_to(x, y) } else { path.line_to(x, y) }
        }
        path.close();
    }
    path.finish()
}

/// A colour written as `#RRGGBB`.
pub(super) fn colour(written: &str) -> Color {
    let part = |at: usize| written.get(at..at + 2).and_then(|hex| u8::from_str_radix(hex, 16).ok());
    match [part(1), part(3), part(5)] {
        [Some(r), Some(g), Some(b)] => Color::from_rgba8(r, g, b, u8::MAX),
        _ => Color::BLACK,
    }
}
