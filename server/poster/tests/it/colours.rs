//! Colours are those asked for, at the places where the tile has them.

use crate::poster::{Poster, WHITE};
use crate::tiles::{layer, polygon, tile};

/// A rectangle by two corners, clockwise as drawn.
pub(crate) fn rectangle([left, top]: [i32; 2], [right, bottom]: [i32; 2]) -> [[i32; 2]; 4] {
    [[left, top], [right, top], [right, bottom], [left, bottom]]
}

/// A rectangle over the tile and some more.
pub(crate) const ALL: [[i32; 2]; 4] = [[-64, -64], [4160, -64], [4160, 4160], [-64, 4160]];

#[test]
fn a_square_lies_where_the_tile_has_it() {
    let Some(mut poster) = Poster::start(&[]) else { return };
    // No side is as far from its edge of the picture as another: what is mirrored or turned would show.
    let square = rectangle([1024, 512], [2560, 3072]);
    let tile = tile(vec![layer("land", vec![polygon(&[&ALL])]), layer("sea", vec![polygon(&[&square])])]);
    for size in [1024, 256, 512, 1024, 256] {
        let picture = poster.draw(size, &[("land", "#F5F1E4"), ("sea", "#BFDFEA")], &tile);
        assert_eq!(picture.size(), size);
        let (columns, rows) = (size / 4..size * 5 / 8, size / 8..size * 3 / 4);
        // Of one pixel at either side of an edge nothing is said.
        let near = |range: &std::ops::Range<u32>, at: u32| {
            range.start.abs_diff(at + 1) <= 1 || range.end.abs_diff(at) <= 1
        };
        for y in (0..size).filter(|y| !near(&rows, *y)) {
            for x in (0..size).filter(|x| !near(&columns, *x)) {
                let inside = columns.contains(&x) && rows.contains(&y);
                let wanted = if inside { "#BFDFEA" } else { "#F5F1E4" };
                assert_eq!(picture.at(x, y), wanted, "{x}, {y} of {size}");
            }
        }
    }
}

#[test]
fn each_colour_comes_back_as_it_was_asked_for() {
    let Some(mut poster) = Poster::start(&[]) else { return };
    let tile = tile(vec![layer("land", vec![polygon(&[&ALL])])]);
    for colour in ["#000000", "#010203", "#123456", "#7F8081", "#BFDFEA", "#C8102E", "#FEFDFC", WHITE] {
        assert!(poster.draw(256, &[("land", colour)], &tile).is_all(colour), "{colour}");
    }
}

#[test]
fn a_size_whose_rows_the_device_fills_up_is_drawn_straight() {
    let Some(mut poster) = Poster::start(&[]) else { return };
    let half = rectangle([0, 0], [2048, 4096]);
    let picture =
        poster.draw(300, &[("land", "#123456")], &tile(vec![layer("land", vec![polygon(&[&half])])]));
    for y in 0..300 {
        assert_eq!((picture.at(148, y).as_str(), picture.at(151, y).as_str()), ("#123456", WHITE), "row {y}");
    }
}
