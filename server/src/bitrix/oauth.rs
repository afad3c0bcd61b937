//! The OAuth server: new tokens for old ones.

use secrecy::SecretString;
use serde_json::Value;
use url::{Host, Url};

use super::address::PortalAddress;
use crate::outside::{Call, Client, Reply, Trouble, is_public, loose};

/// Bitrix24's own OAuth servers. The client secret goes nowhere else but to the configured one.
const HOSTS: [&str; 2] = ["oauth.bitrix24.tech", "oauth.bitrix.info"];

/// Asks the OAuth server. Cheap to clone.
#[derive(Clone, Debug)]
pub struct OAuth {
    http: Client,
    configured: Option<Url>,
}

/// What a refresh brought. The old refresh token is to be overwritten: a new one comes each time.
#[derive(Clone, Debug)]
pub struct FreshTokens {
    /// Lives an hour.
    pub access_token: SecretString,
    /// Lives 180 days.
    pub refresh_token: SecretString,
    /// Seconds the access token lives.
    pub expires_in: Option<i64>,
    /// The portal the tokens are for.
    pub member_id: Option<String>,
    /// The user they are for.
    pub user_id: Option<String>,
    /// The portal's address, out of `client_endpoint`; `domain` names the OAuth server instead.
    pub address: Option<PortalAddress>,
    /// What the tokens may do.
    pub scopes: Vec<String>,
}

/// Why a refresh brought nothing.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RefreshError {
    /// The refresh token is used up, or the app's keys are wrong: an admin has to connect the portal again.
    #[error("the tokens cannot be refreshed ({code})")]
    Dead {
        /// The server's code.
        code: String,
    },
    /// Not now; the refresh token may be tried again.
    #[error("the OAuth server does not answer: {reason}")]
    Later {
        /// In words.
        reason: String,
    },
    /// The answer was lost: the server may have changed the refresh token. Trying the old one tells.
    #[error("the answer of the OAuth server was lost: {reason}")]
    Unknown {
        /// In words.
        reason: String,
    },
}

impl From<Trouble> for RefreshError {
    fn from(trouble: Trouble) -> Self {
        match trouble {
            Trouble::NotSent { reason } => Self::Later { reason },
            Trouble::Unknown { reason } => Self::Unknown { reason },
        }
    }
}

impl OAuth {
    /// `configured` is `THOTH_BITRIX_OAUTH_URL`: the one server for all portals, where it is set.
    pub fn new(http: Client, configured: Option<Url>) -> Self {
        Self { http, configured }
    }

    /// Where tokens of a portal are refreshed: the configured server, else the host of the portal's
    /// `server_endpoint` when that is one of Bitrix24's (or, for the sandbox, a private address where those may
    /// be called), else Bitrix24's first. A stranger's endpoint never gets the client secret.
    pub fn token_url(&self, server_endpoint: Option<&str>) -> Option<Url> {
        if let Some(own) = &self.configured {
            return token_path(own);
        }
        let is_bitrix = |url: &Url| {
            url.scheme() == "https"
                && url.port().is_none()
                && url.host_str().is_some_and(|host| HOSTS.contains(&host))
        };
        let is_sandbox = |url: &Url| self.http.allows_private() && is_private(url);
        let named = server_endpoint.and_then(|text| Url::parse(text).ok());
        match named.filter(|url| is_bitrix(url) || is_sandbox(url)) {
            Some(url) => url.join("/oauth/token/").ok(),
            None => Url::parse("https://oauth.bitrix24.tech/oauth/token/").ok(),
        }
    }

    /// Where tokens are shown for proof: on the host that refreshes them.
    pub(super) fn info_url(&self, server_endpoint: Option<&str>) -> Option<Url> {
        let mut url = self.token_url(server_endpoint)?;
        url.path_segments_mut()
            .ok()?
            .pop_if_empty()
            .pop()
            .pop()
            .extend(["rest", "app.info"]);
        Some(url)
    }

    /// The guarded way out.
    pub(super) fn http(&self) -> &Client {
        &self.http
    }

    /// Refreshes once. Only to be called after `expired_token`, by the one who holds the lease (R8).
    pub async fn refresh(
        &self,
        server_endpoint: Option<&str>,
        client_id: &str,
        client_secret: &SecretString,
        refresh_token: &SecretString,
    ) -> Result<FreshTokens, RefreshError> {
        let url = self
            .token_url(server_endpoint)
            .ok_or_else(|| RefreshError::Later {
                reason: "the OAuth address is no web address".to_owned(),
            })?;
        let fields = vec![
            ("grant_type", SecretString::from("refresh_token")),
            ("client_id", SecretString::from(client_id)),
            ("client_secret", client_secret.clone()),
            ("refresh_token", refresh_token.clone()),
        ];
        fresh(&self.http.send(Call::post_form(url, fields)).await?)
    }
}

/// An address of this machine or of a private network, written as such.
fn is_private(url: &Url) -> bool {
    match url.host() {
        Some(Host::Ipv4(address)) => !is_public(address.into()),
        Some(Host::Ipv6(address)) => !is_public(address.into()),
        Some(Host::Domain(name)) => name == "localhost",
        None => false,
    }
}

