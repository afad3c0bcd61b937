//! A template code.

use std::fmt;

use super::arguments::Arguments;
use super::entries;
use super::language_code::language_code;
use crate::whatsapp::templates::Template;

/// Meta's ids have fifteen digits or more; a name of fewer digits is a name.
const ID_DIGITS_MIN: usize = 10;

/// Which template goes out, and with what in it. Its text is read by `read_code` and written by `Display`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Code {
    /// Which template.
    pub reference: Reference,
    /// With what.
    pub arguments: Arguments,
}

/// How a code names its template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reference {
    /// By name and language, as Meta writes them.
    Named {
        /// Small letters, digits, underscores.
        name: String,
        /// E.g. `en_US`.
        language: String,
    },
    /// By Meta's id, which is of one language.
    Id(String),
}

impl Code {
    /// The code of a template. By name, unless its name could be taken for an id.
    pub fn of(template: &Template, arguments: Arguments) -> Self {
        let id = template.id.clone().filter(|id| is_id(id));
        let reference = match id {
            Some(id) if is_id(&template.name) => Reference::Id(id),
            Some(_) | None => Reference::Named {
                name: template.name.clone(),
                language: language_code(&template.language)
                    .unwrap_or_else(|| template.language.clone()),
            },
        };
        Self {
            reference,
            arguments,
        }
    }
}

impl fmt::Display for Code {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.reference {
            Reference::Named { name, language } => write!(out, "template-{name}+{language}")?,
            Reference::Id(id) => write!(out, "template+{id}")?,
        }
        if self.arguments.entries.is_empty() {
            return Ok(());
        }
        write!(out, "+{}", entries::render(&self.arguments))
    }
}

/// Whether a text is one of Meta's ids.
pub(super) fn is_id(text: &str) -> bool {
    text.len() >= ID_DIGITS_MIN && text.bytes().all(|byte| byte.is_ascii_digit())
}
