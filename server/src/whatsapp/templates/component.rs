//! The parts of a template.

use serde_json::Value;

use super::{Button, Header, TemplateText, Unreadable};
use crate::outside::loose;

/// A part.
#[derive(Clone, Debug, PartialEq)]
pub enum Component {
    /// Above the text.
    Header(Header),
    /// The text.
    Body(Body),
    /// Under the text.
    Footer(Footer),
    /// Under everything; the index of a button counts from 0 over all of them.
    Buttons(Vec<Button>),
    /// Cards side by side.
    Carousel(Vec<Card>),
    /// An offer that runs out.
    LimitedTimeOffer(LimitedTimeOffer),
    /// Asks whether the business may call.
    CallPermissionRequest,
    /// A part this version does not know.
    Unknown {
        /// Meta's word for it.
        type_name: String,
        /// As it came.
        raw: Value,
    },
}

/// The text of a template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Body {
    /// Missing in authentication templates as they are made: Meta writes it.
    pub text: Option<TemplateText>,
    /// Meta adds that the code is to be kept secret.
    pub security_recommendation: bool,
}

/// The small line under the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Footer {
    /// The line.
    pub text: Option<String>,
    /// Meta's own line instead: the code is good for so many minutes.
    pub code_expiration_minutes: Option<i64>,
}

/// A card of a carousel: header, body and buttons of its own.
#[derive(Clone, Debug, PartialEq)]
pub struct Card {
    /// Its parts.
    pub components: Vec<Component>,
}

/// An offer with a clock.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LimitedTimeOffer {
    /// Its line.
    pub text: Option<String>,
    /// The time it ends is given with each message.
    pub has_expiration: bool,
}

impl Component {
    /// Reads a part. `preset` says that a body without text is right: Meta writes those of authentication templates.
    pub(super) fn read(raw: &Value, preset: bool) -> Result<Self, Unreadable> {
        let type_name = loose::text(raw, "type").unwrap_or_default();
        let listed = |key: &str| loose::field(raw, key).map(loose::items).unwrap_or_default();
        Ok(match type_name.to_ascii_uppercase().as_str() {
            "HEADER" => Self::Header(Header::read(raw)?),
            "BODY" => Self::Body(Body::read(raw, preset)?),
            "FOOTER" => Self::Footer(Footer {
                text: loose::filled(raw, "text"),
                code_expiration_minutes: loose::integer(raw, "code_expiration_minutes"),
            }),
            "BUTTONS" => Self::Buttons(listed("buttons").into_iter().map(Button::read).collect()),
            "CAROUSEL" => {
                let cards = listed("cards").into_iter().map(Card::read);
                Self::Carousel(cards.collect::<Result<_, _>>()?)
            }
            "LIMITED_TIME_OFFER" => Self::LimitedTimeOffer(LimitedTimeOffer::read(raw)),
            "CALL_PERMISSION_REQUEST" => Self::CallPermissionRequest,
            _ => Self::Unknown {
                type_name,
                raw: raw.clone(),
            },
        })
    }
}

impl Body {
    fn read(raw: &Value, preset: bool) -> Result<Self, Unreadable> {
        let recommendation = loose::flag(raw, "add_security_recommendation");
        let text = loose::filled(raw, "text").map(|text| TemplateText::read(text, raw, "body"));
        if text.is_none() && !preset && recommendation.is_none() {
            return Err(Unreadable::BodyWithoutText);
        }
        Ok(Self {
            text,
            security_recommendation: recommendation.unwrap_or(false),
        })
    }
}

impl Card {
    fn read(raw: &Value) -> Result<Self, Unreadable> {
        let parts = loose::field(raw, "components")
            .map(loose::items)
            .unwrap_or_default();
        let read = parts.into_iter().map(|part| Component::read(part, false));
        Ok(Self {
            components: read.collect::<Result<_, _>>()?,
        })
    }
}

impl LimitedTimeOffer {
    fn read(raw: &Value) -> Self {
        let inside = loose::field(raw, "limited_time_offer").unwrap_or(raw);
        Self {
            text: loose::filled(inside, "text"),
            has_expiration: loose::flag(inside, "has_expiration").unwrap_or(false),
        }
    }
}
