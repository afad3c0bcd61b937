//! The parts a template is made of: which there must be, how long they may be, what needs an example.

use super::variables::{Format, Wrong, at_the_edge, check, too_many};
use super::{buttons, cards};
use crate::graph::Refusal;
use crate::words::text_of;
use crate::world::{Upload, is};
use serde_json::Value;

/// What the parts are checked against.
pub struct Rules<'a> {
    pub category: &'a str,
    pub format: Format,
    pub uploads: &'a [Upload],
}

/// 2388040: longer than allowed.
pub fn too_long(what: &str, most: usize) -> Refusal {
    let words = format!("The {what} of your template has more than the {most} characters allowed.");
    Refusal::template(Some(2_388_040), "Character Limit Exceeded", &words)
}

/// 2388043: a part lacks something it needs.
pub fn lacks(what: &str, field: &str) -> Refusal {
    let words = format!("component of type {what} is missing expected field(s) ({field})");
    let title = "Message template \"components\" param is missing expected field(s)";
    Refusal::template(Some(2_388_043), title, &words)
}

/// Another mistake, for which there is no number of its own.
pub fn wrong(words: &str) -> Refusal {
    Refusal::template(None, "Invalid parameter", words)
}

/// The longest a text may be, counted in characters.
pub fn within(text: &str, what: &str, most: usize) -> Result<(), Refusal> {
    if text.chars().count() > most {
        return Err(too_long(what, most));
    }
    Ok(())
}

/// Where Meta keeps the samples of media headers.
pub const SAMPLES: &str = "https://scontent.whatsapp.net/";

const KNOWN: [&str; 7] = [
    "HEADER",
    "BODY",
    "FOOTER",
    "BUTTONS",
    "CAROUSEL",
    "LIMITED_TIME_OFFER",
    "CALL_PERMISSION_REQUEST",
];

/// Checks all parts of a template.
pub fn check_all(parts: &[Value], rules: &Rules<'_>) -> Result<(), Refusal> {
    for (index, part) in parts.iter().enumerate() {
        let kind = text_of(part.get("type")).unwrap_or_default().to_uppercase();
        if !KNOWN.contains(&kind.as_str()) {
            let list = KNOWN.join(", ");
            return Err(Refusal::parameter(&format!(
                "Param components[{index}]['type'] must be one of {{{list}}} - got \"{kind}\"."
            )));
        }
        if parts.iter().take(index).any(|before| is(before, &kind)) {
            return Err(wrong(&format!("There is more than one {kind} component.")));
        }
    }
    let part = |kind: &str| parts.iter().find(|it| is(it, kind));
    let body_part = part("BODY").ok_or_else(|| lacks("BODY", "text"))?;
    let offer = part("LIMITED_TIME_OFFER");
    if rules.category == "AUTHENTICATION" {
        return authentication(parts);
    }
    if let Some(header_part) = part("HEADER") {
        header(header_part, rules)?;
    }
    body(body_part, rules, if offer.is_some() { 600 } else { 1024 })?;
    if let Some(footer_part) = part("FOOTER") {
        footer(footer_part)?;
    }
    if let Some(buttons_part) = part("BUTTONS") {
        buttons::check_all(buttons_part, rules)?;
    }
    if let Some(offer) = offer {
        cards::offer(offer, parts, rules)?;
    }
    if let Some(carousel) = part("CAROUSEL") {
        cards::carousel(carousel, rules)?;
    }
    Ok(())
}

/// Meta writes the text itself: the body has none, the button is an OTP button.
fn authentication(parts: &[Value]) -> Result<(), Refusal> {
    for kind in ["HEADER", "CAROUSEL", "LIMITED_TIME_OFFER"] {
        if parts.iter().any(|it| is(it, kind)) {
            let words = format!("Authentication templates have no {kind} component.");
            return Err(wrong(&words));
        }
    }
    let text = parts.iter().filter(|it| !is(it, "BUTTONS"));
    if text.into_iter().any(|it| it.get("text").is_some()) {
        return Err(wrong(
            "The text of an authentication template is Meta's own; leave it out.",
        ));
    }
    let minutes = parts.iter().find(|it| is(it, "FOOTER"));
    let minutes = minutes.and_then(|it| it.get("code_expiration_minutes")?.as_i64());
    if minutes.is_some_and(|it| !(1..=90).contains(&it)) {
        return Err(wrong("code_expiration_minutes must be from 1 to 90."));
    }
    let buttons = parts.iter().find(|it| is(it, "BUTTONS"));
    buttons::otp(buttons.ok_or_else(|| lacks("BUTTONS", "buttons"))?)
}

