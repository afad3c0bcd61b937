//! What a caller may do, as a value: a backend call cannot be written without one.

use std::marker::PhantomData;

use super::{Role, UserId};

/// Whose things a permit reaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// All owners.
    Everything,
    /// One owner; the query must filter by it.
    OwnedBy(UserId),
}

/// A kind of action a caller may be allowed.
pub trait Action {
    /// Whether people of this role may do it at all.
    fn open_to(role: Role) -> bool;
}

/// Actions: a type each, and who may do it.
macro_rules! actions {
    ($($(#[$doc:meta])* $action:ident for $($role:ident)|+;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug)]
        pub struct $action;

        impl Action for $action {
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
        Overview for Admin | User;
        /// Look at WABAs.
        Wabas for Admin | User;
        /// Look at phones.
        Phones for Admin | User;
        /// Look at portals.
        Portals for Admin | User;
        /// Look at deliveries.
        Deliveries for Admin | User;
        /// Look at everybody who may sign in.
        People for Admin;
        /// Look at the settings of the installation.
        Settings for Admin;
    }
}

/// The actions that change something.
pub mod change {
    use super::{Action, Role};

    actions! {
        /// One's own password, sessions and webhook key.
        Account for Admin | User;
        /// Add, edit and delete WABAs.
        Wabas for Admin | User;
        /// Add, edit, link and delete phones.
        Phones for Admin | User;
        /// Add, edit and delete portals.
        Portals for Admin | User;
        /// Add, edit and delete who may sign in.
        People for Admin;
        /// Change the settings of the installation.
        Settings for Admin;
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

    /// The one owner to filter by, or none when all are allowed.
    pub fn owner(&self) -> Option<UserId> {
        match self.scope {
            Scope::Everything => None,
            Scope::OwnedBy(user) => Some(user),
        }
    }
}
