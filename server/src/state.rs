//! What every room may ask for.

use crate::bus::Bus;
use crate::clock::Clock;
use crate::config::Config;
use crate::inbox::ReceiptWriter;
use crate::pulse::Pulse;
use crate::remotes::Remotes;
use crate::store::Store;
use crate::vault::Vault;
use std::ops::Deref;
use std::sync::Arc;

/// The running installation. Cheap to clone: every layer of a request takes one along.
#[derive(Clone)]
pub struct AppState(Arc<Parts>);

impl AppState {
    /// The installation made of these.
    pub fn new(parts: Parts) -> Self {
        Self(Arc::new(parts))
    }
}

impl Deref for AppState {
    type Target = Parts;

    fn deref(&self) -> &Parts {
        &self.0
    }
}

/// What a running installation is made of.
#[derive(Clone)]
pub struct Parts {
    /// The database.
    pub store: Store,
    /// Seals and opens secrets.
    pub vault: Vault,
    /// As configured at start.
    pub config: Arc<Config>,
    /// The time.
    pub clock: Clock,
    /// Makes receipts durable.
    pub receipts: ReceiptWriter,
    /// Words between the rooms.
    pub bus: Bus,
    /// The ways out to Meta and Bitrix24.
    pub remotes: Remotes,
    /// Whether this node can do its work.
    pub pulse: Pulse,
}

#[cfg(test)]
impl AppState {
    /// The state of an installation with this configuration and an empty database.
    pub(crate) async fn for_tests(test: &crate::store::testing::TestStore, config: Config) -> Self {
        let bus = Bus::default();
        let vault = Vault::unlock(&config, &test.store).await.unwrap();
        let clock = Clock::system();
        Self::new(Parts {
            receipts: ReceiptWriter::start(test.store.clone(), bus.clone()).unwrap(),
            remotes: Remotes::for_tests(&config, &test.store, &vault, &clock),
            store: test.store.clone(),
            vault,
            config: Arc::new(config),
            clock,
            bus,
            pulse: Pulse::default(),
        })
    }

    /// Writes what this setup says, as a file of accounts.
    pub(crate) async fn provision(&self, test: &crate::store::testing::TestStore, setup: &str) {
        let path = test.folder().join("setup.toml");
        std::fs::write(&path, setup).unwrap();
        let provisioner = crate::provision::Provisioner {
            store: &self.store,
            vault: &self.vault,
            config: &self.config,
            clock: &self.clock,
        };
        if let Err(error) = provisioner.provision(&path).await {
            panic!("{}: {error}", test.engine);
        }
    }

    /// The same installation with this changed.
    pub(crate) fn with(&self, change: impl FnOnce(&mut Parts)) -> Self {
        let mut parts = Parts::clone(self);
        change(&mut parts);
        Self::new(parts)
    }
}
