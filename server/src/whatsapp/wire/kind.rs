//! Which kind of message it is, and its content.

use serde_json::Value;

use super::content::{Card, Location, Media, Order, SystemNote};
use super::interactive::Interactive;
use crate::outside::loose;
use crate::whatsapp::errors::GraphError;

/// What an inbound message carries. Whatever does not fit its own kind becomes `Unknown`; the raw item is kept.
#[derive(Clone, Debug, PartialEq)]
pub enum InboundKind {
    /// Written words, with WhatsApp's markup.
    Text {
        /// The words.
        body: String,
    },
    /// A picture.
    Image(Media),
    /// A film.
    Video(Media),
    /// A voice note, an audio file or a voicemail.
    Audio(Media),
    /// A file.
    Document(Media),
    /// A sticker.
    Sticker(Media),
    /// A place.
    Location(Location),
    /// Contact cards.
    Contacts(Vec<Card>),
    /// An answer to buttons, lists, forms or a call request.
    Interactive(Interactive),
    /// An answer to a template's quick-reply button.
    Button {
        /// What stood on the button.
        text: Option<String>,
        /// Our own word for it.
        payload: Option<String>,
    },
    /// An order from the catalogue.
    Order(Order),
    /// An emoji on an earlier message.
    Reaction {
        /// The message it is on.
        message_id: Option<String>,
        /// `None` when the reaction was taken back.
        emoji: Option<String>,
    },
    /// A note of WhatsApp itself.
    System(SystemNote),
    /// A message Meta does not hand to us (131051, 131060).
    Unsupported {
        /// What it was, where Meta says so.
        inner: Option<String>,
        /// Meta's words about it.
        errors: Vec<GraphError>,
    },
    /// An earlier message was changed.
    Edit {
        /// The earlier message.
        original_id: Option<String>,
        /// What it says now.
        content: Box<InboundKind>,
    },
    /// An earlier message was deleted for everyone.
    Revoke {
        /// The earlier message.
        original_id: Option<String>,
    },
    /// A kind this version does not know, or a known one without its content.
    Unknown {
        /// Meta's name for it; empty when there was none.
        type_name: String,
    },
}

/// The names looked for when `type` is missing.
const NAMES: [&str; 17] = [
    "text",
    "image",
    "video",
    "audio",
    "document",
    "sticker",
    "location",
    "contacts",
    "interactive",
    "button",
    "order",
    "reaction",
    "system",
    "unsupported",
    "edit",
    "revoke",
    "errors",
];

/// An edit may hold a message, which holds no further edit in practice; deeper nesting is not followed.
const NESTING_MAX: u8 = 2;

impl InboundKind {
    /// Reads the kind of a message, by `type` or by the object beside it.
    pub(super) fn read(raw: &Value) -> Self {
        Self::read_nested(raw, NESTING_MAX)
    }

    fn read_nested(raw: &Value, depth: u8) -> Self {
        let sibling = || {
            NAMES
                .into_iter()
                .find(|name| loose::field(raw, name).is_some())
                .map(str::to_owned)
        };
        let Some(type_name) = loose::filled(raw, "type").or_else(sibling) else {
            return Self::Unknown {
                type_name: String::new(),
            };
        };
        let inner =
            loose::field(raw, &type_name).filter(|found| found.is_object() || found.is_array());
        match (type_name.as_str(), inner) {
            ("unsupported" | "errors", inner) => Self::Unsupported {
                inner: inner.and_then(|found| loose::filled(found, "type")),
                errors: GraphError::read_list(raw, "errors"),
            },
            ("text", Some(inner)) => match loose::text(inner, "body") {
                Some(body) => Self::Text { body },
                None => Self::Unknown { type_name },
            },
            ("image", Some(inner)) => Self::Image(Media::read(inner)),
            ("video", Some(inner)) => Self::Video(Media::read(inner)),
            ("audio" | "voice", Some(inner)) => Self::Audio(Media::read(inner)),
            ("document", Some(inner)) => Self::Document(Media::read(inner)),
            ("sticker", Some(inner)) => Self::Sticker(Media::read(inner)),
            ("location", Some(inner)) => Self::Location(Location::read(inner)),
            ("contacts", Some(inner)) => {
                Self::Contacts(loose::items(inner).into_iter().map(Card::read).collect())
            }
            ("interactive", Some(inner)) => Self::Interactive(Interactive::read(inner)),
            ("button", Some(inner)) => Self::Button {
                text: loose::filled(inner, "text"),
                payload: loose::filled(inner, "payload"),
            },
            ("order", Some(inner)) => Self::Order(Order::read(inner)),
            ("reaction", Some(inner)) => Self::Reaction {
                message_id: loose::filled(inner, "message_id"),
                emoji: loose::filled(inner, "emoji"),
            },
            ("system", Some(inner)) => Self::System(SystemNote::read(inner)),
            ("edit", Some(inner)) if depth > 0 => Self::Edit {
                original_id: loose::filled(inner, "original_message_id"),
                content: Box::new(match loose::field(inner, "message") {
                    Some(message) => Self::read_nested(message, depth - 1),
                    None => Self::Unknown {
                        type_name: String::new(),
                    },
                }),
            },
            ("revoke", Some(inner)) => Self::Revoke {
                original_id: loose::filled(inner, "original_message_id"),
            },
            _ => Self::Unknown { type_name },
        }
    }

    /// Meta's word for the kind, for lists, counters and "a message of type X".
    pub fn name(&self) -> &str {
        match self {
            Self::Text { .. } => "text",
            Self::Image(_) => "image",
            Self::Video(_) => "video",
            Self::Audio(_) => "audio",
            Self::Document(_) => "document",
            Self::Sticker(_) => "sticker",
            Self::Location(_) => "location",
            Self::Contacts(_) => "contacts",
            Self::Interactive(_) => "interactive",
            Self::Button { .. } => "button",
            Self::Order(_) => "order",
            Self::Reaction { .. } => "reaction",
            Self::System(_) => "system",
            Self::Unsupported { .. } => "unsupported",
            Self::Edit { .. } => "edit",
            Self::Revoke { .. } => "revoke",
            Self::Unknown { type_name } => type_name,
        }
    }
}
