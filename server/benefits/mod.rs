//! Benefits 普惠: members, merchants, and vouchers that never oversell.
//!
//! The server keeps the ledger, the merchants' statements and what a bank needs. It never holds money: whoever does
//! needs a payment licence.
//!
//! | module | what it does |
//! | --- | --- |
//! | `model`, `fen` | vocabularies; amounts of money |
//! | `members`, `sessions` | the roster, cards, and phones that sign in with a one-time code |
//! | `merchants`, `offers` | merchants with stores and clerks; what they offer, on a list and on the map |
//! | `campaigns`, `eligibility`, `draw` | under which rules vouchers are given out, to whom, and by which lot |
//! | `vouchers` | claim, code on screen, redemption, reversal, expiry |
//! | `ledger`, `settlements` | double entry and its check; closing a merchant's books |
//! | `goals`, `figures`, `alarms` | targets beside what was reached; what came of it all; what looks like fraud |
//! | `keeper` | what the service does by itself: expiry, draws, alarms |
//! | `demo` | invented people and merchants for a demonstration |
//! | `person`, `wrong` | names and numbers sealed and hashed; what is wrong with an input |
//! | `request` | requests that are carried out once, with their answer |

mod alarms;
pub mod campaigns;
pub mod demo;
pub mod draw;
pub mod eligibility;
pub mod fen;
mod figures;
mod goals;
pub mod keeper;
pub mod ledger;
pub mod members;
mod merchants;
pub mod model;
pub mod offers;
mod person;
mod request;
pub mod sessions;
mod settlements;
pub mod vouchers;
mod within;
mod wrong;

use crate::app::App;
use crate::error::Error;
use crate::http::openapi::Documented;

pub use offers::Shelf;

/// The interface of benefits.
pub fn routes() -> Documented {
    [
        sessions::routes(),
        members::routes(),
        merchants::routes(),
        offers::routes(),
        campaigns::routes(),
        draw::routes(),
        vouchers::routes(),
        ledger::routes(),
        settlements::routes(),
        goals::routes(),
        figures::routes(),
        alarms::routes(),
    ]
    .into_iter()
    .fold(Documented::default(), Documented::merge)
}

/// Forgets answers that nobody can repeat any more, and sessions of phones that are over.
pub async fn forget_old(app: &App) -> Result<(), Error> {
    sessions::forget_old(app).await?;
    let mut tx = app.db.begin().await?;
    request::forget_old(&mut tx, app.clock.now()).await?;
    Ok(tx.commit().await?)
}
