//! Planning 规划: at which hours who has no station within reach, and what would help.
//!
//! | module | what it does |
//! | --- | --- |
//! | `demand` | where how many people work |
//! | `service_points` | halls and counters beside stations |

pub mod demand;
pub mod service_points;
