//! The signed end of the chain: whoever rewrites the chain cannot sign it anew without the service's secret.

use chrono::{DateTime, Utc};
use ed25519_dalek::{Signature, Signer as _, SigningKey};
use serde::{Deserialize, Serialize};

use super::store::{ChainRow, HeadRow};
use crate::secrets::{Secrets, hex, unhex};

/// The purpose under which the key is derived from the service's secret.
const PURPOSE: &str = "audit head";

/// The service's key for heads (Ed25519, RFC 8032).
pub struct Signer {
    key: SigningKey,
    public: String,
}

/// A head as the witness file keeps it: the columns of its row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Head {
    /// The last entry that it covers.
    pub seq: i64,
    /// That entry's hash.
    pub hash: String,
    /// When it was signed, in milliseconds since 1970 UTC.
    pub at_ms: i64,
    /// The public key, hexadecimal.
    pub signer: String,
    /// The signature, hexadecimal.
    pub signature: String,
}

/// What a signature turns out to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Trust {
    /// By this service, of exactly this head.
    Good,
    /// Not of this head.
    Forged,
    /// By a key that is not this service's.
    Foreign,
}

impl std::fmt::Debug for Signer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Signer({})", self.public)
    }
}

impl Signer {
    /// The key of a service.
    pub fn new(secrets: &Secrets) -> Self {
        let key = SigningKey::from_bytes(&secrets.derive(PURPOSE));
        let public = hex(key.verifying_key().as_bytes());
        Self { key, public }
    }

    /// Signs the end of the chain.
    pub(super) fn sign(&self, end: &ChainRow, now: DateTime<Utc>) -> Head {
        let at_ms = now.timestamp_millis();
        let signature = self.key.sign(&message(end.seq, &end.hash, at_ms));
        let signature = hex(&signature.to_bytes());
        Head { seq: end.seq, hash: end.hash.clone(), at_ms, signer: self.public.clone(), signature }
    }

    /// Looks at a signature.
    pub(super) fn trusts(&self, head: &Head) -> Trust {
        if head.signer != self.public {
            return Trust::Foreign;
        }
        // One spelling only: a signature in capitals was written by somebody else.
        let bytes = unhex(&head.signature).filter(|bytes| hex(bytes) == head.signature);
        let signature = bytes.and_then(|bytes| Signature::from_slice(&bytes).ok());
        let message = message(head.seq, &head.hash, head.at_ms);
        let key = self.key.verifying_key();
        match signature.map(|signature| key.verify_strict(&message, &signature)) {
            Some(Ok(())) => Trust::Good,
            _ => Trust::Forged,
        }
    }
}

impl From<HeadRow> for Head {
    fn from(row: HeadRow) -> Self {
        let HeadRow { seq, hash, at_ms, signer, signature } = row;
        Self { seq, hash, at_ms, signer, signature }
    }
}

/// What is signed. Numbers have no other form and each stands on a line of its own, so no two heads are one text.
fn message(seq: i64, hash: &str, at_ms: i64) -> Vec<u8> {
    format!("yizhan audit head 1\n{seq}\n{at_ms}\n{hash}").into_bytes()
}
