//! Which column of a file says what: by its heading, or as somebody said.

use std::collections::BTreeMap;

use serde::Serialize;
use utoipa::ToSchema;

use crate::error::FieldError;
use crate::stations::import::{Sheet, SheetRow, clean, folded, is_blank};

/// What a column may say.
pub(in crate::planning) trait Field: Copy + PartialEq + 'static {
    /// The field of a name or a known heading, folded.
    fn recognised(heading: &str) -> Option<Self>;
    /// The field that a mapping names.
    fn named(name: &str) -> Option<Self>;
    /// Its name.
    fn name(self) -> String;
    /// All names, for a person to choose from.
    fn names() -> String;
}

/// A column and what it says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = LayerColumn)]
pub(in crate::planning) struct ColumnTold {
    /// Its heading.
    column: String,
    /// What it says; null: it is not read.
    field: Option<String>,
}

/// The columns of a file.
#[derive(Debug)]
pub(in crate::planning) struct Columns<F> {
    headings: Vec<String>,
    fields: Vec<Option<F>>,
}

impl<F: Field> Columns<F> {
    /// What each column says: as somebody said, else by its heading. A field is taken from the first column that has it.
    ///
    /// # Errors
    /// What is wrong with what somebody said: no such column, no such field, or two columns for one.
    pub(in crate::planning) fn read(
        sheet: &Sheet,
        said: &BTreeMap<String, Option<String>>,
    ) -> Result<Self, Vec<FieldError>> {
        let headings = sheet.header.headings.clone();
        let said = meant(&headings, said)?;
        let mut taken: Vec<F> = said.values().flatten().copied().collect();
        let mut fields = Vec::with_capacity(headings.len());
        for heading in &headings {
            let heading = folded(heading);
            let field = match said.get(&heading) {
                Some(field) => *field,
                None => F::recognised(&heading).filter(|field| !taken.contains(field)),
            };
            taken.extend(field);
            fields.push(field);
        }
        Ok(Self { headings, fields })
    }

    /// Whether some column says it.
    pub(in crate::planning) fn has(&self, field: F) -> bool {
        self.fields.contains(&Some(field))
    }

    /// How a field is called to whoever sent the file: by its heading, else by its name.
    pub(in crate::planning) fn called(&self, field: F) -> String {
        self.at(field).and_then(|at| self.headings.get(at).cloned()).unwrap_or_else(|| field.name())
    }

    fn at(&self, field: F) -> Option<usize> {
        self.fields.iter().position(|other| *other == Some(field))
    }

    /// What a row says; empty where it says nothing.
    pub(in crate::planning) fn cell(&self, row: &SheetRow, field: F) -> String {
        let text =
            self.at(field).and_then(|at| row.cells.get(at)).map(|cell| clean(cell)).unwrap_or_default();
        if is_blank(&text) { String::new() } else { text }
    }

    /// The columns as they were understood.
    pub(in crate::planning) fn told(&self) -> Vec<ColumnTold> {
        let both = self.headings.iter().zip(&self.fields);
        both.map(|(column, field)| ColumnTold { column: column.clone(), field: field.map(Field::name) })
            .collect()
    }
}

/// What somebody said of columns, by their folded headings.
fn meant<F: Field>(
    headings: &[String],
    said: &BTreeMap<String, Option<String>>,
) -> Result<BTreeMap<String, Option<F>>, Vec<FieldError>> {
    let known = headings.join(", ");
    let (mut meant, mut wrong, mut taken) = (BTreeMap::new(), Vec::new(), Vec::new());
    for (column, name) in said {
        let at = format!("mapping.{column}");
        if !headings.iter().any(|heading| folded(heading) == folded(column)) {
            let (zh, en) = (
                format!("文件里没有这一列。有：{known}"),
                format!("the file has no such column; it has: {known}"),
            );
            wrong.push(FieldError::new(&at, "no_such_column", zh, en));
        }
        let field = name.as_deref().map(F::named);
        if field == Some(None) {
            let names = F::names();
            wrong.push(FieldError::new(
                &at,
                "unknown_field",
                format!("可写：{names}"),
                format!("must be one of: {names}"),
            ));
        }
        let field = field.flatten();
        if field.is_some_and(|field| taken.contains(&field)) {
            wrong.push(FieldError::new(
                &at,
                "twice",
                "两列不能对应同一项。",
                "two columns cannot say the same",
            ));
        }
        taken.extend(field);
        meant.insert(folded(column), field);
    }
    if wrong.is_empty() { Ok(meant) } else { Err(wrong) }
}
