//! The interface of ratings.

use crate::http::openapi::Documented;

/// The interface of ratings.
pub fn routes() -> Documented {
    Documented::default()
}
