//! What merchants offer, on a list and near where somebody is.

use crate::http::openapi::Documented;

/// The routes.
pub(super) fn routes() -> Documented {
    Documented::default()
}
