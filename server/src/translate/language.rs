//! The languages of what THOTH itself says in a chat.

/// The language an operator reads. Messages of customers are never translated, only what THOTH adds to them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Language {
    /// The default.
    #[default]
    English,
    /// For Russian-speaking portals.
    Russian,
}

impl Language {
    /// The language of a code such as `ru`, `ru-RU` or `en_US`; what we do not speak is English.
    pub fn of_code(code: &str) -> Self {
        let main = code.split(['-', '_']).next().unwrap_or_default();
        if main.eq_ignore_ascii_case("ru") {
            Self::Russian
        } else {
            Self::English
        }
    }

    /// The one of two texts that fits.
    pub(crate) fn pick<'a>(self, english: &'a str, russian: &'a str) -> &'a str {
        match self {
            Self::English => english,
            Self::Russian => russian,
        }
    }
}