/// The header: a text with at most one variable, a medium with a sample, or a place.
pub fn header(part: &Value, rules: &Rules<'_>) -> Result<(), Refusal> {
    let refuse = |words: &str| {
        Refusal::template(Some(2_388_047), "Message Header Format Is Incorrect", words)
    };
    let format = text_of(part.get("format"))
        .unwrap_or_default()
        .to_uppercase();
    match format.as_str() {
        "TEXT" => {
            let text = text_of(part.get("text")).filter(|it| !it.trim().is_empty());
            let text = text.ok_or_else(|| lacks("HEADER", "text"))?;
            within(&text, "header", 60)?;
            if text.contains('\n') || text.contains('*') {
                return Err(refuse(
                    "A header has no line breaks and no formatting characters.",
                ));
            }
            let names = check(&text, rules.format)
                .map_err(|_| refuse("The variable of the header is malformed."))?;
            if names.len() > 1 {
                return Err(refuse("A header has one variable at the most."));
            }
            example(part, rules.format, &names, "header_text", "HEADER")
        }
        "IMAGE" | "VIDEO" | "DOCUMENT" => sample(part, &format, rules.uploads),
        "LOCATION" => Ok(()),
        _ => Err(refuse(
            "The format of a header is TEXT, IMAGE, VIDEO, DOCUMENT or LOCATION.",
        )),
    }
}

/// A handle of an upload whose type fits; a template that is changed keeps the address Meta gave it.
fn sample(part: &Value, format: &str, uploads: &[Upload]) -> Result<(), Refusal> {
    let handle = text_of(part.pointer("/example/header_handle/0"));
    let handle = handle.ok_or_else(|| lacks("HEADER", "example"))?;
    if handle.starts_with(SAMPLES) {
        return Ok(());
    }
    let upload = uploads.iter().find(|it| it.handle == handle);
    let Some(upload) = upload.filter(|it| it.received == it.length) else {
        return Err(wrong("The media handle of the sample is not valid."));
    };
    let fits = match format {
        "IMAGE" => upload.mime.starts_with("image/"),
        "VIDEO" => upload.mime.starts_with("video/"),
        _ => upload.mime == "application/pdf",
    };
    if !fits {
        let words = format!("The sample is {}, the header is {format}.", upload.mime);
        return Err(wrong(&words));
    }
    Ok(())
}

/// The body: its length, its variables and their examples.
pub fn body(part: &Value, rules: &Rules<'_>, most: usize) -> Result<(), Refusal> {
    let refuse =
        |words: &str| Refusal::template(Some(2_388_072), "Message Body Format Is Incorrect", words);
    let text = text_of(part.get("text")).filter(|it| !it.trim().is_empty());
    let text = text.ok_or_else(|| lacks("BODY", "text"))?;
    within(&text, "body", most)?;
    let names = check(&text, rules.format).map_err(|wrong| match wrong {
        Wrong::Malformed => refuse("The variables of the body are malformed."),
        Wrong::Gap => refuse("The variables of the body must run {{1}}, {{2}} and so on."),
    })?;
    if at_the_edge(&text) && !names.is_empty() {
        return Err(Refusal::template(
            Some(2_388_299),
            "Leading or Trailing Params Are Not Allowed",
            "Variables can't be at the start or end of the template.",
        ));
    }
    if too_many(&text, names.len()) {
        return Err(Refusal::template(
            Some(2_388_293),
            "Parameters to Words Ratio Exceeds Limit",
            "This template has too many variables for its length. Use fewer variables or a longer text.",
        ));
    }
    example(part, rules.format, &names, "body_text", "BODY")
}

/// An example for every variable, in the shape that belongs to the format.
fn example(
    part: &Value,
    format: Format,
    names: &[String],
    key: &str,
    what: &str,
) -> Result<(), Refusal> {
    if names.is_empty() {
        return Ok(());
    }
    let examples = part.get("example");
    let given = |value: &Value| text_of(Some(value)).is_some_and(|it| !it.trim().is_empty());
    let whole = match format {
        Format::Named => {
            let list = examples.and_then(|it| it.get(format!("{key}_named_params"))?.as_array());
            names.iter().all(|name| {
                list.into_iter().flatten().any(|row| {
                    text_of(row.get("param_name")).as_ref() == Some(name)
                        && row.get("example").is_some_and(given)
                })
            })
        }
        Format::Positional => {
            let list = examples.and_then(|it| it.get(key));
            // A header's examples are a list, a body's are a list of lists.
            let row = list.and_then(|it| {
                if key == "body_text" {
                    it.get(0)
                } else {
                    Some(it)
                }
            });
            row.and_then(Value::as_array)
                .is_some_and(|row| row.len() == names.len() && row.iter().all(given))
        }
    };
    if whole {
        Ok(())
    } else {
        Err(lacks(what, "example"))
    }
}

/// The footer: short, and without variables.
fn footer(part: &Value) -> Result<(), Refusal> {
    let text = text_of(part.get("text")).filter(|it| !it.trim().is_empty());
    let text = text.ok_or_else(|| lacks("FOOTER", "text"))?;
    within(&text, "footer", 60)?;
    if text.contains("{{") || text.contains('\n') {
        return Err(Refusal::template(
            Some(2_388_073),
            "Message Footer Format Is Incorrect",
            "A footer has no variables and no line breaks.",
        ));
    }
    Ok(())
}
