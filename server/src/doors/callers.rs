//! Against what a webhook is checked: its owner, their WABAs with opened secrets, their phones. Kept for a moment, so
//! that a burst of webhooks asks the database once.
//!
//! What changes in this process is seen at once (the bus counts changes), what another node or the command line
//! changes within [`FRESH`]. A new key or secret waits for nothing: what does not fit is read anew before it is refused.

use crate::state::AppState;
use crate::store::StoreError;
use crate::store::entities::{person, phone, waba};
use crate::vault::Place;
use secrecy::SecretString;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};
use uuid::Uuid;

/// How long something is believed without asking the database.
const FRESH: Duration = Duration::from_secs(2);

/// Owners by the hash of their key, as they were lately. Cheap to clone.
#[derive(Clone, Default)]
pub(super) struct Callers {
    kept: Arc<Mutex<HashMap<Vec<u8>, Arc<Caller>>>>,
}

/// Whose callback address was called, and what belongs to them.
pub(super) struct Caller {
    pub owner: person::Model,
    pub wabas: Vec<waba::Model>,
    secrets: HashMap<Uuid, SecretString>,
    phones: Mutex<HashMap<String, Arc<phone::Model>>>,
    /// The bus' count of changes when it was read.
    version: u64,
    read_at: Instant,
}

impl Callers {
    /// The owner with this key, from memory where that is fresh; `None` when the key is nobody's.
    pub async fn find(
        &self,
        state: &AppState,
        key: &str,
    ) -> Result<Option<Arc<Caller>>, StoreError> {
        let hash = state.vault.hash(key);
        let kept = self.kept().get(&hash).map(Arc::clone);
        match kept {
            Some(caller) if caller.is_fresh(state) => Ok(Some(caller)),
            Some(_) | None => self.read(state, hash).await,
        }
    }

    /// The same from the database; `None` when `seen` is as new as it gets.
    pub async fn find_newer(
        &self,
        state: &AppState,
        key: &str,
        seen: &Caller,
        began: Instant,
    ) -> Result<Option<Arc<Caller>>, StoreError> {
        if seen.read_at >= began {
            return Ok(None);
        }
        self.read(state, state.vault.hash(key)).await
    }

    async fn read(
        &self,
        state: &AppState,
        hash: Vec<u8>,
    ) -> Result<Option<Arc<Caller>>, StoreError> {
        let (version, read_at) = (state.bus.version(), Instant::now());
        let Some(owner) = state.store.person_by_key_hash(&hash).await? else {
            self.kept().remove(&hash);
            return Ok(None);
        };
        let wabas = state.store.wabas_of_owner(owner.id).await?;
        let caller = Arc::new(Caller {
            secrets: opened(state, &wabas),
            owner,
            wabas,
            phones: Mutex::default(),
            version,
            read_at,
        });
        self.kept().insert(hash, Arc::clone(&caller));
        Ok(Some(caller))
    }

    fn kept(&self) -> std::sync::MutexGuard<'_, HashMap<Vec<u8>, Arc<Caller>>> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Caller {
    fn is_fresh(&self, state: &AppState) -> bool {
        self.read_at.elapsed() < FRESH && self.version == state.bus.version()
    }

    /// The app secret of a WABA.
    pub fn secret(&self, waba: Uuid) -> Option<&SecretString> {
        self.secrets.get(&waba)
    }

    /// The owner's phones with these ids; unknown ids are left out.
    pub async fn phones(
        &self,
        state: &AppState,
        ids: &[String],
    ) -> Result<Vec<Arc<phone::Model>>, StoreError> {
        let mut found = Vec::with_capacity(ids.len());
        let mut missing = Vec::new();
        {
            let known = self.phones.lock().unwrap_or_else(PoisonError::into_inner);
            for id in ids {
                match known.get(id) {
                    Some(phone) => found.push(Arc::clone(phone)),
                    None => missing.push(id.clone()),
                }
            }
        }
        if !missing.is_empty() {
            let read = state
                .store
                .phones_by_phone_ids(self.owner.id, &missing)
                .await?;
            let mut known = self.phones.lock().unwrap_or_else(PoisonError::into_inner);
            for phone in read.into_iter().map(Arc::new) {
                known.insert(phone.phone_id.clone(), Arc::clone(&phone));
                found.push(phone);
            }
        }
        Ok(found)
    }
}

fn opened(state: &AppState, wabas: &[waba::Model]) -> HashMap<Uuid, SecretString> {
    let open = |waba: &waba::Model| {
        let sealed = waba.app_secret.as_ref()?;
        match state.vault.open(Place::WabaAppSecret, waba.id, sealed) {
            Ok(secret) => Some((waba.id, secret)),
            Err(error) => {
                tracing::error!(%error, waba = %waba.id, "An app secret cannot be opened");
                None
            }
        }
    };
    wabas.iter().filter_map(open).collect()
}
