//! The door for SMS, `/api/bitrix/sms/`: what a card of the CRM or a robot wants a number to send.
//!
//! Two things prove the sender: the application token, and the key in the address the portal was given. A robot may
//! come without tokens, so the key alone will do; where both came, both must say the same.
//! Source: Bitrix24 REST docs, "messageservice.sender.add", "Safe event handlers".

use super::BODY_LIMIT;
use super::counting::acknowledged;
use super::refusal::Refusal;
use crate::bitrix::wire::{SmsOrder, read_sms};
use crate::keyring::{SmsKey, application_token_is};
use crate::state::AppState;
use crate::store::entities::portal;
use crate::store::{NewReceipt, Sender};
use axum::Router;
use axum::body::Bytes;
use axum::extract::rejection::{BytesRejection, QueryRejection};
use axum::extract::{DefaultBodyLimit, Query, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::routing::{MethodRouter, post};
use serde::Deserialize;
use std::time::Instant;

/// Said to whoever does not prove that they may send: no more than that.
const UNPROVEN: Refusal = Refusal::Forbidden("the sender is not proven");

/// `/api/bitrix/sms` with and without the trailing slash. `HEAD` is answered: Bitrix24 may probe.
pub fn routes() -> Router<AppState> {
    let door: MethodRouter<AppState> = post(receive)
        .head(|| async { StatusCode::OK })
        .layer(DefaultBodyLimit::max(BODY_LIMIT));
    Router::new()
        .route("/api/bitrix/sms", door.clone())
        .route("/api/bitrix/sms/", door)
}

#[derive(Deserialize)]
struct Knock {
    key: Option<String>,
}

async fn receive(
    State(state): State<AppState>,
    knock: Result<Query<Knock>, QueryRejection>,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Result<&'static str, Refusal> {
    let began = Instant::now();
    let Ok(Query(knock)) = knock else {
        return Err(Refusal::Malformed("the query cannot be read"));
    };
    let body = body?;
    let kind = headers
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok());
    let order = read_sms(&body, kind).map_err(|error| {
        tracing::info!(%error, "A body at the door for SMS is no SMS");
        Refusal::Malformed("the body is no SMS")
    })?;
    let portal = sender(&state, knock.key.as_deref(), &order).await?;
    state
        .receipts
        .write(NewReceipt {
            source: "sms",
            owner: portal.owner_id,
            portal: Some(portal.id),
            body: body.into(),
            received_at: state.clock.now(),
        })
        .await?;
    acknowledged(&state, "sms", portal.owner_id, began);
    Ok("ok")
}

/// The portal an SMS comes from, proven by its token, by the key of its sender, or by both.
async fn sender(
    state: &AppState,
    key: Option<&str>,
    order: &SmsOrder,
) -> Result<portal::Model, Refusal> {
    let by_key = match key {
        Some(key) => Some(by_key(state, key, order).await?),
        None => None,
    };
    let by_token = match &order.auth.application_token {
        Some(_) => Some(by_token(state, order).await?),
        None => None,
    };
    match (by_key, by_token) {
        (Some(sender), Some(portal)) if sender.portal == portal.id => Ok(portal),
        (None, Some(portal)) => Ok(portal),
        (Some(sender), None) => {
            let portal = state.store.portal_find(sender.portal).await?;
            let portal = portal.ok_or(UNPROVEN)?;
            match &order.auth.member_id {
                Some(member) if *member != portal.member_id => Err(UNPROVEN),
                Some(_) | None => Ok(portal),
            }
        }
        (Some(_), Some(_)) | (None, None) => Err(UNPROVEN),
    }
}

/// The sender whose key stands in the address, and whose code the SMS names.
async fn by_key(state: &AppState, key: &str, order: &SmsOrder) -> Result<Sender, Refusal> {
    let given = SmsKey::parse(key).ok_or(UNPROVEN)?;
    let sender = state.store.phone_sender(given.phone).await?;
    let sender = sender.filter(|sender| sender.code == order.code);
    let sender = sender.ok_or(UNPROVEN)?;
    let known = SmsKey::open(&state.vault, given.phone, &sender).ok_or(Refusal::Unavailable)?;
    if known.is(&given) {
        Ok(sender)
    } else {
        Err(UNPROVEN)
    }
}

async fn by_token(state: &AppState, order: &SmsOrder) -> Result<portal::Model, Refusal> {
    let (Some(member), Some(token)) = (&order.auth.member_id, &order.auth.application_token) else {
        return Err(UNPROVEN);
    };
    let portal = state.store.portal_by_member(member).await?;
    let portal = portal.ok_or(UNPROVEN)?;
    match application_token_is(&state.vault, &portal, token) {
        Ok(true) => Ok(portal),
        Ok(false) => Err(UNPROVEN),
        Err(error) => {
            tracing::error!(%error, portal = %portal.id, "An application token cannot be opened");
            Err(Refusal::Unavailable)
        }
    }
}
