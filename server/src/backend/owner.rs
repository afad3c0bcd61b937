//! Whose a new thing shall be.

use super::Request;
use app::model::{Permit, Problem, ProblemCode, UserId};
use uuid::Uuid;

impl Request {
    /// The owner of something new: the caller, or for an admin whom they chose.
    pub(super) async fn owner_of_new<A>(
        &self,
        permit: &Permit<A>,
        caller: UserId,
        chosen: &str,
    ) -> Result<Uuid, Problem> {
        if chosen.is_empty() || permit.owner().is_some() {
            return Ok(caller.uuid());
        }
        let not_chosen = || Problem::new(ProblemCode::NotChosen).at("owner");
        let id: UserId = chosen.parse().map_err(|_| not_chosen())?;
        let found = self.state.store.person_find(id.uuid()).await;
        let found = found.map_err(|error| self.store_problem(error))?;
        found.map(|person| person.id).ok_or_else(not_chosen)
    }
}
