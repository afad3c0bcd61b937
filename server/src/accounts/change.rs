//! Changing accounts: passwords, roles, keys, and ending them.

use super::webhook_key::webhook_key_generate;
use super::{AccountError, Accounts, Password, Role};
use crate::vault::Place;
use secrecy::ExposeSecret;
use uuid::Uuid;

impl Accounts {
    /// Gives a person another password. All their sessions end.
    pub async fn password_set(
        &self,
        person: Uuid,
        password: &Password,
    ) -> Result<(), AccountError> {
        let hash = password.hash().await?;
        let txn = self.store.begin().await?;
        txn.person_set_password_in_txn(person, &hash, self.clock.now())
            .await?;
        txn.sessions_delete_of_in_txn(person).await?;
        Ok(txn.commit().await?)
    }

    /// Gives a person another role, and another password where there is one. Their sessions end.
    /// Errors: `LastAdmin`, `Nobody`.
    pub async fn person_edit(
        &self,
        person: Uuid,
        role: Role,
        password: Option<&Password>,
    ) -> Result<(), AccountError> {
        let hash = match password {
            Some(password) => Some(password.hash().await?),
            None => None,
        };
        let now = self.clock.now();
        let txn = self.store.begin().await?;
        txn.admins_hold_in_txn().await?;
        let row = txn.person_find_in_txn(person).await?;
        let row = row.ok_or(AccountError::Nobody)?;
        let (admins, _) = txn.person_weight_in_txn(person).await?;
        let was_admin = row.role == Role::Admin.as_str();
        if was_admin && role != Role::Admin && admins <= 1 {
            return Err(AccountError::LastAdmin);
        }
        let is_other = row.role != role.as_str() || hash.is_some();
        txn.person_set_role_in_txn(person, role.as_str(), now)
            .await?;
        if let Some(hash) = hash {
            txn.person_set_password_in_txn(person, &hash, now).await?;
        }
        if is_other {
            txn.sessions_delete_of_in_txn(person).await?;
        }
        Ok(txn.commit().await?)
    }

    /// Deletes a person who owns nothing. Errors: `OwnsThings`, `LastAdmin`, `Nobody`.
    pub async fn person_delete(&self, person: Uuid) -> Result<(), AccountError> {
        let txn = self.store.begin().await?;
        txn.admins_hold_in_txn().await?;
        let row = txn.person_find_in_txn(person).await?;
        let row = row.ok_or(AccountError::Nobody)?;
        let (admins, owns) = txn.person_weight_in_txn(person).await?;
        if row.role == Role::Admin.as_str() && admins <= 1 {
            return Err(AccountError::LastAdmin);
        }
        if owns > 0 {
            return Err(AccountError::OwnsThings);
        }
        txn.person_delete_in_txn(person).await?;
        Ok(txn.commit().await?)
    }

    /// Makes a new webhook key. The one before goes on working until it is switched off or replaced again.
    pub async fn key_rotate(&self, person: Uuid) -> Result<(), AccountError> {
        let key = webhook_key_generate();
        let hash = self.vault.hash(key.expose_secret());
        let sealed = self.vault.seal(Place::WebhookKey, person, &key);
        let txn = self.store.begin().await?;
        let is_set = txn
            .person_set_key_in_txn(person, &hash, &sealed, self.clock.now())
            .await?;
        if !is_set {
            return Err(AccountError::Nobody);
        }
        Ok(txn.commit().await?)
    }

    /// Switches the webhook key of before off.
    pub async fn key_old_off(&self, person: Uuid) -> Result<(), AccountError> {
        let txn = self.store.begin().await?;
        if !txn
            .person_drop_old_key_in_txn(person, self.clock.now())
            .await?
        {
            return Err(AccountError::Nobody);
        }
        Ok(txn.commit().await?)
    }
}
