//! The shapes of single values. Each error ends the sentence `"value": ...`.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use url::{Host, Url};

/// The OAuth servers Bitrix24 has; a client secret is sent nowhere else.
/// Source: the REST documentation (oauth.bitrix24.tech) and the SDKs (oauth.bitrix.info).
const OAUTH_HOSTS: [&str; 2] = ["oauth.bitrix24.tech", "oauth.bitrix.info"];

/// The OAuth server of a portal when the file does not say.
pub(super) const OAUTH_DEFAULT: &str = "https://oauth.bitrix24.tech/rest/";

/// An id of somebody else's: visible characters, no blanks, 64 at most.
pub(super) fn foreign_id(words: &str) -> Result<String, String> {
    let visible = |c: char| !c.is_whitespace() && !c.is_control();
    if words.chars().count() <= 64 && words.chars().all(visible) {
        Ok(words.to_owned())
    } else {
        Err("an id has at most 64 characters and no blanks".to_owned())
    }
}

/// A name for people.
pub(super) fn name(words: &str) -> Result<String, String> {
    if words.chars().count() <= 200 && !words.chars().any(char::is_control) {
        Ok(words.to_owned())
    } else {
        Err("a name has at most 200 characters in one line".to_owned())
    }
}

/// A phone number in international form; blanks and dashes are taken out, the `+` is put in.
pub(super) fn phone(words: &str) -> Result<String, String> {
    let bare = words.strip_prefix('+').unwrap_or(words);
    let digits: String = bare.chars().filter(|c| !" -".contains(*c)).collect();
    let plain = digits.chars().all(|c| c.is_ascii_digit());
    if plain && (5..=15).contains(&digits.len()) && !digits.starts_with('0') {
        Ok(format!("+{digits}"))
    } else {
        Err("a phone number is written with its country, for example +7 727 200-01-11".to_owned())
    }
}

/// A connector's code in a portal.
pub(super) fn connector(words: &str) -> Result<String, String> {
    let code = words.to_ascii_lowercase();
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    if code.chars().all(plain) && code.len() <= 64 {
        Ok(code)
    } else {
        Err("a connector's code has only the letters a-z, digits and _".to_owned())
    }
}

/// `http` or `https`.
pub(super) fn protocol(words: &str, private: bool) -> Result<&'static str, String> {
    match words {
        "https" => Ok("https"),
        "http" if private => Ok("http"),
        "http" => Err(
            "plain http is only called with THOTH_ALLOW_PRIVATE_TARGETS=true; use https".to_owned(),
        ),
        _ => Err("should be https or http".to_owned()),
    }
}

/// A portal's host, with a port where it has one.
pub(super) fn domain(words: &str, private: bool) -> Result<String, String> {
    const SHAPE: &str = "should be a host alone, for example acme.bitrix24.com, \
                         without https:// and without a path";
    let lower = words.to_ascii_lowercase();
    let allowed = |c: char| c.is_ascii_alphanumeric() || ".-:[]".contains(c);
    if !lower.chars().all(allowed) {
        return Err(SHAPE.to_owned());
    }
    let url = Url::parse(&format!("https://{lower}/")).map_err(|_| SHAPE.to_owned())?;
    let host = url.host().ok_or_else(|| SHAPE.to_owned())?;
    if !private && is_private(&host) {
        return Err(
            "private and loopback addresses are only called with THOTH_ALLOW_PRIVATE_TARGETS=true"
                .to_owned(),
        );
    }
    match host {
        Host::Domain(name) if !private && !name.contains('.') => Err(SHAPE.to_owned()),
        Host::Domain(_) | Host::Ipv4(_) | Host::Ipv6(_) => Ok(lower),
    }
}