fn token_path(base: &Url) -> Option<Url> {
    let mut url = base.clone();
    url.path_segments_mut()
        .ok()?
        .pop_if_empty()
        .extend(["oauth", "token", ""]);
    Some(url)
}

fn fresh(reply: &Reply) -> Result<FreshTokens, RefreshError> {
    let body = reply.json();
    let code = body
        .as_ref()
        .and_then(|found| loose::filled(found, "error"));
    if let Some(code) = code {
        return Err(refused(reply.status, code));
    }
    let reason = || format!("HTTP {}", reply.status);
    match body {
        Some(body) if reply.is_success() => tokens(&body).ok_or(RefreshError::Unknown {
            reason: "the answer holds no tokens".to_owned(),
        }),
        Some(_) | None if reply.is_success() => Err(RefreshError::Unknown {
            reason: "the answer is half or no JSON".to_owned(),
        }),
        Some(_) | None if reply.status >= 500 && reply.status != 503 => {
            Err(RefreshError::Unknown { reason: reason() })
        }
        Some(_) | None => Err(RefreshError::Later { reason: reason() }),
    }
}

/// Only these codes say that the refresh token or the app's keys will never do; anything else may pass.
fn refused(status: u16, code: String) -> RefreshError {
    let dead = [
        "invalid_grant",
        "invalid_client",
        "wrong_client",
        "invalid_request",
        "invalid_scope",
        "insufficient_scope",
        "bad_verification_code",
        "expired_token",
        "invalid_token",
    ];
    if status < 500 && dead.iter().any(|known| known.eq_ignore_ascii_case(&code)) {
        RefreshError::Dead { code }
    } else {
        RefreshError::Later { reason: code }
    }
}

fn tokens(body: &Value) -> Option<FreshTokens> {
    Some(FreshTokens {
        access_token: loose::filled(body, "access_token")?.into(),
        refresh_token: loose::filled(body, "refresh_token")?.into(),
        expires_in: loose::integer(body, "expires_in"),
        member_id: loose::filled(body, "member_id"),
        user_id: loose::filled(body, "user_id"),
        address: loose::filled(body, "client_endpoint")
            .and_then(|found| PortalAddress::of_endpoint(&found).ok()),
        scopes: scopes_read(&loose::filled(body, "scope").unwrap_or_default()),
    })
}

/// Scopes, whatever sign separates them.
pub fn scopes_read(text: &str) -> Vec<String> {
    text.split([',', ' '])
        .filter(|part| !part.is_empty())
        .map(str::to_ascii_lowercase)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::outside::testing::local_client;

    fn asked(configured: Option<&str>, endpoint: Option<&str>) -> String {
        let oauth = OAuth::new(local_client(), configured.map(|url| url.parse().unwrap()));
        oauth.token_url(endpoint).unwrap().to_string()
    }

    #[test]
    fn the_secret_goes_to_known_hosts_only() {
        let west = Some("https://oauth.bitrix.info/rest/");
        assert_eq!(asked(None, west), "https://oauth.bitrix.info/oauth/token/");
        assert_eq!(
            asked(None, None),
            "https://oauth.bitrix24.tech/oauth/token/"
        );
        for stranger in [
            "https://evil.com/rest/",
            "http://oauth.bitrix.info/rest/",
            "https://oauth.bitrix.info.evil.com/",
            "https://oauth.bitrix.info:444/",
            "https://x@evil.com/oauth.bitrix.info",
        ] {
            assert_eq!(
                asked(None, Some(stranger)),
                "https://oauth.bitrix24.tech/oauth/token/",
                "{stranger}"
            );
        }
    }

    #[test]
    fn the_configured_server_is_the_one_for_all() {
        let own = Some("http://127.0.0.1:4011");
        for named in [
            None,
            Some("http://127.0.0.1:9/rest/"),
            Some("https://oauth.bitrix.info/rest/"),
        ] {
            assert_eq!(asked(own, named), "http://127.0.0.1:4011/oauth/token/");
        }
        assert_eq!(
            asked(Some("https://box.acme.com/b24/"), None),
            "https://box.acme.com/b24/oauth/token/"
        );
    }

    #[test]
    fn a_token_is_shown_where_it_is_refreshed() {
        let oauth = OAuth::new(
            local_client(),
            Some("https://box.acme.com/b24/".parse().unwrap()),
        );
        let url = oauth.info_url(None).unwrap();
        assert_eq!(url.as_str(), "https://box.acme.com/b24/rest/app.info");
        let oauth = OAuth::new(local_client(), None);
        let url = oauth.info_url(Some("https://evil.com/rest/")).unwrap();
        assert_eq!(url.as_str(), "https://oauth.bitrix24.tech/rest/app.info");
    }

    #[test]
    fn a_private_server_is_known_where_private_addresses_may_be_called() {
        assert_eq!(
            asked(None, Some("http://127.0.0.1:4011/rest/")),
            "http://127.0.0.1:4011/oauth/token/"
        );
        let strict = OAuth::new(crate::outside::client(false).unwrap(), None);
        let url = strict
            .token_url(Some("http://127.0.0.1:4011/rest/"))
            .unwrap();
        assert_eq!(url.host_str(), Some("oauth.bitrix24.tech"));
    }
}
