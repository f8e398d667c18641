//! The interface of reports.

use crate::http::openapi::Documented;

/// The interface of reports.
pub fn routes() -> Documented {
    Documented::default()
}
