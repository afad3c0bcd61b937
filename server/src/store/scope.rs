//! Whose things a query may see.

use super::entities::{facebook_login, phone, portal, waba};
use sea_orm::sea_query::{Expr, ExprTrait, SimpleExpr};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect, QueryTrait, Select};
use uuid::Uuid;

/// Whose things a query may see. There is no query for owned things without one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// Everybody's: for admins and for the server's own work.
    All,
    /// One owner's.
    Owner(Uuid),
    /// One owner's, as far as a portal reaches: the portal itself, phones of no other portal, and WABAs that serve
    /// no other portal. For pages that Bitrix24 shows in a frame.
    Framed {
        /// Whose.
        owner: Uuid,
        /// The portal around the page.
        portal: Uuid,
    },
}

/// Owned things, and what a frame may see of its owner's.
pub(super) trait Owned: EntityTrait {
    /// The condition for what `portal` reaches.
    fn within(portal: Uuid) -> SimpleExpr;
}

impl Owned for portal::Entity {
    fn within(portal: Uuid) -> SimpleExpr {
        portal::Column::Id.eq(portal)
    }
}

impl Owned for phone::Entity {
    fn within(portal: Uuid) -> SimpleExpr {
        let free = phone::Column::PortalId.is_null();
        free.or(phone::Column::PortalId.eq(portal))
    }
}

impl Owned for waba::Entity {
    fn within(portal: Uuid) -> SimpleExpr {
        let elsewhere = phone::Entity::find()
            .select_only()
            .column(phone::Column::Id)
            .filter(
                Expr::col((phone::Entity, phone::Column::WabaId))
                    .equals((waba::Entity, waba::Column::Id)),
            )
            .filter(phone::Column::PortalId.is_not_null())
            .filter(phone::Column::PortalId.ne(portal))
            .into_query();
        Expr::exists(elsewhere).not()
    }
}

impl Owned for facebook_login::Entity {
    /// A login belongs to a browser's session, and a frame has none.
    fn within(_: Uuid) -> SimpleExpr {
        Expr::value(1).eq(0)
    }
}

impl Scope {
    /// True when things of this owner may be seen.
    pub fn covers(self, owner: Uuid) -> bool {
        match self {
            Self::All => true,
            Self::Owner(only) | Self::Framed { owner: only, .. } => only == owner,
        }
    }

    /// Narrows a query to what may be seen; `owner` is the column that names the owner.
    pub(super) fn narrow<E: Owned>(self, query: Select<E>, owner: impl ColumnTrait) -> Select<E> {
        match self {
            Self::All => query,
            Self::Owner(only) => query.filter(owner.eq(only)),
            Self::Framed {
                owner: only,
                portal,
            } => query.filter(owner.eq(only)).filter(E::within(portal)),
        }
    }
}
