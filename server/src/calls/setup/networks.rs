//! Where Meta's calls come from.

use std::fmt;
use std::net::Ipv4Addr;

/// An IPv4 network; printed as `31.13.24.0/21`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Network {
    address: Ipv4Addr,
    /// Bits, 0..=32.
    length: u8,
}

impl fmt::Display for Network {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.address, self.length)
    }
}

const fn network(a: u8, b: u8, c: u8, d: u8, length: u8) -> Network {
    Network {
        address: Ipv4Addr::new(a, b, c, d),
        length,
    }
}

/// When Meta published the list.
pub const META_NETWORKS_DATE: &str = "December 2024";

/// The IPv4 networks of AS32934, as the questions and answers of WhatsApp calling list them (11 December 2024, from RADB):
/// developers.facebook.com/documentation/business-messaging/whatsapp/calling. Meta changes them without notice, so no
/// file relies on them alone. IPv6 is left out: the files listen on IPv4.
pub const META_NETWORKS: [Network; 23] = [
    network(31, 13, 24, 0, 21),
    network(31, 13, 64, 0, 18),
    network(45, 64, 40, 0, 22),
    network(57, 141, 0, 0, 21),
    network(57, 141, 8, 0, 22),
    network(57, 141, 12, 0, 23),
    network(57, 144, 0, 0, 14),
    network(66, 220, 144, 0, 20),
    network(69, 63, 176, 0, 20),
    network(69, 171, 224, 0, 19),
    network(74, 119, 76, 0, 22),
    network(102, 132, 96, 0, 20),
    network(103, 4, 96, 0, 22),
    network(129, 134, 0, 0, 16),
    network(147, 75, 208, 0, 20),
    network(157, 240, 0, 0, 16),
    network(163, 70, 128, 0, 17),
    network(163, 77, 128, 0, 17),
    network(173, 252, 64, 0, 18),
    network(179, 60, 192, 0, 22),
    network(185, 60, 216, 0, 22),
    network(185, 89, 216, 0, 22),
    network(204, 15, 20, 0, 22),
];
