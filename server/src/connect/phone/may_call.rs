//! Asking Meta whether a customer may be called.

use crate::bus::Topic;
use crate::connect::waba::Patience;
use crate::errands::Outcome;
use crate::state::AppState;
use crate::store::entities::{call_permission, contact, phone, waba};
use crate::store::{Allowance, StoreError};
use crate::vault::Place;
use crate::whatsapp::wire::{Bsuid, Peer, WaId};
use crate::whatsapp::{CallLeave, CallPermission, GraphTrouble};
use std::time::Duration;
use uuid::Uuid;

/// How soon again when Meta was asked too often: it takes five questions a second.
const SOON: Duration = Duration::from_secs(5);

/// How soon again when Meta was silent. Other errands wait while one waits for an answer.
const SILENT: Duration = Duration::from_secs(60);

/// Asks Meta about a permission and notes what it says. What Meta refuses is not asked again: it is asked with the
/// next answer of the customer, or when somebody wants to call.
pub async fn may_call(state: &AppState, id: Uuid) -> Result<Outcome, StoreError> {
    let Some(asked) = asked(state, id).await? else {
        return Ok(Outcome::Done);
    };
    match may_call_now(state, &asked, Patience::of_an_errand()).await? {
        Ok(_) => Ok(Outcome::Done),
        Err(trouble) if trouble.code() == Some(613) => Ok(Outcome::Again(SOON)),
        Err(trouble) if trouble.is_silence() => Ok(Outcome::Again(SILENT)),
        Err(trouble) => {
            tracing::warn!(permission = %id, reason = trouble.words(), "Meta does not say whether a customer may be called");
            Ok(Outcome::Done)
        }
    }
}

/// What a question to Meta is about.
pub struct Asked {
    /// The permission.
    pub permission: call_permission::Model,
    /// The business number.
    pub phone: phone::Model,
    /// Its WABA.
    pub waba: waba::Model,
    /// The customer.
    pub contact: contact::Model,
}

/// Everything a question needs; nothing when a part of it is gone.
pub async fn asked(state: &AppState, id: Uuid) -> Result<Option<Asked>, StoreError> {
    let store = &state.store;
    let Some(permission) = store.call_permission_find(id).await? else {
        return Ok(None);
    };
    let (Some(phone), Some(contact)) = (
        store.phone_find(permission.phone_id).await?,
        store.contact_find(permission.contact_id).await?,
    ) else {
        return Ok(None);
    };
    let waba = store.waba_find(phone.waba_id).await?;
    Ok(waba.map(|waba| Asked {
        permission,
        phone,
        waba,
        contact,
    }))
}

/// Asks now, and notes the answer.
pub async fn may_call_now(
    state: &AppState,
    asked: &Asked,
    patience: Patience,
) -> Result<Result<Allowance, GraphTrouble>, StoreError> {
    let Asked {
        permission,
        phone,
        waba,
        contact,
    } = asked;
    let not_sent = |reason: &str| GraphTrouble::NotSent {
        reason: reason.to_owned(),
    };
    let sealed = &waba.access_token;
    let opened = state.vault.open(Place::WabaAccessToken, waba.id, sealed);
    let token = match opened {
        Ok(token) => token,
        Err(error) => return Ok(Err(not_sent(&error.to_string()))),
    };
    let number = contact.wa_id.as_deref().and_then(WaId::parse);
    let user = contact.user_id.as_deref().and_then(Bsuid::parse);
    let Some(peer) = number.map(Peer::Phone).or(user.map(Peer::User)) else {
        return Ok(Err(not_sent("the customer has neither number nor id")));
    };
    let graph = &state.remotes.graph;
    let call = graph.call_permission(&token, &phone.phone_id, &peer);
    match patience.with(call).await {
        Ok(said) => {
            let said = allowance(&said);
            let now = state.clock.now();
            let store = &state.store;
            store
                .call_permission_note(permission.id, &said, now)
                .await?;
            state.bus.changed(phone.owner_id, Topic::Calls);
            Ok(Ok(said))
        }
        Err(trouble) => Ok(Err(trouble)),
    }
}

fn allowance(said: &CallPermission) -> Allowance {
    let millis = |seconds: i64| seconds.saturating_mul(1000);
    Allowance {
        status: match said.leave {
            CallLeave::None => None,
            CallLeave::Temporary => Some("temporary"),
            CallLeave::Permanent => Some("permanent"),
        },
        expires_at: said.expires_at.map(millis),
        requests_left: said.requests_left,
        calls_left: said.calls_left,
        again_at: said.again_at.map(millis),
    }
}
