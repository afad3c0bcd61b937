//! Destinations are held, let go on, and probed.

use super::QueueDesk;
use crate::bus::Topic;
use crate::errands::Errand;
use crate::outbox::DestinationKind;
use crate::store::{Actor, DestinationView, NewAudit, Scope, StoreError, Txn};
use uuid::Uuid;

/// What is done with a destination.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    Hold,
    Resume,
    Probe,
}

impl Step {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Hold => "hold",
            Self::Resume => "resume",
            Self::Probe => "probe",
        }
    }
}

impl QueueDesk {
    /// Holds a destination: nothing leaves for it on any node, but for what is on its way already. `None` when there
    /// is none in this scope; false when it was held before.
    pub async fn hold(
        &self,
        scope: Scope,
        actor: &Actor,
        id: Uuid,
        reason: &str,
    ) -> Result<Option<bool>, StoreError> {
        self.step(scope, actor, id, Step::Hold, reason).await
    }

    /// Lets a destination go on. `None` when there is none in this scope; false when it was not held.
    pub async fn resume(
        &self,
        scope: Scope,
        actor: &Actor,
        id: Uuid,
    ) -> Result<Option<bool>, StoreError> {
        self.step(scope, actor, id, Step::Resume, "").await
    }

    /// Has a destination tried now: what is due leaves, and its portal or phone is checked. `None` when there is none
    /// in this scope.
    pub async fn probe(
        &self,
        scope: Scope,
        actor: &Actor,
        id: Uuid,
    ) -> Result<Option<bool>, StoreError> {
        self.step(scope, actor, id, Step::Probe, "").await
    }

    async fn step(
        &self,
        scope: Scope,
        actor: &Actor,
        id: Uuid,
        step: Step,
        reason: &str,
    ) -> Result<Option<bool>, StoreError> {
        let Some(view) = self.store.destination_view(scope, id).await? else {
            return Ok(None);
        };
        let now = self.clock.now();
        let txn = self.store.begin().await?;
        let changed = match step {
            Step::Hold => {
                let by = &actor.name;
                txn.destination_hold_in_txn(id, by, reason.trim(), now)
                    .await?
            }
            Step::Resume => txn.destination_resume_in_txn(id).await?,
            Step::Probe => {
                txn.destination_probe_in_txn(id).await?;
                check_in_txn(&txn, &view, now).await?;
                true
            }
        };
        if changed {
            let audit = NewAudit {
                owner: view.owner,
                actor,
                action: step.as_str(),
                delivery: None,
                destination: Some(id),
                reason: Some(reason.trim()).filter(|reason| !reason.is_empty()),
                detail: None,
            };
            txn.audit_write_in_txn(&audit, now).await?;
        }
        txn.commit().await?;
        self.bus.delivery_came(view.row.target_id);
        self.bus.errand_came();
        self.bus.changed(view.owner, Topic::Deliveries);
        Ok(Some(changed))
    }
}

async fn check_in_txn(txn: &Txn, view: &DestinationView, now: i64) -> Result<(), StoreError> {
    let errand = match view.kind {
        DestinationKind::Portal => Errand::PortalCheck {
            portal: view.row.target_id,
        },
        DestinationKind::Phone => Errand::PhoneCheck {
            phone: view.row.target_id,
        },
    };
    txn.errand_hasten_in_txn(&errand.row(now, now)?).await
}
