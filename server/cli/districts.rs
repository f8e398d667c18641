//! `yizhan districts import`: another city's districts.

use std::path::PathBuf;

use super::{Failure, Outcome, need_file, say, say_refused};
use crate::app::open_db;
use crate::city::districts::{MOST_BYTES, NewDistricts};
use crate::config::Config;
use crate::error::Error;
use crate::stations::service;

/// What `districts` does.
#[derive(Debug, clap::Subcommand)]
pub(super) enum Command {
    /// Replace all districts by those of a file
    Import {
        /// GeoJSON in WGS-84: polygons with the properties adcode, name and name_en
        file: PathBuf,
    },
}

pub(super) async fn run(config: &Config, Command::Import { file }: &Command) -> Result<Outcome, Failure> {
    need_file(file)?;
    if std::fs::metadata(file)?.len() > MOST_BYTES {
        say(&format!("a file of districts has at most {MOST_BYTES} bytes; simplify its outlines"));
        return Ok(Outcome::Refused);
    }
    let text = std::fs::read_to_string(file)?;
    let districts = match NewDistricts::parse(&text) {
        Ok(districts) => districts,
        Err(Error::Refused(fields)) => return Ok(say_refused(&fields)),
        Err(error) => return Err(error.into()),
    };
    let db = open_db(config).await?;
    let now = config.clock().map_err(|e| Error::Internal(e.to_string()))?.now();
    service::load_districts(&db, &districts, now).await?;
    db.close().await;
    say(&format!("{} districts loaded", districts.len()));
    Ok(Outcome::Done)
}
