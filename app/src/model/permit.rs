//! What a caller may do, as a value: a backend call cannot be written without one.

use std::marker::PhantomData;

use super::{PortalId, Role, UserId};

/// Whose things a permit reaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// All owners.
    Everything,
    /// One owner; the query must filter by it.
    OwnedBy(UserId),
    /// One owner, as far as a portal reaches: for pages that Bitrix24 shows in a frame.
    Framed {
        /// Whose things.
        owner: UserId,
        /// The portal around the page.
        portal: PortalId,
    },
}

/// A kind of action a caller may be allowed.
pub trait Action {
    /// Whether it may be done from a page in a portal's frame, where every administrator of the
    /// portal acts for its owner.
    const OPEN_TO_FRAMES: bool;

    /// Whether people of this role may do it at all.
    fn open_to(role: Role) -> bool;
}

/// Actions: a type each, who may do it, and whether frames may.
macro_rules! actions {
    ($($(#[$doc:meta])* $action:ident for $($role:ident)|+, frames: $frames:literal;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug)]
        pub struct $action;

        impl Action for $action {
            const OPEN_TO_FRAMES: bool = $frames;

            fn open_to(role: Role) -> bool {
                [$(Role::$role),+].contains(&role)
            }
        }
    )*};
}

/// The actions that only look.
pub mod see {
    use super::{Action, Role};

    actions! {
        /// Look at the overview.
        Overview for Admin | User, frames: false;
        /// Look at WABAs.
        Wabas for Admin | User, frames: true;
        /// Look at WABAs' templates.
        Templates for Admin | User, frames: true;
        /// Look at interactive messages.
        Interactives for Admin | User, frames: true;
        /// Look at phones.
        Phones for Admin | User, frames: true;
        /// Look at phones' calling.
        Calling for Admin | User, frames: true;
        /// Look at calls.
        Calls for Admin | User, frames: true;
        /// Look at portals.
        Portals for Admin | User, frames: true;
        /// Look at deliveries.
        Deliveries for Admin | User, frames: false;
        /// Look at one's own account.
        Account for Admin | User, frames: false;
        /// Look at everybody who may sign in.
        People for Admin, frames: false;
        /// Look at the settings of the installation.
        Settings for Admin, frames: false;
    }
}

/// The actions that change something.
pub mod change {
    use super::{Action, Role};

    actions! {
        /// One's own password, sessions and webhook key.
        Account for Admin | User, frames: false;
        /// Go on with one's own login with Facebook.
        Logins for Admin | User, frames: false;
        /// Add, edit and delete WABAs.
        Wabas for Admin | User, frames: true;
        /// Make and delete templates, choose what is done with them.
        Templates for Admin | User, frames: true;
        /// Make, edit and delete interactive messages.
        Interactives for Admin | User, frames: true;
        /// Add, edit, link and delete phones.
        Phones for Admin | User, frames: true;
        /// Switch phones' calling, check their servers, reveal what these sign in with.
        Calling for Admin | User, frames: true;
        /// Ask customers for leave to be called.
        Calls for Admin | User, frames: true;
        /// Edit portals, have them checked.
        Portals for Admin | User, frames: true;
        /// Add and delete portals.
        PortalList for Admin | User, frames: false;
        /// Replay and discard dead letters, hold destinations.
        Deliveries for Admin | User, frames: false;
        /// Add, edit and delete who may sign in.
        People for Admin, frames: false;
        /// Change the settings of the installation.
        Settings for Admin, frames: false;
    }
}

/// The right to do `A`, given only by [`Caller::may`](super::Caller::may).
#[derive(Debug)]
pub struct Permit<A> {
    scope: Scope,
    action: PhantomData<fn() -> A>,
}

impl<A> Clone for Permit<A> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<A> Copy for Permit<A> {}

impl<A> Permit<A> {
    pub(super) fn grant(scope: Scope) -> Self {
        Self {
            scope,
            action: PhantomData,
        }
    }

    /// Whose things may be touched.
    pub fn scope(&self) -> Scope {
        self.scope
    }

    /// The portal around the page, where there is one.
    pub fn portal(&self) -> Option<PortalId> {
        match self.scope {
            Scope::Everything | Scope::OwnedBy(_) => None,
            Scope::Framed { portal, .. } => Some(portal),
        }
    }

    /// The one owner to filter by, or none when all are allowed.
    pub fn owner(&self) -> Option<UserId> {
        match self.scope {
            Scope::Everything => None,
            Scope::OwnedBy(user) | Scope::Framed { owner: user, .. } => Some(user),
        }
    }
}
