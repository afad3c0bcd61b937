//! What a code gives, taken part by part, so that nothing stays over unseen.

use super::arguments::{Arguments, Entry};
use super::clean::clean;
use super::fill_problem::FillProblem;
use super::key::{Key, Word};
use crate::whatsapp::templates::ParameterFormat;

/// The cleaned values of a code that no part has taken yet.
pub(super) struct Given {
    format: ParameterFormat,
    values: Vec<String>,
    named: Vec<Named>,
    reserved: Vec<(Key, String)>,
}

struct Named {
    name: String,
    value: String,
    is_used: bool,
}

impl Given {
    /// Sorts the values of a code for a template whose variables are told apart so.
    pub(super) fn new(arguments: &Arguments, format: ParameterFormat) -> Self {
        let mut given = Self {
            format,
            values: Vec::new(),
            named: Vec::new(),
            reserved: Vec::new(),
        };
        for entry in &arguments.entries {
            match entry {
                Entry::Value(value) => given.add_value(value),
                Entry::Named { name, value } => given.add_named(name, value),
                Entry::Reserved { key, value } => given.reserved.push((*key, clean(value))),
            }
        }
        given
    }

    /// Where variables have names, one in capital letters is a name, too.
    fn add_value(&mut self, value: &str) {
        let fits = |sign: char| sign.is_ascii_alphanumeric() || sign == '_';
        let pair = value
            .split_once(':')
            .map(|(name, value)| (name.trim(), value));
        match pair.filter(|(name, _)| !name.is_empty() && name.chars().all(fits)) {
            Some((name, value)) if self.format == ParameterFormat::Named => {
                self.add_named(name, value);
            }
            Some(_) | None => self.values.push(clean(value)),
        }
    }

    fn add_named(&mut self, name: &str, value: &str) {
        if self.is_text(value) {
            self.values.push(clean(&format!("{name}:{value}")));
            return;
        }
        self.named.push(Named {
            name: name.to_owned(),
            value: clean(value),
            is_used: false,
        });
    }

    /// Whether `word:value` is a text with a colon: in a template without names, `total: 5` and `https://…` are.
    fn is_text(&self, value: &str) -> bool {
        let looks_so = value.starts_with("//") || value.starts_with(char::is_whitespace);
        self.format == ParameterFormat::Positional && looks_so
    }

    /// Whether the template's variables have names.
    pub(super) fn format(&self) -> ParameterFormat {
        self.format
    }

    /// An error if a value has no name where variables have names.
    pub(super) fn has_names(&self) -> Result<(), FillProblem> {
        let is_bare = self.values.iter().any(|value| !value.is_empty());
        match self.format {
            ParameterFormat::Named if is_bare => Err(FillProblem::NamesNeeded),
            ParameterFormat::Named | ParameterFormat::Positional => Ok(()),
        }
    }

    /// The values without a name. Empty ones behind the last that is wanted were typed by mistake.
    pub(super) fn values(&mut self, wanted: usize) -> Vec<String> {
        let mut values = std::mem::take(&mut self.values);
        while values.len() > wanted && values.last().is_some_and(String::is_empty) {
            values.pop();
        }
        values
    }

    /// The value of a variable. It may be asked for again: header and body may share a name.
    pub(super) fn named(&mut self, name: &str) -> Result<Option<String>, FillProblem> {
        let mut found = self
            .named
            .iter_mut()
            .filter(|one| one.name.eq_ignore_ascii_case(name));
        let Some(first) = found.next() else {
            return Ok(None);
        };
        if found.next().is_some() {
            let name = name.to_owned();
            return Err(FillProblem::NameTwice { name });
        }
        first.is_used = true;
        filled(first.value.clone(), name).map(Some)
    }

    /// What was given for a part that takes one value.
    pub(super) fn one(&mut self, key: Key) -> Result<Option<String>, FillProblem> {
        let mut found = self.all(key).into_iter();
        match (found.next(), found.next()) {
            (None, _) => Ok(None),
            (Some(value), None) => filled(value, &key.to_string()).map(Some),
            (Some(_), Some(_)) => Err(FillProblem::Twice { key }),
        }
    }

    /// What was given for a part that has to have one value.
    pub(super) fn required(&mut self, card: Option<u8>, word: Word) -> Result<String, FillProblem> {
        let key = Key::at(card, word);
        if Key::parse(&key.to_string()).is_none() {
            let part = word.as_str().to_owned();
            return Err(FillProblem::CannotSend { part });
        }
        self.one(key)?.ok_or(FillProblem::Missing { key })
    }

    /// Everything that was given for a part, in order.
    pub(super) fn all(&mut self, key: Key) -> Vec<String> {
        let reserved = std::mem::take(&mut self.reserved);
        let (found, rest) = reserved.into_iter().partition(|(one, _)| *one == key);
        self.reserved = rest;
        let found: Vec<(Key, String)> = found;
        found.into_iter().map(|(_, value)| value).collect()
    }

    /// An error if anything was given that no part of the template takes.
    pub(super) fn nothing_left(self) -> Result<(), FillProblem> {
        if let Some((key, _)) = self.reserved.first() {
            return Err(FillProblem::NotWanted { key: *key });
        }
        if let Some(one) = self.named.into_iter().find(|one| !one.is_used) {
            return Err(FillProblem::UnknownName { name: one.name });
        }
        let left = self.values.iter().filter(|value| !value.is_empty()).count();
        match left {
            0 => Ok(()),
            given => Err(FillProblem::Count {
                key: None,
                wanted: 0,
                given,
            }),
        }
    }
}

/// The value, or an error that names what is empty.
pub(super) fn filled(value: String, what: &str) -> Result<String, FillProblem> {
    if value.is_empty() {
        let what = what.to_owned();
        return Err(FillProblem::Empty { what });
    }
    Ok(value)
}
