//! The crate against brute force, against published numbers, and against another reader of vector tiles.

mod area;
mod clip;
mod cluster;
mod datum;
mod mvt;
mod nearest;
mod overlay;
mod position;
mod reached;
mod strategies;
mod tile;
mod window;
mod within;
