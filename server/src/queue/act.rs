//! Dead letters are replayed, here or elsewhere, or discarded.

use super::QueueDesk;
use super::place::{detail_in_txn, target_in_txn};
use crate::bus::Topic;
use crate::store::{Actor, DeadLetter, NewAudit, Scope, StoreError, Txn};
use std::collections::BTreeSet;
use uuid::Uuid;

/// Most dead letters in one transaction.
pub(super) const CHUNK: usize = 100;

/// How often a transaction is tried that met another one.
const TRIES: u32 = 4;

/// Meta's code for a closed window: what met one may have been sent inside a template.
const CLOSED: &str = "131047";

/// What is done with dead letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    /// They go back into the queue.
    Replay {
        /// To this phone's line, or from this phone, in place of their own.
        to: Option<Uuid>,
    },
    /// They are put away.
    Discard,
}

/// Who wants what done, and why.
#[derive(Clone, Copy)]
pub struct Order<'a> {
    /// Whose dead letters they reach.
    pub scope: Scope,
    /// Who.
    pub actor: &'a Actor,
    /// What.
    pub act: Act,
    /// Why, in their words; may be empty.
    pub reason: &'a str,
}

/// What came of an order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Done {
    /// As many were replayed or discarded.
    pub done: usize,
    /// As many stayed as they were: no dead letters (any more), or not for that target.
    pub left: usize,
}

/// Whose turn it is after a transaction.
#[derive(Default)]
struct News {
    targets: BTreeSet<Uuid>,
    owners: BTreeSet<Uuid>,
}

impl QueueDesk {
    /// Does it with these, a few in a transaction and those of a line in its order.
    pub async fn act(&self, order: &Order<'_>, ids: &[Uuid]) -> Result<Done, StoreError> {
        let chosen = ids.len();
        let ids = self.store.dead_letters_sorted(order.scope, ids).await?;
        let mut all = Done {
            done: 0,
            left: chosen.saturating_sub(ids.len()),
        };
        for chunk in ids.chunks(CHUNK) {
            let done = self.act_on_chunk(order, chunk).await?;
            all.done += done.done;
            all.left += done.left;
        }
        Ok(all)
    }

    async fn act_on_chunk(&self, order: &Order<'_>, ids: &[Uuid]) -> Result<Done, StoreError> {
        let mut tries = 1;
        loop {
            match self.try_chunk(order, ids).await {
                Err(error) if error.is_transient() && tries < TRIES => tries += 1,
                ended => return ended,
            }
        }
    }

    async fn try_chunk(&self, order: &Order<'_>, ids: &[Uuid]) -> Result<Done, StoreError> {
        let now = self.clock.now();
        let mut done = Done::default();
        let mut news = News::default();
        let txn = self.store.begin().await?;
        for id in ids {
            let letter = txn.dead_letter_find_in_txn(order.scope, *id).await?;
            let acted = match &letter {
                Some(letter) => act_in_txn(&txn, order, letter, now).await?,
                None => None,
            };
            match (letter, acted) {
                (Some(letter), Some(target)) => {
                    done.done += 1;
                    news.targets.insert(target);
                    news.owners.insert(letter.owner);
                }
                (Some(_) | None, _) => done.left += 1,
            }
        }
        txn.commit().await?;
        for target in news.targets {
            self.bus.delivery_came(target);
        }
        for owner in news.owners {
            self.bus.changed(owner, Topic::Deliveries);
        }
        Ok(done)
    }
}

/// Does it with one; answers the portal or phone whose turn it is, or nothing where it stays as it was.
async fn act_in_txn(
    txn: &Txn,
    order: &Order<'_>,
    letter: &DeadLetter,
    now: i64,
) -> Result<Option<Uuid>, StoreError> {
    let mut detail = None;
    let (acted, action, target) = match order.act {
        Act::Discard => {
            let acted = txn.dead_letter_discard_in_txn(letter).await?;
            (acted, "discard", letter.target)
        }
        Act::Replay { .. } if is_rescued_in_txn(txn, letter).await? => return Ok(None),
        Act::Replay { to: None } => {
            let acted = txn.dead_letter_replay_in_txn(letter, None, now).await?;
            (acted, "replay", letter.target)
        }
        Act::Replay { to: Some(phone) } => {
            let Some(to) = target_in_txn(txn, letter, phone, now).await? else {
                return Ok(None);
            };
            detail = Some(detail_in_txn(txn, letter.phone, to.phone).await?);
            let acted = txn
                .dead_letter_replay_in_txn(letter, Some(&to), now)
                .await?;
            (acted, "redirect", to.target)
        }
    };
    if !acted {
        return Ok(None);
    }
    let audit = NewAudit {
        owner: letter.owner,
        actor: order.actor,
        action,
        delivery: Some(letter.id),
        destination: None,
        reason: Some(order.reason.trim()).filter(|reason| !reason.is_empty()),
        detail: detail.as_deref(),
    };
    txn.audit_write_in_txn(&audit, now).await?;
    Ok(Some(target))
}

/// What met a closed window and went out inside the default template has arrived: it is not sent again.
async fn is_rescued_in_txn(txn: &Txn, letter: &DeadLetter) -> Result<bool, StoreError> {
    match (letter.code.as_deref(), letter.done_at) {
        (Some(CLOSED), Some(failed_at)) => {
            txn.message_was_rescued_in_txn(letter.conversation, failed_at)
                .await
        }
        (Some(_) | None, _) => Ok(false),
    }
}
