//! The interface of door cards, keepers' links and visits.

use super::{openapi, printing};
use crate::accounts::{Permission, Policy};
use crate::http::openapi::Documented;

const SEE: Policy = Policy::Needs(Permission::StationSee);

/// The interface of door cards, keepers' links and visits.
pub fn routes() -> Documented {
    Documented::default().get("/api/v1/stations/{id}/door-card.pdf", SEE, printing::one, openapi::card()).get(
        "/api/v1/door-cards.pdf",
        SEE,
        printing::many,
        openapi::cards(),
    )
}
