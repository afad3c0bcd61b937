//! The ways out: one client for each of the two remote systems, over one guarded HTTP client.

use crate::bitrix::{AuthorizedClient, BitrixClient, OAuth};
use crate::clock::Clock;
use crate::config::Config;
use crate::keyring::SealedTokens;
use crate::outside::{self, NoClient};
use crate::store::Store;
use crate::vault::Vault;
use crate::whatsapp::GraphClient;
use std::sync::Arc;

/// Whom this installation calls. Cheap to clone; its clones share connections and refreshes.
#[derive(Clone)]
pub struct Remotes {
    /// Meta's Graph API.
    pub graph: GraphClient,
    /// Portals, with a token that the caller holds.
    pub portal: BitrixClient,
    /// Portals, with the tokens that are stored.
    pub bitrix: AuthorizedClient,
    /// Bitrix24's OAuth server.
    pub oauth: OAuth,
}

impl Remotes {
    /// As configured. A crypto provider must have been installed before.
    pub fn new(
        config: &Config,
        store: &Store,
        vault: &Vault,
        clock: &Clock,
    ) -> Result<Self, NoClient> {
        let http = outside::client(config.allow_private_targets)?;
        let tokens = SealedTokens::new(store.clone(), vault.clone(), clock.clone());
        let oauth = OAuth::new(http.clone(), config.bitrix_oauth_url.clone());
        let portal = BitrixClient::new(http.clone());
        Ok(Self {
            graph: GraphClient::new(http, config.graph_url.clone(), config.graph_version.clone()),
            bitrix: AuthorizedClient::new(portal.clone(), oauth.clone(), Arc::new(tokens)),
            portal,
            oauth,
        })
    }
}

#[cfg(test)]
impl Remotes {
    /// For a test; installs the crypto provider where there is none yet.
    pub fn for_tests(config: &Config, store: &Store, vault: &Vault, clock: &Clock) -> Self {
        let _ = rustls::crypto::ring::default_provider().install_default();
        Self::new(config, store, vault, clock).unwrap()
    }
}
