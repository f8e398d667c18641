//! Benefits: members, merchants, campaigns and vouchers.

mod alarms;
mod campaigns;
mod draw;
mod figures;
mod lot;
pub(crate) mod rules;
pub(crate) mod stage;
mod statement;
