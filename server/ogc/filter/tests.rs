//! Filters: texts that are read, texts that are not, and what each chooses of rows that are plain to see.

use std::collections::HashMap;

use proptest::prelude::*;

use super::condition::{Condition, Record};
use super::parse::{MAX_DEPTH, MAX_TEXT, parse};
use super::value::{Kind, Value, read};
use crate::ogc::crs::Crs;
use crate::ogc::field::Field;
use crate::time::Zone;
use spatial::Position;

const ZONE: Zone = Zone(chrono_tz::Asia::Shanghai);

/// A row that says what it is told to.
#[derive(Debug, Clone, Default)]
struct Told(HashMap<Field, Value<'static>>, [f64; 2]);

impl Record for Told {
    fn value(&self, field: Field) -> Option<Value<'_>> {
        self.0.get(&field).cloned()
    }

    fn place(&self, crs: Crs) -> [f64; 2] {
        crs.of(Position::new(self.1[0], self.1[1]).unwrap())
    }
}

/// A bank with four stars, open, confirmed on a day, without a number.
fn bank() -> Told {
    let values = [
        (Field::Name, "Harbour Bank 海港支行"),
        (Field::Host, "bank"),
        (Field::Facilities, "seat,water"),
        (Field::Rating, "4"),
        (Field::IsOpen, "true"),
        (Field::LastConfirmed, "2026-11-20T09:30:00+08:00"),
        (Field::OpenedOn, "2020-05-01"),
    ];
    let value = |(field, text): (Field, &str)| (field, read(field.kind(), text, ZONE).unwrap());
    Told(values.map(value).into(), [119.6, 39.93])
}

fn read_in(text: &str, crs: Crs) -> Condition {
    parse(text, crs, ZONE).unwrap_or_else(|fault| panic!("{text}: {fault:?}"))
}

/// Filters, and whether each chooses the bank.
const CHOICES: &[(&str, bool)] = &[
    ("rating = 4", true),
    ("4 = rating", true),
    ("rating <> 4", false),
    ("rating > 3.5 AND rating < 4.5", true),
    ("rating >= 5 OR host = 'bank'", true),
    ("NOT rating >= 5", true),
    ("NOT (rating >= 5 OR host = 'bank')", false),
    ("host = 'bank' OR host = 'park' AND rating = 1", true),
    ("(host = 'bank' OR host = 'park') AND rating = 1", false),
    ("is_open", true),
    ("NOT is_open", false),
    ("is_open = TRUE", true),
    ("is_open = false", false),
    ("is_open = 1", true),
    ("is_open <> 1", false),
    ("true", true),
    ("host in ('park', 'bank')", true),
    ("host NOT IN ('park')", true),
    ("rating IN (1, 2, 4)", true),
    ("rating BETWEEN 4 AND 5", true),
    ("rating NOT BETWEEN 4 AND 5", false),
    ("name LIKE '%海港%'", true),
    ("name LIKE 'harbour%'", false),
    ("name NOT LIKE 'harbour%'", true),
    ("CASEI(name) LIKE CASEI('harbour%')", true),
    ("CASEI(name) = CASEI('harbour bank 海港支行')", true),
    ("CASEI(host) IN (CASEI('BANK'), CASEI('Park'))", true),
    ("name ILIKE 'HARBOUR%'", true),
    ("facilities LIKE '%water%'", true),
    ("code IS NULL", true),
    ("rating IS NOT NULL", true),
    ("geometry IS NULL", false),
    ("\"rating\" = 4", true),
    // What is not there is neither equal nor unequal.
    ("code = 'x'", false),
    ("code <> 'x'", false),
    ("NOT code = 'x'", false),
    ("code = 'x' OR rating = 4", true),
    ("code IN ('x')", false),
    ("NOT code IN ('x')", false),
    ("last_confirmed > TIMESTAMP('2026-11-20T01:00:00Z')", true),
    ("last_confirmed > TIMESTAMP('2026-11-20T01:30:00Z')", false),
    ("last_confirmed >= DATE('2026-11-20')", true),
    ("last_confirmed < DATE('2026-11-20')", false),
    ("last_confirmed > '2026-11-20T01:00:00Z'", true),
    ("opened_on = DATE('2020-05-01')", true),
    ("opened_on < '2020-05-02'", true),
    ("opened_on BETWEEN DATE('2020-01-01') AND DATE('2020-12-31')", true),
    ("S_INTERSECTS(geometry, POINT(119.6 39.93))", true),
    ("s_intersects(POINT Z (119.6 39.93 7), geometry)", true),
    ("S_INTERSECTS(geometry, BBOX(119, 39, 120, 40))", true),
    ("S_INTERSECTS(geometry, BBOX(119.7, 39, 119.5, 40))", false),
    ("S_INTERSECTS(geometry, BBOX(119, 39, -170, 40))", true),
    ("S_INTERSECTS(geometry, POLYGON((119 39, 120 39, 120 40, 119 40, 119 39)))", true),
    (
        "S_INTERSECTS(geometry, POLYGON((119 39,120 39,120 40,119 40,119 39),(119.5 39.9,119.7 39.9,119.7 40,119.5 40,119.5 39.9)))",
        false,
    ),
    ("S_INTERSECTS(geometry, LINESTRING(119.6 39, 119.6 40))", true),
    ("S_INTERSECTS(geometry, MULTIPOINT((1 2), (119.6 39.93)))", true),
    ("S_INTERSECTS(geometry, MULTIPOINT(1 2, 119.6 39.93))", true),
    ("S_INTERSECTS(geometry, MULTILINESTRING((0 0, 1 1), (119 39.93, 120 39.93)))", true),
    ("S_INTERSECTS(geometry, MULTIPOLYGON(((0 0, 1 0, 1 1, 0 0))))", false),
    ("S_INTERSECTS(geometry, GEOMETRYCOLLECTION(POINT(1 1), POINT(119.6 39.93)))", true),
    ("NOT S_INTERSECTS(geometry, POINT(0 0)) AND is_open", true),
];

