//! Merge patches of a station's facts (RFC 7386): every field by its rule, every fault with field and remedy.
//!
//! Only what a patch names is read and judged, so that an old record with an odd field can still be mended
//! elsewhere.

mod facilities;
mod position;
mod reader;
#[cfg(test)]
mod tests;

use chrono::{DateTime, FixedOffset};
use serde_json::{Map, Value};
use spatial::{Datum, Position};

use self::reader::Reader;
use crate::city::District;
use crate::error::{Error, FieldError};
use crate::stations::model::{Facility, FacilityCode, Facts};

/// The most characters of a name, a signboard, another name.
pub const NAME_CHARS: usize = 80;
/// The most characters of an address, a partner, a facility in no vocabulary, hours in words, a note on a facility.
pub const LINE_CHARS: usize = 200;
/// The most characters of an official number, a telephone number, a keeper's name.
pub const SHORT_CHARS: usize = 64;
/// The most characters of a floor, a side of the street.
pub const WORD_CHARS: usize = 40;
/// The most characters of remarks.
pub const NOTES_CHARS: usize = 2_000;
/// The most other names.
pub const MOST_ALIASES: usize = 20;
/// The most facilities, and the most of those in no vocabulary.
pub const MOST_FACILITIES: usize = 64;
/// The most pieces of one facility.
pub const MOST_PIECES: u32 = 10_000;

/// What patches are judged by besides themselves.
#[derive(Debug, Clone, Copy)]
pub struct Rules<'a> {
    /// The present, on the city's clocks.
    pub now: DateTime<FixedOffset>,
    /// The loaded districts.
    pub districts: &'a [District],
}

/// The facts of a new station; at least its name and where it stands.
///
/// # Errors
/// [`Error::Malformed`] where a field is unknown or of the wrong type, [`Error::Refused`] where one breaks a rule.
pub fn new_facts(body: &Map<String, Value>, rules: &Rules<'_>) -> Result<Facts, Error> {
    let mut reader = Reader::new(rules);
    for field in ["name", "lat", "lon"] {
        if body.get(field).is_none_or(Value::is_null) {
            reader.refuse(field, "missing", "必须填写。", "is required");
        }
    }
    reader.finish(())?;
    let nowhere = Position::new(0.0, 0.0).map_err(|e| Error::Internal(e.to_string()))?;
    patched(&nothing(nowhere), body, rules)
}

/// The facts after a patch.
///
/// # Errors
/// As [`new_facts`].
pub fn patched(facts: &Facts, patch: &Map<String, Value>, rules: &Rules<'_>) -> Result<Facts, Error> {
    let mut reader = Reader::new(rules);
    let mut facts = facts.clone();
    position::read(&mut reader, &mut facts, patch);
    for (field, value) in patch {
        read(&mut reader, &mut facts, field, value);
    }
    reader.finish(facts)
}

/// A facility as a request states it; `old` is what is known of it.
///
/// # Errors
/// As [`new_facts`].
pub fn facility(
    code: FacilityCode,
    body: &Map<String, Value>,
    old: Option<&Facility>,
    rules: &Rules<'_>,
) -> Result<Facility, Error> {
    let mut reader = Reader::new(rules);
    if body.get("code").is_some_and(|given| given.as_str() != Some(code.as_str())) {
        let zh = "和地址里的设施不一样。";
        reader.refuse("code", "contradiction", zh, "differs from the facility in the address");
    }
    let facility = facilities::one(&mut reader, "", code, body, old);
    reader.finish(facility)
}

/// A line that a request states besides facts, such as a reason; none where it is empty.
///
/// # Errors
/// [`Error::Refused`] where it is too long or holds control characters.
pub fn remark(field: &'static str, text: Option<&str>, most: usize) -> Result<Option<String>, Error> {
    let told = text.map(|text| reader::prose(field, text, most)).transpose();
    told.map(Option::flatten).map_err(|fault: FieldError| Error::Refused(vec![fault]))
}

fn read(r: &mut Reader<'_>, facts: &mut Facts, field: &str, value: &Value) {
    match field {
        "name" => facts.name = r.name(field, value),
        "code" => facts.code = r.line(field, value, SHORT_CHARS),
        "signboard" => facts.signboard = r.line(field, value, NAME_CHARS),
        "aliases" => facts.aliases = r.lines(field, value, MOST_ALIASES, NAME_CHARS),
        "district" => facts.district = r.district(field, value),
        "address" => facts.address = r.line(field, value, LINE_CHARS),
        "build" => facts.build = r.code(field, value),
        "partner" => facts.partner = r.line(field, value, LINE_CHARS),
        "host" => facts.host = r.code(field, value),
        "form" => facts.form = r.code(field, value),
        "hours" => facts.hours = r.hours(field, value),
        "hours_text" => facts.hours_text = r.line(field, value, LINE_CHARS),
        "facilities" => facts.facilities = facilities::all(r, value, &facts.facilities),
        "other_facilities" => facts.other_facilities = r.lines(field, value, MOST_FACILITIES, LINE_CHARS),
        "access" => facts.access = r.codes(field, value),
        "no_phone" => facts.no_phone = r.flag(field, value),
        "phone" => facts.phone = r.phone(field, value),
        "opened_on" => facts.opened_on = r.past_day(field, value),
        "capacity" => facts.capacity = r.whole(field, value, crate::stations::import::MAX_CAPACITY),
        "area_m2" => facts.area_m2 = r.decimal(field, value, crate::stations::import::MAX_AREA_M2),
        "trades" => facts.trades = r.codes(field, value),
        "notes" => facts.notes = r.prose(field, value, NOTES_CHARS),
        "keeper_name" => facts.keeper_name = r.line(field, value, SHORT_CHARS),
        "keeper_phone" => facts.keeper_phone = r.phone(field, value),
        "lat" | "lon" | "crs" | "entrance" => {}
        _ => r.refuse_form(field, "unknown_field", "没有这个字段。", "there is no such field"),
    }
}

/// Facts of which nothing is known but a position.
fn nothing(position: Position) -> Facts {
    Facts {
        code: None,
        name: String::new(),
        signboard: None,
        aliases: Vec::new(),
        district: None,
        address: None,
        position,
        crs: Datum::Wgs84,
        entrance: None,
        build: None,
        partner: None,
        host: None,
        form: None,
        hours: None,
        hours_text: None,
        facilities: Vec::new(),
        other_facilities: Vec::new(),
        access: Vec::new(),
        no_phone: None,
        phone: None,
        opened_on: None,
        capacity: None,
        area_m2: None,
        trades: Vec::new(),
        notes: None,
        keeper_name: None,
        keeper_phone: None,
    }
}
