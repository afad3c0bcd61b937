//! A message as a customer's phone would show it.

use serde::{Deserialize, Serialize};

use super::placeholder::{TextPart, text_parts};

/// Words with variables in them, and what stands for the variables as an example.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PreviewText {
    /// The words, with variables as `{{name}}`.
    pub text: String,
    /// Name and example of each variable that has one.
    pub examples: Vec<(String, String)>,
}

impl PreviewText {
    /// Words without variables.
    pub fn plain(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            examples: Vec::new(),
        }
    }

    /// The example of a variable; none where there is none.
    pub fn example(&self, name: &str) -> Option<&str> {
        let found = self.examples.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str())
    }

    /// The words with the examples in place of the variables.
    pub fn filled(&self) -> String {
        let words = text_parts(&self.text).into_iter().map(|piece| match piece {
            TextPart::Words(words) => words.to_owned(),
            TextPart::Place(name) => match self.example(name) {
                Some(value) => value.to_owned(),
                None => format!("{{{{{name}}}}}"),
            },
        });
        words.collect()
    }
}

/// What stands above the words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PreviewHeader {
    /// A line in bold.
    Text(PreviewText),
    /// A picture.
    Image,
    /// A film.
    Video,
    /// A file.
    Document,
    /// A map.
    Location,
}

/// What a button does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ButtonKind {
    /// Answers with its own words.
    Reply,
    /// Opens an address.
    Url,
    /// Calls a number.
    Phone,
    /// Puts a code on the clipboard.
    CopyCode,
    /// Opens a form of Meta's.
    Flow,
    /// Calls the business in WhatsApp.
    Call,
    /// Opens a list to choose from.
    List,
    /// Sends the place where the customer is.
    Location,
    /// Lets the business call, or not.
    Consent,
    /// What this version does not know.
    Other,
}

/// A button under a message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PreviewButton {
    /// What it does.
    pub kind: ButtonKind,
    /// What it says; empty where WhatsApp has its own words for it.
    pub text: String,
    /// The address, the number or the code behind it.
    pub detail: Option<String>,
}

/// A row of a list to choose from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PreviewRow {
    /// The section it is the first of.
    pub section: Option<String>,
    /// What it says.
    pub title: String,
    /// The line under it.
    pub description: Option<String>,
}

/// A message as a customer's phone would show it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct MessagePreview {
    /// Above the words.
    pub header: Option<PreviewHeader>,
    /// An offer that runs out.
    pub offer: Option<String>,
    /// The words, with WhatsApp's marks.
    pub body: PreviewText,
    /// In small letters under them.
    pub footer: Option<String>,
    /// Under the bubble.
    pub buttons: Vec<PreviewButton>,
    /// What the button of a list opens.
    pub rows: Vec<PreviewRow>,
    /// Cards beside each other, under the bubble.
    pub cards: Vec<MessagePreview>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn examples_stand_for_their_variables() {
        let text = PreviewText {
            text: "Hi {{name}}, order {{order}} {{x".to_owned(),
            examples: vec![("name".to_owned(), "Aigerim".to_owned())],
        };
        assert_eq!(text.filled(), "Hi Aigerim, order {{order}} {{x");
    }
}
