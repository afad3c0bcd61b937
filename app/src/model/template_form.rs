//! A template as the form for a new one has it.

use serde::{Deserialize, Serialize};

use super::{
    ButtonKind, MessagePreview, PreviewButton, PreviewHeader, PreviewText, Problem, place_names,
};

/// What stands above the words.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HeaderKind {
    /// Nothing.
    #[default]
    None,
    /// A line of text.
    Text,
    /// A picture.
    Image,
    /// A film.
    Video,
    /// A file.
    Document,
    /// A place on a map.
    Location,
}

impl HeaderKind {
    /// All of them, in the order they are offered.
    pub const ALL: [Self; 6] = [
        Self::None,
        Self::Text,
        Self::Image,
        Self::Video,
        Self::Document,
        Self::Location,
    ];

    /// Its value in the form.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Text => "text",
            Self::Image => "image",
            Self::Video => "video",
            Self::Document => "document",
            Self::Location => "location",
        }
    }

    /// The kind with this value; nothing above the words where there is none.
    pub fn of(value: &str) -> Self {
        let known = Self::ALL.into_iter().find(|kind| kind.as_str() == value);
        known.unwrap_or_default()
    }

    /// Whether Meta wants a file as a sample.
    pub const fn is_media(self) -> bool {
        match self {
            Self::Image | Self::Video | Self::Document => true,
            Self::None | Self::Text | Self::Location => false,
        }
    }
}

/// A button of the form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TemplateButton {
    /// One of [`TemplateButton::KINDS`].
    pub kind: ButtonKind,
    /// What it says.
    pub text: String,
    /// The address, the number or the code behind it.
    pub value: String,
    /// The whole address, where the address ends in a variable.
    pub example: String,
}

impl TemplateButton {
    /// The kinds that can be made here, in the order they are offered.
    pub const KINDS: [ButtonKind; 4] = [
        ButtonKind::Reply,
        ButtonKind::Url,
        ButtonKind::Phone,
        ButtonKind::CopyCode,
    ];

    /// A kind's value in the form; empty for kinds that cannot be made here.
    pub const fn word(kind: ButtonKind) -> &'static str {
        match kind {
            ButtonKind::Reply => "reply",
            ButtonKind::Url => "url",
            ButtonKind::Phone => "phone",
            ButtonKind::CopyCode => "code",
            ButtonKind::Flow
            | ButtonKind::Call
            | ButtonKind::List
            | ButtonKind::Location
            | ButtonKind::Consent
            | ButtonKind::Other => "",
        }
    }

    /// The kind with this value; a quick reply where there is none.
    pub fn kind_of(word: &str) -> ButtonKind {
        let known = Self::KINDS
            .into_iter()
            .find(|kind| Self::word(*kind) == word);
        known.unwrap_or(ButtonKind::Reply)
    }

    /// An empty one.
    pub const fn new() -> Self {
        Self {
            kind: ButtonKind::Reply,
            text: String::new(),
            value: String::new(),
            example: String::new(),
        }
    }
}

impl Default for TemplateButton {
    fn default() -> Self {
        Self::new()
    }
}

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

    /// As a phone would show it.
    pub fn preview(&self) -> MessagePreview {
        let filled = |examples: &[(String, String)]| -> Vec<(String, String)> {
            let filled = examples.iter().filter(|(_, value)| !value.is_empty());
            filled.cloned().collect()
        };
        let header = match self.header {
            HeaderKind::None => None,
            HeaderKind::Text if self.header_text.is_empty() => None,
            HeaderKind::Text => {
                let names = place_names(&self.header_text).into_iter();
                let examples = names.map(|name| (name.to_owned(), self.header_example.clone()));
                Some(PreviewHeader::Text(PreviewText {
                    text: self.header_text.clone(),
                    examples: filled(&examples.collect::<Vec<_>>()),
                }))
            }
            HeaderKind::Image => Some(PreviewHeader::Image),
            HeaderKind::Video => Some(PreviewHeader::Video),
            HeaderKind::Document => Some(PreviewHeader::Document),
            HeaderKind::Location => Some(PreviewHeader::Location),
        };
        let shown = |button: &&TemplateButton| {
            button.kind == ButtonKind::CopyCode || !button.text.is_empty()
        };
        let buttons = self.buttons.iter().filter(shown);
        MessagePreview {
            header,
            body: PreviewText {
                text: self.body.clone(),
                examples: filled(&self.examples),
            },
            footer: Some(self.footer.clone()).filter(|footer| !footer.is_empty()),
            buttons: buttons
                .map(|button| PreviewButton {
                    kind: button.kind,
                    text: button.text.clone(),
                    detail: Some(button.value.clone()).filter(|value| !value.is_empty()),
                })
                .collect(),
            ..MessagePreview::default()
        }
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
mod tests {
    use super::*;

    fn field(name: &str, value: &str) -> (String, String) {
        (name.to_owned(), value.to_owned())
    }

    #[test]
    fn a_form_is_read_from_its_fields() {
        let form = TemplateForm::read(&[
            field("name", " order_ready "),
            field("body", "Hi {{1}},\r\norder {{2}}."),
            field("example-2", "118"),
            field("button-0-kind", "url"),
            field("button-0-text", "Track"),
            field("button-0-value", "https://example.com/{{1}}"),
            field("button-1-kind", "reply"),
            field("button-3-kind", "reply"),
            field("header", "text"),
            field("header_text", "Order"),
        ]);
        assert_eq!(form.name, "order_ready");
        assert_eq!(form.body, "Hi {{1}},\norder {{2}}.");
        assert_eq!(form.examples, [field("1", ""), field("2", "118")]);
        assert_eq!(form.buttons.len(), 2);
        assert_eq!(form.buttons[0].kind, ButtonKind::Url);
        let preview = form.preview();
        assert_eq!(preview.body.filled(), "Hi {{1}},\norder 118.");
        assert_eq!(preview.buttons.len(), 1);
    }

    #[test]
    fn steps_change_the_form_as_a_script_would() {
        let mut form = TemplateForm::default();
        for step in [
            "variable", "variable", "named", "named", "button", "button", "remove-0", "show",
        ] {
            form.step(step);
        }
        assert_eq!(form.body, "{{1}} {{2}} {{name}} {{name_2}}");
        assert_eq!((form.examples.len(), form.buttons.len()), (4, 1));
        for _ in 0..20 {
            form.step("button");
        }
        assert_eq!(form.buttons.len(), MOST_BUTTONS);
        assert!(form.is_named());
        form.set_body("Hi, order ".to_owned());
        assert!(!form.is_named());
        assert_eq!(form.add_variable(false, 2), 8);
        assert_eq!(form.body, "Hi {{1}}, order ");
    }
}