#[test]
fn a_filter_chooses_what_it_says() {
    for (text, chosen) in CHOICES {
        assert_eq!(read_in(text, Crs::Crs84).chooses(&bank()), *chosen, "{text}");
    }
}

#[test]
fn geometries_are_in_the_order_of_their_axes() {
    for (crs, window) in [
        (Crs::Wgs84, "BBOX(39, 119, 40, 120)"),
        (Crs::Cgcs2000, "POLYGON((39 119, 39 120, 40 120, 40 119, 39 119))"),
        (Crs::WebMercator, "BBOX(13313000, 4850000, 13315000, 4860000)"),
    ] {
        let condition = read_in(&format!("S_INTERSECTS(geometry, {window})"), crs);
        let [east, north] = bank().place(crs);
        assert!(condition.chooses(&bank()), "{window}: {east} {north}");
    }
}

#[test]
fn what_cannot_be_read_is_refused_with_its_place() {
    let deep = |levels: usize| format!("{}is_open{}", "(".repeat(levels), ")".repeat(levels));
    assert!(parse(&deep(MAX_DEPTH), Crs::Crs84, ZONE).is_ok());
    let (too_deep, nots) = (deep(MAX_DEPTH + 1), format!("{}is_open", "NOT ".repeat(MAX_DEPTH + 1)));
    let too_long = format!("name = '{}'", "x".repeat(MAX_TEXT));
    for (text, code, at) in [
        ("", "unreadable", 1),
        ("rating", "unreadable", 7),
        ("rating =", "unreadable", 9),
        ("rating = 4 rating", "unreadable", 12),
        ("rating = 4 AND", "unreadable", 15),
        ("(rating = 4", "unreadable", 12),
        ("rating = 4)", "unreadable", 11),
        ("rating == 4", "unreadable", 9),
        ("colour = 'red'", "unknown_property", 1),
        ("Rating = 4", "unknown_property", 1),
        ("rating = 'four'", "wrong_kind", 1),
        ("name = 4", "wrong_kind", 1),
        ("name = rating", "wrong_kind", 1),
        ("is_open > FALSE", "wrong_kind", 1),
        ("is_open = 2", "wrong_kind", 1),
        ("rating LIKE '4'", "wrong_kind", 1),
        ("name LIKE rating", "unreadable", 11),
        ("CASEI(rating) = 'x'", "wrong_kind", 7),
        ("opened_on = 'May'", "wrong_kind", 1),
        ("last_confirmed > TIMESTAMP('noon')", "unreadable", 28),
        ("geometry = 'x'", "wrong_kind", 1),
        ("rating IS 4", "unreadable", 11),
        ("rating IN ()", "unreadable", 12),
        ("rating BETWEEN 1", "unreadable", 17),
        ("S_TOUCHES(geometry, POINT(1 1))", "unsupported", 1),
        ("S_INTERSECTS(POINT(1 1), POINT(1 1))", "unsupported", 1),
        ("S_INTERSECTS(name, POINT(1 1))", "wrong_kind", 14),
        ("S_INTERSECTS(geometry, POINT(1))", "unreadable", 31),
        ("S_INTERSECTS(geometry, POINT(1 1e300))", "unreadable", 32),
        ("S_INTERSECTS(geometry, POLYGON((0 0, 1 0, 1 1)))", "unreadable", 32),
        ("S_INTERSECTS(geometry, LINESTRING(0 0))", "unreadable", 34),
        ("S_INTERSECTS(geometry, CIRCLE(0 0))", "unreadable", 24),
        ("S_INTERSECTS(geometry, BBOX(1, 2, 3))", "out_of_range", 24),
        ("name = \"x\"", "unknown_property", 8),
        ("rating + 1 = 4", "unreadable", 8),
        (&too_deep, "too_deep", MAX_DEPTH + 2),
        (&nots, "too_deep", 4 * (MAX_DEPTH + 1) + 1),
        (&too_long, "too_long", 1),
    ] {
        let fault = parse(text, Crs::Crs84, ZONE).expect_err(text);
        assert_eq!((fault.code, fault.at), (code, at), "{text}: {fault:?}");
    }
}

