//! What a text written for a customer becomes: words, a template, or a refusal that says how it is written right.
//! Operators' messages and SMS come through here alike. Nothing of it asks Meta.

use super::compose_interactive::interactive_in_txn;
use crate::outbox::CustomerContent;
use crate::store::entities::{phone, template};
use crate::store::{StoreError, Txn};
use crate::translate::template::{
    Arguments, Code, CodeFrom, CodeProblem, Entry, Key, Reference, Word, fill, read_code,
};
use crate::translate::{Language, TEXT_LENGTH_MAX, split_text};
use crate::whatsapp::templates::{Header, MediaKind, Template};
use serde_json::Value;

/// What somebody wrote, and for whom.
pub struct Draft<'a> {
    /// The business number it goes out from.
    pub phone: &'a phone::Model,
    /// What the customer reads when it is no code: WhatsApp's markup.
    pub text: &'a str,
    /// Where a code is looked for: the same without the operator's name.
    pub typed: &'a str,
    /// Who writes; the SMS field and robots may leave out a code's first word.
    pub from: CodeFrom,
    /// The language of a refusal.
    pub language: Language,
    /// A file beside the text.
    pub file: Option<Attached<'a>>,
}

/// A file beside a text.
#[derive(Clone, Copy, Debug)]
pub struct Attached<'a> {
    /// Where Meta can fetch it.
    pub link: &'a str,
    /// What it is called.
    pub name: Option<&'a str>,
}

/// What it became.
#[derive(Clone, Debug, PartialEq)]
pub enum Composed {
    /// Words, in as many messages as they need.
    Text(Vec<String>),
    /// A template or an interactive message.
    Content {
        /// As Meta takes it.
        content: CustomerContent,
        /// What the customer reads.
        text: String,
        /// The file is in it.
        has_file: bool,
    },
    /// A code that cannot be sent; why, and how it is written right.
    Refused(String),
}

/// Makes of a draft what is to be sent.
pub async fn compose_in_txn(txn: &Txn, draft: &Draft<'_>) -> Result<Composed, StoreError> {
    match read_code(draft.typed, draft.from) {
        None => {
            let interactive = interactive_in_txn(txn, draft).await?;
            let words = || Composed::Text(split_text(draft.text, TEXT_LENGTH_MAX));
            Ok(interactive.unwrap_or_else(words))
        }
        Some(Err(problem)) => Ok(Composed::Refused(problem.words(draft.language))),
        Some(Ok(code)) => of_code(txn, draft, code).await,
    }
}

async fn of_code(txn: &Txn, draft: &Draft<'_>, code: Code) -> Result<Composed, StoreError> {
    let language = draft.language;
    let row = match find(txn, draft.phone, code.reference).await? {
        Ok(row) => row,
        Err(problem) => return Ok(Composed::Refused(problem.words(language))),
    };
    if row.hidden {
        return Ok(Composed::Refused(hidden(&row, language)));
    }
    Ok(match template_of(&row) {
        Ok(template) => filled(&template, code.arguments, draft),
        Err(reason) => Composed::Refused(unreadable(&row, &reason, language)),
    })
}

/// The template a code names, among those of the phone's WABA.
async fn find(
    txn: &Txn,
    phone: &phone::Model,
    reference: Reference,
) -> Result<Result<template::Model, CodeProblem>, StoreError> {
    let waba = phone.waba_id;
    let found = match &reference {
        Reference::Named { name, language } => {
            txn.template_by_name_in_txn(waba, name, language).await?
        }
        Reference::Id(id) => txn.template_by_meta_id_in_txn(waba, id).await?,
    };
    if let Some(found) = found {
        return Ok(Ok(found));
    }
    let Reference::Named { name, language } = reference else {
        return Ok(Err(CodeProblem::Unknown { reference }));
    };
    let languages = txn.template_languages_in_txn(waba, &name).await?;
    Ok(Err(if languages.is_empty() {
        let reference = Reference::Named { name, language };
        CodeProblem::Unknown { reference }
    } else {
        CodeProblem::OtherLanguages {
            name,
            language,
            languages,
        }
    }))
}

/// The template in a row. What webhooks have said since it was read counts more than what was read.
pub(super) fn template_of(row: &template::Model) -> Result<Template, String> {
    let raw: Value = serde_json::from_str(&row.raw).map_err(|error| error.to_string())?;
    let mut template = Template::read(&raw).map_err(|why| why.to_string())?;
    template.status.clone_from(&row.status);
    template.category.clone_from(&row.category);
    Ok(template)
}

/// The template with these values in it, and with the file where it needs one.
fn filled(template: &Template, mut arguments: Arguments, draft: &Draft<'_>) -> Composed {
    let file = draft.file.filter(|_| wants_file(template, &arguments));
    if let Some(file) = file {
        arguments.entries.extend(entries_of(template, file));
    }
    match fill(template, &arguments) {
        Ok(filled) => Composed::Content {
            content: CustomerContent {
                kind: "template".to_owned(),
                content: filled.content,
                marketing: template.is_marketing(),
            },
            text: filled.text,
            has_file: file.is_some(),
        },
        Err(problem) => Composed::Refused(problem.words(draft.language, template)),
    }
}

/// Whether the header is a picture, a film or a document that the code does not give.
fn wants_file(template: &Template, arguments: &Arguments) -> bool {
    let key = Key::of(Word::FileLink);
    let is_given = arguments
        .entries
        .iter()
        .any(|entry| matches!(entry, Entry::Reserved { key: given, .. } if *given == key));
    !is_given && media_of(template).is_some()
}

fn media_of(template: &Template) -> Option<MediaKind> {
    match template.header() {
        Some(Header::Media { kind, .. }) => Some(*kind),
        Some(Header::Text(_) | Header::Location | Header::Unknown { .. }) | None => None,
    }
}

fn entries_of(template: &Template, file: Attached<'_>) -> Vec<Entry> {
    let entry = |word, value: &str| Entry::Reserved {
        key: Key::of(word),
        value: value.to_owned(),
    };
    let is_document = media_of(template) == Some(MediaKind::Document);
    let name = file.name.filter(|_| is_document);
    let link = entry(Word::FileLink, file.link);
    std::iter::once(link)
        .chain(name.map(|name| entry(Word::FileName, name)))
        .collect()
}

fn hidden(row: &template::Model, language: Language) -> String {
    let name = &row.name;
    match language {
        Language::English => {
            format!(
                "The template {name} is switched off for Bitrix24. It can be switched on in THOTH, on the page of the template."
            )
        }
        Language::Russian => {
            format!(
                "Шаблон {name} не предназначен для Bitrix24. Включить его можно в THOTH, на странице шаблона."
            )
        }
    }
}

fn unreadable(row: &template::Model, reason: &str, language: Language) -> String {
    let name = &row.name;
    match language {
        Language::English => {
            format!("THOTH cannot read the template {name}: {reason} Send another one.")
        }
        Language::Russian => {
            format!("THOTH не может разобрать шаблон {name}: {reason} Отправьте другой.")
        }
    }
}
