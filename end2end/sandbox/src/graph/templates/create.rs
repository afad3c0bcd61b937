//! `POST /{waba}/message_templates` and `POST /{template_id}`: what is asked for, checked, and then pending.

use super::components::{Rules, SAMPLES, check_all, wrong};
use super::languages;
use super::read::{CATEGORIES, managed};
use super::variables::Format;
use crate::graph::Refusal;
use crate::graph::accounts::owned;
use crate::graph::route::Call;
use crate::words::random_hex;
use crate::world::{Seed, Template, is};
use serde_json::{Value, json};

/// Makes a template and sends it to review.
pub fn create(call: &mut Call, waba: &str) -> Result<Value, Refusal> {
    owned(call, waba)?;
    if call.body.get("allow_category_change").is_some() {
        let words = "allow_category_change is ignored since 2025".to_string();
        call.warnings.push(words);
    }
    let name = name(call)?;
    let language = needed(call, "language")?;
    if !languages::known(&language) {
        let words = format!("Param language must be a known language code - got \"{language}\".");
        return Err(Refusal::parameter(&words));
    }
    let category = category(call)?;
    let named = match call.parameter("parameter_format") {
        None => "POSITIONAL".to_string(),
        Some(word) => word.to_uppercase(),
    };
    let components = components(call)?;
    checked(call, &category, &named, &components)?;
    free(call, waba, &name, &language)?;
    let components = if category == "AUTHENTICATION" {
        with_text(components)
    } else {
        upper(components)
    };
    let seed = Seed {
        name,
        language,
        category: category.clone(),
        components,
        status: "PENDING".to_string(),
        parameter_format: named,
        quality: "UNKNOWN".to_string(),
        rejected_reason: "NONE".to_string(),
    };
    let id = call.shared.world(|world| world.template_add(waba, seed));
    call.shared
        .tell(json!({ "topic": "templates", "waba": waba }));
    Ok(json!({ "id": id, "status": "PENDING", "category": category }))
}

/// Changes a template: its parts as a whole, and its category while it is not approved. It is reviewed again.
pub fn edit(call: &mut Call, id: &str) -> Result<Value, Refusal> {
    let template = managed(call, id)?;
    if !["APPROVED", "REJECTED", "PAUSED"].contains(&template.status.as_str()) {
        let words = "Only approved, rejected and paused templates can be edited.";
        return Err(Refusal::template(
            None,
            "Message Template Can't Be Edited",
            words,
        ));
    }
    let wanted = match call.body.get("category") {
        None => template.category.clone(),
        Some(_) => category(call)?,
    };
    if template.status == "APPROVED" && wanted != template.category {
        let words = "The category of an approved template can't be changed.";
        return Err(Refusal::template(
            None,
            "Message Template Can't Be Edited",
            words,
        ));
    }
    let components = components(call)?;
    checked(call, &wanted, &template.parameter_format, &components)?;
    call.shared.world(|world| {
        if let Some(template) = world.template_mut(id) {
            template.components = upper(components);
            template.category = wanted;
            template.status = "PENDING".to_string();
            template.rejected_reason = "NONE".to_string();
        }
    });
    call.shared
        .tell(json!({ "topic": "templates", "waba": template.waba }));
    Ok(json!({ "success": true }))
}

fn needed(call: &Call, name: &str) -> Result<String, Refusal> {
    let value = call.parameter(name).filter(|text| !text.is_empty());
    value.ok_or_else(|| Refusal::parameter(&format!("The parameter {name} is required.")))
}

fn name(call: &Call) -> Result<String, Refusal> {
    let name = needed(call, "name")?;
    let plain = name
        .chars()
        .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_');
    if !plain {
        return Err(wrong(
            "The name of a template has only lowercase letters, digits and underscores.",
        ));
    }
    if name.len() > 512 {
        return Err(super::components::too_long("name", 512));
    }
    Ok(name)
}

fn category(call: &Call) -> Result<String, Refusal> {
    let category = needed(call, "category")?.to_uppercase();
    if CATEGORIES.contains(&category.as_str()) {
        return Ok(category);
    }
    let words = format!(
        "Param category must be one of {{{}}} - got \"{category}\".",
        CATEGORIES.join(", ")
    );
    Err(Refusal::parameter(&words))
}