/// A condition as its own text, and what it comes to for the bank, with nothing for neither.
fn written() -> impl Strategy<Value = (String, Option<bool>)> {
    let leaf = prop_oneof![
        (0_i8..8).prop_map(|n| (format!("rating = {n}"), Some(n == 4))),
        (0_i8..8).prop_map(|n| (format!("rating<{n}"), Some(4 < n))),
        (0_i8..8, 0_i8..8).prop_map(|(a, b)| (format!("rating BETWEEN {a} AND {b}"), Some(a <= 4 && 4 <= b))),
        (0_i8..8).prop_map(|n| (format!("rating not in ({n}, 9)"), Some(n != 4))),
        Just(("code = 'x'".to_owned(), None)),
        Just(("code IS NULL".to_owned(), Some(true))),
        Just(("is_open".to_owned(), Some(true))),
        (0_i16..240).prop_map(|east| {
            (format!("S_INTERSECTS(geometry, BBOX(0, 0, {east}, 90))"), Some(f64::from(east) >= 119.6))
        }),
    ];
    let joined = |parts: Vec<(String, Option<bool>)>, word: &str, decisive: bool| {
        let text = parts.iter().map(|(text, _)| format!("({text})")).collect::<Vec<_>>().join(word);
        let any = |what| parts.iter().any(|(_, holds)| *holds == what);
        let holds = match () {
            () if any(Some(decisive)) => Some(decisive),
            () if any(None) => None,
            () => Some(!decisive),
        };
        (text, holds)
    };
    leaf.prop_recursive(5, 40, 4, move |inner| {
        let some = || prop::collection::vec(inner.clone(), 1..4);
        prop_oneof![
            some().prop_map(move |parts| joined(parts, " AND ", false)),
            some().prop_map(move |parts| joined(parts, "or", true)),
            inner.clone().prop_map(|(text, holds)| (format!("NOT ({text})"), holds.map(|holds| !holds))),
        ]
    })
}

/// Pieces of filters in no order.
fn scraps() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "(",
        ")",
        ",",
        "'",
        "\"",
        "AND",
        "OR",
        "NOT",
        "rating",
        "name",
        "geometry",
        "is_open",
        "=",
        "<>",
        "<=",
        "LIKE",
        "ILIKE",
        "IN",
        "BETWEEN",
        "IS",
        "NULL",
        "CASEI",
        "S_INTERSECTS",
        "POINT",
        "POLYGON",
        "MULTIPOINT",
        "BBOX",
        "GEOMETRYCOLLECTION",
        "1",
        "-2.5",
        "1e9",
        "'x'",
        "'%_'",
        "DATE('2026-01-01')",
        "TIMESTAMP",
        "TRUE",
        "\\",
        "驿",
    ]);
    prop::collection::vec(pieces, 0..60).prop_map(|pieces| pieces.join(" "))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn a_filter_means_what_a_plain_reading_of_it_does((text, holds) in written()) {
        prop_assume!(text.len() <= MAX_TEXT);
        prop_assert_eq!(read_in(&text, Crs::Crs84).chooses(&bank()), holds == Some(true), "{}", text);
    }

    #[test]
    fn no_text_whatever_ends_the_reader(text in prop_oneof!["\\PC{0,200}", scraps(), "[(NOT )'\"]{0,4000}"]) {
        for crs in Crs::ALL {
            match parse(&text, crs, ZONE) {
                Ok(condition) => { condition.chooses(&bank()); }
                Err(fault) => prop_assert!((1..=text.chars().count() + 1).contains(&fault.at), "{:?}", fault),
            }
        }
    }

    #[test]
    fn a_text_is_compared_as_it_is(name in "\\PC{0,40}") {
        let quoted = name.replace('\'', "''");
        let told = Told([(Field::Name, Value::text(name.clone()))].into(), [0.0, 0.0]);
        prop_assume!(!name.contains('\\'));
        for text in [format!("name = '{quoted}'"), format!("CASEI(name) IN (CASEI('{quoted}'))")] {
            prop_assert!(read_in(&text, Crs::Crs84).chooses(&told), "{}", text);
        }
    }
}

#[test]
fn every_property_can_be_compared() {
    for field in Field::asked() {
        let literal = match field.kind() {
            Kind::Text => "'x'",
            Kind::Number => "1",
            Kind::Truth => "TRUE",
            Kind::Instant => "TIMESTAMP('2026-11-24T10:00:00Z')",
            Kind::Date | Kind::Geometry => "DATE('2026-11-24')",
        };
        read_in(&format!("{} = {literal} OR {} IS NULL", field.name(), field.name()), Crs::Crs84);
    }
}
