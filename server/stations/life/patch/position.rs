//! Where a station and its door are, as a patch states it in a coordinate system of its own.

use serde_json::{Map, Value};
use spatial::{Datum, Position};

use super::WORD_CHARS;
use super::reader::Reader;
use crate::stations::model::{ENTRANCE_M, Entrance, Facts, is_near, same_place};

/// Reads `lat`, `lon`, `crs` and `entrance`, which are judged together.
///
/// `crs` says what the numbers of the patch are, WGS-84 where it is left out; they are converted once.
pub(super) fn read(r: &mut Reader<'_>, facts: &mut Facts, patch: &Map<String, Value>) {
    let crs = match patch.get("crs") {
        None => Datum::Wgs84,
        Some(value) => r.datum("crs", value).unwrap_or(Datum::Wgs84),
    };
    let door = patch.get("entrance");
    let is_placed = ["lat", "lon"].iter().any(|field| patch.contains_key(*field));
    if is_placed {
        station(r, facts, patch, crs);
    } else if patch.contains_key("crs") && !places_a_door(door) && crs != facts.crs {
        let zh = "坐标系要和 lat、lon 一起给。";
        r.refuse("crs", "incomplete", zh, "say it together with lat and lon");
    }
    match door {
        None => {}
        Some(Value::Null) => facts.entrance = None,
        Some(Value::Object(door)) => facts.entrance = entrance(r, facts.entrance.as_ref(), door, crs),
        Some(_) => r.refuse_type("entrance", "{lat, lon, floor, side}"),
    }
    if (is_placed || door.is_some())
        && facts.entrance.as_ref().is_some_and(|e| !is_near(e.position, facts.position))
    {
        let zh = format!("入口离驿站超过 {ENTRANCE_M} 米，请一起改入口的位置，或者去掉入口。");
        let en =
            format!("the door is more than {ENTRANCE_M} m from the station; move it too, or take it away");
        r.refuse("entrance", "too_far", zh, en);
    }
}

fn places_a_door(door: Option<&Value>) -> bool {
    door.and_then(Value::as_object).is_some_and(|door| door.contains_key("lat") || door.contains_key("lon"))
}

fn station(r: &mut Reader<'_>, facts: &mut Facts, patch: &Map<String, Value>, crs: Datum) {
    let Some(given) = pair(r, "", patch) else { return };
    if given.lon() == 0.0 && given.lat() == 0.0 {
        r.refuse(
            "lat",
            "zero",
            "位置是 0, 0，请在地图上标出来。",
            "0, 0 is no place; set the pin on the map",
        );
        return;
    }
    // A client that sends a record back as it came names WGS-84 degrees and the system they once arrived in.
    let is_echo = same_place(given, facts.position) && crs == facts.crs;
    let position = crs.to_wgs84(given);
    if !is_echo && !same_place(position, facts.position) {
        facts.position = position;
        facts.crs = crs;
    }
}

fn entrance(
    r: &mut Reader<'_>,
    old: Option<&Entrance>,
    door: &Map<String, Value>,
    crs: Datum,
) -> Option<Entrance> {
    let mut position = old.map(|e| e.position);
    let is_placed = places_a_door(Some(&Value::Object(door.clone())));
    if is_placed || position.is_none() {
        let given = pair(r, "entrance.", door)?;
        let is_echo = position.is_some_and(|p| same_place(given, p));
        position = position.filter(|_| is_echo).or(Some(crs.to_wgs84(given)));
    }
    let (mut floor, mut side) = old.map_or((None, None), |e| (e.floor.clone(), e.side.clone()));
    for (field, value) in door {
        match field.as_str() {
            "floor" => floor = r.line("entrance.floor", value, WORD_CHARS),
            "side" => side = r.line("entrance.side", value, WORD_CHARS),
            "lat" | "lon" => {}
            other => {
                r.refuse_form(
                    &format!("entrance.{other}"),
                    "unknown_field",
                    "没有这个字段。",
                    "there is no such field",
                );
            }
        }
    }
    Some(Entrance { position: position?, floor, side })
}

/// Two numbers that belong together.
fn pair(r: &mut Reader<'_>, prefix: &str, from: &Map<String, Value>) -> Option<Position> {
    let lat = degrees(r, &format!("{prefix}lat"), from.get("lat"), 90.0);
    let lon = degrees(r, &format!("{prefix}lon"), from.get("lon"), 180.0);
    Position::new(lon?, lat?).ok()
}

fn degrees(r: &mut Reader<'_>, field: &str, value: Option<&Value>, most: f64) -> Option<f64> {
    let Some(value) = value.filter(|v| !v.is_null()) else {
        r.refuse(field, "missing", "纬度 lat 和经度 lon 要一起给。", "lat and lon go together");
        return None;
    };
    let Some(number) = value.as_f64() else {
        r.refuse_type(field, "a number of degrees");
        return None;
    };
    if number.abs() > most {
        let zh = format!("要在 -{most} 到 {most} 度之间；是不是经纬度写反了？");
        r.refuse(
            field,
            "out_of_range",
            zh,
            format!("must be -{most} to {most} degrees; are lat and lon exchanged?"),
        );
        return None;
    }
    Some(number)
}
