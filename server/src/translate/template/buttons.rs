//! The buttons under a template and what they carry.

use serde_json::{Value, json};

use super::fill::Parts;
use super::fill_problem::FillProblem;
use super::given::{Given, filled};
use super::key::{Key, Word};
use crate::whatsapp::templates::{Button, TemplateText};

/// The longest code behind a copy button, in characters; older templates take fifteen.
const COPY_CODE_MAX: usize = 20;

/// What Meta itself sends back with a form where nobody named a token.
const FLOW_TOKEN: &str = "unused";

pub(super) fn fill(
    buttons: &[Button],
    card: Option<u8>,
    given: &mut Given,
    parts: &mut Parts,
) -> Result<(), FillProblem> {
    let addresses = buttons.iter().filter(|button| has_place(button, parts));
    let mut params = counted(
        given,
        Key::at(card, Word::ButtonParam),
        addresses.count(),
        true,
    )?;
    let replies = buttons.iter().filter(|button| is_reply(button));
    let mut payloads = counted(given, Key::at(card, Word::Payload), replies.count(), false)?;
    for (index, button) in buttons.iter().enumerate() {
        let mut line = button.text().to_owned();
        let parameter = match button {
            Button::Url(button) if button.url.variables.is_empty() => {
                line = labelled(line, &button.url.text);
                None
            }
            Button::Url(button) => {
                let suffix = suffix(&button.url, &params.next().unwrap_or_default());
                let suffix = filled(suffix, Word::ButtonParam.as_str())?;
                line = labelled(line, &button.url.filled(|_| Some(suffix.clone())));
                Some(("url", json!({"type": "text", "text": suffix})))
            }
            Button::OneTimeCode { .. } => {
                let code = parts.code.clone().or_else(|| params.next());
                code.map(|code| ("url", json!({"type": "text", "text": code})))
            }
            Button::QuickReply { .. } => {
                let payload = payloads.next().filter(|payload| !payload.is_empty());
                payload.map(|payload| {
                    (
                        "quick_reply",
                        json!({"type": "payload", "payload": payload}),
                    )
                })
            }
            Button::CopyCode { .. } => {
                let code = copy_code(card, given)?;
                line = labelled(line, &code);
                Some((
                    "copy_code",
                    json!({"type": "coupon_code", "coupon_code": code}),
                ))
            }
            Button::Flow { .. } => {
                let token = given.one(Key::at(card, Word::FlowToken))?;
                let token = token.as_deref().unwrap_or(FLOW_TOKEN);
                Some((
                    "flow",
                    json!({"type": "action", "action": {"flow_token": token}}),
                ))
            }
            Button::Products { single, .. } => {
                let part = if *single { "SPM" } else { "MPM" }.to_owned();
                return Err(FillProblem::CannotSend { part });
            }
            Button::PhoneNumber { phone_number, .. } => {
                line = labelled(line, phone_number);
                None
            }
            Button::Catalog { .. }
            | Button::VoiceCall { .. }
            | Button::RequestContactInfo { .. }
            | Button::Unknown { .. } => None,
        };
        parts
            .lines
            .extend((!line.is_empty()).then(|| format!("• {line}")));
        parts
            .content
            .extend(parameter.map(|(kind, parameter)| component(kind, index, parameter)));
    }
    Ok(())
}

/// What completes the address, also where somebody gave the whole address.
pub(super) fn suffix(url: &TemplateText, value: &str) -> String {
    let base = url.text.split("{{").next().unwrap_or_default();
    let rest = value.strip_prefix(base).filter(|rest| !rest.is_empty());
    rest.unwrap_or(value).to_owned()
}

/// Whether a button takes a `button_param`.
fn has_place(button: &Button, parts: &Parts) -> bool {
    match button {
        Button::Url(button) => !button.url.variables.is_empty(),
        Button::OneTimeCode { .. } => parts.code.is_none(),
        Button::QuickReply { .. }
        | Button::PhoneNumber { .. }
        | Button::CopyCode { .. }
        | Button::Flow { .. }
        | Button::Catalog { .. }
        | Button::Products { .. }
        | Button::VoiceCall { .. }
        | Button::RequestContactInfo { .. }
        | Button::Unknown { .. } => false,
    }
}

fn is_reply(button: &Button) -> bool {
    matches!(button, Button::QuickReply { .. })
}

/// The values for buttons of a kind: as many as there are, or, where they are not needed, no more.
fn counted(
    given: &mut Given,
    key: Key,
    wanted: usize,
    needed: bool,
) -> Result<std::vec::IntoIter<String>, FillProblem> {
    let values = given.all(key);
    let given = values.len();
    if given > wanted || needed && given < wanted {
        let key = Some(key);
        return Err(FillProblem::Count { key, wanted, given });
    }
    Ok(values.into_iter())
}

fn copy_code(card: Option<u8>, given: &mut Given) -> Result<String, FillProblem> {
    let found = given.required(card, Word::CopyCode)?;
    if found.chars().count() > COPY_CODE_MAX {
        let key = Key::at(card, Word::CopyCode);
        return Err(FillProblem::Malformed { key, found });
    }
    Ok(found)
}

fn labelled(label: String, value: &str) -> String {
    match label.is_empty() {
        true => value.to_owned(),
        false => format!("{label}: {value}"),
    }
}

/// Meta wants the index as a text.
fn component(kind: &str, index: usize, parameter: Value) -> Value {
    json!({"type": "button", "sub_type": kind, "index": index.to_string(), "parameters": [parameter]})
}
