//! A template as a customer's phone shows it.

use crate::whatsapp::templates::{
    Body, Button, Component, Footer, Header, MediaKind, Template, TemplateText,
};
use app::model::{ButtonKind, MessagePreview, PreviewButton, PreviewHeader, PreviewText};

/// Meta's own words of authentication templates, where a list leaves them out. Customers read them in the template's
/// language.
const CODE_TEXT: &str = "*{{1}}* is your verification code.";
const CODE_SECRET: &str = " For your security, do not share this code.";

/// The whole template, with the examples Meta was given in place of its variables.
pub(super) fn preview(template: &Template) -> MessagePreview {
    parts(&template.components)
}

fn parts(components: &[Component]) -> MessagePreview {
    let mut shown = MessagePreview::default();
    for component in components {
        match component {
            Component::Header(header) => shown.header = above(header),
            Component::Body(body) => shown.body = words(body),
            Component::Footer(footer) => shown.footer = below(footer),
            Component::Buttons(buttons) => shown.buttons.extend(buttons.iter().map(button)),
            Component::Carousel(cards) => {
                shown.cards = cards.iter().map(|card| parts(&card.components)).collect();
            }
            Component::LimitedTimeOffer(offer) => shown.offer = offer.text.clone(),
            Component::CallPermissionRequest => shown.buttons.push(PreviewButton {
                kind: ButtonKind::Consent,
                text: String::new(),
                detail: None,
            }),
            Component::Unknown { .. } => {}
        }
    }
    shown
}

fn above(header: &Header) -> Option<PreviewHeader> {
    match header {
        Header::Text(words) => Some(PreviewHeader::Text(text(words))),
        Header::Media { kind, .. } => Some(match kind {
            MediaKind::Image => PreviewHeader::Image,
            MediaKind::Video => PreviewHeader::Video,
            MediaKind::Document => PreviewHeader::Document,
        }),
        Header::Location => Some(PreviewHeader::Location),
        Header::Unknown { .. } => None,
    }
}

fn text(words: &TemplateText) -> PreviewText {
    let examples = words.variables.iter().filter_map(|variable| {
        let example = variable.example.clone()?;
        (!example.is_empty()).then(|| (variable.name.clone(), example))
    });
    PreviewText {
        text: words.text.clone(),
        examples: examples.collect(),
    }
}

fn words(body: &Body) -> PreviewText {
    let secret = if body.security_recommendation {
        CODE_SECRET
    } else {
        ""
    };
    match &body.text {
        Some(words) => text(words),
        None => PreviewText::plain(format!("{CODE_TEXT}{secret}")),
    }
}

fn below(footer: &Footer) -> Option<String> {
    let expires = |minutes: i64| format!("This code expires in {minutes} minutes.");
    let written = footer.text.clone();
    written.or_else(|| footer.code_expiration_minutes.map(expires))
}

fn button(button: &Button) -> PreviewButton {
    let (kind, detail) = match button {
        Button::QuickReply { .. } => (ButtonKind::Reply, None),
        Button::Url(address) => (ButtonKind::Url, Some(address.url.text.clone())),
        Button::PhoneNumber { phone_number, .. } => (
            ButtonKind::Phone,
            Some(format!("+{}", phone_number.trim_start_matches('+'))),
        ),
        Button::CopyCode { example, .. } => (ButtonKind::CopyCode, example.clone()),
        Button::OneTimeCode { .. } => (ButtonKind::CopyCode, None),
        Button::Flow { .. } => (ButtonKind::Flow, None),
        Button::VoiceCall { .. } => (ButtonKind::Call, None),
        Button::Catalog { .. }
        | Button::Products { .. }
        | Button::RequestContactInfo { .. }
        | Button::Unknown { .. } => (ButtonKind::Other, None),
    };
    PreviewButton {
        kind,
        text: button.text().to_owned(),
        detail,
    }
}

/// The beginning of a template's words, for lists.
pub(super) fn beginning(template: &Template) -> String {
    const LENGTH: usize = 90;
    let body = template.body().map(words).unwrap_or_default().text;
    let line = body.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(LENGTH) {
        Some((end, _)) => format!("{}…", line.get(..end).unwrap_or_default().trim_end()),
        None => line,
    }
}

/// How many variables its words have.
pub(super) fn variables(template: &Template) -> u32 {
    let body = template.body().and_then(|body| body.text.as_ref());
    let count = body.map_or(0, |words| words.variables.len());
    u32::try_from(count).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::whatsapp::templates::testing;
    use serde_json::json;

    #[test]
    fn a_template_is_shown_with_its_examples() {
        let template = Template::read(&json!({
            "name": "order", "language": "ru", "category": "UTILITY",
            "components": [
                {"type": "HEADER", "format": "IMAGE", "example": {"header_handle": ["https://x"]}},
                {"type": "BODY", "text": "Order {{1}}\nis *ready*.", "example": {"body_text": [["118"]]}},
                {"type": "FOOTER", "text": "Shop"},
                {"type": "BUTTONS", "buttons": [
                    {"type": "URL", "text": "Track", "url": "https://a.kz/{{1}}", "example": ["https://a.kz/1"]},
                    {"type": "PHONE_NUMBER", "text": "Call", "phone_number": "77272000111"},
                ]},
            ],
        }))
        .unwrap();
        let shown = preview(&template);
        assert_eq!(shown.header, Some(PreviewHeader::Image));
        assert_eq!(shown.body.filled(), "Order 118\nis *ready*.");
        assert_eq!(shown.buttons[1].detail.as_deref(), Some("+77272000111"));
        assert_eq!(beginning(&template), "Order {{1}} is *ready*.");
        assert_eq!(variables(&template), 1);
    }

    #[test]
    fn every_real_template_that_can_be_read_can_be_shown() {
        for (_, raw) in testing::template_fixtures() {
            if let Ok(template) = Template::read(&raw) {
                let shown = preview(&template);
                let says = !shown.body.text.is_empty() || shown.header.is_some();
                assert!(says || template.components.is_empty(), "{raw}");
            }
        }
    }
}
