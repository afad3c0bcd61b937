//! Why a code does not fit its template.

use super::key::Key;

/// What does not fit. `words` says it to people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FillProblem {
    /// Meta sends approved templates only.
    NotApproved {
        /// Meta's word for its state; may be empty.
        status: String,
    },
    /// Another number of values than the template has places.
    Count {
        /// Of what; none are the numbered variables of the body.
        key: Option<Key>,
        /// Places.
        wanted: usize,
        /// Values.
        given: usize,
    },
    /// The variables have names, a value has none.
    NamesNeeded,
    /// Variables without a value.
    MissingNames {
        /// Their names.
        names: Vec<String>,
    },
    /// No variable is called so.
    UnknownName {
        /// The name.
        name: String,
    },
    /// A variable has two values.
    NameTwice {
        /// Its name.
        name: String,
    },
    /// A part of the template has no value.
    Missing {
        /// Which part.
        key: Key,
    },
    /// The template has no such part.
    NotWanted {
        /// Which part.
        key: Key,
    },
    /// A part has two values.
    Twice {
        /// Which part.
        key: Key,
    },
    /// A value is empty, which Meta does not take.
    Empty {
        /// The number or name of the variable, or the part.
        what: String,
    },
    /// A value is not of the kind the part takes.
    Malformed {
        /// Which part.
        key: Key,
        /// What was given.
        found: String,
    },
    /// The template has a part that no code can fill.
    CannotSend {
        /// Meta's word for it.
        part: String,
    },
}
