//! The interface of accounts.

mod describe;
mod people;
mod session;
mod tokens;

use crate::http::openapi::Documented;

/// `/api/v1/session`, `/api/v1/invitations`, `/api/v1/accounts`, `/api/v1/tokens`, `/api/v1/city` and
/// `/api/v1/consents`.
pub fn routes() -> Documented {
    session::routes().merge(people::routes()).merge(tokens::routes())
}
