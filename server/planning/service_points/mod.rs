//! Service points beside stations, such as social-security halls: layers for the 15-minute service circle.

pub mod model;

pub use model::{ServiceLayer, ServicePoint, ServicePoints};
