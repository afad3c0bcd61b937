//! The text of a template and its variables.

use serde_json::{Value, json};

use super::fill::Parts;
use super::fill_problem::FillProblem;
use super::given::{Given, filled};
use super::key::{Key, Word};
use crate::whatsapp::templates::{Body, ParameterFormat, TemplateText};

/// What Meta writes into authentication templates that are shown without a text.
const PRESET: &str = "{{1}} is your verification code.";

/// What Meta adds where the template asks for it.
const PRESET_WARNING: &str = " For your security, do not share this code.";

pub(super) fn fill(
    body: &Body,
    card: Option<u8>,
    given: &mut Given,
    parts: &mut Parts,
) -> Result<(), FillProblem> {
    let text = text_of(body);
    let values = match (card, given.format()) {
        (None, ParameterFormat::Named) => named(&text, given)?,
        (None, ParameterFormat::Positional) => {
            let values = given.values(text.variables.len());
            counted(&text, values, None)?
        }
        (Some(_), _) => {
            let key = Key::at(card, Word::Body);
            counted(&text, given.all(key), Some(key))?
        }
    };
    let value = |name: &str| {
        let mut pairs = text.variables.iter().zip(&values);
        pairs.find_map(|(variable, value)| (variable.name == name).then(|| value.clone()))
    };
    parts.lines.push(text.filled(value));
    if !values.is_empty() {
        let parameters = parameters(&text, &values);
        parts
            .content
            .push(json!({"type": "body", "parameters": parameters}));
    }
    parts.code = values.into_iter().next();
    Ok(())
}

/// The text of a body, or the one Meta writes itself.
pub(super) fn text_of(body: &Body) -> TemplateText {
    let preset = || {
        let warning = match body.security_recommendation {
            true => PRESET_WARNING,
            false => "",
        };
        TemplateText::with_examples(format!("{PRESET}{warning}"), &["123456".to_owned()])
    };
    body.text.clone().unwrap_or_else(preset)
}

/// Parameters as Meta takes them: named ones carry their name.
pub(super) fn parameters(text: &TemplateText, values: &[String]) -> Vec<Value> {
    let pairs = text.variables.iter().zip(values);
    pairs
        .map(|(variable, value)| match variable.number() {
            Some(_) => json!({"type": "text", "text": value}),
            None => json!({"type": "text", "parameter_name": variable.name, "text": value}),
        })
        .collect()
}

/// One value for each variable, in order.
fn counted(
    text: &TemplateText,
    values: Vec<String>,
    key: Option<Key>,
) -> Result<Vec<String>, FillProblem> {
    let (wanted, given) = (text.variables.len(), values.len());
    if wanted != given {
        return Err(FillProblem::Count { key, wanted, given });
    }
    let pairs = values.into_iter().zip(&text.variables);
    pairs
        .map(|(value, variable)| filled(value, &variable.name))
        .collect()
}

/// The value of each variable by its name.
fn named(text: &TemplateText, given: &mut Given) -> Result<Vec<String>, FillProblem> {
    let mut values = Vec::new();
    let mut names = Vec::new();
    for variable in &text.variables {
        match given.named(&variable.name)? {
            Some(value) => values.push(value),
            None => names.push(variable.name.clone()),
        }
    }
    match names.is_empty() {
        true => Ok(values),
        false => Err(FillProblem::MissingNames { names }),
    }
}
