//! What came of benefits: issued, redeemed, saved, persons and person-times.

use crate::http::openapi::Documented;

/// The routes.
pub(super) fn routes() -> Documented {
    Documented::default()
}
