//! What looks like fraud: found each minute from what was redeemed, for somebody to look at.

use crate::http::openapi::Documented;

/// The routes.
pub(super) fn routes() -> Documented {
    Documented::default()
}
