//! Who may sign in.

use serde::{Deserialize, Serialize};

use super::{Filter, Moment, Role, Sort, UserId};

/// One person in the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonRow {
    /// Their id.
    pub id: UserId,
    /// The e-mail they sign in with.
    pub email: String,
    /// What they may do.
    pub role: Role,
    /// When they were added.
    pub created_at: Moment,
    /// WABAs, phones and portals that are theirs.
    pub owns: u32,
}

/// What somebody is shown of their own account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Account {
    /// The e-mail they sign in with.
    pub email: String,
    /// What they may do.
    pub role: Role,
    /// The callback address with their key in it.
    pub callback_url: String,
    /// Since when the key before works along with it; none when it does not.
    pub old_key_since: Option<Moment>,
}

/// People are not narrowed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct PersonFilter {}

/// The columns people can be sorted by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PersonSort {
    /// By e-mail.
    #[default]
    Email,
    /// By when they were added.
    Added,
}

impl Filter for PersonFilter {
    type Column = PersonSort;

    fn read(_: &dyn Fn(&str) -> Option<String>) -> Self {
        Self {}
    }

    fn write(&self, _: &mut dyn FnMut(&str, &str)) {}

    fn first_sort() -> Sort<PersonSort> {
        Sort::up(PersonSort::Email)
    }

    fn column_name(column: PersonSort) -> &'static str {
        match column {
            PersonSort::Email => "email",
            PersonSort::Added => "added",
        }
    }

    fn columns() -> &'static [PersonSort] {
        &[PersonSort::Email, PersonSort::Added]
    }
}
