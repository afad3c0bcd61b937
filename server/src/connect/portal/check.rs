//! Asking how a portal is, and mending its events.

use super::claim::claim;
use super::error::InstallError;
use super::events::reconcile;
use super::give::Writing;
use crate::bitrix::app::{Profile, profile, scopes};
use crate::bitrix::connector::register;
use crate::bitrix::{CallError, PortalAddress, PortalKeys};
use crate::bus::Topic;
use crate::connect::phone::card;
use crate::connect::{Check, name};
use crate::errands::Outcome;
use crate::keyring::portal_keys;
use crate::state::AppState;
use crate::store::StoreError;
use crate::store::entities::portal;
use std::time::Duration;
use uuid::Uuid;

/// How often a portal is asked about, and how soon again when it did not answer.
const EVERY: Duration = Duration::from_secs(15 * 60);
const SOON: Duration = Duration::from_secs(60);

/// Users of a portal that are asked whether they are its administrators.
const USERS_TRIED: usize = 3;

/// The scopes the app is asked to have; without the first two there is no conversation.
pub const NEEDED_SCOPES: [&str; 10] = [
    "imopenlines",
    "imconnector",
    "contact_center",
    "placement",
    "messageservice",
    "im",
    "crm",
    "user",
    "disk",
    "telephony",
];

/// Checks token, rights, scopes and events, and notes what was found.
pub async fn check(state: &AppState, portal: Uuid) -> Result<Outcome, StoreError> {
    let Some(row) = state.store.portal_find(portal).await? else {
        return Ok(Outcome::Done);
    };
    let claimed = claimed(state, &row).await?;
    if row.member_id.is_empty() || row.state != "ok" {
        return Ok(claimed);
    }
    let keys = match portal_keys(&state.vault, &row) {
        Ok(keys) => keys,
        Err(error) => {
            tracing::error!(%error, %portal, "A portal's keys cannot be opened");
            note(
                state,
                &row,
                &without(Check::bad(name::PORTAL_TOKEN, "keys_unreadable")),
            )
            .await?;
            return Ok(Outcome::Again(EVERY));
        }
    };
    let checks = noted(state, &row, &keys).await?;
    let silent = checks.iter().any(|check| check.state() == "unknown");
    Ok(match claimed {
        Outcome::Done if !silent => Outcome::Again(EVERY),
        Outcome::Done | Outcome::Again(_) => Outcome::Again(SOON),
    })
}

/// The checks of a portal now, for a page that somebody waits for.
pub async fn ask_now(state: &AppState, portal: Uuid) -> Vec<Check> {
    let asked = async {
        let row = state.store.portal_find(portal).await?;
        let Some(row) = row else {
            return Ok(Vec::new());
        };
        match portal_keys(&state.vault, &row) {
            Ok(keys) => {
                let mut checks = noted(state, &row, &keys).await?;
                if checks.iter().all(Check::is_ok) {
                    checks.push(registered(state, &keys).await);
                }
                Ok(checks)
            }
            Err(error) => {
                tracing::error!(%error, %portal, "A portal's keys cannot be opened");
                Ok(vec![Check::bad(name::PORTAL_TOKEN, "keys_unreadable")])
            }
        }
    };
    asked.await.unwrap_or_else(|error: StoreError| {
        tracing::error!(%error, "What a portal's check found could not be noted");
        vec![Check::unknown(name::PORTAL_TOKEN, "no_answer")]
    })
}

/// The connector's tile in the contact centre.
async fn registered(state: &AppState, keys: &PortalKeys) -> Check {
    match register(&state.remotes.bitrix, keys, &card(state)).await {
        Ok(()) => Check::ok(name::LINK_REGISTER, "registered"),
        Err(error) => told(name::LINK_REGISTER, &error),
    }
}

async fn noted(
    state: &AppState,
    row: &portal::Model,
    keys: &PortalKeys,
) -> Result<Vec<Check>, StoreError> {
    let checks = ask(state, keys).await;
    note(state, row, &checks).await?;
    Ok(checks)
}

async fn note(state: &AppState, row: &portal::Model, checks: &[Check]) -> Result<(), StoreError> {
    let findings: Vec<_> = checks.iter().map(Check::finding).collect();
    let now = state.clock.now();
    state.store.checks_note(row.id, &findings, now).await?;
    state.bus.changed(row.owner_id, Topic::Portals);
    state.bus.changed(row.owner_id, Topic::Phones);
    Ok(())
}

/// The checks when the token is not well: nothing else can be known.
fn without(token: Check) -> Vec<Check> {
    let others = [name::PORTAL_ADMIN, name::SCOPES, name::EVENTS];
    let others = others.map(|name| Check::unknown(name, "no_token"));
    std::iter::once(token).chain(others).collect()
}

