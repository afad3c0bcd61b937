use leptos::{prelude::*, server_fn::codec::Json};

#[cfg(feature = "ssr")]
use super::request::{answer, backend, caller, id as read_id, saved};
use crate::model::{LoginFound, Problem};

/// What the caller's own login with Facebook brought.
#[server(prefix = "/api/panel", endpoint = "login", input = Json)]
pub async fn login_find(id: String) -> Result<LoginFound, Problem> {
    answer(async move {
        let permit = caller().await?.may()?;
        backend()?.wabas.login(permit, read_id(&id)?).await
    })
    .await
}

/// Reads anew what the login reaches.
#[server(prefix = "/api/panel", endpoint = "login_read")]
pub async fn login_read(id: String) -> Result<(), Problem> {
    answer(async move {
        let permit = caller().await?.may()?;
        let backend = backend()?;
        backend.wabas.login_read(permit, read_id(&id)?).await?;
        backend.exchange.redirect(&format!("/wabas/connect/{id}"));
        Ok(())
    })
    .await
}

/// Connects what was ticked, and goes to the WABA, or to the list when there are several.
#[server(prefix = "/api/panel", endpoint = "login_connect")]
pub async fn login_connect(
    id: String,
    #[server(default)] wabas: Vec<String>,
    #[server(default)] numbers: Vec<String>,
    #[server(default)] owner: String,
) -> Result<(), Problem> {
    answer(async move {
        let permit = caller().await?.may()?;
        let backend = backend()?;
        let login = read_id(&id)?;
        let ticked = [
            ("wabas", wabas.join(" ")),
            ("numbers", numbers.join(" ")),
            ("owner", owner.clone()),
        ];
        let connected = backend
            .wabas
            .login_connect(permit, login, wabas, numbers, owner)
            .await
            .map_err(|problem| problem.keep_all(&ticked))?;
        let path = match connected.as_slice() {
            [only] => format!("/wabas/{only}"),
            _ => "/wabas".to_owned(),
        };
        backend.exchange.redirect(&saved(&path));
        Ok(())
    })
    .await
}
