//! The installation's Meta app, and logins with Facebook.

use serde::{Deserialize, Serialize};

use super::{Moment, Problem};

/// The Meta app as an admin sees it; its secret is never among it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct MetaAppSettings {
    /// Its id; empty when it is not set.
    pub app_id: String,
    /// The configuration of Login for Business.
    pub config_id: String,
    /// A secret is kept.
    pub has_secret: bool,
    /// When it was saved.
    pub saved_at: Option<Moment>,
    /// What belongs into "Valid OAuth Redirect URIs", byte for byte.
    pub redirect_uri: String,
}

/// What a login with Facebook brought.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LoginFound {
    /// The kind of token.
    pub kind: Option<String>,
    /// When the token ends.
    pub ends_at: Option<Moment>,
    /// The WABAs that were shared.
    pub wabas: Vec<LoginWaba>,
    /// Why it failed.
    pub problem: Option<Problem>,
}

/// A WABA that was shared.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LoginWaba {
    /// Meta's id of it.
    pub waba_id: String,
    /// Its name at Meta.
    pub name: Option<String>,
    /// It is connected already and gets the new token.
    pub known: bool,
    /// Its numbers.
    pub numbers: Vec<LoginNumber>,
    /// Why it could not be read.
    pub trouble: Option<String>,
}

/// A number of a WABA that was shared.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LoginNumber {
    /// The phone id.
    pub phone_id: String,
    /// The number, with `+`.
    pub phone: String,
    /// The name customers see.
    pub name: Option<String>,
    /// It is registered while it is connected.
    pub needs_registering: bool,
}
