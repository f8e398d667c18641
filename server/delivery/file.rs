//! Messages as lines of a file: for small towns that send by hand, and for tests.

use std::fs::OpenOptions;
use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::PathBuf;

use chrono::{DateTime, Utc};
use serde_json::json;

use super::model::{Message, Outcome};
use crate::error::Error;

/// Adds a message to the file as one JSON object on a line. The file is its owner's alone.
pub(super) async fn write(file: PathBuf, message: &Message, now: DateTime<Utc>) -> Result<Outcome, Error> {
    let letter = &message.letter;
    let told = json!({
        "id": message.id, "at": now.to_rfc3339(), "channel": message.channel, "to": letter.to,
        "kind": letter.kind, "number": letter.number, "words": letter.words, "link": letter.link,
    });
    let line = format!("{told}\n");
    let written = tokio::task::spawn_blocking(move || {
        // One write of a whole line, so that lines of two servers do not mix.
        let mut opened = OpenOptions::new().append(true).create(true).mode(0o600).open(file)?;
        opened.write_all(line.as_bytes()).and_then(|()| opened.sync_data())
    });
    let failed = |e: &dyn std::fmt::Display| Error::Internal(format!("delivery.file: {e}"));
    written.await?.map_err(|e| failed(&e))?;
    Ok(Outcome::Sent)
}
