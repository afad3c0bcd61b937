//! A server's name or address, as somebody typed it.

use std::fmt;
use std::net::IpAddr;

/// A name, in the letters DNS knows, or an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Host {
    /// A name without its last dot, small letters, international ones written as DNS does.
    Name(String),
    /// An address.
    Address(IpAddr),
}

/// What was typed is no host.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("this is neither a host name nor an address")]
pub struct NoHost;

impl Host {
    /// Reads what somebody typed: `sip.example.com`, `203.0.113.5`, `2001:db8::1` or `[2001:db8::1]`.
    pub fn parse(typed: &str) -> Result<Self, NoHost> {
        let typed = typed.trim();
        let bare = typed
            .strip_prefix('[')
            .and_then(|rest| rest.strip_suffix(']'));
        if let Ok(address) = bare.unwrap_or(typed).parse::<IpAddr>() {
            return Ok(Self::Address(address));
        }
        match url::Host::parse(typed).map_err(|_| NoHost)? {
            url::Host::Ipv4(address) => Ok(Self::Address(address.into())),
            url::Host::Ipv6(address) => Ok(Self::Address(address.into())),
            url::Host::Domain(name) => Self::of_name(&name),
        }
    }

    fn of_name(name: &str) -> Result<Self, NoHost> {
        let name = name.strip_suffix('.').unwrap_or(name).to_ascii_lowercase();
        let is_label = |label: &str| {
            (1..=63).contains(&label.len())
                && label
                    .bytes()
                    .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_')
                && !label.starts_with('-')
                && !label.ends_with('-')
        };
        if name.len() <= 253 && name.split('.').all(is_label) {
            Ok(Self::Name(name))
        } else {
            Err(NoHost)
        }
    }

    /// As SIP writes it: addresses of version 6 in brackets.
    pub fn in_sip(&self) -> String {
        match self {
            Self::Address(IpAddr::V6(address)) => format!("[{address}]"),
            Self::Name(_) | Self::Address(IpAddr::V4(_)) => self.to_string(),
        }
    }
}

impl fmt::Display for Host {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Name(name) => out.write_str(name),
            Self::Address(address) => address.fmt(out),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn names_and_addresses_are_told_apart() {
        let name = |text: &str| Ok(Host::Name(text.to_owned()));
        assert_eq!(Host::parse(" SIP.Example.COM. "), name("sip.example.com"));
        assert_eq!(Host::parse("тел.example"), name("xn--e1amt.example"));
        let address = |text: &str| Ok(Host::Address(text.parse().unwrap()));
        assert_eq!(Host::parse("203.0.113.5"), address("203.0.113.5"));
        assert_eq!(Host::parse("[2001:db8::1]"), address("2001:db8::1"));
        assert_eq!(Host::parse("2001:db8::1"), address("2001:db8::1"));
        assert_eq!(Host::parse("0x7f.1"), address("127.0.0.1"));
        for wrong in [
            "", ".", "a..b", "a b", "sip:x", "x:5061", "-a.b", "a/b", "x\r\ny",
        ] {
            assert_eq!(Host::parse(wrong), Err(NoHost), "{wrong}");
        }
    }

    proptest! {
        #[test]
        fn a_host_never_breaks_a_line(typed in any::<String>()) {
            if let Ok(host) = Host::parse(&typed) {
                let is_plain = |c: char| c.is_ascii_alphanumeric() || "-_.:[]".contains(c);
                prop_assert!(host.in_sip().chars().all(is_plain));
                prop_assert_eq!(Host::parse(&host.in_sip()), Ok(host));
            }
        }
    }
}