/// The list of parts; a form carries it as JSON text.
fn components(call: &Call) -> Result<Vec<Value>, Refusal> {
    let refused = || Refusal::parameter("Param components must be an array.");
    match call.body.get("components") {
        Some(Value::Array(list)) => Ok(list.clone()),
        Some(Value::String(text)) => serde_json::from_str(text).map_err(|_| refused()),
        Some(_) => Err(refused()),
        None => Err(Refusal::parameter("The parameter components is required.")),
    }
}

fn checked(call: &Call, category: &str, format: &str, parts: &[Value]) -> Result<(), Refusal> {
    let format = match format {
        "POSITIONAL" => Format::Positional,
        "NAMED" => Format::Named,
        other => {
            return Err(Refusal::parameter(&format!(
                "Param parameter_format must be one of {{POSITIONAL, NAMED}} - got \"{other}\"."
            )));
        }
    };
    let uploads = call.shared.world(|world| world.uploads.clone());
    let rules = Rules {
        category,
        format,
        uploads: &uploads,
    };
    check_all(parts, &rules)
}

/// There is no such template yet, the name is not held back, and the WABA has room.
fn free(call: &Call, waba: &str, name: &str, language: &str) -> Result<(), Refusal> {
    let limit = call.shared.faults(|faults| faults.refuse.template_limit);
    let (count, twice, gone) = call.shared.world(|world| {
        let own: Vec<&Template> = world
            .templates
            .iter()
            .filter(|it| it.waba == waba)
            .collect();
        let twice = own
            .iter()
            .any(|it| it.name == name && it.language == language);
        let key = (waba.to_string(), name.to_string());
        (own.len() as u64, twice, world.names_gone.contains(&key))
    });
    if twice {
        let words = format!(
            "There is already {language} content for this template. You can create a new template and try again."
        );
        let title = "Content in This Language Already Exists";
        return Err(Refusal::template(Some(2_388_024), title, &words));
    }
    if gone {
        let words = format!(
            "New {language} content can't be added while the deleted template {name} is kept. Try again in four weeks or use another name."
        );
        let title = "Message Template Language Is Being Deleted";
        return Err(Refusal::template(Some(2_388_023), title, &words));
    }
    if limit > 0 && count >= limit {
        let words = format!(
            "This WhatsApp account has {limit} message templates, which is all it may have."
        );
        let title = "Message Template Limit Exceeded";
        return Err(Refusal::template(Some(2_388_019), title, &words));
    }
    Ok(())
}

/// The parts as Meta gives them back, whatever case their types came in.
fn upper(mut parts: Vec<Value>) -> Vec<Value> {
    for part in &mut parts {
        let keep = is(part, "CALL_PERMISSION_REQUEST");
        for key in ["type", "format"] {
            if let Some(Value::String(word)) = part.get_mut(key) {
                *word = if keep {
                    word.to_lowercase()
                } else {
                    word.to_uppercase()
                };
            }
        }
        // The sample lies at an address of Meta's from then on.
        if let Some(Value::Array(handles)) = part.pointer_mut("/example/header_handle") {
            for handle in handles {
                let kept = handle.as_str().is_some_and(|it| it.starts_with(SAMPLES));
                if !kept {
                    *handle = json!(format!("{SAMPLES}v/t61/{}", random_hex(8)));
                }
            }
        }
        let buttons = part.get_mut("buttons").and_then(Value::as_array_mut);
        for button in buttons.into_iter().flatten() {
            if let Some(Value::String(word)) = button.get_mut("type") {
                *word = word.to_uppercase();
            }
        }
    }
    parts
}

/// The text of an authentication template, which is Meta's.
fn with_text(parts: Vec<Value>) -> Vec<Value> {
    let mut parts = upper(parts);
    for part in &mut parts {
        let safe = part.get("add_security_recommendation") == Some(&json!(true));
        let minutes = part.get("code_expiration_minutes").and_then(Value::as_i64);
        let text = match (is(part, "BODY"), minutes) {
            (true, _) if safe => {
                "*{{1}}* is your verification code. For your security, do not share this code."
                    .to_string()
            }
            (true, _) => "*{{1}}* is your verification code.".to_string(),
            (false, Some(minutes)) => format!("This code expires in {minutes} minutes."),
            (false, None) => continue,
        };
        if let Some(map) = part.as_object_mut() {
            map.insert("text".to_string(), json!(text));
        }
    }
    parts
}
