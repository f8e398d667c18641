//! `yizhan audit verify`: whether the audit log is as it was written.

use super::import::terminal_language;
use super::{Failure, Outcome, say};
use crate::app::open_db;
use crate::audit::{Signer, Told, Witness, verify};
use crate::config::Config;
use crate::secrets::Secrets;

/// What `audit` does.
#[derive(Debug, clap::Subcommand)]
pub(super) enum Command {
    /// Check every entry, every signed head, and the witness file of this server
    Verify {
        /// Print the report as one JSON object
        #[arg(long)]
        json: bool,
    },
}

pub(super) async fn run(config: &Config, command: &Command) -> Result<Outcome, Failure> {
    let Command::Verify { json } = command;
    let signer = Signer::new(&Secrets::open(config)?);
    let db = open_db(config).await?;
    let report = verify(&db, &signer, &Witness::of(&config.storage.data)).await?;
    db.close().await;
    let (ok, language) = (report.ok, terminal_language());
    let told = Told::new(report, config.zone(), language);
    if *json {
        say(&serde_json::to_string(&told).map_err(|e| Failure::Fault(e.to_string()))?);
    } else {
        told.lines(language).iter().for_each(|line| say(line));
    }
    Ok(if ok { Outcome::Done } else { Outcome::Refused })
}
