//! E-mail addresses, the names people sign in with.

use super::AccountError;
use std::fmt;

/// An e-mail address in its normal form: without blanks around it, in lower case.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Email(String);

impl Email {
    /// Reads an address. Only what no address can lack is asked for: a name, one `@`, a domain.
    pub fn parse(words: &str) -> Result<Self, AccountError> {
        let email = words.trim().to_lowercase();
        let shaped = match email.split_once('@') {
            Some((name, domain)) => {
                !name.is_empty()
                    && !domain.is_empty()
                    && !domain.contains('@')
                    && !domain.starts_with('.')
                    && !domain.ends_with('.')
                    && !domain.contains("..")
            }
            None => false,
        };
        let plain = !email.chars().any(|c| c.is_whitespace() || c.is_control());
        if shaped && plain && email.len() <= 254 {
            Ok(Self(email))
        } else {
            Err(AccountError::EmailInvalid)
        }
    }

    /// The address.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Email {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn an_address_is_brought_to_its_normal_form() {
        let email = Email::parse("  Ann@Example.COM\n").unwrap();
        assert_eq!(email.as_str(), "ann@example.com");
        assert!(Email::parse("admin@localhost").is_ok());
    }

    #[test]
    fn what_is_no_address_is_refused() {
        for words in [
            "", "ann", "@", "ann@", "@host", "a b@host", "a@b@c", "a@.b", "a@b..c",
        ] {
            assert!(Email::parse(words).is_err(), "{words}");
        }
    }

    proptest! {
        #[test]
        fn the_normal_form_stays_what_it_is(words in "\\PC{0,12}@\\PC{0,12}") {
            if let Ok(email) = Email::parse(&words) {
                prop_assert_eq!(Email::parse(email.as_str()).unwrap(), email);
            }
        }
    }
}
