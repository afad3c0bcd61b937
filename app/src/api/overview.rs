use leptos::{prelude::*, server_fn::codec::Json};

#[cfg(feature = "ssr")]
use super::request::{answer, backend, caller};
use crate::model::{Overview, Problem};

/// The overview of what the caller may see.
#[server(prefix = "/api/panel", endpoint = "overview", input = Json)]
pub async fn overview_read() -> Result<Overview, Problem> {
    answer(async move {
        let permit = caller().await?.may()?;
        backend()?.overviews.read(permit).await
    })
    .await
}
