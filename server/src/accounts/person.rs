//! A person and the room's handle.

use super::webhook_key::{webhook_key_check, webhook_key_generate};
use super::{AccountError, Email, Password};
use crate::clock::Clock;
use crate::store::entities::person;
use crate::store::{Scope, Store, StoreError, Txn};
use crate::vault::{Place, Vault};
use secrecy::{ExposeSecret, SecretString};
use std::fmt;
use uuid::Uuid;

/// What somebody may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Sees and changes everything.
    Admin,
    /// Sees and changes what is theirs.
    User,
}

impl Role {
    /// Reads a role as written in files and in the database.
    pub fn parse(words: &str) -> Option<Self> {
        match words {
            "admin" => Some(Self::Admin),
            "user" => Some(Self::User),
            _ => None,
        }
    }

    /// The role as written in files and in the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Admin => "admin",
            Self::User => "user",
        }
    }
}

impl fmt::Display for Role {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.as_str())
    }
}

/// Somebody with an account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// Who.
    pub id: Uuid,
    /// The name they sign in with.
    pub email: String,
    /// What they may do.
    pub role: Role,
}

impl Person {
    /// Whose things they may see.
    pub fn scope(&self) -> Scope {
        match self.role {
            Role::Admin => Scope::All,
            Role::User => Scope::Owner(self.id),
        }
    }
}

impl TryFrom<person::Model> for Person {
    type Error = StoreError;

    fn try_from(row: person::Model) -> Result<Self, StoreError> {
        let role = Role::parse(&row.role)
            .ok_or_else(|| StoreError::Unreadable(format!("person {}: role", row.id)))?;
        Ok(Self {
            id: row.id,
            email: row.email,
            role,
        })
    }
}

/// Somebody about to get an account.
pub struct NewPerson {
    /// The name they will sign in with.
    pub email: Email,
    /// The hash of their password.
    pub password_hash: String,
    /// What they may do.
    pub role: Role,
    /// Their webhook key; none = a new one.
    pub webhook_key: Option<SecretString>,
}

/// The room's handle. Cheap to clone.
#[derive(Clone)]
pub struct Accounts {
    pub(super) store: Store,
    pub(super) vault: Vault,
    pub(super) clock: Clock,
}

impl Accounts {
    /// Accounts in this database.
    pub fn new(store: Store, vault: Vault, clock: Clock) -> Self {
        Self {
            store,
            vault,
            clock,
        }
    }

    /// Everybody, by e-mail.
    pub async fn people(&self) -> Result<Vec<Person>, AccountError> {
        let rows = self.store.people().await?;
        Ok(rows
            .into_iter()
            .map(Person::try_from)
            .collect::<Result<_, _>>()?)
    }

    /// Adds somebody. Errors: `EmailTaken`, and those of the password.
    pub async fn person_add(
        &self,
        email: Email,
        password: &Password,
        role: Role,
    ) -> Result<Person, AccountError> {
        let new = NewPerson {
            email,
            password_hash: password.hash().await?,
            role,
            webhook_key: None,
        };
        let row = person_row(&self.vault, new, self.clock.now())?;
        let txn = self.store.begin().await?;
        person_insert(&txn, &row).await?;
        txn.commit().await?;
        Ok(row.try_into()?)
    }
}

/// The row of a new person, with the webhook key sealed.
pub(crate) fn person_row(
    vault: &Vault,
    new: NewPerson,
    now: i64,
) -> Result<person::Model, AccountError> {
    let id = Uuid::now_v7();
    let key = new.webhook_key.unwrap_or_else(webhook_key_generate);
    webhook_key_check(&key)?;
    Ok(person::Model {
        id,
        email: new.email.as_str().to_owned(),
        password_hash: new.password_hash,
        role: new.role.as_str().to_owned(),
        webhook_key_hash: vault.hash(key.expose_secret()),
        webhook_key: vault.seal(Place::WebhookKey, id, &key),
        old_key_hash: None,
        key_rotated_at: None,
        created_at: now,
        updated_at: now,
    })
}

/// Writes a new person. Errors: `EmailTaken`.
pub(super) async fn person_insert(txn: &Txn, row: &person::Model) -> Result<(), AccountError> {
    match txn.person_insert_in_txn(row.clone()).await {
        Ok(()) => Ok(()),
        Err(error) if error.is_duplicate() => Err(AccountError::EmailTaken),
        Err(error) => Err(error.into()),
    }
}
