//! The app itself: what the OAuth server and the portal say of a token, its scopes and its events.

use secrecy::{ExposeSecret, SecretString};
use serde_json::{Value, json};

use super::address::PortalAddress;
use super::authorized::AuthorizedClient;
use super::batch::Command;
use super::call_error::CallError;
use super::client::{Answer, BitrixClient};
use super::oauth::OAuth;
use super::tokens::PortalKeys;
use crate::outside::{Call, Trouble, loose};

/// What the OAuth server says of a token it knows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AppInfo {
    /// Whose token it is. Seen in the field, not promised by the documentation.
    pub client_id: Option<String>,
    /// Whether the installation was finished.
    pub installed: Option<bool>,
}

/// Why a token is not proven.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ProofError {
    /// The OAuth server does not know the token.
    #[error("Bitrix24's OAuth server does not know this token ({code})")]
    Refused {
        /// Its code.
        code: String,
    },
    /// Nobody could tell.
    #[error("Bitrix24's OAuth server could not be asked: {reason}")]
    Silent {
        /// In words.
        reason: String,
    },
}

impl From<Trouble> for ProofError {
    fn from(trouble: Trouble) -> Self {
        match trouble {
            Trouble::NotSent { reason } | Trouble::Unknown { reason } => Self::Silent { reason },
        }
    }
}

/// Who a token belongs to, as the portal says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Profile {
    /// The user.
    pub user_id: String,
    /// Whether they are an administrator of the portal.
    pub is_admin: bool,
    /// The portal's new address, to be stored.
    pub moved_to: Option<PortalAddress>,
}

/// An event and the address it is sent to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Binding {
    /// Upper case.
    pub event: String,
    /// Where to.
    pub handler: String,
}

impl OAuth {
    /// Shows a token to the OAuth server: proves that it is one of an app's, and says which app's when it tells.
    /// Only the allowed hosts are asked, whatever the caller names. Source: "app.info", "Safe event handlers".
    pub async fn app_info(
        &self,
        server_endpoint: Option<&str>,
        token: &SecretString,
    ) -> Result<AppInfo, ProofError> {
        let silent = || ProofError::Silent {
            reason: "the OAuth address is no web address".to_owned(),
        };
        let mut url = self.info_url(server_endpoint).ok_or_else(silent)?;
        url.query_pairs_mut()
            .append_pair("auth", token.expose_secret());
        let reply = self.http().send(Call::get(url)).await?;
        let body = reply.json().unwrap_or_default();
        if let Some(code) = loose::filled(&body, "error") {
            return Err(if reply.status >= 500 {
                ProofError::Silent { reason: code }
            } else {
                ProofError::Refused { code }
            });
        }
        let result = loose::field(&body, "result").filter(|_| reply.is_success());
        let result = result.ok_or_else(|| ProofError::Silent {
            reason: format!("HTTP {}", reply.status),
        })?;
        let text = |key: &str| loose::filled_any_case(result, key);
        let install = loose::field_any_case(result, "install");
        Ok(AppInfo {
            client_id: text("client_id"),
            installed: loose::field_any_case(result, "INSTALLED")
                .or_else(|| install.and_then(|block| loose::field_any_case(block, "installed")))
                .and_then(loose::as_flag),
        })
    }
}

impl BitrixClient {
    /// Who a token belongs to.
    pub async fn profile(
        &self,
        portal: &PortalAddress,
        token: &SecretString,
    ) -> Result<Profile, CallError> {
        profile_read(self.call(portal, token, "profile", Value::Null).await?)
    }
}

fn profile_read(answer: Answer) -> Result<Profile, CallError> {
    let result = &answer.result;
    let unknown = || CallError::Unknown {
        reason: "the portal's answer names no user".to_owned(),
    };
    Ok(Profile {
        user_id: loose::filled_any_case(result, "ID").ok_or_else(unknown)?,
        is_admin: loose::field_any_case(result, "ADMIN")
            .and_then(loose::as_flag)
            .unwrap_or(false),
        moved_to: answer.moved_to,
    })
}

/// Who the stored token belongs to.
pub async fn profile(api: &AuthorizedClient, portal: &PortalKeys) -> Result<Profile, CallError> {
    profile_read(api.call(portal, "profile", Value::Null).await?)
}

/// The scopes the app has in the portal, lower case.
pub async fn scopes(api: &AuthorizedClient, portal: &PortalKeys) -> Result<Vec<String>, CallError> {
    let answer = api.call(portal, "scope", Value::Null).await?;
    let items = loose::items(&answer.result).into_iter();
    Ok(items
        .filter_map(loose::as_text)
        .map(|scope| scope.to_ascii_lowercase())
        .collect())
}

/// The events of this app that are sent somewhere.
pub async fn bindings(
    api: &AuthorizedClient,
    portal: &PortalKeys,
) -> Result<Vec<Binding>, CallError> {
    let answer = api.call(portal, "event.get", Value::Null).await?;
    let read = |raw: &Value| {
        Some(Binding {
            event: loose::filled_any_case(raw, "event")?.to_ascii_uppercase(),
            handler: loose::filled_any_case(raw, "handler")?,
        })
    };
    let items = loose::items(&answer.result).into_iter();
    Ok(items.filter_map(read).collect())
}

/// Unbinds and binds, in one call of the portal. An event that is bound already is no failure.
pub async fn rebind(
    api: &AuthorizedClient,
    portal: &PortalKeys,
    off: &[Binding],
    on: &[Binding],
) -> Result<(), CallError> {
    let command = |key: String, method: &str, binding: &Binding| Command {
        key,
        method: method.to_owned(),
        params: json!({"event": binding.event, "handler": binding.handler}),
    };
    let commands: Vec<Command> = off
        .iter()
        .enumerate()
        .map(|(place, binding)| command(format!("off{place}"), "event.unbind", binding))
        .chain(
            on.iter()
                .enumerate()
                .map(|(place, binding)| command(format!("on{place}"), "event.bind", binding)),
        )
        .collect();
    if commands.is_empty() {
        return Ok(());
    }
    for (key, result) in api.batch(portal, &commands).await?.results {
        match result {
            Ok(_) => {}
            Err(_) if key.starts_with("off") => {}
            Err(error) if is_bound_already(&error) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

fn is_bound_already(error: &CallError) -> bool {
    matches!(error, CallError::Refused { description, .. } if {
        let words = description.to_ascii_lowercase();
        words.contains("already") || words.contains("unable to set event handler")
    })
}
