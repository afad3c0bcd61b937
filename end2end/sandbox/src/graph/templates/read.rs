//! Reading templates: all of a WABA in pages, or one by its id.

use crate::graph::Refusal;
use crate::graph::accounts::{owned, page_of};
use crate::graph::route::Call;
use crate::words::{int_of, text_of};
use crate::world::Template;
use serde_json::{Map, Value, json};

/// Rows of a page at the most, whatever `limit` asks for: Meta may give fewer than were asked for, so that only
/// `paging.next` tells where a list ends.
const MOST: i64 = 25;

/// What is shown where nothing is asked for.
const PLAIN: &str =
    "name,parameter_format,components,language,status,category,sub_category,previous_category,id";

/// `GET /{waba}/message_templates`: filters, fields, pages.
pub fn list(call: &mut Call, waba: &str) -> Result<Value, Refusal> {
    owned(call, waba)?;
    let asked = int_of(call.query.get("limit")).filter(|limit| *limit > 0);
    let filter = Filter::read(call)?;
    let templates: Vec<Template> = call.shared.world(|world| {
        let own = world.templates.iter().filter(|it| it.waba == waba);
        own.filter(|it| filter.takes(it)).cloned().collect()
    });
    let fields = text_of(call.query.get("fields"));
    let mut rows = Vec::new();
    for template in &templates {
        rows.push((template.id.clone(), fields_of(template, fields.as_deref())?));
    }
    let limit = asked.unwrap_or(MOST).min(MOST) as usize;
    let path = format!("{waba}/message_templates");
    Ok(page_of(call, &path, rows, limit))
}

/// There is a template of this id.
pub fn known(call: &Call, id: &str) -> bool {
    call.shared.world(|world| world.template(id).is_some())
}

/// The template, where the token may manage its WABA.
pub fn managed(call: &Call, id: &str) -> Result<Template, Refusal> {
    let template = call.shared.world(|world| world.template(id).cloned());
    let template = template.filter(|it| call.may(&it.waba));
    let template = template.ok_or_else(|| Refusal::no_object(call.method.as_str(), id))?;
    call.needs("whatsapp_business_management")?;
    Ok(template)
}

/// `GET /{template_id}`
pub fn one(call: &Call, id: &str) -> Result<Value, Refusal> {
    let template = managed(call, id)?;
    fields_of(&template, call.parameter("fields").as_deref())
}

/// What the list is narrowed to.
struct Filter {
    name: Option<String>,
    content: Option<String>,
    status: Option<String>,
    language: Option<String>,
    category: Option<String>,
}

impl Filter {
    fn read(call: &Call) -> Result<Self, Refusal> {
        let get = |name: &str| text_of(call.query.get(name)).filter(|text| !text.is_empty());
        let listed = |name: &str, words: &[&str]| match get(name).map(|it| it.to_uppercase()) {
            Some(word) if !words.contains(&word.as_str()) => Err(Refusal::parameter(&format!(
                "Param {name} must be one of {{{}}} - got \"{word}\".",
                words.join(", ")
            ))),
            word => Ok(word),
        };
        Ok(Self {
            name: get("name").or_else(|| get("name_or_content")),
            content: get("content"),
            status: listed("status", &STATUSES)?,
            language: get("language"),
            category: listed("category", &CATEGORIES)?,
        })
    }

    /// `name` and `content` need only be contained; a reader that wants one name compares it.
    fn takes(&self, template: &Template) -> bool {
        let has = |wanted: &Option<String>, own: &str| {
            wanted.as_ref().is_none_or(|it| own.contains(it.as_str()))
        };
        let is = |wanted: &Option<String>, own: &str| wanted.as_ref().is_none_or(|it| it == own);
        let body = template
            .component("BODY")
            .and_then(|it| text_of(it.get("text")));
        has(&self.name, &template.name)
            && has(&self.content, &body.unwrap_or_default())
            && is(&self.status, &template.status)
            && is(&self.language, &template.language)
            && is(&self.category, &template.category)
    }
}

/// The states Meta knows.
pub const STATUSES: [&str; 10] = [
    "APPROVED",
    "IN_APPEAL",
    "PENDING",
    "REJECTED",
    "PENDING_DELETION",
    "DELETED",
    "DISABLED",
    "PAUSED",
    "LIMIT_EXCEEDED",
    "ARCHIVED",
];

/// The categories Meta knows.
pub const CATEGORIES: [&str; 3] = ["AUTHENTICATION", "MARKETING", "UTILITY"];

/// The fields asked for; an unknown one fails the whole request.
fn fields_of(template: &Template, fields: Option<&str>) -> Result<Value, Refusal> {
    let fields = fields.filter(|list| !list.trim().is_empty());
    let mut out = Map::new();
    for field in fields.unwrap_or(PLAIN).split(',').map(str::trim) {
        let value = match field {
            "id" => json!(template.id),
            "name" => json!(template.name),
            "language" => json!(template.language),
            "category" => json!(template.category),
            "status" => json!(template.status),
            "parameter_format" => json!(template.parameter_format),
            "components" => json!(template.components),
            "quality_score" => json!({ "score": template.quality, "date": 1_790_000_000 }),
            "rejected_reason" => json!(template.rejected_reason),
            "previous_category" => json!(template.previous_category),
            "sub_category"
            | "correct_category"
            | "library_template_name"
            | "message_send_ttl_seconds" => Value::Null,
            "last_updated_time" => json!("2026-05-01T09:30:00+0000"),
            "cta_url_link_tracking_opted_out" => json!(false),
            _ => {
                let words = format!("Tried accessing nonexisting field ({field})");
                return Err(Refusal::parameter(&words));
            }
        };
        if !value.is_null() {
            out.insert(field.to_string(), value);
        }
    }
    out.insert("id".to_string(), json!(template.id));
    Ok(Value::Object(out))
}
