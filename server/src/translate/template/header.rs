//! What stands above the text.

use serde_json::{Map, Value, json};
use url::Url;

use super::body::parameters;
use super::fill::Parts;
use super::fill_problem::FillProblem;
use super::given::Given;
use super::key::{Key, Word};
use crate::whatsapp::templates::{Header, MediaKind, TemplateText};

pub(super) fn fill(
    header: &Header,
    card: Option<u8>,
    given: &mut Given,
    parts: &mut Parts,
) -> Result<(), FillProblem> {
    let parameters = match header {
        Header::Text(text) => words(text, card, given, parts)?,
        Header::Media { kind, .. } => vec![file(*kind, card, given, parts)?],
        Header::Location => vec![place(card, given, parts)?],
        Header::Unknown { format, .. } => {
            let part = format.clone();
            return Err(FillProblem::CannotSend { part });
        }
    };
    if !parameters.is_empty() {
        let content = json!({"type": "header", "parameters": parameters});
        parts.content.push(content);
    }
    Ok(())
}

/// A line with at most one variable: under its own name, or as `header`.
fn words(
    text: &TemplateText,
    card: Option<u8>,
    given: &mut Given,
    parts: &mut Parts,
) -> Result<Vec<Value>, FillProblem> {
    let mut values = Vec::new();
    for variable in &text.variables {
        let value = match given.named(&variable.name)? {
            Some(value) => value,
            None if variable.number().is_some() => given.required(card, Word::Header)?,
            None => {
                let names = vec![variable.name.clone()];
                let value = given.one(Key::at(card, Word::Header))?;
                value.ok_or(FillProblem::MissingNames { names })?
            }
        };
        values.push(value);
    }
    let first = values.first().cloned();
    parts.lines.push(text.filled(|_| first.clone()));
    Ok(parameters(text, &values))
}

/// A file by its address, which Meta fetches itself.
fn file(
    kind: MediaKind,
    card: Option<u8>,
    given: &mut Given,
    parts: &mut Parts,
) -> Result<Value, FillProblem> {
    let found = given.required(card, Word::FileLink)?;
    let is_public = Url::parse(&found).is_ok_and(|url| url.scheme() == "https" && url.has_host());
    if !is_public || found.contains(char::is_whitespace) {
        let key = Key::at(card, Word::FileLink);
        return Err(FillProblem::Malformed { key, found });
    }
    let mut media = json!({"link": found});
    let name = match kind {
        MediaKind::Document => given.one(Key::at(card, Word::FileName))?,
        MediaKind::Image | MediaKind::Video => None,
    };
    parts.lines.extend(name.clone());
    parts.lines.push(found);
    if let (Value::Object(fields), Some(name)) = (&mut media, name) {
        fields.insert("filename".to_owned(), Value::String(name));
    }
    let fields = [("type", json!(kind.word())), (kind.word(), media)];
    Ok(object(fields))
}

/// `latitude,longitude`, and `name,address` where they are known.
fn place(card: Option<u8>, given: &mut Given, parts: &mut Parts) -> Result<Value, FillProblem> {
    let found = given.required(card, Word::Location)?;
    let mut pieces = found.splitn(4, ',').map(str::trim);
    let latitude = pieces.next().filter(|text| is_degree(text, 90.0));
    let longitude = pieces.next().filter(|text| is_degree(text, 180.0));
    let (Some(latitude), Some(longitude)) = (latitude, longitude) else {
        let key = Key::at(card, Word::Location);
        return Err(FillProblem::Malformed { key, found });
    };
    let labels = ["name", "address"].into_iter().zip(pieces);
    let labels: Vec<_> = labels.filter(|(_, text)| !text.is_empty()).collect();
    parts
        .lines
        .extend(labels.iter().map(|(_, text)| (*text).to_owned()));
    parts.lines.push(format!("{latitude}, {longitude}"));
    let degrees = [("latitude", latitude), ("longitude", longitude)];
    let location = object(
        degrees
            .into_iter()
            .chain(labels)
            .map(|(key, text)| (key, json!(text))),
    );
    Ok(json!({"type": "location", "location": location}))
}

fn is_degree(text: &str, most: f64) -> bool {
    let number = text.parse::<f64>();
    number.is_ok_and(|degree| degree.abs() <= most)
}

fn object<'a>(fields: impl IntoIterator<Item = (&'a str, Value)>) -> Value {
    let fields = fields
        .into_iter()
        .map(|(key, value)| (key.to_owned(), value));
    Value::Object(fields.collect::<Map<_, _>>())
}
