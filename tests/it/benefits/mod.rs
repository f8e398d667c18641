//! Benefits: members, merchants, campaigns and vouchers.

mod demo;
mod members;
mod merchants;
mod offers;
pub(crate) mod people;
mod roster;
mod signing_in;
mod stage;
