//! Requests one after the other, some of them malformed.

use crate::colours::{ALL, rectangle};
use crate::poster::{Poster, WHITE, request};
use crate::tiles::{layer, polygon, tile};

const RED: &str = "#FF0000";
const BLUE: &str = "#0000FF";

fn land() -> Vec<u8> {
    tile(vec![layer("land", vec![polygon(&[&ALL])])])
}

#[test]
fn nothing_of_a_request_is_left_in_the_next() {
    let Some(mut poster) = Poster::start(&[]) else { return };
    let both = tile(vec![
        layer("land", vec![polygon(&[&ALL])]),
        layer("sea", vec![polygon(&[&rectangle([0, 0], [2048, 4096])])]),
    ]);
    let first = poster.draw(512, &[("land", RED), ("sea", BLUE)], &both);
    assert_eq!((first.at(100, 100).as_str(), first.at(400, 100).as_str()), (BLUE, RED));
    assert!(poster.draw(512, &[("land", BLUE)], &land()).is_all(BLUE), "the same layer in another colour");
    assert!(poster.draw(512, &[("land", RED)], &[]).is_all(WHITE), "no layer");
    assert!(poster.draw(256, &[("land", RED)], &land()).is_all(RED), "another size");
    assert!(poster.draw(512, &[("land", RED)], &land()).is_all(RED), "the size from before");
    assert_eq!(poster.end(), (Some(0), vec![]));
}

#[test]
fn requests_may_wait_in_the_pipe() {
    let Some(mut poster) = Poster::start(&[]) else { return };
    let one = request(256, &[("land", RED)], &land());
    poster.write(&one.repeat(5));
    let answers: Vec<_> = (0..5).map(|_| poster.answer().expect("a picture")).collect();
    assert!(answers.iter().all(|answer| *answer == answers[0]));
}

#[test]
fn a_malformed_request_is_answered_and_the_next_one_drawn() {
    let Some(mut poster) = Poster::start(&[]) else { return };
    let good = request(256, &[("land", RED)], &land());
    let line = |text: &str| format!("{text}\n").into_bytes();
    let points = {
        let mut feature = polygon(&[&ALL]);
        feature.r#type = Some(1);
        tile(vec![layer("land", vec![feature])])
    };
    let cases = [
        (request(255, &[("land", RED)], &land()), "size is 255"),
        (request(256, &[], &land()), "layers has 0 entries"),
        (request(256, &[("Land", RED)], &land()), "layers[0].name"),
        (request(256, &[("land", RED), ("land", RED)], &land()), "layers[1].name"),
        (request(256, &[("land", "red")], &land()), "layers[0].colour"),
        (line("{\"tile_bytes\":0}"), "missing field `size`"),
        (request(256, &[("land", RED)], &vec![0; (4 << 20) + 1]), "tile_bytes is 4194305"),
        (request(256, &[("land", RED)], b"no tile"), "the tile is no vector tile"),
        (request(256, &[("sea", RED)], &land()), "the tile has the layer \"land\""),
        (
            request(256, &[("land", RED)], &points),
            "feature 0 of layer \"land\" has a geometry that is no polygon",
        ),
    ];
    for (bytes, told) in cases {
        poster.write(&bytes);
        let error = poster.answer().expect_err(told);
        assert!(error.contains(told), "{error}");
        poster.write(&good);
        poster.answer().expect("the next request is drawn");
    }
    assert_eq!(poster.end(), (Some(0), vec![]));
}

#[test]
fn what_has_no_known_end_ends_the_process() {
    let cut = &request(256, &[("land", RED)], &land())[..100];
    for bytes in [
        b"no json\n".as_slice(),
        b"{}\n",
        &[b' '; 16 << 10],
        b"{\"tile_bytes\":1",
        b"{\"tile_bytes\":9}\n1234",
        cut,
    ] {
        let Some(mut poster) = Poster::start(&[]) else { return };
        poster.write(bytes);
        assert_eq!(poster.end(), (Some(2), vec![]), "{}", String::from_utf8_lossy(bytes));
    }
}
