//! What stands in a certificate.

use rustls::pki_types::CertificateDer;
use std::net::IpAddr;
use x509_parser::extensions::GeneralName;
use x509_parser::prelude::{FromDer, X509Certificate};

/// The longest name shown, in characters: names are written by strangers.
const SHOWN_MAX: usize = 200;

/// What a certificate says of itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Certificate {
    /// Whose it is.
    pub subject: String,
    /// Who signed it.
    pub issuer: String,
    /// Subject and issuer are the same.
    pub is_self_issued: bool,
    /// The names it is made out to; a wildcard stands as `*.example.com`.
    pub names: Vec<String>,
    /// The addresses it is made out to.
    pub addresses: Vec<IpAddr>,
    /// The common names of its subject: nobody looks at them any more.
    pub common_names: Vec<String>,
    /// From when it is valid, seconds since the epoch.
    pub begins: i64,
    /// Until when, seconds since the epoch.
    pub ends: i64,
}

impl Certificate {
    /// Reads a certificate; `None` when it cannot be read.
    pub fn read(der: &CertificateDer<'_>) -> Option<Self> {
        let (_, read) = X509Certificate::from_der(der).ok()?;
        let mut found = Self {
            subject: shown(&read.subject().to_string()),
            issuer: shown(&read.issuer().to_string()),
            is_self_issued: read.subject().as_raw() == read.issuer().as_raw(),
            begins: read.validity().not_before.timestamp(),
            ends: read.validity().not_after.timestamp(),
            ..Self::default()
        };
        let common = read.subject().iter_common_name();
        found
            .common_names
            .extend(common.filter_map(|name| name.as_str().ok()).map(shown));
        let names = read.subject_alternative_name().ok().flatten();
        for name in names.iter().flat_map(|names| &names.value.general_names) {
            match name {
                GeneralName::DNSName(name) => found.names.push(shown(name)),
                GeneralName::IPAddress(bytes) => found.addresses.extend(address(bytes)),
                _ => {}
            }
        }
        Some(found)
    }

    /// Everything it is made out to, as one line.
    pub fn made_out_to(&self) -> String {
        let addresses = self.addresses.iter().map(IpAddr::to_string);
        let all: Vec<String> = self
            .names
            .iter()
            .cloned()
            .chain(addresses)
            .take(20)
            .collect();
        all.join(", ")
    }
}

fn address(bytes: &[u8]) -> Option<IpAddr> {
    if let Ok(v4) = <[u8; 4]>::try_from(bytes) {
        return Some(v4.into());
    }
    <[u8; 16]>::try_from(bytes).ok().map(IpAddr::from)
}

/// Words of strangers on one line of bearable length, without signs that would change a terminal.
pub fn shown(words: &str) -> String {
    let plain = words.chars().map(|c| if is_hidden(c) { ' ' } else { c });
    let plain: String = plain.take(SHOWN_MAX).collect();
    plain.trim().to_owned()
}

/// Whether a sign moves the cursor, or turns the direction of what stands beside it.
fn is_hidden(sign: char) -> bool {
    let turns = ['\u{200e}', '\u{200f}', '\u{61c}'];
    let turns_more = '\u{202a}'..='\u{202e}';
    let turns_apart = '\u{2066}'..='\u{2069}';
    sign.is_control()
        || turns.contains(&sign)
        || turns_more.contains(&sign)
        || turns_apart.contains(&sign)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn names_and_dates_are_read() {
        let made = crate::calls::trunk::testing::Maker::new().sign(&[
            "sip.example.com",
            "*.example.org",
            "10.0.0.1",
        ]);
        let read = Certificate::read(&made.der).unwrap();
        assert_eq!(read.names, ["sip.example.com", "*.example.org"]);
        assert_eq!(
            read.made_out_to(),
            "sip.example.com, *.example.org, 10.0.0.1"
        );
        assert!(!read.is_self_issued && read.begins < read.ends);
        assert!(read.issuer.contains("THOTH test CA"), "{}", read.issuer);
    }

    #[test]
    fn no_name_turns_the_words_beside_it() {
        assert_eq!(shown("a\u{202e}b\u{1b}[2J\u{2066}"), "a b [2J");
    }

    proptest! {
        #[test]
        fn whatever_comes_is_read_or_not(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
            let _ = Certificate::read(&CertificateDer::from(bytes));
        }

        #[test]
        fn a_damaged_certificate_is_read_or_not(at in 0_usize..400, to in any::<u8>()) {
            let made = crate::calls::trunk::testing::Maker::new().sign(&["sip.example.com"]);
            let mut bytes = made.der.to_vec();
            if let Some(byte) = bytes.get_mut(at) {
                *byte = to;
            }
            let _ = Certificate::read(&CertificateDer::from(bytes));
        }

        #[test]
        fn shown_words_stay_on_their_line(words in any::<String>()) {
            let shown = shown(&words);
            prop_assert!(!shown.chars().any(is_hidden));
            prop_assert!(shown.chars().count() <= SHOWN_MAX);
        }
    }
}
