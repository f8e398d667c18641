//! Service points beside stations, such as social-security halls: layers for the 15-minute service circle.

mod import;
pub mod model;
mod openapi;
mod routes;
pub mod service;
mod store;
mod told;
mod wish;
mod writing;

pub use model::{ServiceLayer, ServicePoint, ServicePoints};
pub(super) use routes::routes;
pub(crate) use told::Imported;
pub(crate) use wish::Options;
pub(crate) use writing::{bring, remove};

use std::sync::Arc;

use super::layers;
use crate::city::City;

/// What a server keeps of service points.
#[derive(Debug, Default)]
pub struct Kept(layers::Kept<Key, ServicePoints>);

/// Which layer, in which version, and under whose calendar its hours were read.
#[derive(Debug)]
struct Key {
    code: String,
    version: i64,
    city: Arc<City>,
}

impl PartialEq for Key {
    fn eq(&self, other: &Self) -> bool {
        (&self.code, self.version) == (&other.code, other.version) && Arc::ptr_eq(&self.city, &other.city)
    }
}
