//! The fields that a column of a registry can feed, by the names that `--map` uses.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::language::Language;

macro_rules! fields {
    ($($variant:ident = $code:literal, $zh:literal, $en:literal;)*) => {
        /// A fact of a station that a column can state.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[expect(missing_docs, reason = "the code beside each variant is its documentation")]
        pub enum Field { $($variant),* }

        impl Field {
            /// Every field, in the order of a station's facts.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The name that `--map` and the report use.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $code),* }
            }

            /// What people call it.
            pub fn word(self, language: Language) -> &'static str {
                match self { $(Self::$variant => language.of($zh, $en)),* }
            }
        }
    };
}

fields! {
    Code = "code", "站点编号", "code";
    Name = "name", "站点名称", "name";
    Signboard = "signboard", "招牌名称", "signboard name";
    Aliases = "aliases", "别名", "other names";
    District = "district", "区县", "district";
    Address = "address", "地址", "address";
    Lat = "lat", "纬度", "latitude";
    Lon = "lon", "经度", "longitude";
    Build = "build", "建设方式", "build";
    Partner = "partner", "共建单位", "partner";
    Host = "host", "依托单位", "host";
    Form = "form", "站点形式", "form";
    Hours = "hours", "开放时间", "opening hours";
    Facilities = "facilities", "服务设施", "facilities";
    Access = "access", "进入方式", "access";
    Phone = "phone", "联系电话", "phone";
    OpenedOn = "opened_on", "启用日期", "opening date";
    Capacity = "capacity", "座位数", "seats";
    AreaM2 = "area_m2", "面积", "floor area";
    Trades = "trades", "服务对象", "trades";
    Notes = "notes", "备注", "notes";
    KeeperName = "keeper_name", "站长", "keeper";
    KeeperPhone = "keeper_phone", "站长电话", "keeper's phone";
}

/// A text that names no field.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("unknown field {0:?}; the fields are {list}", list = names())]
pub struct UnknownField(pub String);

impl FromStr for Field {
    type Err = UnknownField;

    fn from_str(text: &str) -> Result<Self, UnknownField> {
        Self::ALL.iter().copied().find(|f| f.as_str() == text).ok_or_else(|| UnknownField(text.into()))
    }
}

impl fmt::Display for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Serialize for Field {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for Field {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        String::deserialize(from)?.parse().map_err(serde::de::Error::custom)
    }
}

/// The names of all fields, for a person to choose from.
pub(super) fn names() -> String {
    Field::ALL.iter().map(|f| f.as_str()).collect::<Vec<_>>().join(", ")
}

/// A set of fields.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct FieldSet(u32);

impl FieldSet {
    /// Adds a field.
    pub(super) fn insert(&mut self, field: Field) {
        self.0 |= 1 << (field as u32);
    }

    /// Whether the field is in the set.
    pub(super) fn contains(self, field: Field) -> bool {
        self.0 & (1 << (field as u32)) != 0
    }
}

/// What is wrong with one `--map`.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MapError {
    /// There is no `=` with a column before it.
    #[error("{0:?} is not written as \"column=field\"")]
    Form(String),
    /// The part after the last `=` names no field.
    #[error(transparent)]
    Field(#[from] UnknownField),
}

/// Reads one `--map`: a column's heading, `=`, and a field. The last `=` counts, a heading may have others.
pub fn parse_map(text: &str) -> Result<(String, Field), MapError> {
    let (column, field) = text.rsplit_once('=').ok_or_else(|| MapError::Form(text.into()))?;
    let column = column.trim();
    if column.is_empty() {
        return Err(MapError::Form(text.into()));
    }
    Ok((column.to_owned(), field.trim().parse()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_map_is_a_column_and_a_field() {
        assert_eq!(parse_map("station_id=code"), Ok(("station_id".into(), Field::Code)));
        assert_eq!(parse_map("a=b = name"), Ok(("a=b".into(), Field::Name)));
        assert_eq!(parse_map("name"), Err(MapError::Form("name".into())));
        assert_eq!(parse_map("=name"), Err(MapError::Form("=name".into())));
        let unknown = parse_map("x=colour").unwrap_err().to_string();
        assert!(unknown.contains("colour") && unknown.contains("area_m2"), "{unknown}");
    }

    #[test]
    fn a_set_holds_what_was_put_in() {
        let mut set = FieldSet::default();
        for field in Field::ALL.iter().step_by(2) {
            set.insert(*field);
        }
        for (i, field) in Field::ALL.iter().enumerate() {
            assert_eq!(set.contains(*field), i % 2 == 0, "{field:?}");
        }
    }
}
