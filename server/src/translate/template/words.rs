//! What does not fit, said to the operator together with the code as it should be.

use super::fill_problem::FillProblem;
use super::key::{Key, Word};
use super::signature::signature;
use crate::translate::Language;
use crate::whatsapp::templates::{Header, MediaKind, Template};

impl FillProblem {
    /// What is wrong and how the code of this template is written.
    pub fn words(&self, language: Language, template: &Template) -> String {
        let said = match language {
            Language::English => self.english(template),
            Language::Russian => self.russian(template),
        };
        match self {
            // Another code would not help.
            Self::NotApproved { .. } | Self::CannotSend { .. } => said,
            Self::Count { .. }
            | Self::NamesNeeded
            | Self::MissingNames { .. }
            | Self::UnknownName { .. }
            | Self::NameTwice { .. }
            | Self::Missing { .. }
            | Self::NotWanted { .. }
            | Self::Twice { .. }
            | Self::Empty { .. }
            | Self::Malformed { .. } => {
                let lead = language.pick("Write it so:", "Напишите так:");
                format!("{said} {lead} {}", signature(template))
            }
        }
    }

    fn english(&self, template: &Template) -> String {
        let name = format!("{} ({})", template.name, template.language);
        match self {
            Self::NotApproved { status } if status.is_empty() => {
                format!("Meta has not approved the template {name}, and sends approved ones only.")
            }
            Self::NotApproved { status } => format!(
                "The template {name} cannot be sent now: its state at Meta is {status}, and only approved ones are sent."
            ),
            Self::Count { key, wanted, given } => {
                let what = key.map_or_else(|| "values".to_owned(), |key| key.to_string());
                format!("The template {name} takes {what}: {wanted}, the code has: {given}.")
            }
            Self::NamesNeeded => format!(
                "The variables of the template {name} have names: write name:value for each."
            ),
            Self::MissingNames { names } => {
                format!("The template {name} also needs: {}.", names.join(", "))
            }
            Self::UnknownName { name: unknown } => format!(
                "The template {name} has no variable {unknown}. Put \\ before a colon that belongs to the text."
            ),
            Self::NameTwice { name } => format!("The variable {name} has two values."),
            Self::Missing { key } => {
                format!(
                    "The template {name} needs {}: add {key}:…",
                    needed(key, template).0
                )
            }
            Self::NotWanted { key } => format!("The template {name} takes no {key}."),
            Self::Twice { key } => format!("The code has {key} twice."),
            Self::Empty { what } => format!("The value for {what} is empty; Meta takes none."),
            Self::Malformed { key, found } => {
                format!(
                    "“{found}” is not right for {key}: it takes {}.",
                    shape(key.word).0
                )
            }
            Self::CannotSend { part } => format!(
                "The template {name} has a part ({part}) that needs more than a code can say. Choose another template."
            ),
        }
    }

    fn russian(&self, template: &Template) -> String {
        let name = format!("{} ({})", template.name, template.language);
        match self {
            Self::NotApproved { status } if status.is_empty() => {
                format!("Шаблон {name} не одобрен, а Meta отправляет только одобренные.")
            }
            Self::NotApproved { status } => format!(
                "Шаблон {name} сейчас не отправить: его состояние в Meta – {status}, а отправляются только одобренные."
            ),
            Self::Count { key, wanted, given } => {
                let what = key.map_or_else(|| "значений".to_owned(), |key| key.to_string());
                format!("Шаблону {name} нужно {what}: {wanted}, в коде: {given}.")
            }
            Self::NamesNeeded => {
                format!("У переменных шаблона {name} есть имена: каждую пишите как имя:значение.")
            }
            Self::MissingNames { names } => {
                format!("Шаблону {name} не хватает: {}.", names.join(", "))
            }
            Self::UnknownName { name: unknown } => format!(
                "В шаблоне {name} нет переменной {unknown}. Перед двоеточием, которое относится к тексту, поставьте \\."
            ),
            Self::NameTwice { name } => format!("Переменной {name} дано два значения."),
            Self::Missing { key } => {
                format!(
                    "Шаблону {name} {}: добавьте {key}:…",
                    needed(key, template).1
                )
            }
            Self::NotWanted { key } => format!("Шаблону {name} не нужен параметр {key}."),
            Self::Twice { key } => format!("Параметр {key} указан дважды."),
            Self::Empty { what } => {
                format!("Значение для {what} пустое, а Meta пустых не принимает.")
            }
            Self::Malformed { key, found } => {
                format!(
                    "«{found}» не подходит для {key}: нужно {}.",
                    shape(key.word).1
                )
            }
            Self::CannotSend { part } => format!(
                "В шаблоне {name} есть часть ({part}), которую нельзя заполнить из кода. Выберите другой шаблон."
            ),
        }
    }
}

/// What is missing, after `needs` and after `Шаблону …`.
fn needed(key: &Key, template: &Template) -> (&'static str, &'static str) {
    let kind = match template.header() {
        Some(Header::Media { kind, .. }) if key.card.is_none() => Some(*kind),
        Some(_) | None => None,
    };
    match (key.word, kind) {
        (Word::FileLink, Some(MediaKind::Image)) => ("a picture", "нужна картинка"),
        (Word::FileLink, Some(MediaKind::Video)) => ("a video", "нужно видео"),
        (Word::FileLink, Some(MediaKind::Document)) => ("a document", "нужен документ"),
        (Word::FileLink, None) => ("a file for each card", "нужен файл для каждой карточки"),
        (Word::FileName, _) => ("a file name", "нужно имя файла"),
        (Word::Header, _) => ("a value for its header", "нужно значение для заголовка"),
        (Word::ButtonParam, _) => (
            "the end of a button's address",
            "нужно окончание адреса кнопки",
        ),
        (Word::CopyCode, _) => ("a code to copy", "нужен код для копирования"),
        (Word::Payload, _) => ("a payload", "нужны данные кнопки"),
        (Word::Location, _) => ("a place", "нужно место на карте"),
        (Word::FlowToken, _) => ("a form token", "нужен токен формы"),
        (Word::OfferUntil, _) => ("the end of the offer", "нужен срок предложения"),
        (Word::Body, _) => ("a value for a card", "нужно значение для карточки"),
    }
}

/// What a part takes, after `it takes` and after `нужно`.
fn shape(word: Word) -> (&'static str, &'static str) {
    match word {
        Word::FileLink => (
            "an address that begins with https:// and that everybody can open",
            "указать адрес, который начинается с https:// и открывается у всех",
        ),
        Word::Location => (
            "latitude,longitude,name,address, for example 43.238949,76.889709,Office,Abay 10",
            "написать широту,долготу,название,адрес, например 43.238949,76.889709,Офис,Абая 10",
        ),
        Word::OfferUntil => (
            "a day and a time, for example 2030-12-31 18:00",
            "указать день и время, например 2030-12-31 18:00",
        ),
        Word::CopyCode => ("20 characters at most", "не больше 20 знаков"),
        Word::Header
        | Word::FileName
        | Word::ButtonParam
        | Word::Payload
        | Word::FlowToken
        | Word::Body => ("a short text", "написать короткий текст"),
    }
}
