use leptos::{prelude::*, server_fn::codec::Json};

#[cfg(feature = "ssr")]
use super::{
    posted::refused,
    request::{answer, backend, caller, confirmed, id_of, saved},
};
#[cfg(feature = "ssr")]
use crate::model::TemplateId;
use crate::model::{
    PageQuery, Problem, TemplateDetail, TemplateEnd, TemplateFilter, TemplateFormStart,
    TemplatesPage,
};

/// One page of the templates of a WABA.
#[server(prefix = "/api/panel", endpoint = "templates", input = Json)]
pub async fn template_list(
    waba: String,
    query: PageQuery<TemplateFilter>,
) -> Result<TemplatesPage, Problem> {
    answer(async move {
        let permit = caller().await?.may()?;
        backend()?
            .templates
            .list(permit, id_of(&waba)?, query)
            .await
    })
    .await
}

/// One template by its printed id.
#[server(prefix = "/api/panel", endpoint = "template", input = Json)]
pub async fn template_find(id: String) -> Result<TemplateDetail, Problem> {
    answer(async move {
        let permit = caller().await?.may()?;
        backend()?.templates.find(permit, id_of(&id)?).await
    })
    .await
}

/// What the form for a new template of a WABA begins with, or what it came back with.
#[server(prefix = "/api/panel", endpoint = "template_start", input = Json)]
pub async fn template_start(waba: String) -> Result<TemplateFormStart, Problem> {
    answer(async move {
        let permit = caller().await?.may()?;
        let start = backend()?.templates.start(permit, id_of(&waba)?).await?;
        let refused = refused();
        Ok(TemplateFormStart { refused, ..start })
    })
    .await
}

/// Has Meta asked for all templates of a WABA and goes back to them.
#[server(prefix = "/api/panel", endpoint = "template_sync")]
pub async fn template_sync(waba: String) -> Result<(), Problem> {
    answer(async move {
        let permit = caller().await?.may()?;
        let backend = backend()?;
        backend.templates.sync(permit, id_of(&waba)?).await?;
        backend
            .exchange
            .redirect(&format!("/wabas/{waba}/templates"));
        Ok(())
    })
    .await
}

/// Makes a template available in Bitrix24, or hides it there, and goes back to its page.
#[server(prefix = "/api/panel", endpoint = "template_offer")]
pub async fn template_offer(id: String, #[server(default)] offered: bool) -> Result<(), Problem> {
    answer(async move {
        let permit = caller().await?.may()?;
        let backend = backend()?;
        backend
            .templates
            .offer(permit, id_of(&id)?, offered)
            .await?;
        backend
            .exchange
            .redirect(&saved(&format!("/templates/{id}")));
        Ok(())
    })
    .await
}

/// Makes a template a phone's default for closed windows, or no longer, and goes back to its page.
#[server(prefix = "/api/panel", endpoint = "template_choose")]
pub async fn template_choose(
    id: String,
    phone: String,
    #[server(default)] chosen: bool,
    #[server(default)] when_closed: bool,
) -> Result<(), Problem> {
    answer(async move {
        let permit = caller().await?.may()?;
        let backend = backend()?;
        let (template, phone) = (id_of(&id)?, id_of(&phone)?);
        backend
            .templates
            .choose(permit, template, phone, chosen, when_closed)
            .await?;
        backend
            .exchange
            .redirect(&saved(&format!("/templates/{id}")));
        Ok(())
    })
    .await
}

/// What happened to a template was seen; goes back to the list of its WABA.
#[server(prefix = "/api/panel", endpoint = "template_seen")]
pub async fn template_seen(id: String) -> Result<(), Problem> {
    answer(async move {
        let permit = caller().await?.may()?;
        let backend = backend()?;
        let waba = backend.templates.seen(permit, id_of(&id)?).await?;
        backend
            .exchange
            .redirect(&format!("/wabas/{waba}/templates"));
        Ok(())
    })
    .await
}

/// Deletes a template at Meta, once its name is typed, and goes to the list of its WABA.
#[server(prefix = "/api/panel", endpoint = "template_delete")]
pub async fn template_delete(
    id: String,
    #[server(default)] end: TemplateEnd,
    #[server(default)] typed: String,
) -> Result<(), Problem> {
    answer(async move {
        let caller = caller().await?;
        let backend = backend()?;
        let template: TemplateId = id_of(&id)?;
        let found = backend.templates.find(caller.may()?, template).await?;
        let kept = match end {
            TemplateEnd::Language => "language",
            TemplateEnd::Name => "name",
        };
        let ended = async {
            confirmed(&typed, &found.row.name)?;
            backend.templates.delete(caller.may()?, template, end).await
        };
        let waba = ended.await.map_err(|problem| problem.keep("end", kept))?;
        backend
            .exchange
            .redirect(&format!("/wabas/{waba}/templates"));
        Ok(())
    })
    .await
}
