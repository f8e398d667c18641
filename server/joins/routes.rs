//! The interface of wishes to join.

use crate::http::openapi::Documented;

/// The interface of wishes to join.
pub fn routes() -> Documented {
    Documented::default()
}
