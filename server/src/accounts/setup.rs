//! The first admin: a link that works once, printed when the database is empty.

use super::person::{person_insert, person_row};
use super::{AccountError, Accounts, Email, NewPerson, Password, Person, Role};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use secrecy::SecretString;
use subtle::ConstantTimeEq;
use url::Url;

/// The setting that holds the hash of the link's token.
const SETUP: &str = "accounts.setup";

impl Accounts {
    /// A new setup link, when there is nobody yet. The link before it stops working: print it
    /// at each start. Its token, 256 random bits, is kept as a hash only.
    pub async fn setup_link(&self, public_url: &Url) -> Result<Option<Url>, AccountError> {
        let mut bytes = [0_u8; 32];
        rand::fill(&mut bytes);
        let token = URL_SAFE_NO_PAD.encode(bytes);
        let txn = self.store.begin().await?;
        if txn.people_exist_in_txn().await? {
            return Ok(None);
        }
        txn.setting_put_in_txn(SETUP, &self.setup_hash(&token))
            .await?;
        txn.commit().await?;
        let mut link = public_url.clone();
        if let Ok(mut path) = link.path_segments_mut() {
            path.pop_if_empty().push("setup").push(&token);
        }
        Ok(Some(link))
    }

    /// Whether this token may still make the first admin.
    pub async fn setup_pending(&self, token: &str) -> Result<bool, AccountError> {
        if self.store.people_exist().await? {
            return Ok(false);
        }
        let stored = self.store.setting_find(SETUP).await?;
        Ok(stored.is_some_and(|stored| self.setup_hash(token).ct_eq(&stored).into()))
    }

    /// Makes the first admin and uses the link up. Of two that try at once, one succeeds.
    /// Errors: `SetupOver`, `EmailInvalid`, `PasswordShort`, `PasswordLong`.
    pub async fn setup_first_admin(
        &self,
        token: &str,
        email: &str,
        password: &SecretString,
    ) -> Result<Person, AccountError> {
        if !self.setup_pending(token).await? {
            return Err(AccountError::SetupOver);
        }
        let new = NewPerson {
            email: Email::parse(email)?,
            password_hash: Password::choose(password)?.hash().await?,
            role: Role::Admin,
            webhook_key: None,
        };
        let row = person_row(&self.vault, new, self.clock.now())?;
        let txn = self.store.begin().await?;
        let mine = txn
            .setting_take_in_txn(SETUP, &self.setup_hash(token))
            .await?;
        if !mine || txn.people_exist_in_txn().await? {
            return Err(AccountError::SetupOver);
        }
        person_insert(&txn, &row).await?;
        txn.commit().await?;
        tracing::info!(person = %row.id, "The first admin was created by the setup link.");
        Ok(row.try_into()?)
    }

    fn setup_hash(&self, token: &str) -> Vec<u8> {
        self.vault.hash(&format!("setup {token}"))
    }
}
