//! SQL that is put together of constant pieces, for questions and rows of many shapes. Values are arguments only.

use sqlx::AssertSqlSafe;

/// A value of a built statement.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// A text, or nothing.
    Text(Option<String>),
    /// A number, or nothing.
    Int(Option<i64>),
    /// A number with decimals, or nothing.
    Real(Option<f64>),
    /// Yes, no, or nothing.
    Flag(Option<bool>),
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Text(Some(text))
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(Some(text.to_owned()))
    }
}

impl From<Option<String>> for Value {
    fn from(text: Option<String>) -> Self {
        Self::Text(text)
    }
}

impl From<i64> for Value {
    fn from(number: i64) -> Self {
        Self::Int(Some(number))
    }
}

impl From<bool> for Value {
    fn from(flag: bool) -> Self {
        Self::Flag(Some(flag))
    }
}

impl From<Option<bool>> for Value {
    fn from(flag: Option<bool>) -> Self {
        Self::Flag(flag)
    }
}

impl From<Option<i64>> for Value {
    fn from(number: Option<i64>) -> Self {
        Self::Int(number)
    }
}

impl From<f64> for Value {
    fn from(number: f64) -> Self {
        Self::Real(Some(number))
    }
}

impl From<Option<f64>> for Value {
    fn from(number: Option<f64>) -> Self {
        Self::Real(number)
    }
}

/// A statement that is being built. Its text can only come from the source code.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Built {
    text: String,
    values: Vec<Value>,
}

impl Built {
    /// Begins a statement.
    pub fn new(text: &'static str) -> Self {
        Self { text: text.to_owned(), values: Vec::new() }
    }

    /// Adds text.
    pub fn push(&mut self, text: &'static str) -> &mut Self {
        self.text.push_str(text);
        self
    }

    /// Adds a value, by a placeholder.
    pub fn value(&mut self, value: impl Into<Value>) -> &mut Self {
        self.values.push(value.into());
        self.text.push('$');
        self.text.push_str(&self.values.len().to_string());
        self
    }

    /// Adds values in brackets, parted by commas.
    pub fn row(&mut self, values: impl IntoIterator<Item = Value>) -> &mut Self {
        let mut before = "(";
        for value in values {
            self.push(before).value(value);
            before = ", ";
        }
        self.push(")")
    }

    /// Adds rows of values, parted by commas.
    pub fn rows<R: IntoIterator<Item = Value>>(&mut self, rows: impl IntoIterator<Item = R>) -> &mut Self {
        let mut before = "";
        for row in rows {
            self.push(before).row(row);
            before = ", ";
        }
        self
    }

    /// The text and the values, for [`bound!`](crate::bound).
    pub fn finish(self) -> (AssertSqlSafe<String>, Vec<Value>) {
        (AssertSqlSafe(self.text), self.values)
    }
}

/// Binds the values of a built statement to a query of its text.
#[macro_export]
macro_rules! bound {
    ($query:expr, $values:expr) => {{
        let mut query = $query;
        for value in $values {
            query = match value {
                $crate::db::Value::Text(text) => query.bind(text),
                $crate::db::Value::Int(number) => query.bind(number),
                $crate::db::Value::Real(number) => query.bind(number),
                $crate::db::Value::Flag(flag) => query.bind(flag),
            };
        }
        query
    }};
}
