//! Meta's reviewers: what becomes of a template after it was submitted, each time with the webhook that says so.

use crate::state::Shared;
use crate::webhook::{envelope, queue_of};
use crate::words::{now, text_of};
use crate::world::{Template, is};
use serde_json::{Map, Value, json};

/// The events of `message_template_status_update` with the status a template has after them; none where it keeps its
/// own.
const EVENTS: [(&str, Option<&str>); 14] = [
    ("APPROVED", Some("APPROVED")),
    ("REJECTED", Some("REJECTED")),
    ("PENDING", Some("PENDING")),
    ("PAUSED", Some("PAUSED")),
    ("DISABLED", Some("DISABLED")),
    ("IN_APPEAL", Some("IN_APPEAL")),
    ("ARCHIVED", Some("ARCHIVED")),
    ("UNARCHIVED", Some("APPROVED")),
    ("REINSTATED", Some("APPROVED")),
    ("LIMIT_EXCEEDED", Some("LIMIT_EXCEEDED")),
    ("PENDING_DELETION", Some("PENDING_DELETION")),
    ("DELETED", Some("DELETED")),
    ("FLAGGED", None),
    ("LOCKED", None),
];

/// A decision about a template.
#[derive(Debug, Clone)]
pub enum Decision {
    /// An event with its reason.
    Status {
        event: String,
        reason: Option<String>,
    },
    /// Another category; only told in advance where it is not done yet.
    Category {
        category: String,
        done: bool,
    },
    Quality(String),
    /// Other components; the rest of the template stays.
    Components(Vec<Value>),
}

/// Carries a decision out and posts its webhook; the error is a sentence.
pub fn decide(shared: &Shared, id: &str, decision: &Decision) -> Result<(), String> {
    let (waba, field, value) = shared.world(|world| {
        let template = world.template_mut(id);
        let template = template.ok_or("There is no such template.")?;
        let (field, more) = match decision {
            Decision::Status { event, reason } => {
                let more = status(template, event, reason.as_deref())?;
                ("message_template_status_update", more)
            }
            Decision::Category { category, done } => (
                "template_category_update",
                recategorise(template, category, *done),
            ),
            Decision::Quality(score) => {
                let before = std::mem::replace(&mut template.quality, score.clone());
                let more = json!({ "previous_quality_score": before, "new_quality_score": score });
                ("message_template_quality_update", more)
            }
            Decision::Components(parts) => {
                template.components.clone_from(parts);
                ("message_template_components_update", elements(template))
            }
        };
        let value = about(template, more);
        let waba = template.waba.clone();
        world.templates.retain(|it| it.status != "DELETED");
        Ok::<_, String>((waba, field, value))
    })?;
    let label = format!("{field} of {id}");
    let body = envelope::about_waba(&waba, field, value);
    queue_of(
        shared,
        &waba,
        &format!("{waba} templates"),
        body,
        label,
        None,
    );
    shared.tell(json!({ "topic": "templates", "waba": waba }));
    Ok(())
}

/// What every webhook of a template says, and more. The id is a number here.
fn about(template: &Template, more: Value) -> Value {
    let mut value = Map::new();
    let id = template
        .id
        .parse::<u64>()
        .map_or(json!(template.id), |id| json!(id));
    value.insert("message_template_id".to_string(), id);
    value.insert("message_template_name".to_string(), json!(template.name));
    value.insert(
        "message_template_language".to_string(),
        json!(template.language),
    );
    if let Value::Object(more) = more {
        value.extend(more);
    }
    Value::Object(value)
}

fn status(template: &mut Template, event: &str, reason: Option<&str>) -> Result<Value, String> {
    let known = EVENTS.iter().find(|(name, _)| *name == event);
    let (_, after) = known.ok_or("There is no such event.")?;
    if let Some(after) = after {
        template.status = (*after).to_string();
    }
    template.approved_once |= template.status == "APPROVED";
    let why = reason.unwrap_or("INVALID_FORMAT");
    template.rejected_reason = if event == "REJECTED" { why } else { "NONE" }.to_string();
    let reason = match event {
        "REJECTED" => json!(why),
        "APPROVED" => json!("NONE"),
        _ => json!(reason),
    };
    let mut more = json!({
        "event": event, "reason": reason, "message_template_category": template.category,
    });
    let extra = match event {
        "REJECTED" => Some((
            "rejection_info",
            json!({ "reason": why, "recommendation": "Change the template and submit it again." }),
        )),
        "PAUSED" => Some((
            "other_info",
            json!({ "title": "FIRST_PAUSE", "description": "The template is paused for 3 hours because its quality is low." }),
        )),
        "DISABLED" => Some((
            "other_info",
            json!({ "title": "DISABLED", "description": "The template is disabled because its quality stayed low." }),
        )),
        "FLAGGED" => Some((
            "disable_info",
            json!({ "disable_date": "January 31, 2027" }),
        )),
        _ => None,
    };
    if let (Some((key, info)), Some(map)) = (extra, more.as_object_mut()) {
        map.insert(key.to_string(), info);
    }
    Ok(more)
}

/// Done: the category before and after. In advance: the right category beside the present one, and when.
fn recategorise(template: &mut Template, category: &str, done: bool) -> Value {
    if !done {
        return json!({
            "correct_category": category, "new_category": template.category,
            "category_update_timestamp": now() + 86_400,
        });
    }
    let before = std::mem::replace(&mut template.category, category.to_string());
    template.previous_category = Some(before.clone());
    json!({ "previous_category": before, "new_category": category })
}

/// The components in the words of `message_template_components_update`.
fn elements(template: &Template) -> Value {
    let mut out = Map::new();
    for (kind, key) in [
        ("HEADER", "message_template_title"),
        ("BODY", "message_template_element"),
        ("FOOTER", "message_template_footer"),
    ] {
        let text = template
            .component(kind)
            .and_then(|it| text_of(it.get("text")));
        if let Some(text) = text {
            out.insert(key.to_string(), json!(text));
        }
    }
    let part = template.components.iter().find(|it| is(it, "BUTTONS"));
    let buttons = part.and_then(|it| it.get("buttons")?.as_array());
    let shown: Vec<Value> = buttons
        .into_iter()
        .flatten()
        .map(|button| {
            let mut out = Map::new();
            for key in ["type", "text", "url", "phone_number"] {
                if let Some(value) = button.get(key) {
                    out.insert(format!("message_template_button_{key}"), value.clone());
                }
            }
            Value::Object(out)
        })
        .collect();
    if !shown.is_empty() {
        out.insert("message_template_buttons".to_string(), json!(shown));
    }
    Value::Object(out)
}
