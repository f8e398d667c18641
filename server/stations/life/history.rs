//! What changed between two versions of a station, field by field.

use std::collections::BTreeSet;

use serde::Serialize;
use serde_json::{Map, Value};
use utoipa::ToSchema;

use crate::stations::model::{Facts, Status};

/// One field that a version changed.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct FieldChange {
    /// The field as records name it; one facility is `facilities.water`.
    pub field: String,
    /// What was there, as records have it; null where there was nothing.
    #[schema(required)]
    pub old: Value,
    /// What is there since, as records have it; null where there is nothing.
    #[schema(required)]
    pub new: Value,
}

/// Numbers that are nearer than this are the same, because a text of digits may lose the last bit of a degree.
const SAME: f64 = 1e-9;

/// The changes from one version to the next. Without one before, every field that says something is new.
pub fn changes(old: Option<(Status, &Facts)>, new: (Status, &Facts)) -> Vec<FieldChange> {
    let before = old.map(|(status, facts)| fields(status, facts)).unwrap_or_default();
    let after = fields(new.0, new.1);
    let names: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    let value = |of: &Map<String, Value>, name: &str| of.get(name).cloned().unwrap_or_default();
    let change = |name: &String| FieldChange {
        field: name.clone(),
        old: value(&before, name),
        new: value(&after, name),
    };
    names.into_iter().map(change).filter(|c| !is_same(&c.old, &c.new)).collect()
}

/// Every field that says something, facilities one by one.
fn fields(status: Status, facts: &Facts) -> Map<String, Value> {
    let mut fields = match serde_json::to_value(facts) {
        Ok(Value::Object(fields)) => fields,
        _ => Map::new(),
    };
    let facilities = fields.remove("facilities");
    for facility in facilities.as_ref().and_then(Value::as_array).into_iter().flatten() {
        let code = facility["code"].as_str().unwrap_or_default();
        fields.insert(format!("facilities.{code}"), facility.clone());
    }
    fields.insert("status".to_owned(), status.as_str().into());
    fields.retain(|_, value| !says_nothing(value));
    fields
}

fn says_nothing(value: &Value) -> bool {
    value.is_null() || value.as_array().is_some_and(Vec::is_empty)
}

fn is_same(old: &Value, new: &Value) -> bool {
    match (old, new) {
        (Value::Number(a), Value::Number(b)) => {
            a.as_f64().zip(b.as_f64()).is_some_and(|(a, b)| (a - b).abs() < SAME)
        }
        (Value::Object(a), Value::Object(b)) => {
            a.len() == b.len() && a.iter().all(|(name, value)| b.get(name).is_some_and(|v| is_same(value, v)))
        }
        _ => old == new,
    }
}
