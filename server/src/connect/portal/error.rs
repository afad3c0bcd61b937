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
    /// The OAuth server cannot be asked now.
    #[error("Bitrix24's OAuth server could not be asked: {reason}")]
    Silent {
        /// In words.
        reason: String,
    },
    /// A local app belongs to one portal, and this is another.
    #[error("this application is connected to another portal already")]
    ForeignPortal,
    /// Another portal here has this member id.
    #[error("this portal is connected here already")]
    PortalTaken,
    /// The portal refuses what the app needs.
    #[error(transparent)]
    Call(#[from] CallError),
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The vault.
    #[error(transparent)]
    Vault(#[from] VaultError),
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
