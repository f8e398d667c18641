//! What each kind of job does, and whose letters a message carries: the one place where kinds and sources meet
//! their features.

use chrono::{DateTime, Utc};

use super::model::{Taken, Way};
use super::worker::Work;
use crate::app::App;
use crate::benefits::sessions as phones;
use crate::db::Tx;
use crate::delivery::{self, Letter, Outcome, Parcel};
use crate::error::Error;
use crate::{grievance, notifications};

/// The kinds that are done in a transaction.
const TRANSACTIONS: &[&str] = &[notifications::KIND, grievance::clock::KIND];
/// The kinds that talk to the network.
const CALLS: &[&str] = &[delivery::KIND];

/// The work of the service.
#[derive(Debug, Clone, Copy)]
pub(super) struct OfTheService;

impl Work for OfTheService {
    fn kinds(&self, way: Way) -> &'static [&'static str] {
        match way {
            Way::Transact => TRANSACTIONS,
            Way::Call => CALLS,
        }
    }

    async fn transact(&self, app: &App, tx: &mut Tx, job: &Taken) -> Result<(), Error> {
        match job.kind.as_str() {
            notifications::KIND => notifications::tell_each(app, tx, job).await,
            grievance::clock::KIND => grievance::clock::ring(app, tx, job).await,
            kind => Err(unknown(kind)),
        }
    }

    async fn call(&self, app: &App, job: &Taken) -> Result<(), Error> {
        match job.kind.as_str() {
            delivery::KIND => deliver(app, job).await,
            kind => Err(unknown(kind)),
        }
    }

    async fn given_up(&self, app: &App, tx: &mut Tx, job: &Taken) -> Result<(), Error> {
        match job.kind.as_str() {
            delivery::KIND => match delivery::given_up(app, tx, job).await? {
                Some(parcel) => note(app, tx, &parcel, Some(app.clock.now())).await,
                None => Ok(()),
            },
            _ => Ok(()),
        }
    }
}

/// Sends a message and notes what became of it.
async fn deliver(app: &App, job: &Taken) -> Result<(), Error> {
    let Some(parcel) = delivery::open(app, job).await? else { return Ok(()) };
    let outcome = delivery::send(app, &parcel, letter(app, &parcel).await?, job.tries).await?;
    let now = app.clock.now();
    let mut tx = app.db.begin().await?;
    if delivery::end(&mut tx, &parcel, outcome, now).await? && outcome != Outcome::Dropped {
        note(app, &mut tx, &parcel, (outcome == Outcome::Refused).then_some(now)).await?;
    }
    Ok(tx.commit().await?)
}

/// The letter of a message, from the feature that it comes from; the recipient is opened for it just now.
async fn letter(app: &App, parcel: &Parcel) -> Result<Option<Letter>, Error> {
    match parcel.source.as_str() {
        notifications::SOURCE => notifications::letter(app, parcel).await,
        grievance::SOURCE => grievance::letter(app, parcel).await,
        phones::SOURCE => phones::letter(app, parcel).await,
        source => Err(unknown(source)),
    }
}

/// Tells the feature whether a message arrived, for the owner of the address.
async fn note(app: &App, tx: &mut Tx, parcel: &Parcel, failed: Option<DateTime<Utc>>) -> Result<(), Error> {
    match parcel.source.as_str() {
        notifications::SOURCE => notifications::note(app, tx, parcel, failed).await,
        phones::SOURCE => phones::sent(tx, parcel).await,
        _ => Ok(()),
    }
}

/// A kind or source that one of the lists names and no arm knows.
fn unknown(word: &str) -> Error {
    Error::Internal(format!("nothing is known to do for {word}"))
}
