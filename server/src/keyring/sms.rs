//! The key in the address a portal posts a phone's SMS to: robots may come with nothing else that proves them.

use crate::store::Sender;
use crate::vault::{Place, Vault};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use secrecy::{ExposeSecret, SecretString};
use subtle::ConstantTimeEq;
use uuid::Uuid;

/// A key as it stands in the address: whose it is, and the secret.
pub struct SmsKey {
    /// The phone.
    pub phone: Uuid,
    secret: SecretString,
}

impl SmsKey {
    /// A new one: 256 random bits.
    pub fn generate(phone: Uuid) -> Self {
        let mut bytes = [0_u8; 32];
        rand::fill(&mut bytes);
        Self {
            phone,
            secret: URL_SAFE_NO_PAD.encode(bytes).into(),
        }
    }

    /// Reads a key out of an address.
    pub fn parse(words: &str) -> Option<Self> {
        let (phone, secret) = words.split_once('.')?;
        Some(Self {
            phone: Uuid::try_parse(phone).ok()?,
            secret: secret.into(),
        })
    }

    /// The key of a phone's sender; nothing where it does not open.
    pub fn open(vault: &Vault, phone: Uuid, sender: &Sender) -> Option<Self> {
        let sealed = hex::decode(&sender.key).ok()?;
        let opened = vault.open(Place::PhoneSmsKey, phone, &sealed);
        let secret = opened.inspect_err(|error| {
            tracing::error!(%error, %phone, "The key of an SMS sender cannot be opened");
        });
        Some(Self {
            phone,
            secret: secret.ok()?,
        })
    }

    /// Sealed, as a sender keeps it.
    pub fn sealed(&self, vault: &Vault) -> String {
        hex::encode(vault.seal(Place::PhoneSmsKey, self.phone, &self.secret))
    }

    /// As it stands in the address: signs that need no escape.
    pub fn words(&self) -> SecretString {
        format!("{}.{}", self.phone.simple(), self.secret.expose_secret()).into()
    }

    /// Whether two are the same, in constant time.
    pub fn is(&self, other: &Self) -> bool {
        let (own, other_secret) = (self.secret.expose_secret(), other.secret.expose_secret());
        let same: bool = own.as_bytes().ct_eq(other_secret.as_bytes()).into();
        same && self.phone == other.phone && !own.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_read_back_and_others_are_not_it() {
        let key = SmsKey::generate(Uuid::now_v7());
        let words = key.words();
        assert!(SmsKey::parse(words.expose_secret()).unwrap().is(&key));
        assert!(!SmsKey::generate(key.phone).is(&key));
        for words in ["", "x", ".", "018f.secret"] {
            assert!(SmsKey::parse(words).is_none(), "{words}");
        }
        let empty = SmsKey::parse(&format!("{}.", key.phone.simple())).unwrap();
        assert!(!empty.is(&empty));
    }
}
