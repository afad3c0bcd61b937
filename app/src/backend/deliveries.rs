use async_trait::async_trait;

use crate::model::{
    DeliveryDetail, DeliveryFilter, DeliveryId, DeliveryPlaces, DeliveryRow, Page, PageQuery,
    Permit, Problem, see,
};

/// Deliveries.
#[async_trait]
pub trait Deliveries: Send + Sync {
    /// One page of them.
    async fn list(
        &self,
        permit: Permit<see::Deliveries>,
        query: PageQuery<DeliveryFilter>,
    ) -> Result<Page<DeliveryRow>, Problem>;

    /// One of them. Errors: `NotFound`, also when it is somebody else's.
    async fn find(
        &self,
        permit: Permit<see::Deliveries>,
        id: DeliveryId,
    ) -> Result<DeliveryDetail, Problem>;

    /// The portals and business numbers the list can be narrowed to; a hundred of each at most.
    async fn places(&self, permit: Permit<see::Deliveries>) -> Result<DeliveryPlaces, Problem>;
}
