//! A template as the form for a new one has it.

use serde::{Deserialize, Serialize};

use super::{HeaderKind, Problem, TemplateButton, place_names};

mod preview;

/// A template as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct TemplateForm {
    /// Its name.
    pub name: String,
    /// Meta's word for its category.
    pub category: String,
    /// Its language, as Meta spells it.
    pub language: String,
    /// What stands above the words.
    pub header: HeaderKind,
    /// The header's line.
    pub header_text: String,
    /// The example of the variable in it.
    pub header_example: String,
    /// Meta's handle of a sample that was uploaded before.
    pub sample: String,
    /// The name of its file.
    pub sample_name: String,
    /// The words.
    pub body: String,
    /// Name and example of each variable in them.
    pub examples: Vec<(String, String)>,
    /// The line under them.
    pub footer: String,
    /// The buttons.
    pub buttons: Vec<TemplateButton>,
}

/// What the form for a new template begins with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TemplateFormStart {
    /// The WABA's name.
    pub waba_name: String,
    /// The languages Meta knows: code and name.
    pub languages: Vec<(String, String)>,
    /// Whether samples can be uploaded: Meta wants the app's id for it.
    pub takes_samples: bool,
    /// What was typed, and why it was not taken.
    pub refused: Option<(TemplateForm, Vec<Problem>)>,
}

impl TemplateForm {
    /// The field of an example.
    pub fn example_field(variable: &str) -> String {
        format!("example-{variable}")
    }

    /// The field of a part of a button: `kind`, `text`, `value`, `example`.
    pub fn button_field(place: usize, part: &str) -> String {
        format!("button-{place}-{part}")
    }

    /// The form out of its fields, whatever their order.
    pub fn read(fields: &[(String, String)]) -> Self {
        let get = |name: &str| {
            let found = fields.iter().find(|(known, _)| known == name);
            found.map(|(_, value)| value.trim().to_owned())
        };
        let text = |name: &str| get(name).unwrap_or_default();
        // Browsers send line ends as forms have them.
        let body = text("body").replace("\r\n", "\n");
        let examples = place_names(&body).into_iter().map(|name| {
            let value = text(&Self::example_field(name));
            (name.to_owned(), value)
        });
        let buttons = (0..MOST_BUTTONS).map_while(|place| {
            let part = |part: &str| get(&Self::button_field(place, part));
            Some(TemplateButton {
                kind: TemplateButton::kind_of(&part("kind")?),
                text: part("text").unwrap_or_default(),
                value: part("value").unwrap_or_default(),
                example: part("example").unwrap_or_default(),
            })
        });
        Self {
            name: text("name"),
            category: text("category"),
            language: text("language"),
            header: HeaderKind::of(&text("header")),
            header_text: text("header_text"),
            header_example: text("header_example"),
            sample: text("sample"),
            sample_name: text("sample_name"),
            examples: examples.collect(),
            body,
            footer: text("footer"),
            buttons: buttons.collect(),
        }
    }

    /// Does what a button inside the form asks for, as a browser without a script does it: `variable`, `named`,
    /// `button`, `remove-2`; anything else only shows the form again.
    pub fn step(&mut self, step: &str) {
        match step {
            "variable" | "named" => {
                let end = self.body.chars().count();
                self.add_variable(step == "named", end);
            }
            "button" => self.add_button(),
            other => {
                let place = other.strip_prefix("remove-");
                if let Some(place) = place.and_then(|place| place.parse().ok()) {
                    self.remove_button(place);
                }
            }
        }
    }

    /// Puts the next variable into the words, after so many characters of them; answers after how many it ends.
    pub fn add_variable(&mut self, named: bool, after: usize) -> usize {
        let name = if named {
            let taken = place_names(&self.body);
            let free = (1..).map(|number| match number {
                1 => "name".to_owned(),
                number => format!("name_{number}"),
            });
            free.into_iter()
                .find(|name| !taken.contains(&name.as_str()))
                .unwrap_or_default()
        } else {
            next_position(&self.body).to_string()
        };
        let before: String = self.body.chars().take(after).collect();
        let rest: String = self.body.chars().skip(after).collect();
        let gap = match before.chars().last() {
            Some(last) if !last.is_whitespace() => " ",
            Some(_) | None => "",
        };
        let start = format!("{before}{gap}{{{{{name}}}}}");
        let end = start.chars().count();
        self.body = start + &rest;
        self.examples = place_names(&self.body)
            .into_iter()
            .map(|name| (name.to_owned(), self.example(name).to_owned()))
            .collect();
        end
    }

    /// Appends an empty button, while there may be one more.
    pub fn add_button(&mut self) {
        if self.buttons.len() < MOST_BUTTONS {
            self.buttons.push(TemplateButton::new());
        }
    }

    /// Takes a button away.
    pub fn remove_button(&mut self, place: usize) {
        if place < self.buttons.len() {
            self.buttons.remove(place);
        }
    }

    /// Takes words, and keeps the examples of the variables that are still in them.
    pub fn set_body(&mut self, body: String) {
        self.body = body;
        for name in place_names(&self.body) {
            if self.examples.iter().all(|(known, _)| known != name) {
                self.examples.push((name.to_owned(), String::new()));
            }
        }
    }

    /// Takes the example of a variable.
    pub fn set_example(&mut self, variable: &str, value: String) {
        match self.examples.iter_mut().find(|(name, _)| name == variable) {
            Some((_, known)) => *known = value,
            None => self.examples.push((variable.to_owned(), value)),
        }
    }

    /// The example of a variable of the words.
    pub fn example(&self, variable: &str) -> &str {
        let found = self.examples.iter().find(|(name, _)| name == variable);
        found.map_or("", |(_, value)| value.as_str())
    }

    /// Whether its variables have names instead of numbers.
    pub fn is_named(&self) -> bool {
        let names = place_names(&self.body)
            .into_iter()
            .chain(place_names(&self.header_text));
        names.into_iter().any(|name| name.parse::<u32>().is_err())
    }
}

/// The next numbered variable of a text: 2 after `{{1}}`.
fn next_position(text: &str) -> u32 {
    let numbers = place_names(text).into_iter();
    let numbers = numbers.filter_map(|name| name.parse::<u32>().ok());
    numbers.max().unwrap_or(0).saturating_add(1)
}

/// The most buttons a template has.
const MOST_BUTTONS: usize = super::limit::BUTTONS;

#[cfg(test)]
mod tests;
