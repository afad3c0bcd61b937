//! A text of a template with its variables.

use app::model::{TextPart, place_names, text_parts};
use serde_json::Value;

use crate::outside::loose;

/// A text with variables, `{{1}}` or `{{name}}`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TemplateText {
    /// As Meta has it.
    pub text: String,
    /// Each variable once: numbered ones by number, named ones as they come.
    pub variables: Vec<Variable>,
}

/// A place in a text that is filled when it is sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Variable {
    /// `1`, `2` or a name.
    pub name: String,
    /// What was given to Meta as an example.
    pub example: Option<String>,
}

impl Variable {
    /// Its place among numbered variables, from 1.
    pub fn number(&self) -> Option<u32> {
        self.name.parse().ok()
    }
}

impl TemplateText {
    /// A text whose examples stand in the order of its variables.
    pub fn with_examples(text: String, examples: &[String]) -> Self {
        let mut variables: Vec<_> = place_names(&text)
            .into_iter()
            .map(|name| Variable {
                name: name.to_owned(),
                example: None,
            })
            .collect();
        variables.sort_by_key(Variable::number);
        for (variable, example) in variables.iter_mut().zip(examples) {
            variable.example = Some(example.clone());
        }
        Self { text, variables }
    }

    /// A text and what its component has under `example`: `<part>_text` for numbers,
    /// `<part>_text_named_params` for names.
    pub(super) fn read(text: String, component: &Value, part: &str) -> Self {
        let example = loose::field(component, "example");
        let under = |key: &str| example.and_then(|found| loose::field(found, key));
        let listed = under(&format!("{part}_text"));
        let mut text = Self::with_examples(text, &listed.map(flat).unwrap_or_default());
        let named = under(&format!("{part}_text_named_params"));
        for pair in named.map(loose::items).unwrap_or_default() {
            let name = loose::text(pair, "param_name").unwrap_or_default();
            let found = text.variables.iter_mut().find(|one| one.name == name);
            if let (Some(variable), Some(example)) = (found, loose::text(pair, "example")) {
                variable.example = Some(example);
            }
        }
        text
    }

    /// The text with its variables replaced; one without a value stays as it is.
    pub fn filled(&self, value: impl Fn(&str) -> Option<String>) -> String {
        text_parts(&self.text)
            .into_iter()
            .map(|part| match part {
                TextPart::Words(words) => words.to_owned(),
                TextPart::Place(name) => value(name).unwrap_or_else(|| format!("{{{{{name}}}}}")),
            })
            .collect()
    }

    /// Whether a variable has a name rather than a number; `None` without variables.
    pub fn is_named(&self) -> Option<bool> {
        let mut variables = self.variables.iter().peekable();
        variables.peek()?;
        Some(variables.any(|variable| variable.number().is_none()))
    }
}

/// The texts of a list, also of one inside another, and of a text alone.
pub(super) fn flat(value: &Value) -> Vec<String> {
    match value {
        Value::Array(_) | Value::Object(_) => {
            loose::items(value).into_iter().flat_map(flat).collect()
        }
        Value::Null => Vec::new(),
        Value::String(_) | Value::Number(_) | Value::Bool(_) => {
            loose::as_text(value).into_iter().collect()
        }
    }
}
