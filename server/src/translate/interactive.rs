//! A customer's choice, as an operator reads it.

use serde_json::Value;

use super::Language;
use super::inbound::cannot_show;
use super::markup::literal;
use crate::whatsapp::wire::Interactive;

/// The lines for a button, a list row, a form or a call permission.
pub(super) fn lines(interactive: &Interactive, language: Language) -> Vec<String> {
    match interactive {
        Interactive::ButtonReply { id, title } => {
            chosen(&[title.as_ref().or(id.as_ref())], "button_reply", language)
        }
        Interactive::ListReply {
            id,
            title,
            description,
        } => chosen(
            &[title.as_ref().or(id.as_ref()), description.as_ref()],
            "list_reply",
            language,
        ),
        Interactive::FlowReply {
            name,
            body,
            response,
        } => {
            let lead = language
                .pick("The customer filled in a form", "Клиент заполнил форму")
                .to_owned();
            let title = name.as_ref().map_or_else(
                || format!("{lead}."),
                |name| format!("{lead}: {}", literal(name)),
            );
            let answers = response.as_deref().map(answer_lines).unwrap_or_default();
            std::iter::once(title)
                .chain(body.as_deref().map(literal))
                .chain(answers)
                .collect()
        }
        Interactive::CallPermission {
            accepted,
            automatic,
            ..
        } => {
            let said = match (accepted, automatic) {
                (Some(true), true) => language.pick(
                    "The customer called, so you may call back.",
                    "Клиент звонил, ему можно перезвонить.",
                ),
                (Some(true), false) => {
                    language.pick("The customer allows calls.", "Клиент разрешил звонки.")
                }
                (Some(false), _) => language.pick(
                    "The customer does not allow calls.",
                    "Клиент не разрешил звонки.",
                ),
                (None, _) => return vec![cannot_show("call_permission_reply", language)],
            };
            vec![said.to_owned()]
        }
        Interactive::Unknown { type_name } => {
            vec![cannot_show(
                if type_name.is_empty() {
                    "interactive"
                } else {
                    type_name
                },
                language,
            )]
        }
    }
}

fn chosen(parts: &[Option<&String>], name: &str, language: Language) -> Vec<String> {
    let lines: Vec<String> = parts.iter().flatten().map(|part| literal(part)).collect();
    if lines.is_empty() {
        vec![cannot_show(name, language)]
    } else {
        lines
    }
}

/// `question: answer` for each field of the form; what cannot be read is shown as it came.
fn answer_lines(response: &str) -> Vec<String> {
    let Ok(Value::Object(fields)) = serde_json::from_str(response) else {
        return vec![literal(response)];
    };
    let shown = fields
        .iter()
        .filter(|(key, _)| key.as_str() != "flow_token");
    shown
        .map(|(key, value)| literal(&format!("{key}: {}", answer(value))))
        .collect()
}

fn answer(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(items) => items.iter().map(answer).collect::<Vec<_>>().join(", "),
        Value::Object(fields) => fields
            .iter()
            .map(|(key, value)| format!("{key}: {}", answer(value)))
            .collect::<Vec<_>>()
            .join(", "),
        Value::Null | Value::Bool(_) | Value::Number(_) => value.to_string(),
    }
}
