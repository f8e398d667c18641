//! The interface of door cards, keepers' links and visits.

use crate::http::openapi::Documented;

/// The interface of door cards, keepers' links and visits.
pub fn routes() -> Documented {
    Documented::default()
}
