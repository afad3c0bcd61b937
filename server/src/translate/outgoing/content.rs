//! An interactive message as Meta takes it, and as the customer sees it.

use app::model::{
    InteractiveAction, InteractiveContent, InteractiveHeader, ListRow, ListSection, ReplyButton,
};
use serde_json::{Map, Value, json};

/// The version of Meta's Flows that a message speaks.
const FLOW_VERSION: &str = "3";

/// Meta's object under `interactive`.
pub(super) fn meta_object(content: &InteractiveContent) -> Value {
    let kind = match &content.action {
        InteractiveAction::ReplyButtons { .. } => "button",
        InteractiveAction::List { .. } => "list",
        InteractiveAction::UrlButton { .. } => "cta_url",
        InteractiveAction::LocationRequest => "location_request_message",
        InteractiveAction::VoiceCall { .. } => "voice_call",
        InteractiveAction::CallPermission => "call_permission_request",
        InteractiveAction::Flow { .. } => "flow",
    };
    let text = |text: &str| filled(text).map(|text| json!({"text": text}));
    object([
        ("type", Some(json!(kind))),
        ("header", header(&content.header)),
        ("body", text(&content.body)),
        ("footer", text(&content.footer)),
        ("action", Some(action(&content.action))),
    ])
}

fn header(header: &InteractiveHeader) -> Option<Value> {
    Some(match header {
        InteractiveHeader::None => return None,
        InteractiveHeader::Text { text } => json!({"type": "text", "text": text.trim()}),
        InteractiveHeader::Image { link } => {
            json!({"type": "image", "image": {"link": link.trim()}})
        }
        InteractiveHeader::Video { link } => {
            json!({"type": "video", "video": {"link": link.trim()}})
        }
        InteractiveHeader::Document { link, name } => {
            let document = object([
                ("link", Some(json!(link.trim()))),
                ("filename", filled(name)),
            ]);
            json!({"type": "document", "document": document})
        }
    })
}

fn action(action: &InteractiveAction) -> Value {
    let named = |name: &str, parameters: Value| json!({"name": name, "parameters": parameters});
    match action {
        InteractiveAction::ReplyButtons { buttons } => {
            json!({"buttons": buttons.iter().map(reply).collect::<Vec<_>>()})
        }
        InteractiveAction::List { button, sections } => {
            let sections: Vec<_> = sections.iter().map(section).collect();
            json!({"button": button.trim(), "sections": sections})
        }
        InteractiveAction::UrlButton { title, url } => named(
            "cta_url",
            json!({"display_text": title.trim(), "url": url.trim()}),
        ),
        InteractiveAction::LocationRequest => json!({"name": "send_location"}),
        InteractiveAction::VoiceCall {
            title,
            minutes,
            payload,
        } => {
            let parameters = object([
                ("display_text", filled(title)),
                ("ttl_minutes", Some(json!(minutes))),
                ("payload", filled(payload)),
            ]);
            named("voice_call", parameters)
        }
        InteractiveAction::CallPermission => json!({"name": "call_permission_request"}),
        InteractiveAction::Flow {
            button,
            flow,
            screen,
            token,
            draft,
        } => {
            // Ids are digits; anything else is a name.
            let is_id = flow.trim().bytes().all(|byte| byte.is_ascii_digit());
            let key = if is_id { "flow_id" } else { "flow_name" };
            // Without a screen Meta opens the form's own first one.
            let screen = filled(screen).map(|screen| json!({"screen": screen}));
            let navigate = screen.as_ref().map(|_| json!("navigate"));
            let parameters = object([
                ("flow_message_version", Some(json!(FLOW_VERSION))),
                (key, filled(flow)),
                ("flow_cta", filled(button)),
                ("flow_token", filled(token)),
                ("mode", draft.then(|| json!("draft"))),
                ("flow_action", navigate),
                ("flow_action_payload", screen),
            ]);
            named("flow", parameters)
        }
    }
}

fn reply(button: &ReplyButton) -> Value {
    let (id, title) = (button.answer_id().trim(), button.title.trim());
    json!({"type": "reply", "reply": {"id": id, "title": title}})
}

fn section(section: &ListSection) -> Value {
    let rows: Vec<_> = section.rows.iter().map(row).collect();
    object([
        ("title", filled(&section.title)),
        ("rows", Some(json!(rows))),
    ])
}

fn row(row: &ListRow) -> Value {
    object([
        ("id", Some(json!(row.answer_id().trim()))),
        ("title", filled(&row.title)),
        ("description", filled(&row.description)),
    ])
}

/// What the customer sees, in plain lines.
pub(super) fn lines(content: &InteractiveContent) -> Vec<String> {
    let above = match &content.header {
        InteractiveHeader::None => Vec::new(),
        InteractiveHeader::Text { text } => vec![text],
        InteractiveHeader::Image { link } | InteractiveHeader::Video { link } => vec![link],
        InteractiveHeader::Document { link, name } => vec![name, link],
    };
    let above = above.into_iter().chain([&content.body, &content.footer]);
    let above = above.map(|line| line.trim().to_owned());
    let below = options(&content.action).into_iter();
    above
        .filter(|line| !line.is_empty())
        .chain(below.map(|line| format!("• {line}")))
        .collect()
}

fn options(action: &InteractiveAction) -> Vec<String> {
    match action {
        InteractiveAction::ReplyButtons { buttons } => {
            buttons.iter().map(|button| button.title.clone()).collect()
        }
        InteractiveAction::List { sections, .. } => {
            let rows = sections.iter().flat_map(|section| &section.rows);
            rows.map(|row| pair(&row.title, &row.description)).collect()
        }
        InteractiveAction::UrlButton { title, url } => vec![pair(title, url)],
        InteractiveAction::VoiceCall { title, .. } if title.trim().is_empty() => {
            vec!["Call Now".to_owned()]
        }
        InteractiveAction::VoiceCall { title, .. } => vec![title.clone()],
        InteractiveAction::Flow { button, .. } => vec![button.clone()],
        InteractiveAction::LocationRequest => vec!["Send location".to_owned()],
        InteractiveAction::CallPermission => vec!["Allow calls?".to_owned()],
    }
}

fn pair(title: &str, more: &str) -> String {
    match more.trim() {
        "" => title.trim().to_owned(),
        more => format!("{}: {more}", title.trim()),
    }
}

/// The text without blanks around it; an empty one is left out.
fn filled(text: &str) -> Option<Value> {
    let text = text.trim();
    (!text.is_empty()).then(|| json!(text))
}

/// An object of those fields that have a value.
fn object<const N: usize>(fields: [(&str, Option<Value>); N]) -> Value {
    let fields = fields.into_iter();
    let fields = fields.filter_map(|(key, value)| Some((key.to_owned(), value?)));
    Value::Object(fields.collect::<Map<_, _>>())
}
