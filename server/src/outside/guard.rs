//! The guard at the way out: which addresses may be called at all.

use std::net::{IpAddr, SocketAddr};

use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use url::{Host, Url};

use super::addresses::is_public;

/// Why an address is not called. The words hold no address: they may be shown and logged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Forbidden {
    /// Plain http, or something that is no web address.
    #[error("only https addresses are called")]
    Scheme,
    /// No host in it.
    #[error("the address names no host")]
    NoHost,
    /// A user name or password in it.
    #[error("the address carries a user name or a password")]
    Credentials,
    /// A private, loopback or otherwise local address, written so or found by its name.
    #[error("private and local addresses are not called")]
    Private,
}

/// Checks an address before it is called. Names are checked again when they are resolved.
///
/// With `allow_private` (development, tests) plain http and local addresses pass.
pub fn check(url: &Url, allow_private: bool) -> Result<(), Forbidden> {
    match url.scheme() {
        "https" => {}
        "http" if allow_private => {}
        _ => return Err(Forbidden::Scheme),
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(Forbidden::Credentials);
    }
    let host = url.host().ok_or(Forbidden::NoHost)?;
    let is_local = match host {
        Host::Ipv4(address) => !is_public(IpAddr::V4(address)),
        Host::Ipv6(address) => !is_public(IpAddr::V6(address)),
        Host::Domain(name) => is_local_name(name),
    };
    if is_local && !allow_private {
        Err(Forbidden::Private)
    } else {
        Ok(())
    }
}

fn is_local_name(name: &str) -> bool {
    let name = name.trim_end_matches('.').to_ascii_lowercase();
    name.is_empty() || name == "localhost" || name.ends_with(".localhost")
}

/// Resolves names with the system's resolver and leaves out addresses that may not be called, so that a name
/// that points inside is as forbidden as the address itself.
pub(super) struct PublicOnly;

impl Resolve for PublicOnly {
    fn resolve(&self, name: Name) -> Resolving {
        Box::pin(async move {
            let found = tokio::net::lookup_host((name.as_str(), 0)).await?;
            let public: Vec<SocketAddr> = found.filter(|address| is_public(address.ip())).collect();
            if public.is_empty() {
                return Err(Forbidden::Private.into());
            }
            Ok(Box::new(public.into_iter()) as Addrs)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn verdict(text: &str) -> Result<(), Forbidden> {
        check(&text.parse().unwrap(), false)
    }

    #[test]
    fn only_public_https_is_called() {
        assert_eq!(verdict("https://graph.facebook.com/v25.0/1"), Ok(()));
        assert_eq!(
            verdict("http://graph.facebook.com/"),
            Err(Forbidden::Scheme)
        );
        assert_eq!(verdict("ftp://x/"), Err(Forbidden::Scheme));
        assert_eq!(verdict("https://u:p@x.com/"), Err(Forbidden::Credentials));
        for inside in [
            "https://127.0.0.1/",
            "https://2130706433/",
            "https://0x7f.1/",
            "https://[::1]/",
            "https://[::ffff:10.0.0.1]/",
            "https://localhost./",
            "https://a.LOCALHOST/",
            "https://169.254.169.254/",
        ] {
            assert_eq!(verdict(inside), Err(Forbidden::Private), "{inside}");
        }
    }

    #[test]
    fn development_may_call_itself() {
        assert_eq!(
            check(&"http://127.0.0.1:4010/x".parse().unwrap(), true),
            Ok(())
        );
        assert_eq!(
            check(&"file:///etc/passwd".parse().unwrap(), true),
            Err(Forbidden::Scheme)
        );
    }

    #[tokio::test]
    async fn a_name_that_points_inside_has_no_address() {
        let name: Name = "localhost".parse().unwrap();
        assert!(PublicOnly.resolve(name).await.is_err());
    }
}
