//! WABAs as the panel shows them.

use serde::{Deserialize, Serialize};

use super::{Check, Filter, Moment, Sort, UserId, WabaId};

/// Health of a WABA in one word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WabaHealth {
    /// The token is good, the app subscribed, the webhook verified.
    Ok,
    /// Something is to be done: the webhook is not set at Meta, or the token ends soon.
    Attention,
    /// Meta refuses.
    Failed,
    /// Meta has not said yet.
    Unknown,
}

/// What is known of an access token.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TokenState {
    /// `USER`, `SYSTEM_USER` and others, in Meta's words.
    pub kind: Option<String>,
    /// When it ends.
    pub ends_at: Option<Moment>,
    /// It ends within a week, or has ended.
    pub ends_soon: bool,
}

/// One WABA in the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WabaRow {
    /// Its id here.
    pub id: WabaId,
    /// Its name.
    pub name: String,
    /// Meta's id of it; empty when it is not known yet.
    pub waba_id: String,
    /// Whose it is, where the caller sees everybody's.
    pub owner: Option<String>,
    /// What Meta asks for when the callback is set.
    pub verify_token: String,
    /// Its token.
    pub token: TokenState,
    /// How many phones it has.
    pub phones: u32,
    /// How it is.
    pub health: WabaHealth,
    /// When a webhook last came.
    pub heard_at: Option<Moment>,
}

/// The WABAs' list, and the address Meta is to call for the caller's own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WabaSetup {
    /// The callback URL with the caller's own key.
    pub callback: String,
    /// Whether the login with Facebook can be begun.
    pub facebook: bool,
}

/// A number that Meta lists for a WABA.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WabaNumber {
    /// The phone id.
    pub phone_id: String,
    /// The number, with `+`.
    pub phone: String,
    /// The name customers see.
    pub name: Option<String>,
    /// `CONNECTED` and others.
    pub status: Option<String>,
    /// The phone it is here.
    pub added: Option<super::PhoneId>,
}

/// One WABA with everything its page shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WabaDetail {
    /// As in the list.
    pub row: WabaRow,
    /// The callback URL; with its key masked when the caller is not the owner.
    pub callback: String,
    /// Whether the key in it is shown.
    pub own: bool,
    /// The Meta app.
    pub app_id: Option<String>,
    /// Whether webhooks' signatures are checked.
    pub signed: bool,
    /// When Meta shook hands.
    pub verified_at: Option<Moment>,
    /// What the checks found.
    pub checks: Vec<Check>,
    /// The numbers Meta lists.
    pub numbers: Vec<WabaNumber>,
}

/// What goes with a WABA.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WabaBelongings {
    /// Its name.
    pub name: String,
    /// Phones.
    pub phones: u32,
    /// Conversations.
    pub conversations: u32,
    /// Messages.
    pub messages: u32,
    /// Deliveries that have not arrived.
    pub open: u32,
}

/// Somebody who may own things.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Owner {
    /// Their id.
    pub id: UserId,
    /// Their e-mail.
    pub email: String,
    /// It is the caller.
    pub me: bool,
}

/// What a form says of a WABA. An empty secret in an edit leaves what is there.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct WabaForm {
    /// Its name; empty = Meta's.
    pub name: String,
    /// The access token.
    pub access_token: String,
    /// Meta's id of it; empty = the token says.
    #[serde(default)]
    pub waba_id: String,
    /// The Meta app.
    #[serde(default)]
    pub app_id: String,
    /// Its secret.
    #[serde(default)]
    pub app_secret: String,
    /// Who shall own it; empty = the caller.
    #[serde(default)]
    pub owner: String,
}

impl std::fmt::Debug for WabaForm {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("WabaForm")
            .field("name", &self.name)
            .finish_non_exhaustive()
    }
}

/// WABAs are narrowed by words only.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct WabaFilter {}

/// The columns WABAs can be sorted by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WabaSort {
    /// By name.
    #[default]
    Name,
    /// By when the token ends.
    Token,
    /// By when a webhook last came.
    Heard,
}

impl Filter for WabaFilter {
    type Column = WabaSort;

    fn read(_get: &dyn Fn(&str) -> Option<String>) -> Self {
        Self {}
    }

    fn write(&self, _put: &mut dyn FnMut(&str, &str)) {}

    fn first_sort() -> Sort<WabaSort> {
        Sort::up(WabaSort::Name)
    }

    fn column_name(column: WabaSort) -> &'static str {
        match column {
            WabaSort::Name => "name",
            WabaSort::Token => "token",
            WabaSort::Heard => "heard",
        }
    }

    fn columns() -> &'static [WabaSort] {
        &[WabaSort::Name, WabaSort::Token, WabaSort::Heard]
    }
}
