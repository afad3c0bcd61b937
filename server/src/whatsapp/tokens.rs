//! Tokens: what Meta knows about one, and how a login's code becomes one.

use secrecy::{ExposeSecret, SecretString};
use serde_json::Value;

use super::client::{GraphClient, GraphTrouble};
use super::errors::GraphError;
use crate::outside::loose;

/// The permission to read a WABA and to subscribe to it.
pub const MANAGEMENT: &str = "whatsapp_business_management";

/// The permission to send and to get messages.
pub const MESSAGING: &str = "whatsapp_business_messaging";

/// What Meta says about a token (`debug_token`).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TokenFacts {
    /// The app it was made for; must be ours.
    pub app_id: Option<String>,
    /// `USER`, `SYSTEM_USER` and others.
    pub kind: Option<String>,
    /// It works.
    pub is_valid: bool,
    /// Unix seconds; `None` when it never ends.
    pub expires_at: Option<i64>,
    /// What it may do.
    pub scopes: Vec<String>,
    /// The WABAs it may manage; `None` when that is all there are and will be.
    pub targets: Option<Vec<String>>,
    /// Why it does not work.
    pub error: Option<GraphError>,
}

impl TokenFacts {
    fn read(data: &Value) -> Self {
        let list = |raw: &Value, key: &str| -> Option<Vec<String>> {
            let items = loose::items(loose::field(raw, key)?);
            Some(items.into_iter().filter_map(loose::as_text).collect())
        };
        let granular = loose::field(data, "granular_scopes")
            .map(loose::items)
            .unwrap_or_default();
        let targets = granular
            .into_iter()
            .find(|scope| loose::filled(scope, "scope").as_deref() == Some(MANAGEMENT))
            .and_then(|scope| list(scope, "target_ids"));
        Self {
            app_id: loose::filled(data, "app_id"),
            kind: loose::filled(data, "type"),
            is_valid: loose::flag(data, "is_valid").unwrap_or(false),
            expires_at: loose::integer(data, "expires_at").filter(|at| *at > 0),
            scopes: list(data, "scopes").unwrap_or_default(),
            targets,
            error: loose::field(data, "error").and_then(|error| {
                // Here alone the subcode has no prefix.
                let subcode = loose::integer(error, "subcode");
                let read = GraphError::read(error)?;
                Some(GraphError {
                    subcode: read.subcode.or(subcode),
                    ..read
                })
            }),
        }
    }

    /// The permissions we need and it lacks.
    pub fn missing_scopes(&self) -> Vec<&'static str> {
        [MANAGEMENT, MESSAGING]
            .into_iter()
            .filter(|needed| !self.scopes.iter().any(|scope| scope == needed))
            .collect()
    }
}

/// What a login's code is exchanged with.
pub struct CodeExchange<'a> {
    /// The app.
    pub app_id: &'a str,
    /// Its secret.
    pub app_secret: &'a SecretString,
    /// The address the code came to, byte for byte.
    pub redirect_uri: &'a str,
    /// The code; it works once.
    pub code: &'a SecretString,
}

impl GraphClient {
    /// What Meta knows about a token. Asked with the app token `app id|app secret`, or with the token itself.
    pub async fn debug_token(
        &self,
        asker: &SecretString,
        token: &SecretString,
    ) -> Result<TokenFacts, GraphTrouble> {
        let query = [("input_token", token.expose_secret())];
        let answer = self.get(asker, &["debug_token"], &query).await?;
        let data = loose::field(&answer, "data").ok_or(GraphTrouble::Unknown {
            reason: "Meta's answer says nothing of the token".to_owned(),
        })?;
        Ok(TokenFacts::read(data))
    }

    /// Exchanges a login's code for a token, by POST so that no secret stands in an address.
    pub async fn code_exchange(
        &self,
        given: &CodeExchange<'_>,
    ) -> Result<SecretString, GraphTrouble> {
        let fields = vec![
            ("client_id", SecretString::from(given.app_id)),
            ("client_secret", given.app_secret.clone()),
            ("redirect_uri", SecretString::from(given.redirect_uri)),
            ("code", given.code.clone()),
        ];
        let answer = self.post_form(&["oauth", "access_token"], fields).await?;
        let token = loose::filled(&answer, "access_token");
        token.map(SecretString::from).ok_or(GraphTrouble::Unknown {
            reason: "Meta's answer has no token".to_owned(),
        })
    }
}

/// The token an app asks with for itself.
pub fn app_token(app_id: &str, app_secret: &SecretString) -> SecretString {
    format!("{app_id}|{}", app_secret.expose_secret()).into()
}
