//! Bitrix24 portals: the App instances a number can be linked to.

use serde::{Deserialize, Serialize};

use super::{Check, Filter, Moment, PortalId, Sort, UserId};

/// How far a portal has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PortalState {
    /// Its client id and secret are not typed in yet.
    NeedsKeys,
    /// The app is not installed yet.
    NeedsInstall,
    /// The app is installed.
    Installed,
    /// It is known from a file, without tokens.
    NeedsTokens,
    /// The app was removed from the portal.
    Uninstalled,
}

/// One portal in the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PortalRow {
    /// Its id here.
    pub id: PortalId,
    /// What it is called here; its domain unless somebody named it.
    pub name: String,
    /// Where it answers; empty before the app is installed.
    pub domain: String,
    /// How far it has come.
    pub state: PortalState,
    /// Numbers linked to it.
    pub phones: u32,
    /// Whose it is.
    pub owner: UserId,
    /// Their e-mail.
    pub owner_email: String,
}

/// A portal's page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PortalDetail {
    /// As in the list.
    pub row: PortalRow,
    /// The name somebody gave it.
    pub given_name: String,
    /// The app's id at Bitrix24; empty in a draft.
    pub client_id: String,
    /// The country its customers' numbers are dialled in, two letters; empty for the business number's own.
    pub country: String,
    /// `ui`, `api`, or nothing before the installation.
    pub kind: String,
    /// When the app was installed.
    pub installed_at: Option<Moment>,
    /// Token, admin right, scopes, events.
    pub checks: Vec<Check>,
    /// What to type into Bitrix24's form.
    pub values: AppValues,
}

/// What to type into Bitrix24's form for a local application.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AppValues {
    /// "Your handler path".
    pub handler: String,
    /// "Initial installation path".
    pub install: String,
    /// Both of them, for an application that uses API only.
    pub api: String,
    /// The permissions to tick.
    pub scopes: Vec<String>,
}

/// A portal to choose in a form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PortalChoice {
    /// Its id here.
    pub id: PortalId,
    /// What it is called.
    pub name: String,
    /// Whose it is.
    pub owner: UserId,
    /// Whether the app is installed.
    pub ready: bool,
}

/// Portals are not narrowed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct PortalFilter {}

/// The columns portals can be sorted by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PortalSort {
    /// By name.
    #[default]
    Name,
    /// By when it was added.
    Added,
}

impl Filter for PortalFilter {
    type Column = PortalSort;

    fn read(_: &dyn Fn(&str) -> Option<String>) -> Self {
        Self {}
    }

    fn write(&self, _: &mut dyn FnMut(&str, &str)) {}

    fn first_sort() -> Sort<PortalSort> {
        Sort::up(PortalSort::Name)
    }

    fn column_name(column: PortalSort) -> &'static str {
        match column {
            PortalSort::Name => "name",
            PortalSort::Added => "added",
        }
    }

    fn columns() -> &'static [PortalSort] {
        &[PortalSort::Name, PortalSort::Added]
    }
}
