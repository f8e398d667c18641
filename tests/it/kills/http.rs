//! HTTP as far as a client needs it: one request on one connection, and an answer that is whole or none at all.

use std::io::{Error, ErrorKind, Result};
use std::net::SocketAddr;
use std::time::Duration;

use serde_json::Value;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::timeout;

/// A client gives up after this; the service itself does so after half of it.
const PATIENCE: Duration = Duration::from_mins(1);

/// A whole answer.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    head: String,
    pub(crate) body: Value,
}

impl Answer {
    /// A header; empty where it is not there.
    pub(crate) fn header(&self, name: &str) -> &str {
        let of = |line: &'_ str| {
            line.split_once(": ").filter(|(n, _)| n.eq_ignore_ascii_case(name)).map(|(n, _)| n.len())
        };
        self.head.lines().find_map(|line| of(line).map(|at| &line[at + 2..])).unwrap_or_default()
    }
}

/// Sends a request; an error means that nobody knows what came of it.
pub(crate) async fn ask(
    address: SocketAddr,
    verb: &str,
    path: &str,
    headers: &str,
    body: &str,
) -> Result<Answer> {
    let length = body.len();
    let headers = format!("Content-Length: {length}\r\n{headers}");
    let bytes = exchange(address, &format!("{verb} {path}"), &headers, body).await?;
    read(&bytes).ok_or_else(|| Error::from(ErrorKind::UnexpectedEof))
}

/// Fetches a page; empty where it is not answered with status 200.
pub(crate) async fn fetch(address: SocketAddr, path: &str, headers: &str) -> Result<String> {
    let bytes = exchange(address, &format!("GET {path}"), headers, "").await?;
    let text = String::from_utf8_lossy(&bytes).into_owned();
    Ok(if text.starts_with("HTTP/1.1 200") { text } else { String::new() })
}

async fn exchange(address: SocketAddr, line: &str, headers: &str, body: &str) -> Result<Vec<u8>> {
    let request = format!("{line} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n{headers}\r\n{body}");
    let exchange = async {
        let mut stream = TcpStream::connect(address).await?;
        stream.write_all(request.as_bytes()).await?;
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).await?;
        Ok::<_, Error>(bytes)
    };
    timeout(PATIENCE, exchange).await.map_err(|_| ErrorKind::TimedOut)?
}

fn read(bytes: &[u8]) -> Option<Answer> {
    let text = std::str::from_utf8(bytes).ok()?;
    let (head, body) = text.split_once("\r\n\r\n")?;
    let status = head.split(' ').nth(1)?.parse().ok()?;
    let answer = Answer { status, head: head.to_owned(), body: Value::Null };
    // A connection that was cut ends too early.
    let is_whole = answer.header("content-length").parse() == Ok(body.len());
    let body = if body.is_empty() { Value::Null } else { serde_json::from_str(body).ok()? };
    is_whole.then_some(Answer { body, ..answer })
}

/// Every station that the public is shown, as id, name and whether it is suspended, and the revision of the list.
pub(crate) async fn listed(address: SocketAddr) -> Result<(i64, Vec<(String, String, bool)>)> {
    let (mut stations, mut least) = (Vec::new(), i64::MAX);
    let mut next = Some("/api/v1/stations?limit=200".to_owned());
    while let Some(path) = next {
        let answer = ask(address, "GET", &path, "", "").await?;
        assert_eq!(answer.status, 200, "{answer:?}");
        least = least.min(answer.header("x-registry-revision").parse().expect("a revision"));
        for feature in answer.body["features"].as_array().expect("features") {
            let told = |key: &str| feature["properties"][key].as_str().expect("a text").to_owned();
            stations.push((told("id"), told("name"), told("state") == "suspended"));
        }
        let link = answer.header("link").strip_prefix('<').and_then(|l| l.split_once('>'));
        next = link.map(|(link, _)| link[link.find("/api").expect("a path")..].to_owned());
    }
    Ok((least, stations))
}
