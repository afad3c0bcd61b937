use async_trait::async_trait;

use crate::model::{Caller, Problem};

/// Signing in and out, and the first admin.
#[async_trait]
pub trait Accounts: Send + Sync {
    /// Starts a session. Errors: `WrongCredentials`, `TooManyAttempts`.
    async fn sign_in(&self, email: &str, password: &str) -> Result<Caller, Problem>;

    /// Ends the session, if there is one.
    async fn sign_out(&self) -> Result<(), Problem>;

    /// Who is signed in.
    async fn caller(&self) -> Result<Option<Caller>, Problem>;

    /// Whether this one-time link may still create the first admin.
    async fn setup_pending(&self, token: &str) -> Result<bool, Problem>;

    /// Creates the first admin and starts their session.
    /// Errors: `SetupOver`, `EmailInvalid`, `PasswordShort`, each with its field.
    async fn setup_first_admin(
        &self,
        token: &str,
        email: &str,
        password: &str,
    ) -> Result<Caller, Problem>;
}
