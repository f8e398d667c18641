//! Planning 规划: at which hours who has no station within reach, and what would help.
//!
//! | module | what it does |
//! | --- | --- |
//! | `demand` | where how many people work |
//! | `service_points` | halls and counters beside stations |
//! | `layers` | what both have in common: codes, provenance, versions, columns of files |
//! | `asked`, `reach`, `period`, `people` | a question: how far, when, whom; and the address that asks it again |
//! | `basis` | what a question is counted on, and counting beside the threads that answer |
//! | `open_hours`, `targets`, `count` | the hours of places as bits; who has one, or two, within reach (pure) |
//! | `coverage`, `timetable`, `gaps`, `extensions` | the answers |
//! | `method`, `spans`, `told`, `sheet` | figures in words, with both their sides, as tables |
//!
//! A street network would answer in `reach` and `targets::cover`; choosing sites would stand beside `extensions`.

pub mod asked;
pub mod basis;
pub mod count;
mod coverage;
pub mod demand;
mod extensions;
mod gaps;
mod layers;
pub mod method;
pub mod open_hours;
pub mod openapi;
pub mod people;
pub mod period;
pub mod reach;
pub mod service_points;
pub mod sheet;
pub mod spans;
pub mod targets;
mod timetable;
pub mod told;

use crate::http::openapi::Documented;

/// What a server keeps in memory for planners.
#[derive(Debug, Default)]
pub struct Shared {
    /// Layers of demand that were asked for lately.
    pub(crate) demand: demand::Kept,
    /// Layers of service points.
    pub(crate) service_points: service_points::Kept,
}

/// The interface of planners.
pub fn routes() -> Documented {
    [
        coverage::routes(),
        timetable::routes(),
        gaps::routes(),
        extensions::routes(),
        demand::routes(),
        service_points::routes(),
    ]
    .into_iter()
    .fold(Documented::default(), Documented::merge)
}
