//! Files of demand that are good, and files that are not.

use geo::{MultiPolygon, polygon};
use proptest::prelude::*;
use spatial::Area;

use super::*;
use crate::calendar::Calendar;
use crate::city::District;
use crate::stations::import::{Encoding, Format, Header, SheetRow};
use crate::vocabulary::{Vocabularies, parse};

fn city() -> City {
    let ground = MultiPolygon::from(polygon![
        (x: 119.0, y: 39.0), (x: 120.0, y: 39.0), (x: 120.0, y: 40.0), (x: 119.0, y: 40.0),
    ]);
    let district = District::new("130302".parse().unwrap(), "甲区".into(), "A".into(), Area::new(ground));
    let trades = include_str!("../../../../data/vocabularies/trades.csv");
    City {
        districts: vec![district],
        places: Vec::new(),
        calendar: Calendar::default(),
        vocabularies: Vocabularies::new(parse("trade", trades).unwrap()),
    }
}

fn sheet(text: &str) -> Sheet {
    let mut lines = text.lines().map(|line| line.split(';').map(str::to_owned).collect::<Vec<_>>());
    let headings = lines.next().unwrap();
    let header =
        Header { format: Format::Csv, encoding: Some(Encoding::Utf8), heading_row: Some(1), headings };
    Sheet { header, rows: lines.zip(2..).map(|(cells, number)| SheetRow::new(number, cells)).collect() }
}

fn wanted() -> Wanted {
    Wanted { crs: Datum::Wgs84, trade: None, mapping: BTreeMap::new() }
}

fn brought(text: &str) -> Brought {
    read(&sheet(text), &wanted(), &city()).unwrap()
}

