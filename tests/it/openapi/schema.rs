//! A reader of the document, and as much of JSON Schema as it uses.

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate};
use serde_json::{Map, Value};

use crate::client::text;

/// The document as JSON.
pub(super) struct Document(pub(super) Value);

/// The elements of an array; none where there is no array.
pub(super) fn listed(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

/// Whether a parameter stands in that place.
pub(super) fn is_parameter(parameter: &Value, place: &str) -> bool {
    parameter["in"] == place
}

impl Document {
    /// What a reference such as `#/components/schemas/Point` names; null where there is nothing.
    pub(super) fn at(&self, reference: &str) -> &Value {
        let pointer =
            reference.strip_prefix('#').unwrap_or_else(|| panic!("{reference} leads out of the document"));
        self.0.pointer(pointer).unwrap_or(&Value::Null)
    }

    /// The value itself, or what it refers to.
    pub(super) fn followed<'a>(&'a self, value: &'a Value) -> &'a Value {
        value.get("$ref").map_or(value, |reference| self.at(&text(reference)))
    }

    /// Every reference.
    pub(super) fn references(&self) -> BTreeSet<String> {
        fn collect(value: &Value, found: &mut BTreeSet<String>) {
            match value {
                Value::Object(object) => {
                    found.extend(object.get("$ref").and_then(Value::as_str).map(str::to_owned));
                    object.values().for_each(|v| collect(v, found));
                }
                Value::Array(array) => array.iter().for_each(|v| collect(v, found)),
                _ => {}
            }
        }
        let mut found = BTreeSet::new();
        collect(&self.0, &mut found);
        found
    }

    /// Every path with what GET does there.
    pub(super) fn operations(&self) -> impl Iterator<Item = (String, &Value)> {
        let paths = self.0["paths"].as_object().expect("paths").iter();
        paths.flat_map(|(path, item)| {
            item.as_object().expect("verbs").values().map(move |operation| (path.clone(), operation))
        })
    }

    /// Each path that can be read, with its description.
    pub(super) fn readings(&self) -> impl Iterator<Item = (String, &Value)> {
        let paths = self.0["paths"].as_object().expect("paths").iter();
        paths.filter_map(|(path, item)| Some((path.clone(), item.get("get")?)))
    }

    /// The parameters of an operation.
    pub(super) fn parameters<'a>(&'a self, operation: &'a Value) -> Vec<&'a Value> {
        listed(&operation["parameters"]).map(|p| self.followed(p)).collect()
    }

    /// The response of a path with a status.
    pub(super) fn response(&self, path: &str, status: u16) -> &Value {
        let response = &self.0["paths"][path]["get"]["responses"][status.to_string()];
        assert!(!response.is_null(), "{path} does not document {status}");
        response
    }

    /// Whether a value is as a schema says, or where it is not.
    pub(super) fn check(&self, schema: &Value, value: &Value) -> Result<(), String> {
        let schema = self.followed(schema);
        for key in ["oneOf", "anyOf"] {
            let cases: Vec<_> = listed(&schema[key]).map(|case| self.check(case, value)).collect();
            if !cases.is_empty() && cases.iter().all(Result::is_err) {
                return Err(format!("{value} is none of {cases:?}"));
            }
        }
        check_plain(schema, value)?;
        for (i, item) in listed(value).enumerate().filter(|_| schema.get("items").is_some()) {
            self.check(&schema["items"], item).map_err(|fault| format!("[{i}]: {fault}"))?;
        }
        // A schema that says nothing of what is inside takes anything.
        let is_open = ["type", "properties", "allOf"].iter().all(|key| schema.get(key).is_none());
        value.as_object().filter(|_| !is_open).map_or(Ok(()), |object| self.check_object(schema, object))
    }

    fn check_object(&self, schema: &Value, object: &Map<String, Value>) -> Result<(), String> {
        let (mut properties, mut required) = (Map::new(), BTreeSet::new());
        self.gather(schema, &mut properties, &mut required);
        if let Some(absent) = required.iter().find(|name| !object.contains_key(*name)) {
            return Err(format!("{absent} is required, but absent"));
        }
        object.iter().try_for_each(|(name, value)| {
            let described = properties.get(name).or(schema.get("additionalProperties"));
            let described = described.ok_or_else(|| format!("{name} is not documented"))?;
            self.check(described, value).map_err(|fault| format!("{name}: {fault}"))
        })
    }

    /// The properties of a schema and of all that it is made of.
    fn gather(&self, schema: &Value, properties: &mut Map<String, Value>, required: &mut BTreeSet<String>) {
        let schema = self.followed(schema);
        properties.extend(schema["properties"].as_object().cloned().unwrap_or_default());
        required.extend(listed(&schema["required"]).map(text));
        listed(&schema["allOf"]).for_each(|part| self.gather(part, properties, required));
    }
}

/// What a schema says of a value without looking into it.
fn check_plain(schema: &Value, value: &Value) -> Result<(), String> {
    let named = |wanted: &Value| {
        let wanted = wanted.as_str().unwrap_or_default();
        wanted == kind(value) || (wanted == "number" && kind(value) == "integer")
    };
    let of_type = match &schema["type"] {
        Value::Null => true,
        Value::Array(types) => types.iter().any(named),
        one => named(one),
    };
    let length = value.as_array().map(Vec::len).and_then(|n| u64::try_from(n).ok());
    let holds = |key: &str, fits: fn(f64, f64) -> bool, own: Option<f64>| {
        own.zip(schema[key].as_f64()).is_none_or(|(own, bound)| fits(own, bound))
    };
    #[expect(clippy::cast_precision_loss, reason = "an answer has few elements")]
    let length = length.map(|n| n as f64);
    let fine = of_type
        && schema.get("enum").is_none_or(|codes| listed(codes).any(|code| code == value))
        && holds("minimum", |own, least| own >= least, value.as_f64())
        && holds("maximum", |own, most| own <= most, value.as_f64())
        && holds("minItems", |own, least| own >= least, length)
        && holds("maxItems", |own, most| own <= most, length)
        && value.as_str().is_none_or(|text| has_format(&schema["format"], text));
    if fine { Ok(()) } else { Err(format!("{value} is not {schema}")) }
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(number) if number.is_f64() => "number",
        Value::Number(_) => "integer",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    }
}

fn has_format(format: &Value, text: &str) -> bool {
    match format.as_str() {
        Some("date-time") => DateTime::parse_from_rfc3339(text).is_ok(),
        Some("date") => text.parse::<NaiveDate>().is_ok(),
        Some("uuid") => text.parse::<uuid::Uuid>().is_ok(),
        _ => true,
    }
}
