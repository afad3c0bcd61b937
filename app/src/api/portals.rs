use leptos::{prelude::*, server_fn::codec::Json};

#[cfg(feature = "ssr")]
use super::request::{answer, backend, caller, id_of, saved};
#[cfg(feature = "ssr")]
use crate::backend::PortalForm;
use crate::model::{AppValues, Page, PageQuery, PortalDetail, PortalFilter, PortalRow, Problem};

/// One page of the portals the caller may see.
#[server(prefix = "/api/panel", endpoint = "portals", input = Json)]
pub async fn portal_list(query: PageQuery<PortalFilter>) -> Result<Page<PortalRow>, Problem> {
    answer(async move {
        let permit = caller().await?.may()?;
        backend()?.portals.list(permit, query).await
    })
    .await
}

/// One portal by its printed id.
#[server(prefix = "/api/panel", endpoint = "portal", input = Json)]
pub async fn portal_find(id: String) -> Result<PortalDetail, Problem> {
    answer(async move {
        let permit = caller().await?.may()?;
        backend()?.portals.find(permit, id_of(&id)?).await
    })
    .await
}

/// What to type into Bitrix24's form.
#[server(prefix = "/api/panel", endpoint = "portal_values", input = Json)]
pub async fn portal_values() -> Result<AppValues, Problem> {
    answer(async move {
        let permit = caller().await?.may()?;
        backend()?.portals.values(permit).await
    })
    .await
}

/// Adds a portal, or changes the one with this id, and goes to its page.
#[server(prefix = "/api/panel", endpoint = "portal_save")]
pub async fn portal_save(
    #[server(default)] id: String,
    #[server(default)] name: String,
    #[server(default)] client_id: String,
    #[server(default)] client_secret: String,
    #[server(default)] country: String,
    #[server(default)] owner: String,
) -> Result<(), Problem> {
    answer(async move {
        let caller = caller().await?;
        let backend = backend()?;
        let which = if id.is_empty() {
            None
        } else {
            Some(id_of(&id)?)
        };
        let keep = [
            ("name", name.clone()),
            ("client_id", client_id.clone()),
            ("country", country.clone()),
            ("owner", owner.clone()),
        ];
        let form = PortalForm {
            name,
            client_id,
            client_secret,
            country,
            owner,
            caller: caller.user,
        };
        let kept = backend.portals.save(caller.may()?, which, form).await;
        let id = kept.map_err(|problem| problem.keep_all(&keep))?;
        backend.exchange.redirect(&saved(&format!("/portals/{id}")));
        Ok(())
    })
    .await
}

/// Deletes a portal and goes to the list.
#[server(prefix = "/api/panel", endpoint = "portal_delete")]
pub async fn portal_delete(id: String) -> Result<(), Problem> {
    answer(async move {
        let permit = caller().await?.may()?;
        let backend = backend()?;
        backend.portals.delete(permit, id_of(&id)?).await?;
        backend.exchange.redirect("/portals");
        Ok(())
    })
    .await
}

/// Has a portal checked now and goes back to its page.
#[server(prefix = "/api/panel", endpoint = "portal_check")]
pub async fn portal_check(id: String) -> Result<(), Problem> {
    answer(async move {
        let permit = caller().await?.may()?;
        let backend = backend()?;
        backend.portals.check(permit, id_of(&id)?).await?;
        backend.exchange.redirect(&format!("/portals/{id}"));
        Ok(())
    })
    .await
}
