//! The values of a code as text: parts between `|`, each a value or `name:value`.

use super::arguments::{Arguments, Entry};
use super::key::{Key, is_variable_name};

/// Reads what stands behind the first `+`. Nothing is an error: what is no name is a value.
pub(crate) fn parse(text: &str) -> Arguments {
    let entries = pieces(text).into_iter().map(entry).collect();
    Arguments { entries }
}

/// Writes them so that `parse` reads them again.
pub(crate) fn render(arguments: &Arguments) -> String {
    let entries = arguments.entries.iter().map(|entry| match entry {
        Entry::Value(value) => {
            let written = escaped(value);
            match split_name(&written) {
                Some((name, rest)) => format!("{name}\\:{rest}"),
                None => written,
            }
        }
        Entry::Named { name, value } => format!("{name}:{}", escaped(value)),
        Entry::Reserved { key, value } => format!("{key}:{}", escaped(value)),
    });
    entries.collect::<Vec<_>>().join("|")
}

/// Cuts at each `|`, and at each `+` before a reserved word; not where a `\` stands before it.
fn pieces(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let (mut from, mut is_escaped) = (0, false);
    for (at, sign) in text.char_indices() {
        let behind = text.get(at + sign.len_utf8()..).unwrap_or_default();
        let cuts = match sign {
            '|' => true,
            '+' => Key::begins(behind),
            _ => false,
        };
        if cuts && !is_escaped {
            found.extend(text.get(from..at));
            from = at + 1;
        }
        is_escaped = sign == '\\' && !is_escaped;
    }
    found.extend(text.get(from..));
    found
}

fn entry(piece: &str) -> Entry {
    let Some((name, value)) = split_name(piece) else {
        return Entry::Value(unescaped(piece));
    };
    let (name, value) = (name.trim(), unescaped(value));
    match Key::parse(name) {
        Some(key) => Entry::Reserved { key, value },
        None => Entry::Named {
            name: name.to_owned(),
            value,
        },
    }
}

/// The name before the first colon, blanks around it and all, where it is one.
fn split_name(piece: &str) -> Option<(&str, &str)> {
    let (name, value) = piece.split_once(':')?;
    let bare = name.trim();
    let is_name = is_variable_name(bare) || Key::parse(bare).is_some();
    is_name.then_some((name, value))
}

fn escaped(value: &str) -> String {
    let mut written = String::with_capacity(value.len());
    for (at, sign) in value.char_indices() {
        let behind = value.get(at + sign.len_utf8()..).unwrap_or_default();
        if matches!(sign, '|' | '\\') || sign == '+' && Key::begins(behind) {
            written.push('\\');
        }
        written.push(sign);
    }
    written
}

/// A `\` before any other sign is just that sign: paths and smileys need no care.
fn unescaped(text: &str) -> String {
    let mut read = String::with_capacity(text.len());
    let mut signs = text.chars().peekable();
    while let Some(sign) = signs.next() {
        let next = signs.next_if(|next| sign == '\\' && matches!(next, '|' | ':' | '+' | '\\'));
        read.push(next.unwrap_or(sign));
    }
    read
}
