//! The words of a code that mean a part of a template rather than a variable.

use std::fmt;

/// The most cards a carousel has.
const CARDS_MAX: u8 = 10;

/// A reserved word, of the template itself or of one card of its carousel: `file_link`, `card2.file_link`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Key {
    /// The card, from 1.
    pub card: Option<u8>,
    /// The word.
    pub word: Word,
}

/// The reserved words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Word {
    /// The variable of a text header.
    Header,
    /// The address of a header's file.
    FileLink,
    /// The name the customer sees on a document.
    FileName,
    /// What completes the address of a URL button; one for each such button, in order.
    ButtonParam,
    /// The code behind a copy button.
    CopyCode,
    /// What a quick reply sends back; one for each, in order.
    Payload,
    /// `latitude,longitude,name,address` of a location header.
    Location,
    /// What a form sends back with the answers.
    FlowToken,
    /// When an offer ends.
    OfferUntil,
    /// A variable of a card's text, in order. Only of cards.
    Body,
}

impl Word {
    /// All of them.
    pub const ALL: [Self; 10] = [
        Self::Header,
        Self::FileLink,
        Self::FileName,
        Self::ButtonParam,
        Self::CopyCode,
        Self::Payload,
        Self::Location,
        Self::FlowToken,
        Self::OfferUntil,
        Self::Body,
    ];

    /// As it is written.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Header => "header",
            Self::FileLink => "file_link",
            Self::FileName => "file_name",
            Self::ButtonParam => "button_param",
            Self::CopyCode => "copy_code",
            Self::Payload => "payload",
            Self::Location => "location",
            Self::FlowToken => "flow_token",
            Self::OfferUntil => "offer_until",
            Self::Body => "body",
        }
    }

    /// Whether a card has it, and whether the template itself has it.
    fn fits(self, card: bool) -> bool {
        match self {
            Self::FileLink | Self::ButtonParam | Self::Payload => true,
            Self::Body => card,
            Self::Header
            | Self::FileName
            | Self::CopyCode
            | Self::Location
            | Self::FlowToken
            | Self::OfferUntil => !card,
        }
    }
}

impl Key {
    /// The word of the template itself.
    pub const fn of(word: Word) -> Self {
        Self { card: None, word }
    }

    /// The word of a card, or of the template itself.
    pub const fn at(card: Option<u8>, word: Word) -> Self {
        Self { card, word }
    }

    /// Reads a key as it is written.
    pub fn parse(text: &str) -> Option<Self> {
        let (card, text) = match text
            .strip_prefix("card")
            .and_then(|rest| rest.split_once('.'))
        {
            Some((number, text)) if number.bytes().all(|byte| byte.is_ascii_digit()) => {
                let number = number.parse().ok()?;
                ((1..=CARDS_MAX).contains(&number).then_some(number)?, text)
            }
            Some(_) => return None,
            None => {
                let word = Self::word(text, false)?;
                return Some(Self::of(word));
            }
        };
        let word = Self::word(text, true)?;
        Some(Self::at(Some(card), word))
    }

    fn word(text: &str, card: bool) -> Option<Word> {
        let mut words = Word::ALL.into_iter();
        words.find(|word| word.as_str() == text && word.fits(card))
    }

    /// Whether a text begins with a key and its colon.
    pub(super) fn begins(text: &str) -> bool {
        text.split_once(':')
            .is_some_and(|(key, _)| Self::parse(key).is_some())
    }
}

impl fmt::Display for Key {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(card) = self.card {
            write!(out, "card{card}.")?;
        }
        out.write_str(self.word.as_str())
    }
}

/// Whether a text can be the name of a variable, as Meta allows them: small Latin letters, digits, underscores.
/// One that begins with a digit is a text: `10:30`.
pub(super) fn is_variable_name(text: &str) -> bool {
    let fits = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
    text.bytes().all(fits)
        && text
            .bytes()
            .next()
            .is_some_and(|byte| !byte.is_ascii_digit())
}
