//! The ready code of a template, to copy.

use std::collections::HashSet;

use super::arguments::{Arguments, Entry};
use super::body::text_of;
use super::buttons::suffix;
use super::clean::clean;
use super::code::Code;
use super::fill::fill;
use super::key::{Key, Word};
use crate::whatsapp::templates::{
    Button, Component, Header, MediaKind, ParameterFormat, Template, Variable,
};

/// The longest example that is still shown in a ready code, in characters.
const EXAMPLE_MAX: usize = 40;

/// The code with everything the template needs; the examples Meta approved stand for the values.
pub fn signature(template: &Template) -> String {
    let mut entries = Vec::new();
    add(
        &template.components,
        None,
        template.parameter_format,
        &mut entries,
    );
    // Header and body may share a name, which is written once.
    let mut seen = HashSet::new();
    entries.retain(|entry| match entry {
        Entry::Named { name, .. } => seen.insert(name.clone()),
        Entry::Value(_) | Entry::Reserved { .. } => true,
    });
    Code::of(template, Arguments { entries }).to_string()
}

/// The code of a template with a text in its only variable. `None` where the template needs anything else, is not
/// approved, or is for one-time codes.
pub fn offer_code(template: &Template, text: &str) -> Option<String> {
    let body = template.body()?.text.as_ref()?;
    let [variable] = body.variables.as_slice() else {
        return None;
    };
    if template.category.eq_ignore_ascii_case("AUTHENTICATION") {
        return None;
    }
    let arguments = Arguments {
        entries: vec![entry(variable, template.parameter_format, clean(text))],
    };
    fill(template, &arguments).ok()?;
    Some(Code::of(template, arguments).to_string())
}

fn add(parts: &[Component], card: Option<u8>, format: ParameterFormat, entries: &mut Vec<Entry>) {
    let reserved = |word, value: String| {
        let key = Key::at(card, word);
        Entry::Reserved { key, value }
    };
    let (mut first, mut rest) = (Vec::new(), Vec::new());
    for part in parts {
        match part {
            Component::Body(body) => {
                let variables = text_of(body).variables;
                first.extend(variables.iter().map(|one| match card {
                    None => entry(one, format, placeholder(one)),
                    Some(_) => reserved(Word::Body, placeholder(one)),
                }));
            }
            Component::Header(Header::Text(text)) => {
                rest.extend(text.variables.iter().map(|one| match one.number() {
                    None => entry(one, ParameterFormat::Named, placeholder(one)),
                    Some(_) => reserved(Word::Header, placeholder(one)),
                }));
            }
            Component::Header(Header::Media { kind, .. }) => {
                rest.push(reserved(Word::FileLink, sample(*kind).to_owned()));
            }
            Component::Header(Header::Location) => {
                rest.push(reserved(
                    Word::Location,
                    "43.238949,76.889709,name,address".to_owned(),
                ));
            }
            Component::LimitedTimeOffer(offer) if offer.has_expiration => {
                rest.push(reserved(Word::OfferUntil, "2030-12-31 18:00".to_owned()));
            }
            Component::Buttons(buttons) => {
                let needed = buttons.iter().filter_map(needed);
                rest.extend(needed.map(|(word, value)| reserved(word, value)));
            }
            Component::Header(Header::Unknown { .. })
            | Component::LimitedTimeOffer(_)
            | Component::Carousel(_)
            | Component::Footer(_)
            | Component::CallPermissionRequest
            | Component::Unknown { .. } => {}
        }
    }
    entries.append(&mut first);
    entries.append(&mut rest);
    for part in parts {
        if let Component::Carousel(cards) = part {
            for (card, number) in cards.iter().zip(1..=u8::MAX) {
                add(&card.components, Some(number), format, entries);
            }
        }
    }
}

fn entry(variable: &Variable, format: ParameterFormat, value: String) -> Entry {
    match format {
        ParameterFormat::Positional => Entry::Value(value),
        ParameterFormat::Named => Entry::Named {
            name: variable.name.clone(),
            value,
        },
    }
}

/// What a button has to be given.
fn needed(button: &Button) -> Option<(Word, String)> {
    match button {
        Button::Url(button) => {
            let variable = button.url.variables.first()?;
            let example = variable
                .example
                .as_deref()
                .map(|one| suffix(&button.url, one));
            let example = example.filter(|one| fits(one) && !one.contains("://"));
            Some((
                Word::ButtonParam,
                example.unwrap_or_else(|| "value".to_owned()),
            ))
        }
        Button::CopyCode { example, .. } => {
            let example = example
                .clone()
                .filter(|one| fits(one) && one.chars().count() <= 15);
            Some((Word::CopyCode, example.unwrap_or_else(|| "CODE".to_owned())))
        }
        Button::QuickReply { .. }
        | Button::PhoneNumber { .. }
        | Button::OneTimeCode { .. }
        | Button::Flow { .. }
        | Button::Catalog { .. }
        | Button::Products { .. }
        | Button::VoiceCall { .. }
        | Button::RequestContactInfo { .. }
        | Button::Unknown { .. } => None,
    }
}

fn placeholder(variable: &Variable) -> String {
    let example = variable
        .example
        .as_deref()
        .map(clean)
        .filter(|one| fits(one));
    example.unwrap_or_else(|| match variable.number() {
        Some(number) => format!("value{number}"),
        None => "value".to_owned(),
    })
}

fn fits(example: &str) -> bool {
    let is_short = example.chars().count() <= EXAMPLE_MAX;
    is_short && !example.trim().is_empty() && !example.contains("{{")
}

fn sample(kind: MediaKind) -> &'static str {
    match kind {
        MediaKind::Image => "https://example.com/picture.jpg",
        MediaKind::Video => "https://example.com/video.mp4",
        MediaKind::Document => "https://example.com/document.pdf",
    }
}
