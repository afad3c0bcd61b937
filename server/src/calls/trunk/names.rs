//! Whether a certificate is made out to a server, by the rules of RFC 6125: a wildcard stands for exactly one
//! label, the first, and common names do not count.

use super::certificate::Certificate;
use super::host::Host;
use super::{Code, Step, StepName};

/// Judges the names of a certificate.
pub fn judge(host: &Host, certificate: &Certificate) -> Step {
    let step = |code, detail: String| {
        Step::new(StepName::Name, code, detail)
            .arg("host", host)
            .arg("names", certificate.made_out_to())
    };
    let made_out_to = match certificate.made_out_to() {
        names if names.is_empty() => "nobody: it has no subject alternative names".to_owned(),
        names => names,
    };
    let by = match host {
        Host::Name(name) => certificate
            .names
            .iter()
            .find(|pattern| covers(pattern, name))
            .cloned(),
        Host::Address(address) => {
            let found = certificate.addresses.iter().find(|known| *known == address);
            found.map(ToString::to_string)
        }
    };
    if let Some(by) = by {
        let words = if by.starts_with('*') {
            "the wildcard "
        } else {
            ""
        };
        let detail = format!("{host} is covered by {words}{by}; made out to {made_out_to}");
        return step(Code::NameCovered, detail);
    }
    let mut common = certificate.common_names.iter();
    let is_common = common.any(|pattern| covers(pattern, &host.to_string()));
    if is_common && certificate.names.is_empty() {
        let detail = format!("{host} stands in the common name only, where nobody looks any more");
        return step(Code::NameCommonOnly, detail);
    }
    step(
        Code::NameOther,
        format!("{host} is not covered; made out to {made_out_to}"),
    )
}

/// Whether a name of a certificate covers a host name.
fn covers(pattern: &str, name: &str) -> bool {
    let pattern = pattern.strip_suffix('.').unwrap_or(pattern);
    match pattern.strip_prefix("*.") {
        // A wildcard over a whole top level is nobody's.
        Some(parent) => {
            let is_narrow = parent.contains('.') && !parent.contains('*');
            let rest = name.split_once('.');
            is_narrow
                && rest.is_some_and(|(label, rest)| {
                    !label.is_empty() && rest.eq_ignore_ascii_case(parent)
                })
        }
        None => !pattern.contains('*') && pattern.eq_ignore_ascii_case(name),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_wildcard_stands_for_one_label() {
        assert!(covers("sip.example.com", "sip.example.com"));
        assert!(covers("SIP.example.com.", "sip.example.com"));
        assert!(covers("*.example.com", "sip.example.com"));
        for (pattern, name) in [
            ("*.example.com", "example.com"),
            ("*.example.com", "a.sip.example.com"),
            ("s*.example.com", "sip.example.com"),
            ("*.com", "example.com"),
            ("*", "localhost"),
            ("*.*.com", "sip.example.com"),
            ("other.example.com", "sip.example.com"),
            ("", ""),
        ] {
            let is_empty = pattern.is_empty();
            assert!(is_empty || !covers(pattern, name), "{pattern} {name}");
        }
    }

    #[test]
    fn common_names_do_not_count() {
        let host = Host::parse("sip.example.com").unwrap();
        let mut certificate = Certificate {
            common_names: vec!["sip.example.com".to_owned()],
            ..Certificate::default()
        };
        assert_eq!(judge(&host, &certificate).code, Code::NameCommonOnly);
        certificate.names.push("www.example.com".to_owned());
        assert_eq!(judge(&host, &certificate).code, Code::NameOther);
        certificate.names.push("*.example.com".to_owned());
        assert_eq!(judge(&host, &certificate).code, Code::NameCovered);
    }

    #[test]
    fn addresses_are_compared_with_addresses() {
        let certificate = Certificate {
            addresses: vec!["127.0.0.1".parse().unwrap()],
            ..Certificate::default()
        };
        let code = |host| judge(&Host::parse(host).unwrap(), &certificate).code;
        assert_eq!(code("127.0.0.1"), Code::NameCovered);
        assert_eq!(code("127.0.0.2"), Code::NameOther);
    }

    proptest! {
        #[test]
        fn a_wildcard_never_reaches_deeper(labels in proptest::collection::vec("[a-z]{1,5}", 1..6)) {
            let name = labels.join(".");
            let is_one_below = labels.len() == 3 && labels[1..] == ["example", "com"];
            prop_assert_eq!(covers("*.example.com", &name), is_one_below);
        }

        #[test]
        fn whatever_stands_there_is_compared(pattern in any::<String>(), name in any::<String>()) {
            let _ = covers(&pattern, &name);
        }
    }
}
