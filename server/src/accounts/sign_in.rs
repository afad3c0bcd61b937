//! Proving who one is.

use super::password::password_verify;
use super::{AccountError, Accounts, Email, Person};
use secrecy::SecretString;
use std::net::IpAddr;

impl Accounts {
    /// The person with this e-mail and password. `address` is where the request came from.
    /// Errors: `WrongCredentials`, `TooManyAttempts`.
    pub async fn sign_in(
        &self,
        email: &str,
        password: &SecretString,
        address: IpAddr,
    ) -> Result<Person, AccountError> {
        let known = Email::parse(email).ok();
        let named = known.as_ref().map_or("", Email::as_str);
        let attempt = self.attempt_begin(named, address).await?;
        let row = match &known {
            Some(email) => self.store.person_by_email(email.as_str()).await?,
            None => None,
        };
        let stored = row.as_ref().map(|row| row.password_hash.clone());
        let right = password_verify(password, stored).await?;
        match row {
            Some(row) if right => {
                self.attempt_succeed(attempt).await?;
                tracing::info!(person = %row.id, "Somebody signed in.");
                Ok(row.try_into()?)
            }
            Some(_) | None => {
                tracing::info!("A sign-in failed.");
                Err(AccountError::WrongCredentials)
            }
        }
    }
}
