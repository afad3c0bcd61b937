//! Passwords and their hashes.

use super::AccountError;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use argon2::{Algorithm, Argon2, Params, Version};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use secrecy::{ExposeSecret, SecretString};
use std::sync::OnceLock;
use tokio::sync::Semaphore;

/// The least number of characters of a password.
pub const PASSWORD_MIN: usize = 10;

/// The greatest; longer ones only cost time.
const PASSWORD_MAX: usize = 256;

/// OWASP's password storage cheat sheet: argon2id, 19 MiB, two passes, one lane.
const MEMORY_KIB: u32 = 19 * 1024;
const PASSES: u32 = 2;

/// How many hashes are computed at once, so that a rush of sign-ins cannot take all memory.
static HASHERS: Semaphore = Semaphore::const_new(4);

/// What is verified when there is nobody with the given e-mail.
static NOBODY: OnceLock<String> = OnceLock::new();

/// A password that is long enough and not yet hashed.
#[derive(Clone)]
pub struct Password(SecretString);

impl Password {
    /// Takes a password a person chose. Errors: `PasswordShort`, `PasswordLong`.
    pub fn choose(words: &SecretString) -> Result<Self, AccountError> {
        let count = words.expose_secret().chars().count();
        if count < PASSWORD_MIN {
            Err(AccountError::PasswordShort { min: PASSWORD_MIN })
        } else if count > PASSWORD_MAX {
            Err(AccountError::PasswordLong { max: PASSWORD_MAX })
        } else {
            Ok(Self(words.clone()))
        }
    }

    /// Takes a password the admin wrote into a file: a short one is their own risk, and said so.
    pub(crate) fn given(words: &SecretString) -> Result<Self, AccountError> {
        match Self::choose(words) {
            Err(AccountError::PasswordShort { .. }) if !words.expose_secret().is_empty() => {
                tracing::warn!(
                    "A password has fewer than {PASSWORD_MIN} characters: it may be guessed"
                );
                Ok(Self(words.clone()))
            }
            other => other,
        }
    }

    /// The words.
    pub(crate) fn words(&self) -> &SecretString {
        &self.0
    }

    /// Its hash, as a PHC string.
    pub async fn hash(&self) -> Result<String, AccountError> {
        let words = self.0.clone();
        blocking(move || hash(&words)).await
    }
}

/// Whether these words are the password of this hash. Without a hash the same work is done
/// and the answer is no.
pub(crate) async fn password_verify(
    words: &SecretString,
    stored: Option<String>,
) -> Result<bool, AccountError> {
    if words.expose_secret().chars().count() > PASSWORD_MAX {
        return Ok(false);
    }
    let words = words.clone();
    blocking(move || match stored {
        Some(stored) => Ok(verify(&words, &stored)),
        None => {
            let nobody = match NOBODY.get() {
                Some(nobody) => nobody.clone(),
                None => {
                    let made = hash(&password_generate())?;
                    NOBODY.get_or_init(|| made).clone()
                }
            };
            verify(&words, &nobody);
            Ok(false)
        }
    })
    .await
}

/// A password nobody has to remember: 120 random bits.
pub fn password_generate() -> SecretString {
    let mut bytes = [0_u8; 15];
    rand::fill(&mut bytes);
    URL_SAFE_NO_PAD.encode(bytes).into()
}

fn hasher() -> Result<Argon2<'static>, AccountError> {
    let params = Params::new(MEMORY_KIB, PASSES, 1, None).map_err(failed)?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

fn hash(words: &SecretString) -> Result<String, AccountError> {
    hasher()?
        .hash_password(words.expose_secret().as_bytes())
        .map(|hash: PasswordHash| hash.to_string())
        .map_err(failed)
}

/// The parameters are those written in the stored hash.
fn verify(words: &SecretString, stored: &str) -> bool {
    match (PasswordHash::new(stored), hasher()) {
        (Ok(stored), Ok(hasher)) => hasher
            .verify_password(words.expose_secret().as_bytes(), &stored)
            .is_ok(),
        (Err(_), _) | (_, Err(_)) => false,
    }
}

/// Runs on a thread that may be busy for a while.
async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, AccountError> + Send + 'static,
) -> Result<T, AccountError> {
    let _turn = HASHERS.acquire().await.map_err(failed)?;
    tokio::task::spawn_blocking(work).await.map_err(failed)?
}

fn failed(error: impl std::fmt::Display) -> AccountError {
    AccountError::Hashing(error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_hash_is_argon2id_with_the_recommended_cost_and_its_own_salt() {
        let password = Password::choose(&"thoth demo password".into()).unwrap();
        let first = password.hash().await.unwrap();
        let second = password.hash().await.unwrap();
        assert!(
            first.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"),
            "{first}"
        );
        assert_ne!(first, second);
        let right = "thoth demo password".into();
        assert!(password_verify(&right, Some(first.clone())).await.unwrap());
        let wrong = "thoth demo passwore".into();
        assert!(!password_verify(&wrong, Some(first)).await.unwrap());
        assert!(!password_verify(&right, None).await.unwrap());
        assert!(!password_verify(&right, Some("?".into())).await.unwrap());
    }

    #[test]
    fn a_password_is_neither_short_nor_endless() {
        assert!(Password::choose(&"123456789".into()).is_err());
        assert!(Password::choose(&"1234567890".into()).is_ok());
        assert!(Password::choose(&"пароль1234".into()).is_ok());
        assert!(Password::choose(&"x".repeat(257).into()).is_err());
        assert_ne!(
            password_generate().expose_secret(),
            password_generate().expose_secret()
        );
    }
}
