use leptos::{prelude::*, server_fn::codec::Json};

#[cfg(feature = "ssr")]
use super::request::{answer, backend, caller};
use crate::model::{Overview, Problem, Traffic};

/// The overview of what the caller may see.
#[server(prefix = "/api/panel", endpoint = "overview", input = Json)]
pub async fn overview_read() -> Result<Overview, Problem> {
    answer(async move {
        let permit = caller().await?.may()?;
        backend()?.overviews.read(permit).await
    })
    .await
}

/// Messages by hour and day, how long they took, what failed: of what the caller may see.
#[server(prefix = "/api/panel", endpoint = "traffic", input = Json)]
pub async fn traffic_read() -> Result<Traffic, Problem> {
    answer(async move {
        let permit = caller().await?.may()?;
        backend()?.overviews.traffic(permit).await
    })
    .await
}
