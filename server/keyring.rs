//! The key ring: keys that wrap the keys of cases. It lives outside the database and its backups.
//!
//! The newest key wraps, each of them unwraps. Several servers over one database share it through the settings or
//! through one file. A file that was written anew is read again before the next use, so that keys are changed while
//! the service runs; a ring of the settings is read at the start.

use std::fs::{self, OpenOptions};
use std::io::Write;
use std::os::unix::fs::{MetadataExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use crate::config::Config;
use crate::error::{Error, Words};
use crate::seal::Seal;
use crate::secrets::{KEY_BYTES, hex, random, read_file, unhex};

/// The file in the data folder that holds the ring, where the settings name none.
pub const FILE: &str = "keyring";
/// The most keys of a ring.
const MOST_KEYS: usize = 100;

/// The keys, the oldest first.
#[derive(Clone)]
pub struct KeyRing(Arc<Ring>);

struct Ring {
    /// Where it is kept; none: in the settings.
    file: Option<PathBuf>,
    held: Mutex<Held>,
}

/// The keys as they were read last.
struct Held {
    keys: Arc<Vec<RingKey>>,
    stamp: Option<Stamp>,
}

/// What tells one writing of a file from the next: inode, instant and size.
type Stamp = (u64, i64, i64, u64);

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
        write!(f, "KeyRing({} keys)", self.keys().len())
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
            let keys = parse(&given.replace([',', ' '], "\n"), "secrets.ring")?;
            return Ok(Self::of(keys, None, None));
        }
        Self::at(&config.storage.data.join(FILE))
    }

    /// The ring of a file, which is made where it is not there.
    fn at(file: &Path) -> Result<Self, Error> {
        if !file.exists() {
            make(file)?;
        }
        let (stamp, keys) = (stamp(file), load(file)?);
        Ok(Self::of(keys, Some(file.to_owned()), stamp))
    }

    fn of(keys: Vec<RingKey>, file: Option<PathBuf>, stamp: Option<Stamp>) -> Self {
        Self(Arc::new(Ring { file, held: Mutex::new(Held { keys: Arc::new(keys), stamp }) }))
    }

    /// The keys as they are now. A file that cannot be read leaves those that were read before.
    fn keys(&self) -> Arc<Vec<RingKey>> {
        let mut held = self.0.held.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(file) = &self.0.file {
            let now = stamp(file);
            if now.is_some() && now != held.stamp {
                match load(file) {
                    Ok(keys) => (held.keys, held.stamp) = (Arc::new(keys), now),
                    Err(error) => tracing::error!(%error, "the key ring cannot be read again"),
                }
            }
        }
        Arc::clone(&held.keys)
    }

    /// The file that holds it.
    ///
    /// # Errors
    /// [`Error::Conflict`] where the settings hold it, which the operator changes himself.
    fn own_file(&self) -> Result<&Path, Error> {
        self.0.file.as_deref().ok_or_else(|| {
            let zh = "密钥环写在设置 secrets.ring 里：请自己在末尾加一行“名字:64位十六进制”，重启每台服务器，再运行 yizhan keys rewrap。";
            let en = "the ring is in the setting secrets.ring: add or remove a line name:64-hexadecimal-digits there \
                      yourself and start every server anew";
            Error::Conflict { code: "ring_in_settings", detail: Words::new(zh, en) }
        })
    }

    /// Adds a new key at the end of the ring's file and returns its name.
    ///
    /// # Errors
    /// [`Error::Conflict`] where the settings hold the ring or it is full, [`Error::Internal`] where the file cannot
    /// be written.
    pub fn rotate(&self) -> Result<String, Error> {
        let file = self.own_file()?;
        let mut keys = self.keys().as_ref().clone();
        if keys.len() >= MOST_KEYS {
            let zh = format!("密钥环最多 {MOST_KEYS} 把钥匙，请先删去不用的。");
            let en = format!("a key ring has at most {MOST_KEYS} keys; drop one that is unused");
            return Err(Error::Conflict { code: "ring_full", detail: Words::new(zh, en) });
        }
        keys.push(RingKey::new(keys.iter().map(RingKey::number).max().unwrap_or(0) + 1)?);
        replace(file, &keys)?;
        Ok(self.newest())
    }

    /// Takes a key out of the ring's file.
    ///
    /// # Errors
    /// [`Error::Conflict`] where the settings hold the ring, or it is the newest key; [`Error::NotFound`] where there
    /// is no such key.
    pub fn drop_key(&self, name: &str) -> Result<(), Error> {
        let (file, keys) = (self.own_file()?, self.keys());
        if self.newest() == name {
            let detail = Words::new(
                "这是正在用的最新钥匙，不能删。",
                "it is the newest key, which wraps; rotate and rewrap first",
            );
            return Err(Error::Conflict { code: "newest_key", detail });
        }
        if !keys.iter().any(|key| key.id == name) {
            return Err(Error::NotFound("key"));
        }
        let kept: Vec<RingKey> = keys.iter().filter(|key| key.id != name).cloned().collect();
        replace(file, &kept)
    }

    /// Puts back a key that was taken out since another ring was read, before the newest.
    pub fn put_back(&self, name: &str, before: &Self) -> Result<(), Error> {
        let old = before.0.held.lock().unwrap_or_else(PoisonError::into_inner).keys.clone();
        let key = old.iter().find(|key| key.id == name).ok_or(Error::NotFound("key"))?;
        let mut keys = self.keys().as_ref().clone();
        keys.insert(0, key.clone());
        replace(self.own_file()?, &keys)
    }

    /// The same ring as it is now, which is not read again.
    #[must_use]
    pub fn still(&self) -> Self {
        Self::of(self.keys().as_ref().clone(), None, None)
    }

    /// The name of the key that wraps.
    pub fn newest(&self) -> String {
        self.keys().last().map(|key| key.id.clone()).unwrap_or_default()
    }

    /// The names of the keys, the oldest first.
    pub fn names(&self) -> Vec<String> {
        self.keys().iter().map(|key| key.id.clone()).collect()
    }

    /// Wraps something for its owner.
    pub fn wrap(&self, bytes: &[u8], owner: &str) -> Result<Wrapped, Error> {
        let keys = self.keys();
        let newest = keys.last().ok_or_else(|| Error::Internal("the key ring is empty".to_owned()))?;
        let sealed = Seal::of_key(&newest.key).close(bytes, owner)?;
        Ok(Wrapped { ring_key: newest.id.clone(), sealed })
    }

    /// Unwraps something.
    ///
    /// # Errors
    /// [`Error::Conflict`] where its key is not in the ring, [`Error::Internal`] where it was wrapped for another
    /// owner.
    pub fn unwrap(&self, ring_key: &str, sealed: &str, owner: &str) -> Result<Vec<u8>, Error> {
        let keys = self.keys();
        let key = keys.iter().find(|key| key.id == ring_key).ok_or_else(|| missing(ring_key))?;
        Seal::of_key(&key.key).open(sealed, owner)
    }
}

