//! Checking a WABA: its token, its subscription, its numbers.

use super::numbers::{row, silent, tend};
use super::{Fault, Given, Patience, Seen, inspect, meta_app, templates};
use crate::bus::Topic;
use crate::connect::{Check, name};
use crate::errands::{Errand, Outcome};
use crate::state::AppState;
use crate::store::entities::waba;
use crate::store::{StoreError, Txn};
use crate::vault::Place;
use secrecy::SecretString;
use std::time::Duration;
use uuid::Uuid;

/// How often a WABA is asked about.
const EVERY: Duration = Duration::from_secs(15 * 60);

/// How soon again when Meta was silent.
const SOON: Duration = Duration::from_secs(60);

/// Checks it as long as an errand may take.
pub async fn check(state: &AppState, id: Uuid) -> Result<Outcome, StoreError> {
    check_soon(state, id, Patience::of_an_errand()).await
}

/// Asks for the check in a transaction that saves the WABA.
pub async fn ask_in_txn(txn: &Txn, id: Uuid, now: i64) -> Result<(), StoreError> {
    let errand = Errand::WabaCheck { waba: id };
    txn.errand_put_in_txn(&errand.row(now, now)?).await
}

/// Checks it as long as `patience` lasts, notes what was found and tells the pages.
pub async fn check_soon(
    state: &AppState,
    id: Uuid,
    patience: Patience,
) -> Result<Outcome, StoreError> {
    let Some(waba) = state.store.waba_find(id).await? else {
        return Ok(Outcome::Done);
    };
    let token = match state
        .vault
        .open(Place::WabaAccessToken, id, &waba.access_token)
    {
        Ok(token) => token,
        Err(error) => {
            tracing::error!(%error, waba = %id, "An access token cannot be opened");
            let found = without(Check::bad(name::TOKEN, "token_unreadable"));
            note(state, &waba, &found, None).await?;
            tell(state, &waba);
            return Ok(Outcome::Again(EVERY));
        }
    };
    let app = meta_app(state).await?;
    let secret = app_secret(state, &waba);
    let given = Given {
        token: &token,
        waba_id: &waba.waba_id,
        app_id: waba.app_id.as_deref().unwrap_or_default(),
        app_secret: secret.as_ref(),
    };
    let found = inspect(&state.remotes.graph, app.as_ref(), &given, patience).await;
    let (checks, seen) = match found {
        Ok(seen) => {
            let mut checks = said(&seen, state.clock.now());
            if !seen.waba_id.is_empty() && seen.numbers.is_some() {
                checks.push(subscribed(state, &waba, &token, &seen, patience).await);
            }
            (checks, Some(seen))
        }
        Err(fault) => (without(bad(&fault)), None),
    };
    note(state, &waba, &checks, seen.as_ref()).await?;
    let numbers = seen.as_ref().and_then(|seen| seen.numbers.as_deref());
    if let Some(numbers) = numbers {
        tend(state, &waba, &token, numbers, patience).await?;
    }
    tell(state, &waba);
    // A token that is refused is asked about as seldom as a good one.
    let settled = seen.is_none() || checks.iter().all(|check| check.state() != "unknown");
    Ok(Outcome::Again(if settled { EVERY } else { SOON }))
}

fn tell(state: &AppState, waba: &waba::Model) {
    for topic in [Topic::Wabas, Topic::Phones, Topic::Overview] {
        state.bus.changed(waba.owner_id, topic);
    }
}

/// The checks when the token is not well: nothing else can be known.
fn without(token: Check) -> Vec<Check> {
    let others = [name::SUBSCRIBED, name::NUMBERS];
    let others = others.map(|name| Check::unknown(name, "no_token"));
    std::iter::once(token).chain(others).collect()
}

fn app_secret(state: &AppState, waba: &waba::Model) -> Option<SecretString> {
    let sealed = waba.app_secret.as_ref()?;
    match state.vault.open(Place::WabaAppSecret, waba.id, sealed) {
        Ok(secret) => Some(secret),
        Err(error) => {
            tracing::error!(%error, waba = %waba.id, "An app secret cannot be opened");
            None
        }
    }
}

/// What Meta said, as checks.
fn said(seen: &Seen, now: i64) -> Vec<Check> {
    let silence = seen.silence.clone().unwrap_or_default();
    let unasked = |name| Check::unknown(name, "meta_silent").reason(&silence);
    let token = match &seen.facts {
        Some(facts) => {
            let kind = facts.kind.clone().unwrap_or_default();
            let until = facts.expires_at.map(|at| at.saturating_mul(1000));
            let ends_soon = until.is_some_and(|until| until - now < WARNING);
            let code = match until {
                None => "token_permanent",
                Some(_) if ends_soon => "token_ends_soon",
                Some(_) => "token_good",
            };
            let check = Check::ok(name::TOKEN, code).arg("kind", kind);
            match until {
                Some(until) => check.arg("until", until),
                None => check,
            }
        }
        None if seen.numbers.is_some() => Check::ok(name::TOKEN, "token_works"),
        None => unasked(name::TOKEN),
    };
    let numbers = match &seen.numbers {
        Some(numbers) => Check::ok(name::NUMBERS, "numbers_read").arg("count", numbers.len()),
        None => unasked(name::NUMBERS),
    };
    if seen.numbers.is_some() {
        vec![token, numbers]
    } else {
        vec![token, numbers, unasked(name::SUBSCRIBED)]
    }
}

