//! A copy of the whole database in a folder, and a database made from such a copy.
//!
//! A backup knows no engine: what was saved from SQLite is restored into PostgreSQL and the other way round.
//! It holds every table as of one moment, and the heads of the audit chain that this server witnessed. It does
//! not hold the secret key of the service, without which the sealed secrets inside it stay sealed.

mod cell;
mod draft;
mod folder;
mod load;
mod manifest;
mod save;
mod store;

use std::io;
use std::path::Path;

pub use load::{Restored, restore};
pub use manifest::{FORMAT, Manifest, Part};
pub use save::{Saved, save};

use crate::db::DbError;
use crate::error::{Error, Words};

/// Why a backup or a restore did not take place. Nothing was changed then.
#[derive(Debug)]
pub enum Failed {
    /// What was given cannot be used; the words say why and what to do.
    Refused(Words),
    /// The system failed.
    Broken(Error),
}

impl From<Error> for Failed {
    fn from(error: Error) -> Self {
        Self::Broken(error)
    }
}

impl From<DbError> for Failed {
    fn from(error: DbError) -> Self {
        Self::Broken(error.into())
    }
}

/// What a long copy tells of itself: the table, and how many of its rows are done.
pub type Progress<'a> = &'a (dyn Fn(&str, u64) + Sync);

/// A refusal in both languages.
fn refused(zh: impl Into<String>, en: impl Into<String>) -> Failed {
    Failed::Refused(Words::new(zh, en))
}

/// A fault of the file system, with the file that it happened to.
fn at(path: &Path) -> impl FnOnce(io::Error) -> Failed {
    move |error| Failed::Broken(Error::Internal(format!("{}: {error}", path.display())))
}
