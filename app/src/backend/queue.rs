use async_trait::async_trait;

use crate::model::{
    Caller, CauseDetail, CauseFilter, CauseRow, DeadLetterAct, DeadLetterDone, DestinationFilter,
    DestinationId, DestinationRow, DestinationStep, Page, PageQuery, Permit, Problem, Which,
    change, see,
};

/// What people do to the queue.
#[async_trait]
pub trait Queue: Send + Sync {
    /// One page of the causes of dead letters.
    async fn causes(
        &self,
        permit: Permit<see::Deliveries>,
        query: PageQuery<CauseFilter>,
    ) -> Result<Page<CauseRow>, Problem>;

    /// A cause with one page of its dead letters. Errors: `NotFound`, also when nothing dies of it any more.
    async fn cause(
        &self,
        permit: Permit<see::Deliveries>,
        query: PageQuery<CauseFilter>,
    ) -> Result<CauseDetail, Problem>;

    /// Replays or discards dead letters. What is none any more stays as it is. Errors: `NotFound`, when one is
    /// somebody else's; `TooLong` at `reason`.
    async fn act(
        &self,
        permit: Permit<change::Deliveries>,
        caller: &Caller,
        which: Which,
        act: DeadLetterAct,
        reason: String,
    ) -> Result<DeadLetterDone, Problem>;

    /// One page of destinations.
    async fn destinations(
        &self,
        permit: Permit<see::Deliveries>,
        query: PageQuery<DestinationFilter>,
    ) -> Result<Page<DestinationRow>, Problem>;

    /// One destination. Errors: `NotFound`, also when it is somebody else's.
    async fn destination(
        &self,
        permit: Permit<see::Deliveries>,
        id: DestinationId,
    ) -> Result<DestinationRow, Problem>;

    /// Holds a destination, lets it go on, or has it tried now. Errors: `NotFound`; `TooLong` at `reason`.
    async fn step(
        &self,
        permit: Permit<change::Deliveries>,
        caller: &Caller,
        id: DestinationId,
        step: DestinationStep,
        reason: String,
    ) -> Result<(), Problem>;
}
