//! An error of Meta's as a red line in the operator's chat.

use super::{Language, literal};

/// One red line that says why a message did not go out: `words` are ours or `errors::explain`'s.
pub fn error_line(words: &str, language: Language) -> String {
    let lead = language.pick("Not delivered.", "Не доставлено.");
    format!("[color=#ff0000]{lead} {}[/color]", literal(words))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::whatsapp::errors::{GraphError, explain};

    #[test]
    fn the_line_is_red_and_metas_brackets_do_nothing() {
        let error = GraphError {
            code: Some(777),
            message: Some("[b]odd[/b]".into()),
            ..GraphError::default()
        };
        let line = error_line(&explain(&error, Language::English), Language::English);
        assert!(
            line.starts_with("[color=#ff0000]Not delivered. ") && line.ends_with("(777)[/color]")
        );
        assert!(!line.contains("[b]"));
    }
}
