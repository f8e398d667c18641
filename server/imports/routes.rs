//! The interface of imports.

use crate::http::openapi::Documented;

/// The interface of imports.
pub fn routes() -> Documented {
    Documented::default()
}
