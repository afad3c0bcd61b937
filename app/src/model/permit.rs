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

/// The actions that only look.
pub mod see {
    use super::{Action, Role};

    /// Look at the overview.
    #[derive(Clone, Copy, Debug)]
    pub struct Overview;

    /// Look at phones.
    #[derive(Clone, Copy, Debug)]
    pub struct Phones;

    /// Look at deliveries.
    #[derive(Clone, Copy, Debug)]
    pub struct Deliveries;

    macro_rules! open_to_all {
        ($($action:ty),*) => {$(
            impl Action for $action {
                fn open_to(role: Role) -> bool {
                    match role {
                        Role::Admin | Role::User => true,
                    }
                }
            }
        )*};
    }

    open_to_all!(Overview, Phones, Deliveries);
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
