//! Serving connections within limits, which `axum::serve` lacks.
//!
//! hyper's HTTP/1 server is used directly: a silent client is cut after the header timeout, whoever sends
//! or reads too slowly after the connection timeout, and more connections than slots wait unaccepted. A TLS
//! handshake has the header timeout too, and holds a slot like any other part of a connection.

use std::{convert::Infallible, io, net::SocketAddr, sync::Arc, time::Duration};

use axum::Router;
use axum::body::Body;
use axum::http::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::{Service, service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::{GracefulShutdown, Watcher};
use hyper_util::service::TowerToHyperService;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};
use tokio::time::{sleep, timeout};
use tokio_rustls::TlsAcceptor;

use super::proxy::Peer;
use crate::config::Limits;

/// Connections that the kernel keeps waiting for a slot.
const BACKLOG: u32 = 1_024;
/// How long to wait when the process has no file descriptor left.
const OUT_OF_FILES: Duration = Duration::from_millis(50);

/// How long a handshake may still take once the service stops.
const LAST_HANDSHAKES: Duration = Duration::from_secs(1);

/// An address that is listened on, plain or encrypted.
pub struct Listener {
    socket: TcpListener,
    tls: Option<TlsAcceptor>,
}

impl From<TcpListener> for Listener {
    fn from(socket: TcpListener) -> Self {
        Self { socket, tls: None }
    }
}

impl Listener {
    /// Encrypts every connection.
    #[must_use]
    pub fn with_tls(self, tls: TlsAcceptor) -> Self {
        Self { tls: Some(tls), ..self }
    }
}

/// Takes an address to serve.
pub fn bind(listen: SocketAddr) -> io::Result<TcpListener> {
    let socket = if listen.is_ipv4() { TcpSocket::new_v4()? } else { TcpSocket::new_v6()? };
    socket.set_reuseaddr(true)?;
    socket.bind(listen)?;
    socket.listen(BACKLOG)
}

/// Serves until `stop` says so, then lets running requests end for at most the drain time.
///
/// Returns how many connections were cut at that deadline.
pub async fn serve(
    listener: impl Into<Listener>,
    limits: Limits,
    router: Router,
    mut stop: watch::Receiver<bool>,
) -> usize {
    let Listener { socket: listener, tls } = listener.into();
    let graceful = GracefulShutdown::new();
    let slots = Arc::new(Semaphore::new(limits.connections));
    let stopping = stop.clone();
    let open = |stream, address, slot| {
        let client = Client { limits, router: router.clone(), watcher: graceful.watcher(), _slot: slot };
        tokio::spawn(connection(stream, address, tls.clone(), client, stopping.clone()));
    };
    loop {
        let slot = tokio::select! {
            biased;
            () = told(&mut stop) => break,
            slot = slots.clone().acquire_owned() => slot,
        };
        let Ok(slot) = slot else { break };
        tokio::select! {
            biased;
            () = told(&mut stop) => break,
            got = listener.accept() => match got {
                Ok((stream, peer)) => open(stream, peer, slot),
                Err(_) => sleep(OUT_OF_FILES).await,
            },
        }
    }
    // Whoever already stands in the socket's queue would be reset when it closes: serve them too.
    while let Ok(Ok((stream, peer))) = timeout(Duration::from_millis(1), listener.accept()).await {
        let Ok(slot) = slots.clone().try_acquire_owned() else { break };
        open(stream, peer, slot);
    }
    drop(listener);
    let _ = timeout(Duration::from_secs(limits.drain_s), graceful.shutdown()).await;
    limits.connections - slots.available_permits()
}

/// Waits until the service is told to stop.
async fn told(stop: &mut watch::Receiver<bool>) {
    // A closed channel means that nobody is left to say anything else.
    let _ = stop.wait_for(|s| *s).await;
}

/// What serves one connection.
struct Client {
    limits: Limits,
    router: Router,
    watcher: Watcher,
    _slot: OwnedSemaphorePermit,
}

async fn connection(
    stream: TcpStream,
    address: SocketAddr,
    tls: Option<TlsAcceptor>,
    client: Client,
    mut stop: watch::Receiver<bool>,
) {
    let _ = stream.set_nodelay(true);
    let Some(tls) = tls else { return client.talk(stream, Peer { address, is_tls: false }).await };
    let patience = Duration::from_secs(client.limits.header_read_s);
    tokio::select! {
        // A handshake that does not come, or is none, is no event.
        shaken = timeout(patience, tls.accept(stream)) => if let Ok(Ok(stream)) = shaken {
            client.talk(stream, Peer { address, is_tls: true }).await;
        },
        () = async { told(&mut stop).await; sleep(LAST_HANDSHAKES).await } => {}
    }
}

impl Client {
    async fn talk(self, stream: impl AsyncRead + AsyncWrite + Unpin + 'static, peer: Peer) {
        let Self { limits, router, watcher, _slot } = self;
        let service = service_fn(move |mut request: Request<Incoming>| {
            request.extensions_mut().insert(peer);
            answer(router.clone(), request.map(Body::new))
        });
        let served = http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(Duration::from_secs(limits.header_read_s))
            .max_buf_size(limits.header_buffer_bytes)
            .max_headers(limits.headers)
            .half_close(false)
            .serve_connection(TokioIo::new(stream), service);
        // A client that breaks off, or that is cut here because it does not read, is no event.
        let _ = timeout(Duration::from_secs(limits.connection_s), watcher.watch(served)).await;
    }
}

async fn answer(router: Router, request: Request<Body>) -> Result<axum::response::Response, Infallible> {
    TowerToHyperService::new(router).call(request).await
}
