//! The key ring: keys that wrap the keys of cases. It lives outside the database and its backups.
//!
//! The newest key wraps, each of them unwraps. Several servers over one database share it through the settings or
//! through one file; in memory it is read once, so a new key is taken up at the next start.

use std::fs::{self, OpenOptions};
use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::config::Config;
use crate::error::Error;
use crate::seal::Seal;
use crate::secrets::{KEY_BYTES, hex, random, unhex};

/// The file in the data folder that holds the ring, where the settings name none.
pub const FILE: &str = "keyring";
/// The most keys of a ring.
const MOST_KEYS: usize = 100;

/// The keys, the oldest first.
#[derive(Clone)]
pub struct KeyRing(Arc<Vec<RingKey>>);

#[derive(Clone, PartialEq, Eq)]
struct RingKey {
    id: String,
    key: [u8; KEY_BYTES],
}

/// Something that a key of the ring wraps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wrapped {
    /// The key of the ring.
    pub ring_key: String,
    /// What it wraps, sealed.
    pub sealed: String,
}

impl std::fmt::Debug for KeyRing {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "KeyRing({} keys)", self.0.len())
    }
}

impl KeyRing {
    /// Takes the ring of the settings, or that of the data folder, which is made on the first start.
    ///
    /// # Errors
    /// [`Error::Internal`] where a line is no key, or the file cannot be read or made.
    pub fn open(config: &Config) -> Result<Self, Error> {
        let given = config.secrets.ring.reveal();
        if !given.is_empty() {
            return Self::read(&given.replace([',', ' '], "\n"), "secrets.ring");
        }
        let file = Self::file(config);
        match fs::read_to_string(&file) {
            Ok(text) => Self::read(&text, &file.display().to_string()),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Self::make(&file),
            Err(error) => Err(fault(&file, &error)),
        }
    }

    /// The file of the ring.
    pub fn file(config: &Config) -> PathBuf {
        config.storage.data.join(FILE)
    }

    /// Reads lines of `name:64 hexadecimal digits`, the oldest first.
    fn read(text: &str, source: &str) -> Result<Self, Error> {
        let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
        let keys: Option<Vec<RingKey>> = lines.map(RingKey::read).collect();
        let keys = keys.filter(|keys| (1..=MOST_KEYS).contains(&keys.len()) && are_apart(keys));
        let wrong = || {
            let digits = KEY_BYTES * 2;
            Error::Internal(format!(
                "{source}: a key ring has 1 to {MOST_KEYS} lines name:key, each with a name of its own and {digits} \
                 hexadecimal digits"
            ))
        };
        keys.map(|keys| Self(Arc::new(keys))).ok_or_else(wrong)
    }

    /// Makes the file. Where another process makes it at the same time, its ring is taken.
    fn make(file: &Path) -> Result<Self, Error> {
        let draft = file.with_extension(std::process::id().to_string());
        write(&draft, &[RingKey::new(1)?])?;
        let linked = fs::hard_link(&draft, file);
        fs::remove_file(&draft).map_err(|e| fault(file, &e))?;
        let text = fs::read_to_string(file).map_err(|e| fault(file, &e));
        match (linked, text) {
            (_, Ok(text)) => Self::read(&text, &file.display().to_string()),
            (Err(error), Err(_)) => Err(fault(file, &error)),
            (Ok(()), Err(error)) => Err(error),
        }
    }

    /// Adds a new key at the end of the ring's file, which every server reads at its next start.
    ///
    /// # Errors
    /// [`Error::Internal`] where the ring is full, or the file cannot be written.
    pub fn rotate(&self, file: &Path) -> Result<Self, Error> {
        let mut keys = self.0.as_ref().clone();
        let number = (1..).find(|n| !keys.iter().any(|k| k.id == name(*n))).unwrap_or(keys.len());
        keys.push(RingKey::new(number)?);
        if keys.len() > MOST_KEYS {
            return Err(Error::Internal(format!("a key ring has at most {MOST_KEYS} keys")));
        }
        let draft = file.with_extension(std::process::id().to_string());
        write(&draft, &keys)?;
        fs::rename(&draft, file).map_err(|e| fault(file, &e))?;
        Ok(Self(Arc::new(keys)))
    }

