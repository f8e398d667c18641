//! Demand: where how many people work, as layers that planners bring or that stand in for one.

pub mod model;

pub use model::{Demand, DemandPoint, Layer, Profiles};
