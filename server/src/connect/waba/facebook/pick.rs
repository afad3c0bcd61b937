//! Connecting what somebody picked of what a login brought.

use super::{Found, FoundNumber, FoundWaba, LoginError};
use crate::connect::name;
use crate::connect::waba::check::ask_in_txn;
use crate::connect::waba::save::SPARE;
use crate::connect::waba::{MetaApp, Patience, follow, fresh, meta_app};
use crate::state::AppState;
use crate::store::entities::{facebook_login, phone, waba};
use crate::store::{Scope, StoreError, Txn};
use crate::vault::Place;
use secrecy::SecretString;
use uuid::Uuid;

/// What was ticked.
pub struct Choice {
    /// WABA ids.
    pub wabas: Vec<String>,
    /// Phone ids.
    pub numbers: Vec<String>,
    /// Who shall own them.
    pub owner: Uuid,
}

/// Saves the chosen WABAs with their tokens and the chosen numbers as phones, in one transaction; then
/// subscribes and registers as long as somebody waits. Answers the WABAs.
pub async fn connect(
    state: &AppState,
    login: facebook_login::Model,
    choice: &Choice,
) -> Result<Vec<Uuid>, LoginError> {
    let app = meta_app(state).await?.ok_or(LoginError::NoApp)?;
    let sealed = login.token.as_deref().ok_or(LoginError::Stale)?;
    let token = state
        .vault
        .open(Place::FacebookToken, login.id, sealed)
        .map_err(|error| {
            tracing::error!(%error, "The token of a login cannot be opened");
            LoginError::Stale
        })?;
    let found = Found::read(login.found.as_deref());
    let chosen: Vec<&FoundWaba> = found
        .wabas
        .iter()
        .filter(|waba| choice.wabas.contains(&waba.waba_id))
        .collect();
    if chosen.is_empty() {
        return Err(LoginError::NothingChosen);
    }
    let writer = Writer {
        state,
        app: &app,
        token: &token,
        found: &found,
        choice,
        txn: state.store.begin().await?,
    };
    if !writer.txn.facebook_login_end_in_txn(login.id).await? {
        return Err(LoginError::Stale);
    }
    let mut saved = Vec::new();
    for waba in chosen {
        saved.push(writer.waba(waba).await?);
    }
    writer.txn.commit().await?;
    let patience = Patience::of_a_person();
    let follow = saved
        .iter()
        .map(|id| follow(state, *id, choice.owner, patience));
    for ended in futures::future::join_all(follow).await {
        if let Err(error) = ended {
            tracing::warn!(%error, "What follows a login waits for its errand");
        }
    }
    Ok(saved)
}

struct Writer<'a> {
    state: &'a AppState,
    app: &'a MetaApp,
    token: &'a SecretString,
    found: &'a Found,
    choice: &'a Choice,
    txn: Txn,
}

impl Writer<'_> {
    /// Writes one WABA, new or known, and its chosen numbers.
    async fn waba(&self, found: &FoundWaba) -> Result<Uuid, LoginError> {
        let (vault, now) = (&self.state.vault, self.state.clock.now());
        let known = self
            .txn
            .waba_by_waba_id_in_txn(self.choice.owner, &found.waba_id)
            .await?;
        let is_new = known.is_none();
        let mut row = known.unwrap_or_else(|| waba::Model {
            waba_id: found.waba_id.clone(),
            name: found.name.clone().unwrap_or_else(|| found.waba_id.clone()),
            ..fresh(vault, self.choice.owner, now)
        });
        row.access_token = vault.seal(Place::WabaAccessToken, row.id, self.token);
        row.app_secret = Some(vault.seal(Place::WabaAppSecret, row.id, &self.app.app_secret));
        row.app_id = Some(self.app.app_id.clone());
        row.token_kind = self.found.kind.clone();
        row.token_expires_at = self.found.expires_at;
        row.updated_at = now;
        if is_new {
            self.txn.waba_insert_in_txn(row.clone()).await?;
        } else {
            self.txn.waba_edit_in_txn(&row).await?;
        }
        let numbers = found.numbers.iter();
        for number in numbers.filter(|number| self.choice.numbers.contains(&number.phone_id)) {
            self.phone(&row, number).await?;
        }
        ask_in_txn(&self.txn, row.id, now + SPARE).await?;
        Ok(row.id)
    }

    /// Writes one phone. Where it has to be registered, what was said of that is forgotten.
    async fn phone(&self, waba: &waba::Model, number: &FoundNumber) -> Result<(), LoginError> {
        let now = self.state.clock.now();
        let known = self.txn.phone_at_meta_in_txn(&number.phone_id).await?;
        if let Some(known) = known {
            if known.waba_id != waba.id {
                return Err(LoginError::NumberTaken(number.phone.clone()));
            }
            return Ok(self.anew(known.id, number).await?);
        }
        if self
            .txn
            .phone_by_number_in_txn(&number.phone)
            .await?
            .is_some()
        {
            return Err(LoginError::NumberTaken(number.phone.clone()));
        }
        let written = format!("+{}", number.phone);
        let fresh = phone::Model::new(waba.owner_id, waba.id, &written, &number.phone_id, now);
        self.txn
            .phone_insert_in_txn(phone::Model {
                name: number.name.clone(),
                ..fresh
            })
            .await?;
        Ok(())
    }

    /// A known number that has to be registered is tried again, whatever came of it before.
    async fn anew(&self, phone: Uuid, number: &FoundNumber) -> Result<(), StoreError> {
        if !number.needs_registering {
            return Ok(());
        }
        self.txn
            .checks_drop_in_txn(phone, Some(&[name::REGISTERED]))
            .await
    }
}

/// The login of this person, if it is not over.
pub async fn login_of(
    state: &AppState,
    person: Uuid,
    id: Uuid,
) -> Result<Option<facebook_login::Model>, StoreError> {
    let now = state.clock.now();
    let found = state.store.facebook_login_of(person, id, now).await?;
    Ok(found.filter(|login| Scope::Owner(person).covers(login.person_id)))
}
