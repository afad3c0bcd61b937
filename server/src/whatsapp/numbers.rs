//! Numbers: what Meta says of them, and their registration.

use std::collections::HashSet;

use secrecy::{ExposeSecret, SecretString};
use serde_json::{Value, json};

use super::client::{GraphClient, GraphTrouble};
use crate::outside::loose;

/// Long-standing fields of a number.
const PHONE_FIELDS: &str = "id,display_phone_number,verified_name,code_verification_status,quality_rating,status,platform_type";

/// Younger fields. One that Meta does not know fails the whole call, which is then asked without them.
const YOUNG_FIELDS: &str =
    "is_on_biz_app,is_pin_enabled,throughput,whatsapp_business_manager_messaging_limit";

/// More pages than any account has numbers for; the guard against a cursor that never ends.
const PAGES_MAX: usize = 200;

/// A business number as Meta shows it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PhoneNumber {
    /// The phone number id: the number's name in every call.
    pub id: String,
    /// Formatted for people.
    pub display_phone_number: Option<String>,
    /// The name customers see.
    pub verified_name: Option<String>,
    /// `CONNECTED`, `PENDING`, `BANNED` and others.
    pub status: Option<String>,
    /// `GREEN`, `YELLOW`, `RED`.
    pub quality_rating: Option<String>,
    /// `CLOUD_API`, `ON_PREMISE`, `NOT_APPLICABLE`.
    pub platform: Option<String>,
    /// How many customers it may write to first in a day, e.g. `TIER_1K`.
    pub messaging_limit: Option<String>,
    /// It is also used in the WhatsApp Business app: such a number must not be registered.
    pub on_business_app: bool,
    /// A two-step PIN is set; registering needs that one. `None`: Meta does not say.
    pub has_pin: Option<bool>,
    /// The whole answer.
    pub raw: Value,
}

impl PhoneNumber {
    fn read(raw: Value) -> Option<Self> {
        Some(Self {
            id: loose::filled(&raw, "id")?,
            display_phone_number: loose::filled(&raw, "display_phone_number"),
            verified_name: loose::filled(&raw, "verified_name"),
            status: loose::filled(&raw, "status"),
            quality_rating: loose::filled(&raw, "quality_rating"),
            platform: loose::filled(&raw, "platform_type"),
            messaging_limit: limit(&raw),
            on_business_app: loose::flag(&raw, "is_on_biz_app").unwrap_or(false),
            has_pin: loose::flag(&raw, "is_pin_enabled"),
            raw,
        })
    }

    /// The number's digits, for comparison.
    pub fn digits(&self) -> String {
        let shown = self.display_phone_number.as_deref().unwrap_or_default();
        shown.chars().filter(char::is_ascii_digit).collect()
    }

    /// Whether messages only work after it is registered.
    pub fn needs_registering(&self) -> bool {
        let waits = matches!(self.status.as_deref(), Some("PENDING" | "DISCONNECTED"));
        let nowhere = self.platform.as_deref() == Some("NOT_APPLICABLE")
            && self.status.as_deref() != Some("CONNECTED");
        !self.on_business_app && (waits || nowhere)
    }
}

impl GraphClient {
    /// Every number of a WABA, over all pages (R12).
    pub async fn phone_numbers(
        &self,
        token: &SecretString,
        waba_id: &str,
    ) -> Result<Vec<PhoneNumber>, GraphTrouble> {
        let path = [waba_id, "phone_numbers"];
        let all = format!("{PHONE_FIELDS},{YOUNG_FIELDS}");
        let items = match self.all_pages(token, &path, &[("fields", &all)]).await {
            Err(trouble) if trouble.is_unknown_field() => {
                let few = [("fields", PHONE_FIELDS)];
                self.all_pages(token, &path, &few).await?
            }
            other => other?,
        };
        Ok(items.into_iter().filter_map(PhoneNumber::read).collect())
    }

    /// One number, with its health; what the overview calls proof.
    pub async fn phone(
        &self,
        token: &SecretString,
        phone_id: &str,
    ) -> Result<PhoneNumber, GraphTrouble> {
        let all = format!("{PHONE_FIELDS},{YOUNG_FIELDS}");
        let answer = match self.get(token, &[phone_id], &[("fields", &all)]).await {
            Err(trouble) if trouble.is_unknown_field() => {
                self.get(token, &[phone_id], &[("fields", PHONE_FIELDS)])
                    .await?
            }
            other => other?,
        };
        let reason = "Meta's answer names no number".to_owned();
        PhoneNumber::read(answer).ok_or(GraphTrouble::Unknown { reason })
    }

    /// Registers a number for the Cloud API. Where a two-step PIN exists it must be this one.
    pub async fn register(
        &self,
        token: &SecretString,
        phone_id: &str,
        pin: &SecretString,
    ) -> Result<(), GraphTrouble> {
        let body = json!({ "messaging_product": "whatsapp", "pin": pin.expose_secret() });
        self.post(token, &[phone_id, "register"], body).await?;
        Ok(())
    }

    /// Follows Meta's cursors to the last page. The link to the next page is not called: only its cursor is taken.
    pub(super) async fn all_pages(
        &self,
        token: &SecretString,
        path: &[&str],
        query: &[(&str, &str)],
    ) -> Result<Vec<Value>, GraphTrouble> {
        let mut found = Vec::new();
        let mut seen = HashSet::new();
        let mut after: Option<String> = None;
        for _ in 0..PAGES_MAX {
            let cursor = after.as_deref().map(|cursor| ("after", cursor));
            let query: Vec<(&str, &str)> = query.iter().copied().chain(cursor).collect();
            let mut page = self.get(token, path, &query).await?;
            let Some(Value::Array(items)) = page.get_mut("data").map(Value::take) else {
                return Err(GraphTrouble::Unknown {
                    reason: "Meta's answer is no list".to_owned(),
                });
            };
            found.extend(items);
            let paging = loose::field(&page, "paging");
            let has_next = paging.is_some_and(|paging| loose::field(paging, "next").is_some());
            let cursors = paging.and_then(|paging| loose::field(paging, "cursors"));
            after = cursors
                .and_then(|cursors| loose::filled(cursors, "after"))
                .filter(|_| has_next);
            match &after {
                Some(cursor) if seen.insert(cursor.clone()) => {}
                Some(_) | None => return Ok(found),
            }
        }
        Ok(found)
    }
}

/// The limit is a word, or an object with the word inside.
fn limit(raw: &Value) -> Option<String> {
    let found = loose::field(raw, "whatsapp_business_manager_messaging_limit")?;
    let inside = ["tier", "limit", "current_limit", "value"]
        .iter()
        .find_map(|key| loose::filled(found, key));
    inside.or_else(|| loose::as_text(found))
}
