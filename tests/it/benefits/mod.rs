//! Benefits: members, merchants, campaigns and vouchers.

mod alarms;
mod campaigns;
mod claims;
mod demo;
mod draw;
mod figures;
mod guards;
mod kills;
mod lot;
mod members;
mod merchants;
mod offers;
pub(crate) mod people;
mod redeeming;
mod roster;
pub(crate) mod rules;
mod settlements;
mod signing_in;
pub(crate) mod stage;
mod statement;
