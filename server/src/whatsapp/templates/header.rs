//! What stands above a template's text.

use serde_json::Value;

use super::text::flat;
use super::{TemplateText, Unreadable};
use crate::outside::loose;

/// A header.
#[derive(Clone, Debug, PartialEq)]
pub enum Header {
    /// A line of text with at most one variable.
    Text(TemplateText),
    /// A file, given anew with each message.
    Media {
        /// Which kind.
        kind: MediaKind,
        /// The sample Meta approved: a handle or an address that expires.
        sample: Option<String>,
    },
    /// A place, given with each message.
    Location,
    /// Another kind, e.g. `PRODUCT` or `GIF`.
    Unknown {
        /// Meta's word for it.
        format: String,
        /// As it came.
        raw: Value,
    },
}

/// The kinds of files a header takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum MediaKind {
    /// JPEG or PNG.
    Image,
    /// MP4.
    Video,
    /// PDF and others; the only one with a file name.
    Document,
}

impl MediaKind {
    /// Meta's word in a message: the type of the parameter and the key of its object.
    pub fn word(self) -> &'static str {
        match self {
            Self::Image => "image",
            Self::Video => "video",
            Self::Document => "document",
        }
    }
}

impl Header {
    pub(super) fn read(raw: &Value) -> Result<Self, Unreadable> {
        let text = loose::filled(raw, "text");
        let format = loose::filled(raw, "format").unwrap_or_default();
        let media = |kind| {
            let example = loose::field(raw, "example");
            let handles = example.and_then(|found| loose::field(found, "header_handle"));
            let sample = handles.map(flat).unwrap_or_default().into_iter().next();
            Ok(Self::Media { kind, sample })
        };
        match format.to_ascii_uppercase().as_str() {
            "TEXT" | "" => text
                .map(|text| Self::Text(TemplateText::read(text, raw, "header")))
                .ok_or(Unreadable::HeaderWithoutText),
            "IMAGE" => media(MediaKind::Image),
            "VIDEO" => media(MediaKind::Video),
            "DOCUMENT" => media(MediaKind::Document),
            "LOCATION" => Ok(Self::Location),
            _ => Ok(Self::Unknown {
                format,
                raw: raw.clone(),
            }),
        }
    }
}
