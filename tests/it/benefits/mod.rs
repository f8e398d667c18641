//! Benefits: members, merchants, campaigns and vouchers.

mod claims;
mod guards;
mod kills;
mod redeeming;
mod settlements;
pub(crate) mod stage;
