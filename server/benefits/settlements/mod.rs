//! Closing a merchant's books: statements, and what is put right afterwards.

use crate::http::openapi::Documented;

/// The routes.
pub(super) fn routes() -> Documented {
    Documented::default()
}
