//! A message a customer wrote, and one the business wrote on its own phone.

use serde_json::Value;

use super::ids::{Bsuid, Peer, WaId};
use super::kind::InboundKind;
use crate::outside::loose;
use crate::whatsapp::errors::GraphError;

/// A product of the catalogue somebody points at.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Product {
    /// The catalogue.
    pub catalog_id: Option<String>,
    /// The seller's article number.
    pub product: Option<String>,
}

/// What a message refers to.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct MessageContext {
    /// The quoted message (`wamid.`), or the call a permission came from (`wacid.`).
    pub quoted_id: Option<String>,
    /// Who wrote the quoted message; may be missing.
    pub quoted_from: Option<String>,
    /// Passed on from another chat.
    pub forwarded: bool,
    /// Passed on more than five times.
    pub frequently_forwarded: bool,
    /// The product the customer asks about.
    pub product: Option<Product>,
}

impl MessageContext {
    fn read(raw: &Value) -> Self {
        let product = loose::field(raw, "referred_product").map(|found| Product {
            catalog_id: loose::filled(found, "catalog_id"),
            product: loose::filled(found, "product_retailer_id"),
        });
        Self {
            quoted_id: loose::filled(raw, "id"),
            quoted_from: loose::filled(raw, "from"),
            forwarded: loose::flag(raw, "forwarded").unwrap_or(false),
            frequently_forwarded: loose::flag(raw, "frequently_forwarded").unwrap_or(false),
            product,
        }
    }
}

/// The advertisement or post a customer came from; only on the first message after the click.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Referral {
    /// Link to it.
    pub source_url: Option<String>,
    /// Its id at Meta.
    pub source_id: Option<String>,
    /// `ad` or `post`.
    pub source_type: Option<String>,
    /// Its headline.
    pub headline: Option<String>,
    /// Its text.
    pub body: Option<String>,
    /// The click's id, for advertising reports.
    pub click_id: Option<String>,
    /// What the advertisement greeted with.
    pub welcome: Option<String>,
}

impl Referral {
    fn read(raw: &Value) -> Self {
        Self {
            source_url: loose::filled(raw, "source_url"),
            source_id: loose::filled(raw, "source_id"),
            source_type: loose::filled(raw, "source_type"),
            headline: loose::filled(raw, "headline"),
            body: loose::filled(raw, "body"),
            click_id: loose::filled(raw, "ctwa_clid"),
            welcome: loose::field(raw, "welcome_message")
                .and_then(|found| loose::filled(found, "text")),
        }
    }
}

/// One of `messages[]`.
#[derive(Clone, Debug, PartialEq)]
pub struct InboundMessage {
    /// `wamid.`; `wacid.` for a voicemail. Absent only in broken payloads.
    pub id: Option<String>,
    /// The sender's number without `+`; absent under usernames.
    pub from: Option<String>,
    /// The sender's business-scoped id.
    pub from_user_id: Option<String>,
    /// The group it was written in.
    pub group_id: Option<String>,
    /// Unix seconds.
    pub timestamp: Option<i64>,
    /// What it carries.
    pub kind: InboundKind,
    /// What it refers to.
    pub context: Option<MessageContext>,
    /// The advertisement it came from.
    pub referral: Option<Referral>,
    /// Errors on the message itself, such as a picture Meta could not fetch.
    pub errors: Vec<GraphError>,
    /// The item as it came.
    pub raw: Value,
}

impl InboundMessage {
    /// Reads what is there; gives the value back when it is no object.
    pub(super) fn read(raw: Value) -> Result<Self, Value> {
        if !raw.is_object() {
            return Err(raw);
        }
        Ok(Self {
            id: loose::filled(&raw, "id"),
            from: loose::filled(&raw, "from"),
            from_user_id: loose::filled(&raw, "from_user_id"),
            group_id: loose::filled(&raw, "group_id"),
            timestamp: loose::integer(&raw, "timestamp"),
            kind: InboundKind::read(&raw),
            context: loose::field(&raw, "context")
                .filter(|found| found.is_object())
                .map(MessageContext::read),
            referral: loose::field(&raw, "referral")
                .filter(|found| found.is_object())
                .map(Referral::read),
            errors: GraphError::read_list(&raw, "errors"),
            raw,
        })
    }

    /// How the sender is reached: by number where there is one (R5).
    ///
    /// A note of WhatsApp about a changed id may come without a sender; then the id it replaces is taken,
    /// which is the one the conversation is known by.
    pub fn peer(&self) -> Option<Peer> {
        let number = self.from.as_deref().and_then(WaId::parse).map(Peer::Phone);
        let user = || {
            self.from_user_id
                .as_deref()
                .and_then(Bsuid::parse)
                .map(Peer::User)
        };
        let replaced = || {
            let InboundKind::System(note) = &self.kind else {
                return None;
            };
            note.previous_user_id
                .as_deref()
                .and_then(Bsuid::parse)
                .map(Peer::User)
        };
        number.or_else(user).or_else(replaced)
    }
}

/// One of `message_echoes[]`: written by the business on its own phone, so it is an operator's message (R2).
#[derive(Clone, Debug, PartialEq)]
pub struct Echo {
    /// The customer's number.
    pub to: Option<String>,
    /// The customer's scoped id.
    pub to_user_id: Option<String>,
    /// The message; its `from` is the business.
    pub message: InboundMessage,
}

impl Echo {
    pub(super) fn read(raw: Value) -> Result<Self, Value> {
        let to = loose::filled(&raw, "to");
        let to_user_id = loose::filled(&raw, "to_user_id");
        InboundMessage::read(raw).map(|message| Self {
            to,
            to_user_id,
            message,
        })
    }
}
