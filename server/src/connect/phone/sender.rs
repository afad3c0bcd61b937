//! A phone as SMS provider of its portal: registered, brought up to date, removed, and asked for.

use super::place::{Found, Place, find};
use super::step::{Stop, stop};
use crate::bitrix::CallError;
use crate::bitrix::sms::{SenderCard, sender_add, sender_delete, sender_put, senders};
use crate::bus::Topic;
use crate::connect::{Check, name};
use crate::errands::{Errand, Outcome};
use crate::keyring::SmsKey;
use crate::state::AppState;
use crate::store::entities::phone;
use crate::store::{Sender, StoreError, Txn, sender_code};
use secrecy::ExposeSecret;
use std::time::Duration;
use url::Url;
use uuid::Uuid;

/// How often a portal is asked for a phone's sender.
const EVERY: Duration = Duration::from_secs(15 * 60);

/// Brings the sender in the portal to what the phone says. Run twice it does nothing twice; it repeats for as long
/// as the phone is an SMS provider.
pub async fn sender_sync(state: &AppState, phone: Uuid) -> Result<Outcome, StoreError> {
    let place = match find(state, phone).await? {
        Found::Place(place) => place,
        Found::Nothing => return Ok(Outcome::Done),
        Found::NotReady(why) => {
            let phone = state.store.phone_find(phone).await?;
            if let Some(phone) = phone.filter(|phone| phone.sms_service) {
                note(state, &phone, &why.named(name::SMS)).await?;
            }
            return Ok(Outcome::Done);
        }
    };
    let stored = state.store.phone_sender(phone).await?;
    if !place.phone.sms_service {
        return match stored {
            Some(sender) => remove(state, &place, &sender).await,
            None => Ok(Outcome::Done),
        };
    }
    let (sender, card) = intend(state, &place, stored).await?;
    match register(state, &place, &sender, &card).await {
        Ok(found) => {
            keep(state, &place, sender, &found).await?;
            Ok(Outcome::Again(EVERY))
        }
        Err(Stop::Refused(check)) => {
            note(state, &place.phone, &check).await?;
            Ok(Outcome::Again(EVERY))
        }
        Err(Stop::Later(check, after)) => {
            note(state, &place.phone, &check).await?;
            Ok(Outcome::Again(after))
        }
    }
}

/// Keeps what is about to be registered, the key above all: a portal may use it before its answer is here. The
/// sender of another number or portal goes.
async fn intend(
    state: &AppState,
    place: &Place,
    stored: Option<Sender>,
) -> Result<(Sender, SenderCard), StoreError> {
    let phone = &place.phone;
    let code = sender_code(&phone.phone);
    let name = format!("THOTH +{}", code.trim_start_matches("thoth_"));
    let address = address(&state.config.public_url);
    let known = stored
        .as_ref()
        .filter(|sender| sender.portal == place.portal.id && sender.code == code);
    let key = known.and_then(|sender| SmsKey::open(&state.vault, phone.id, sender));
    let is_news = key.is_none();
    let key = key.unwrap_or_else(|| SmsKey::generate(phone.id));
    let is_registered = known.is_some_and(|sender| {
        sender.is_registered && !is_news && sender.name == name && sender.address == address
    });
    let kept_key = known.filter(|_| !is_news).map(|sender| sender.key.clone());
    let sender = Sender {
        portal: place.portal.id,
        key: kept_key.unwrap_or_else(|| key.sealed(&state.vault)),
        code,
        name,
        address,
        is_registered,
    };
    if stored.as_ref() != Some(&sender) {
        let now = state.clock.now();
        let txn = state.store.begin().await?;
        if let Some(old) =
            stored.filter(|old| (old.portal, &old.code) != (sender.portal, &sender.code))
        {
            txn.errand_put_in_txn(&off(&old).row(now, now)?).await?;
        }
        txn.phone_sender_keep_in_txn(phone.id, &sender).await?;
        txn.commit().await?;
        state.bus.errand_came();
    }
    let handler = format!("{}?key={}", sender.address, key.words().expose_secret());
    let card = SenderCard {
        code: sender.code.clone(),
        name: sender.name.clone(),
        handler,
    };
    Ok((sender, card))
}

/// Registers what is not registered, and looks whether the portal has it now.
async fn register(
    state: &AppState,
    place: &Place,
    sender: &Sender,
    card: &SenderCard,
) -> Result<Check, Stop> {
    let (api, keys) = (&state.remotes.bitrix, &place.keys);
    let halt = |error: CallError| refused(&error);
    let known = senders(api, keys).await.map_err(halt)?;
    let is_there = known.contains(&card.code);
    if is_there && sender.is_registered {
        return Ok(registered(card));
    }
    if is_there {
        sender_put(api, keys, card).await.map_err(halt)?;
    } else {
        sender_add(api, keys, card).await.map_err(halt)?;
    }
    let known = senders(api, keys).await.map_err(halt)?;
    if known.contains(&card.code) {
        return Ok(registered(card));
    }
    let gone = Check::bad(name::SMS, "sms_not_listed");
    Err(Stop::Refused(gone.arg("code", &card.code)))
}

