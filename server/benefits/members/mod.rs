//! The union's members, the roster they come from, and their cards.

use crate::http::openapi::Documented;

/// The routes.
pub(super) fn routes() -> Documented {
    Documented::default()
}
