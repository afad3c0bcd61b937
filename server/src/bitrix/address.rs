//! Where a portal answers: protocol and domain, which change, while its member id stays.

use std::fmt;

use url::Url;

/// How a portal is called.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Protocol {
    /// What every real portal uses.
    Https,
    /// Only where private targets are allowed.
    Http,
}

impl Protocol {
    /// `https` or `http`, as in an address.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Https => "https",
            Self::Http => "http",
        }
    }
}

/// The words do not make a portal's address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoAddress {
    /// Neither `https` nor `http`, in words or in Bitrix24's `1` and `0`.
    #[error("the protocol is neither https nor http")]
    Protocol,
    /// More than a host and a port, or less.
    #[error("the domain is not a host name with an optional port")]
    Domain,
}

/// A portal's protocol and domain (with the port, where there is one).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct PortalAddress {
    protocol: Protocol,
    domain: String,
}

impl PortalAddress {
    /// Reads `https` and `acme.bitrix24.com`; `1` and `0` stand for the protocols as in Bitrix24's pages.
    pub fn parse(protocol: &str, domain: &str) -> Result<Self, NoAddress> {
        let protocol = match protocol.trim().to_ascii_lowercase().trim_end_matches("://") {
            "https" | "1" => Protocol::Https,
            "http" | "0" => Protocol::Http,
            _ => return Err(NoAddress::Protocol),
        };
        let domain = domain.trim();
        let url = Url::parse(&format!("{}://{domain}/", protocol.as_str()))
            .map_err(|_| NoAddress::Domain)?;
        let is_bare = url.path() == "/" && url.query().is_none() && url.fragment().is_none();
        if !is_bare || domain.contains(['@', '/', '\\', '?', '#']) {
            return Err(NoAddress::Domain);
        }
        Self::of_url(&url)
    }

    /// Takes the address out of a `client_endpoint` such as `https://acme.bitrix24.com/rest/`.
    pub fn of_endpoint(endpoint: &str) -> Result<Self, NoAddress> {
        let url = Url::parse(endpoint.trim()).map_err(|_| NoAddress::Domain)?;
        Self::of_url(&url)
    }

    /// The protocol, host and port of any address on the portal.
    pub(super) fn of_url(url: &Url) -> Result<Self, NoAddress> {
        let protocol = match url.scheme() {
            "https" => Protocol::Https,
            "http" => Protocol::Http,
            _ => return Err(NoAddress::Protocol),
        };
        let host = url
            .host_str()
            .filter(|host| !host.is_empty())
            .ok_or(NoAddress::Domain)?;
        if !url.username().is_empty() || url.password().is_some() {
            return Err(NoAddress::Domain);
        }
        let domain = url
            .port()
            .map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"));
        Ok(Self { protocol, domain })
    }

    /// The protocol.
    pub fn protocol(&self) -> Protocol {
        self.protocol
    }

    /// Host, and port where it is not the protocol's own.
    pub fn domain(&self) -> &str {
        &self.domain
    }

    /// The address of a REST method; `None` when the name is no method's.
    pub fn method_url(&self, method: &str) -> Option<Url> {
        let fits = !method.is_empty()
            && method
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '_'))
            && !method.starts_with('.');
        let text = format!("{}://{}/rest/{method}", self.protocol.as_str(), self.domain);
        fits.then(|| Url::parse(&text).ok()).flatten()
    }
}

impl fmt::Display for PortalAddress {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}://{}", self.protocol.as_str(), self.domain)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_a_protocol_and_a_host() {
        let address = PortalAddress::parse("1", "ACME.bitrix24.com").unwrap();
        assert_eq!(address.to_string(), "https://acme.bitrix24.com");
        assert_eq!(
            address.method_url("imconnector.status").unwrap().as_str(),
            "https://acme.bitrix24.com/rest/imconnector.status"
        );
        assert_eq!(
            PortalAddress::parse("http", "127.0.0.1:4012")
                .unwrap()
                .domain(),
            "127.0.0.1:4012"
        );
        assert_eq!(
            PortalAddress::of_endpoint("https://acme.bitrix24.com/rest/").unwrap(),
            address
        );
        assert_eq!(address.method_url("../x"), None);
        assert_eq!(address.method_url("a/b"), None);
    }

    #[test]
    fn anything_more_is_refused() {
        for domain in [
            "",
            "a.com/x",
            "u@a.com",
            "a.com?x",
            "a.com#x",
            "a b",
            "https://a.com",
        ] {
            assert_eq!(
                PortalAddress::parse("https", domain),
                Err(NoAddress::Domain),
                "{domain}"
            );
        }
        assert_eq!(
            PortalAddress::parse("ftp", "a.com"),
            Err(NoAddress::Protocol)
        );
    }
}
