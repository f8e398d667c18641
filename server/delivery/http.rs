//! Messages by somebody else's interface: one request to a host that the settings allow.

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

use axum::http::header::{CONTENT_TYPE, HOST};
use axum::http::{Request, StatusCode, Uri};
use http_body_util::{BodyExt, Full, Limited};
use hyper::body::Bytes;
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpStream, lookup_host};
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::ServerName;
use tokio_rustls::rustls::{ClientConfig, RootCertStore};

use super::address::is_private;
use super::model::{Message, Outcome};
use super::template::Template;
use crate::config::{Delivery, HttpAdapter, HttpMethod};
use crate::error::Error;

/// The most bytes of an answer that are read.
const ANSWER_BYTES: usize = 64 * 1024;
/// Says which message it is, the same for each try.
const KEY: &str = "idempotency-key";

/// Sends a message by an adapter. Redirects are not followed: the next host may be one that is not allowed.
pub(super) async fn send(
    settings: &Delivery,
    adapter: &HttpAdapter,
    message: &Message,
) -> Result<Outcome, Error> {
    let fault = |what: String| Error::Internal(format!("delivery.http {:?}: {what}", adapter.name));
    // All of it counts, from the look-up of the name to the last byte of the answer.
    let asked = tokio::time::timeout(settings.timeout(), ask(settings, adapter, message)).await;
    let (status, body) = asked.map_err(|_| fault("it did not answer in time".to_owned()))?.map_err(fault)?;
    match status {
        _ if status.is_success() && body.contains(&adapter.ok_text) => Ok(Outcome::Sent),
        StatusCode::UNPROCESSABLE_ENTITY => Ok(Outcome::Refused),
        // What an answer says may hold the number, so it is not told.
        _ if status.is_success() => Err(fault("the answer does not hold ok_text".to_owned())),
        _ => Err(fault(format!("it answered {}", status.as_u16()))),
    }
}

async fn ask(
    settings: &Delivery,
    adapter: &HttpAdapter,
    message: &Message,
) -> Result<(StatusCode, String), String> {
    let uri = adapter.uri().ok_or("its url cannot be read")?;
    let host = uri.host().unwrap_or_default().to_owned();
    if !settings.allow_hosts.iter().any(|a| a.eq_ignore_ascii_case(&host)) {
        return Err(format!("its host {host:?} is not in delivery.allow_hosts"));
    }
    let is_tls = uri.scheme_str() == Some("https");
    let request = request(adapter, &uri, message)?;
    let port = uri.port_u16().unwrap_or(if is_tls { 443 } else { 80 });
    let stream = connect(settings, &host, port).await?;
    if !is_tls {
        return exchange(stream, request).await;
    }
    let bare = host.trim_start_matches('[').trim_end_matches(']').to_owned();
    let name = ServerName::try_from(bare).map_err(|_| "its host is no name of a certificate")?;
    let encrypted =
        tls()?.connect(name, stream).await.map_err(|e| format!("its encryption is refused: {e}"))?;
    exchange(encrypted, request).await
}

fn request(adapter: &HttpAdapter, uri: &Uri, message: &Message) -> Result<Request<Full<Bytes>>, String> {
    let body = Template::read(&adapter.body)?.fill(message);
    let path = uri.path_and_query().map_or("/", |p| p.as_str());
    let host = uri.authority().map_or("", |a| a.as_str());
    let method = match adapter.method {
        HttpMethod::Post => "POST",
        HttpMethod::Put => "PUT",
    };
    let mut request = Request::builder()
        .method(method)
        .uri(path)
        .header(HOST, host)
        .header(KEY, message.id.to_string())
        .header(CONTENT_TYPE, "application/json")
        .body(Full::new(Bytes::from(body)))
        .map_err(|_| "its request cannot be written")?;
    for (name, value) in adapter.header_map()? {
        request.headers_mut().insert(name, value);
    }
    Ok(request)
}

/// Connects to an address of the host that may be asked. The address that was looked at is the one that is
/// connected to, so a name that changes meanwhile leads nowhere else.
async fn connect(settings: &Delivery, host: &str, port: u16) -> Result<TcpStream, String> {
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    let found = lookup_host((bare, port)).await.map_err(|_| "its host is not found")?;
    let may = |ip: IpAddr| !is_private(ip) || settings.allow_networks.iter().any(|n| n.contains(ip));
    let allowed: Vec<SocketAddr> = found.filter(|a| may(a.ip())).collect();
    if allowed.is_empty() {
        return Err("its host has a private address that is not in delivery.allow_networks".to_owned());
    }
    TcpStream::connect(&allowed[..]).await.map_err(|e| format!("it cannot be reached: {}", e.kind()))
}

fn tls() -> Result<TlsConnector, String> {
    let roots = RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
    let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(|e| e.to_string())?
        .with_root_certificates(roots)
        .with_no_client_auth();
    Ok(TlsConnector::from(Arc::new(config)))
}

async fn exchange<S>(stream: S, request: Request<Full<Bytes>>) -> Result<(StatusCode, String), String>
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let broken = |e: hyper::Error| if e.is_parse() { "its answer is no HTTP" } else { "it broke off" };
    let (mut sender, connection) = http1::handshake(TokioIo::new(stream)).await.map_err(broken)?;
    let driving = tokio::spawn(connection);
    let answered = async {
        let response = sender.send_request(request).await.map_err(broken)?;
        let status = response.status();
        let read = Limited::new(response.into_body(), ANSWER_BYTES).collect().await;
        let body = read.map_err(|_| "its answer is too long or broke off")?.to_bytes();
        Ok((status, String::from_utf8_lossy(&body).into_owned()))
    };
    let answered = answered.await;
    driving.abort();
    answered.map_err(|e: &str| e.to_owned())
}
