//! A template.

use serde_json::Value;

use super::{Body, Button, Component, Header, TemplateText, Unreadable};
use crate::outside::loose;

/// A template in one language, as Meta has it.
#[derive(Clone, Debug, PartialEq)]
pub struct Template {
    /// Meta's id, one for each language. Missing in what is only about to be made.
    pub id: Option<String>,
    /// Small Latin letters, digits and underscores.
    pub name: String,
    /// Its language as Meta writes it, e.g. `en_US`; it has to be sent letter for letter.
    pub language: String,
    /// Meta's word, e.g. `APPROVED`, `PAUSED`; empty where Meta does not say.
    pub status: String,
    /// Meta's word: `UTILITY`, `MARKETING`, `AUTHENTICATION` or an older one.
    pub category: String,
    /// `GREEN`, `YELLOW`, `RED`, `UNKNOWN`.
    pub quality: Option<String>,
    /// Why Meta rejected it; its `NONE` is no reason.
    pub rejected_reason: Option<String>,
    /// Whether its variables have numbers or names.
    pub parameter_format: ParameterFormat,
    /// Its parts, in Meta's order.
    pub components: Vec<Component>,
}

/// How the variables of a template are told apart.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ParameterFormat {
    /// By number: `{{1}}`.
    #[default]
    Positional,
    /// By name: `{{client}}`.
    Named,
}

impl Template {
    /// Reads one template of a list, or Meta's answer about one.
    pub fn read(raw: &Value) -> Result<Self, Unreadable> {
        if !raw.is_object() {
            return Err(Unreadable::NotAnObject);
        }
        let name = loose::filled(raw, "name").ok_or(Unreadable::NoName)?;
        let category = loose::text(raw, "category").unwrap_or_default();
        let preset = category.eq_ignore_ascii_case("AUTHENTICATION");
        let components = match loose::field(raw, "components") {
            None => Vec::new(),
            Some(parts @ (Value::Array(_) | Value::Object(_))) => loose::items(parts)
                .into_iter()
                .map(|part| Component::read(part, preset))
                .collect::<Result<_, _>>()?,
            Some(Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_)) => {
                return Err(Unreadable::PartsNotAList);
            }
        };
        let declared = loose::text(raw, "parameter_format").unwrap_or_default();
        Ok(Self {
            id: loose::filled(raw, "id"),
            name,
            language: language(raw).ok_or(Unreadable::NoLanguage)?,
            status: loose::text(raw, "status").unwrap_or_default(),
            category,
            quality: quality(raw),
            rejected_reason: loose::filled(raw, "rejected_reason")
                .filter(|reason| !reason.eq_ignore_ascii_case("NONE")),
            parameter_format: format_of(&components, &declared),
            components,
        })
    }

    /// Meta sends no other.
    pub fn is_approved(&self) -> bool {
        self.status.eq_ignore_ascii_case("APPROVED")
    }

    /// Marketing has rules, prices and an address of its own.
    pub fn is_marketing(&self) -> bool {
        self.category.eq_ignore_ascii_case("MARKETING")
    }

    /// The header, where it has one.
    pub fn header(&self) -> Option<&Header> {
        header(&self.components)
    }

    /// The body, where it has one.
    pub fn body(&self) -> Option<&Body> {
        body(&self.components)
    }

    /// All buttons; none where it has none.
    pub fn buttons(&self) -> &[Button] {
        buttons(&self.components)
    }
}

/// The header among parts.
pub(super) fn header(parts: &[Component]) -> Option<&Header> {
    parts.iter().find_map(|part| match part {
        Component::Header(header) => Some(header),
        Component::Body(_)
        | Component::Footer(_)
        | Component::Buttons(_)
        | Component::Carousel(_)
        | Component::LimitedTimeOffer(_)
        | Component::CallPermissionRequest
        | Component::Unknown { .. } => None,
    })
}

/// The body among parts.
pub(super) fn body(parts: &[Component]) -> Option<&Body> {
    parts.iter().find_map(|part| match part {
        Component::Body(body) => Some(body),
        Component::Header(_)
        | Component::Footer(_)
        | Component::Buttons(_)
        | Component::Carousel(_)
        | Component::LimitedTimeOffer(_)
        | Component::CallPermissionRequest
        | Component::Unknown { .. } => None,
    })
}

/// The buttons among parts.
pub(super) fn buttons(parts: &[Component]) -> &[Button] {
    let found = parts.iter().find_map(|part| match part {
        Component::Buttons(buttons) => Some(buttons.as_slice()),
        Component::Header(_)
        | Component::Body(_)
        | Component::Footer(_)
        | Component::Carousel(_)
        | Component::LimitedTimeOffer(_)
        | Component::CallPermissionRequest
        | Component::Unknown { .. } => None,
    });
    found.unwrap_or_default()
}

/// A word, or an object with the word inside.
fn language(raw: &Value) -> Option<String> {
    loose::filled(raw, "language").or_else(|| {
        let inside = loose::field(raw, "language")?;
        loose::filled(inside, "code")
    })
}

/// An object, a word, or an older key.
fn quality(raw: &Value) -> Option<String> {
    let score = loose::field(raw, "quality_score");
    let inside = score.and_then(|found| loose::filled(found, "score"));
    inside
        .or_else(|| score.and_then(loose::as_text))
        .or_else(|| loose::filled(raw, "quality_score_category"))
}

/// The variables themselves say it; where there are none, what Meta declares does not matter much.
fn format_of(components: &[Component], declared: &str) -> ParameterFormat {
    let header_text = header(components).and_then(|header| match header {
        Header::Text(text) => Some(text),
        Header::Media { .. } | Header::Location | Header::Unknown { .. } => None,
    });
    let body_text = body(components).and_then(|body| body.text.as_ref());
    let mut said = [body_text, header_text]
        .into_iter()
        .flatten()
        .filter_map(TemplateText::is_named);
    match said.next() {
        Some(true) => ParameterFormat::Named,
        Some(false) => ParameterFormat::Positional,
        None if declared.eq_ignore_ascii_case("NAMED") => ParameterFormat::Named,
        None => ParameterFormat::Positional,
    }
}
