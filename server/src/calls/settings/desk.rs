//! Where a number's calling is worked at: the database and Meta, one at a time for each phone.

use super::kept::{KeptEvent, json};
use super::trouble::Trouble;
use crate::bus::{Bus, Topic};
use crate::clock::Clock;
use crate::connect::waba::Patience;
use crate::state::AppState;
use crate::store::entities::{calling, phone};
use crate::store::{NewCallingEvent, Store, StoreError, Txn};
use crate::vault::{Place, Vault};
use crate::whatsapp::calling::{Calling, SipPassword};
use crate::whatsapp::{GraphClient, GraphTrouble};
use secrecy::SecretString;
use serde_json::Value;
use std::time::Duration;
use uuid::Uuid;

/// How long all calls to Meta of one work may take.
const LONGEST: Duration = Duration::from_secs(40);

/// How long a phone is kept from others at most, in milliseconds: a node may fall over.
const GUARD: i64 = 60_000;

/// How often is looked whether the other one is done.
const LOOK: Duration = Duration::from_millis(300);

/// What working at calling needs. Cheap to clone.
#[derive(Clone)]
pub struct SettingsDesk {
    /// The database.
    pub store: Store,
    /// Opens tokens, seals passwords.
    pub vault: Vault,
    /// The time.
    pub clock: Clock,
    /// Tells open pages.
    pub bus: Bus,
    /// Meta.
    pub graph: GraphClient,
    /// How long it waits for another one who is at the same phone.
    pub wait: Duration,
}

/// Who does it.
#[derive(Clone, Debug, Default)]
pub struct Who {
    /// Their id; none for Meta, THOTH itself and the command line.
    pub person: Option<Uuid>,
    /// Their name now.
    pub name: Option<String>,
}

/// The right to be at a phone's calling with Meta.
pub(super) struct Guard(i64);

/// A phone, and how Meta is asked about it.
pub(super) struct Number {
    pub(super) phone: phone::Model,
    /// What is kept of its calling.
    pub(super) row: calling::Model,
    /// The app of our token, where it is known.
    pub(super) app: Option<String>,
    token: SecretString,
    graph: GraphClient,
    patience: Patience,
}

impl SettingsDesk {
    /// Over a running installation.
    pub fn of(state: &AppState) -> Self {
        Self {
            store: state.store.clone(),
            vault: state.vault.clone(),
            clock: state.clock.clone(),
            bus: state.bus.clone(),
            graph: state.remotes.graph.clone(),
            wait: Duration::from_secs(10),
        }
    }

    /// Keeps others from a phone. Errors: busy, when another one does so for longer than is waited.
    pub(super) async fn guard(&self, phone: Uuid) -> Result<Guard, Trouble> {
        if self.store.phone_find(phone).await?.is_none() {
            return Err(Trouble::Gone);
        }
        let late = tokio::time::Instant::now() + self.wait;
        loop {
            let now = self.clock.now();
            let until = now.saturating_add(GUARD);
            if self.store.calling_guard_take(phone, until, now).await? {
                return Ok(Guard(until));
            }
            if tokio::time::Instant::now() >= late {
                return Err(Trouble::Busy);
            }
            tokio::time::sleep(LOOK).await;
        }
    }

    /// Lets others at it again. What could not be written ends by itself.
    pub(super) async fn release(&self, phone: Uuid, guard: Guard) {
        if let Err(error) = self.store.calling_guard_drop(phone, guard.0).await {
            tracing::warn!(%error, %phone, "A phone's calling stays guarded for a minute");
        }
    }

