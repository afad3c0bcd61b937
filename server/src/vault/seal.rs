//! Sealing, opening, and hashing for look-ups.

use super::error::VaultError;
use super::key::{Bytes32, keyed_hash};
use super::place::Place;
use chacha20poly1305::aead::{Aead, Payload};
use chacha20poly1305::{KeyInit, XChaCha20Poly1305, XNonce};
use secrecy::{ExposeSecret, SecretString};
use std::fmt;
use std::sync::Arc;
use uuid::Uuid;
use zeroize::{Zeroize, Zeroizing};

/// The shape of a sealed value: version, key id, nonce, then the text with its tag.
const VERSION: u8 = 1;
const KEY_ID: usize = 4;
const NONCE: usize = 24;
const HEAD: usize = 1 + KEY_ID + NONCE;

/// Seals and opens secrets. Cheap to clone.
#[derive(Clone)]
pub struct Vault(Arc<Keys>);

struct Keys {
    id: [u8; KEY_ID],
    seal: Bytes32,
    hash: Bytes32,
}

impl Vault {
    /// A vault with this key, unchecked.
    pub(super) fn with_key(key: &Bytes32) -> Self {
        let mut id = [0; KEY_ID];
        let digest = keyed_hash(key, &[b"thoth key id 1"]);
        for (slot, byte) in id.iter_mut().zip(digest) {
            *slot = byte;
        }
        Self(Arc::new(Keys {
            id,
            seal: Zeroizing::new(keyed_hash(key, &[b"thoth seal 1"])),
            hash: Zeroizing::new(keyed_hash(key, &[b"thoth hash 1"])),
        }))
    }

    /// Seals a secret for one column of one row. Twice the same secret gives different bytes.
    pub fn seal(&self, place: Place, row: Uuid, secret: &SecretString) -> Vec<u8> {
        let mut nonce = [0; NONCE];
        rand::fill(&mut nonce);
        let mut sealed = Vec::with_capacity(HEAD + secret.expose_secret().len() + 16);
        sealed.push(VERSION);
        sealed.extend_from_slice(&self.0.id);
        sealed.extend_from_slice(&nonce);
        let about = about(self.0.id, place, row);
        let payload = Payload {
            msg: secret.expose_secret().as_bytes(),
            aad: &about,
        };
        // The cipher refuses only texts of 256 GiB; an empty rest would be refused on opening.
        let text = self.cipher().encrypt(&XNonce::from(nonce), payload);
        sealed.extend_from_slice(&text.unwrap_or_default());
        sealed
    }

    /// Opens a secret sealed for this column of this row.
    pub fn open(&self, place: Place, row: Uuid, sealed: &[u8]) -> Result<SecretString, VaultError> {
        let (head, text) = sealed
            .split_first_chunk::<HEAD>()
            .ok_or(VaultError::Damaged)?;
        let [version, rest @ ..] = head;
        let (id, nonce) = rest
            .split_first_chunk::<KEY_ID>()
            .ok_or(VaultError::Damaged)?;
        if *version != VERSION {
            return Err(VaultError::Damaged);
        }
        if *id != self.0.id {
            return Err(VaultError::OtherKey);
        }
        let nonce = XNonce::try_from(nonce).map_err(|_| VaultError::Damaged)?;
        let about = about(*id, place, row);
        let payload = Payload {
            msg: text,
            aad: &about,
        };
        let bytes = self
            .cipher()
            .decrypt(&nonce, payload)
            .map_err(|_| VaultError::Damaged)?;
        match String::from_utf8(bytes) {
            Ok(words) => Ok(words.into()),
            Err(error) => {
                error.into_bytes().zeroize();
                Err(VaultError::Damaged)
            }
        }
    }

    /// A keyed hash for look-ups: the same words give the same hash, which tells nothing without the key.
    pub fn hash(&self, what: &str) -> Vec<u8> {
        keyed_hash(&self.0.hash, &[what.as_bytes()]).to_vec()
    }

    fn cipher(&self) -> XChaCha20Poly1305 {
        XChaCha20Poly1305::new((&*self.0.seal).into())
    }
}

impl fmt::Debug for Vault {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Vault")
    }
}

/// What is authenticated besides the text.
fn about(key_id: [u8; KEY_ID], place: Place, row: Uuid) -> Vec<u8> {
    let mut about = vec![VERSION];
    about.extend_from_slice(&key_id);
    about.extend_from_slice(place.name().as_bytes());
    about.push(0);
    about.extend_from_slice(row.as_bytes());
    about
}
