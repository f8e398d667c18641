//! Draws by lot that anybody can check: a commitment before, the seed after.

use crate::http::openapi::Documented;

/// The routes.
pub(super) fn routes() -> Documented {
    Documented::default()
}