fn registered(card: &SenderCard) -> Check {
    Check::ok(name::SMS, "sms_registered").arg("code", &card.code)
}

/// The portal has the sender. When the phone went elsewhere or was unticked meanwhile, it is removed there again.
async fn keep(
    state: &AppState,
    place: &Place,
    mut sender: Sender,
    found: &Check,
) -> Result<(), StoreError> {
    let now = state.clock.now();
    sender.is_registered = true;
    let txn = state.store.begin().await?;
    if txn
        .phone_sender_keep_in_txn(place.phone.id, &sender)
        .await?
    {
        txn.checks_note_in_txn(place.phone.id, &[found.finding()], now)
            .await?;
    } else {
        txn.errand_put_in_txn(&off(&sender).row(now, now)?).await?;
    }
    txn.commit().await?;
    state.bus.errand_came();
    state.bus.changed(place.phone.owner_id, Topic::Phones);
    Ok(())
}

/// The box is not ticked any more: the sender goes.
async fn remove(state: &AppState, place: &Place, sender: &Sender) -> Result<Outcome, StoreError> {
    let deleted = sender_delete(&state.remotes.bitrix, &place.keys, &sender.code).await;
    if let Err(error) = deleted {
        match refused(&error) {
            Stop::Later(_, after) => return Ok(Outcome::Again(after)),
            Stop::Refused(_) => {
                tracing::info!(%error, phone = %place.phone.id, "An SMS sender could not be removed");
            }
        }
    }
    let txn = state.store.begin().await?;
    txn.phone_sender_drop_in_txn(place.phone.id).await?;
    txn.checks_drop_in_txn(place.phone.id, Some(&[name::SMS]))
        .await?;
    txn.commit().await?;
    state.bus.changed(place.phone.owner_id, Topic::Phones);
    Ok(Outcome::Done)
}

/// The phone leaves its portal: its sender there is removed, and its key is worth nothing any more.
pub async fn leave_sender_in_txn(txn: &Txn, phone: Uuid, now: i64) -> Result<(), StoreError> {
    if let Some(sender) = txn.phone_sender_in_txn(phone).await? {
        txn.errand_put_in_txn(&off(&sender).row(now, now)?).await?;
        txn.phone_sender_drop_in_txn(phone).await?;
    }
    txn.checks_drop_in_txn(phone, Some(&[name::SMS])).await
}

fn off(sender: &Sender) -> Errand {
    Errand::SenderOff {
        portal: sender.portal,
        code: sender.code.clone(),
    }
}

/// Asks for the senders of phones whose address is another one than the portals have: the public address changed,
/// or none was ever registered.
pub async fn senders_at_start(state: &AppState) -> Result<(), StoreError> {
    let (address, now) = (address(&state.config.public_url), state.clock.now());
    for (phone, sender) in state.store.phones_with_sms().await? {
        let is_current =
            sender.is_some_and(|sender| sender.is_registered && sender.address == address);
        if !is_current {
            let sync = Errand::SenderSync { phone };
            state.store.errand_put(&sync.row(now, now)?).await?;
        }
    }
    Ok(())
}

/// Where portals post what is to be sent.
fn address(public_url: &Url) -> String {
    let public = public_url.as_str().trim_end_matches('/');
    format!("{public}/api/bitrix/sms/")
}

/// What a refusal says of the sender: the usual reasons have words of their own, with what to do.
fn refused(error: &CallError) -> Stop {
    let bad = |code| Stop::Refused(Check::bad(name::SMS, code).reason(error.said()));
    match error {
        CallError::Denied { code, .. } if code.eq_ignore_ascii_case("insufficient_scope") => {
            bad("sms_scope")
        }
        CallError::Denied { .. } => bad("sms_denied"),
        CallError::Refused { code, .. } if code.eq_ignore_ascii_case("ERROR_METHOD_NOT_FOUND") => {
            bad("sms_missing")
        }
        other => stop(name::SMS, other),
    }
}

async fn note(state: &AppState, phone: &phone::Model, check: &Check) -> Result<(), StoreError> {
    let now = state.clock.now();
    state
        .store
        .checks_note(phone.id, &[check.finding()], now)
        .await?;
    state.bus.changed(phone.owner_id, Topic::Phones);
    Ok(())
}
