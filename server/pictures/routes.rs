//! The interface of pictures.

use crate::http::openapi::Documented;

/// The interface of pictures.
pub fn routes() -> Documented {
    Documented::default()
}
