//! What Bitrix24 brings when it installs or opens the app. Unsigned: nothing of it is proven.

use crate::bitrix::wire::EventAuth;
use crate::bitrix::{PortalAddress, scopes_read};
use crate::outside::loose;
use secrecy::SecretString;
use serde_json::Value;

/// The call of a page or of an install event.
#[derive(Clone, Debug)]
pub struct AppCall {
    /// `ui` for a page, `api` for an event.
    pub kind: &'static str,
    /// The portal's key, as claimed.
    pub member_id: String,
    /// The portal's address, as claimed.
    pub address: Option<PortalAddress>,
    /// Token of the user who looks or installs.
    pub access_token: SecretString,
    /// Absent when somebody only looks.
    pub refresh_token: Option<SecretString>,
    /// The OAuth server, as claimed; only allowed hosts are asked.
    pub server_endpoint: Option<String>,
    /// What will prove events. Older portals do not give it to pages.
    pub application_token: Option<SecretString>,
    /// What the app may do.
    pub scopes: Vec<String>,
    /// The language of the portal's interface.
    pub language: String,
    /// The place that was opened: `DEFAULT`, `SETTING_CONNECTOR` and others.
    pub placement: String,
    /// What the place says, an object.
    pub options: Value,
}

impl AppCall {
    /// Reads the call of a page: the portal in the query, the tokens in the form. Source: "Widget data".
    pub fn of_page(query: &Value, form: &Value) -> Option<Self> {
        let text = |key: &str| loose::filled_any_case(form, key);
        let asked = |key: &str| loose::filled_any_case(query, key).or_else(|| text(key));
        let protocol = asked("PROTOCOL").unwrap_or_else(|| "1".to_owned());
        let options = text("PLACEMENT_OPTIONS")
            .and_then(|words| serde_json::from_str(&words).ok())
            .filter(Value::is_object)
            .unwrap_or_default();
        Some(Self {
            kind: "ui",
            member_id: text("member_id")?,
            address: asked("DOMAIN")
                .and_then(|domain| PortalAddress::parse(&protocol, &domain).ok()),
            access_token: text("AUTH_ID")?.into(),
            refresh_token: text("REFRESH_ID").map(SecretString::from),
            server_endpoint: text("SERVER_ENDPOINT"),
            application_token: text("APPLICATION_TOKEN").map(SecretString::from),
            scopes: scopes_read(&text("APPLICATION_SCOPE").unwrap_or_default()),
            language: asked("LANG").unwrap_or_else(|| "en".to_owned()),
            placement: text("PLACEMENT").unwrap_or_else(|| "DEFAULT".to_owned()),
            options,
        })
    }

    /// Reads the call of an install or update event.
    pub fn of_event(auth: &EventAuth) -> Option<Self> {
        let endpoint = auth.client_endpoint.as_deref();
        let address = endpoint.and_then(|found| PortalAddress::of_endpoint(found).ok());
        let named = || {
            let domain = auth.domain.as_deref()?;
            PortalAddress::parse("https", domain).ok()
        };
        Some(Self {
            kind: "api",
            member_id: auth.member_id.clone()?,
            address: address.or_else(named),
            access_token: auth.access_token.clone()?,
            refresh_token: auth.refresh_token.clone(),
            server_endpoint: auth.server_endpoint.clone(),
            application_token: auth.application_token.clone(),
            scopes: auth
                .scope
                .iter()
                .map(|scope| scope.to_ascii_lowercase())
                .collect(),
            language: "en".to_owned(),
            placement: "DEFAULT".to_owned(),
            options: Value::Null,
        })
    }

    /// A value of the placement's options.
    pub fn option(&self, key: &str) -> Option<String> {
        loose::filled_any_case(&self.options, key)
    }
}