/// An installation may wait for the portal that could not be proven when it came.
async fn claimed(state: &AppState, row: &portal::Model) -> Result<Outcome, StoreError> {
    match claim(state, row, Writing::Known).await {
        Ok(_) => Ok(Outcome::Done),
        Err(InstallError::Store(error)) => Err(error),
        Err(error) if error.is_silence() => Ok(Outcome::Again(SOON)),
        Err(error) => {
            tracing::warn!(%error, portal = %row.id, "An installation that waited could not be claimed");
            Ok(Outcome::Done)
        }
    }
}

/// Stores the address of a portal that was renamed.
async fn moved(state: &AppState, portal: Uuid, to: &PortalAddress) {
    let (protocol, domain) = (to.protocol().as_str(), to.domain());
    if let Err(error) = state
        .store
        .portal_set_address(portal, protocol, domain)
        .await
    {
        tracing::warn!(%error, %portal, "A portal's new address could not be stored");
    }
}

/// Who the portal's token belongs to. A user who is no administrator any more steps behind the others.
async fn administrator(state: &AppState, keys: &PortalKeys) -> Result<Profile, CallError> {
    let api = &state.remotes.bitrix;
    let mut found = profile(api, keys).await?;
    for _ in 0..USERS_TRIED {
        let noted = state
            .store
            .portal_token_note_admin(keys.id, &found.user_id, found.is_admin)
            .await;
        let is_news = noted.unwrap_or_else(|error| {
            tracing::warn!(%error, "Who is an administrator of a portal could not be noted");
            false
        });
        if found.is_admin || !is_news {
            break;
        }
        found = profile(api, keys).await?;
    }
    Ok(found)
}

/// The four checks. When the token does not work nothing else can be known.
pub(super) async fn ask(state: &AppState, keys: &PortalKeys) -> Vec<Check> {
    let api = &state.remotes.bitrix;
    let profile = match administrator(state, keys).await {
        Ok(profile) => profile,
        Err(error) => return without(told(name::PORTAL_TOKEN, &error)),
    };
    if let Some(address) = &profile.moved_to {
        moved(state, keys.id, address).await;
    }
    let admin = if profile.is_admin {
        Check::ok(name::PORTAL_ADMIN, "admin")
    } else {
        Check::bad(name::PORTAL_ADMIN, "not_admin")
    };
    let scopes = match scopes(api, keys).await {
        Ok(found) => scopes_check(&found),
        Err(error) => told(name::SCOPES, &error),
    };
    let events = match reconcile(state, keys).await {
        Ok(count) => Check::ok(name::EVENTS, "bound").arg("count", count),
        Err(error) => told(name::EVENTS, &error),
    };
    vec![
        Check::ok(name::PORTAL_TOKEN, "token_good").arg("user", profile.user_id),
        admin,
        scopes,
        events,
    ]
}

fn scopes_check(found: &[String]) -> Check {
    let missing = |needed: &[&str]| -> Vec<String> {
        needed
            .iter()
            .filter(|scope| !found.iter().any(|other| other == *scope))
            .map(|scope| (*scope).to_owned())
            .collect()
    };
    let vital = missing(NEEDED_SCOPES.get(..2).unwrap_or_default());
    if !vital.is_empty() {
        return Check::bad(name::SCOPES, "scopes_missing").arg("scopes", vital.join(", "));
    }
    let later = missing(&NEEDED_SCOPES);
    if later.is_empty() {
        Check::ok(name::SCOPES, "scopes_all")
    } else {
        Check::ok(name::SCOPES, "scopes_enough").arg("scopes", later.join(", "))
    }
}

/// What a failed call says of a check.
fn told(name: &'static str, error: &CallError) -> Check {
    match error {
        CallError::Reauthorize | CallError::InvalidToken { .. } | CallError::UserGone { .. } => {
            Check::bad(name, "tokens_dead")
        }
        CallError::Refused { .. } | CallError::Denied { .. } | CallError::Overload => {
            Check::bad(name, "refused").reason(error.said())
        }
        CallError::ExpiredToken
        | CallError::RateLimited { .. }
        | CallError::OperationLimit { .. }
        | CallError::ServerError { .. }
        | CallError::NotSent { .. }
        | CallError::Unknown { .. } => {
            tracing::info!(%error, check = name, "A portal could not be asked");
            Check::unknown(name, "no_answer")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_a_conversation_needs_is_vital() {
        let all: Vec<String> = NEEDED_SCOPES.map(str::to_owned).into();
        assert_eq!(scopes_check(&all).code(), "scopes_all");
        assert_eq!(scopes_check(&all[..2]).code(), "scopes_enough");
        let bad = scopes_check(&all[1..]);
        assert_eq!((bad.code(), bad.state()), ("scopes_missing", "bad"));
    }
}
