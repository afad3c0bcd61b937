//! Making words fit for a log.

use url::Url;

/// A phone number by its last four digits, enough to tell two apart.
pub fn mask_phone(phone: &str) -> String {
    let digits: Vec<char> = phone.chars().filter(char::is_ascii_digit).collect();
    let hidden = digits.len().saturating_sub(4);
    if hidden < 4 {
        return "****".to_owned();
    }
    let shown: String = digits.into_iter().skip(hidden).collect();
    format!("****{shown}")
}

/// An address without user, password, query and fragment, where keys and tokens travel.
pub fn mask_url(url: &Url) -> String {
    let host = url.host_str().unwrap_or("");
    match url.port() {
        Some(port) => format!("{}://{host}:{port}{}", url.scheme(), url.path()),
        None => format!("{}://{host}{}", url.scheme(), url.path()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_number_keeps_its_last_four_digits() {
        assert_eq!(mask_phone("+7 727 200-01-11"), "****0111");
        assert_eq!(mask_phone("12345"), "****");
        assert_eq!(mask_phone(""), "****");
    }

    #[test]
    fn an_address_loses_what_may_be_secret() {
        let url = Url::parse("https://me:pass@host:8443/api/waba/?api-key=XYZ#part").unwrap();
        assert_eq!(mask_url(&url), "https://host:8443/api/waba/");
    }

    proptest! {
        #[test]
        fn at_most_four_digits_are_shown(phone in "\\PC{0,30}") {
            let shown = mask_phone(&phone);
            prop_assert!(shown.chars().filter(char::is_ascii_digit).count() <= 4);
        }
    }
}
