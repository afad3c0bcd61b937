//! Why an installation does not go through.

use crate::bitrix::{CallError, ProofError, RefreshError};
use crate::store::StoreError;
use crate::vault::VaultError;

/// For the page in Bitrix24 and the portal's page here.
#[derive(Debug, thiserror::Error)]
pub enum InstallError {
    /// The call lacks what an installation has.
    #[error("the call brings no {0}")]
    Incomplete(&'static str),
    /// The token is not one of Bitrix24's.
    #[error(transparent)]
    Proof(#[from] ProofError),
    /// The app's id and secret do not fit the installation.
    #[error("Bitrix24 refuses the client id and secret that are stored here ({code})")]
    KeysRefused {
        /// Its code.
        code: String,
    },
    /// The OAuth server or the portal cannot be asked now.
    #[error("Bitrix24 could not be asked: {reason}")]
    Silent {
        /// In words.
        reason: String,
    },
    /// Events and connectors need an administrator's tokens.
    #[error("the user who installs is no administrator of the portal")]
    NotAdmin,
    /// A local app belongs to one portal, and this is another.
    #[error("this application is connected to another portal already")]
    ForeignPortal,
    /// Another portal here has this member id.
    #[error("this portal is connected here already")]
    PortalTaken,
    /// The portal refuses what the app needs.
    #[error(transparent)]
    Call(CallError),
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The vault.
    #[error(transparent)]
    Vault(#[from] VaultError),
}

impl InstallError {
    /// Whether nobody could tell: what was brought may be tried again.
    pub fn is_silence(&self) -> bool {
        matches!(
            self,
            Self::Silent { .. } | Self::Proof(ProofError::Silent { .. })
        )
    }

    /// Whether the refresh token was used already, or is too old. Source: "OAuth error codes".
    pub(super) fn is_spent(&self) -> bool {
        const SPENT: [&str; 4] = [
            "invalid_grant",
            "expired_token",
            "invalid_token",
            "bad_verification_code",
        ];
        matches!(self, Self::KeysRefused { code } if SPENT.iter().any(|known| known.eq_ignore_ascii_case(code)))
    }
}

impl From<CallError> for InstallError {
    fn from(error: CallError) -> Self {
        match error {
            CallError::RateLimited { .. }
            | CallError::OperationLimit { .. }
            | CallError::Overload
            | CallError::ServerError { .. }
            | CallError::NotSent { .. }
            | CallError::Unknown { .. } => Self::Silent {
                reason: error.to_string(),
            },
            CallError::ExpiredToken
            | CallError::InvalidToken { .. }
            | CallError::UserGone { .. }
            | CallError::Reauthorize
            | CallError::Refused { .. }
            | CallError::Denied { .. } => Self::Call(error),
        }
    }
}

impl From<RefreshError> for InstallError {
    fn from(error: RefreshError) -> Self {
        match error {
            RefreshError::Dead { code } => Self::KeysRefused { code },
            RefreshError::Later { reason } | RefreshError::Unknown { reason } => {
                Self::Silent { reason }
            }
        }
    }
}
