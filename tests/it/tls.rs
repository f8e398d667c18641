//! TLS from files, on real sockets: it answers, strangers do no harm, and a renewed certificate is used.

use std::io::{BufRead, BufReader, Read};
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::{Child, ChildStderr, Command, Stdio};
use std::sync::Arc;

use rcgen::{CertifiedKey, KeyPair};
use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;
use tokio::sync::watch;
use tokio::time::timeout;
use tokio_rustls::client::TlsStream;
use tokio_rustls::rustls::crypto::CryptoProvider;
use tokio_rustls::rustls::pki_types::{CertificateDer, ServerName};
use tokio_rustls::rustls::{ClientConfig, RootCertStore};
use tokio_rustls::{TlsConnector, rustls};
use yizhan::config::Limits;
use yizhan::http::serve::{self, Listener};
use yizhan::http::tls::{Certificate, Renewal};

use crate::harness::{Town, on_sqlite};
use crate::limits::{DEADLINE, read_to_end};

const HEALTH: &[u8] = b"GET /healthz HTTP/1.1\r\nHost: town.test\r\nConnection: close\r\n\r\n";

/// A certificate for `town.test` that nobody else signed, and its key.
fn made() -> CertifiedKey<KeyPair> {
    rcgen::generate_simple_self_signed(["town.test".to_owned()]).expect("a certificate")
}

impl Town {
    /// Writes a certificate and its key where the service looks for them.
    fn lay(&self, made: &CertifiedKey<KeyPair>) -> (PathBuf, PathBuf) {
        (self.file("cert.pem", made.cert.pem()), self.file("key.pem", made.signing_key.serialize_pem()))
    }

    /// Serves with the certificate of two files.
    fn encrypt(&self, limits: Limits, files: &(PathBuf, PathBuf)) -> Encrypted {
        let certificate = Arc::new(Certificate::read(&files.0, &files.1).expect("usable files"));
        let socket = serve::bind(([127, 0, 0, 1], 0).into()).expect("a port");
        let address = socket.local_addr().expect("an address");
        let listener = Listener::from(socket).with_tls(certificate.acceptor().expect("TLS"));
        let (stop, stopping) = watch::channel(false);
        tokio::spawn(serve::serve(listener, limits, self.router.clone(), stopping));
        Encrypted { address, certificate, _stop: stop }
    }
}

/// A service that encrypts.
struct Encrypted {
    address: SocketAddr,
    certificate: Arc<Certificate>,
    _stop: watch::Sender<bool>,
}

/// Connects as a browser would that trusts one certificate.
async fn connect(address: SocketAddr, trusted: &CertificateDer<'static>) -> Option<TlsStream<TcpStream>> {
    connect_by(address, trusted, rustls::crypto::ring::default_provider()).await
}

/// Connects with the suites of a provider in its order.
async fn connect_by(
    address: SocketAddr,
    trusted: &CertificateDer<'static>,
    provider: CryptoProvider,
) -> Option<TlsStream<TcpStream>> {
    let mut roots = RootCertStore::empty();
    roots.add(trusted.clone()).expect("a root");
    let versions =
        ClientConfig::builder_with_provider(Arc::new(provider)).with_safe_default_protocol_versions();
    let mut config = versions.expect("versions").with_root_certificates(roots).with_no_client_auth();
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    let name = ServerName::try_from("town.test").expect("a name");
    let stream = TcpStream::connect(address).await.expect("a connection");
    TlsConnector::from(Arc::new(config)).connect(name, stream).await.ok()
}

/// Asks on a connection of its own; `None` where the service has another certificate.
async fn ask(address: SocketAddr, trusted: &CertifiedKey<KeyPair>) -> Option<String> {
    let mut stream = connect(address, trusted.cert.der()).await?;
    stream.write_all(HEALTH).await.expect("sent");
    Some(read_to_end(&mut stream).await)
}

fn answered(reply: Option<String>) -> bool {
    reply.is_some_and(|r| r.starts_with("HTTP/1.1 200"))
}

