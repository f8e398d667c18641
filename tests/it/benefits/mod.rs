//! Benefits: members, merchants, campaigns and vouchers.

mod stage;
