//! Telling a code from an ordinary text.

use super::arguments::Arguments;
use super::code::{Code, Reference, is_id};
use super::code_problem::CodeProblem;
use super::entries;
use super::language_code::{is_exact_language, language_code};

/// What a code begins with.
const WORD: &str = "template";

/// Where a text comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CodeFrom {
    /// An operator's chat: only what begins with `template-` or `template+` is a code.
    Chat,
    /// The CRM's SMS field or a robot: `hello_world+en_US` is one, too.
    Sms,
}

/// Reads a code. `None` is an ordinary text; a problem is a code that is not written right.
pub fn read_code(text: &str, from: CodeFrom) -> Option<Result<Code, CodeProblem>> {
    let text = text.trim_start();
    match after_word(text, WORD) {
        Some(rest) => marked(rest),
        None => match from {
            CodeFrom::Chat => None,
            CodeFrom::Sms => bare(text).map(Ok),
        },
    }
}

/// What follows a word, in whatever letters, and its `-` or `+`.
fn after_word<'a>(text: &'a str, word: &str) -> Option<&'a str> {
    let (found, rest) = text.split_at_checked(word.len())?;
    found
        .eq_ignore_ascii_case(word)
        .then(|| rest.strip_prefix(['-', '+']))?
}

/// A text that began with the word.
fn marked(rest: &str) -> Option<Result<Code, CodeProblem>> {
    let (head, behind) = cut(rest);
    let name = head.trim_end().to_ascii_lowercase();
    if is_id(&name) {
        return Some(Ok(code(Reference::Id(name), behind)));
    }
    let (language, arguments) = behind.map(cut).unwrap_or_default();
    let language = language.trim();
    if !is_name(&name) {
        let is_one_word = !name.is_empty() && !name.contains(char::is_whitespace);
        let is_meant = is_one_word && language_code(language).is_some();
        return is_meant.then_some(Err(CodeProblem::Name { found: name }));
    }
    Some(match language_code(language) {
        Some(language) => Ok(code(Reference::Named { name, language }, arguments)),
        None if language.is_empty() => Err(CodeProblem::NoLanguage { name }),
        None => Err(CodeProblem::Language {
            name,
            found: language.to_owned(),
        }),
    })
}

/// A text without the word: only the exact form counts, or sums would be codes.
fn bare(text: &str) -> Option<Code> {
    let (name, behind) = cut(text);
    let (language, arguments) = cut(behind?);
    let language = match arguments {
        Some(_) => language,
        None => language.trim_end(),
    };
    let has_letter = name.bytes().any(|byte| byte.is_ascii_lowercase());
    let is_code = is_name(name) && has_letter && is_exact_language(language);
    let (name, language) = (name.to_owned(), language.to_owned());
    is_code.then(|| code(Reference::Named { name, language }, arguments))
}

fn code(reference: Reference, arguments: Option<&str>) -> Code {
    Code {
        reference,
        arguments: arguments.map_or_else(Arguments::default, entries::parse),
    }
}

/// What stands before the first `+`, and what behind it.
pub(crate) fn cut(text: &str) -> (&str, Option<&str>) {
    match text.split_once('+') {
        Some((head, behind)) => (head, Some(behind)),
        None => (text, None),
    }
}

/// A name as Meta takes it.
fn is_name(text: &str) -> bool {
    let fits = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
    !text.is_empty() && text.bytes().all(fits)
}