/// A key is not in the ring.
fn missing(name: &str) -> Error {
    let zh = format!("打不开：服务器的密钥环里没有钥匙 {name}。请让管理员把含有它的密钥环放回去。");
    let en = format!("it cannot be opened: the key ring has no key {name}; the operator must put it back");
    Error::Conflict { code: "no_ring_key", detail: Words::new(zh, en) }
}

/// Reads lines of `name:64 hexadecimal digits`, the oldest first.
fn parse(text: &str, source: &str) -> Result<Vec<RingKey>, Error> {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let keys: Option<Vec<RingKey>> = lines.map(RingKey::read).collect();
    let keys = keys.filter(|keys| (1..=MOST_KEYS).contains(&keys.len()) && are_apart(keys));
    keys.ok_or_else(|| {
        let digits = KEY_BYTES * 2;
        Error::Internal(format!(
            "{source}: a key ring has 1 to {MOST_KEYS} lines name:key, each with a name of its own and {digits} \
             hexadecimal digits"
        ))
    })
}

fn load(file: &Path) -> Result<Vec<RingKey>, Error> {
    let text = read_file(file).map_err(|e| fault(file, &e))?;
    parse(&text, &file.display().to_string())
}

fn stamp(file: &Path) -> Option<Stamp> {
    let about = fs::metadata(file).ok()?;
    Some((about.ino(), about.mtime(), about.mtime_nsec(), about.len()))
}

