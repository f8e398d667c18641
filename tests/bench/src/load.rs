//! A client that keeps connections busy: each sends the next request when its answer is complete.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::task::JoinSet;

use crate::answer::{Answer, scan};
use crate::clock::Wall;

/// Bytes of a connection's buffer at first.
const BUFFER: usize = 64 << 10;

/// Requests as they go over the wire, shared by the connections.
pub(crate) type Requests = Arc<Vec<Vec<u8>>>;

/// What came of a load.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Outcome {
    /// Time from the first request to the last answer.
    pub(crate) seconds: f64,
    /// Complete answers.
    pub(crate) answers: usize,
    /// Answers with a status other than 200, and 204 for an empty tile.
    pub(crate) failed: usize,
    /// Bytes of all bodies.
    pub(crate) body_bytes: usize,
}

impl Outcome {
    /// Answers a second.
    #[expect(clippy::cast_precision_loss, reason = "some thousand answers")]
    pub(crate) fn rate(&self) -> f64 {
        self.answers as f64 / self.seconds
    }
}

/// The request for an address.
pub(crate) fn get(path: &str, gzip: bool) -> Vec<u8> {
    let accept = if gzip { "Accept-Encoding: gzip\r\n" } else { "" };
    format!("GET {path} HTTP/1.1\r\nHost: bench\r\n{accept}\r\n").into_bytes()
}

/// Sends every request once over so many connections.
pub(crate) async fn run(to: SocketAddr, requests: &Requests, connections: usize) -> io::Result<Outcome> {
    let next = Arc::new(AtomicUsize::new(0));
    let mut streams = Vec::with_capacity(connections);
    for _ in 0..connections {
        let stream = TcpStream::connect(to).await?;
        stream.set_nodelay(true)?;
        streams.push(stream);
    }
    let start = Wall::now();
    let mut clients = JoinSet::new();
    for stream in streams {
        clients.spawn(client(stream, requests.clone(), next.clone()));
    }
    let mut outcome = Outcome::default();
    while let Some(done) = clients.join_next().await {
        let done = done.map_err(io::Error::other)??;
        outcome.answers += done.answers;
        outcome.failed += done.failed;
        outcome.body_bytes += done.body_bytes;
    }
    outcome.seconds = start.seconds();
    Ok(outcome)
}

async fn client(mut stream: TcpStream, requests: Requests, next: Arc<AtomicUsize>) -> io::Result<Outcome> {
    let mut outcome = Outcome::default();
    let mut buffer = Vec::with_capacity(BUFFER);
    while let Some(request) = requests.get(next.fetch_add(1, Ordering::Relaxed)) {
        stream.write_all(request).await?;
        let answer = receive(&mut stream, &mut buffer).await?;
        outcome.answers += 1;
        outcome.failed += usize::from(!matches!(answer.status, 200 | 204));
        outcome.body_bytes += answer.body_bytes;
    }
    Ok(outcome)
}

async fn receive(stream: &mut TcpStream, buffer: &mut Vec<u8>) -> io::Result<Answer> {
    buffer.clear();
    loop {
        if stream.read_buf(buffer).await? == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        if let Some(answer) = scan(buffer)? {
            return Ok(answer);
        }
    }
}
