//! A list that rounds a position moves no station; a list that puts it elsewhere does.

use proptest::prelude::*;
use spatial::Position;

use super::*;

/// A list of one station, named by its number or by nothing but its name and place.
fn list(crs: Datum, code: &str, at: Position, decimals: usize) -> String {
    let written = crs.from_wgs84(at);
    let (lon, lat) = (written.lon(), written.lat());
    format!("编号,名称,经度,纬度,区县\n{code},甲驿站,{lon:.decimals$},{lat:.decimals$},130304\n")
}

fn planned(crs: Datum, text: &str, stations: &[Station]) -> Plan {
    plan_sheet(&sheet(text), &Options { crs, ..options() }, stations)
}

/// The point so many metres east and north of a position.
fn beside(from: Position, east_m: f64, north_m: f64) -> Position {
    let degree_m = 111_195.0;
    let lat = from.lat() + north_m / degree_m;
    Position::new(from.lon() + east_m / degree_m / from.lat().to_radians().cos(), lat).unwrap()
}

/// What a list does to a station that is registered at one place and stated at another.
fn moved(code: &str, from: Position, to: Position) -> (usize, usize, usize) {
    let registry = commit(&planned(Datum::Wgs84, &list(Datum::Wgs84, code, from, 9), &[]), &[]);
    let report = planned(Datum::Wgs84, &list(Datum::Wgs84, code, to, 9), &registry).report;
    (report.unchanged, report.updated, report.created)
}

#[test]
fn less_than_a_metre_is_no_move() {
    let home = Position::new(119.55, 39.9).unwrap();
    for (east_m, north_m, expected) in [
        (0.0, 0.0, (1, 0, 0)),
        (0.9, 0.0, (1, 0, 0)),
        (0.0, -0.9, (1, 0, 0)),
        (-0.6, 0.6, (1, 0, 0)),
        (1.1, 0.0, (0, 1, 0)),
        (0.0, -1.1, (0, 1, 0)),
        (0.8, 0.8, (0, 1, 0)),
        (30.0, 0.0, (0, 1, 0)),
    ] {
        let to = beside(home, east_m, north_m);
        assert_eq!(moved("A1", home, to), expected, "{east_m} m east, {north_m} m north");
        // Without a number a row is another station where it is elsewhere.
        let (unchanged, updated, _) = expected;
        assert_eq!(
            moved("", home, to),
            (unchanged, 0, updated),
            "{east_m} m east, {north_m} m north, no number"
        );
    }
}

#[test]
fn what_else_a_row_changes_leaves_the_position_as_it_is_registered() {
    let home = Position::new(119.55, 39.9).unwrap();
    let registry = commit(&planned(Datum::Wgs84, &list(Datum::Wgs84, "A1", home, 9), &[]), &[]);
    let text = list(Datum::Bd09, "A1", beside(home, 0.5, 0.5), 9).replace("甲驿站", "新驿站");
    let plan = planned(Datum::Bd09, &text, &registry);
    let fields: Vec<_> = plan.report.updates[0].changes.iter().map(|c| c.field.as_str()).collect();
    assert_eq!(fields, ["name"]);
    let (before, after) = (&registry[0].facts, &commit(&plan, &registry)[0].facts);
    assert_eq!((after.position, after.crs), (before.position, before.crs));
}

#[test]
fn of_two_of_one_name_each_row_finds_the_nearer() {
    let home = Position::new(119.55, 39.9).unwrap();
    let row = |at: Position| format!(",甲,{:.9},{:.9},130304\n", at.lon(), at.lat());
    let [first, second] = [home, beside(home, 0.5, 0.0)].map(row);
    let headings = "编号,名称,经度,纬度,区县\n";
    let registry = commit(&plan_text(&format!("{headings}{first}{second}"), &[]), &[]);
    let elsewhere = row(beside(home, 0.2, 0.0));
    let again = plan_text(&format!("{headings}{elsewhere}{first}{second}"), &registry);
    assert_eq!((again.report.unchanged, again.report.created), (2, 1), "no row takes another's station");
}

proptest! {
    #[test]
    fn five_decimals_in_any_system_move_nothing(
        lon in 119.5..119.6, lat in 39.85..39.95, decimals in 5_usize..9, which in 0_usize..3, has_code: bool,
    ) {
        let (at, crs) = (Position::new(lon, lat).unwrap(), Datum::ALL[which]);
        let code = if has_code { "A1" } else { "" };
        let registry = commit(&planned(crs, &list(crs, code, at, 9), &[]), &[]);
        let report = planned(crs, &list(crs, code, at, decimals), &registry).report;
        prop_assert_eq!((report.unchanged, report.updated, report.created), (1, 0, 0));
    }
}
