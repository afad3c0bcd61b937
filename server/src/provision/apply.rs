//! Writes a checked setup: people first, for they own the rest.

use super::entries::{Setup, User};
use super::error::ProvisionError;
use super::known::Known;
use super::report::Report;
use crate::accounts::{NewPerson, Role, person_row};
use crate::store::{StoreError, Txn};
use crate::vault::{Place, Vault};
use secrecy::{ExposeSecret, SecretString};
use std::collections::HashMap;
use subtle::ConstantTimeEq;
use uuid::Uuid;

/// One run, inside its transaction.
pub(super) struct Apply<'a> {
    pub(super) txn: &'a Txn,
    pub(super) vault: &'a Vault,
    pub(super) now: i64,
    pub(super) known: Known,
    pub(super) report: Report,
}

impl Apply<'_> {
    /// Writes everything that differs. `hashes` are those of passwords that differ, by e-mail.
    pub(super) async fn setup(
        mut self,
        setup: &Setup,
        hashes: &HashMap<String, String>,
    ) -> Result<Report, ProvisionError> {
        for user in &setup.users {
            self.user(user, hashes.get(user.email.value.as_str()))
                .await?;
        }
        for waba in &setup.wabas {
            self.waba(waba).await?;
        }
        for portal in &setup.portals {
            self.portal(portal).await?;
        }
        self.phones(&setup.phones).await?;
        Ok(self.report)
    }

    async fn user(&mut self, user: &User, hash: Option<&String>) -> Result<(), ProvisionError> {
        let email = user.email.value.as_str();
        let Some(stored) = self.known.people.get(email) else {
            return self.user_create(user, hash).await;
        };
        let mut row = stored.clone();
        if let Some(hash) = hash {
            row.password_hash.clone_from(hash);
            self.txn.sessions_delete_of_in_txn(row.id).await?;
            self.report.replaced("user", email, "password");
        }
        if let Some(role) = user.role
            && role.as_str() != row.role
        {
            let old = std::mem::replace(&mut row.role, role.as_str().to_owned());
            self.report
                .changed("user", email, "role", Some(&old), Some(role.as_str()));
        }
        if let Some(key) = &user.api_key {
            let hash = self.vault.hash(key.value.expose_secret());
            if hash != row.webhook_key_hash {
                row.webhook_key_hash = hash;
                row.webhook_key = self.vault.seal(Place::WebhookKey, row.id, &key.value);
                self.report.replaced("user", email, "api_key");
            }
        }
        self.report.owners.insert(row.id);
        if row != *stored {
            row.updated_at = self.now;
            self.txn.person_update_in_txn(row.clone()).await?;
            self.known.people.insert(email.to_owned(), row);
        }
        Ok(())
    }

    async fn user_create(
        &mut self,
        user: &User,
        hash: Option<&String>,
    ) -> Result<(), ProvisionError> {
        let email = user.email.value.as_str();
        let hash = hash.ok_or_else(|| StoreError::Unreadable(format!("user {email} vanished")))?;
        let role = user.role.unwrap_or(Role::User);
        let new = NewPerson {
            email: user.email.value.clone(),
            password_hash: hash.clone(),
            role,
            webhook_key: user.api_key.as_ref().map(|key| key.value.clone()),
        };
        let row = person_row(self.vault, new, self.now)?;
        self.txn.person_insert_in_txn(row.clone()).await?;
        self.report
            .created("user", email, &format!(", role {role}"));
        if user.api_key.is_none() {
            let key = self
                .vault
                .open(Place::WebhookKey, row.id, &row.webhook_key)?;
            self.report.generated("user", email, "api_key", &key);
        }
        self.report.owners.insert(row.id);
        self.known.people.insert(email.to_owned(), row);
        Ok(())
    }

    /// The id of an owner the check has found.
    pub(super) fn owner(&mut self, email: &str) -> Result<Uuid, ProvisionError> {
        let id = self
            .known
            .person(email)
            .ok_or_else(|| StoreError::Unreadable(format!("user {email} vanished")))?;
        self.report.owners.insert(id);
        Ok(id)
    }

    /// Seals `given` over `stored` when it is another secret; answers whether it was.
    pub(super) fn reseal(
        &self,
        place: Place,
        row: Uuid,
        stored: &mut Vec<u8>,
        given: &SecretString,
    ) -> Result<bool, ProvisionError> {
        let known = self.vault.open(place, row, stored)?;
        let same = known
            .expose_secret()
            .as_bytes()
            .ct_eq(given.expose_secret().as_bytes());
        if same.into() {
            return Ok(false);
        }
        *stored = self.vault.seal(place, row, given);
        Ok(true)
    }
}
