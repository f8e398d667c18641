//! The interface of accounts.

use crate::http::openapi::Documented;

/// `/api/v1/session` and `/api/v1/accounts…`.
pub fn routes() -> Documented {
    Documented::default()
}
