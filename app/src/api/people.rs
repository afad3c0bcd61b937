use leptos::{prelude::*, server_fn::codec::Json};

#[cfg(feature = "ssr")]
use super::request::{answer, backend, caller, id_of, required, saved};
use crate::model::{Account, Page, PageQuery, PersonFilter, PersonRow, Problem, Role};

/// The caller's own account.
#[server(prefix = "/api/panel", endpoint = "account", input = Json)]
pub async fn account_read() -> Result<Account, Problem> {
    answer(async move {
        let caller = caller().await?;
        backend()?.people.account(&caller).await
    })
    .await
}

/// Another password for the caller. Other sessions end.
#[server(prefix = "/api/panel", endpoint = "password_change")]
pub async fn password_change(current: String, password: String) -> Result<(), Problem> {
    answer(async move {
        let caller = caller().await?;
        let backend = backend()?;
        required("current", &current)?;
        required("password", &password)?;
        let permit = caller.may()?;
        let changed = backend
            .people
            .password_change(permit, &caller, &current, &password);
        changed.await?;
        backend.exchange.redirect("/account?saved=password");
        Ok(())
    })
    .await
}

/// Ends all sessions of the caller.
#[server(prefix = "/api/panel", endpoint = "sign_out_everywhere")]
pub async fn sign_out_everywhere() -> Result<(), Problem> {
    answer(async move {
        let caller = caller().await?;
        let backend = backend()?;
        backend
            .people
            .sign_out_everywhere(caller.may()?, &caller)
            .await?;
        backend.exchange.redirect("/sign-in");
        Ok(())
    })
    .await
}

/// A new webhook key for the caller.
#[server(prefix = "/api/panel", endpoint = "key_rotate")]
pub async fn key_rotate() -> Result<(), Problem> {
    answer(async move {
        let caller = caller().await?;
        let backend = backend()?;
        backend.people.key_rotate(caller.may()?, &caller).await?;
        backend.exchange.redirect("/account?saved=key");
        Ok(())
    })
    .await
}

/// Switches the caller's webhook key of before off.
#[server(prefix = "/api/panel", endpoint = "key_old_off")]
pub async fn key_old_off() -> Result<(), Problem> {
    answer(async move {
        let caller = caller().await?;
        let backend = backend()?;
        backend.people.key_old_off(caller.may()?, &caller).await?;
        backend.exchange.redirect("/account?saved=off");
        Ok(())
    })
    .await
}

/// One page of everybody.
#[server(prefix = "/api/panel", endpoint = "people", input = Json)]
pub async fn person_list(query: PageQuery<PersonFilter>) -> Result<Page<PersonRow>, Problem> {
    answer(async move {
        let permit = caller().await?.may()?;
        backend()?.people.list(permit, query).await
    })
    .await
}

/// One person by their printed id.
#[server(prefix = "/api/panel", endpoint = "person", input = Json)]
pub async fn person_find(id: String) -> Result<PersonRow, Problem> {
    answer(async move {
        let permit = caller().await?.may()?;
        backend()?.people.find(permit, id_of(&id)?).await
    })
    .await
}

/// Adds somebody and goes to the list.
#[server(prefix = "/api/panel", endpoint = "person_add")]
pub async fn person_add(email: String, password: String, role: Role) -> Result<(), Problem> {
    answer(async move {
        let permit = caller().await?.may()?;
        let backend = backend()?;
        let added = async {
            required("email", &email)?;
            required("password", &password)?;
            backend.people.add(permit, &email, &password, role).await
        };
        added
            .await
            .map_err(|problem| problem.keep("email", &email).keep("role", role.as_str()))?;
        backend.exchange.redirect(&saved("/users"));
        Ok(())
    })
    .await
}

/// Changes somebody's role, and their password where one is given.
#[server(prefix = "/api/panel", endpoint = "person_edit")]
pub async fn person_edit(
    id: String,
    role: Role,
    #[server(default)] password: String,
) -> Result<(), Problem> {
    answer(async move {
        let permit = caller().await?.may()?;
        let backend = backend()?;
        backend
            .people
            .edit(permit, id_of(&id)?, role, &password)
            .await
            .map_err(|problem| problem.keep("role", role.as_str()))?;
        backend.exchange.redirect(&saved("/users"));
        Ok(())
    })
    .await
}

/// Deletes somebody and goes to the list.
#[server(prefix = "/api/panel", endpoint = "person_delete")]
pub async fn person_delete(id: String) -> Result<(), Problem> {
    answer(async move {
        let permit = caller().await?.may()?;
        let backend = backend()?;
        backend.people.delete(permit, id_of(&id)?).await?;
        backend.exchange.redirect("/users");
        Ok(())
    })
    .await
}
