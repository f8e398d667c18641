//! `yizhan calendar import`: the days off and make-up workdays of a year.

use std::path::PathBuf;

use chrono::Datelike;

use super::{Failure, Outcome, need_file, say};
use crate::app::open_db;
use crate::calendar::{CalendarDay, parse_days};
use crate::config::Config;
use crate::error::Error;
use crate::grievance;
use crate::stations::service;

/// What `calendar` does.
#[derive(Debug, clap::Subcommand)]
pub(super) enum Command {
    /// Load the whole years that a file has the notices of
    Import {
        /// A csv with the columns date, kind (off or work) and name, like data/calendar/days.csv
        file: PathBuf,
    },
}

/// The most bytes of a calendar file: some thousand days.
const MOST_BYTES: u64 = 1 << 20;

const NO_NOTICE: &str = "the file has no year's 1 October, so it is no year's notice; give the whole year";

fn has_national_day(days: &[CalendarDay]) -> bool {
    days.iter().any(|d| (d.date.month(), d.date.day()) == (10, 1))
}

pub(super) async fn run(config: &Config, Command::Import { file }: &Command) -> Result<Outcome, Failure> {
    need_file(file)?;
    let days = match read(file)? {
        Ok(days) => days,
        Err(reason) => {
            say(&reason);
            return Ok(Outcome::Refused);
        }
    };
    let db = open_db(config).await?;
    let count = days.len();
    let now = config.clock().map_err(|e| Error::Internal(e.to_string()))?.now();
    let years = service::load_calendar(&db, days, now).await?;
    let cases = grievance::recompute::loaded(&db, config, now).await?;
    db.close().await;
    let years = years.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
    say(&format!("{count} days loaded for {years}"));
    if cases > 0 {
        say(&format!("deadlines computed anew: {cases}"));
    }
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
    Ok(days.and_then(|d| if has_national_day(&d) { Ok(d) } else { Err(NO_NOTICE.to_owned()) }))
}
