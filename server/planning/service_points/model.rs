//! A layer of service points in memory.

use std::sync::Arc;

use serde::Serialize;
use spatial::Position;
use utoipa::ToSchema;

use crate::ids::Adcode;
use crate::stations::hours::Hours;

/// Where a layer comes from, and what it holds.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct ServiceLayer {
    /// Its code, by which questions name it: 1 to 40 of `a-z`, `0-9`, `-` and `_`.
    pub code: String,
    /// Its name for people, such as 社保大厅.
    pub name: String,
    /// Who made the data.
    pub source: String,
    /// Under which licence it may be used; empty where nothing was said.
    pub licence: String,
    /// Of what time the data is; empty where unknown.
    pub as_of: String,
    /// Raised with each replacement.
    pub version: i64,
    /// How many points it has.
    pub points: usize,
    /// How many of them have hours that are certain.
    pub with_hours: usize,
}

/// A hall, counter or office that serves people who work outdoors.
#[derive(Debug, Clone)]
pub struct ServicePoint {
    /// Its name.
    pub name: String,
    /// Its address; empty where unknown.
    pub address: String,
    /// Its number for callers; empty where unknown.
    pub phone: String,
    /// Where it is, WGS-84.
    pub position: Position,
    /// In which district it is, or within 2 km of it.
    pub district: Option<Adcode>,
    /// Its hours as they were written; empty where unknown.
    pub hours_text: String,
    /// Its hours where they are certain.
    pub hours: Option<Arc<Hours>>,
}

/// A layer with its points.
#[derive(Debug, Clone)]
pub struct ServicePoints {
    /// Where it comes from.
    pub layer: ServiceLayer,
    /// Its points, in the order of the file.
    pub points: Vec<ServicePoint>,
}
