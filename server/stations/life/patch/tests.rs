//! Patches by property and by table: what goes in comes out, and what is wrong is named.

use chrono::{DateTime, FixedOffset, NaiveDate};
use geo::{MultiPolygon, polygon};
use proptest::prelude::*;
use serde_json::{Value, json};
use spatial::Area;

use super::*;
use crate::stations::codes::{Access, Build, Form, Host, Trade, Working};
use crate::stations::life::history::changes;
use crate::stations::model::{Entrance, Season, Status, same_place};

fn now() -> DateTime<FixedOffset> {
    "2026-11-24T10:00:00+08:00".parse().unwrap()
}

fn districts() -> Vec<District> {
    let outline =
        polygon![(x: 119.0, y: 39.0), (x: 120.0, y: 39.0), (x: 120.0, y: 40.0), (x: 119.0, y: 40.0)];
    let square = || Area::new(MultiPolygon(vec![outline.clone()]));
    [("130302", "海港区"), ("130304", "北戴河区")]
        .map(|(code, name)| District::new(code.parse().unwrap(), name.into(), name.into(), square()))
        .into()
}

fn apply(facts: &Facts, patch: &Value) -> Result<Facts, Error> {
    let districts = districts();
    patched(facts, patch.as_object().unwrap(), &Rules { now: now(), districts: &districts })
}

/// The fields that are wrong, with their codes, and whether it is the form that is.
fn faults(patch: &Value) -> (bool, Vec<(String, &'static str)>) {
    let (form, faults) = match apply(&base(), patch) {
        Err(Error::Malformed(faults)) => (true, faults),
        Err(Error::Refused(faults)) => (false, faults),
        other => panic!("{patch}: {other:?}"),
    };
    for fault in &faults {
        assert!(!fault.detail.zh.is_empty() && !fault.detail.en.is_empty());
    }
    (form, faults.into_iter().map(|f| (f.field, f.code)).collect())
}

fn base() -> Facts {
    let mut facts = nothing(Position::new(119.6, 39.93).unwrap());
    "海港驿站".clone_into(&mut facts.name);
    facts
}

/// The merge patch that leads from one to the other.
fn diff(a: &Facts, b: &Facts) -> Value {
    let (Value::Object(old), Value::Object(new)) = (json!(a), json!(b)) else { panic!("facts are objects") };
    let mut patch: Map<String, Value> =
        new.into_iter().filter(|(name, value)| old.get(name) != Some(value)).collect();
    for field in ["lat", "lon", "crs"] {
        patch.remove(field);
    }
    if !same_place(a.position, b.position) {
        let given = b.crs.from_wgs84(b.position);
        patch.extend(
            [("lat", json!(given.lat())), ("lon", json!(given.lon()))].map(|(k, v)| (k.to_owned(), v)),
        );
        patch.insert("crs".to_owned(), b.crs.as_str().into());
    }
    if let (Some(door), Some(Value::Object(stated))) = (&b.entrance, patch.get_mut("entrance")) {
        let given = if patch_crs(a, b) { b.crs.from_wgs84(door.position) } else { door.position };
        stated.insert("lat".to_owned(), given.lat().into());
        stated.insert("lon".to_owned(), given.lon().into());
        for field in ["floor", "side"] {
            stated.entry(field).or_insert(Value::Null);
        }
    }
    Value::Object(patch)
}

/// Whether the patch names a coordinate system.
fn patch_crs(a: &Facts, b: &Facts) -> bool {
    !same_place(a.position, b.position)
}

fn word() -> impl Strategy<Value = String> {
    "[a-z驿站海港工会0-9]{1,8}( [a-z驿站]{1,4})?"
}

fn maybe<T: std::fmt::Debug + Clone + 'static>(
    of: impl Strategy<Value = T> + 'static,
) -> BoxedStrategy<Option<T>> {
    proptest::option::of(of).boxed()
}

fn one<T: Copy + std::fmt::Debug>(all: &'static [T]) -> impl Strategy<Value = T> {
    proptest::sample::select(all)
}

fn some<T: Copy + std::fmt::Debug + Ord + 'static>(all: &'static [T]) -> impl Strategy<Value = Vec<T>> {
    proptest::collection::btree_set(one(all), 0..4).prop_map(|set| set.into_iter().collect())
}

