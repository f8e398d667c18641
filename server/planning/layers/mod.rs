//! What layers of demand and of service points have in common.

pub(super) mod asked;
pub(super) mod columns;
pub(super) mod faults;
mod kept;
pub(super) mod place;
pub(super) mod provenance;
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

/// Refuses one more layer where there are as many as there may be.
pub(super) fn room(known: usize) -> Result<(), Error> {
    if known < LAYERS {
        return Ok(());
    }
    let (zh, en) = (
        format!("最多 {LAYERS} 个图层，请先删除一个。"),
        format!("at most {LAYERS} layers; remove one first"),
    );
    Err(Error::Refused(vec![FieldError::new("code", "too_many", zh, en)]))
}
