//! `yizhan draw verify`: whether a published draw is what it says. It asks neither database nor network.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use super::{Failure, Outcome, need_file, say};
use crate::benefits::draw::lot::{self, Published};

/// The most bytes of a file: enough for the most entries of a draw.
const MOST_BYTES: u64 = 64 << 20;

/// What `draw` does.
#[derive(Debug, clap::Subcommand)]
pub(super) enum Command {
    /// Recompute the winners of a published draw; print their numbers
    Verify {
        /// The answer of /api/v1/campaigns/{id}/draw
        file: PathBuf,
        /// A copy of the same answer from before the draw, whose entries must still be there
        #[arg(long, value_name = "FILE")]
        earlier: Option<PathBuf>,
    },
}

pub(super) fn run(command: &Command) -> Result<Outcome, Failure> {
    let Command::Verify { file, earlier } = command;
    let (draw, earlier) = (read(file)?, earlier.as_deref().map(read).transpose()?);
    let (draw, earlier) = match (draw, earlier.transpose()) {
        (Ok(draw), Ok(earlier)) => (draw, earlier),
        (Err(error), _) | (_, Err(error)) => {
            return Ok(refused(&format!("it is no published draw: {error}")));
        }
    };
    let held = earlier.map_or(Ok(()), |earlier| lot::follows(&draw, &earlier));
    match held.and_then(|()| lot::verify(&draw)) {
        Ok(winners) => {
            for number in &winners {
                say(&number.to_string());
            }
            say(&format!("right: {} of {} entries won", winners.len(), draw.entries.len()));
            Ok(Outcome::Done)
        }
        Err(fault) => Ok(refused(&fault.to_string())),
    }
}

fn refused(why: &str) -> Outcome {
    say(&format!("wrong: {why}"));
    Outcome::Refused
}

fn read(path: &Path) -> Result<Result<Published, String>, Failure> {
    need_file(path)?;
    let mut text = Vec::new();
    File::open(path)?.take(MOST_BYTES + 1).read_to_end(&mut text)?;
    if u64::try_from(text.len()).unwrap_or(u64::MAX) > MOST_BYTES {
        return Ok(Err(format!("more than {MOST_BYTES} bytes")));
    }
    Ok(serde_json::from_slice(&text).map_err(|e| e.to_string()))
}
