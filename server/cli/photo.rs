//! `yizhan photo`: pictures of a station's door.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use super::import::terminal_language;
use super::{Failure, Outcome, need_file, say};
use crate::app::open_db;
use crate::config::Config;
use crate::db::Db;
use crate::error::Error;
use crate::ids::PhotoId;
use crate::language::Language;
use crate::stations::photo::picture::{MOST_BYTES, Picture};
use crate::stations::photo::refused::Refused;
use crate::stations::photo::service::{self, Added, Listed};

/// What `photo` does.
#[derive(Debug, clap::Subcommand)]
pub(super) enum Command {
    /// Add a picture to a station: JPEG, PNG or WebP up to 10 MiB. What a camera wrote beside it is removed
    Add {
        /// The station's official number or its id
        #[arg(long, value_name = "CODE_OR_ID")]
        station: String,
        /// The picture
        file: PathBuf,
        /// What can be seen, in a few words
        #[arg(long, value_name = "TEXT")]
        caption: Option<String>,
    },
    /// List a station's pictures
    List {
        /// The station's official number or its id
        #[arg(long, value_name = "CODE_OR_ID")]
        station: String,
    },
    /// Remove a picture
    Remove {
        /// Its id, as `photo list` says it
        id: PhotoId,
    },
}

pub(super) async fn run(config: &Config, command: &Command) -> Result<Outcome, Failure> {
    let language = terminal_language();
    let picture = match command {
        Command::Add { file, .. } => match read(file)? {
            Ok(picture) => Some(picture),
            Err(refused) => return Ok(refuse(&refused, language)),
        },
        Command::List { .. } | Command::Remove { .. } => None,
    };
    let now = config.clock().map_err(|e| Error::Internal(e.to_string()))?.now();
    let db = open_db(config).await?;
    let outcome = match (command, picture) {
        (Command::Add { station, caption, .. }, Some(picture)) => {
            let added = service::add(&db, station, &picture, caption.as_deref(), now).await?;
            tell_added(added, language)
        }
        (Command::List { station }, _) => list(&db, config, station, language).await?,
        (Command::Remove { id }, _) => tell_removed(service::remove(&db, *id, now).await?, *id, language),
        (Command::Add { .. }, None) => Outcome::Refused,
    };
    db.close().await;
    Ok(outcome)
}

/// Reads a file no further than it may be long.
fn read(file: &Path) -> Result<Result<Picture, Refused>, Failure> {
    need_file(file)?;
    let mut bytes = Vec::new();
    File::open(file)?.take(MOST_BYTES as u64 + 1).read_to_end(&mut bytes)?;
    Ok(Picture::read(&bytes))
}

fn refuse(refused: &Refused, language: Language) -> Outcome {
    say(refused.words().of(language));
    Outcome::Refused
}

fn tell_added(added: Added, language: Language) -> Outcome {
    match added {
        Added::New(id) => say(&format!("{id} {}", language.of("已添加", "added"))),
        Added::Already(id) => say(&format!("{id} {}", language.of("早已添加过", "is there already"))),
        Added::Refused(why) => return refuse(&why, language),
    }
    Outcome::Done
}

fn tell_removed(was_there: bool, id: PhotoId, language: Language) -> Outcome {
    let (done, none) =
        (language.of("已删除", "removed"), language.of("没有这张照片", "there is no such photo"));
    say(&format!("{id} {}", if was_there { done } else { none }));
    if was_there { Outcome::Done } else { Outcome::Refused }
}

async fn list(db: &Db, config: &Config, station: &str, language: Language) -> Result<Outcome, Failure> {
    let Some(photos) = service::list(db, station).await? else {
        return Ok(refuse(&Refused::NoStation(station.to_owned()), language));
    };
    for Listed { photo, added } in photos {
        let day = config.zone().stamp(added).format("%Y-%m-%d");
        let caption = photo.caption.as_deref().unwrap_or_default();
        say(format!("{} {}×{} {day} {caption}", photo.id, photo.width, photo.height).trim_end());
    }
    Ok(Outcome::Done)
}
