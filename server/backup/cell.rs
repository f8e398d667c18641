//! One value of a row: as a database has it, and as a line of a backup has it.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;

use crate::db::catalogue::Kind;

/// A value; `None` is NULL.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Cell {
    /// Text.
    Text(Option<String>),
    /// A whole number.
    Integer(Option<i64>),
    /// A number of double precision.
    Real(Option<f64>),
    /// Yes or no.
    Boolean(Option<bool>),
    /// Bytes.
    Bytes(Option<Vec<u8>>),
}

impl Cell {
    /// As JSON. A real number is text, in the shortest form that reads back as the same number, because readers
    /// of JSON may round; bytes are base64.
    pub(super) fn into_json(self) -> Value {
        match self {
            Self::Text(value) => value.map(Value::String),
            Self::Integer(value) => value.map(Value::from),
            Self::Real(value) => value.map(|v| Value::String(v.to_string())),
            Self::Boolean(value) => value.map(Value::Bool),
            Self::Bytes(value) => value.map(|v| Value::String(STANDARD.encode(v))),
        }
        .unwrap_or_default()
    }

    /// From JSON; `None` where it is not of the kind.
    pub(super) fn from_json(kind: Kind, value: Value) -> Option<Self> {
        let text = |value| match value {
            Value::Null => Some(None),
            Value::String(text) => Some(Some(text)),
            _ => None,
        };
        Some(match kind {
            Kind::Text => Self::Text(text(value)?),
            Kind::Integer if value.is_null() => Self::Integer(None),
            Kind::Integer => Self::Integer(Some(value.as_i64()?)),
            Kind::Real => {
                Self::Real(text(value)?.map(|t| t.parse().ok()).map_or(Some(None), |v| v.map(Some))?)
            }
            Kind::Boolean if value.is_null() => Self::Boolean(None),
            Kind::Boolean => Self::Boolean(Some(value.as_bool()?)),
            Kind::Bytes => Self::Bytes(
                text(value)?.map(|t| STANDARD.decode(t).ok()).map_or(Some(None), |v| v.map(Some))?,
            ),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_value_comes_back() {
        let cells = [
            (Kind::Text, Cell::Text(Some("驿站 \"\\\n\u{1f6b0}".to_owned()))),
            (Kind::Text, Cell::Text(None)),
            (Kind::Integer, Cell::Integer(Some(i64::MIN))),
            (Kind::Integer, Cell::Integer(None)),
            (Kind::Real, Cell::Real(Some(119.600_000_000_000_01))),
            (Kind::Real, Cell::Real(Some(-1e-308))),
            (Kind::Real, Cell::Real(Some(f64::NEG_INFINITY))),
            (Kind::Real, Cell::Real(None)),
            (Kind::Boolean, Cell::Boolean(Some(false))),
            (Kind::Boolean, Cell::Boolean(None)),
            (Kind::Bytes, Cell::Bytes(Some((0..=255).collect()))),
            (Kind::Bytes, Cell::Bytes(Some(Vec::new()))),
            (Kind::Bytes, Cell::Bytes(None)),
        ];
        for (kind, cell) in cells {
            let line = cell.clone().into_json().to_string();
            let read = Cell::from_json(kind, serde_json::from_str(&line).unwrap());
            assert_eq!(read, Some(cell), "{line}");
        }
    }

    #[test]
    fn what_is_of_another_kind_is_refused() {
        for (kind, line) in [
            (Kind::Text, "1"),
            (Kind::Integer, "1.5"),
            (Kind::Integer, "\"1\""),
            (Kind::Real, "1.5"),
            (Kind::Real, "\"one\""),
            (Kind::Boolean, "0"),
            (Kind::Bytes, "\"*\""),
        ] {
            assert_eq!(Cell::from_json(kind, serde_json::from_str(line).unwrap()), None, "{line}");
        }
    }
}
