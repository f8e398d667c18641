//! Which column of a list says what: by the words of its heading, or as somebody said.

use std::collections::BTreeMap;

use serde::Serialize;
use utoipa::ToSchema;

use crate::code::codes;
use crate::stations::import::folded;

codes! {
    /// What a column says of a member.
    Field {
        Number = "number", Name = "name", Phone = "phone", IdNumber = "id_number", Union = "union_name",
        Trade = "trade", District = "district", JoinedOn = "joined_on",
    }
}

impl Field {
    /// The headings that are known for it, besides its code.
    fn headings(self) -> &'static [&'static str] {
        match self {
            Self::Number => &["会员号", "会员编号", "会员证号", "member number"],
            Self::Name => &["姓名", "会员姓名", "名字", "full name"],
            Self::Phone => &["手机", "手机号", "手机号码", "电话", "联系电话", "联系方式", "mobile"],
            Self::IdNumber => &["身份证", "身份证号", "身份证号码", "证件号", "证件号码", "id number"],
            Self::Union => &["工会", "所在工会", "工会名称", "基层工会", "单位", "单位名称", "union"],
            Self::Trade => &["职业", "行业", "工种", "occupation"],
            Self::District => &["区县", "所在区县", "区", "区划代码", "行政区"],
            Self::JoinedOn => &["入会日期", "入会时间", "joined", "joined on"],
        }
    }
}

/// A column and what it says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = RosterColumn)]
pub(super) struct Column {
    /// Its heading.
    pub(super) column: String,
    /// What it says; null: it is not read.
    #[schema(value_type = Option<String>)]
    pub(super) field: Option<Field>,
}

/// What each column says: as somebody said, else by its heading. A field is taken from the first column that has it.
pub(super) fn map(headings: &[String], said: &BTreeMap<String, Option<Field>>) -> Vec<Column> {
    let mut taken: Vec<Field> = said.values().flatten().copied().collect();
    let mut columns = Vec::with_capacity(headings.len());
    for heading in headings {
        let field = match said.iter().find(|(column, _)| folded(column) == folded(heading)) {
            Some((_, field)) => *field,
            None => recognised(heading).filter(|field| !taken.contains(field)),
        };
        taken.extend(field);
        columns.push(Column { column: heading.clone(), field });
    }
    columns
}

fn recognised(heading: &str) -> Option<Field> {
    let heading = folded(heading);
    let is_known = |field: &&Field| {
        field.as_str() == heading || field.headings().iter().any(|known| folded(known) == heading)
    };
    Field::ALL.iter().find(is_known).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_known_by_their_headings_and_as_somebody_says() {
        let headings = ["序号", "姓 名", "联系电话", "手机号", "Union", "部门"].map(str::to_owned);
        let fields = |said: &[(&str, Option<Field>)]| {
            let said = said.iter().map(|(column, field)| ((*column).to_owned(), *field)).collect();
            map(&headings, &said).into_iter().map(|column| column.field).collect::<Vec<_>>()
        };
        let (name, phone, union) = (Some(Field::Name), Some(Field::Phone), Some(Field::Union));
        assert_eq!(fields(&[]), [None, name, phone, None, union, None]);
        assert_eq!(fields(&[("手机号", phone), ("部门", union)]), [None, name, None, phone, None, union]);
        assert_eq!(fields(&[("姓名", None)]), [None, None, phone, None, union, None]);
    }
}
