//! What a setup file says, once every value has been understood.

use super::document::{At, Kind};
use crate::accounts::{Email, Password, Role};
use secrecy::SecretString;
use url::Url;

/// A value and where it stands.
#[derive(Clone)]
pub(super) struct Spot<T> {
    pub(super) at: At,
    pub(super) value: T,
}

/// A `[[user]]`.
pub(super) struct User {
    pub(super) at: At,
    pub(super) email: Spot<Email>,
    /// Whether the key is there, perhaps with a mistake.
    pub(super) password_given: bool,
    pub(super) password: Option<Spot<Password>>,
    pub(super) role: Option<Role>,
    pub(super) api_key: Option<Spot<SecretString>>,
}

/// A `[[waba]]`.
pub(super) struct Waba {
    pub(super) owner: Spot<Email>,
    pub(super) name: Option<String>,
    pub(super) waba_id: Spot<String>,
    pub(super) access_token: SecretString,
    pub(super) verify_token: Option<SecretString>,
    pub(super) app_id: Option<String>,
    pub(super) app_secret: Option<SecretString>,
}

/// A `[[portal]]`.
pub(super) struct Portal {
    pub(super) owner: Spot<Email>,
    pub(super) protocol: &'static str,
    pub(super) domain: String,
    pub(super) member_id: Spot<String>,
    pub(super) client_id: String,
    pub(super) client_secret: SecretString,
    pub(super) application_token: SecretString,
    pub(super) tokens: Option<Tokens>,
    pub(super) server_endpoint: Url,
}

/// The tokens of a portal; they come together.
pub(super) struct Tokens {
    pub(super) access: SecretString,
    pub(super) refresh: SecretString,
}

/// A `[[phone]]`.
pub(super) struct Phone {
    pub(super) owner: Spot<Email>,
    pub(super) phone: String,
    pub(super) phone_id: Spot<String>,
    pub(super) waba: Spot<String>,
    pub(super) portal: Option<Spot<String>>,
    pub(super) line: Option<Spot<Line>>,
    pub(super) sms_service: Option<bool>,
}

/// The line of a phone.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Line {
    pub(super) line_id: i64,
    pub(super) connector: String,
}

/// Everything the file says, in its order.
#[derive(Default)]
pub(super) struct Setup {
    pub(super) users: Vec<User>,
    pub(super) wabas: Vec<Waba>,
    pub(super) portals: Vec<Portal>,
    pub(super) phones: Vec<Phone>,
    pub(super) declared: Declared,
}

/// What the file declares, also where the rest of a table has mistakes, so that one mistake
/// is not reported again by everything that refers to it.
#[derive(Default)]
pub(super) struct Declared {
    pub(super) users: Vec<String>,
    pub(super) wabas: Vec<(String, String)>,
    pub(super) portals: Vec<(String, String)>,
    /// Kinds of which a table's own name could not be read: nobody can say what refers to it.
    pub(super) nameless: Vec<Kind>,
}
