use leptos::{prelude::*, server_fn::codec::Json};

#[cfg(feature = "ssr")]
use super::request::{answer, backend, caller};
#[cfg(feature = "ssr")]
use crate::model::ProblemCode;
use crate::model::{
    DeliveryDetail, DeliveryFilter, DeliveryPlaces, DeliveryRow, Page, PageQuery, Problem,
};

/// One page of the deliveries the caller may see.
#[server(prefix = "/api/panel", endpoint = "deliveries", input = Json)]
pub async fn delivery_list(query: PageQuery<DeliveryFilter>) -> Result<Page<DeliveryRow>, Problem> {
    answer(async move {
        let permit = caller().await?.may()?;
        backend()?.deliveries.list(permit, query).await
    })
    .await
}

/// One delivery by its printed id; what is no id is not found.
#[server(prefix = "/api/panel", endpoint = "delivery", input = Json)]
pub async fn delivery_find(id: String) -> Result<DeliveryDetail, Problem> {
    answer(async move {
        let permit = caller().await?.may()?;
        let id = id
            .parse()
            .map_err(|_| Problem::new(ProblemCode::NotFound))?;
        backend()?.deliveries.find(permit, id).await
    })
    .await
}

/// The portals and business numbers the list can be narrowed to.
#[server(name = DeliveryPlacesRead, prefix = "/api/panel", endpoint = "delivery_places", input = Json)]
pub async fn delivery_places() -> Result<DeliveryPlaces, Problem> {
    answer(async move {
        let permit = caller().await?.may()?;
        backend()?.deliveries.places(permit).await
    })
    .await
}
