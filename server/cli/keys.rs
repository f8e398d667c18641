//! `yizhan keys`: the ring of keys that wrap the keys of grievances.

use super::{Failure, Outcome, say};
use crate::app::open_db;
use crate::config::Config;
use crate::db::Db;
use crate::error::Error;
use crate::grievance::custody;
use crate::keyring::KeyRing;

/// What `keys` does. The service may run meanwhile.
#[derive(Debug, clap::Subcommand)]
pub(super) enum Command {
    /// List the keys, the oldest first, with how much each of them wraps
    List,
    /// Add a key to the ring's file; from now on it wraps the keys of new grievances
    Rotate,
    /// Wrap the keys of all grievances anew with the newest key
    Rewrap,
    /// Take an old key that wraps nothing any more out of the ring's file
    Drop {
        /// Its name, as `list` says it
        name: String,
    },
}

pub(super) async fn run(config: &Config, command: &Command) -> Result<Outcome, Failure> {
    let db = open_db(config).await?;
    let ring = KeyRing::open(config)?;
    let done = match command {
        Command::List => list(&db, &ring).await,
        Command::Rotate => ring.rotate().map(|name| {
            say(&format!(
                "{name}: added; keep a copy of the ring outside the database, then: yizhan keys rewrap"
            ));
            Outcome::Done
        }),
        Command::Rewrap => rewrap(&db, &ring).await,
        Command::Drop { name } => drop_key(&db, &ring, name, config.grievance.backup_days).await,
    };
    db.close().await;
    match done {
        Err(Error::Conflict { detail, .. }) => {
            say(&format!("{} {}", detail.zh, detail.en));
            Ok(Outcome::Refused)
        }
        Err(Error::NotFound(_)) => {
            Err(Failure::Usage("the ring has no such key; see: yizhan keys list".to_owned()))
        }
        done => Ok(done?),
    }
}

async fn list(db: &Db, ring: &KeyRing) -> Result<Outcome, Error> {
    let uses = custody::uses(db).await?;
    let used = |name: &str| uses.iter().find(|(key, _)| key == name).map_or(0, |(_, times)| *times);
    for name in ring.names() {
        let mark = if name == ring.newest() { ", wraps" } else { "" };
        say(&format!("{name}: {}{mark}", used(&name)));
    }
    let missing = custody::missing_keys(db, ring).await?;
    for name in &missing {
        say(&format!(
            "{name}: {}, but it is NOT IN THE RING; put it back, or these cannot be read",
            used(name)
        ));
    }
    Ok(if missing.is_empty() { Outcome::Done } else { Outcome::Refused })
}

async fn rewrap(db: &Db, ring: &KeyRing) -> Result<Outcome, Error> {
    let done = custody::rewrap(db, ring).await?;
    say(&format!("wrapped anew with {}: {}", ring.newest(), done.renewed));
    for name in &done.missing {
        say(&format!("{name}: not in the ring; what it wraps was left as it is"));
    }
    let uses = custody::uses(db).await?;
    let newest = ring.newest();
    for name in
        ring.names().iter().filter(|name| **name != newest && !uses.iter().any(|(key, _)| key == *name))
    {
        say(&format!("{name}: unused; take it out with: yizhan keys drop {name}"));
    }
    Ok(if done.missing.is_empty() { Outcome::Done } else { Outcome::Refused })
}

async fn count(db: &Db, name: &str) -> Result<i64, Error> {
    let uses = custody::uses(db).await?;
    Ok(uses.iter().find(|(key, _)| key == name).map_or(0, |(_, times)| *times))
}

/// A server that is just filing a case may have wrapped its key with this one before it saw the newest: what it has
/// written since is counted once more, and then the key goes back.
async fn drop_key(db: &Db, ring: &KeyRing, name: &str, backup_days: u32) -> Result<Outcome, Error> {
    let before = ring.still();
    let used = count(db, name).await?;
    if used > 0 {
        say(&format!("{name}: wraps {used}, so it stays; first: yizhan keys rewrap"));
        return Ok(Outcome::Refused);
    }
    ring.drop_key(name)?;
    if count(db, name).await? > 0 {
        ring.put_back(name, &before)?;
        say(&format!("{name}: was used just now, so it stays; once more: yizhan keys rewrap"));
        return Ok(Outcome::Refused);
    }
    say(&format!(
        "{name}: taken out. Backups from before the rewrap need it: keep a copy for {backup_days} days, until they \
         have expired"
    ));
    Ok(Outcome::Done)
}
