//! Signing in and staying so: sessions of people, tokens of programs.

pub mod service;
pub(in crate::accounts) mod store;
