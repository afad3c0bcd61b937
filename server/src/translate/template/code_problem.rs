//! Why a text that is meant as a code is none, or points nowhere.

use super::code::Reference;
use crate::translate::Language;

/// What is wrong with a code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CodeProblem {
    /// Nothing says which language.
    NoLanguage {
        /// The template.
        name: String,
    },
    /// What stands in the language's place is none.
    Language {
        /// The template.
        name: String,
        /// What stands there.
        found: String,
    },
    /// A template cannot be called so.
    Name {
        /// What stands there.
        found: String,
    },
    /// The WABA has no such template.
    Unknown {
        /// What the code names.
        reference: Reference,
    },
    /// The WABA has the template, but not in this language.
    OtherLanguages {
        /// The template.
        name: String,
        /// The language asked for.
        language: String,
        /// Those it has.
        languages: Vec<String>,
    },
}

impl CodeProblem {
    /// What is wrong and what to do, for the operator.
    pub fn words(&self, language: Language) -> String {
        let russian = match language {
            Language::English => false,
            Language::Russian => true,
        };
        match self {
            Self::NoLanguage { name } if russian => {
                format!("После имени шаблона нужен язык, например так: template-{name}+ru.")
            }
            Self::NoLanguage { name } => format!(
                "The template's language is missing. Write it after the name, for example template-{name}+en_US."
            ),
            Self::Language { name, found } if russian => format!(
                "«{found}» – это не язык. Напишите его как в WhatsApp Manager, например template-{name}+ru, а значения – после следующего знака +."
            ),
            Self::Language { name, found } => format!(
                "“{found}” is not a language. Write it as WhatsApp Manager does, for example template-{name}+en_US, and the values after another +."
            ),
            Self::Name { found } if russian => format!(
                "Шаблон не может называться «{found}»: в имени бывают только строчные латинские буквы, цифры и знак подчёркивания."
            ),
            Self::Name { found } => format!(
                "A template cannot be called “{found}”: names have only small Latin letters, digits and underscores."
            ),
            Self::Unknown { reference } => unknown(reference, russian),
            Self::OtherLanguages {
                name,
                language,
                languages,
            } => {
                let list = languages.join(", ");
                if russian {
                    format!("У шаблона {name} нет языка {language}. Есть: {list}.")
                } else {
                    format!("The template {name} has no language {language}. It has: {list}.")
                }
            }
        }
    }
}

fn unknown(reference: &Reference, russian: bool) -> String {
    match reference {
        Reference::Named { name, language } if russian => {
            format!("Шаблона {name} ({language}) нет. Готовый код скопируйте со страницы шаблонов.")
        }
        Reference::Named { name, language } => format!(
            "There is no template {name} ({language}). Copy the ready code from the page with the templates."
        ),
        Reference::Id(id) if russian => {
            format!("Шаблона с номером {id} нет. Готовый код скопируйте со страницы шаблонов.")
        }
        Reference::Id(id) => format!(
            "There is no template with the id {id}. Copy the ready code from the page with the templates."
        ),
    }
}
