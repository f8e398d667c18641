//! What may stand in a link as a host.

use std::net::Ipv6Addr;

/// The most characters of a name (RFC 1035, 2.3.4).
const MOST_CHARACTERS: usize = 253;

/// Whether a text is a host with an optional port, so that nothing else gets into a link.
pub fn is_host(text: &str) -> bool {
    let (name, port) = parted(text);
    let port_is_right =
        port.is_none_or(|p| p.parse::<u16>().is_ok() && p.bytes().all(|b| b.is_ascii_digit()));
    let name_is_right = match name.strip_prefix('[') {
        Some(rest) => rest.strip_suffix(']').is_some_and(|a| a.parse::<Ipv6Addr>().is_ok()),
        None => is_name(name),
    };
    port_is_right && name_is_right
}

/// The host without its port.
pub fn without_port(host: &str) -> &str {
    parted(host).0
}

fn parted(text: &str) -> (&str, Option<&str>) {
    // The last colon of an IPv6 address without a port stands before its bracket.
    match text.rsplit_once(':') {
        Some((name, port)) if !port.ends_with(']') => (name, Some(port)),
        _ => (text, None),
    }
}

/// A DNS name or an IPv4 address. Underscores are no part of a host name, but occur in private networks.
fn is_name(text: &str) -> bool {
    let allowed = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_');
    let is_label = |label: &str| !label.is_empty() && label.bytes().all(allowed);
    let absolute = text.strip_suffix('.').unwrap_or(text);
    absolute.len() <= MOST_CHARACTERS && absolute.split('.').all(is_label)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_are_told_from_nonsense() {
        for host in [
            "a",
            "yizhan.example.cn",
            "yizhan.example.cn.",
            "127.0.0.1:8080",
            "[::1]",
            "[2001:db8::1]:443",
            "xn--fiq.cn",
        ] {
            assert!(is_host(host), "{host}");
        }
        let nonsense = [
            "",
            ":",
            ":80",
            "a:",
            "a:x",
            "a:65536",
            "a:+1",
            "a:1:2",
            "::1",
            "[",
            "[]",
            "[::1",
            "[x]",
            "a..b",
            ".a",
            "a b",
            "a/b",
            "a@b",
            "a\"b",
            "<a>",
            "驿站.cn",
            "a,b",
            "a?b",
        ];
        for text in nonsense {
            assert!(!is_host(text), "{text}");
        }
        assert!(!is_host(&"a".repeat(300)));
        assert_eq!(
            [without_port("a:1"), without_port("[::1]:1"), without_port("[::1]")],
            ["a", "[::1]", "[::1]"]
        );
    }
}
