//! Who really asks, and under which address, where the service stands behind a proxy.
//!
//! A header can be written by anybody. It is believed only where the connection comes from an address in
//! `server.trusted_proxies`, and of a chain of addresses only the part that such proxies wrote: the client is
//! the rightmost address that is not one of theirs. Where any `X-Forwarded-*` header is there, `Forwarded`
//! (RFC 7239) is not read, because a proxy that writes the one hands on the other as the client sent it.

use std::convert::Infallible;
use std::net::{IpAddr, SocketAddr};

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{Extensions, HeaderMap};

use super::host;
use crate::app::App;
use crate::network::Network;

/// The other end of a connection, put into each of its requests.
#[derive(Debug, Clone, Copy)]
pub struct Peer {
    /// Its address.
    pub address: SocketAddr,
    /// Whether the service itself encrypts the connection.
    pub is_tls: bool,
}

/// What is known of how a request reached the service.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Reached {
    /// The client's address; absent only where there is no connection, as in a test.
    pub client: Option<IpAddr>,
    /// Whether the client's own connection was encrypted.
    pub is_https: bool,
    /// The host that a trusted proxy says the client asked for.
    pub host: Option<String>,
}

impl Reached {
    /// Reads the headers as far as they may be believed.
    pub fn read(headers: &HeaderMap, extensions: &Extensions, trusted: &[Network]) -> Self {
        let Some(peer) = extensions.get::<Peer>() else { return Self::default() };
        let address = peer.address.ip().to_canonical();
        let direct = Self { client: Some(address), is_https: peer.is_tls, host: None };
        let is_proxy = |a: IpAddr| trusted.iter().any(|n| n.contains(a));
        if !is_proxy(address) {
            return direct;
        }
        let hops = if headers.keys().any(|name| name.as_str().starts_with("x-forwarded-")) {
            Hop::of_x_forwarded(headers)
        } else {
            Hop::of_forwarded(headers)
        };
        hops.into_iter()
            .fold(Walk { reached: direct, is_over: false }, |w, hop| w.past(hop, is_proxy))
            .reached
    }
}

/// What one proxy says of the request that it received.
#[derive(Debug, Default)]
struct Hop {
    client: Option<IpAddr>,
    is_https: Option<bool>,
    host: Option<String>,
}

impl Hop {
    /// What the nearest proxy says first. `X-Forwarded-Proto` and `-Host` are the nearest proxy's alone.
    fn of_x_forwarded(headers: &HeaderMap) -> Vec<Self> {
        let last = |name| elements(headers, name, ',').pop();
        let host = last("x-forwarded-host").filter(|h| host::is_host(h)).map(str::to_owned);
        let is_https = last("x-forwarded-proto").and_then(is_https);
        let addresses = elements(headers, "x-forwarded-for", ',').into_iter().rev();
        let mut hops: Vec<_> = addresses.map(|a| Self { client: address(a), ..Self::default() }).collect();
        // Scheme and host belong to the nearest proxy, which may have written no address.
        hops.insert(0, Self { client: None, is_https, host });
        if hops.len() > 1 {
            hops[0].client = hops.remove(1).client;
        }
        hops
    }

    /// Each element of `Forwarded` is written by one proxy, the nearest last.
    fn of_forwarded(headers: &HeaderMap) -> Vec<Self> {
        elements(headers, "forwarded", ',').into_iter().rev().map(Self::of_element).collect()
    }

    fn of_element(element: &str) -> Self {
        let mut hop = Self::default();
        for (name, value) in split(element, ';').into_iter().filter_map(|pair| pair.split_once('=')) {
            let value = value.trim().trim_matches('"');
            match name.trim().to_ascii_lowercase().as_str() {
                "for" => hop.client = address(value),
                "proto" => hop.is_https = is_https(value),
                "host" if host::is_host(value) => hop.host = Some(value.to_owned()),
                _ => {}
            }
        }
        hop
    }
}

/// The way back from the nearest proxy towards the client.
struct Walk {
    reached: Reached,
    is_over: bool,
}

impl Walk {
    /// Believes one more hop. The walk ends at the first address that is no trusted proxy's, or is unreadable.
    fn past(mut self, hop: Hop, is_proxy: impl Fn(IpAddr) -> bool) -> Self {
        if self.is_over {
            return self;
        }
        self.reached.is_https = hop.is_https.unwrap_or(self.reached.is_https);
        self.reached.host = hop.host.or(self.reached.host);
        self.is_over = hop.client.is_none_or(|a| !is_proxy(a));
        self.reached.client = hop.client.or(self.reached.client);
        self
    }
}

/// The elements of a list over all headers of a name, in their order.
fn elements<'h>(headers: &'h HeaderMap, name: &str, separator: char) -> Vec<&'h str> {
    let values = headers.get_all(name).iter().map(|v| v.to_str().unwrap_or("unreadable"));
    values.flat_map(|v| split(v, separator)).collect()
}

/// Parts a text at a separator that stands outside quotes.
fn split(text: &str, separator: char) -> Vec<&str> {
    let mut quoted = false;
    let parts = text.split(move |c: char| {
        quoted ^= c == '"';
        c == separator && !quoted
    });
    parts.map(str::trim).filter(|part| !part.is_empty()).collect()
}

