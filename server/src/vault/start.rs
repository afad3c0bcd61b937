//! Finding the key at start and proving that it is the right one.

use super::error::{KeySource, VaultError};
use super::file::{key_create, key_path, key_read};
use super::key::{Bytes32, key_parse};
use super::{Place, Vault};
use crate::config::Config;
use crate::store::Store;
use secrecy::{ExposeSecret, SecretString};
use uuid::Uuid;

/// The setting that proves the key.
const CHECK: &str = "vault.check";

/// What it says inside.
const WORDS: &str = "thoth vault 1";

impl Vault {
    /// The vault of this installation. The tables must exist; every command that uses secrets
    /// starts here. Errors say what to do, and leave everything as it was.
    pub async fn unlock(config: &Config, store: &Store) -> Result<Self, VaultError> {
        let check = store.setting_find(CHECK).await?;
        let used = check.is_some() || store.people_exist().await?;
        let (key, source) = key_find(config, used)?;
        let vault = Self::with_key(&key);
        let check = match check {
            Some(check) => check,
            None if used => return Err(VaultError::MissingCheck),
            None => {
                let words = SecretString::from(WORDS);
                let sealed = vault.seal(Place::Check, Uuid::nil(), &words);
                store.setting_keep(CHECK, &sealed).await?
            }
        };
        match vault.open(Place::Check, Uuid::nil(), &check) {
            Ok(words) if words.expose_secret() == WORDS => Ok(vault),
            Ok(_) | Err(_) => Err(VaultError::WrongKey(source)),
        }
    }
}

/// The key and where it came from. A new one is made only for a database that holds no secret.
fn key_find(config: &Config, used: bool) -> Result<(Bytes32, KeySource), VaultError> {
    if let Some(words) = &config.vault_key {
        let source = KeySource::Environment;
        return match key_parse(words.expose_secret()) {
            Some(key) => Ok((key, source)),
            None => Err(VaultError::NotAKey(source)),
        };
    }
    let path = key_path(&config.data_dir);
    let key = match key_read(&path)? {
        Some(key) => key,
        None if used => return Err(VaultError::MissingKey(path)),
        None => key_create(&path)?,
    };
    Ok((key, KeySource::File(path)))
}
