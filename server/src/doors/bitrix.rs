//! Bitrix24's door, `/api/bitrix/`: events of portals, proved by the application token.
//!
//! Bitrix24 does not repeat an event whose answer was not 200, so the event is durable
//! before the answer is given. Source: Bitrix24 REST docs, "Events", "Safe event handlers".

use super::BODY_LIMIT;
use super::counting::acknowledged;
use super::refusal::Refusal;
use crate::bitrix::ProofError;
use crate::bitrix::wire::{Event, EventKind, read_event};
use crate::connect::portal::{AppCall, InstallError, install, keep_unproven};
use crate::keyring::application_token_is;
use crate::state::AppState;
use crate::store::NewReceipt;
use crate::store::entities::portal;
use crate::telemetry::name;
use axum::Router;
use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::extract::{DefaultBodyLimit, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::routing::{MethodRouter, post};
use std::time::{Duration, Instant};

/// How long an installation may take before it is kept for later.
const INSTALL_TIME: Duration = Duration::from_secs(15);

/// `/api/bitrix` with and without the trailing slash. `HEAD` is answered: Bitrix24 may probe.
pub fn routes() -> Router<AppState> {
    let door: MethodRouter<AppState> = post(receive)
        .head(|| async { StatusCode::OK })
        .layer(DefaultBodyLimit::max(BODY_LIMIT));
    Router::new()
        .route("/api/bitrix", door.clone())
        .route("/api/bitrix/", door)
}

async fn receive(
    State(state): State<AppState>,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Result<StatusCode, Refusal> {
    let began = Instant::now();
    let body = body?;
    let kind = headers
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok());
    let event = read_event(&body, kind).map_err(|error| {
        tracing::info!(%error, "A body at Bitrix24's door is not an event");
        Refusal::Malformed("the body is not an event")
    })?;
    let sender = sender(&state, &event).await;
    if matches!(event.kind, EventKind::AppInstall | EventKind::AppUpdate) {
        return install_event(&state, &event, sender.is_ok()).await;
    }
    let portal = sender?;
    state
        .receipts
        .write(NewReceipt {
            source: "bitrix",
            owner: portal.owner_id,
            portal: Some(portal.id),
            body: body.into(),
            received_at: state.clock.now(),
        })
        .await?;
    acknowledged(&state, "bitrix", portal.owner_id, began);
    Ok(StatusCode::OK)
}

/// The portal that an event comes from, proven by its application token.
async fn sender(state: &AppState, event: &Event) -> Result<portal::Model, Refusal> {
    let unknown = Refusal::Forbidden("the portal or its application token is not known");
    let (Some(member), Some(token)) = (&event.auth.member_id, &event.auth.application_token) else {
        return Err(unknown);
    };
    let Some(portal) = state.store.portal_by_member(member).await? else {
        return Err(unknown);
    };
    match application_token_is(&state.vault, &portal, token) {
        Ok(true) => Ok(portal),
        Ok(false) => Err(unknown),
        Err(error) => {
            tracing::error!(%error, portal = %portal.id, "An application token cannot be opened");
            Err(Refusal::Unavailable)
        }
    }
}

/// An installation or update of the app: it proves itself by its token, and is done before the answer, or kept.
/// Bitrix24 does not repeat it. One from a known sender whose token proves nothing is answered and changes nothing.
async fn install_event(
    state: &AppState,
    event: &Event,
    is_known: bool,
) -> Result<StatusCode, Refusal> {
    let Some(call) = AppCall::of_event(&event.auth) else {
        return Err(Refusal::Malformed("the event brings no token"));
    };
    metrics::counter!(name::INSTALLS, "source" => "event").increment(1);
    let done = tokio::time::timeout(INSTALL_TIME, install(state, &call)).await;
    let kept = match done {
        Ok(Ok(_)) => return Ok(StatusCode::OK),
        // Not even proven, or nobody knows how far it came: the answer waits for what is durable.
        Ok(Err(InstallError::Proof(ProofError::Silent { .. }))) | Err(_) => {
            keep_unproven(state, &call).await
        }
        // It was kept before the portal was asked, and is tried again.
        Ok(Err(error)) if error.is_silence() => Ok(()),
        Ok(Err(error)) => Err(error),
    };
    match kept {
        Ok(()) => Ok(StatusCode::OK),
        Err(InstallError::Store(error)) => Err(error.into()),
        Err(error) => {
            tracing::warn!(%error, is_known, "An installation of the app was refused");
            if is_known {
                return Ok(StatusCode::OK);
            }
            Err(Refusal::Forbidden("the installation is not proven"))
        }
    }
}
