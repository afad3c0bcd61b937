//! How often a sign-in may fail.

use super::{AccountError, Accounts};
use std::net::IpAddr;
use uuid::Uuid;

/// The time failures count for, in milliseconds.
const WINDOW: i64 = 15 * 60 * 1000;

/// Failures in that time: for one e-mail, and for one address, behind which a whole office may sit.
const PER_EMAIL: usize = 5;
const PER_ADDRESS: usize = 20;

/// One attempt, noted as a failure until it succeeds.
pub(super) struct Attempt {
    email_key: String,
    notes: Vec<Uuid>,
}

impl Accounts {
    /// Notes an attempt, or answers how long to wait. A refused attempt does not count.
    pub(super) async fn attempt_begin(
        &self,
        email: &str,
        address: IpAddr,
    ) -> Result<Attempt, AccountError> {
        let now = self.clock.now();
        let email_key = hex::encode(self.vault.hash(&format!("sign-in email {email}")));
        let address_key = hex::encode(self.vault.hash(&format!("sign-in from {}", near(address))));
        let keys = [email_key.as_str(), address_key.as_str()];
        let notes = self.store.sign_in_note(&keys, now).await?;
        let mut wait = 0;
        for (key, limit) in [(&email_key, PER_EMAIL), (&address_key, PER_ADDRESS)] {
            let noted = self.store.sign_in_noted(key, now - WINDOW).await?;
            // The newest is this attempt; the one `limit` before it has to leave the window.
            if let Some(at) = noted.get(limit) {
                wait = wait.max(at + WINDOW - now);
            }
        }
        if wait == 0 {
            return Ok(Attempt { email_key, notes });
        }
        self.store.sign_in_forget(&notes).await?;
        Err(AccountError::TooManyAttempts {
            seconds: u64::try_from(wait).unwrap_or(0).div_ceil(1000).max(1),
        })
    }

    /// The attempt succeeded: it and the failures of this e-mail are forgotten.
    pub(super) async fn attempt_succeed(&self, attempt: Attempt) -> Result<(), AccountError> {
        self.store.sign_in_forget(&attempt.notes).await?;
        self.store.sign_in_clear(&attempt.email_key).await?;
        Ok(())
    }

    /// Forgets expired sessions and failures that no longer count. Run now and then.
    pub async fn sweep(&self) -> Result<u64, AccountError> {
        let now = self.clock.now();
        Ok(self.store.sessions_sweep(now, now - WINDOW).await?)
    }
}

/// The address that is counted: for IPv6 the network a customer is given, a /64.
fn near(address: IpAddr) -> String {
    match address.to_canonical() {
        IpAddr::V4(address) => address.to_string(),
        IpAddr::V6(address) => {
            let [a, b, c, d, ..] = address.segments();
            format!("{a:x}:{b:x}:{c:x}:{d:x}")
        }
    }
}
