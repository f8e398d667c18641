//! Whether a picture shows what is where: each pixel is asked which place it is, and the coast says what is there.

use std::f64::consts::{PI, TAU};

use image::RgbImage;
use spatial::Position;
use yizhan::basemap::is_sea;

use super::{LAND, SEA, SHORE, is_like, map, patiently, pixels};
use crate::harness::Town;

/// The metres of ground that the overview shows in a side, and the radius of the projection's sphere.
const SIDE_M: f64 = 20_000.0;
const RADIUS_M: f64 = 6_378_137.0;

/// The place of a pixel of a picture around a place: the inverse of the spherical Mercator projection (Snyder, Map
/// Projections: A Working Manual, 1987, formulas 7-4 and 7-5).
fn place_of((lon, lat): (f64, f64), picture: &RgbImage, (x, y): (u32, u32)) -> Position {
    let pixel = SIDE_M / lat.to_radians().cos() / f64::from(picture.width());
    let middle = f64::from(picture.width()) / 2.0;
    let (east, south) = ((f64::from(x) + 0.5 - middle) * pixel, (f64::from(y) + 0.5 - middle) * pixel);
    let north = (PI / 4.0 + lat.to_radians() / 2.0).tan().ln() - south / RADIUS_M;
    let lat = (2.0 * north.exp().atan() - PI / 2.0).to_degrees();
    Position::new(lon + east / RADIUS_M * 360.0 / TAU, lat).unwrap()
}

/// How many pixels show sea or land as it is, of those that show either.
fn agreement(centre: (f64, f64), picture: &RgbImage) -> (u32, u32) {
    let (mut right, mut all) = (0, 0);
    for y in (1..picture.height()).step_by(5) {
        for x in (1..picture.width()).step_by(5) {
            let shown = *picture.get_pixel(x, y);
            let wet = is_like(shown, SEA);
            if wet || is_like(shown, LAND) {
                all += 1;
                right += u32::from(is_sea(place_of(centre, picture, (x, y))) == Some(wet));
            }
        }
    }
    (right, all)
}

both_engines! {
    async fn each_pixel_shows_what_is_at_its_place(t: Town) {
        let station = t.station("码头驿站").at(SHORE.0, SHORE.1).open().await;
        let picture = pixels(&patiently(|| map(&t, &station)).await);
        let (right, all) = agreement(SHORE, &picture);
        assert!(all > 7_000, "{all} pixels show sea or land");
        assert!(f64::from(right) > 0.995 * f64::from(all), "{right} of {all}");
        // The test would see a pin that stands 500 m beside its place.
        let (right, all) = agreement((SHORE.0, SHORE.1 + 0.0045), &picture);
        assert!(f64::from(right) < 0.985 * f64::from(all), "{right} of {all}");
    }
}