/// How long before its end a token is warned about, in milliseconds.
pub const WARNING: i64 = 7 * 24 * 60 * 60 * 1000;

/// Whether the app gets the WABA's webhooks, after asking for them where it does not.
async fn subscribed(
    state: &AppState,
    waba: &waba::Model,
    token: &SecretString,
    seen: &Seen,
    patience: Patience,
) -> Check {
    let graph = &state.remotes.graph;
    let of_token = seen.facts.as_ref().and_then(|facts| facts.app_id.clone());
    let app = of_token.or_else(|| waba.app_id.clone());
    let listed = patience
        .with(graph.subscribed_apps(token, &seen.waba_id))
        .await;
    let there = match (&listed, &app) {
        (Ok(apps), Some(app)) => apps.contains(app),
        // Some app gets them; whether it is this one is known after asking for it.
        (Ok(_), None) | (Err(_), _) => false,
    };
    if there {
        return Check::ok(name::SUBSCRIBED, "subscribed");
    }
    match patience.with(graph.subscribe(token, &seen.waba_id)).await {
        Ok(()) => Check::ok(name::SUBSCRIBED, "subscribed"),
        Err(trouble) if trouble.is_silence() => silent(name::SUBSCRIBED, &trouble),
        Err(trouble) => Check::bad(name::SUBSCRIBED, "subscribe_refused").reason(trouble.words()),
    }
}

/// A fault as a check of the token.
fn bad(fault: &Fault) -> Check {
    let bad = |code| Check::bad(name::TOKEN, code);
    match fault {
        Fault::TokenRefused(words) => bad("token_refused").reason(words),
        Fault::TokenExpired(at) => {
            let check = bad("token_expired");
            match at {
                Some(at) => check.arg("until", at.saturating_mul(1000)),
                None => check,
            }
        }
        Fault::WrongApp(app) => bad("token_wrong_app").arg("app", app),
        Fault::ScopeMissing(scopes) => bad("token_scope_missing").arg("scopes", scopes),
        Fault::SecretRefused(words) => bad("secret_refused").reason(words),
        Fault::WabaUnreachable(words) => bad("waba_unreachable").reason(words),
        Fault::WabaUnclear(_) => bad("waba_unclear"),
    }
}

async fn note(
    state: &AppState,
    waba: &waba::Model,
    checks: &[Check],
    seen: Option<&Seen>,
) -> Result<(), StoreError> {
    let now = state.clock.now();
    let findings: Vec<_> = checks.iter().map(Check::finding).collect();
    let txn = state.store.begin().await?;
    txn.checks_note_in_txn(waba.id, &findings, now).await?;
    match seen {
        Some(seen) => {
            keep_in_txn(&txn, waba.id, seen, now).await?;
            templates::plan_in_txn(&txn, waba.id, now).await?;
        }
        None => unknown_in_txn(&txn, waba.id, now).await?,
    }
    txn.commit().await
}

/// Without a working token nothing is known of a WABA's numbers any more.
async fn unknown_in_txn(txn: &Txn, waba: Uuid, now: i64) -> Result<(), StoreError> {
    let lost = [name::REGISTERED, name::QUALITY, name::LIMIT];
    let lost = lost.map(|name| Check::unknown(name, "no_token"));
    let findings: Vec<_> = lost.iter().map(Check::finding).collect();
    for phone in txn.phones_of_waba_in_txn(waba).await? {
        txn.checks_note_in_txn(phone, &findings, now).await?;
    }
    Ok(())
}

/// Keeps what Meta said of a WABA besides its checks.
pub(super) async fn keep_in_txn(
    txn: &Txn,
    id: Uuid,
    seen: &Seen,
    now: i64,
) -> Result<(), StoreError> {
    if !seen.waba_id.is_empty() {
        txn.waba_note_id_in_txn(id, &seen.waba_id).await?;
    }
    if let Some(facts) = &seen.facts {
        let until = facts.expires_at.map(|at| at.saturating_mul(1000));
        let scopes = facts.scopes.join(" ");
        txn.waba_note_token_in_txn(id, facts.kind.as_deref(), &scopes, until)
            .await?;
    }
    if let Some(numbers) = &seen.numbers {
        let rows = numbers.iter().map(|number| row(id, number, now)).collect();
        txn.waba_numbers_put_in_txn(id, rows).await?;
    }
    Ok(())
}

/// The checks that what was seen while saving amounts to.
pub(super) fn checks_of(seen: &Seen, now: i64) -> Vec<Check> {
    said(seen, now)
}
