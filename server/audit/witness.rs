//! The witness file: every head that this server signed, beside the database and not in it.
//!
//! Whoever cuts the end off the chain and removes the heads that covered it has not cut this file.

use std::fs::{File, OpenOptions};
use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};

use super::head::Head;
use crate::error::Error;

/// The file in the data folder.
pub const FILE: &str = "audit-heads.jsonl";
/// No line is longer, in bytes.
const MOST_LINE_BYTES: u64 = 1_024;

/// The witness file of a data folder.
#[derive(Debug, Clone)]
pub struct Witness(PathBuf);

impl Witness {
    /// The file of a data folder, whether it is there or not.
    pub fn of(data: &Path) -> Self {
        Self(data.join(FILE))
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.0
    }

    /// Adds heads; they are on the disk when this returns.
    ///
    /// # Errors
    /// [`Error::Internal`] with the file's name where it cannot be written.
    pub fn add(&self, heads: &[Head]) -> Result<(), Error> {
        self.append(heads).map_err(|e| self.fault(&e))
    }

    /// Puts other heads in place of its own, which are kept in a file beside it whose name is returned.
    ///
    /// # Errors
    /// [`Error::Internal`] with the file's name where it cannot be written.
    pub fn replace(&self, heads: &[Head], now: DateTime<Utc>) -> Result<Option<PathBuf>, Error> {
        let aside =
            self.0.with_file_name(format!("audit-heads.before-{}.jsonl", now.format("%Y%m%dT%H%M%S%3fZ")));
        let aside = match std::fs::rename(&self.0, &aside) {
            Ok(()) => Some(aside),
            Err(e) if e.kind() == io::ErrorKind::NotFound => None,
            Err(e) => return Err(self.fault(&e)),
        };
        self.add(heads)?;
        Ok(aside)
    }

    fn append(&self, heads: &[Head]) -> io::Result<()> {
        let mut text = String::new();
        for head in heads {
            text = text + &serde_json::to_string(head)? + "\n";
        }
        let mut options = OpenOptions::new();
        let mut file =
            options.read(true).write(true).create(true).truncate(false).mode(0o600).open(&self.0)?;
        // Two servers may share a data folder.
        file.lock()?;
        let end = whole_lines(&mut file)?;
        file.set_len(end)?;
        file.seek(SeekFrom::Start(end))?;
        file.write_all(text.as_bytes())?;
        file.sync_all()
    }

    /// Its heads up to an entry, oldest first; a line that is no head is `None`. No file is no heads.
    ///
    /// What follows the last end of a line is left out: the power went while it was written.
    ///
    /// # Errors
    /// [`Error::Internal`] with the file's name where it cannot be read.
    pub fn heads(&self) -> Result<Vec<Option<Head>>, Error> {
        match File::open(&self.0) {
            Ok(file) => read(file).map_err(|e| self.fault(&e)),
            Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(Vec::new()),
            Err(e) => Err(self.fault(&e)),
        }
    }

    fn fault(&self, error: &io::Error) -> Error {
        Error::Internal(format!("{}: {error}", self.0.display()))
    }
}

fn read(file: File) -> io::Result<Vec<Option<Head>>> {
    let mut from = BufReader::new(file);
    let mut heads = Vec::new();
    let mut line = Vec::new();
    while (&mut from).take(MOST_LINE_BYTES).read_until(b'\n', &mut line)? > 0 {
        let is_whole = line.ends_with(b"\n");
        if is_whole || line.len() as u64 == MOST_LINE_BYTES {
            heads.push(serde_json::from_slice(&line).ok());
        }
        line.clear();
    }
    Ok(heads)
}

/// Where the last whole line ends.
fn whole_lines(file: &mut File) -> io::Result<u64> {
    let length = file.metadata()?.len();
    let from = length.saturating_sub(MOST_LINE_BYTES);
    file.seek(SeekFrom::Start(from))?;
    let mut tail = Vec::new();
    file.read_to_end(&mut tail)?;
    let end = tail.iter().rposition(|b| *b == b'\n').map_or(0, |at| at as u64 + 1);
    Ok(if end == 0 && from > 0 { length } else { from + end })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn head(seq: i64) -> Head {
        let text = || "00".repeat(32);
        Head { seq, hash: text(), at_ms: 1, signer: text(), signature: text() }
    }

    #[test]
    fn a_line_that_was_cut_short_is_written_over() {
        let folder = tempfile::tempdir().unwrap();
        let witness = Witness::of(folder.path());
        assert_eq!(witness.heads().unwrap(), []);
        witness.add(&[head(1), head(2)]).unwrap();
        let mut file = OpenOptions::new().append(true).open(witness.path()).unwrap();
        file.write_all(b"{\"seq\": 3, \"ha").unwrap();
        assert_eq!(witness.heads().unwrap(), [Some(head(1)), Some(head(2))]);
        witness.add(&[head(4)]).unwrap();
        assert_eq!(witness.heads().unwrap(), [Some(head(1)), Some(head(2)), Some(head(4))]);
        file.write_all(b"nonsense\n").unwrap();
        witness.add(&[head(5)]).unwrap();
        let read = witness.heads().unwrap();
        assert_eq!(read[3..], [None, Some(head(5))]);
    }
}
