//! What Meta would refuse of an interactive message.

use serde::{Deserialize, Serialize};

/// What is wrong with one field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "fault", rename_all = "snake_case")]
pub enum InteractiveFault {
    /// It has to be filled in.
    Empty,
    /// It has more characters than `most`.
    TooLong { most: usize },
    /// There are more than `most` of them.
    TooMany { most: usize },
    /// Another one says the same.
    NotUnique,
    /// It is no address that begins with `https://`.
    NoAddress,
    /// The number is not between the two.
    OutOfRange { least: u32, most: u32 },
    /// Messages of this kind have none.
    NotAllowed,
    /// A variable's name has other signs than small Latin letters, digits and underscores, or begins with a digit.
    VariableName,
}
