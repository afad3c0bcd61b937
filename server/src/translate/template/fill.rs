//! A template filled from a code.

use serde_json::{Value, json};

use super::arguments::Arguments;
use super::fill_problem::FillProblem;
use super::given::Given;
use super::{body, buttons, carousel, header, offer};
use crate::whatsapp::templates::{Component, Footer, Template};

/// A message ready to be sent.
#[derive(Clone, Debug, PartialEq)]
pub struct Filled {
    /// Meta's object of the message: under `template` or `interactive`.
    pub content: Value,
    /// What the customer sees, in plain lines.
    pub text: String,
}

/// What the parts of a template came to.
#[derive(Default)]
pub(super) struct Parts {
    /// Meta's components; a part without variables has none.
    pub(super) content: Vec<Value>,
    /// What the customer sees.
    pub(super) lines: Vec<String>,
    /// The first value of the body: a one-time code stands in a button again.
    pub(super) code: Option<String>,
}

/// Fills a template. What Meta would refuse for its count or kind is refused here.
pub fn fill(template: &Template, arguments: &Arguments) -> Result<Filled, FillProblem> {
    if !template.is_approved() {
        let status = template.status.clone();
        return Err(FillProblem::NotApproved { status });
    }
    let mut given = Given::new(arguments, template.parameter_format);
    given.has_names()?;
    let parts = fill_parts(&template.components, None, &mut given)?;
    given.nothing_left()?;
    let mut content = json!({"name": template.name, "language": {"code": template.language}});
    if let (Value::Object(fields), false) = (&mut content, parts.content.is_empty()) {
        fields.insert("components".to_owned(), Value::Array(parts.content));
    }
    let text = match parts.lines.is_empty() {
        true => template.name.clone(),
        false => parts.lines.join("\n"),
    };
    Ok(Filled { content, text })
}

/// Fills the parts of a template or of a card, in the order a phone shows them.
pub(super) fn fill_parts(
    components: &[Component],
    card: Option<u8>,
    given: &mut Given,
) -> Result<Parts, FillProblem> {
    let mut ordered: Vec<_> = components.iter().collect();
    ordered.sort_by_key(|component| place(component));
    let mut parts = Parts::default();
    for component in ordered {
        match component {
            Component::Header(header) => header::fill(header, card, given, &mut parts)?,
            Component::LimitedTimeOffer(offer) => offer::fill(offer, card, given, &mut parts)?,
            Component::Body(body) => body::fill(body, card, given, &mut parts)?,
            Component::Footer(footer) => parts.lines.extend(footer_line(footer)),
            Component::Buttons(all) => buttons::fill(all, card, given, &mut parts)?,
            Component::Carousel(cards) => carousel::fill(cards, given, &mut parts)?,
            // Meta fills these itself, or says what it misses.
            Component::CallPermissionRequest | Component::Unknown { .. } => {}
        }
    }
    Ok(parts)
}

fn place(component: &Component) -> u8 {
    match component {
        Component::Header(_) => 0,
        Component::LimitedTimeOffer(_) => 1,
        Component::Body(_) => 2,
        Component::Footer(_) => 3,
        Component::CallPermissionRequest => 4,
        Component::Buttons(_) => 5,
        Component::Carousel(_) => 6,
        Component::Unknown { .. } => 7,
    }
}

fn footer_line(footer: &Footer) -> Option<String> {
    let minutes = footer.code_expiration_minutes;
    let preset = || Some(format!("This code expires in {} minutes.", minutes?));
    footer.text.clone().or_else(preset)
}