    /// The name of the key that wraps.
    pub fn newest(&self) -> &str {
        self.0.last().map_or("", |key| &key.id)
    }

    /// Wraps something for its owner.
    pub fn wrap(&self, bytes: &[u8], owner: &str) -> Result<Wrapped, Error> {
        let newest = self.0.last().ok_or_else(|| Error::Internal("the key ring is empty".to_owned()))?;
        let sealed = Seal::of_key(&newest.key).close(bytes, owner)?;
        Ok(Wrapped { ring_key: newest.id.clone(), sealed })
    }

    /// Unwraps something.
    ///
    /// # Errors
    /// [`Error::Internal`] where its key is no longer in the ring, or it was wrapped for another owner.
    pub fn unwrap(&self, ring_key: &str, sealed: &str, owner: &str) -> Result<Vec<u8>, Error> {
        let missing = || Error::Internal(format!("the key ring has no key {ring_key:?}"));
        let key = self.0.iter().find(|key| key.id == ring_key).ok_or_else(missing)?;
        Seal::of_key(&key.key).open(sealed, owner)
    }
}

impl RingKey {
    fn new(number: usize) -> Result<Self, Error> {
        Ok(Self { id: name(number), key: random()? })
    }

    fn read(line: &str) -> Option<Self> {
        let (id, key) = line.split_once(':')?;
        let is_name = !id.is_empty() && id.len() <= 32 && id.bytes().all(|b| b.is_ascii_alphanumeric());
        let key = unhex(key.trim())?.try_into().ok()?;
        is_name.then(|| Self { id: id.to_owned(), key })
    }
}

fn name(number: usize) -> String {
    format!("k{number}")
}

fn are_apart(keys: &[RingKey]) -> bool {
    let ids: std::collections::BTreeSet<&str> = keys.iter().map(|key| key.id.as_str()).collect();
    ids.len() == keys.len()
}

fn write(file: &Path, keys: &[RingKey]) -> Result<(), Error> {
    let text: String = keys.iter().map(|key| format!("{}:{}\n", key.id, hex(&key.key))).collect();
    let mut options = OpenOptions::new();
    let opened = options.write(true).create(true).truncate(true).mode(0o600).open(file);
    let mut opened = opened.map_err(|e| fault(file, &e))?;
    opened.write_all(text.as_bytes()).and_then(|()| opened.sync_all()).map_err(|e| fault(file, &e))
}

fn fault(file: &Path, error: &std::io::Error) -> Error {
    Error::Internal(format!("{}: {error}", file.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_key_wraps_and_the_old_ones_still_unwrap() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join(FILE);
        let ring = KeyRing::make(&file).unwrap();
        let before = ring.wrap(b"key", "case 1").unwrap();
        assert_eq!(before.ring_key, "k1");
        let rotated = ring.rotate(&file).unwrap();
        let after = rotated.wrap(b"key", "case 1").unwrap();
        assert_eq!(after.ring_key, "k2");
        let read = KeyRing::read(&fs::read_to_string(&file).unwrap(), "test").unwrap();
        for wrapped in [&before, &after] {
            assert_eq!(read.unwrap(&wrapped.ring_key, &wrapped.sealed, "case 1").unwrap(), b"key");
            assert!(read.unwrap(&wrapped.ring_key, &wrapped.sealed, "case 2").is_err(), "another owner");
        }
        assert!(ring.unwrap("k2", &after.sealed, "case 1").is_err(), "a key that it does not have");
        assert_eq!(KeyRing::make(&file).unwrap().newest(), "k2", "a file that is there stays");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_ring_that_cannot_be_is_refused() {
        let key = "0b".repeat(KEY_BYTES);
        assert!(KeyRing::read(&format!("a:{key}\nb:{key}"), "test").is_ok());
        for bad in [String::new(), "a".into(), "a:0b".into(), format!("a:{key}\na:{key}"), format!("ä:{key}")]
        {
            assert!(KeyRing::read(&bad, "test").is_err(), "{bad}");
        }
    }
}
