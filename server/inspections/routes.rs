//! The interface of inspections.

use crate::http::openapi::Documented;

/// The interface of inspections.
pub fn routes() -> Documented {
    Documented::default()
}
