//! Writing a WABA that was added or edited.

use super::check::{ask_in_txn, checks_of, keep_in_txn};
use super::{Patience, Seen, check_soon, templates};
use crate::accounts::webhook_key_generate;
use crate::bus::Topic;
use crate::connect::Check;
use crate::errands::{Errand, Outcome};
use crate::state::AppState;
use crate::store::entities::waba;
use crate::store::{Store, StoreError};
use crate::vault::{Place, Vault};
use secrecy::{ExposeSecret, SecretString};
use uuid::Uuid;

/// A new WABA with a verify token of its own; its access token still has to be given.
pub fn fresh(vault: &Vault, owner: Uuid, now: i64) -> waba::Model {
    let id = Uuid::now_v7();
    let verify = webhook_key_generate();
    waba::Model {
        id,
        owner_id: owner,
        waba_id: String::new(),
        name: String::new(),
        access_token: Vec::new(),
        verify_token: vault.seal(Place::WabaVerifyToken, id, &verify),
        verify_token_hash: vault.hash(verify.expose_secret()),
        app_id: None,
        app_secret: None,
        token_kind: None,
        token_scopes: None,
        token_expires_at: None,
        verified_at: None,
        heard_at: None,
        created_at: now,
        updated_at: now,
    }
}

/// A WABA about to be written, and what Meta said of it.
pub struct Connection {
    /// The row; a known one is replaced.
    pub row: waba::Model,
    /// What Meta said.
    pub seen: Seen,
}

impl Connection {
    /// Puts an access token into it.
    pub fn token(&mut self, vault: &Vault, token: &SecretString) {
        self.row.access_token = vault.seal(Place::WabaAccessToken, self.row.id, token);
    }

    /// Puts an app secret into it.
    pub fn secret(&mut self, vault: &Vault, secret: &SecretString) {
        self.row.app_secret = Some(vault.seal(Place::WabaAppSecret, self.row.id, secret));
    }

    /// Writes it with the errand that goes on checking it. A WABA of the same owner and id is a duplicate.
    pub async fn save(&self, store: &Store, now: i64) -> Result<Uuid, StoreError> {
        let id = self.row.id;
        let txn = store.begin().await?;
        if txn
            .waba_of_in_txn(crate::store::Scope::All, id)
            .await?
            .is_some()
        {
            txn.waba_edit_in_txn(&self.row).await?;
        } else {
            txn.waba_insert_in_txn(self.row.clone()).await?;
        }
        keep_in_txn(&txn, id, &self.seen, now).await?;
        let checks = checks_of(&self.seen, now);
        let findings: Vec<_> = checks.iter().map(Check::finding).collect();
        txn.checks_note_in_txn(id, &findings, now).await?;
        ask_in_txn(&txn, id, now + SPARE).await?;
        templates::ask_in_txn(&txn, id, now).await?;
        txn.commit().await?;
        Ok(id)
    }
}

/// How much later the errand begins, so that what follows saving is not done twice; in milliseconds.
pub(super) const SPARE: i64 = 10_000;

/// What follows saving: subscribing and registering as long as somebody waits; an errand does the rest.
pub async fn follow(
    state: &AppState,
    id: Uuid,
    owner: Uuid,
    patience: Patience,
) -> Result<(), StoreError> {
    let outcome = check_soon(state, id, patience).await?;
    let now = state.clock.now();
    let due_at = match outcome {
        Outcome::Done => now,
        Outcome::Again(after) => now.saturating_add(i64::try_from(after.as_millis()).unwrap_or(0)),
    };
    let errand = Errand::WabaCheck { waba: id };
    state.store.errand_put(&errand.row(due_at, now)?).await?;
    for topic in [Topic::Wabas, Topic::Overview] {
        state.bus.changed(owner, topic);
    }
    Ok(())
}
