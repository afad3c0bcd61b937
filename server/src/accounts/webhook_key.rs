//! The `api-key` of a person's callback address.

use super::{AccountError, Accounts};
use crate::vault::Place;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use secrecy::{ExposeSecret, SecretString};
use uuid::Uuid;

/// A new key: 256 random bits that can stand in an address as they are.
pub fn webhook_key_generate() -> SecretString {
    let mut bytes = [0_u8; 32];
    rand::fill(&mut bytes);
    URL_SAFE_NO_PAD.encode(bytes).into()
}

/// Takes a key a person brought along.
pub(crate) fn webhook_key_check(key: &SecretString) -> Result<(), AccountError> {
    let words = key.expose_secret();
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_.~".contains(c);
    if words.is_empty() || words.len() > 128 || !words.chars().all(plain) {
        return Err(AccountError::KeyInvalid(
            "an api_key has 1 to 128 characters: letters, digits, - _ . ~",
        ));
    }
    if words.len() < 16 {
        tracing::warn!("An api_key is shorter than 16 characters: it may be guessed");
    }
    Ok(())
}

impl Accounts {
    /// The webhook key of a person, for the page that shows it to them.
    pub async fn webhook_key(&self, person: Uuid) -> Result<Option<SecretString>, AccountError> {
        let Some(found) = self.store.person_find(person).await? else {
            return Ok(None);
        };
        let key = self
            .vault
            .open(Place::WebhookKey, person, &found.webhook_key)?;
        Ok(Some(key))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_generated_key_fits() {
        let key = webhook_key_generate();
        assert_eq!(key.expose_secret().len(), 43);
        assert!(webhook_key_check(&key).is_ok());
        for words in ["", "with blank in it at all", "кириллица-кириллица"] {
            assert!(webhook_key_check(&words.into()).is_err());
        }
    }
}
