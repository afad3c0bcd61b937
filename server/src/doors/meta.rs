//! Meta's door, `/api/waba/`: the handshake and the webhooks.

use super::BODY_LIMIT;
use super::callers::{Caller, Callers};
use super::concern::{Concern, concern_of};
use super::counting::acknowledged;
use super::heard::Heard;
use super::refusal::Refusal;
use super::signature::signs;
use crate::bus::Topic;
use crate::state::AppState;
use crate::store::NewReceipt;
use crate::store::entities::{person, phone, waba};
use axum::body::Bytes;
use axum::extract::rejection::{BytesRejection, QueryRejection};
use axum::extract::{DefaultBodyLimit, Query, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodRouter, get};
use axum::{Extension, Router};
use secrecy::ExposeSecret;
use serde::Deserialize;
use std::borrow::Cow;
use std::sync::Arc;
use std::time::Instant;
use tower::ServiceBuilder;
use uuid::Uuid;

/// `/api/waba` with and without the trailing slash.
pub fn routes() -> Router<AppState> {
    let door: MethodRouter<AppState> = get(shake).post(receive);
    // One layer of axum's: each makes a box for every request.
    let around = ServiceBuilder::new()
        .layer(DefaultBodyLimit::max(BODY_LIMIT))
        .layer(Extension(Heard::default()))
        .layer(Extension(Callers::default()));
    Router::new()
        .route("/api/waba", door.clone())
        .route("/api/waba/", door)
        .layer(around)
}

#[derive(Deserialize)]
struct Knock {
    #[serde(rename = "api-key")]
    api_key: Option<String>,
    #[serde(rename = "hub.mode")]
    mode: Option<String>,
    #[serde(rename = "hub.verify_token")]
    verify_token: Option<String>,
    #[serde(rename = "hub.challenge")]
    challenge: Option<String>,
}

