//! What polygons and layers may be.

use crate::colours::{ALL, rectangle};
use crate::poster::{Poster, WHITE};
use crate::tiles::{layer, polygon, tile};

const RED: &str = "#FF0000";
const BLUE: &str = "#0000FF";

#[test]
fn a_hole_stays_a_hole() {
    let Some(mut poster) = Poster::start(&[]) else { return };
    let mut hole = rectangle([1024, 1024], [3072, 3072]);
    hole.reverse();
    let island = rectangle([1792, 1792], [2304, 2304]);
    let ring = polygon(&[&rectangle([512, 512], [3584, 3584]), &hole, &island]);
    let tile = tile(vec![layer("land", vec![polygon(&[&ALL])]), layer("lake", vec![ring])]);
    let picture = poster.draw(512, &[("land", RED), ("lake", BLUE)], &tile);
    for (place, colour) in [
        ([256, 2048], RED),
        ([768, 2048], BLUE),
        ([1400, 2048], RED),
        ([2048, 2048], BLUE),
        ([3300, 3300], BLUE),
    ] {
        assert_eq!(picture.at_place(place), colour, "{place:?}");
    }
}

#[test]
fn a_polygon_of_several_parts_is_drawn_in_each() {
    let Some(mut poster) = Poster::start(&[]) else { return };
    let parts = polygon(&[&rectangle([0, 0], [1024, 1024]), &rectangle([3072, 0], [4096, 1024])]);
    let another = polygon(&[&rectangle([0, 3072], [1024, 4096])]);
    let picture = poster.draw(512, &[("land", RED)], &tile(vec![layer("land", vec![parts, another])]));
    for (place, colour) in [
        ([512, 512], RED),
        ([3584, 512], RED),
        ([512, 3584], RED),
        ([3584, 3584], WHITE),
        ([2048, 512], WHITE),
    ] {
        assert_eq!(picture.at_place(place), colour, "{place:?}");
    }
}

#[test]
fn the_order_of_the_request_decides_and_not_that_of_the_tile() {
    let Some(mut poster) = Poster::start(&[]) else { return };
    let tile = tile(vec![layer("a", vec![polygon(&[&ALL])]), layer("b", vec![polygon(&[&ALL])])]);
    assert!(poster.draw(256, &[("a", RED), ("b", BLUE)], &tile).is_all(BLUE));
    assert!(poster.draw(256, &[("b", BLUE), ("a", RED)], &tile).is_all(RED));
}

#[test]
fn as_many_layers_as_may_be_lie_above_each_other() {
    let Some(mut poster) = Poster::start(&[]) else { return };
    let names: Vec<String> = (0..32).map(|i| "x".repeat(i + 1)).collect();
    let colours: Vec<String> = (0..32).map(|i| format!("#{:02X}40{:02X}", i * 8, 255 - i * 8)).collect();
    // Each begins 128 units further to the right and ends at the right side.
    let stair =
        |(i, name): (i32, &String)| layer(name, vec![polygon(&[&rectangle([i * 128, 0], [4096, 4096])])]);
    let tile = tile((0..).zip(&names).map(stair).collect());
    let layers: Vec<(&str, &str)> =
        names.iter().zip(&colours).map(|(n, c)| (n.as_str(), c.as_str())).collect();
    let picture = poster.draw(512, &layers, &tile);
    for (i, colour) in (0..).zip(&colours) {
        assert_eq!(&picture.at_place([i * 128 + 64, 2048]), colour, "layer {i}");
    }
}

#[test]
fn where_nothing_is_the_picture_is_white() {
    let Some(mut poster) = Poster::start(&[]) else { return };
    assert!(poster.draw(256, &[("land", RED)], &[]).is_all(WHITE), "a tile of no bytes");
    let empty = tile(vec![layer("land", vec![])]);
    assert!(
        poster.draw(256, &[("land", RED), ("sea", BLUE)], &empty).is_all(WHITE),
        "a layer without features"
    );
    let beside = rectangle([-4096, -4096], [-10, 8192]);
    let beside = tile(vec![layer("land", vec![polygon(&[&beside])])]);
    assert!(poster.draw(256, &[("land", RED)], &beside).is_all(WHITE), "a polygon beside the tile");
    let sea = tile(vec![layer("sea", vec![polygon(&[&ALL])])]);
    assert!(
        poster.draw(256, &[("land", RED), ("sea", BLUE)], &sea).is_all(BLUE),
        "a layer that the tile lacks"
    );
}

#[test]
fn properties_are_no_hindrance() {
    let Some(mut poster) = Poster::start(&[]) else { return };
    let mut named = layer("land", vec![polygon(&[&ALL])]);
    named.keys.push("name".to_owned());
    let name = geozero::mvt::tile::Value { string_value: Some("海港区".to_owned()), ..Default::default() };
    named.values.push(name);
    named.features[0].tags = vec![0, 0];
    named.features[0].id = Some(7);
    named.extent = Some(4096);
    assert!(poster.draw(256, &[("land", RED)], &tile(vec![named])).is_all(RED));
}

#[test]
fn polygons_with_hardly_any_area_take_no_colour_from_others() {
    let Some(mut poster) = Poster::start(&[]) else { return };
    // Spikes of no width, whose vertices belong to no triangle, before one real square.
    let spike = |i: i32| {
        polygon(&[&[[i, 0], [i + 1, 0], [i + 1, 1], [i + 1, 4000], [i + 1, 1], [i + 1, 900], [i + 1, 1]]])
    };
    let mut features: Vec<_> = (0..100).map(|i| spike(i * 4)).collect();
    features.push(polygon(&[&rectangle([1024, 0], [4096, 4096])]));
    let tile = tile(vec![layer("land", vec![polygon(&[&ALL])]), layer("roads", features)]);
    let picture = poster.draw(512, &[("land", RED), ("roads", BLUE)], &tile);
    assert_eq!(picture.at_place([3000, 2000]), BLUE);
    assert_eq!(picture.at_place([800, 2000]), RED);
}