fn hours() -> impl Strategy<Value = String> {
    one(&["24/7", "Mo-Fr 09:00-17:00; PH off", "08:30-12:00,14:30-18:00", "22:00-06:00"])
        .prop_map(str::to_owned)
}

fn a_facility(code: FacilityCode) -> impl Strategy<Value = Facility> {
    let season = Season::new((11, 15), (3, 15)).unwrap();
    let parts = (any::<bool>(), maybe(hours()), any::<bool>(), maybe(0..=MOST_PIECES), maybe(word()));
    parts.prop_map(move |(broken, hours, seasonal, count, note)| Facility {
        code,
        working: if broken { Working::Broken } else { Working::Ok },
        broken_since: broken.then(|| now() - chrono::Duration::days(3)),
        hours,
        season: seasonal.then_some(season),
        count,
        note,
    })
}

fn some_facilities() -> impl Strategy<Value = Vec<Facility>> {
    some(FacilityCode::ALL).prop_flat_map(|codes| codes.into_iter().map(a_facility).collect::<Vec<_>>())
}

/// Positions on a grid of 100 m, so that two of them are one place or clearly not.
fn a_place() -> impl Strategy<Value = (Position, Option<Entrance>)> {
    let door = maybe((0..3_u8, maybe(word()), maybe(word())));
    (0..50_u16, 0..50_u16, door).prop_map(|(x, y, door)| {
        let at = |x: f64, y: f64| Position::new(119.5 + x * 0.001, 39.9 + y * 0.001).unwrap();
        let (x, y) = (f64::from(x), f64::from(y));
        let entrance =
            door.map(|(step, floor, side)| Entrance { position: at(x + f64::from(step), y), floor, side });
        (at(x, y), entrance)
    })
}

prop_compose! {
    fn some_facts()(
        (position, entrance) in a_place(),
        crs in one(&Datum::ALL),
        names in (word(), maybe(word()), maybe(word()), proptest::collection::btree_set(word(), 0..3)),
        codes in (maybe(one(Build::ALL)), maybe(one(Host::ALL)), maybe(one(Form::ALL))),
        lists in (some(Access::ALL), some(Trade::ALL), some_facilities()),
        words in (maybe(word()), maybe(word()), maybe(word()), maybe(hours()), maybe(word())),
        numbers in (maybe(0..=2_000_u32), maybe(0.0..1e5_f64), maybe(any::<bool>()), maybe(0..9_000_i64)),
        keeper in (maybe(word()), maybe("0335-[0-9]{7}"), maybe("1[0-9]{10}")),
        district in maybe(one(&["130302", "130304"])),
    ) -> Facts {
        Facts {
            name: names.0, code: names.1, signboard: names.2, aliases: names.3.into_iter().collect(),
            build: codes.0, host: codes.1, form: codes.2,
            access: lists.0, trades: lists.1, facilities: lists.2,
            partner: words.0, address: words.1, notes: words.2, hours: words.3, hours_text: words.4,
            capacity: numbers.0, area_m2: numbers.1, no_phone: numbers.2,
            opened_on: numbers.3.map(|days| NaiveDate::from_ymd_opt(2001, 1, 1).unwrap() + chrono::Duration::days(days)),
            keeper_name: keeper.0, phone: keeper.1, keeper_phone: keeper.2,
            district: district.map(|code| code.parse().unwrap()),
            entrance, crs,
            ..nothing(position)
        }
    }
}

proptest! {
    #[test]
    fn the_difference_of_two_leads_from_one_to_the_other(a in some_facts(), b in some_facts()) {
        let b = if same_place(a.position, b.position) { Facts { crs: a.crs, ..b } } else { b };
        let reached = apply(&a, &diff(&a, &b)).unwrap();
        let left = changes(Some((Status::Draft, &reached)), (Status::Draft, &b));
        prop_assert!(left.is_empty(), "{left:?}");
    }

    #[test]
    fn an_empty_patch_and_an_echo_change_nothing(a in some_facts()) {
        prop_assert_eq!(&apply(&a, &json!({})).unwrap(), &a);
        let echo = apply(&a, &json!(a)).unwrap();
        prop_assert!(changes(Some((Status::Open, &a)), (Status::Open, &echo)).is_empty());
    }

    #[test]
    fn no_patch_panics(field in "[a-z_]{1,12}", text in "\\PC{0,30}", number in any::<f64>()) {
        for field in [field.as_str(), "name", "hours", "phone", "opened_on", "district", "crs", "season"] {
            for value in [json!(text), json!(number), json!([text]), json!({ "code": text }), json!(null)] {
                let _ = apply(&base(), &json!({ field: value }));
                let _ = apply(&base(), &json!({ "facilities": [{ "code": "water", field: value }] }));
                let _ = apply(&base(), &json!({ "entrance": { "lat": 39.93, "lon": 119.6, field: value } }));
            }
        }
    }
}

