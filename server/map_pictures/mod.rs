//! Pictures of the map around a station, for door cards, inspection sheets and links in chats.
//!
//! A picture is a square of ground with the station in its middle. The ground is cut as polygons of one colour each
//! (`basemap::scene`): streets of the operator's Protomaps file where it has them, or else the built-in
//! overview. They are filled by `yizhan-poster` in processes of its own, where one is set and well, or else by this
//! process; names, pin, scale and credits are drawn over both alike, so that nobody sees which it was.

mod engine;
mod ground;
mod openapi;
mod overlay;
mod painter;
mod png;
mod routes;
mod service;

pub use routes::{address, routes};
pub use service::MapPictures;
