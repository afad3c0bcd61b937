//! Who is asking.

use serde::{Deserialize, Serialize};

use super::{Action, Permit, PortalId, Problem, ProblemCode, Scope, UserId};

/// What a person may be in this installation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Sees and changes everything.
    Admin,
    /// Sees and changes what is theirs.
    User,
}

impl Role {
    /// Its name in forms.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Admin => "admin",
            Self::User => "user",
        }
    }
}

/// The person behind a request, as the session says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Caller {
    /// Their id.
    pub user: UserId,
    /// The address they sign in with.
    pub email: String,
    /// What they may be.
    pub role: Role,
    /// The portal around the page, where Bitrix24 shows it: nothing beyond that portal is shown or changed.
    #[serde(default)]
    pub framed_in: Option<PortalId>,
}

impl Caller {
    /// The permit for one kind of action, or the refusal to show.
    ///
    /// The permit carries whose things it reaches: an admin's reaches all of them, a user's only
    /// their own, and a page's in a portal's frame only what is its owner's and that portal's.
    pub fn may<A: Action>(&self) -> Result<Permit<A>, Problem> {
        if !A::open_to(self.role) || (self.framed_in.is_some() && !A::OPEN_TO_FRAMES) {
            return Err(Problem::new(ProblemCode::NotAllowed));
        }
        let scope = match (self.framed_in, self.role) {
            (Some(portal), Role::Admin | Role::User) => Scope::Framed {
                owner: self.user,
                portal,
            },
            (None, Role::Admin) => Scope::Everything,
            (None, Role::User) => Scope::OwnedBy(self.user),
        };
        Ok(Permit::grant(scope))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{change, see};
    use uuid::Uuid;

    #[test]
    fn a_frame_reaches_its_portal_and_no_account() {
        let portal = PortalId::new(Uuid::from_u128(2));
        let framed = Caller {
            user: UserId::new(Uuid::from_u128(1)),
            email: "ann@example.com".to_owned(),
            role: Role::Admin,
            framed_in: Some(portal),
        };
        let permit = framed.may::<change::Phones>().map(|permit| permit.scope());
        let owner = framed.user;
        assert_eq!(permit.ok(), Some(Scope::Framed { owner, portal }));
        assert!(framed.may::<change::Account>().is_err());
        assert!(framed.may::<see::Deliveries>().is_err());
        assert!(framed.may::<change::PortalList>().is_err());
        assert!(framed.may::<see::People>().is_err());
    }
}
