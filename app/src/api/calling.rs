use leptos::{prelude::*, server_fn::codec::Json};

#[cfg(feature = "ssr")]
use super::{
    posted::{Files, Revealed, refused},
    request::{answer, backend, caller, id_of},
};
#[cfg(feature = "ssr")]
use crate::model::PhoneId;
use crate::model::{
    CallingDetail, CallingEvent, CallingShown, CallingState, DriftSide, PasswordShown, Pbx,
    Problem, SetupShown, WhyNoCall,
};

#[cfg(feature = "ssr")]
async fn found(id: &str) -> Result<CallingDetail, Problem> {
    let permit = caller().await?.may()?;
    backend()?.calling.find(permit, id_of(id)?).await
}

/// How a phone's calling stands, and what its form came back with.
#[server(prefix = "/api/panel", endpoint = "calling", input = Json)]
pub async fn calling_find(id: String) -> Result<CallingShown, Problem> {
    answer(async move {
        Ok(CallingShown {
            detail: found(&id).await?,
            refused: refused(),
        })
    })
    .await
}

/// How a phone's calling stands, with the last check of its server.
#[server(prefix = "/api/panel", endpoint = "calling_read", input = Json)]
pub async fn calling_read(id: String) -> Result<CallingDetail, Problem> {
    answer(found(&id)).await
}

/// How a phone's calling stands, in few words.
#[server(prefix = "/api/panel", endpoint = "calling_brief", input = Json)]
pub async fn calling_brief(id: String) -> Result<CallingState, Problem> {
    answer(async move {
        let permit = caller().await?.may()?;
        backend()?.calling.brief(permit, id_of(&id)?).await
    })
    .await
}

/// What a phone's telephone server signs in with, where it was just asked for.
#[server(prefix = "/api/panel", endpoint = "calling_password", input = Json)]
pub async fn calling_password(id: String) -> Result<PasswordShown, Problem> {
    answer(async move {
        let detail = found(&id).await?;
        let (revealed, problems) = refused::<Revealed>().unwrap_or_default();
        Ok(PasswordShown {
            number: detail.number,
            has_password: detail.has_password,
            revealed: revealed.credentials,
            problem: problems.into_iter().next(),
        })
    })
    .await
}

/// The files for a telephone server; with the SIP password where it was just asked for.
#[server(prefix = "/api/panel", endpoint = "calling_setup", input = Json)]
pub async fn calling_setup(id: String, pbx: Pbx) -> Result<SetupShown, Problem> {
    answer(async move {
        let (revealed, problems) = refused::<Files>().unwrap_or_default();
        if let Some(files) = revealed.files {
            // Nobody reaches this but by a form that was let in.
            caller().await?;
            return Ok(SetupShown {
                files,
                with_password: true,
                problem: None,
            });
        }
        let permit = caller().await?.may()?;
        let calling = backend()?.calling;
        let files = match calling.config(permit, id_of(&id)?, pbx, false).await {
            // A number without a server has no files, and that is no failure.
            Err(problem) if problem.is_at("host") => Vec::new(),
            files => files?,
        };
        Ok(SetupShown {
            files,
            with_password: false,
            problem: problems.into_iter().next(),
        })
    })
    .await
}

/// What happened to a phone's calling.
#[server(prefix = "/api/panel", endpoint = "calling_history", input = Json)]
pub async fn calling_history(id: String) -> Result<Vec<CallingEvent>, Problem> {
    answer(async move {
        let permit = caller().await?.may()?;
        backend()?.calling.history(permit, id_of(&id)?).await
    })
    .await
}

/// What stops calls from arriving.
#[server(prefix = "/api/panel", endpoint = "calling_why", input = Json)]
pub async fn calling_why(id: String) -> Result<WhyNoCall, Problem> {
    answer(async move {
        let permit = caller().await?.may()?;
        backend()?.calling.why(permit, id_of(&id)?).await
    })
    .await
}

/// Has everything read at Meta now and goes back to the page.
#[server(prefix = "/api/panel", endpoint = "calling_check")]
pub async fn calling_check(id: String) -> Result<(), Problem> {
    answer(async move {
        let permit = caller().await?.may()?;
        let backend = backend()?;
        backend.calling.check(permit, id_of(&id)?).await?;
        backend.exchange.redirect(&format!("/phones/{id}/calling"));
        Ok(())
    })
    .await
}

/// Ends a difference between here and Meta and goes back to the page.
#[server(prefix = "/api/panel", endpoint = "calling_settle")]
pub async fn calling_settle(id: String, side: DriftSide) -> Result<(), Problem> {
    answer(async move {
        let permit = caller().await?.may()?;
        let backend = backend()?;
        backend.calling.settle(permit, id_of(&id)?, side).await?;
        backend.exchange.redirect(&format!("/phones/{id}/calling"));
        Ok(())
    })
    .await
}

/// Has Meta make another SIP password and goes to it.
#[server(prefix = "/api/panel", endpoint = "calling_rotate")]
pub async fn calling_rotate(id: String) -> Result<(), Problem> {
    answer(async move {
        let permit = caller().await?.may()?;
        let backend = backend()?;
        backend.calling.rotate(permit, id_of(&id)?).await?;
        let password = format!("/phones/{id}/calling/password?new=1");
        backend.exchange.redirect(&password);
        Ok(())
    })
    .await
}

/// Checks a telephone server. That takes seconds: whoever has gone to another page meanwhile is not brought back, and
/// a form that was sent without a script goes back to its page by itself.
#[server(prefix = "/api/panel", endpoint = "calling_trunk")]
pub async fn calling_trunk(
    id: String,
    #[server(default)] host: String,
    #[server(default)] port: String,
    #[server(default)] invite: bool,
) -> Result<(), Problem> {
    answer(async move {
        let permit = caller().await?.may()?;
        let backend = backend()?;
        let phone: PhoneId = id_of(&id)?;
        let mut keep = vec![("host", host.clone()), ("port", port.clone())];
        if invite {
            keep.push(("invite", "true".to_owned()));
        }
        let calling = &backend.calling;
        let report = calling.trunk_check(permit, phone, host, port, invite).await;
        report.map_err(|problem| problem.keep_all(&keep))?;
        Ok(())
    })
    .await
}
