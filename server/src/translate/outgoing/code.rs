//! The code of an interactive message.

use std::fmt;

use app::model::hashtag;
use uuid::Uuid;

use super::problem::InteractiveProblem;
use crate::translate::template::{Arguments, cut, parse_entries, render_entries};

/// What a code begins with.
const WORD: &str = "interactive+";

/// Which interactive message goes out, and with what in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InteractiveCode {
    /// Which message.
    pub reference: InteractiveReference,
    /// With what.
    pub arguments: Arguments,
}

/// How a code names its message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum InteractiveReference {
    /// By the key of its row.
    Id(Uuid),
    /// By its hashtag, with `#` and in small letters. A text that begins with a hashtag nobody gave to a message is
    /// an ordinary text.
    Hashtag(String),
}

/// Reads a code. `None` is an ordinary text; a problem is a code whose id is none.
pub fn read_interactive(text: &str) -> Option<Result<InteractiveCode, InteractiveProblem>> {
    let text = text.trim_start();
    if text.starts_with('#') {
        return by_hashtag(text).map(Ok);
    }
    let (word, rest) = text.split_at_checked(WORD.len())?;
    if !word.eq_ignore_ascii_case(WORD) {
        return None;
    }
    let (found, behind) = cut(rest);
    let found = found.trim_end();
    if found.is_empty() || found.contains(char::is_whitespace) {
        return None;
    }
    let found = found.to_ascii_lowercase();
    let Some(id) = key(&found) else {
        return Some(Err(InteractiveProblem::NoId { found }));
    };
    Some(Ok(InteractiveCode {
        reference: InteractiveReference::Id(id),
        arguments: behind.map_or_else(Arguments::default, parse_entries),
    }))
}

/// The key of a row, in print with a prefix of its kind or without.
fn key(found: &str) -> Option<Uuid> {
    let bare = found.split_once('_').map_or(found, |(_, bare)| bare);
    Uuid::try_parse(bare).ok()
}

fn by_hashtag(text: &str) -> Option<InteractiveCode> {
    let (word, behind) = match text.split_once(char::is_whitespace) {
        Some((word, behind)) => (word, behind),
        None => (text, ""),
    };
    let arguments = match behind.trim().is_empty() {
        true => Arguments::default(),
        false => parse_entries(behind),
    };
    Some(InteractiveCode {
        reference: InteractiveReference::Hashtag(hashtag(word)?),
        arguments,
    })
}

impl fmt::Display for InteractiveCode {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let between = match &self.reference {
            InteractiveReference::Id(id) => {
                write!(out, "{WORD}{}", id.simple())?;
                '+'
            }
            InteractiveReference::Hashtag(hashtag) => {
                out.write_str(hashtag)?;
                ' '
            }
        };
        if self.arguments.entries.is_empty() {
            return Ok(());
        }
        write!(out, "{between}{}", render_entries(&self.arguments))
    }
}
