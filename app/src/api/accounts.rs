use leptos::{prelude::*, server_fn::codec::Json};

#[cfg(feature = "ssr")]
use super::request::{answer, backend, caller, required};
#[cfg(feature = "ssr")]
use crate::base::local_path;
use crate::model::{Caller, Problem};

/// Who is signed in. 401 when nobody is.
#[server(prefix = "/api/panel", endpoint = "caller", input = Json)]
pub async fn caller_read() -> Result<Caller, Problem> {
    answer(caller()).await
}

/// Starts a session and goes to `next`, a path of this site. A plain form may send it.
#[server(prefix = "/api/panel", endpoint = "sign_in")]
pub async fn sign_in(
    email: String,
    password: String,
    #[server(default)] next: String,
) -> Result<(), Problem> {
    answer(async move {
        let backend = backend()?;
        required("email", &email)
            .and_then(|()| required("password", &password))
            .map_err(|problem| problem.keep("email", &email))?;
        let signed = backend.accounts.sign_in(email.trim(), &password).await;
        signed.map_err(|problem| problem.keep("email", &email))?;
        backend.exchange.redirect(local_path(&next));
        Ok(())
    })
    .await
}

/// Ends the session and goes to the sign-in page.
#[server(prefix = "/api/panel", endpoint = "sign_out")]
pub async fn sign_out() -> Result<(), Problem> {
    answer(async move {
        let backend = backend()?;
        backend.accounts.sign_out().await?;
        backend.exchange.redirect("/sign-in");
        Ok(())
    })
    .await
}

/// Whether a one-time link may still create the first admin.
#[server(prefix = "/api/panel", endpoint = "setup_pending", input = Json)]
pub async fn setup_pending(token: String) -> Result<bool, Problem> {
    answer(async move { backend()?.accounts.setup_pending(&token).await }).await
}

/// Creates the first admin by the one-time link and signs them in.
#[server(prefix = "/api/panel", endpoint = "setup_finish")]
pub async fn setup_finish(token: String, email: String, password: String) -> Result<(), Problem> {
    answer(async move {
        let backend = backend()?;
        required("email", &email)
            .and_then(|()| required("password", &password))
            .map_err(|problem| problem.keep("email", &email))?;
        let made = backend
            .accounts
            .setup_first_admin(&token, email.trim(), &password)
            .await;
        made.map_err(|problem| problem.keep("email", &email))?;
        backend.exchange.redirect("/");
        Ok(())
    })
    .await
}