/// An address with or without a port, IPv6 in brackets or bare.
fn address(text: &str) -> Option<IpAddr> {
    let bare = text.strip_prefix('[').and_then(|t| t.strip_suffix(']')).unwrap_or(text);
    let with_port = || text.parse::<SocketAddr>().ok().map(|a| a.ip());
    bare.parse().ok().or_else(with_port).map(|a: IpAddr| a.to_canonical())
}

fn is_https(scheme: &str) -> Option<bool> {
    match scheme.to_ascii_lowercase().as_str() {
        "https" => Some(true),
        "http" => Some(false),
        _ => None,
    }
}

/// The address of whoever asks. For limits on attempts only: it stands in no log line and in no table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ClientAddress(pub Option<IpAddr>);

impl FromRequestParts<App> for ClientAddress {
    type Rejection = Infallible;
    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Infallible> {
        let trusted = &app.config.server.trusted_proxies;
        Ok(Self(Reached::read(&parts.headers, &parts.extensions, trusted).client))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A request from a peer, read by a service that trusts 10.0.0.0/8 and ::1.
    fn read(peer: &str, headers: &[(&'static str, &'static str)]) -> (String, bool, Option<String>) {
        let trusted = ["10.0.0.0/8", "::1"].map(|n| n.parse().expect("a range"));
        let mut map = HeaderMap::new();
        for (name, value) in headers {
            map.append(*name, axum::http::HeaderValue::from_static(value));
        }
        let mut extensions = Extensions::new();
        let address = SocketAddr::new(peer.parse().expect("an address"), 1);
        extensions.insert(Peer { address, is_tls: false });
        let reached = Reached::read(&map, &extensions, &trusted);
        (reached.client.expect("a client").to_string(), reached.is_https, reached.host)
    }

    fn plain(client: &str) -> (String, bool, Option<String>) {
        (client.to_owned(), false, None)
    }

    #[test]
    fn a_stranger_is_believed_nothing() {
        let headers = [
            ("x-forwarded-for", "1.1.1.1"),
            ("x-forwarded-proto", "https"),
            ("x-forwarded-host", "evil.example"),
            ("forwarded", "for=1.1.1.1;proto=https;host=evil.example"),
        ];
        assert_eq!(read("203.0.113.9", &headers), plain("203.0.113.9"));
        assert_eq!(read("203.0.113.9", &headers[3..]), plain("203.0.113.9"));
    }

    #[test]
    fn the_rightmost_address_that_is_no_proxy_is_the_clients() {
        for (sent, client) in [
            ("6.6.6.6, 198.51.100.1", "198.51.100.1"),
            ("6.6.6.6, 198.51.100.1, 10.2.2.2", "198.51.100.1"),
            ("10.3.3.3, 10.2.2.2", "10.3.3.3"),
            ("6.6.6.6, garbage, 10.2.2.2", "10.2.2.2"),
            ("198.51.100.1:4711", "198.51.100.1"),
            ("[2001:db8::7]:4711", "2001:db8::7"),
            ("2001:db8::7", "2001:db8::7"),
            ("::ffff:198.51.100.1", "198.51.100.1"),
            ("unknown", "10.0.0.1"),
            ("", "10.0.0.1"),
        ] {
            assert_eq!(read("10.0.0.1", &[("x-forwarded-for", sent)]), plain(client), "{sent}");
        }
        let parted = [("x-forwarded-for", "6.6.6.6"), ("x-forwarded-for", "198.51.100.1")];
        assert_eq!(read("::1", &parted), plain("198.51.100.1"), "headers of one name are one list");
    }

    #[test]
    fn scheme_and_host_are_the_nearest_proxys() {
        let headers = [
            ("x-forwarded-for", "198.51.100.1"),
            ("x-forwarded-proto", "http, HTTPS"),
            ("x-forwarded-host", "evil.example, yizhan.example.cn"),
        ];
        let told = ("198.51.100.1".to_owned(), true, Some("yizhan.example.cn".to_owned()));
        assert_eq!(read("10.0.0.1", &headers), told);
        let alone = ("10.0.0.1".to_owned(), true, None);
        assert_eq!(read("10.0.0.1", &headers[1..2]), alone);
        assert_eq!(read("10.0.0.1", &[("x-forwarded-host", "a b\"<>")]), plain("10.0.0.1"));
    }

    #[test]
    fn forwarded_is_read_element_by_element() {
        let sent = "for=6.6.6.6;host=evil.example, For=\"[2001:db8::7]:4711\";Proto=https;host=\"yizhan.example.cn\", for=10.2.2.2;proto=http";
        let told = ("2001:db8::7".to_owned(), true, Some("yizhan.example.cn".to_owned()));
        assert_eq!(read("10.0.0.1", &[("forwarded", sent)]), told);
        assert_eq!(read("10.0.0.1", &[("forwarded", "for=_hidden, for=10.2.2.2")]), plain("10.2.2.2"));
        let odd = "for=\"198.51.100.1\";by=\"a,b;c\"";
        assert_eq!(read("10.0.0.1", &[("forwarded", odd)]), plain("198.51.100.1"));
        let both = [("forwarded", "for=6.6.6.6"), ("x-forwarded-for", "198.51.100.1")];
        assert_eq!(read("10.0.0.1", &both), plain("198.51.100.1"), "a client's own header is not read");
    }
}
