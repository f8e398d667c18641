//! TLS from files: the certificate in use, and how it is renewed while connections go on.

use std::fmt::Display;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use arc_swap::ArcSwap;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::crypto::{CryptoProvider, ring};
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio_rustls::rustls::server::{ClientHello, ResolvesServerCert};
use tokio_rustls::rustls::sign::CertifiedKey;
use tokio_rustls::rustls::{self, ServerConfig};

/// The most bytes of a certificate chain or a key.
const MOST_BYTES: u64 = 1 << 20;

/// Why a pair of files cannot be used: the file, what is wrong, and the remedy.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Unusable(String);

impl Unusable {
    fn new(file: &Path, what: impl Display) -> Self {
        Self(format!("{}: {what}", file.display()))
    }
}

/// A certificate and its key, as two files hold them.
#[derive(Debug)]
pub struct Certificate {
    chain_file: PathBuf,
    key_file: PathBuf,
    current: ArcSwap<CertifiedKey>,
    /// What the last look at the files gave, so that a change is told once.
    seen: Mutex<Result<[Vec<u8>; 2], Unusable>>,
}

/// What a look at the files led to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Renewal {
    /// The files are as they were at the last look.
    Same,
    /// The next connections get a new certificate.
    Renewed,
    /// The files are unusable; the certificate in use stays.
    Kept(Unusable),
}

impl Certificate {
    /// Reads the two files.
    pub fn read(chain_file: &Path, key_file: &Path) -> Result<Self, Unusable> {
        let files = bytes(chain_file, key_file)?;
        let current = ArcSwap::from_pointee(certified(chain_file, key_file, &files)?);
        let (chain_file, key_file) = (chain_file.to_owned(), key_file.to_owned());
        Ok(Self { chain_file, key_file, current, seen: Mutex::new(Ok(files)) })
    }

    /// Looks at the files again and takes what is new. Open connections go on as they are.
    pub fn renew(&self) -> Renewal {
        let files = bytes(&self.chain_file, &self.key_file);
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        if *seen == files {
            return Renewal::Same;
        }
        seen.clone_from(&files);
        match files.and_then(|f| certified(&self.chain_file, &self.key_file, &f)) {
            Ok(new) => {
                self.current.store(Arc::new(new));
                Renewal::Renewed
            }
            Err(why) => Renewal::Kept(why),
        }
    }

    /// What makes encrypted connections with whichever certificate is in use. They speak HTTP/1.1.
    pub fn acceptor(self: &Arc<Self>) -> Result<TlsAcceptor, rustls::Error> {
        let builder =
            ServerConfig::builder_with_provider(provider()).with_safe_default_protocol_versions()?;
        let mut config = builder.with_no_client_auth().with_cert_resolver(self.clone());
        config.alpn_protocols = vec![b"http/1.1".to_vec()];
        // Of the suites that both sides know the service's own favourite is used.
        config.ignore_client_order = true;
        Ok(TlsAcceptor::from(Arc::new(config)))
    }
}

impl ResolvesServerCert for Certificate {
    fn resolve(&self, _: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        Some(self.current.load_full())
    }
}

fn provider() -> Arc<CryptoProvider> {
    Arc::new(ring::default_provider())
}

fn bytes(chain_file: &Path, key_file: &Path) -> Result<[Vec<u8>; 2], Unusable> {
    Ok([limited(chain_file)?, limited(key_file)?])
}

fn limited(file: &Path) -> Result<Vec<u8>, Unusable> {
    let mut bytes = Vec::new();
    let read = std::fs::File::open(file).and_then(|f| f.take(MOST_BYTES + 1).read_to_end(&mut bytes));
    read.map_err(|e| Unusable::new(file, e))?;
    let fits = bytes.len() as u64 <= MOST_BYTES;
    if fits { Ok(bytes) } else { Err(Unusable::new(file, format!("larger than {MOST_BYTES} bytes"))) }
}

/// The certificate that two files hold, if the key belongs to it.
fn certified(
    chain_file: &Path,
    key_file: &Path,
    [chain, key]: &[Vec<u8>; 2],
) -> Result<CertifiedKey, Unusable> {
    let no_chain = |e: &dyn Display| Unusable::new(chain_file, format!("not a PEM certificate chain: {e}"));
    let chain =
        CertificateDer::pem_slice_iter(chain).collect::<Result<Vec<_>, _>>().map_err(|e| no_chain(&e))?;
    if chain.is_empty() {
        return Err(no_chain(&"no BEGIN CERTIFICATE in it"));
    }
    let no_key =
        |e: &dyn Display| Unusable::new(key_file, format!("not a PEM private key without password: {e}"));
    let key = PrivateKeyDer::from_pem_slice(key).map_err(|e| no_key(&e))?;
    CertifiedKey::from_der(chain, key, &provider()).map_err(|e| match e {
        rustls::Error::InconsistentKeys(_) => Unusable::new(
            key_file,
            format!("this key does not belong to the certificate in {}", chain_file.display()),
        ),
        rustls::Error::InvalidCertificate(_) => no_chain(&e),
        other => no_key(&other),
    })
}
