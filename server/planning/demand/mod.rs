//! Demand: where how many people work, as layers that planners bring or that stand in for one.

mod import;
pub mod model;
pub(super) mod openapi;
mod routes;
pub mod service;
mod stand_in;
mod store;
mod told;
mod wish;
mod writing;

pub use model::{Demand, DemandPoint, Layer, Profiles};
pub(super) use routes::routes;
pub(crate) use told::Imported;
pub(crate) use wish::Options;
pub(crate) use writing::{bring, remove};

use std::sync::Arc;

use super::layers;
use crate::city::City;

/// What a server keeps of demand: layers by code and version, and what stands in for one.
#[derive(Debug, Default)]
pub struct Kept {
    layers: layers::Kept<(String, i64), Demand>,
    /// With the city that it was made of.
    stand_in: arc_swap::ArcSwapOption<(Arc<City>, Arc<Demand>)>,
}
