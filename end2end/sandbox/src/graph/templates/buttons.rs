//! Buttons of a template: how many of each, what each needs, quick replies side by side.

use super::components::{Rules, lacks, within, wrong};
use crate::graph::Refusal;
use crate::words::text_of;
use serde_json::Value;

/// Each kind with the most of it one template has.
const MOST: [(&str, usize); 9] = [
    ("QUICK_REPLY", 10),
    ("URL", 2),
    ("PHONE_NUMBER", 1),
    ("COPY_CODE", 1),
    ("FLOW", 1),
    ("CATALOG", 1),
    ("MPM", 1),
    ("VOICE_CALL", 1),
    ("REQUEST_CONTACT_INFO", 1),
];

fn list(part: &Value) -> Result<&Vec<Value>, Refusal> {
    let list = part.get("buttons").and_then(Value::as_array);
    let list = list.filter(|it| !it.is_empty());
    list.ok_or_else(|| lacks("BUTTONS", "buttons"))
}

fn kind(button: &Value) -> String {
    text_of(button.get("type"))
        .unwrap_or_default()
        .to_uppercase()
}

/// Checks the buttons of a template that is no authentication template.
pub fn check_all(part: &Value, rules: &Rules<'_>) -> Result<(), Refusal> {
    let buttons = list(part)?;
    if buttons.len() > 10 {
        return Err(wrong("A template has 10 buttons at the most."));
    }
    for (name, most) in MOST {
        let count = buttons.iter().filter(|it| kind(it) == name).count();
        if count > most {
            let words = format!("A template has {most} {name} button(s) at the most.");
            return Err(wrong(&words));
        }
    }
    let runs = buttons
        .chunk_by(|one, next| (kind(one) == "QUICK_REPLY") == (kind(next) == "QUICK_REPLY"))
        .filter(|run| run.first().is_some_and(|it| kind(it) == "QUICK_REPLY"));
    if runs.count() > 1 {
        return Err(wrong(
            "Quick reply buttons must stand side by side, before or after the other buttons.",
        ));
    }
    for button in buttons {
        one(button, rules)?;
    }
    Ok(())
}

fn one(button: &Value, rules: &Rules<'_>) -> Result<(), Refusal> {
    let kind = kind(button);
    if !MOST.iter().any(|(name, _)| *name == kind) {
        let words = format!(
            "A {} template has no button of type \"{kind}\".",
            rules.category
        );
        return Err(wrong(&words));
    }
    let text = text_of(button.get("text")).filter(|it| !it.trim().is_empty());
    match (&text, kind.as_str()) {
        (None, "COPY_CODE") => {}
        (None, _) => return Err(lacks("BUTTONS", "text")),
        (Some(text), _) => {
            within(text, "button text", 25)?;
            if text.contains("{{") || text.contains('\n') {
                return Err(wrong(
                    "A button's text has no variables and no line breaks.",
                ));
            }
        }
    }
    match kind.as_str() {
        "URL" => url(button),
        "PHONE_NUMBER" => {
            let number = text_of(button.get("phone_number")).unwrap_or_default();
            let digits = number.trim_start_matches('+');
            if digits.len() < 5 || digits.len() > 20 || digits.chars().any(|c| !c.is_ascii_digit())
            {
                return Err(wrong(
                    "The phone_number of a button is a number of 5 to 20 digits.",
                ));
            }
            Ok(())
        }
        "COPY_CODE" => {
            let code =
                text_of(button.get("example")).or_else(|| text_of(button.pointer("/example/0")));
            let code = code.ok_or_else(|| lacks("BUTTONS", "example"))?;
            within(&code, "offer code", 20)
        }
        "FLOW" => {
            let named = ["flow_id", "flow_name", "flow_json"];
            match named.iter().any(|it| button.get(it).is_some()) {
                true => Ok(()),
                false => Err(lacks("BUTTONS", "flow_id")),
            }
        }
        _ => Ok(()),
    }
}

/// An address with at most one variable, which is its end, and then an example of the whole.
fn url(button: &Value) -> Result<(), Refusal> {
    let address = text_of(button.get("url")).ok_or_else(|| lacks("BUTTONS", "url"))?;
    within(&address, "button URL", 2000)?;
    if !address.starts_with("https://") && !address.starts_with("http://") {
        return Err(wrong("The url of a button begins with https://."));
    }
    match (address.matches("{{").count(), address.ends_with("{{1}}")) {
        (0, _) => Ok(()),
        (1, true) => {
            let example = text_of(button.get("example"));
            let example = example.or_else(|| text_of(button.pointer("/example/0")));
            match example.filter(|it| !it.is_empty()) {
                Some(_) => Ok(()),
                None => Err(lacks("BUTTONS", "example")),
            }
        }
        _ => Err(wrong(
            "The url of a button has one variable at the most, {{1}}, at its end.",
        )),
    }
}

/// The single OTP button of an authentication template.
pub fn otp(part: &Value) -> Result<(), Refusal> {
    let buttons = list(part)?;
    let [button] = buttons.as_slice() else {
        return Err(wrong("An authentication template has one OTP button."));
    };
    let how = text_of(button.get("otp_type"))
        .unwrap_or_default()
        .to_uppercase();
    if kind(button) != "OTP" || !["COPY_CODE", "ONE_TAP", "ZERO_TAP"].contains(&how.as_str()) {
        return Err(wrong(
            "The button of an authentication template is OTP, its otp_type COPY_CODE, ONE_TAP or ZERO_TAP.",
        ));
    }
    let apps = button.get("supported_apps").is_some() || button.get("package_name").is_some();
    if how != "COPY_CODE" && !apps {
        return Err(lacks("BUTTONS", "supported_apps"));
    }
    within(
        &text_of(button.get("text")).unwrap_or_default(),
        "button text",
        25,
    )
}
