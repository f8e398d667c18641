//! `yizhan demo`: the demonstration registry, and invented members and merchants.

use super::{Failure, Outcome, say};
use crate::app::open_db;
use crate::benefits;
use crate::config::Config;
use crate::error::Error;
use crate::secrets::Secrets;
use crate::stations::demo;

/// What `demo` takes.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// Remove the demonstration stations, members and merchants, and nothing else
    #[arg(long)]
    remove: bool,
}

pub(super) async fn run(config: &Config, arguments: &Arguments) -> Result<Outcome, Failure> {
    let db = open_db(config).await?;
    let now = config.clock().map_err(|e| Error::Internal(e.to_string()))?.now();
    if arguments.remove {
        let removed = demo::remove(&db, now).await?;
        benefits::demo::remove(&db).await?;
        say(&format!("{removed} demonstration stations removed"));
    } else {
        let loaded = demo::load(&db, config.zone(), now).await?;
        let invented = benefits::demo::load(&db, &Secrets::open(config)?, config.zone(), now).await?;
        let benefits::demo::Loaded { members, merchants } = invented;
        say(&format!("{members} invented members and {merchants} invented merchants loaded"));
        say(&format!("{loaded} demonstration stations loaded; `yizhan demo --remove` takes them away"));
    }
    db.close().await;
    Ok(Outcome::Done)
}
