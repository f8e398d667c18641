//! Service points beside stations, such as social-security halls: layers for the 15-minute service circle.

pub mod model;
pub mod service;
mod store;

pub use model::{ServiceLayer, ServicePoint, ServicePoints};

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
