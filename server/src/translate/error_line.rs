//! An error of Meta's as a red line in the operator's chat.

use super::{Language, literal};
use crate::whatsapp::errors::{GraphError, explain};
use crate::whatsapp::wire::Status;

/// One red line that says in plain words why a message did not go out and what to do.
pub fn error_line(error: &GraphError, language: Language) -> String {
    let lead = language.pick("Not delivered.", "Не доставлено.");
    format!(
        "[color=#ff0000]{lead} {}[/color]",
        literal(&explain(error, language))
    )
}

/// The red line for a failed status; Meta's first error counts, and there may be none.
pub fn status_error_line(status: &Status, language: Language) -> String {
    let nothing = GraphError::default();
    error_line(status.errors.first().unwrap_or(&nothing), language)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_is_red_and_metas_brackets_do_nothing() {
        let error = GraphError {
            code: Some(777),
            message: Some("[b]odd[/b]".into()),
            ..GraphError::default()
        };
        let line = error_line(&error, Language::English);
        assert!(
            line.starts_with("[color=#ff0000]Not delivered. ") && line.ends_with("(777)[/color]")
        );
        assert!(!line.contains("[b]"));
    }
}
