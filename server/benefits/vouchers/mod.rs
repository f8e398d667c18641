//! Vouchers: claim, code on screen, redemption, reversal, expiry.

use crate::http::openapi::Documented;

/// The routes.
pub(super) fn routes() -> Documented {
    Documented::default()
}
