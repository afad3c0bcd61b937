use async_trait::async_trait;

use crate::model::{
    Account, Caller, Page, PageQuery, Permit, PersonFilter, PersonRow, Problem, Role, UserId,
    change, see,
};

/// Who may sign in, and one's own account.
#[async_trait]
pub trait People: Send + Sync {
    /// The caller's own account.
    async fn account(
        &self,
        permit: Permit<see::Account>,
        caller: &Caller,
    ) -> Result<Account, Problem>;

    /// Another password. Other sessions end. Errors: `PasswordWrong` at `current`, `TooManyAttempts`,
    /// `PasswordShort` and `PasswordLong` at `password`.
    async fn password_change(
        &self,
        permit: Permit<change::Account>,
        caller: &Caller,
        current: &str,
        password: &str,
    ) -> Result<(), Problem>;

    /// Ends all sessions of the caller, this one too.
    async fn sign_out_everywhere(
        &self,
        permit: Permit<change::Account>,
        caller: &Caller,
    ) -> Result<(), Problem>;

    /// A new webhook key; the one before goes on working.
    async fn key_rotate(
        &self,
        permit: Permit<change::Account>,
        caller: &Caller,
    ) -> Result<(), Problem>;

    /// Switches the key before off.
    async fn key_old_off(
        &self,
        permit: Permit<change::Account>,
        caller: &Caller,
    ) -> Result<(), Problem>;

    /// One page of everybody.
    async fn list(
        &self,
        permit: Permit<see::People>,
        query: PageQuery<PersonFilter>,
    ) -> Result<Page<PersonRow>, Problem>;

    /// One of them.
    async fn find(&self, permit: Permit<see::People>, id: UserId) -> Result<PersonRow, Problem>;

    /// Adds somebody. Errors with their field: `EmailInvalid`, `EmailTaken`, `PasswordShort`, `PasswordLong`.
    async fn add(
        &self,
        permit: Permit<change::People>,
        email: &str,
        password: &str,
        role: Role,
    ) -> Result<UserId, Problem>;

    /// Another role, and another password where one is given; their sessions end. Errors: `LastAdmin`.
    async fn edit(
        &self,
        permit: Permit<change::People>,
        id: UserId,
        role: Role,
        password: &str,
    ) -> Result<(), Problem>;

    /// Deletes somebody who owns nothing. Errors: `OwnsThings`, `LastAdmin`.
    async fn delete(&self, permit: Permit<change::People>, id: UserId) -> Result<(), Problem>;
}
