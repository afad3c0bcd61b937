//! Why a template cannot be read.

use crate::translate::Language;

/// What is missing. Such a template is kept raw, counted and named, but never sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unreadable {
    /// It is no JSON object.
    NotAnObject,
    /// Nothing says what it is called.
    NoName,
    /// Nothing says which language it is in.
    NoLanguage,
    /// Its parts are no list.
    PartsNotAList,
    /// A body has no text, and it is no authentication template, whose text is Meta's own.
    BodyWithoutText,
    /// A header of text has none.
    HeaderWithoutText,
}

impl Unreadable {
    /// The reason as a sentence for people.
    pub fn words(self, language: Language) -> &'static str {
        let (english, russian) = match self {
            Self::NotAnObject => (
                "Meta's answer is no template.",
                "В ответе Meta нет шаблона.",
            ),
            Self::NoName => ("It has no name.", "У шаблона нет имени."),
            Self::NoLanguage => ("It has no language.", "У шаблона не указан язык."),
            Self::PartsNotAList => (
                "Its parts are not a list.",
                "Части шаблона переданы не списком.",
            ),
            Self::BodyWithoutText => ("Its body has no text.", "В теле шаблона нет текста."),
            Self::HeaderWithoutText => {
                ("Its header has no text.", "В заголовке шаблона нет текста.")
            }
        };
        language.pick(english, russian)
    }
}

impl std::fmt::Display for Unreadable {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str(self.words(Language::English))
    }
}

impl std::error::Error for Unreadable {}
