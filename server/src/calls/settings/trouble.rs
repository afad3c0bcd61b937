//! Why something was not done with a number's calling.

use super::kept::{At, KeptError};
use crate::store::StoreError;
use crate::translate::Language;
use crate::whatsapp::GraphTrouble;

/// Why something was not done.
#[derive(Debug, thiserror::Error)]
pub enum Trouble {
    /// The phone or its WABA is gone.
    #[error("the phone is gone")]
    Gone,
    /// Somebody else is at it.
    #[error("somebody else is changing the calling of this phone")]
    Busy,
    /// The access token cannot be opened.
    #[error("the access token cannot be opened")]
    Token,
    /// There is no server of ours whose password could be made anew.
    #[error("Meta has no telephone server of this app for the number")]
    NoServer,
    /// Meta has deleted the server and set it again, and gave no other password.
    #[error("Meta gave no other SIP password")]
    SamePassword,
    /// Meta refused.
    #[error("Meta refused with {code}: {said}")]
    Refused {
        /// Its code, `138015`; the HTTP status where it gave none.
        code: String,
        /// Its words.
        said: String,
        /// What Meta had before was changed already, and is set again.
        restored: bool,
    },
    /// Meta did not answer: what became of it is not known.
    #[error("Meta did not answer")]
    Silent,
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<GraphTrouble> for Trouble {
    fn from(trouble: GraphTrouble) -> Self {
        match &trouble {
            GraphTrouble::Refused { error, .. } => {
                let http = error.http.map(i64::from);
                let code = error.code.or(http).map(|code| code.to_string());
                let title = error.user_title.as_deref().unwrap_or_default().trim();
                let said = error.own_words().unwrap_or_default().trim();
                let titled = !title.is_empty() && error.user_message.is_some();
                Self::Refused {
                    code: code.unwrap_or_default(),
                    said: if titled {
                        format!("{}: {said}", title.trim_end_matches(['.', ':']))
                    } else {
                        said.to_owned()
                    },
                    restored: false,
                }
            }
            GraphTrouble::NotSent { .. } | GraphTrouble::Unknown { .. } => {
                tracing::info!(%trouble, "Meta could not be asked about calling");
                Self::Silent
            }
        }
    }
}

impl Trouble {
    /// What is kept of it; none of what is no matter of Meta's.
    pub(super) fn kept(&self, of: At, at: i64) -> Option<KeptError> {
        let (code, said) = match self {
            Self::Refused { code, said, .. } => (code.clone(), said.clone()),
            Self::Silent => (String::new(), String::new()),
            Self::Gone
            | Self::Busy
            | Self::Token
            | Self::NoServer
            | Self::SamePassword
            | Self::Store(_) => return None,
        };
        Some(KeptError { code, said, at, of })
    }
}

/// That a refusal left nothing half done.
pub fn restored_words(language: Language) -> &'static str {
    language.pick(
        "What the number had before is set again.",
        "Прежние настройки номера восстановлены.",
    )
}

/// That Meta gave no other password.
pub fn same_password_words(language: Language) -> &'static str {
    language.pick(
        "Meta gave no other password; the old one stays valid.",
        "Meta не выдала новый пароль; действует прежний.",
    )
}
