//! All dead letters of a cause, a few in a transaction; what is many goes on as an errand.

use super::QueueDesk;
use super::act::{Act, CHUNK, Done, Order};
use crate::errands::{Errand, Outcome};
use crate::state::AppState;
use crate::store::{Actor, DeathCause, Scope, StoreError};
use serde::{Deserialize, Serialize};
use std::time::Duration;
use uuid::Uuid;

/// As many chunks are done while somebody waits.
const AT_ONCE: usize = 2;

/// As many in one run of the errand, well within its lease.
const A_RUN: usize = 100;

/// An order for all of a cause, as an errand carries it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CauseOrder {
    /// Whose dead letters.
    pub owner: Uuid,
    /// Where they were to go.
    pub destination: Uuid,
    /// The code.
    pub code: String,
    /// The words.
    pub words: String,
    /// Those that ended before this time: what dies again is not replayed again.
    pub before: i64,
    /// As many of them were left as they are.
    pub past: i64,
    /// They are put away.
    pub discard: bool,
    /// They go to this phone's line, or from this phone.
    pub to: Option<Uuid>,
    /// Who wants it.
    pub person: Option<Uuid>,
    /// Their name.
    pub name: String,
    /// Why.
    pub reason: String,
}

impl CauseOrder {
    /// The order for what has died of a cause until now.
    pub fn new(order: &Order<'_>, cause: &DeathCause, now: i64) -> Self {
        let (discard, to) = match order.act {
            Act::Replay { to } => (false, to),
            Act::Discard => (true, None),
        };
        Self {
            owner: cause.owner,
            destination: cause.destination,
            code: cause.code.clone(),
            words: cause.words.clone(),
            // This very millisecond too.
            before: now + 1,
            past: 0,
            discard,
            to,
            person: order.actor.person,
            name: order.actor.name.clone(),
            reason: order.reason.to_owned(),
        }
    }

    fn cause(&self) -> DeathCause {
        DeathCause {
            owner: self.owner,
            destination: self.destination,
            code: self.code.clone(),
            words: self.words.clone(),
        }
    }
}

impl QueueDesk {
    /// Does it with all of a cause that `order` reaches: the first at once, many by an errand. Answers what was done
    /// so far, and whether more follows.
    pub async fn act_on_cause(
        &self,
        order: &Order<'_>,
        cause: &DeathCause,
    ) -> Result<(Done, bool), StoreError> {
        // A frame reaches no dead letter, and an errand acts for the whole owner.
        let is_framed = matches!(order.scope, Scope::Framed { .. });
        if is_framed || !order.scope.covers(cause.owner) {
            return Ok((Done::default(), false));
        }
        let now = self.clock.now();
        let (done, rest) = self
            .go_on(CauseOrder::new(order, cause, now), AT_ONCE)
            .await?;
        let more = rest.is_some();
        if let Some(rest) = rest {
            let errand = Errand::QueueAct { order: rest };
            self.store.errand_put(&errand.row(now, now)?).await?;
            self.bus.errand_came();
        }
        Ok((done, more))
    }

    /// At most so many chunks; answers what is left to do.
    async fn go_on(
        &self,
        mut order: CauseOrder,
        chunks: usize,
    ) -> Result<(Done, Option<CauseOrder>), StoreError> {
        let actor = Actor {
            person: order.person,
            name: order.name.clone(),
        };
        let scope = Scope::Owner(order.owner);
        let act = if order.discard {
            Act::Discard
        } else {
            Act::Replay { to: order.to }
        };
        let cause = order.cause();
        let mut all = Done::default();
        let limit = i64::try_from(CHUNK).unwrap_or(i64::MAX);
        for _ in 0..chunks {
            let ids = self
                .store
                .cause_letters(scope, &cause, order.before, limit, order.past)
                .await?;
            let told = Order {
                scope,
                actor: &actor,
                act,
                reason: &order.reason,
            };
            let done = self.act(&told, &ids).await?;
            all.done += done.done;
            all.left += done.left;
            order.past += i64::try_from(done.left).unwrap_or(i64::MAX);
            if ids.len() < CHUNK {
                return Ok((all, None));
            }
        }
        Ok((all, Some(order)))
    }
}

/// Goes on with an order; what it does not end is asked for again.
pub(crate) async fn cause_errand(
    state: &AppState,
    order: &CauseOrder,
) -> Result<Outcome, StoreError> {
    let desk = QueueDesk::of(state);
    let (_, rest) = desk.go_on(order.clone(), A_RUN).await?;
    match rest {
        None => Ok(Outcome::Done),
        Some(rest) if rest.past == order.past => Ok(Outcome::Again(Duration::ZERO)),
        Some(rest) => {
            let now = state.clock.now();
            let errand = Errand::QueueAct { order: rest };
            state.store.errand_put(&errand.row(now, now)?).await?;
            Ok(Outcome::Done)
        }
    }
}
