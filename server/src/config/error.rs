//! What is wrong with the environment.

use std::fmt;

/// One variable that cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wrong {
    /// Name of the variable.
    pub variable: &'static str,
    /// What was found; nothing when the value is a secret.
    pub found: Option<String>,
    /// What it should be, as the end of "it should be ...".
    pub should_be: String,
}

impl fmt::Display for Wrong {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.found {
            Some(found) => write!(
                out,
                "{} is \"{found}\": it should be {}",
                self.variable, self.should_be
            ),
            None => write!(
                out,
                "{} cannot be used: it should be {}",
                self.variable, self.should_be
            ),
        }
    }
}

/// Everything that is wrong with the environment, one line each.
#[derive(Debug, thiserror::Error)]
pub struct ConfigError {
    /// At least one.
    pub wrong: Vec<Wrong>,
}

impl fmt::Display for ConfigError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let lines: Vec<String> = self.wrong.iter().map(Wrong::to_string).collect();
        out.write_str(&lines.join("\n"))
    }
}