#[tokio::test]
async fn an_encrypted_request_is_answered() {
    on_sqlite(async |t: Town| {
        t.station("甲").open().await;
        t.station("乙").open().await;
        let own = made();
        let service = t.encrypt(t.app.config.limits, &t.lay(&own));
        let mut stream = connect(service.address, own.cert.der()).await.expect("a handshake");
        assert_eq!(stream.get_ref().1.alpn_protocol(), Some(&b"http/1.1"[..]));
        stream
            .write_all(
                b"GET /api/v1/stations?limit=1 HTTP/1.1\r\nHost: town.test\r\nConnection: close\r\n\r\n",
            )
            .await
            .unwrap();
        let answer = read_to_end(&mut stream).await;
        assert!(answer.contains("link: <https://town.test/api/v1/stations?"), "{answer}");
        assert!(answer.contains("strict-transport-security: max-age=31536000"), "{answer}");
    })
    .await;
}

#[tokio::test]
async fn of_the_suites_that_both_know_the_service_chooses() {
    on_sqlite(async |t: Town| {
        let own = made();
        let service = t.encrypt(t.tight(), &t.lay(&own));
        let mut chosen = Vec::new();
        let usual = rustls::crypto::ring::default_provider();
        let mut reversed = usual.clone();
        reversed.cipher_suites.reverse();
        for provider in [usual, reversed] {
            let stream = connect_by(service.address, own.cert.der(), provider).await.expect("a handshake");
            chosen.push(stream.get_ref().1.negotiated_cipher_suite().expect("a suite").suite());
        }
        assert_eq!(chosen[0], chosen[1]);
    })
    .await;
}

#[tokio::test]
async fn plain_bytes_are_refused_without_harm() {
    on_sqlite(async |t: Town| {
        let own = made();
        let service = t.encrypt(t.tight(), &t.lay(&own));
        for plain in [HEALTH, b"\0", b"\x16\x03\x01\xff\xff\x01", &[0xff; 4096]] {
            let mut stream = TcpStream::connect(service.address).await.unwrap();
            let _ = stream.write_all(plain).await;
            assert!(!read_to_end(&mut stream).await.contains("200 OK"));
        }
        assert!(answered(ask(service.address, &own).await));
    })
    .await;
}

#[tokio::test]
async fn silent_handshakes_are_cut_and_hold_up_nobody() {
    on_sqlite(async |t: Town| {
        let own = made();
        let files = t.lay(&own);
        let service = t.encrypt(t.tight(), &files);
        let mut silent = Vec::new();
        for _ in 0..50 {
            silent.push(TcpStream::connect(service.address).await.unwrap());
        }
        assert!(answered(ask(service.address, &own).await));
        for mut stream in silent {
            assert_eq!(read_to_end(&mut stream).await, "");
        }
        // A handshake holds a slot: with one slot the next client waits until the silent one is cut.
        let narrow = t.encrypt(Limits { connections: 1, ..t.tight() }, &files);
        let mut silent = TcpStream::connect(narrow.address).await.unwrap();
        assert!(answered(ask(narrow.address, &own).await));
        assert_eq!(read_to_end(&mut silent).await, "");
    })
    .await;
}

