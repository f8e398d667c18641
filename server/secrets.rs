//! The service's own secret, from which every key that it needs is derived.
//!
//! It is never in the database or in a backup. Several servers over one database share it through the settings.

use std::fs::{self, DirBuilder, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt};
use std::path::Path;
use std::sync::Arc;

use hkdf::Hkdf;
use sha2::{Digest, Sha256};

use crate::config::Config;
use crate::error::Error;

/// The bytes of the secret, and of each key.
pub const KEY_BYTES: usize = 32;
/// The file in the data folder that holds the secret, where the settings name none.
pub const FILE: &str = "secret.key";

/// The secret of this service.
#[derive(Clone)]
pub struct Secrets(Arc<[u8; KEY_BYTES]>);

impl std::fmt::Debug for Secrets {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secrets(…)")
    }
}

impl Secrets {
    /// Takes the secret of the settings, or that of the data folder, which is made on the first start.
    ///
    /// # Errors
    /// [`Error::Internal`] where the secret is not 64 hexadecimal digits, or its file cannot be read or made.
    pub fn open(config: &Config) -> Result<Self, Error> {
        let given = config.secrets.key.reveal();
        if !given.is_empty() {
            return Self::read(given, "secrets.key");
        }
        let file = config.storage.data.join(FILE);
        match read_file(&file) {
            Ok(text) => Self::read(&text, &file.display().to_string()),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Self::make(&file),
            Err(error) => Err(Error::Internal(format!("{}: {error}", file.display()))),
        }
    }

    pub(crate) fn read(text: &str, source: &str) -> Result<Self, Error> {
        let key = unhex(text.trim()).and_then(|bytes| bytes.try_into().ok());
        let wrong =
            || Error::Internal(format!("{source}: a secret has {} hexadecimal digits", KEY_BYTES * 2));
        key.map(|key| Self(Arc::new(key))).ok_or_else(wrong)
    }

    /// Makes the file. Where another process makes it at the same time, its secret is taken.
    fn make(file: &Path) -> Result<Self, Error> {
        let key: [u8; KEY_BYTES] = random()?;
        let fault = |e: std::io::Error| Error::Internal(format!("{}: {e}", file.display()));
        let draft = file.with_extension(format!("key.{}", std::process::id()));
        let mut options = OpenOptions::new();
        let mut opened =
            options.write(true).create(true).truncate(true).mode(0o600).open(&draft).map_err(fault)?;
        opened.write_all(hex(&key).as_bytes()).and_then(|()| opened.sync_all()).map_err(fault)?;
        let linked = fs::hard_link(&draft, file);
        fs::remove_file(&draft).map_err(fault)?;
        match linked {
            Ok(()) => Ok(Self(Arc::new(key))),
            Err(_) => Self::read(&read_file(file).map_err(fault)?, &file.display().to_string()),
        }
    }

    /// The key for one purpose (HKDF-SHA-256, RFC 5869). The same purpose always has the same key.
    pub fn derive(&self, purpose: &str) -> [u8; KEY_BYTES] {
        let mut key = [0; KEY_BYTES];
        // 32 bytes are within what HKDF-SHA-256 gives, so this cannot fail.
        let _ = Hkdf::<Sha256>::new(None, &self.0[..]).expand(purpose.as_bytes(), &mut key);
        key
    }

    /// The keyed hash by which something is found that must not stand in the database, such as a phone number:
    /// HMAC-SHA-256, which is the first half of HKDF (RFC 5869, 2.2), hexadecimal. `purpose` keeps the hashes of
    /// different things apart.
    pub fn keyed(&self, purpose: &str, text: &str) -> String {
        let (hash, _) = Hkdf::<Sha256>::extract(Some(&self.derive(purpose)), text.as_bytes());
        hex(&hash)
    }
}

/// What stands in a file of secrets. The operator is warned where others than its owner can read it.
pub(crate) fn read_file(file: &Path) -> io::Result<String> {
    let text = fs::read_to_string(file)?;
    if fs::metadata(file)?.mode() & 0o077 != 0 {
        let file = file.display();
        tracing::warn!("others can read the secrets in {file}; make it its owner's alone: chmod 600 {file}");
    }
    Ok(text)
}

/// Makes the data folder where it is missing, with what leads to it, for its owner alone: the database stands in it.
pub fn make_folder(folder: &Path) -> Result<(), Error> {
    let made = DirBuilder::new().recursive(true).mode(0o700).create(folder);
    made.map_err(|e| Error::Internal(format!("{}: {e}", folder.display())))
}

/// Bytes that nobody can guess, from the operating system.
///
/// # Errors
/// [`Error::Internal`] where the operating system gives none.
pub fn random<const N: usize>() -> Result<[u8; N], Error> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(|e| Error::Internal(format!("no random bytes: {e}")))?;
    Ok(bytes)
}

/// SHA-256 of a text, hexadecimal: how the database knows a secret that it does not hold.
pub fn hash(text: &str) -> String {
    hex(&Sha256::digest(text))
}

const DIGITS: [u8; 16] = *b"0123456789abcdef";

/// Bytes as hexadecimal digits.
pub fn hex(bytes: &[u8]) -> String {
    let digits = bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]);
    digits.map(|digit| char::from(DIGITS[usize::from(digit)])).collect()
}

/// Hexadecimal digits as bytes.
pub fn unhex(text: &str) -> Option<Vec<u8>> {
    let whole = text.is_ascii() && text.len().is_multiple_of(2);
    let pairs = (0..text.len()).step_by(2).map(|i| u8::from_str_radix(text.get(i..i + 2)?, 16).ok());
    if whole { pairs.collect() } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_purpose_has_a_key_of_its_own() {
        let secrets = Secrets::read(&"0b".repeat(KEY_BYTES), "test").unwrap();
        assert_ne!(secrets.derive("audit"), secrets.derive("totp"));
        assert_eq!(secrets.derive("audit"), secrets.derive("audit"));
        assert!(Secrets::read("0b", "test").is_err());
        assert_eq!(unhex("00ff10"), Some(vec![0, 255, 16]));
        assert_eq!(unhex("0g"), None);
        assert_eq!(unhex("é"), None);
    }

    #[test]
    fn the_file_is_made_once_for_its_owner_alone() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join(FILE);
        let made = Secrets::make(&file).unwrap();
        assert_eq!(fs::metadata(&file).unwrap().mode() & 0o777, 0o600);
        assert_eq!(Secrets::make(&file).unwrap().derive("x"), made.derive("x"), "the first one stays");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn the_data_folder_is_its_owners_alone_and_one_that_is_there_stays_as_it_is() {
        let folder = tempfile::tempdir().unwrap();
        let data = folder.path().join("made/data");
        make_folder(&data).unwrap();
        assert_eq!(fs::metadata(&data).unwrap().mode() & 0o777, 0o700);
        let shared = folder.path().join("shared");
        DirBuilder::new().mode(0o750).create(&shared).unwrap();
        make_folder(&shared).unwrap();
        assert_eq!(fs::metadata(&shared).unwrap().mode() & 0o777, 0o750);
    }
}
