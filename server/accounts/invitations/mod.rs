//! Secret links that are good once: the set-up of the service, a new account, a reset by an administrator.
//!
//! The secret stands behind the `#` of the link, which a browser sends to no server and writes into no log.

mod service;
pub(in crate::accounts) mod store;

pub use service::{Invitation, Looked, Redeem, Redeemed, begin_set_up, invite, look, redeem};

use chrono::TimeDelta;

use crate::code::codes;

codes! {
    /// What an invitation is for.
    Purpose { SetUp = "set_up", New = "new", Reset = "reset" }
}

impl Purpose {
    /// How long such an invitation is good.
    pub fn lasts(self) -> TimeDelta {
        match self {
            Self::SetUp | Self::Reset => TimeDelta::days(1),
            Self::New => TimeDelta::days(7),
        }
    }
}

/// The page that an invitation opens.
pub const PAGE: &str = "/staff/welcome";
