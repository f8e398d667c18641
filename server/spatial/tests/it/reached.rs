//! The area within reach against formulas for discs and lenses, and against another way to measure an area.

use std::f64::consts::PI;

use geo::{GeodesicArea, Rect, coord};
use spatial::{Area, Position, Reached, reached};

use crate::strategies::at;

/// A rectangle of some 40 by 33 km around Qinhuangdao.
fn ground() -> Area {
    let corners = Rect::new(coord! { x: 119.3, y: 39.75 }, coord! { x: 119.8, y: 40.05 });
    Area::new(corners.to_polygon().into())
}

fn close(a: f64, b: f64, share: f64) -> bool {
    (a - b).abs() <= share * b.abs()
}

/// The area that two discs of radius `r` share whose middles are `d` apart (the lens of two equal circles).
fn lens(r: f64, d: f64) -> f64 {
    2.0 * r * r * (d / (2.0 * r)).acos() - d / 2.0 * (4.0 * r * r - d * d).sqrt()
}

#[test]
fn the_whole_is_what_karneys_area_says() {
    let area = ground();
    let Reached { reached_m2, whole_m2 } = reached(&area, &[], 500.0);
    assert!(reached_m2 == 0.0 && close(whole_m2, area.shape().geodesic_area_unsigned(), 1e-5));
}

#[test]
fn one_disc_and_two_that_overlap_have_the_areas_of_the_formulas() {
    let here = at(119.55, 39.9);
    let beside = at(119.555, 39.9);
    let apart_m = here.geodesic_m(beside);
    for radius_m in [300.0, 500.0, 1_000.0, 5_000.0] {
        let one = reached(&ground(), &[here], radius_m).reached_m2;
        assert!(close(one, PI * radius_m * radius_m, 5e-4), "{one} of {radius_m}");
        let two = reached(&ground(), &[here, beside, here], radius_m).reached_m2;
        assert!(
            close(two, 2.0 * PI * radius_m * radius_m - lens(radius_m, apart_m), 1e-3),
            "{two} of {radius_m}"
        );
    }
}

#[test]
fn what_lies_outside_the_ground_does_not_count_and_all_of_it_is_all() {
    let on_the_edge = reached(&ground(), &[at(119.55, 39.75)], 1_000.0).reached_m2;
    assert!(close(on_the_edge, PI * 1e6 / 2.0, 1e-3), "{on_the_edge}");
    let all = reached(&ground(), &[at(119.55, 39.9)], 100_000.0);
    assert!(close(all.reached_m2, all.whole_m2, 1e-12));
}

#[test]
fn a_hole_is_no_ground_and_nothing_reaches_nothing() {
    let outline = Rect::new(coord! { x: 119.3, y: 39.75 }, coord! { x: 119.8, y: 40.05 }).to_polygon();
    let hole = Rect::new(coord! { x: 119.5, y: 39.85 }, coord! { x: 119.6, y: 39.95 }).to_polygon();
    let with_hole = geo::Polygon::new(outline.exterior().clone(), vec![hole.exterior().clone()]);
    let left = outline.geodesic_area_unsigned() - hole.geodesic_area_unsigned();
    let area = Area::new(with_hole.into());
    let middle = Position::new(119.55, 39.9).unwrap();
    assert!(reached(&area, &[middle], 500.0).reached_m2 == 0.0);
    assert!(close(reached(&area, &[middle], 500.0).whole_m2, left, 1e-3));
    assert_eq!(reached(&Area::new(geo::MultiPolygon::new(vec![])), &[middle], 500.0), Reached::default());
    assert!(reached(&ground(), &[middle], f64::NAN).reached_m2 == 0.0);
}
