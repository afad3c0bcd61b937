//! Who is asking.

use serde::{Deserialize, Serialize};

use super::{Action, Permit, Problem, ProblemCode, Scope, UserId};

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
}

impl Caller {
    /// The permit for one kind of action, or the refusal to show.
    ///
    /// The permit carries whose things it reaches: an admin's reaches all of them,
    /// a user's only their own.
    pub fn may<A: Action>(&self) -> Result<Permit<A>, Problem> {
        if !A::open_to(self.role) {
            return Err(Problem::new(ProblemCode::NotAllowed));
        }
        let scope = match self.role {
            Role::Admin => Scope::Everything,
            Role::User => Scope::OwnedBy(self.user),
        };
        Ok(Permit::grant(scope))
    }
}
