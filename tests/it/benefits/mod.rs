//! Benefits: members, merchants, campaigns and vouchers.

mod alarms;
mod campaigns;
mod claims;
mod draw;
mod figures;
mod guards;
mod kills;
mod lot;
mod redeeming;
pub(crate) mod rules;
mod settlements;
pub(crate) mod stage;
mod statement;