    /// The phone under a guard, its token opened, its app known where Meta tells it.
    pub(super) async fn number(&self, phone: Uuid) -> Result<Number, Trouble> {
        let phone = self.store.phone_find(phone).await?.ok_or(Trouble::Gone)?;
        let waba = self.store.waba_find(phone.waba_id).await?;
        let waba = waba.ok_or(Trouble::Gone)?;
        let row = self.store.calling_find(phone.id).await?;
        let row = row.ok_or(Trouble::Gone)?;
        let token = self
            .vault
            .open(Place::WabaAccessToken, waba.id, &waba.access_token)
            .map_err(|error| {
                tracing::error!(%error, waba = %waba.id, "An access token cannot be opened");
                Trouble::Token
            })?;
        let patience = Patience::lasting(LONGEST);
        let app = match waba.app_id.filter(|app| !app.is_empty()) {
            Some(app) => Some(app),
            None => {
                let facts = patience.with(self.graph.debug_token(&token, &token)).await;
                facts.ok().and_then(|facts| facts.app_id)
            }
        };
        Ok(Number {
            phone,
            row,
            app,
            token,
            graph: self.graph.clone(),
            patience,
        })
    }

    /// Notes an event in a transaction of its own, and tells the pages.
    pub async fn event(
        &self,
        phone: Uuid,
        who: &Who,
        kind: &str,
        event: &KeptEvent,
    ) -> Result<(), StoreError> {
        let txn = self.store.begin().await?;
        self.event_in_txn(&txn, phone, who, kind, event).await?;
        txn.commit().await?;
        if let Some(phone) = self.store.phone_find(phone).await? {
            self.bus.changed(phone.owner_id, Topic::Phones);
        }
        Ok(())
    }

    /// Notes an event.
    pub async fn event_in_txn(
        &self,
        txn: &Txn,
        phone: Uuid,
        who: &Who,
        kind: &str,
        event: &KeptEvent,
    ) -> Result<(), StoreError> {
        let detail = json(event)?;
        let event = NewCallingEvent {
            phone,
            person: who.person,
            name: who.name.as_deref(),
            kind,
            detail: &detail,
        };
        txn.calling_event_in_txn(&event, self.clock.now()).await
    }

    /// Tells the pages of a phone.
    pub(super) fn tell(&self, phone: &phone::Model) {
        self.bus.errand_came();
        for topic in [Topic::Phones, Topic::Overview] {
            self.bus.changed(phone.owner_id, topic);
        }
    }

    /// The password sealed for its phone, where it is another than the one that is kept.
    pub(super) fn sealed_anew(
        &self,
        row: &calling::Model,
        password: &SecretString,
    ) -> Option<Vec<u8>> {
        use secrecy::ExposeSecret;
        use subtle::ConstantTimeEq;
        let known = self.password(row);
        let is_same = known.is_some_and(|known| {
            let (known, new) = (known.expose_secret(), password.expose_secret());
            known.as_bytes().ct_eq(new.as_bytes()).into()
        });
        (!is_same).then(|| self.vault.seal(Place::SipPassword, row.phone_id, password))
    }

    /// The SIP password that is kept.
    pub fn password(&self, row: &calling::Model) -> Option<SecretString> {
        let sealed = row.sip_password.as_ref()?;
        let opened = self.vault.open(Place::SipPassword, row.phone_id, sealed);
        opened
            .inspect_err(|error| {
                tracing::error!(%error, phone = %row.phone_id, "A SIP password cannot be opened");
            })
            .ok()
    }
}

impl Number {
    /// What Meta has.
    pub(super) async fn read(&self) -> Result<(Calling, Vec<SipPassword>), GraphTrouble> {
        let call = self.graph.calling(&self.token, &self.phone.phone_id);
        self.patience.with(call).await
    }

    /// Writes a `calling` object.
    pub(super) async fn write(&self, calling: &Value) -> Result<(), GraphTrouble> {
        let (token, id) = (&self.token, &self.phone.phone_id);
        let call = self.graph.calling_write(token, id, calling);
        self.patience.with(call).await
    }

    /// Meta's `health_status`.
    pub(super) async fn health(&self) -> Result<Value, GraphTrouble> {
        let call = self.graph.phone_health(&self.token, &self.phone.phone_id);
        self.patience.with(call).await
    }
}
