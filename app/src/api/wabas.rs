use leptos::{prelude::*, server_fn::codec::Json};

#[cfg(feature = "ssr")]
use super::request::{answer, backend, caller, confirmed, saved};
#[cfg(feature = "ssr")]
use crate::model::WabaForm;
use crate::model::{
    Owner, Page, PageQuery, Problem, WabaBelongings, WabaDetail, WabaFilter, WabaRow, WabaSetup,
};

/// One page of the WABAs the caller may see.
#[server(prefix = "/api/panel", endpoint = "wabas", input = Json)]
pub async fn waba_list(query: PageQuery<WabaFilter>) -> Result<Page<WabaRow>, Problem> {
    answer(async move {
        let permit = caller().await?.may()?;
        backend()?.wabas.list(permit, query).await
    })
    .await
}

/// The caller's callback URL, and whether a login with Facebook can be begun.
#[server(prefix = "/api/panel", endpoint = "waba_setup", input = Json)]
pub async fn waba_setup_read() -> Result<WabaSetup, Problem> {
    answer(async move {
        let permit = caller().await?.may()?;
        backend()?.wabas.setup(permit).await
    })
    .await
}

/// One WABA by its printed id; what is no id is not found.
#[server(prefix = "/api/panel", endpoint = "waba", input = Json)]
pub async fn waba_find(id: String) -> Result<WabaDetail, Problem> {
    answer(async move {
        let permit = caller().await?.may()?;
        backend()?
            .wabas
            .find(permit, super::request::id(&id)?)
            .await
    })
    .await
}

/// Who may own a WABA that the caller adds.
#[server(prefix = "/api/panel", endpoint = "waba_owners", input = Json)]
pub async fn waba_owners() -> Result<Vec<Owner>, Problem> {
    answer(async move {
        let permit = caller().await?.may()?;
        backend()?.wabas.owners(permit).await
    })
    .await
}

/// Adds a WABA and goes to its page.
#[server(prefix = "/api/panel", endpoint = "waba_add")]
pub async fn waba_add(
    access_token: String,
    #[server(default)] name: String,
    #[server(default)] waba_id: String,
    #[server(default)] app_id: String,
    #[server(default)] app_secret: String,
    #[server(default)] owner: String,
) -> Result<(), Problem> {
    answer(async move {
        let permit = caller().await?.may()?;
        let form = WabaForm {
            name,
            access_token,
            waba_id,
            app_id,
            app_secret,
            owner,
        };
        let backend = backend()?;
        let id = backend.wabas.add(permit, form).await?;
        backend.exchange.redirect(&saved(&format!("/wabas/{id}")));
        Ok(())
    })
    .await
}

/// Changes a WABA and goes to its page. An empty secret stays as it is.
#[server(prefix = "/api/panel", endpoint = "waba_edit")]
pub async fn waba_edit(
    id: String,
    #[server(default)] name: String,
    #[server(default)] access_token: String,
    #[server(default)] waba_id: String,
    #[server(default)] app_id: String,
    #[server(default)] app_secret: String,
) -> Result<(), Problem> {
    answer(async move {
        let permit = caller().await?.may()?;
        let owner = String::new();
        let form = WabaForm {
            name,
            access_token,
            waba_id,
            app_id,
            app_secret,
            owner,
        };
        let backend = backend()?;
        backend
            .wabas
            .edit(permit, super::request::id(&id)?, form)
            .await?;
        backend.exchange.redirect(&saved(&format!("/wabas/{id}")));
        Ok(())
    })
    .await
}

/// What goes with a WABA.
#[server(prefix = "/api/panel", endpoint = "waba_belongings", input = Json)]
pub async fn waba_belongings_read(id: String) -> Result<WabaBelongings, Problem> {
    answer(async move {
        let permit = caller().await?.may()?;
        backend()?
            .wabas
            .belongings(permit, super::request::id(&id)?)
            .await
    })
    .await
}

/// Deletes a WABA with what goes with it, once its name is typed, and goes to the list.
#[server(prefix = "/api/panel", endpoint = "waba_delete")]
pub async fn waba_delete(id: String, #[server(default)] typed: String) -> Result<(), Problem> {
    answer(async move {
        let permit = caller().await?.may()?;
        let backend = backend()?;
        let waba = super::request::id(&id)?;
        let goes = backend.wabas.belongings(permit, waba).await?;
        confirmed(&typed, &goes.name)?;
        backend.wabas.delete(permit, waba).await?;
        backend.exchange.redirect("/wabas");
        Ok(())
    })
    .await
}

/// Asks Meta about a WABA now, and goes back to its page.
#[server(prefix = "/api/panel", endpoint = "waba_check")]
pub async fn waba_check(id: String) -> Result<(), Problem> {
    answer(async move {
        let permit = caller().await?.may()?;
        let backend = backend()?;
        backend
            .wabas
            .check(permit, super::request::id(&id)?)
            .await?;
        backend.exchange.redirect(&format!("/wabas/{id}"));
        Ok(())
    })
    .await
}
