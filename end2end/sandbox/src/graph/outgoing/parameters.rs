//! Parameters of header and body: how many, of which kind, with which name.

use super::check::missing;
use crate::graph::Refusal;
use crate::graph::templates::names;
use crate::words::text_of;
use crate::world::is;
use serde_json::{Value, json};

/// What came for a component.
pub struct Given<'a> {
    what: &'static str,
    parameters: &'a [Value],
    named: bool,
}

impl<'a> Given<'a> {
    /// The parameters of the component of this name; none where the component was left out.
    pub fn of(what: &'static str, component: Option<&'a Value>, named: bool) -> Self {
        let list = component.and_then(|it| it.get("parameters")?.as_array());
        Self {
            what,
            parameters: list.map(Vec::as_slice).unwrap_or_default(),
            named,
        }
    }

    fn count(&self, due: usize) -> Result<(), Refusal> {
        let count = self.parameters.len();
        if count == due {
            return Ok(());
        }
        Err(counted(self.what, count, due))
    }
}

/// 132000: more or fewer than the template has variables.
pub fn counted(what: &str, count: usize, due: usize) -> Refusal {
    Refusal::messaging(
        132_000,
        "Number of parameters does not match the expected number of params",
        &format!(
            "{what}: number of localizable_params ({count}) does not match the expected number of params ({due})"
        ),
    )
}

/// 132012: of another kind than the template wants.
pub fn mismatch(details: &str) -> Refusal {
    let words = "Parameter format does not match format in the created template";
    Refusal::messaging(132_012, words, details)
}

/// The text parameter of the first component of this type.
pub fn first_text(given: &[Value], kind: &str) -> Option<String> {
    let component = given.iter().find(|it| is(it, kind))?;
    text_of(component.pointer("/parameters/0/text"))
}

/// The header: a text that is filled, or a medium or a place that must come with every message.
pub fn header(part: Option<&Value>, given: &Given<'_>) -> Result<Option<Value>, Refusal> {
    let Some(part) = part else {
        given.count(0)?;
        return Ok(None);
    };
    let format = text_of(part.get("format")).unwrap_or("TEXT".to_string());
    if format == "TEXT" {
        let text = text_of(part.get("text")).unwrap_or_default();
        let filled = texts(&text, given, 60)?;
        return Ok(Some(json!({ "kind": "text", "text": filled })));
    }
    let received = given.parameters.first();
    let received = received.and_then(|it| text_of(it.get("type")));
    let received = received.unwrap_or("unknown".to_string());
    if !received.eq_ignore_ascii_case(&format) || given.parameters.len() != 1 {
        return Err(mismatch(&format!(
            "header: Format mismatch, expected {format}, received {}",
            received.to_uppercase()
        )));
    }
    let kind = format.to_lowercase();
    let own = given.parameters.first().and_then(|it| it.get(&kind));
    let own = own.ok_or_else(|| missing(&format!("header.{kind}")))?;
    if kind == "location" {
        return place(own).map(Some);
    }
    medium(&kind, own, "header").map(Some)
}

/// A medium by id or link.
pub fn medium(kind: &str, part: &Value, what: &str) -> Result<Value, Refusal> {
    let id = text_of(part.get("id")).filter(|it| !it.is_empty());
    let link = text_of(part.get("link")).filter(|it| !it.is_empty());
    match (&id, &link) {
        (None, None) => return Err(missing(&format!("{what}.{kind}.id"))),
        (Some(_), Some(_)) => {
            let words = format!("{what}: {kind} has an id or a link, not both");
            return Err(value(&words));
        }
        _ => {}
    }
    let address = |it: &String| it.starts_with("https://") || it.starts_with("http://");
    if link.as_ref().is_some_and(|it| !address(it)) {
        return Err(value(&format!(
            "{what}: the link of the {kind} is no address"
        )));
    }
    Ok(json!({ "kind": kind, "id": id, "link": link, "filename": part.get("filename") }))
}

fn place(part: &Value) -> Result<Value, Refusal> {
    for key in ["latitude", "longitude"] {
        let number = text_of(part.get(key)).ok_or_else(|| missing(&format!("location.{key}")))?;
        if number.parse::<f64>().is_err() {
            return Err(value(&format!("location.{key} must be a number")));
        }
    }
    for key in ["name", "address"] {
        let text = text_of(part.get(key)).filter(|it| !it.is_empty());
        text.ok_or_else(|| missing(&format!("location.{key}")))?;
    }
    Ok(json!({
        "kind": "location", "latitude": part["latitude"], "longitude": part["longitude"],
        "name": part["name"], "address": part["address"],
    }))
}

/// 131009: a value that cannot be.
pub fn value(details: &str) -> Refusal {
    Refusal::messaging(131_009, "Parameter value is not valid", details)
}

/// The body, filled.
pub fn body(part: Option<&Value>, given: &Given<'_>) -> Result<Option<String>, Refusal> {
    let Some(text) = part.and_then(|it| text_of(it.get("text"))) else {
        given.count(0)?;
        return Ok(None);
    };
    texts(&text, given, 1024).map(Some)
}

/// Puts the values in the place of the variables.
fn texts(text: &str, given: &Given<'_>, most: usize) -> Result<String, Refusal> {
    let names = names(text);
    given.count(names.len())?;
    let mut filled = text.to_string();
    for (index, parameter) in given.parameters.iter().enumerate() {
        let name = match (given.named, text_of(parameter.get("parameter_name"))) {
            (true, Some(name)) if names.contains(&name) => name,
            (true, Some(name)) => {
                return Err(Refusal::messaging(
                    132_000,
                    "Number of parameters does not match the expected number of params",
                    &format!("{}: the template has no parameter {name}", given.what),
                ));
            }
            (true, None) => return Err(mismatch("Parameter name is missing or empty")),
            (false, Some(_)) => {
                return Err(mismatch(
                    "The template has no parameter names, its parameters are positional",
                ));
            }
            (false, None) => (index + 1).to_string(),
        };
        let mark = format!("{{{{{name}}}}}");
        if !filled.contains(&mark) {
            return Err(mismatch(&format!(
                "{}: the parameter {name} came twice",
                given.what
            )));
        }
        filled = filled.replace(&mark, &one(parameter, given.what)?);
    }
    if filled.chars().count() > most {
        return Err(Refusal::messaging(
            132_005,
            "Translated text too long",
            &format!(
                "{}: the filled text has more than {most} characters",
                given.what
            ),
        ));
    }
    Ok(filled)
}

/// The text of one parameter.
fn one(parameter: &Value, what: &str) -> Result<String, Refusal> {
    let kind = text_of(parameter.get("type")).unwrap_or_default();
    let text = match kind.as_str() {
        "text" => parameter.get("text").and_then(Value::as_str),
        "currency" => parameter
            .pointer("/currency/fallback_value")
            .and_then(Value::as_str),
        "date_time" => parameter
            .pointer("/date_time/fallback_value")
            .and_then(Value::as_str),
        _ => {
            return Err(mismatch(&format!(
                "{what}: Format mismatch, expected TEXT, received {}",
                kind.to_uppercase()
            )));
        }
    };
    let text = text.filter(|it| !it.is_empty());
    let text = text.ok_or_else(|| missing(&format!("{what}.parameters.{kind}")))?;
    if text.contains(['\n', '\r', '\t']) || text.contains("     ") {
        return Err(Refusal::messaging(
            132_018,
            "There is an issue with the parameters of your template",
            "Param text cannot have new-line/tab characters or more than 4 consecutive spaces",
        ));
    }
    Ok(text.to_string())
}
