//! Requests within their bounds and beyond them.

use std::io::Cursor;

use super::*;

fn next_of(text: &str) -> Result<Option<Framed>, FramingError> {
    next(&mut Cursor::new(text))
}

fn refused(line: &str) -> String {
    let framed = next_of(&format!("{line}\n")).expect("the tile's length is known").expect("a line");
    framed.request.expect_err(line).to_string()
}

#[test]
fn a_line_is_read_and_the_tile_left() {
    let mut input = Cursor::new(
        "{\"size\":512,\"tile_bytes\":3,\"layers\":[{\"name\":\"land\",\"colour\":\"#F5f1E4\"}]}\nabc{",
    );
    let framed = next(&mut input).expect("a framed line").expect("a line");
    let land = Layer { name: "land".to_owned(), colour: Colour([0xf5, 0xf1, 0xe4]) };
    assert_eq!(framed.tile_bytes, 3);
    assert_eq!(framed.request.expect("a request"), Request { size: 512, layers: vec![land] });
    let mut rest = String::new();
    input.read_to_string(&mut rest).expect("text");
    assert_eq!(rest, "abc{");
    assert!(next_of("").expect("an end").is_none());
}

#[test]
fn what_leaves_the_length_unknown_ends_the_conversation() {
    assert!(matches!(next_of(&" ".repeat(20_000)), Err(FramingError::NoEnd)));
    assert!(matches!(next_of("{\"tile_bytes\":3"), Err(FramingError::Cut)));
    for line in
        ["", "no", "{}", "[]", "{\"tile_bytes\":-1}", "{\"tile_bytes\":1.5}", "{\"tile_bytes\":\"3\"}"]
    {
        assert!(matches!(next_of(&format!("{line}\n")), Err(FramingError::NoLength(_))), "{line}");
    }
}

#[test]
fn a_line_of_the_most_bytes_is_read() {
    let line = "{\"tile_bytes\":0}";
    let padded = format!("{line}{}\n", " ".repeat((16 << 10) - line.len() - 1));
    assert_eq!(next_of(&padded).expect("a framed line").expect("a line").tile_bytes, 0);
    assert!(matches!(next_of(&format!(" {padded}")), Err(FramingError::NoEnd)));
}

#[test]
fn each_bound_is_told_by_its_field() {
    let of = |size: u32, bytes: u64, layers: &str| {
        format!("{{\"size\":{size},\"tile_bytes\":{bytes},\"layers\":[{layers}]}}")
    };
    let layer = |name: &str, colour: &str| format!("{{\"name\":\"{name}\",\"colour\":\"{colour}\"}}");
    let one = layer("a", "#000000");
    let many: Vec<_> = ('a'..='z')
        .chain('a'..='g')
        .enumerate()
        .map(|(i, c)| layer(&format!("{c}{}", "_".repeat(i)), "#000000"))
        .collect();
    for (line, told) in [
        (of(255, 0, &one), "size is 255; ask for 256 to 1024 pixels"),
        (of(1025, 0, &one), "size is 1025"),
        (of(512, 4_194_305, &one), "tile_bytes is 4194305; send at most 4194304"),
        (of(512, 0, ""), "layers has 0 entries; name 1 to 32"),
        (of(512, 0, &many.join(",")), "layers has 33 entries"),
        (of(512, 0, &layer("", "#000000")), "layers[0].name is no name"),
        (of(512, 0, &layer("Land", "#000000")), "layers[0].name"),
        (of(512, 0, &layer("地", "#000000")), "layers[0].name"),
        (of(512, 0, &layer(&"a".repeat(33), "#000000")), "layers[0].name"),
        (of(512, 0, &format!("{one},{one}")), "layers[1].name stands before already"),
        (of(512, 0, &layer("a", "red")), "layers[0].colour is no colour; write #RRGGBB"),
        (of(512, 0, &layer("a", "#12345")), "layers[0].colour"),
        (of(512, 0, &layer("a", "#+12345")), "layers[0].colour"),
        (of(512, 0, &layer("a", "#12345é")), "layers[0].colour"),
        ("{\"tile_bytes\":0}".to_owned(), "missing field `size`"),
        (of(512, 0, &one).replace("size", "side"), "unknown field `side`"),
        (of(512, 0, "{\"name\":\"a\"}"), "missing field `colour`"),
    ] {
        assert!(refused(&line).contains(told), "{line}: {}", refused(&line));
    }
}
