//! Reading what a connection has: its numbers, its subscriptions, its token.

use std::collections::HashSet;

use secrecy::{ExposeSecret, SecretString};
use serde_json::Value;

use super::client::{GraphClient, GraphTrouble};
use crate::outside::loose;

/// The fields asked of a number. One Meta does not know would fail the whole call, so only long-standing ones.
const PHONE_FIELDS: &str = "id,display_phone_number,verified_name,code_verification_status,quality_rating,status,platform_type";

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
            raw,
        })
    }
}

/// What Meta says about a token (`debug_token`).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TokenFacts {
    /// The app it was made for; must be ours.
    pub app_id: Option<String>,
    /// It works.
    pub is_valid: bool,
    /// Unix seconds; `None` when it never ends.
    pub expires_at: Option<i64>,
    /// What it may do.
    pub scopes: Vec<String>,
}

impl GraphClient {
    /// Every number of a WABA, over all pages (R12).
    pub async fn phone_numbers(
        &self,
        token: &SecretString,
        waba_id: &str,
    ) -> Result<Vec<PhoneNumber>, GraphTrouble> {
        let items = self
            .all_pages(
                token,
                &[waba_id, "phone_numbers"],
                &[("fields", PHONE_FIELDS)],
            )
            .await?;
        Ok(items.into_iter().filter_map(PhoneNumber::read).collect())
    }

    /// One number, with its health; what the overview calls proof.
    pub async fn phone(
        &self,
        token: &SecretString,
        phone_id: &str,
    ) -> Result<PhoneNumber, GraphTrouble> {
        let answer = self
            .get(token, &[phone_id], &[("fields", PHONE_FIELDS)])
            .await?;
        let reason = "Meta's answer names no number".to_owned();
        PhoneNumber::read(answer).ok_or(GraphTrouble::Unknown { reason })
    }

    /// The apps that get a WABA's webhooks, over all pages.
    pub async fn subscribed_apps(
        &self,
        token: &SecretString,
        waba_id: &str,
    ) -> Result<Vec<Value>, GraphTrouble> {
        self.all_pages(token, &[waba_id, "subscribed_apps"], &[])
            .await
    }

    /// What Meta knows about a token. The app token asks: `app id|app secret`.
    pub async fn debug_token(
        &self,
        app: &SecretString,
        token: &SecretString,
    ) -> Result<TokenFacts, GraphTrouble> {
        let answer = self
            .get(
                app,
                &["debug_token"],
                &[("input_token", token.expose_secret())],
            )
            .await?;
        let data = loose::field(&answer, "data").cloned().unwrap_or_default();
        let scopes = loose::field(&data, "scopes")
            .map(loose::items)
            .unwrap_or_default();
        Ok(TokenFacts {
            app_id: loose::filled(&data, "app_id"),
            is_valid: loose::flag(&data, "is_valid").unwrap_or(false),
            expires_at: loose::integer(&data, "expires_at").filter(|at| *at > 0),
            scopes: scopes.into_iter().filter_map(loose::as_text).collect(),
        })
    }

    /// Follows Meta's cursors to the last page. The link to the next page is not called: only its cursor is taken.
    async fn all_pages(
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
