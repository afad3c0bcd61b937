use leptos::{prelude::*, server_fn::codec::Json};

#[cfg(feature = "ssr")]
use super::request::{answer, backend, caller, id_of, required};
use crate::model::{
    CauseDetail, CauseFilter, CauseRow, DestinationFilter, DestinationRow, Page, PageQuery, Problem,
};
#[cfg(feature = "ssr")]
use crate::model::{CauseKey, DeadLetterAct, DeadLetterDone, DestinationStep, ProblemCode, Which};

/// One page of the causes of dead letters.
#[server(prefix = "/api/panel", endpoint = "causes", input = Json)]
pub async fn cause_list(query: PageQuery<CauseFilter>) -> Result<Page<CauseRow>, Problem> {
    answer(async move {
        let permit = caller().await?.may()?;
        backend()?.queue.causes(permit, query).await
    })
    .await
}

/// A cause with one page of its dead letters.
#[server(prefix = "/api/panel", endpoint = "cause", input = Json)]
pub async fn cause_find(query: PageQuery<CauseFilter>) -> Result<CauseDetail, Problem> {
    answer(async move {
        let permit = caller().await?.may()?;
        backend()?.queue.cause(permit, query).await
    })
    .await
}

/// Replays or discards dead letters of a cause, those that are ticked or all, and goes to the list of causes. `act` is
/// `replay`, `replay_all`, `discard` or `discard_all`.
#[server(prefix = "/api/panel", endpoint = "cause_act")]
pub async fn cause_act(
    owner: String,
    destination: String,
    #[server(default)] code: String,
    #[server(default)] words: String,
    #[server(default)] ids: Vec<String>,
    act: String,
    #[server(default)] to: String,
    #[server(default)] reason: String,
) -> Result<(), Problem> {
    answer(async move {
        let caller = caller().await?;
        let backend = backend()?;
        let permit = caller.may()?;
        let keep = [("reason", reason.clone()), ("to", to.clone())];
        let done = async {
            let (discards, all) = match act.as_str() {
                "replay" => (false, false),
                "replay_all" => (false, true),
                "discard" => (true, false),
                "discard_all" => (true, true),
                _ => return Err(Problem::new(ProblemCode::BadRequest)),
            };
            let way = if discards {
                required("reason", &reason)?;
                DeadLetterAct::Discard
            } else {
                DeadLetterAct::Replay { to: target(&to)? }
            };
            let which = if all {
                Which::All(CauseKey {
                    owner: id_of(&owner)?,
                    destination: id_of(&destination)?,
                    code,
                    words,
                })
            } else if ids.is_empty() {
                return Err(Problem::new(ProblemCode::NothingChosen));
            } else {
                Which::Chosen(ids.iter().map(|id| id_of(id)).collect::<Result<_, _>>()?)
            };
            let done = backend.queue.act(permit, &caller, which, way, reason);
            Ok((discards, done.await?))
        };
        let done: Result<_, Problem> = done.await;
        let (discards, done) = done.map_err(|problem| problem.keep_all(&keep))?;
        let path = told("/deliveries/dead", discards, done);
        backend.exchange.redirect(&path);
        Ok(())
    })
    .await
}

/// Replays one dead letter and goes back to its page.
#[server(prefix = "/api/panel", endpoint = "delivery_replay")]
pub async fn delivery_replay(id: String, #[server(default)] to: String) -> Result<(), Problem> {
    answer(async move {
        let caller = caller().await?;
        let backend = backend()?;
        let which = Which::Chosen(vec![id_of(&id)?]);
        let act = DeadLetterAct::Replay { to: target(&to)? };
        let done = backend
            .queue
            .act(caller.may()?, &caller, which, act, String::new())
            .await?;
        let path = told(&format!("/deliveries/{id}"), false, done);
        backend.exchange.redirect(&path);
        Ok(())
    })
    .await
}

/// Discards one dead letter and goes back to its page.
#[server(prefix = "/api/panel", endpoint = "delivery_discard")]
pub async fn delivery_discard(
    id: String,
    #[server(default)] reason: String,
) -> Result<(), Problem> {
    answer(async move {
        let caller = caller().await?;
        let backend = backend()?;
        let permit = caller.may()?;
        let which = Which::Chosen(vec![id_of(&id)?]);
        required("reason", &reason)?;
        let done = backend
            .queue
            .act(permit, &caller, which, DeadLetterAct::Discard, reason)
            .await?;
        let path = told(&format!("/deliveries/{id}"), true, done);
        backend.exchange.redirect(&path);
        Ok(())
    })
    .await
}

/// One page of destinations.
#[server(prefix = "/api/panel", endpoint = "destinations", input = Json)]
pub async fn destination_list(
    query: PageQuery<DestinationFilter>,
) -> Result<Page<DestinationRow>, Problem> {
    answer(async move {
        let permit = caller().await?.may()?;
        backend()?.queue.destinations(permit, query).await
    })
    .await
}

/// One destination by its printed id.
#[server(prefix = "/api/panel", endpoint = "destination", input = Json)]
pub async fn destination_find(id: String) -> Result<DestinationRow, Problem> {
    answer(async move {
        let permit = caller().await?.may()?;
        backend()?.queue.destination(permit, id_of(&id)?).await
    })
    .await
}

/// Holds a destination, lets it go on, or has it tried now: `step` is `hold`, `resume` or `probe`. Goes back to its
/// page.
#[server(name = DestinationTake, prefix = "/api/panel", endpoint = "destination_step")]
pub async fn destination_step(
    id: String,
    step: String,
    #[server(default)] reason: String,
) -> Result<(), Problem> {
    answer(async move {
        let caller = caller().await?;
        let backend = backend()?;
        let permit = caller.may()?;
        let destination = id_of(&id)?;
        let kept = [("id", id.clone()), ("reason", reason.clone())];
        let way = match step.as_str() {
            "hold" => DestinationStep::Hold,
            "resume" => DestinationStep::Resume,
            "probe" => DestinationStep::Probe,
            _ => return Err(Problem::new(ProblemCode::BadRequest)),
        };
        if way == DestinationStep::Hold {
            required("reason", &reason).map_err(|problem| problem.keep_all(&kept))?;
        }
        let done = backend
            .queue
            .step(permit, &caller, destination, way, reason)
            .await;
        done.map_err(|problem| problem.keep_all(&kept))?;
        backend
            .exchange
            .redirect(&format!("/deliveries/destinations/{id}?done={step}"));
        Ok(())
    })
    .await
}

/// The phone that was chosen; none where things go where they were to go.
#[cfg(feature = "ssr")]
fn target(to: &str) -> Result<Option<crate::model::PhoneId>, Problem> {
    if to.is_empty() {
        Ok(None)
    } else {
        id_of(to).map(Some)
    }
}

/// A page that tells what was done.
#[cfg(feature = "ssr")]
fn told(path: &str, discards: bool, done: DeadLetterDone) -> String {
    let word = if discards { "discarded" } else { "replayed" };
    let more = if done.more { "&more=1" } else { "" };
    format!("{path}?{word}={}&left={}{more}", done.done, done.left)
}
