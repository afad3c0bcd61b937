//! Message templates as Meta has them: read, listed, made, deleted.
//!
//! Owns the shapes of Meta's template JSON. Promises that a part nobody knows is kept raw, and that a template
//! that cannot be read says why and never breaks the reading of its neighbours (R11).
//! Source: "Templates" of the Cloud API reference; `docs/templates.md` says how they are sent.

mod button;
mod calls;
mod component;
mod header;
mod template;
#[cfg(test)]
pub(crate) mod testing;
#[cfg(test)]
mod tests;
mod text;
mod unreadable;
mod upload;

pub use button::{Button, UrlButton};
pub use calls::Created;
pub use component::{Body, Card, Component, Footer, LimitedTimeOffer};
pub use header::{Header, MediaKind};
pub use template::{ParameterFormat, Template};
pub use text::{TemplateText, Variable};
pub use unreadable::Unreadable;
