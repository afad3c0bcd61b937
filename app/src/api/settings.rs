use leptos::{prelude::*, server_fn::codec::Json};

#[cfg(feature = "ssr")]
use super::request::{answer, backend, caller, saved};
use crate::model::{MetaAppSettings, Problem};

/// The Meta app as it is set.
#[server(prefix = "/api/panel", endpoint = "meta_app", input = Json)]
pub async fn meta_app_read() -> Result<MetaAppSettings, Problem> {
    answer(async move {
        let permit = caller().await?.may()?;
        backend()?.meta_apps.read(permit).await
    })
    .await
}

/// Sets the Meta app. An empty secret stays as it is.
#[server(prefix = "/api/panel", endpoint = "meta_app_save")]
pub async fn meta_app_save(
    app_id: String,
    #[server(default)] app_secret: String,
    #[server(default)] config_id: String,
) -> Result<(), Problem> {
    answer(async move {
        let permit = caller().await?.may()?;
        let backend = backend()?;
        let set = backend
            .meta_apps
            .save(permit, &app_id, &app_secret, &config_id);
        set.await.map_err(|problem| {
            problem
                .keep("app_id", &app_id)
                .keep("config_id", &config_id)
        })?;
        backend.exchange.redirect(&saved("/settings"));
        Ok(())
    })
    .await
}
