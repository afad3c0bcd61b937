//! Parts of a new template's form: its header and its buttons.

use serde::{Deserialize, Serialize};

use super::ButtonKind;

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
