use leptos::{prelude::*, server_fn::codec::Json};

#[cfg(feature = "ssr")]
use super::{
    posted::refused,
    request::{answer, backend, caller, id_of},
};
use crate::model::{
    InteractiveDetail, InteractiveFilter, InteractiveFormStart, InteractiveRow, Page, PageQuery,
    Problem,
};

/// One page of the interactive messages the caller may see.
#[server(prefix = "/api/panel", endpoint = "interactives", input = Json)]
pub async fn interactive_list(
    query: PageQuery<InteractiveFilter>,
) -> Result<Page<InteractiveRow>, Problem> {
    answer(async move {
        let permit = caller().await?.may()?;
        backend()?.interactives.list(permit, query).await
    })
    .await
}

/// One interactive message by its printed id.
#[server(prefix = "/api/panel", endpoint = "interactive", input = Json)]
pub async fn interactive_find(id: String) -> Result<InteractiveDetail, Problem> {
    answer(async move {
        let permit = caller().await?.may()?;
        backend()?.interactives.find(permit, id_of(&id)?).await
    })
    .await
}

/// What the form for a message begins with, or what it came back with. Without an id it is for a new one.
#[server(prefix = "/api/panel", endpoint = "interactive_start", input = Json)]
pub async fn interactive_start(id: String) -> Result<InteractiveFormStart, Problem> {
    answer(async move {
        let permit = caller().await?.may()?;
        let which = if id.is_empty() {
            None
        } else {
            Some(id_of(&id)?)
        };
        let start = backend()?.interactives.start(permit, which).await?;
        let refused = refused();
        Ok(InteractiveFormStart { refused, ..start })
    })
    .await
}

/// Deletes an interactive message and goes to the list.
#[server(prefix = "/api/panel", endpoint = "interactive_delete")]
pub async fn interactive_delete(id: String) -> Result<(), Problem> {
    answer(async move {
        let permit = caller().await?.may()?;
        let backend = backend()?;
        backend.interactives.delete(permit, id_of(&id)?).await?;
        backend.exchange.redirect("/interactive");
        Ok(())
    })
    .await
}
