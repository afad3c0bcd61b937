//! Keeping and deleting an interactive message.

use super::super::Request;
use super::super::scope::scope_of;
use crate::bus::Topic;
use crate::store::entities::interactive;
use crate::store::{Scope, StoreError};
use app::model::{
    InteractiveForm, InteractiveId, Permit, PortalId, Problem, ProblemCode, UserId, change, hashtag,
};
use uuid::Uuid;

impl Request {
    pub(super) async fn interactive_keep(
        &self,
        permit: Permit<change::Interactives>,
        id: Option<InteractiveId>,
        form: InteractiveForm,
    ) -> Result<InteractiveId, Problem> {
        let scope = scope_of(&permit);
        let known = match id {
            Some(id) => Some(self.interactive_own(scope, id).await?.row),
            None => None,
        };
        let (owner, portal) = self.place_of(scope, &form.place, known.as_ref()).await?;
        let content = serde_json::to_string(&form.content());
        let content = content.map_err(|error| {
            tracing::error!(%error, "A message cannot be written down");
            Problem::new(ProblemCode::Internal)
        })?;
        let now = self.state.clock.now();
        let row = interactive::Model {
            id: known.as_ref().map_or_else(Uuid::now_v7, |known| known.id),
            owner_id: owner,
            portal_id: portal,
            name: form.name.trim().to_owned(),
            kind: form.kind.as_str().to_owned(),
            content,
            hashtag: hashtag(&form.hashtag),
            created_at: known.as_ref().map_or(now, |known| known.created_at),
            updated_at: now,
        };
        let id = InteractiveId::new(row.id);
        match self.interactive_write(row, known.is_none()).await {
            Ok(true) => {}
            Ok(false) => return Err(Problem::new(ProblemCode::NotFound)),
            Err(error) if error.is_duplicate() => {
                return Err(Problem::new(ProblemCode::HashtagTaken).at("hashtag"));
            }
            Err(error) => return Err(self.store_problem(error)),
        }
        self.state.bus.changed(owner, Topic::Templates);
        Ok(id)
    }

    /// False when what is to be changed is gone.
    async fn interactive_write(
        &self,
        row: interactive::Model,
        is_new: bool,
    ) -> Result<bool, StoreError> {
        let txn = self.state.store.begin().await?;
        if is_new {
            txn.interactive_insert_in_txn(row).await?;
        } else if !txn.interactive_update_in_txn(&row).await? {
            return Ok(false);
        }
        txn.commit().await?;
        Ok(true)
    }

    /// Owner and portal of a message. A portal decides whose a new one is; the owner of one that is there stays.
    async fn place_of(
        &self,
        scope: Scope,
        place: &str,
        known: Option<&interactive::Model>,
    ) -> Result<(Uuid, Option<Uuid>), Problem> {
        let not_chosen = || Problem::new(ProblemCode::NotChosen).at("place");
        if let Scope::Framed { owner, portal } = scope {
            return Ok((owner, Some(portal)));
        }
        let owner = match known {
            Some(known) => known.owner_id,
            None => self.maker(scope).await?,
        };
        if place.is_empty()
            || place
                .parse::<UserId>()
                .is_ok_and(|user| user.uuid() == owner)
        {
            return Ok((owner, None));
        }
        let id: PortalId = place.parse().map_err(|_| not_chosen())?;
        let portal = self.state.store.portal_of(scope, id.uuid()).await;
        let portal = portal.map_err(|error| self.store_problem(error))?;
        let portal = portal.ok_or_else(not_chosen)?;
        if known.is_some() && portal.owner_id != owner {
            return Err(not_chosen());
        }
        Ok((portal.owner_id, Some(portal.id)))
    }

    pub(super) async fn interactive_drop(
        &self,
        permit: Permit<change::Interactives>,
        id: InteractiveId,
    ) -> Result<(), Problem> {
        let view = self.interactive_own(scope_of(&permit), id).await?;
        let gone = async {
            let txn = self.state.store.begin().await?;
            txn.interactive_delete_in_txn(view.row.id).await?;
            txn.commit().await
        };
        gone.await.map_err(|error| self.store_problem(error))?;
        self.state.bus.changed(view.row.owner_id, Topic::Templates);
        Ok(())
    }
}
