//! The list of an interactive message: sections with rows, ten rows in all.

use super::check::missing;
use super::interactive::limited;
use super::parameters::value;
use crate::graph::Refusal;
use serde_json::{Value, json};

/// Reads `action` and tells `{button, sections}`.
pub fn read(action: &Value) -> Result<Value, Refusal> {
    let button = limited(action, "button", 1, 20)?;
    let sections = action.get("sections").and_then(Value::as_array);
    let sections = sections.ok_or_else(|| missing("interactive.action.sections"))?;
    if sections.is_empty() || sections.len() > 10 {
        return Err(value(
            "Invalid sections count. Min allowed sections: 1, Max allowed sections: 10",
        ));
    }
    let mut ids: Vec<String> = Vec::new();
    let mut shown = Vec::new();
    for section in sections {
        let title = match section.get("title") {
            None if sections.len() == 1 => String::new(),
            _ => limited(section, "title", usize::from(sections.len() > 1), 24)?,
        };
        let rows = section.get("rows").and_then(Value::as_array);
        let rows = rows.filter(|it| !it.is_empty());
        let rows = rows.ok_or_else(|| missing("interactive.action.sections.rows"))?;
        let mut list = Vec::new();
        for row in rows {
            let id = limited(row, "id", 1, 200)?;
            let text = limited(row, "title", 1, 24)?;
            let description = match row.get("description") {
                None => None,
                Some(_) => Some(limited(row, "description", 0, 72)?),
            };
            if ids.contains(&id) {
                return Err(value(&format!("Duplicated row id \"{id}\"")));
            }
            list.push(json!({ "kind": "row", "id": id, "text": text, "description": description }));
            ids.push(id);
        }
        shown.push(json!({ "title": title, "rows": list }));
    }
    if ids.len() > 10 {
        return Err(value("Total row count exceed max allowed count: 10"));
    }
    Ok(json!({ "button": button, "sections": shown }))
}
