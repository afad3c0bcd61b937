//! Filling a template: is it there and approved, does everything it needs come with the message.

use super::check::{missing, need};
use super::parameters::{self, Given};
use super::shown::{Content, Parts};
use super::{buttons, rows};
use crate::graph::Refusal;
use crate::words::text_of;
use crate::world::{SentTemplate, Template, is};
use http::StatusCode;
use serde_json::{Value, json};

/// Reads `template` of a message and tells what the customer sees.
pub fn content(
    part: &Value,
    find: &dyn Fn(&str, &str) -> Option<Template>,
    warnings: &mut Vec<String>,
) -> Result<Content, Refusal> {
    let name = need(part, "name", "template.name")?;
    let code = text_of(part.pointer("/language/code")).filter(|it| !it.is_empty());
    let code = code.ok_or_else(|| missing("template.language.code"))?;
    let template = find(&name, &code).ok_or_else(|| unknown(&name, &code))?;
    sendable(&template)?;
    let given = match part.get("components") {
        None => &Vec::new(),
        Some(Value::Array(list)) => list,
        Some(_) => {
            return Err(Refusal::parameter(
                "Param template['components'] must be an array.",
            ));
        }
    };
    let named = template.parameter_format == "NAMED";
    let mut filled = parts(&template.components, given, named, warnings)?;
    // One from before one-time codes had a button has none.
    let has_button = template.components.iter().any(|it| is(it, "BUTTONS"));
    if template.category == "AUTHENTICATION" && has_button {
        same_code(given)?;
        // The code is copied from the body, whichever kind of button Meta keeps.
        let code = parameters::first_text(given, "body");
        for button in &mut filled.buttons {
            *button = json!({ "kind": "copy_code", "text": button["text"], "code": code });
        }
    }
    let mut content = Content::of_parts("template", filled);
    content.template = Some(SentTemplate {
        id: template.id,
        name,
        language: code,
        category: template.category,
        through: "messages",
    });
    Ok(content)
}

/// 132001, with HTTP 404: no such name in this language, or not approved yet.
fn unknown(name: &str, code: &str) -> Refusal {
    let refusal = Refusal::messaging(
        132_001,
        "Template name does not exist in the translation",
        &format!("template name ({name}) does not exist in {code}"),
    );
    refusal.with_status(StatusCode::NOT_FOUND)
}

fn sendable(template: &Template) -> Result<(), Refusal> {
    match template.status.as_str() {
        "APPROVED" => Ok(()),
        "PAUSED" => Err(Refusal::messaging(
            132_015,
            "Template is Paused",
            "The template is paused because its quality is low.",
        )),
        "DISABLED" => Err(Refusal::messaging(
            132_016,
            "Template is Disabled",
            "The template was paused too often and is disabled for good.",
        )),
        _ => Err(unknown(&template.name, &template.language)),
    }
}

const KINDS: [&str; 6] = [
    "header",
    "body",
    "button",
    "limited_time_offer",
    "carousel",
    "order_status",
];

/// Fills the components of a template, or of one card of it.
fn parts(
    components: &[Value],
    given: &[Value],
    named: bool,
    warnings: &mut Vec<String>,
) -> Result<Parts, Refusal> {
    for (index, one) in given.iter().enumerate() {
        let kind = text_of(one.get("type")).unwrap_or_default().to_lowercase();
        if !KINDS.contains(&kind.as_str()) {
            let list = KINDS.map(str::to_uppercase).join(", ");
            return Err(Refusal::parameter(&format!(
                "Param template['components'][{index}]['type'] must be one of {{{list}}} - got \"{kind}\"."
            )));
        }
        let twice = kind != "button" && given.iter().take(index).any(|it| is(it, &kind));
        if twice {
            return Err(Refusal::parameter(&format!(
                "Param template['components'] has more than one {kind}."
            )));
        }
    }
    let part = |kind: &str| components.iter().find(|it| is(it, kind));
    let own = |kind: &str| given.iter().find(|it| is(it, kind));
    let header = parameters::header(part("HEADER"), &Given::of("header", own("header"), named))?;
    let body = parameters::body(part("BODY"), &Given::of("body", own("body"), named))?;
    let footer = part("FOOTER").and_then(|it| text_of(it.get("text")));
    let offer = rows::offer(part("LIMITED_TIME_OFFER"), own("limited_time_offer"))?;
    let mut cards = Vec::new();
    for (card, given) in rows::cards(part("CAROUSEL"), own("carousel"))? {
        cards.push(parts(&card, &given, named, warnings)?);
    }
    let mut buttons = buttons::fill(part("BUTTONS"), given, warnings)?;
    if part("CALL_PERMISSION_REQUEST").is_some() {
        buttons.push(json!({ "kind": "permission", "text": "Choose preference" }));
    }
    Ok(Parts {
        header,
        body,
        footer,
        buttons,
        list: None,
        cards,
        offer,
    })
}

/// The code stands in the body and once more in the button.
fn same_code(given: &[Value]) -> Result<(), Refusal> {
    let body = parameters::first_text(given, "body");
    let button = parameters::first_text(given, "button");
    if body == button {
        return Ok(());
    }
    Err(Refusal::messaging(
        132_012,
        "Parameter format does not match format in the created template",
        "The code of the button is not the code of the body.",
    ))
}
