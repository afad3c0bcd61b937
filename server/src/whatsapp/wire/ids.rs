//! Who a customer is to Meta: a phone-like id, a business-scoped id, or both.

use std::fmt;

/// The longest id taken; Meta's longest today is a business-scoped id of about 135 characters.
const ID_LENGTH_MAX: usize = 160;

/// A WhatsApp id: nearly always the digits of a phone number without `+`.
///
/// Not every one can be dialled (Brazil, Mexico, Argentina), so it is an opaque word; only the marks people
/// write between digits are taken out.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct WaId(String);

impl WaId {
    /// Reads `15550001111`, `+1 555 000 1111` and the like; `None` for an empty, endless or unprintable word.
    pub fn parse(raw: &str) -> Option<Self> {
        let word = raw.trim().trim_start_matches('+').trim();
        if word.is_empty()
            || word.chars().count() > ID_LENGTH_MAX
            || word.chars().any(|c| c.is_control() || c == '|')
        {
            return None;
        }
        let digits: String = word.chars().filter(char::is_ascii_digit).collect();
        let written_as_phone = word
            .chars()
            .all(|c| c.is_ascii_digit() || matches!(c, ' ' | '-' | '.' | '(' | ')'));
        let bare = if written_as_phone && !digits.is_empty() {
            digits
        } else {
            word.to_owned()
        };
        Some(Self(bare))
    }

    /// The id without `+`.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A business-scoped user id such as `KZ.2044819930011872345`, or its parent form `KZ.ENT.99`.
///
/// Compared whole and case-sensitively. Meta documents a country code, a dot and up to 128 letters and digits;
/// a few more marks are let through so that a small change on their side loses no message.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Bsuid(String);

impl Bsuid {
    /// `None` when the word has not the form of a business-scoped id.
    pub fn parse(raw: &str) -> Option<Self> {
        let word = raw.trim();
        let (country, rest) = word.split_once('.')?;
        let country_fits = country.len() == 2 && country.chars().all(|c| c.is_ascii_alphabetic());
        let body = rest.strip_prefix("ENT.").unwrap_or(rest);
        let body_fits = !body.is_empty()
            && body.len() <= 128
            && body
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.'));
        (country_fits && body_fits).then(|| Self(word.to_owned()))
    }

    /// The whole id, as Meta wrote it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// How a customer is reached: `to` with the number where there is one, else `recipient` with the scoped id (R5).
///
/// Its text form is what Bitrix24 is given as `user.id` and `chat.id`: the number with `+`, or the scoped id.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Peer {
    /// Known by number.
    Phone(WaId),
    /// Known by business-scoped id only.
    User(Bsuid),
}

impl Peer {
    /// Reads the text form back, as it comes in `chat.id` of an operator's message.
    ///
    /// Bare digits are taken for a number too: other programs wrote chats that way.
    pub fn parse(text: &str) -> Option<Self> {
        let word = text.trim();
        if let Some(user) = Bsuid::parse(word) {
            return Some(Self::User(user));
        }
        let is_number =
            word.starts_with('+') || (!word.is_empty() && word.chars().all(|c| c.is_ascii_digit()));
        if is_number {
            WaId::parse(word).map(Self::Phone)
        } else {
            None
        }
    }

    /// The number if there is one.
    pub fn phone(&self) -> Option<&WaId> {
        match self {
            Self::Phone(phone) => Some(phone),
            Self::User(_) => None,
        }
    }
}

impl fmt::Display for Peer {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Phone(phone) => write!(out, "+{}", phone.as_str()),
            Self::User(user) => out.write_str(user.as_str()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn numbers_lose_their_marks_and_odd_ids_stay_whole() {
        assert_eq!(
            WaId::parse("+1 (555) 000-1111").unwrap().as_str(),
            "15550001111"
        );
        assert_eq!(WaId::parse("CUSTOMER_1").unwrap().as_str(), "CUSTOMER_1");
        assert!(WaId::parse(" + ").is_none());
        assert!(WaId::parse("a|b").is_none());
    }

    #[test]
    fn scoped_ids_have_a_country_and_a_body() {
        assert!(Bsuid::parse("KZ.2044819930011872345").is_some());
        assert!(Bsuid::parse("KZ.ENT.9911").is_some());
        for wrong in [
            "KZ.",
            "KZX.1",
            "77015550101",
            "KZ.a b",
            "",
            "KZ.ENT.",
            "channel-1",
        ] {
            assert!(Bsuid::parse(wrong).is_none(), "{wrong}");
        }
        assert!(Bsuid::parse(&format!("KZ.{}", "a".repeat(129))).is_none());
    }

    #[test]
    fn a_chat_of_something_else_is_no_peer() {
        assert_eq!(Peer::parse("channel-123"), None);
        assert_eq!(Peer::parse(""), None);
        assert_eq!(Peer::parse("491700000000"), Peer::parse("+491700000000"));
    }

    proptest! {
        #[test]
        fn a_peer_survives_the_way_through_bitrix(digits in "[0-9]{5,15}", body in "[A-Za-z0-9]{1,128}") {
            let phone = Peer::Phone(WaId::parse(&digits).unwrap());
            prop_assert_eq!(Peer::parse(&phone.to_string()), Some(phone));
            let user = Peer::User(Bsuid::parse(&format!("DE.{body}")).unwrap());
            prop_assert_eq!(Peer::parse(&user.to_string()), Some(user));
        }
    }
}
