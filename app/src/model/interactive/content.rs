//! What a message is made of. Every text may have variables: `{{name}}`.

use serde::{Deserialize, Serialize};

/// An interactive message, as column `content` of table `interactive` has it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InteractiveContent {
    /// Above the text.
    #[serde(default)]
    pub header: InteractiveHeader,
    /// The text; WhatsApp's marks are allowed.
    #[serde(default)]
    pub body: String,
    /// The small line under it; empty is none.
    #[serde(default)]
    pub footer: String,
    /// What the customer can do.
    pub action: InteractiveAction,
}

/// What stands above the text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum InteractiveHeader {
    /// Nothing.
    #[default]
    None,
    /// A line.
    Text { text: String },
    /// A picture by its public address.
    Image { link: String },
    /// A video by its public address.
    Video { link: String },
    /// A document by its public address; the name is what the customer sees.
    Document { link: String, name: String },
}

/// What the customer can do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum InteractiveAction {
    /// Answer with one of up to three buttons.
    ReplyButtons { buttons: Vec<ReplyButton> },
    /// Open a list and choose a row.
    List {
        /// What opens it.
        button: String,
        sections: Vec<ListSection>,
    },
    /// Open an address.
    UrlButton { title: String, url: String },
    /// Send where they are.
    LocationRequest,
    /// Call the business in WhatsApp.
    VoiceCall {
        /// Empty is Meta's "Call Now".
        title: String,
        /// How long the button works.
        minutes: u32,
        /// Comes back with the call; may be empty.
        payload: String,
    },
    /// Allow the business to call, or not.
    CallPermission,
    /// Fill in a form of Meta's Flows.
    Flow {
        /// What opens it.
        button: String,
        /// The form's id, or its name.
        flow: String,
        /// The first screen; empty is the form's own.
        screen: String,
        /// Comes back with the answers; may be empty.
        token: String,
        /// The form is not published yet.
        #[serde(default)]
        draft: bool,
    },
}

/// A button that answers with its title.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReplyButton {
    /// Comes back with the answer; empty is the title.
    #[serde(default)]
    pub id: String,
    pub title: String,
}

/// A part of a list.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListSection {
    /// Needed where there are several.
    #[serde(default)]
    pub title: String,
    pub rows: Vec<ListRow>,
}

/// A row of a list.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListRow {
    /// Comes back with the answer; empty is the title.
    #[serde(default)]
    pub id: String,
    pub title: String,
    /// Smaller, under the title; may be empty.
    #[serde(default)]
    pub description: String,
}

impl ReplyButton {
    /// What comes back with the answer.
    pub fn answer_id(&self) -> &str {
        filled_or(&self.id, &self.title)
    }
}

impl ListRow {
    /// What comes back with the answer.
    pub fn answer_id(&self) -> &str {
        filled_or(&self.id, &self.title)
    }
}

fn filled_or<'a>(text: &'a str, other: &'a str) -> &'a str {
    if text.trim().is_empty() { other } else { text }
}
