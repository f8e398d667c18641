//! `yizhan calendar import`: the days off and make-up workdays of a year.

use std::path::PathBuf;

use super::{Failure, Outcome, say};
use crate::app::open_db;
use crate::calendar::{CalendarDay, parse_days};
use crate::config::Config;
use crate::stations::service;

/// What `calendar` does.
#[derive(Debug, clap::Subcommand)]
pub(super) enum Command {
    /// Replace the years that a file has days of
    Import {
        /// A csv with the columns date, kind (off or work) and name, like data/calendar/days.csv
        file: PathBuf,
    },
}

/// The most bytes of a calendar file: some thousand days.
const MOST_BYTES: u64 = 1 << 20;

pub(super) async fn run(config: &Config, Command::Import { file }: &Command) -> Result<Outcome, Failure> {
    let days = match read(file)? {
        Ok(days) => days,
        Err(reason) => {
            say(&reason);
            return Ok(Outcome::Refused);
        }
    };
    let db = open_db(config).await?;
    let count = days.len();
    let years = service::load_calendar(&db, days).await?;
    db.close().await;
    let years = years.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
    say(&format!("{count} days loaded for {years}"));
    Ok(Outcome::Done)
}

/// The days of a file, or why it is refused.
fn read(file: &PathBuf) -> Result<Result<Vec<CalendarDay>, String>, Failure> {
    if std::fs::metadata(file)?.len() > MOST_BYTES {
        return Ok(Err(format!("a calendar file has at most {MOST_BYTES} bytes")));
    }
    let Ok(text) = std::fs::read_to_string(file) else {
        return Ok(Err("the file is no UTF-8 text".to_owned()));
    };
    let days = parse_days(&text).map_err(|e| e.to_string());
    Ok(days.and_then(|d| if d.is_empty() { Err("the file has no days".to_owned()) } else { Ok(d) }))
}
