//! Permits of the panel as scopes of the database.

use crate::store;
use app::model::{Permit, Scope};

/// Whose rows this permit reaches.
pub(super) fn scope_of<A>(permit: &Permit<A>) -> store::Scope {
    match permit.scope() {
        Scope::Everything => store::Scope::All,
        Scope::OwnedBy(user) => store::Scope::Owner(user.uuid()),
        Scope::Framed { owner, portal } => store::Scope::Framed {
            owner: owner.uuid(),
            portal: portal.uuid(),
        },
    }
}

/// A count as the panel carries it.
pub(super) fn count(value: i64) -> u32 {
    u32::try_from(value.max(0)).unwrap_or(u32::MAX)
}
