//! Campaigns: the rules under which vouchers are given out, and their life from draft to end.

use crate::http::openapi::Documented;

/// The routes.
pub(super) fn routes() -> Documented {
    Documented::default()
}
