//! All SQL on vouchers: what is read and written of campaigns, the vouchers themselves, and their redemptions.

pub(super) mod campaign;
pub(super) mod code;
pub(super) mod page;
pub(super) mod redemption;
pub(super) mod voucher;

pub(super) use campaign::TermsRow;
