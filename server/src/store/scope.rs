//! Whose things a query may see.

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, Select};
use uuid::Uuid;

/// Whose things a query may see. There is no query for owned things without one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// Everybody's: for admins and for the server's own work.
    All,
    /// One owner's.
    Owner(Uuid),
}

impl Scope {
    /// True when things of this owner may be seen.
    pub fn covers(self, owner: Uuid) -> bool {
        match self {
            Self::All => true,
            Self::Owner(only) => only == owner,
        }
    }

    /// Narrows a query to what may be seen; `owner` is the column that names the owner.
    pub(super) fn narrow<E: EntityTrait>(
        self,
        query: Select<E>,
        owner: impl ColumnTrait,
    ) -> Select<E> {
        match self {
            Self::All => query,
            Self::Owner(only) => query.filter(owner.eq(only)),
        }
    }
}
