//! What a station offers, as a patch or the state of one facility says it.

use serde_json::{Map, Value};

use super::reader::Reader;
use super::{LINE_CHARS, MOST_FACILITIES, MOST_PIECES};
use crate::stations::codes::Working;
use crate::stations::model::{Facility, FacilityCode};

/// The whole list, in the order of the vocabulary.
pub(super) fn all(r: &mut Reader<'_>, value: &Value, old: &[Facility]) -> Vec<Facility> {
    let mut found: Vec<Facility> = Vec::new();
    for (i, item) in r.items("facilities", value, MOST_FACILITIES).iter().enumerate() {
        let path = format!("facilities[{i}]");
        let Some(item) = item.as_object() else {
            r.refuse_type(&path, "an object with a code");
            continue;
        };
        let field = format!("{path}.code");
        let Some(code) = r.required_code::<FacilityCode>(&field, item.get("code")) else { continue };
        if found.iter().any(|f| f.code == code) {
            r.refuse(
                &field,
                "repeated",
                "这项设施已经写过一次。",
                "is there already; name each facility once",
            );
            continue;
        }
        let known = old.iter().find(|f| f.code == code);
        found.push(one(r, &format!("{path}."), code, item, known));
    }
    found.sort_by_key(|f| f.code);
    found
}

/// One facility. What is not said of it is not known; since when it is broken, the service knows.
pub(super) fn one(
    r: &mut Reader<'_>,
    path: &str,
    code: FacilityCode,
    item: &Map<String, Value>,
    old: Option<&Facility>,
) -> Facility {
    let mut new = Facility::plain(code);
    let mut since = None;
    for (name, value) in item {
        let field = &format!("{path}{name}");
        match name.as_str() {
            "code" => {}
            "working" => new.working = r.required_code(field, Some(value)).unwrap_or(Working::Ok),
            "broken_since" => since = r.past_instant(field, value),
            "hours" => new.hours = r.hours(field, value),
            "season" => new.season = r.season(field, value),
            "count" => new.count = r.whole(field, value, MOST_PIECES),
            "note" => new.note = r.line(field, value, LINE_CHARS),
            _ => r.refuse_form(field, "unknown_field", "没有这个字段。", "there is no such field"),
        }
    }
    if new.working == Working::Broken {
        let known = old.filter(|f| f.working == Working::Broken).and_then(|f| f.broken_since);
        new.broken_since = Some(since.or(known).unwrap_or(r.rules.now));
    }
    new
}
