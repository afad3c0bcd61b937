use leptos::{prelude::*, server_fn::codec::Json};

#[cfg(feature = "ssr")]
use super::request::{answer, backend, caller, id_of};
use crate::model::{
    CallFilter, CallPermissionFilter, CallPermissionRow, CallsPage, Page, PageQuery, Problem,
};

/// One page of the calls the caller may see, with the last days.
#[server(prefix = "/api/panel", endpoint = "calls", input = Json)]
pub async fn call_list(query: PageQuery<CallFilter>) -> Result<CallsPage, Problem> {
    answer(async move {
        let permit = caller().await?.may()?;
        backend()?.calls.list(permit, query).await
    })
    .await
}

/// One page of who may be called.
#[server(prefix = "/api/panel", endpoint = "call_permissions", input = Json)]
pub async fn call_permission_list(
    query: PageQuery<CallPermissionFilter>,
) -> Result<Page<CallPermissionRow>, Problem> {
    answer(async move {
        let permit = caller().await?.may()?;
        backend()?.calls.permissions(permit, query).await
    })
    .await
}

/// Asks a customer for leave to be called and goes back to the list.
#[server(prefix = "/api/panel", endpoint = "call_permission_ask")]
pub async fn call_permission_ask(id: String) -> Result<(), Problem> {
    answer(async move {
        let permit = caller().await?.may()?;
        let backend = backend()?;
        backend.calls.ask(permit, id_of(&id)?).await?;
        backend.exchange.redirect("/calls/permissions?asked=1");
        Ok(())
    })
    .await
}
