//! Campaigns: the rules under which vouchers are given out, and their life from draft to end.
//!
//! A draft is changed as a whole. Once it is published its terms stay; only stock and budget can be raised. Whoever
//! freezes it stops claims and redemptions at once.

mod cards;
mod judging;
mod life;
mod model;
mod openapi;
mod routes;
mod service;
mod store;
mod told;
mod wish;

pub use cards::{CampaignCard, card, in_phase};
pub(super) use model::Campaign;
pub(super) use routes::routes;
pub(super) use store::find_in;
