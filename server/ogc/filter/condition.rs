//! A filter that was read: which properties, compared with what, and whether a station fulfils it.
//!
//! Logic has three values, as in SQL: what is compared with nothing is neither true nor false, and only what is true
//! is chosen.

use std::cmp::Ordering;

use super::pattern::Pattern;
use super::shape::Shape;
use super::value::{Value, folded};
use crate::ogc::crs::Crs;
use crate::ogc::field::Field;

/// What a condition is asked of.
pub trait Record {
    /// The value of a property; none where there is none.
    fn value(&self, field: Field) -> Option<Value<'_>>;
    /// Where it stands, east and north in a system.
    fn place(&self, crs: Crs) -> [f64; 2];
}

/// A comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Comparison {
    /// `=`
    Equal,
    /// `<>`
    Unequal,
    /// `<`
    Less,
    /// `<=`
    AtMost,
    /// `>`
    Greater,
    /// `>=`
    AtLeast,
}

/// A side of a comparison.
#[derive(Debug, Clone, PartialEq)]
pub enum Scalar {
    /// What a station has there.
    Property(Field),
    /// A value of the filter.
    Literal(Value<'static>),
    /// A text whose case does not count, `CASEI(…)`.
    Folded(Box<Scalar>),
}

/// A filter or a part of it.
#[derive(Debug, Clone, PartialEq)]
pub enum Condition {
    /// Yes or no by itself.
    Truth(Scalar),
    /// All of these.
    All(Vec<Condition>),
    /// One of these.
    Any(Vec<Condition>),
    /// The opposite.
    Not(Box<Condition>),
    /// A comparison of two values of one kind.
    Compare(Scalar, Comparison, Scalar),
    /// Whether there is no value.
    IsNull(Scalar),
    /// Whether a text is like a pattern.
    Like(Scalar, Pattern),
    /// Whether a value lies between two, both included.
    Between(Scalar, Scalar, Scalar),
    /// Whether a value is one of several.
    In(Scalar, Vec<Scalar>),
    /// Whether the station's place is on a shape of a system.
    Intersects(Crs, Shape),
}

impl Comparison {
    fn holds(self, order: Ordering) -> bool {
        match self {
            Self::Equal => order.is_eq(),
            Self::Unequal => order.is_ne(),
            Self::Less => order.is_lt(),
            Self::AtMost => order.is_le(),
            Self::Greater => order.is_gt(),
            Self::AtLeast => order.is_ge(),
        }
    }
}

impl Scalar {
    fn of<'r>(&'r self, record: &'r impl Record) -> Option<Value<'r>> {
        match self {
            Self::Property(field) => record.value(*field),
            Self::Literal(value) => Some(value.clone()),
            Self::Folded(inner) => inner.of(record).map(|value| match value {
                Value::Text(text) => Value::text(folded(&text)),
                other => other,
            }),
        }
    }
}

impl Condition {
    /// Whether a station is chosen.
    pub fn chooses(&self, record: &impl Record) -> bool {
        self.holds(record) == Some(true)
    }

    /// Whether it is fulfilled; none where a value that decides is not there.
    fn holds(&self, record: &impl Record) -> Option<bool> {
        match self {
            Self::Truth(scalar) => match scalar.of(record)? {
                Value::Truth(truth) => Some(truth),
                _ => None,
            },
            Self::All(parts) => decided(parts.iter().map(|part| part.holds(record)), false),
            Self::Any(parts) => decided(parts.iter().map(|part| part.holds(record)), true),
            Self::Not(part) => part.holds(record).map(|holds| !holds),
            Self::Compare(a, how, b) => a.of(record)?.order(&b.of(record)?).map(|order| how.holds(order)),
            Self::IsNull(scalar) => Some(scalar.of(record).is_none()),
            Self::Like(scalar, pattern) => match scalar.of(record)? {
                Value::Text(text) => Some(pattern.fits(&text)),
                _ => None,
            },
            Self::Between(scalar, least, most) => {
                let value = scalar.of(record)?;
                let above = least.of(record).and_then(|least| value.order(&least)).map(Ordering::is_ge);
                let below = most.of(record).and_then(|most| value.order(&most)).map(Ordering::is_le);
                decided([above, below], false)
            }
            Self::In(scalar, list) => {
                let value = scalar.of(record)?;
                let is = |one: &Scalar| one.of(record).and_then(|one| value.order(&one)).map(Ordering::is_eq);
                decided(list.iter().map(is), true)
            }
            Self::Intersects(crs, shape) => Some(shape.holds(record.place(*crs))),
        }
    }
}

/// Joins answers of which one that is `decisive` decides; none of them being so, what is not known keeps it open.
fn decided(answers: impl IntoIterator<Item = Option<bool>>, decisive: bool) -> Option<bool> {
    let mut joined = Some(!decisive);
    for answer in answers {
        if answer == Some(decisive) {
            return answer;
        }
        joined = joined.and(answer);
    }
    joined
}