/// Makes the file, unless another process makes it at the same time.
fn make(file: &Path) -> Result<(), Error> {
    let draft = file.with_extension(std::process::id().to_string());
    write(&draft, &[RingKey::new(1)?])?;
    let linked = fs::hard_link(&draft, file);
    fs::remove_file(&draft).map_err(|e| fault(file, &e))?;
    linked.or_else(|e| if file.exists() { Ok(()) } else { Err(fault(file, &e)) })
}

/// Writes the file anew, whole or not at all.
fn replace(file: &Path, keys: &[RingKey]) -> Result<(), Error> {
    let draft = file.with_extension(std::process::id().to_string());
    write(&draft, keys)?;
    fs::rename(&draft, file).map_err(|e| fault(file, &e))
}

impl RingKey {
    /// A new key. A part of its name is random, so that a ring that was lost and one made in its place can be joined.
    fn new(number: u32) -> Result<Self, Error> {
        let apart: [u8; 2] = random()?;
        Ok(Self { id: format!("k{number}x{}", hex(&apart)), key: random()? })
    }

    /// The number in its name; 0 in a name that somebody else chose.
    fn number(&self) -> u32 {
        let digits = self.id.strip_prefix('k').and_then(|rest| rest.split('x').next());
        digits.and_then(|digits| digits.parse().ok()).unwrap_or(0)
    }

    fn read(line: &str) -> Option<Self> {
        let (id, key) = line.split_once(':')?;
        let is_name = !id.is_empty() && id.len() <= 32 && id.bytes().all(|b| b.is_ascii_alphanumeric());
        let key = unhex(key.trim())?.try_into().ok()?;
        is_name.then(|| Self { id: id.to_owned(), key })
    }
}

fn are_apart(keys: &[RingKey]) -> bool {
    let ids: std::collections::BTreeSet<&str> = keys.iter().map(|key| key.id.as_str()).collect();
    ids.len() == keys.len()
}

fn write(file: &Path, keys: &[RingKey]) -> Result<(), Error> {
    let lines: Vec<String> = keys.iter().map(|key| format!("{}:{}\n", key.id, hex(&key.key))).collect();
    let mut options = OpenOptions::new();
    let opened = options.write(true).create(true).truncate(true).mode(0o600).open(file);
    let mut opened = opened.map_err(|e| fault(file, &e))?;
    opened.write_all(lines.concat().as_bytes()).and_then(|()| opened.sync_all()).map_err(|e| fault(file, &e))
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
        let (ring, server) = (KeyRing::at(&file).unwrap(), KeyRing::at(&file).unwrap());
        let before = ring.wrap(b"key", "case 1").unwrap();
        let old = ring.still();
        let name = ring.rotate().unwrap();
        assert!(before.ring_key.starts_with("k1x") && name.starts_with("k2x"), "{name}");
        let after = server.wrap(b"key", "case 1").unwrap();
        assert_eq!(
            (&after.ring_key, server.newest()),
            (&name, name.clone()),
            "a server that runs takes it up"
        );
        for wrapped in [&before, &after] {
            assert_eq!(server.unwrap(&wrapped.ring_key, &wrapped.sealed, "case 1").unwrap(), b"key");
            assert!(server.unwrap(&wrapped.ring_key, &wrapped.sealed, "case 2").is_err(), "another owner");
        }
        assert!(old.unwrap(&name, &after.sealed, "case 1").is_err(), "a key that it does not have");
        assert!(ring.drop_key(&name).is_err() && ring.drop_key("k9").is_err(), "the newest stays");
        ring.drop_key(&before.ring_key).unwrap();
        assert!(server.unwrap(&before.ring_key, &before.sealed, "case 1").is_err());
        server.put_back(&before.ring_key, &old).unwrap();
        assert_eq!(ring.unwrap(&before.ring_key, &before.sealed, "case 1").unwrap(), b"key");
        ring.drop_key(&before.ring_key).unwrap();
        assert!(ring.rotate().unwrap().starts_with("k3x"), "no number comes again");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_ring_that_cannot_be_is_refused() {
        let key = "0b".repeat(KEY_BYTES);
        assert!(parse(&format!("a:{key}\nb:{key}"), "test").is_ok());
        for bad in [String::new(), "a".into(), "a:0b".into(), format!("a:{key}\na:{key}"), format!("ä:{key}")]
        {
            assert!(parse(&bad, "test").is_err(), "{bad}");
        }
    }
}