fn wrong(text: &str, wanted: &Wanted) -> Vec<(String, &'static str)> {
    match read(&sheet(text), wanted, &city()) {
        Err(Error::Refused(errors)) => errors.into_iter().map(|e| (e.field, e.code)).collect(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn rows_become_points_in_their_districts() {
    let read = brought(
        "经度;纬度;人数;工种;备注\n119.5;39.5;12.5;快递小哥;x\n118.0;38.0;3;;\n119.5;39.6;0;外卖;\n119.5;39.7;—;;",
    );
    assert_eq!(
        (read.rows, read.points.len(), read.outside, read.warnings.told(crate::language::Language::En).len()),
        (4, 2, 1, 2)
    );
    let first = &read.points[0];
    assert_eq!(
        (first.people, first.trade, first.district),
        (12.5, Some(Trade::Courier), "130302".parse().ok())
    );
    assert_eq!((read.points[1].trade, read.points[1].district), (None, None));
    assert!(read.profiles.is_empty());
    let of_all = Wanted { trade: Some(Trade::Driver), ..wanted() };
    let read = super::read(&sheet("lon;lat;weight\n119.5;39.5;1"), &of_all, &city()).unwrap();
    assert_eq!(read.points[0].trade, Some(Trade::Driver));
}

#[test]
fn positions_are_brought_to_wgs84() {
    let shifted = Wanted { crs: Datum::Gcj02, ..wanted() };
    let read = super::read(&sheet("lon;lat;weight\n119.5;39.5;1"), &shifted, &city()).unwrap();
    let at = Position::new(119.5, 39.5).unwrap();
    let moved = read.points[0].position.geodesic_m(at);
    assert!((100.0..1_000.0).contains(&moved), "{moved}");
    assert_eq!(read.points[0].position, Datum::Gcj02.to_wgs84(at));
}

#[test]
fn a_cell_stands_for_its_centre() {
    let cell = h3o::LatLng::new(39.5, 119.5).unwrap().to_cell(h3o::Resolution::Nine);
    let read = brought(&format!("格;人数\n{cell};4\n{};5", cell.to_string().to_uppercase()));
    assert_eq!(read.points.len(), 2);
    assert_eq!(read.points[0].position, read.points[1].position);
    assert!(read.points[0].position.geodesic_m(Position::new(119.5, 39.5).unwrap()) < 250.0);
    assert_eq!(
        wrong("h3;weight\n8a1fb46622dffg;4\n;4\n12;1", &wanted()),
        [
            ("row 2 h3".to_owned(), "bad_cell"),
            ("row 3 lon".to_owned(), "missing"),
            ("row 4 h3".to_owned(), "bad_cell"),
        ]
    );
}

#[test]
fn hours_make_the_profile_and_the_most_is_the_weight() {
    let hours = (0..24).map(|h| format!("h{h}")).collect::<Vec<_>>().join(";");
    let day = |of: &dyn Fn(usize) -> u32| (0..24).map(|h| of(h).to_string()).collect::<Vec<_>>().join(";");
    let (a, b) = (day(&|h| if h < 12 { 10 } else { 4 }), day(&|h| if h == 3 { 10 } else { 0 }));
    let text = format!("lon;lat;trade;{hours}\n119.5;39.5;;{a}\n119.6;39.5;;{b}\n119.7;39.5;driver;{b}");
    let read = brought(&text);
    assert_eq!(read.points.iter().map(|p| p.people).collect::<Vec<_>>(), [10.0, 10.0, 10.0]);
    let others = &read.profiles[""];
    assert_eq!((others.len(), others[0], others[3], others[13], others[167]), (168, 0.5, 1.0, 0.2, 0.2));
    assert_eq!(
        (read.profiles["driver"][3], read.profiles["driver"][4], read.profiles["driver"][27]),
        (1.0, 0.0, 1.0)
    );
    assert_eq!(wrong("lon;lat;h0;h1\n119.5;39.5;1;2", &wanted()), [("file".to_owned(), "missing_column")]);
}

#[test]
fn each_row_says_what_is_wrong() {
    let text = "lon;lat;weight;trade\n119.5;39.5;NaN;\n119.5;39.5;-1;\n119.5;39.5;many;\n119.5;39.5;1;astronaut\n\
        39.5;119.5;1;\nx;39.5;1;\n119.5;;1;\n400;39.5;1;\n119.5;39.5;10000001;";
    let told = [
        ("row 2 weight", "not_finite"),
        ("row 3 weight", "out_of_range"),
        ("row 4 weight", "not_a_number"),
        ("row 5 trade", "unknown_trade"),
        ("row 6 lat", "swapped"),
        ("row 7 lon", "not_a_number"),
        ("row 8 lat", "missing"),
        ("row 9 lat", "out_of_range"),
        ("row 10 weight", "out_of_range"),
    ];
    assert_eq!(wrong(text, &wanted()), told.map(|(field, code)| (field.to_owned(), code)));
}

#[test]
fn a_file_as_a_whole_may_be_wrong() {
    let one = |code| vec![("file".to_owned(), code)];
    assert_eq!(wrong("lon;lat;jobs\n1;2;3", &wanted()), one("missing_column"));
    assert_eq!(wrong("name;weight\na;3", &wanted()), one("missing_column"));
    assert_eq!(wrong("lon;lat;weight\n119.5;39.5;0", &wanted()), one("nobody"));
    assert_eq!(wrong("lon;lat;weight", &wanted()), one("nobody"));
    let many = (0..130).map(|_| "119.5;39.5;x").collect::<Vec<_>>().join("\n");
    let told = wrong(&format!("lon;lat;weight\n{many}"), &wanted());
    assert_eq!((told.len(), told[100].clone()), (101, ("file".to_owned(), "more_errors")));
}

#[test]
fn columns_are_as_somebody_says() {
    let said = |pairs: &[(&str, Option<&str>)]| Wanted {
        mapping: pairs.iter().map(|(c, f)| ((*c).to_owned(), f.map(str::to_owned))).collect(),
        ..wanted()
    };
    let text = "lon;lat;population;jobs\n119.5;39.5;1;2";
    let people = |wanted: &Wanted| read(&sheet(text), wanted, &city()).unwrap().points[0].people;
    assert_eq!((people(&said(&[])), people(&said(&[("JOBS", Some("weight"))]))), (1.0, 2.0));
    assert_eq!(wrong(text, &said(&[("population", None)])), [("file".to_owned(), "missing_column")]);
    let told =
        wrong(text, &said(&[("population", Some("weight")), ("jobs", Some("weight")), ("x", Some("y"))]));
    assert_eq!(
        told.iter().map(|(_, code)| *code).collect::<Vec<_>>(),
        ["twice", "no_such_column", "unknown_field"]
    );
}

#[test]
fn exchanged_columns_within_bounds_are_noticed() {
    let mut city = city();
    let ground =
        MultiPolygon::from(polygon![(x: -52.0, y: -31.0), (x: -51.0, y: -31.0), (x: -51.0, y: -30.0)]);
    city.districts =
        vec![District::new("431490".parse().unwrap(), "P".into(), "P".into(), Area::new(ground))];
    let read = |text| super::read(&sheet(text), &wanted(), &city);
    assert!(read("lon;lat;weight\n-51.2;-30.4;1\n-51.3;-30.5;1").is_ok());
    let Err(Error::Refused(errors)) = read("lon;lat;weight\n-30.4;-51.2;1\n-30.5;-51.3;1") else { panic!() };
    assert_eq!((errors[0].field.as_str(), errors[0].code), ("file", "swapped"));
    assert!(read("lon;lat;weight\n10.0;20.0;1").is_ok(), "somewhere else altogether");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn spreading_keeps_the_people(
        squares in prop::collection::vec((119.1..119.8_f64, 39.1..39.8_f64, 0.0001..0.03_f64, 0.1..5_000.0_f64), 1..5),
    ) {
        let rows: Vec<String> = squares.iter().map(|(w, s, side, people)| {
            let (e, n) = (w + side, s + side);
            let ring = format!("[[{w},{s}],[{e},{s}],[{e},{n}],[{w},{n}],[{w},{s}]]");
            format!(r#"{{"type":"Polygon","coordinates":[{ring}]}};{people}"#)
        }).collect();
        let read = brought(&format!("geometry;weight\n{}", rows.join("\n")));
        let (sum, meant): (f64, f64) = (read.points.iter().map(|p| p.people).sum(), squares.iter().map(|s| s.3).sum());
        prop_assert!((sum - meant).abs() <= 1e-9 * meant, "{sum} {meant}");
        prop_assert!(read.points.len() >= squares.len());
    }
}
