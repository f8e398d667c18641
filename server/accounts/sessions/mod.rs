//! Signing in and staying so: sessions of people, tokens of programs.

pub mod attempts;
pub mod service;
pub mod sign_in;
pub(in crate::accounts) mod store;
