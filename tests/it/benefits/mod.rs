//! Benefits: members, merchants, campaigns and vouchers.

mod claims;
mod redeeming;
pub(crate) mod stage;
