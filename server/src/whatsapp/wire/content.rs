//! The things a message can carry besides text.

use serde_json::Value;

use crate::outside::loose;

/// A file: an image, video, voice note, document or sticker.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Media {
    /// Meta's media id; the file is fetched through it within 7 days.
    pub id: Option<String>,
    /// Such as `image/jpeg`.
    pub mime_type: Option<String>,
    /// Base64 of the file's hash.
    pub sha256: Option<String>,
    /// What the customer wrote under it.
    pub caption: Option<String>,
    /// The customer's own name for the file; never to be trusted as a path.
    pub filename: Option<String>,
    /// A link that needs our token and expires.
    pub url: Option<String>,
    /// A voice note rather than an audio file.
    pub voice: bool,
    /// A moving sticker.
    pub animated: bool,
}

impl Media {
    pub(super) fn read(raw: &Value) -> Self {
        Self {
            id: loose::filled(raw, "id"),
            mime_type: loose::filled(raw, "mime_type"),
            sha256: loose::filled(raw, "sha256"),
            caption: loose::filled(raw, "caption"),
            filename: loose::filled(raw, "filename"),
            url: loose::filled(raw, "url"),
            voice: loose::flag(raw, "voice").unwrap_or(false),
            animated: loose::flag(raw, "animated").unwrap_or(false),
        }
    }
}

/// A place. The coordinates are text as written: no rounding.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Location {
    /// Degrees north.
    pub latitude: Option<String>,
    /// Degrees east.
    pub longitude: Option<String>,
    /// Name of the place.
    pub name: Option<String>,
    /// Its postal address.
    pub address: Option<String>,
    /// A link to it.
    pub url: Option<String>,
}

impl Location {
    pub(super) fn read(raw: &Value) -> Self {
        Self {
            latitude: loose::filled(raw, "latitude"),
            longitude: loose::filled(raw, "longitude"),
            name: loose::filled(raw, "name"),
            address: loose::filled(raw, "address"),
            url: loose::filled(raw, "url"),
        }
    }
}

/// A contact card a customer passed on.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Card {
    /// The name to show.
    pub name: Option<String>,
    /// Numbers as written.
    pub phones: Vec<String>,
    /// Mail addresses.
    pub emails: Vec<String>,
}

impl Card {
    pub(super) fn read(raw: &Value) -> Self {
        let name = loose::field(raw, "name");
        let part = |key| name.and_then(|found| loose::filled(found, key));
        let full = || {
            let parts: Vec<String> = [part("first_name"), part("last_name")]
                .into_iter()
                .flatten()
                .collect();
            (!parts.is_empty()).then(|| parts.join(" "))
        };
        let list = |key: &str, inner: &str, other: &str| -> Vec<String> {
            let items = loose::field(raw, key).map(loose::items).unwrap_or_default();
            items
                .iter()
                .filter_map(|item| {
                    loose::filled(item, inner).or_else(|| loose::filled(item, other))
                })
                .collect()
        };
        Self {
            name: part("formatted_name").or_else(full),
            phones: list("phones", "phone", "wa_id"),
            emails: list("emails", "email", "email"),
        }
    }
}

/// An order from the catalogue.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Order {
    /// The catalogue it was made from.
    pub catalog_id: Option<String>,
    /// What the customer wrote with it.
    pub text: Option<String>,
    /// The goods.
    pub items: Vec<OrderItem>,
}

/// One line of an order; amounts are text as written.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct OrderItem {
    /// The seller's article number.
    pub product: Option<String>,
    /// How many.
    pub quantity: Option<String>,
    /// Price of one.
    pub price: Option<String>,
    /// Such as `EUR`.
    pub currency: Option<String>,
}

impl Order {
    pub(super) fn read(raw: &Value) -> Self {
        let items = loose::field(raw, "product_items")
            .map(loose::items)
            .unwrap_or_default();
        Self {
            catalog_id: loose::filled(raw, "catalog_id"),
            text: loose::filled(raw, "text"),
            items: items.into_iter().map(OrderItem::read).collect(),
        }
    }
}

impl OrderItem {
    fn read(raw: &Value) -> Self {
        Self {
            product: loose::filled(raw, "product_retailer_id"),
            quantity: loose::filled(raw, "quantity"),
            price: loose::filled(raw, "item_price"),
            currency: loose::filled(raw, "currency"),
        }
    }
}

/// What changed about a customer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SystemKind {
    /// A new phone number, named in `wa_id`.
    NumberChanged,
    /// A new business-scoped id, named in `user_id`.
    UserIdChanged,
    /// A new device or installation.
    IdentityChanged,
    /// A word Meta did not tell us about.
    Unknown(String),
}

/// A note WhatsApp itself writes into the conversation. It comes without a contact.
#[derive(Clone, Debug, PartialEq)]
pub struct SystemNote {
    /// What changed.
    pub kind: SystemKind,
    /// Meta's sentence about it.
    pub body: Option<String>,
    /// The new number.
    pub wa_id: Option<String>,
    /// The new scoped id.
    pub user_id: Option<String>,
    /// The scoped id it replaces.
    pub previous_user_id: Option<String>,
}

impl SystemNote {
    pub(super) fn read(raw: &Value) -> Self {
        let word = loose::text(raw, "type").unwrap_or_default();
        let kind = match word.as_str() {
            "user_changed_number" | "customer_changed_number" => SystemKind::NumberChanged,
            "user_changed_user_id" => SystemKind::UserIdChanged,
            "customer_identity_changed" | "user_identity_changed" => SystemKind::IdentityChanged,
            _ => SystemKind::Unknown(word),
        };
        Self {
            kind,
            body: loose::filled(raw, "body"),
            wa_id: loose::filled(raw, "wa_id").or_else(|| loose::filled(raw, "new_wa_id")),
            user_id: loose::filled(raw, "user_id"),
            previous_user_id: loose::filled(raw, "previous_user_id"),
        }
    }
}
