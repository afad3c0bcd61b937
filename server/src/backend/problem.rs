//! Errors of other rooms as problems people can read.

use super::Request;
use crate::accounts::AccountError;
use crate::store::StoreError;
use app::model::{Problem, ProblemCode};

impl Request {
    /// A problem of the database. Its words go to the log.
    pub(super) fn store_problem(&self, error: StoreError) -> Problem {
        let code = if error.is_transient() {
            ProblemCode::StoreUnavailable
        } else {
            ProblemCode::Internal
        };
        self.logged(code, &error)
    }

    /// A problem of an account: for the person at the keyboard, or for the log.
    pub(super) fn account_problem(&self, error: AccountError) -> Problem {
        match error {
            AccountError::WrongCredentials => Problem::new(ProblemCode::WrongCredentials),
            AccountError::TooManyAttempts { seconds } => {
                Problem::new(ProblemCode::TooManyAttempts).arg("minutes", seconds.div_ceil(60))
            }
            AccountError::SetupOver => Problem::new(ProblemCode::SetupOver),
            AccountError::EmailInvalid => Problem::new(ProblemCode::EmailInvalid).at("email"),
            AccountError::EmailTaken => Problem::new(ProblemCode::EmailTaken).at("email"),
            AccountError::OwnsThings => Problem::new(ProblemCode::OwnsThings),
            AccountError::LastAdmin => Problem::new(ProblemCode::LastAdmin),
            AccountError::Nobody => Problem::new(ProblemCode::NotFound),
            AccountError::PasswordShort { min } => Problem::new(ProblemCode::PasswordShort)
                .at("password")
                .arg("least", min),
            AccountError::PasswordLong { max } => Problem::new(ProblemCode::PasswordLong)
                .at("password")
                .arg("most", max),
            AccountError::Store(error) => self.store_problem(error),
            error @ AccountError::Session(_) => self.logged(ProblemCode::StoreUnavailable, &error),
            error @ (AccountError::KeyInvalid(_)
            | AccountError::Vault(_)
            | AccountError::Hashing(_)) => self.logged(ProblemCode::Internal, &error),
        }
    }

    fn logged(&self, code: ProblemCode, error: &dyn std::error::Error) -> Problem {
        let id = self.exchange.request_id();
        tracing::error!(%error, code = code.as_str(), request_id = id, "The panel could not answer");
        let problem = Problem::new(code);
        match id {
            Some(id) => problem.request(id),
            None => problem,
        }
    }
}
