//! The grammar, and templates filled by it.

use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;
use crate::translate::Language;
use crate::whatsapp::templates::Template;
use crate::whatsapp::templates::testing::template_fixtures;

mod filling;
mod grammar;
mod guide;
mod parts;
mod whole;

fn approved(raw: Value) -> Template {
    let mut template = Template::read(&raw).unwrap();
    template.status = "APPROVED".into();
    template
}

/// A template with these parts.
fn of(components: Value) -> Template {
    approved(
        json!({"name": "order", "language": "ru", "category": "UTILITY", "components": components}),
    )
}

/// The arguments of a code.
fn args(text: &str) -> Arguments {
    let code = format!("template-order+ru+{text}");
    read_code(&code, CodeFrom::Chat).unwrap().unwrap().arguments
}

fn content(template: &Template, text: &str) -> Value {
    fill(template, &args(text)).unwrap().content["components"].clone()
}

fn problem(template: &Template, text: &str) -> FillProblem {
    fill(template, &args(text)).unwrap_err()
}

fn key(text: &str) -> Key {
    Key::parse(text).unwrap()
}
