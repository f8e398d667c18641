//! Alarms: what looks like fraud, told once, for somebody to look at and if need be freeze the campaign.
//!
//! | kind | when |
//! | --- | --- |
//! | `velocity` | a clerk redeems very often within minutes |
//! | `distance` | a clerk's phone is far from his store |
//! | `misses` | a clerk tries codes that are none |
//! | `night` | a large share of a merchant's redemptions of thirty days is late at night |

mod look;
mod openapi;
mod routes;
mod service;
mod store;
mod told;

pub(super) use look::look;
pub(super) use routes::routes;
