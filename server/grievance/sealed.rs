//! The key of a case, and what it seals: words, contact, files. Without the key the case is erased.

use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::ids::GrievanceId;
use crate::keyring::{KeyRing, Wrapped};
use crate::seal::Seal;
use crate::secrets::{KEY_BYTES, random};

/// What seals and opens the words of one case.
pub(super) struct CaseKey {
    key: [u8; KEY_BYTES],
    id: GrievanceId,
}

impl std::fmt::Debug for CaseKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("CaseKey(…)")
    }
}

/// How a reporter can be reached.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contact {
    /// The name.
    pub name: Option<String>,
    /// The number.
    pub phone: Option<String>,
    /// The mail address.
    pub mail: Option<String>,
}

impl CaseKey {
    /// A new key.
    pub(super) fn new(id: GrievanceId) -> Result<Self, Error> {
        Ok(Self { key: random()?, id })
    }

    /// The key of a case, from how the ring wraps it.
    pub(super) fn unwrap(ring: &KeyRing, id: GrievanceId, wrapped: &Wrapped) -> Result<Self, Error> {
        let key = ring.unwrap(&wrapped.ring_key, &wrapped.sealed, &id.to_string())?;
        let key = key
            .try_into()
            .map_err(|_| Error::Internal(format!("the key of case {id} has no key's length")))?;
        Ok(Self { key, id })
    }

    /// The key as the ring wraps it.
    pub(super) fn wrap(&self, ring: &KeyRing) -> Result<Wrapped, Error> {
        ring.wrap(&self.key, &self.id.to_string())
    }

    fn seal(&self) -> Seal {
        Seal::of_key(&self.key)
    }

    /// What is sealed belongs to the case and to the place where it stands.
    fn owner(&self, place: &str) -> String {
        format!("{}\n{place}", self.id)
    }

    /// Seals words for their place, such as `text`.
    pub(super) fn close(&self, words: &str, place: &str) -> Result<String, Error> {
        self.seal().close(words.as_bytes(), &self.owner(place))
    }

    /// Opens words.
    pub(super) fn open(&self, sealed: &str, place: &str) -> Result<String, Error> {
        let bytes = self.seal().open(sealed, &self.owner(place))?;
        String::from_utf8(bytes).map_err(|_| Error::Internal("sealed words are no text".to_owned()))
    }

    /// Opens words where there are any.
    pub(super) fn open_some(&self, sealed: Option<&str>, place: &str) -> Result<Option<String>, Error> {
        sealed.map(|sealed| self.open(sealed, place)).transpose()
    }

    /// Seals a contact.
    pub(super) fn close_contact(&self, contact: &Contact) -> Result<String, Error> {
        let text = serde_json::to_string(contact).map_err(|e| Error::Internal(e.to_string()))?;
        self.close(&text, "contact")
    }

    /// Opens a contact.
    pub(super) fn open_contact(&self, sealed: &str) -> Result<Contact, Error> {
        serde_json::from_str(&self.open(sealed, "contact")?).map_err(|e| Error::Internal(e.to_string()))
    }

    /// Seals a file.
    pub(super) fn close_file(&self, bytes: &[u8], place: &str) -> Result<Vec<u8>, Error> {
        self.seal().close_file(bytes, &self.owner(place))
    }

    /// Opens a file.
    pub(super) fn open_file(&self, sealed: &[u8], place: &str) -> Result<Vec<u8>, Error> {
        self.seal().open_file(sealed, &self.owner(place))
    }
}