/// The OAuth server of a portal, one of those Bitrix24 has or the one configured for all.
pub(super) fn server_endpoint(
    words: &str,
    configured: Option<&Url>,
    private: bool,
) -> Result<Url, String> {
    let url = Url::parse(words)
        .map_err(|_| format!("should be an address, for example {OAUTH_DEFAULT}"))?;
    let ours = configured.is_some_and(|configured| configured.host() == url.host());
    let known = url
        .host_str()
        .is_some_and(|host| OAUTH_HOSTS.contains(&host));
    let sandbox = private && url.host().is_some_and(|host| is_private(&host));
    if !ours && !known && !sandbox {
        return Err(format!(
            "the OAuth server should be {}, or the host of THOTH_BITRIX_OAUTH_URL",
            OAUTH_HOSTS.join(" or ")
        ));
    }
    match url.scheme() {
        "https" => Ok(url),
        "http" if private => Ok(url),
        _ => Err("should start with https://".to_owned()),
    }
}

/// Addresses that are nobody's on the internet. The client looks again at what a name resolves to.
fn is_private(host: &Host<&str>) -> bool {
    let address = match host {
        Host::Domain(name) => return *name == "localhost" || name.ends_with(".localhost"),
        Host::Ipv4(address) => IpAddr::V4(*address),
        Host::Ipv6(address) => IpAddr::V6(*address),
    };
    match address.to_canonical() {
        IpAddr::V4(address) => private_v4(address),
        IpAddr::V6(address) => private_v6(address),
    }
}

fn private_v4(address: Ipv4Addr) -> bool {
    address.is_private()
        || address.is_loopback()
        || address.is_link_local()
        || address.is_unspecified()
        || address.is_broadcast()
}

fn private_v6(address: Ipv6Addr) -> bool {
    address.is_loopback()
        || address.is_unspecified()
        || address.is_unique_local()
        || address.is_unicast_link_local()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn numbers_are_brought_to_one_form() {
        for words in ["+7 727 200-01-11", "77272000111", "7-727-2000111"] {
            assert_eq!(phone(words).unwrap(), "+77272000111");
        }
        for words in [
            "",
            "+",
            "call me",
            "++77272000111",
            "0727200",
            "+1234567890123456",
        ] {
            assert!(phone(words).is_err(), "{words}");
        }
    }

    #[test]
    fn a_domain_is_a_public_host() {
        assert_eq!(
            domain("Acme.Bitrix24.com", false).unwrap(),
            "acme.bitrix24.com"
        );
        assert_eq!(
            domain("b24.acme.example:8443", false).unwrap(),
            "b24.acme.example:8443"
        );
        assert_eq!(domain("127.0.0.1:4012", true).unwrap(), "127.0.0.1:4012");
        for words in [
            "https://acme.bitrix24.com",
            "acme.bitrix24.com/rest",
            "acme",
            "localhost",
            "127.0.0.1:4012",
            "10.0.0.1",
            "2130706433",
            "[::1]",
            "[::ffff:10.0.0.1]",
            "me@acme.com",
            "acme.com:999999",
        ] {
            assert!(domain(words, false).is_err(), "{words}");
        }
    }

    #[test]
    fn client_secrets_go_to_known_servers_only() {
        assert!(server_endpoint(OAUTH_DEFAULT, None, false).is_ok());
        assert!(server_endpoint("https://oauth.bitrix.info/rest/", None, false).is_ok());
        assert!(server_endpoint("http://oauth.bitrix.info/rest/", None, false).is_err());
        assert!(server_endpoint("https://oauth.bitrix24.tech.evil.example/", None, true).is_err());
        let sandbox = Url::parse("http://127.0.0.1:4011").unwrap();
        let words = "http://127.0.0.1:4011/rest/";
        assert!(server_endpoint(words, Some(&sandbox), true).is_ok());
        assert!(server_endpoint(words, Some(&sandbox), false).is_err());
        assert!(server_endpoint(words, None, true).is_ok());
        assert!(server_endpoint(words, None, false).is_err());
    }

    proptest! {
        #[test]
        fn a_read_number_reads_the_same_again(words in "\\+?[0-9 -]{0,20}") {
            if let Ok(number) = phone(&words) {
                prop_assert_eq!(phone(&number).unwrap(), number);
            }
        }

        #[test]
        fn no_words_make_a_shape_panic(words in "\\PC{0,40}") {
            let _ = (domain(&words, false), connector(&words), foreign_id(&words), phone(&words));
        }
    }
}
