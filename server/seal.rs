//! Sealing what the database must not be able to tell (XChaCha20-Poly1305).

use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};

use crate::error::Error;
use crate::secrets::{KEY_BYTES, Secrets, hex, random, unhex};

const NONCE_BYTES: usize = 24;

/// What seals and opens for one purpose.
pub struct Seal(XChaCha20Poly1305);

impl std::fmt::Debug for Seal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Seal(…)")
    }
}

impl Seal {
    /// The seal of a purpose, such as `"join"`.
    pub fn new(secrets: &Secrets, purpose: &str) -> Self {
        Self(XChaCha20Poly1305::new(&secrets.derive(purpose).into()))
    }

    /// The seal of a key.
    pub fn of_key(key: &[u8; KEY_BYTES]) -> Self {
        Self(XChaCha20Poly1305::new(key.into()))
    }

    /// Seals a file for its owner, as bytes: a random nonce and what is sealed.
    pub fn close_file(&self, bytes: &[u8], owner: &str) -> Result<Vec<u8>, Error> {
        let nonce: [u8; NONCE_BYTES] = random()?;
        let payload = Payload { msg: bytes, aad: owner.as_bytes() };
        let sealed = self.0.encrypt(&XNonce::from(nonce), payload);
        let sealed = sealed.map_err(|_| Error::Internal("something cannot be sealed".to_owned()))?;
        Ok([&nonce[..], &sealed].concat())
    }

    /// Opens what [`Seal::close_file`] made.
    ///
    /// # Errors
    /// [`Error::Internal`] as with [`Seal::open`].
    pub fn open_file(&self, sealed: &[u8], owner: &str) -> Result<Vec<u8>, Error> {
        let opened = || {
            let (nonce, sealed) = sealed.split_at_checked(NONCE_BYTES)?;
            let nonce: [u8; NONCE_BYTES] = nonce.try_into().ok()?;
            self.0.decrypt(&XNonce::from(nonce), Payload { msg: sealed, aad: owner.as_bytes() }).ok()
        };
        opened().ok_or_else(|| Error::Internal("something was sealed with another key".to_owned()))
    }

    /// Seals bytes for their owner, whose name must be told again to open them: a random nonce and what is
    /// sealed, hexadecimal.
    pub fn close(&self, bytes: &[u8], owner: &str) -> Result<String, Error> {
        Ok(hex(&self.close_file(bytes, owner)?))
    }

    /// Opens what [`Seal::close`] made.
    ///
    /// # Errors
    /// [`Error::Internal`] where it was sealed with another secret of the service, for another purpose or for
    /// another owner.
    pub fn open(&self, sealed: &str, owner: &str) -> Result<Vec<u8>, Error> {
        let bytes = unhex(sealed).unwrap_or_default();
        self.open_file(&bytes, owner)
    }
}