/// Answers Meta's handshake with the challenge when the verify token is one of the owner's.
async fn shake(
    State(state): State<AppState>,
    knock: Result<Query<Knock>, QueryRejection>,
) -> Result<Response, Refusal> {
    let Ok(Query(knock)) = knock else {
        return Err(Refusal::Malformed("the query cannot be read"));
    };
    let (Some("subscribe"), Some(token), Some(challenge)) = (
        knock.mode.as_deref(),
        knock.verify_token.as_deref(),
        knock.challenge,
    ) else {
        return Err(Refusal::Malformed(
            "a handshake has hub.mode=subscribe, hub.verify_token and hub.challenge",
        ));
    };
    if challenge.len() > 512 {
        return Err(Refusal::Malformed("the challenge is too long"));
    }
    // Without the key every webhook would be refused: Meta is not told that all is well.
    let key = knock.api_key.as_deref();
    let key = key.ok_or(Refusal::Forbidden("the api-key is missing"))?;
    let owner = owner_of(&state, key).await?;
    let mut wabas = state
        .store
        .wabas_by_verify_hash(&state.vault.hash(token))
        .await?;
    wabas.retain(|waba| waba.owner_id == owner.id);
    if wabas.is_empty() {
        return Err(Refusal::Forbidden("the verify token is not known"));
    }
    let ids: Vec<Uuid> = wabas.iter().map(|waba| waba.id).collect();
    let now = state.clock.now();
    state.store.wabas_note_verified(&ids, now).await?;
    for waba in &wabas {
        state.bus.changed(waba.owner_id, Topic::Wabas);
        state.bus.changed(waba.owner_id, Topic::Phones);
    }
    let headers = [
        (header::CONTENT_TYPE, "text/plain; charset=utf-8"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ];
    Ok((headers, challenge).into_response())
}

/// Takes a webhook in: key, signature, form, then the database, then 200.
async fn receive(
    State(state): State<AppState>,
    Extension(heard): Extension<Heard>,
    Extension(callers): Extension<Callers>,
    knock: Result<Query<Knock>, QueryRejection>,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Result<StatusCode, Refusal> {
    let began = Instant::now();
    let key = knock
        .ok()
        .and_then(|Query(knock)| knock.api_key)
        .ok_or(Refusal::Forbidden("the api-key is missing"))?;
    let caller = callers.find(&state, &key).await?;
    let mut caller = caller.ok_or(Refusal::Forbidden("the api-key is not known"))?;
    let body = body?;
    let concern = std::str::from_utf8(&body).ok().and_then(concern_of);
    let asked = concern.as_ref().map(Cow::Borrowed).unwrap_or_default();
    let letter = Letter {
        concern: &asked,
        header: headers
            .get("x-hub-signature-256")
            .and_then(|value| value.to_str().ok()),
        body: &body,
    };
    let mut phones = caller.phones(&state, &asked.phones).await?;
    if !letter.is_signed(&caller, &phones) {
        // The secret or the number may be newer than what is remembered.
        let newer = callers.find_newer(&state, &key, &caller, began).await?;
        caller = newer.ok_or(Refusal::Forbidden("the signature is missing or wrong"))?;
        phones = caller.phones(&state, &asked.phones).await?;
        if !letter.is_signed(&caller, &phones) {
            return Err(Refusal::Forbidden("the signature is missing or wrong"));
        }
    }
    if concern.is_none() {
        return Err(Refusal::Malformed("the body is not a JSON object in UTF-8"));
    }
    let owner = caller.owner.id;
    let received_at = state.clock.now();
    let spoken = Spoken::of(&asked, &caller.wabas, &phones);
    let proven: Vec<&waba::Model> = spoken
        .known
        .iter()
        .filter(|waba| waba.verified_at.is_none() && letter.is_signed_by(&caller, waba.id))
        .copied()
        .collect();
    state
        .receipts
        .write(NewReceipt {
            source: "meta",
            owner,
            portal: None,
            body: body.into(),
            received_at,
        })
        .await?;
    acknowledged(&state, "meta", owner, began);
    heard.note(&state, owner, &spoken.known, &spoken.phones);
    prove(&state, &proven).await;
    Ok(StatusCode::OK)
}

/// A signed webhook proves that Meta calls here for its WABA. Meta shakes hands once for an app, and an
/// app's other WABAs have no handshake of their own.
async fn prove(state: &AppState, proven: &[&waba::Model]) {
    if proven.is_empty() {
        return;
    }
    let ids: Vec<Uuid> = proven.iter().map(|waba| waba.id).collect();
    let now = state.clock.now();
    match state.store.wabas_note_verified(&ids, now).await {
        Ok(()) => {
            for waba in proven {
                for topic in [Topic::Wabas, Topic::Phones, Topic::Overview] {
                    state.bus.changed(waba.owner_id, topic);
                }
            }
        }
        // The webhook is kept already; the next one proves it as well.
        Err(error) => tracing::warn!(%error, "That Meta calls here could not be noted"),
    }
}

async fn owner_of(state: &AppState, key: &str) -> Result<person::Model, Refusal> {
    state
        .store
        .person_by_key_hash(&state.vault.hash(key))
        .await?
        .ok_or(Refusal::Forbidden("the api-key is not known"))
}

/// What came, as far as its signature is concerned.
struct Letter<'a> {
    concern: &'a Concern,
    header: Option<&'a str>,
    body: &'a [u8],
}

impl Letter<'_> {
    /// Whether this WABA's app secret signed it.
    fn is_signed_by(&self, caller: &Caller, waba: Uuid) -> bool {
        let secret = caller.secret(waba);
        secret
            .zip(self.header)
            .is_some_and(|(secret, header)| signs(secret.expose_secret(), self.body, header))
    }

    /// Whether the signatures suffice: every WABA with an app secret that it speaks of must have signed, and
    /// what names a stranger must be signed by somebody when the owner has any secret at all.
    fn is_signed(&self, caller: &Caller, phones: &[Arc<phone::Model>]) -> bool {
        let wabas = &caller.wabas;
        let spoken = Spoken::of(self.concern, wabas, phones);
        let any_secret = wabas.iter().any(|waba| waba.app_secret.is_some());
        let vouched = || wabas.iter().any(|waba| self.is_signed_by(caller, waba.id));
        (!spoken.strangers || !any_secret || vouched())
            && spoken
                .known
                .iter()
                .all(|waba| waba.app_secret.is_none() || self.is_signed_by(caller, waba.id))
    }
}

/// The owner's WABAs that a body speaks of, and whether it names any that are not known.
struct Spoken<'a> {
    known: Vec<&'a waba::Model>,
    phones: Vec<&'a phone::Model>,
    strangers: bool,
}

impl<'a> Spoken<'a> {
    fn of(concern: &Concern, wabas: &'a [waba::Model], phones: &'a [Arc<phone::Model>]) -> Self {
        let by_entry = concern
            .wabas
            .iter()
            .map(|id| wabas.iter().find(|waba| waba.waba_id == *id));
        let by_phone = concern.phones.iter().map(|id| {
            let phone = phones.iter().find(|phone| phone.phone_id == *id)?;
            wabas.iter().find(|waba| waba.id == phone.waba_id)
        });
        let found: Vec<_> = by_entry.chain(by_phone).collect();
        let strangers = found.is_empty() || found.iter().any(Option::is_none);
        let mut known: Vec<&waba::Model> = Vec::with_capacity(found.len());
        for waba in found.into_iter().flatten() {
            if !known.iter().any(|other| other.id == waba.id) {
                known.push(waba);
            }
        }
        Self {
            known,
            phones: phones
                .iter()
                .map(AsRef::as_ref)
                .filter(|phone| concern.phones.contains(&phone.phone_id))
                .collect(),
            strangers,
        }
    }
}
