//! What a code gives to a template.

use super::key::Key;

/// The values of a code, in the order they were written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Arguments {
    /// One for each part between `|`.
    pub entries: Vec<Entry>,
}

/// One value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Entry {
    /// For the next numbered variable of the body.
    Value(String),
    /// For the variable of this name.
    Named {
        /// Small Latin letters, digits, underscores; no reserved word.
        name: String,
        /// As it was written.
        value: String,
    },
    /// For a part of the template.
    Reserved {
        /// Which part.
        key: Key,
        /// As it was written.
        value: String,
    },
}

impl Arguments {
    /// Values for numbered variables.
    pub fn of_values<T: Into<String>>(values: impl IntoIterator<Item = T>) -> Self {
        let entries = values.into_iter().map(|value| Entry::Value(value.into()));
        Self {
            entries: entries.collect(),
        }
    }
}
