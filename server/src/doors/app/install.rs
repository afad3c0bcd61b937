//! `/app-install/`: the page that Bitrix24 shows until it says that the installation is finished.

use super::call_of;
use super::page::{Line, Mark, Page, sentence};
use super::words::{Words, words};
use crate::connect::portal::{AppCall, InstallError, Installed, ask_now, install};
use crate::connect::{Check, name};
use crate::state::AppState;
use axum::body::Bytes;
use axum::extract::{RawQuery, State};
use axum::http::StatusCode;
use axum::response::Response;
use std::time::Duration;
use url::Url;
use uuid::Uuid;

/// How long a person waits for the portal at most.
const TIME: Duration = Duration::from_secs(25);

/// Proves the installation, binds its events, and only then lets Bitrix24 finish it.
pub(super) async fn receive(
    State(state): State<AppState>,
    RawQuery(query): RawQuery,
    body: Bytes,
) -> Response {
    let Some(call) = call_of(query.as_deref(), &body) else {
        let words = words("en");
        return sentence(
            words,
            words.unreadable,
            None,
            false,
            StatusCode::BAD_REQUEST,
        );
    };
    metrics::counter!(crate::telemetry::name::INSTALLS, "source" => "page").increment(1);
    let words = words(&call.language);
    let done = tokio::time::timeout(TIME, installed(&state, &call, words)).await;
    match done {
        Ok(page) => page.answer(StatusCode::OK),
        Err(_) => {
            let said = words.no_answer.to_owned();
            stopped(&call, words, words.token, said).answer(StatusCode::OK)
        }
    }
}

async fn installed<'a>(state: &AppState, call: &'a AppCall, words: &'static Words) -> Page<'a> {
    match install(state, call).await {
        Ok(Installed::Portal(portal)) => bound(state, call, portal, words).await,
        Ok(Installed::Waits { client_id }) => Page {
            words,
            sentence: words.waits,
            lines: Vec::new(),
            value: client_id.map(|id| (words.waits_id, id)),
            again: true,
            finish: None,
            portal: call.address.as_ref(),
        },
        Err(error) => {
            tracing::warn!(%error, "An installation in a portal's frame did not go through");
            let (label, said) = told(words, &error);
            stopped(call, words, label, said)
        }
    }
}

/// The tokens are there: rights, scopes and events follow.
async fn bound<'a>(
    state: &AppState,
    call: &'a AppCall,
    portal: Uuid,
    words: &'static Words,
) -> Page<'a> {
    let checks = ask_now(state, portal).await;
    let lines: Vec<Line> = checks.iter().map(|check| line(check, words)).collect();
    let is_done = !lines.is_empty() && lines.iter().all(|line| line.mark == Mark::Ok);
    Page {
        words,
        sentence: if is_done { words.done } else { words.stopped },
        lines,
        value: None,
        again: !is_done,
        finish: is_done.then(|| script(state, call)).flatten(),
        portal: call.address.as_ref(),
    }
}

fn line(check: &Check, words: &'static Words) -> Line {
    let label = match check.name() {
        name::PORTAL_ADMIN => words.admin,
        name::SCOPES => words.scopes,
        name::EVENTS => words.events,
        name::LINK_REGISTER => words.connector,
        _ => words.token,
    };
    let said = match check.code() {
        "not_admin" => words.not_admin.to_owned(),
        "scopes_missing" => format!("{}: {}", words.scopes_missing, check.value("scopes")),
        "scopes_enough" => String::new(),
        "no_answer" => format!("{}: {}", words.no_answer, check.value("reason")),
        _ => check.value("reason"),
    };
    let mark = match check.state() {
        "ok" => Mark::Ok,
        "bad" => Mark::Bad,
        _ => Mark::Unknown,
    };
    Line { mark, label, said }
}

fn stopped<'a>(
    call: &'a AppCall,
    words: &'static Words,
    label: &'static str,
    said: String,
) -> Page<'a> {
    Page {
        words,
        sentence: words.stopped,
        lines: vec![Line {
            mark: Mark::Bad,
            label,
            said,
        }],
        value: None,
        again: true,
        finish: None,
        portal: call.address.as_ref(),
    }
}

/// Which step failed, and why.
fn told(words: &'static Words, error: &InstallError) -> (&'static str, String) {
    match error {
        InstallError::NotAdmin => (words.admin, words.not_admin.to_owned()),
        error if error.is_silence() => (words.token, format!("{}: {error}", words.no_answer)),
        error => (words.token, format!("{}: {error}", words.refused)),
    }
}

/// Bitrix24's script: as configured, else by the region whose OAuth server the portal names.
fn script(state: &AppState, call: &AppCall) -> Option<Url> {
    if let Some(url) = &state.config.bitrix_js_url {
        return Some(url.clone());
    }
    let is_west = call
        .server_endpoint
        .as_deref()
        .is_some_and(|endpoint| endpoint.contains("oauth.bitrix.info"));
    let host = if is_west {
        "api.bitrix24.com"
    } else {
        "api.bitrix24.tech"
    };
    Url::parse(&format!("https://{host}/api/v1/")).ok()
}
