//! Template codes: how an operator, a robot or the CRM's SMS field says which template goes out with which values.
//!
//! Owns the one grammar of those codes and the filling of a template from one. Promises that a code and its text
//! are the same thing in both directions, that ordinary text is not taken for a code, and that what Meta would
//! refuse for count or kind is refused here, with words that say how it is written. `docs/templates.md` tells
//! every form to people.

mod arguments;
mod body;
mod buttons;
mod carousel;
mod clean;
mod code;
mod code_problem;
mod entries;
mod fill;
mod fill_problem;
mod given;
mod header;
mod key;
mod language_code;
mod offer;
mod read;
mod signature;
#[cfg(test)]
mod tests;
mod words;

pub use arguments::{Arguments, Entry};
pub use code::{Code, Reference};
pub use code_problem::CodeProblem;
pub(crate) use entries::{parse as parse_entries, render as render_entries};
pub use fill::{Filled, fill};
pub use fill_problem::FillProblem;
pub use key::{Key, Word};
pub(crate) use read::cut;
pub use read::{CodeFrom, read_code};
pub use signature::{offer_code, signature};
