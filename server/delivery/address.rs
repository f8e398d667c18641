//! Which addresses of the network are nobody's on the internet.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// Whether an address belongs to this machine, to a private network or to no host at all (the special-purpose
/// registries of RFC 6890). An IPv4 address inside an IPv6 one counts as itself.
pub fn is_private(address: IpAddr) -> bool {
    match address.to_canonical() {
        IpAddr::V4(v4) => is_private_v4(v4),
        IpAddr::V6(v6) => embedded(v6).map_or_else(|| is_private_v6(v6), is_private_v4),
    }
}

fn is_private_v4(v4: Ipv4Addr) -> bool {
    let [a, b, c, _] = v4.octets();
    let special =
        matches!((a, b, c), (0 | 10 | 127 | 240.., ..) | (100, 64..128, _) | (192, 0, 0) | (198, 18..20, _));
    special
        || v4.is_private()
        || v4.is_link_local()
        || v4.is_multicast()
        || v4.is_documentation()
        || v4.is_broadcast()
}

fn is_private_v6(v6: Ipv6Addr) -> bool {
    // Only 2000::/3 is handed out; of it 2001:db8::/32 is for documents.
    let [first, second, ..] = v6.segments();
    first & 0xe000 != 0x2000 || (first == 0x2001 && second == 0xdb8)
}

/// The IPv4 address that a translator (64:ff9b::/96) or a relay (2002::/16) would reach.
fn embedded(v6: Ipv6Addr) -> Option<Ipv4Addr> {
    let v4 = |high: u16, low: u16| Ipv4Addr::from((u32::from(high) << 16) | u32::from(low));
    match v6.segments() {
        [0x64, 0xff9b, 0, 0, 0, 0, high, low] | [0x2002, high, low, ..] => Some(v4(high, low)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_on_the_internet_is_private() {
        for inside in [
            "127.0.0.1",
            "0.0.0.0",
            "10.1.2.3",
            "172.16.0.1",
            "192.168.1.1",
            "169.254.169.254",
            "100.64.0.1",
            "192.0.0.1",
            "192.0.2.1",
            "198.18.0.1",
            "224.0.0.1",
            "240.0.0.1",
            "255.255.255.255",
            "::1",
            "::",
            "fe80::1",
            "fd00::1",
            "ff02::1",
            "::ffff:127.0.0.1",
            "64:ff9b::7f00:1",
            "2002:7f00:1::",
            "2001:db8::1",
        ] {
            assert!(is_private(inside.parse().unwrap()), "{inside}");
        }
        for outside in
            ["8.8.8.8", "114.114.114.114", "172.32.0.1", "100.128.0.1", "240e::1", "64:ff9b::808:808"]
        {
            assert!(!is_private(outside.parse().unwrap()), "{outside}");
        }
    }
}
