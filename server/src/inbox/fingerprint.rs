//! Telling messages apart that carry the same id.

use crate::whatsapp::wire::{InboundKind, InboundMessage};
use sha2::{Digest, Sha256};

/// A number from what a redelivery repeats to the letter: the time, the type and the words.
///
/// Meta's ids are unique, so that (phone, wamid) would do; but when an id ever stands for two
/// different texts, showing both is right and dropping one is a loss.
pub fn fingerprint(message: &InboundMessage) -> i64 {
    let words = match &message.kind {
        InboundKind::Text { body } => body.as_str(),
        _ => "",
    };
    let mut hash = Sha256::new();
    hash.update(message.timestamp.unwrap_or_default().to_be_bytes());
    hash.update(message.kind.name().as_bytes());
    hash.update([0]);
    hash.update(words.as_bytes());
    number_of(hash)
}

/// An id for a message that came without one (only broken payloads do): the same for the same
/// message, so that a redelivery is known.
pub fn stand_in_id(message: &InboundMessage) -> String {
    let mut hash = Sha256::new();
    hash.update(message.raw.to_string().as_bytes());
    format!("thoth-nameless-{:016x}", number_of(hash))
}

/// The first eight bytes of the hash.
fn number_of(hash: Sha256) -> i64 {
    let digest = hash.finalize();
    digest
        .iter()
        .take(8)
        .fold(0_i64, |number, byte| (number << 8) | i64::from(*byte))
}
