//! Coverage: who has a station within reach at which hours, counted again by brute force.

mod asked;
mod counting;
mod extensions;
mod gaps;
mod hours;
mod porto_alegre;
mod service_points;
mod stage;
mod told;
