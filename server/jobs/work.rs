//! What each kind of job does: the one place where kinds meet their handlers.

use super::model::{Taken, Way};
use super::worker::Work;
use crate::app::App;
use crate::db::Tx;
use crate::error::Error;

/// The kinds that are done in a transaction.
const TRANSACTIONS: &[&str] = &[];
/// The kinds that talk to the network.
const CALLS: &[&str] = &[];

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

    async fn transact(&self, _app: &App, _tx: &mut Tx, job: &Taken) -> Result<(), Error> {
        Err(unknown(job))
    }

    async fn call(&self, _app: &App, job: &Taken) -> Result<(), Error> {
        Err(unknown(job))
    }

    async fn given_up(&self, _app: &App, _tx: &mut Tx, _job: &Taken) -> Result<(), Error> {
        Ok(())
    }
}

/// A kind that one of the lists names and no arm knows.
fn unknown(job: &Taken) -> Error {
    Error::Internal(format!("nothing is known to do for a job {}", job.kind))
}