#[tokio::test]
async fn a_renewed_certificate_is_used_and_open_connections_stay() {
    on_sqlite(async |t: Town| {
        let (old, new) = (made(), made());
        let files = t.lay(&old);
        let service = t.encrypt(t.app.config.limits, &files);
        let mut open = connect(service.address, old.cert.der()).await.expect("a handshake");
        assert_eq!(service.certificate.renew(), Renewal::Same);

        for broken in ["", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", &new.cert.pem()]
        {
            t.file("cert.pem", broken);
            let Renewal::Kept(why) = service.certificate.renew() else { panic!("{broken:?} was taken") };
            assert!(why.to_string().contains(".pem"), "{why}");
            assert_eq!(service.certificate.renew(), Renewal::Same, "told once");
            assert!(answered(ask(service.address, &old).await));
        }

        t.lay(&new);
        assert_eq!(service.certificate.renew(), Renewal::Renewed);
        assert!(ask(service.address, &old).await.is_none(), "the old certificate is no longer shown");
        assert!(answered(ask(service.address, &new).await));
        open.write_all(HEALTH).await.unwrap();
        assert!(
            read_to_end(&mut open).await.starts_with("HTTP/1.1 200"),
            "a connection outlives the renewal"
        );
    })
    .await;
}

#[tokio::test]
async fn wrong_files_are_named_at_the_start() {
    on_sqlite(async |t: Town| {
        let (own, other) = (made(), made());
        let (chain, key) = t.lay(&own);
        let foreign = t.file("foreign.pem", other.signing_key.serialize_pem());
        let text = t.file("text.pem", "hello");
        let missing = t.app.config.storage.data.join("missing.pem");
        for (chain, key, named) in [
            (&chain, &foreign, &foreign),
            (&chain, &text, &text),
            (&text, &key, &text),
            (&missing, &key, &missing),
            (&chain, &missing, &missing),
        ] {
            let told = Certificate::read(chain, key).expect_err("unusable").to_string();
            assert!(told.starts_with(&named.display().to_string()), "{told}");
            let files = [("YIZHAN__SERVER__TLS_CERT", chain), ("YIZHAN__SERVER__TLS_KEY", key)];
            let environment = files.map(|(name, file)| (name, file.to_str().expect("a path")));
            for command in ["serve", "check-config"] {
                let run = t.program_in(&environment, vec![command.into()]).await;
                assert_eq!(run.status, Some(2), "{}", run.said);
                assert!(run.said.contains(&named.display().to_string()), "{}", run.said);
            }
        }
    })
    .await;
}

/// The built program, serving; ended with the story.
struct Served {
    program: Child,
    /// Kept, so that what the program logs has somewhere to go.
    _log: BufReader<ChildStderr>,
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.program.kill();
        let _ = self.program.wait();
    }
}

/// Starts the program with a certificate and reads from its log where it serves and where it redirects.
fn start(t: &Town, (chain, key): &(PathBuf, PathBuf)) -> (Served, SocketAddr, SocketAddr) {
    let mut program = Command::new(env!("CARGO_BIN_EXE_yizhan"));
    program.arg("--data").arg(&t.app.config.storage.data).args(["serve", "--listen", "127.0.0.1:0"]);
    program.args(["--admin-listen", "127.0.0.1:0"]).env("YIZHAN__SERVER__REDIRECT_LISTEN", "127.0.0.1:0");
    program.env("YIZHAN__SERVER__TLS_CERT", chain).env("YIZHAN__SERVER__TLS_KEY", key);
    let mut child = program.stderr(Stdio::piped()).spawn().expect("the program starts");
    let mut log = BufReader::new(child.stderr.take().expect("a log"));
    let mut addresses = Vec::new();
    for line in log.by_ref().lines().map_while(Result::ok) {
        let line: serde_json::Value = serde_json::from_str(&line).expect("a line of the log");
        let address = line["fields"]["address"].as_str().or(line["address"].as_str());
        addresses.extend(address.map(|a| a.parse::<SocketAddr>().expect("an address")));
        if let [redirect, public] = addresses[..] {
            return (Served { program: child, _log: log }, public, redirect);
        }
    }
    panic!("the program ended: {:?}", child.wait());
}

#[tokio::test]
async fn the_program_redirects_and_takes_a_new_certificate_at_sighup() {
    on_sqlite(async |t: Town| {
        let (old, new) = (made(), made());
        let files = t.lay(&old);
        let (served, public, redirect) = start(&t, &files);
        assert!(answered(ask(public, &old).await));
        let mut plain = TcpStream::connect(redirect).await.unwrap();
        plain
            .write_all(b"GET /?a=b HTTP/1.1\r\nHost: town.test:80\r\nConnection: close\r\n\r\n")
            .await
            .unwrap();
        let answer = read_to_end(&mut plain).await;
        assert!(
            answer.starts_with("HTTP/1.1 308") && answer.contains("location: https://town.test"),
            "{answer}"
        );

        t.lay(&new);
        let told = Command::new("kill").args(["-HUP", &served.program.id().to_string()]).status().unwrap();
        assert!(told.success());
        let renewed = async { while !answered(ask(public, &new).await) {} };
        timeout(DEADLINE, renewed).await.expect("the new certificate is used");
    })
    .await;
}
