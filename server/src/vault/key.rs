//! The installation's key and what is derived from it.

use base64::Engine;
use base64::engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE_NO_PAD};
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use zeroize::Zeroizing;

/// 32 bytes, wiped when dropped.
pub(super) type Bytes32 = Zeroizing<[u8; 32]>;

/// True when these words are a key: 32 bytes as 64 hex digits or base64.
pub fn key_words_fit(words: &str) -> bool {
    key_parse(words).is_some()
}

/// The key in these words.
pub(super) fn key_parse(words: &str) -> Option<Bytes32> {
    let words = words.trim();
    let bytes = if words.len() == 64 {
        hex::decode(words).ok()?
    } else {
        let bare = words.trim_end_matches('=');
        STANDARD_NO_PAD
            .decode(bare)
            .or_else(|_| URL_SAFE_NO_PAD.decode(bare))
            .ok()?
    };
    let bytes = Zeroizing::new(bytes);
    <[u8; 32]>::try_from(bytes.as_slice())
        .ok()
        .map(Zeroizing::new)
}

/// A fresh key from the system's randomness.
pub(super) fn key_new() -> std::io::Result<Bytes32> {
    use rand::TryRng;
    let mut key = Zeroizing::new([0; 32]);
    rand::rngs::SysRng
        .try_fill_bytes(key.as_mut_slice())
        .map_err(std::io::Error::other)?;
    Ok(key)
}

/// HMAC-SHA256: the hash for look-ups and the derivation of keys for one purpose each.
pub(super) fn keyed_hash(key: &[u8; 32], parts: &[&[u8]]) -> [u8; 32] {
    // HMAC fills a short key up with zeros to one block; doing it here cannot fail.
    let mut block = Zeroizing::new([0; 64]);
    for (slot, byte) in block.iter_mut().zip(key) {
        *slot = *byte;
    }
    let mut mac = Hmac::<Sha256>::new((&*block).into());
    for part in parts {
        mac.update(part);
    }
    mac.finalize().into_bytes().into()
}
