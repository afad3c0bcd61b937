//! Who sent an event: the `auth` block.

use secrecy::SecretString;
use serde_json::Value;

use crate::outside::loose;

/// What Bitrix24 says about itself in an event. Nothing here is proven until `application_token` is compared,
/// in constant time, with the one stored for `member_id`. Its tokens never show in `Debug`.
#[derive(Clone, Debug, Default)]
pub struct EventAuth {
    /// The portal's lasting key.
    pub member_id: Option<String>,
    /// The portal's host today; here it is the portal, unlike in token answers.
    pub domain: Option<String>,
    /// The only proof of where the event comes from.
    pub application_token: Option<SecretString>,
    /// Token of the acting user; may be absent (robots, agents).
    pub access_token: Option<SecretString>,
    /// Only with install and update events.
    pub refresh_token: Option<SecretString>,
    /// Seconds the access token lives.
    pub expires_in: Option<i64>,
    /// The acting user.
    pub user_id: Option<String>,
    /// The OAuth server's address; to be checked against the allowed hosts before use.
    pub server_endpoint: Option<String>,
    /// The portal's REST address.
    pub client_endpoint: Option<String>,
    /// `L` local, `F` free, `S` subscription.
    pub status: Option<String>,
    /// Scopes, whatever sign separated them.
    pub scope: Vec<String>,
}

impl EventAuth {
    pub(super) fn read(raw: &Value) -> Self {
        let text = |key: &str| loose::filled_any_case(raw, key);
        let secret = |key: &str| text(key).map(SecretString::from);
        let scope = text("scope").unwrap_or_default();
        Self {
            member_id: text("member_id"),
            domain: text("domain"),
            application_token: secret("application_token"),
            access_token: secret("access_token"),
            refresh_token: secret("refresh_token"),
            expires_in: loose::integer(raw, "expires_in"),
            user_id: text("user_id"),
            // One documented sample misspells it.
            server_endpoint: text("server_endpoint").or_else(|| text("server_andpoint")),
            client_endpoint: text("client_endpoint"),
            status: text("status"),
            scope: scope
                .split([',', ' '])
                .filter(|part| !part.is_empty())
                .map(str::to_owned)
                .collect(),
        }
    }
}
