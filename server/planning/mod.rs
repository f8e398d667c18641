//! Planning 规划: at which hours who has no station within reach, and what would help.
//!
//! | module | what it does |
//! | --- | --- |
//! | `demand` | where how many people work |
//! | `service_points` | halls and counters beside stations |
//! | `layers` | what both have in common: codes, provenance, versions, columns of files |

pub mod demand;
mod layers;
pub mod service_points;

use crate::http::openapi::Documented;

/// The routes.
pub fn routes() -> Documented {
    demand::routes().merge(service_points::routes())
}

/// What a server keeps in memory for planners.
#[derive(Debug, Default)]
pub struct Shared {
    /// Layers of demand that were asked for lately.
    pub(crate) demand: demand::Kept,
    /// Layers of service points.
    pub(crate) service_points: service_points::Kept,
}
