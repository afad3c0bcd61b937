//! `/app-settings/` and `/placement/`: an administrator of a portal opens THOTH inside Bitrix24.

use super::call_of;
use super::page::sentence;
use super::words::words;
use crate::accounts::Accounts;
use crate::connect::portal::{AppCall, OpenError, Opened, open};
use crate::state::AppState;
use axum::body::Bytes;
use axum::extract::{RawQuery, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use secrecy::ExposeSecret;

/// Proves who looks and sends them into the panel, under a key of their own.
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
    let words = words(&call.language);
    let refuse =
        |said: &str, again, status| sentence(words, said, call.address.as_ref(), again, status);
    let opened = match open(&state, &call).await {
        Ok(opened) => opened,
        Err(OpenError::UnknownPortal) => {
            return refuse(words.unknown_portal, true, StatusCode::FORBIDDEN);
        }
        Err(OpenError::NotAdmin) => return refuse(words.only_admins, false, StatusCode::FORBIDDEN),
        Err(OpenError::NotProven) => return refuse(words.expired, false, StatusCode::FORBIDDEN),
        Err(error @ OpenError::Silent(_)) => {
            tracing::warn!(%error, "Who opens a page in a portal could not be proven");
            return refuse(words.later, true, StatusCode::SERVICE_UNAVAILABLE);
        }
        Err(OpenError::Store(error)) => {
            tracing::error!(%error, "A page in a portal cannot be opened");
            return refuse(words.later, true, StatusCode::SERVICE_UNAVAILABLE);
        }
    };
    match key(&state, &opened, words.lang).await {
        Ok(key) => Redirect::to(&format!("/frame/{key}{}", place(&call))).into_response(),
        Err(error) => {
            tracing::error!(%error, "A page in a portal cannot be opened");
            refuse(words.later, true, StatusCode::SERVICE_UNAVAILABLE)
        }
    }
}

async fn key(
    state: &AppState,
    opened: &Opened,
    language: &str,
) -> Result<String, crate::accounts::AccountError> {
    let accounts = Accounts::new(
        state.store.clone(),
        state.vault.clone(),
        state.clock.clone(),
    );
    let key = accounts
        .frame_open(opened.owner, opened.portal, &opened.bitrix_user, language)
        .await?;
    Ok(key.expose_secret().to_owned())
}

/// The page that was meant: a line's own from the contact centre, else the numbers.
fn place(call: &AppCall) -> String {
    let line = call
        .option("LINE")
        .filter(|line| !line.is_empty() && line.bytes().all(|byte| byte.is_ascii_digit()));
    match (call.placement.as_str(), line) {
        ("SETTING_CONNECTOR", Some(line)) => format!("/lines/{line}"),
        _ => "/phones".to_owned(),
    }
}