#[test]
fn what_breaks_a_rule_is_named() {
    let long = |n: usize| "站".repeat(n);
    let many: Vec<_> = (0..=MOST_ALIASES).map(|i| format!("别名{i}")).collect();
    for (patch, field, code) in [
        (json!({ "name": "" }), "name", "missing"),
        (json!({ "name": null }), "name", "missing"),
        (json!({ "name": "  \t " }), "name", "missing"),
        (json!({ "name": long(NAME_CHARS + 1) }), "name", "too_long"),
        (json!({ "name": "海\u{0000}港" }), "name", "control_characters"),
        (json!({ "name": "海\n港" }), "name", "control_characters"),
        (json!({ "name": "海\u{202E}港" }), "name", "control_characters"),
        (json!({ "notes": "一\u{0007}二" }), "notes", "control_characters"),
        (json!({ "address": long(LINE_CHARS + 1) }), "address", "too_long"),
        (json!({ "notes": long(NOTES_CHARS + 1) }), "notes", "too_long"),
        (json!({ "hours_text": long(LINE_CHARS + 1) }), "hours_text", "too_long"),
        (json!({ "aliases": many }), "aliases", "too_many"),
        (json!({ "district": "440305" }), "district", "unknown_district"),
        (json!({ "district": "海港区" }), "district", "unknown_code"),
        (json!({ "hours": "早八点到晚六点半左右" }), "hours", "hours_unreadable"),
        (json!({ "hours": "Mo-Fr 09:00-17:00 节假日" }), "hours", "hours_unreadable"),
        (json!({ "host": "church" }), "host", "unknown_code"),
        (json!({ "access": ["open_door", "window"] }), "access[1]", "unknown_code"),
        (json!({ "phone": "张三" }), "phone", "phone_unreadable"),
        (json!({ "keeper_phone": "12" }), "keeper_phone", "phone_unreadable"),
        (json!({ "opened_on": "2026-11-25" }), "opened_on", "out_of_range"),
        (json!({ "opened_on": "1899-12-31" }), "opened_on", "out_of_range"),
        (json!({ "opened_on": "去年" }), "opened_on", "day_unreadable"),
        (json!({ "capacity": 2_001 }), "capacity", "out_of_range"),
        (json!({ "capacity": 1.5 }), "capacity", "out_of_range"),
        (json!({ "area_m2": -1 }), "area_m2", "out_of_range"),
    ] {
        assert_refused(&patch, field, code);
    }
}

/// A patch is refused for breaking a rule, with the field and the code.
fn assert_refused(patch: &Value, field: &str, code: &'static str) {
    let (form, faults) = faults(patch);
    assert!(faults.contains(&(field.to_owned(), code)) && !form, "{patch}: {faults:?}");
}

#[test]
fn a_place_and_a_facility_have_rules_too() {
    for (patch, field, code) in [
        (json!({ "lat": 39.9 }), "lon", "missing"),
        (json!({ "lat": 119.6, "lon": 39.93 }), "lat", "out_of_range"),
        (json!({ "lat": 0, "lon": 0 }), "lat", "zero"),
        (json!({ "crs": "gcj02" }), "crs", "incomplete"),
        (json!({ "crs": "gcj99", "lat": 39.9, "lon": 119.6 }), "crs", "unknown_code"),
        (json!({ "entrance": { "lat": 39.0, "lon": 119.6 } }), "entrance", "too_far"),
        (json!({ "entrance": { "floor": "2" } }), "entrance.lat", "missing"),
        (
            json!({ "facilities": [{ "code": "water" }, { "code": "water" }] }),
            "facilities[1].code",
            "repeated",
        ),
        (json!({ "facilities": [{ "code": "sauna" }] }), "facilities[0].code", "unknown_code"),
        (json!({ "facilities": [{}] }), "facilities[0].code", "missing"),
        (
            json!({ "facilities": [{ "code": "water", "hours": "x" }] }),
            "facilities[0].hours",
            "hours_unreadable",
        ),
        (
            json!({ "facilities": [{ "code": "water", "season": "冬" }] }),
            "facilities[0].season",
            "season_unreadable",
        ),
        (
            json!({ "facilities": [{ "code": "water", "working": "maybe" }] }),
            "facilities[0].working",
            "unknown_code",
        ),
        (
            json!({ "facilities": vec![json!({ "code": "water" }); MOST_FACILITIES + 1] }),
            "facilities",
            "too_many",
        ),
    ] {
        assert_refused(&patch, field, code);
    }
}

