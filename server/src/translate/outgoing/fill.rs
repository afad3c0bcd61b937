//! An interactive message filled from a code.

use app::model::InteractiveContent;

use super::content::{lines, meta_object};
use super::problem::InteractiveProblem;
use crate::translate::template::{Arguments, Entry, Filled, render_entries};

/// Fills a message: `content` is Meta's object under `interactive`. What is over Meta's limits with these values is
/// refused here.
pub fn fill_interactive(
    content: &InteractiveContent,
    arguments: &Arguments,
) -> Result<Filled, InteractiveProblem> {
    let names = content.variables();
    let pairs = pairs(arguments)?;
    for (index, (name, _)) in pairs.iter().enumerate() {
        let name = name.clone();
        if !names.contains(&name) {
            return Err(InteractiveProblem::UnknownName { name, names });
        }
        if pairs.iter().take(index).any(|(other, _)| *other == name) {
            return Err(InteractiveProblem::NameTwice { name });
        }
    }
    let value = |name: &str| {
        let found = pairs.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.clone())
    };
    let missing = names.into_iter().filter(|name| value(name).is_none());
    let names: Vec<_> = missing.collect();
    if !names.is_empty() {
        return Err(InteractiveProblem::MissingNames { names });
    }
    let filled = content.filled(value);
    if let Some((field, fault)) = filled.faults().into_iter().next() {
        return Err(InteractiveProblem::Fault { field, fault });
    }
    Ok(Filled {
        content: meta_object(&filled),
        text: lines(&filled).join("\n"),
    })
}

/// The ready code of a message, to copy; `id` is the row's id in print.
pub fn interactive_signature(id: &str, content: &InteractiveContent) -> String {
    let entries = content.variables().into_iter().map(|name| Entry::Named {
        name,
        value: "value".to_owned(),
    });
    let arguments = Arguments {
        entries: entries.collect(),
    };
    let mut code = format!("interactive+{id}");
    if !arguments.entries.is_empty() {
        code.push('+');
        code.push_str(&render_entries(&arguments));
    }
    code
}

/// Names and values. The words that are reserved in template codes are names like all others here.
fn pairs(arguments: &Arguments) -> Result<Vec<(String, String)>, InteractiveProblem> {
    let mut pairs = Vec::new();
    for entry in &arguments.entries {
        match entry {
            Entry::Named { name, value } => pairs.push((name.clone(), value.trim().to_owned())),
            Entry::Reserved { key, value } => {
                pairs.push((key.to_string(), value.trim().to_owned()))
            }
            Entry::Value(value) if value.trim().is_empty() => {}
            Entry::Value(value) => {
                let value = value.trim().to_owned();
                return Err(InteractiveProblem::NoName { value });
            }
        }
    }
    Ok(pairs)
}
