//! Vouchers: claim, code on screen, redemption, reversal, expiry.
//!
//! | what must hold | what holds it |
//! | --- | --- |
//! | never more than the stock, never past the budget | the one statement that takes both (`store/campaign.rs`), and a check of the table |
//! | never more for a member than a limit | the key of `claim_slot` |
//! | a request is carried out once | its key and answer stand in its transaction (`request`) |
//! | a code is used once, a voucher never past what is left of it | conditional statements that wait for each other |
//! | of redemption and expiry exactly one | both ask for `issued` and for opposite sides of the same instant |
//! | a redemption is taken back once, before it is settled | a conditional statement, and the key of `reversal` |
//! | everything is posted | the ledger, in the same transaction |

mod claim;
mod code;
mod ending;
mod issue;
mod lists;
mod misses;
mod openapi;
mod redeem;
mod refusals;
mod reversal;
mod routes;
mod store;
mod terms;
mod told;
mod wish;

pub use claim::facts;
pub use ending::expire_due;
pub use issue::{issue_to_winner, terms};
pub(super) use routes::routes;
pub use terms::{Limits, Terms, Validity};
