//! What layers of demand and of service points have in common.

mod kept;
pub(super) mod store;

pub(super) use kept::Kept;

use crate::error::{Error, FieldError};

/// The most layers of a kind.
pub(super) const LAYERS: usize = 20;

/// A layer that nobody knows, as a parameter named it.
pub(super) fn unknown(field: &str, known: &[String]) -> Error {
    let known = known.join(", ");
    let (zh, en) = (format!("没有这个图层。可用：{known}"), format!("no such layer; known: {known}"));
    FieldError::new(field, "unknown_layer", zh, en).into()
}