#[test]
fn what_is_not_of_the_form_is_told_apart() {
    for (patch, field, code) in [
        (json!({ "colour": "red" }), "colour", "unknown_field"),
        (json!({ "status": "open" }), "status", "unknown_field"),
        (json!({ "name": 5 }), "name", "unreadable"),
        (json!({ "aliases": "别名" }), "aliases", "unreadable"),
        (json!({ "no_phone": "yes" }), "no_phone", "unreadable"),
        (json!({ "lat": "39", "lon": 119 }), "lat", "unreadable"),
        (json!({ "entrance": 5 }), "entrance", "unreadable"),
        (json!({ "entrance": { "lat": 39.93, "lon": 119.6, "door": 1 } }), "entrance.door", "unknown_field"),
        (json!({ "facilities": ["water"] }), "facilities[0]", "unreadable"),
        (
            json!({ "facilities": [{ "code": "water", "colour": 1 }] }),
            "facilities[0].colour",
            "unknown_field",
        ),
    ] {
        assert_eq!(faults(&patch), (true, vec![(field.to_owned(), code)]), "{patch}");
    }
}

#[test]
fn unreadable_hours_say_where_and_what_may_be_meant() {
    let Err(Error::Refused(told)) = apply(&base(), &json!({ "hours": "Mo-Fr 09:00-17:00 节假日" })) else {
        panic!()
    };
    assert!(told[0].detail.zh.contains("第19个字符"), "{told:?}");
    let Err(Error::Refused(told)) = apply(&base(), &json!({ "hours": "周一至周五8:30-18:00" })) else {
        panic!()
    };
    assert!(told[0].detail.zh.contains("Mo-Fr 08:30-18:00; PH off"), "{told:?}");
}

#[test]
fn positions_are_converted_once_and_an_echo_is_none() {
    let given = Datum::Gcj02.from_wgs84(Position::new(119.61, 39.94).unwrap());
    let moved = apply(&base(), &json!({ "lat": given.lat(), "lon": given.lon(), "crs": "gcj02" })).unwrap();
    assert!(same_place(moved.position, Position::new(119.61, 39.94).unwrap()));
    assert_eq!(moved.crs, Datum::Gcj02);
    let echo = json!({ "lat": moved.position.lat(), "lon": moved.position.lon(), "crs": "gcj02" });
    assert_eq!(apply(&moved, &echo).unwrap(), moved);
}

#[test]
fn a_facility_knows_since_when_it_is_broken() {
    let broken = json!({ "facilities": [{ "code": "water", "working": "broken" }] });
    let first = apply(&base(), &broken).unwrap();
    assert_eq!(first.facilities[0].broken_since, Some(now()));
    let earlier = now() - chrono::Duration::days(2);
    let mut known = first.clone();
    known.facilities[0].broken_since = Some(earlier);
    assert_eq!(apply(&known, &broken).unwrap().facilities[0].broken_since, Some(earlier));
    let mended = apply(&known, &json!({ "facilities": [{ "code": "water", "working": "ok" }] })).unwrap();
    assert_eq!(mended.facilities[0].broken_since, None);
}

#[test]
fn a_new_station_needs_a_name_and_a_place() {
    let districts = districts();
    let rules = Rules { now: now(), districts: &districts };
    let body = json!({ "address": "河北大街 1 号" });
    let Err(Error::Refused(told)) = new_facts(body.as_object().unwrap(), &rules) else { panic!() };
    assert_eq!(told.iter().map(|f| f.field.as_str()).collect::<Vec<_>>(), ["name", "lat", "lon"]);
    let body = json!({ "name": " 海港　驿站 ", "lat": 39.93, "lon": 119.6, "no_phone": true });
    let facts = new_facts(body.as_object().unwrap(), &rules).unwrap();
    assert_eq!((facts.name.as_str(), facts.no_phone), ("海港 驿站", Some(true)));
}
