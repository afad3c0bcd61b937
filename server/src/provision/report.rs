//! What a run changed, in words.

use secrecy::{ExposeSecret, SecretString};
use std::collections::BTreeSet;
use std::fmt;
use uuid::Uuid;

/// What a run changed, one line each, and what it made up. Holds secrets only where somebody
/// has to be told one that was generated.
#[derive(Default)]
pub struct Report {
    lines: Vec<String>,
    /// Everybody the file names.
    pub(super) owners: BTreeSet<Uuid>,
}

impl Report {
    /// What changed, a line each.
    pub fn lines(&self) -> &[String] {
        &self.lines
    }

    pub(super) fn created(&mut self, what: &str, name: &str, how: &str) {
        self.lines.push(format!("{what} {name}: created{how}"));
    }

    /// A value that may be shown.
    pub(super) fn changed(
        &mut self,
        what: &str,
        name: &str,
        key: &str,
        old: Option<&str>,
        new: Option<&str>,
    ) {
        let (old, new) = (old.unwrap_or("none"), new.unwrap_or("none"));
        self.lines
            .push(format!("{what} {name}: {key} {old} -> {new}"));
    }

    /// A value that must not be shown.
    pub(super) fn replaced(&mut self, what: &str, name: &str, key: &str) {
        self.lines.push(format!("{what} {name}: {key}: replaced"));
    }

    /// A secret nobody knows yet.
    pub(super) fn generated(&mut self, what: &str, name: &str, key: &str, secret: &SecretString) {
        let secret = secret.expose_secret();
        self.lines
            .push(format!("{what} {name}: {key}: generated: {secret}"));
    }
}

impl fmt::Display for Report {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.lines.is_empty() {
            out.write_str("nothing to change")
        } else {
            out.write_str(&self.lines.join("\n"))
        }
    }
}
