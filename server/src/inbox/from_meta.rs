//! Reads a webhook of Meta: messages become deliveries to the portal, statuses become ticks.

use super::batch::{Batch, Inbound, id_of};
use super::context::Place;
use super::fingerprint::fingerprint;
use super::reader::Understood;
use super::{call_leave, calling_news, from_calls, statuses, templates};
use crate::bus::Topic;
use crate::outbox::ChatLine;
use crate::store::StoreError;
use crate::store::entities::{contact, receipt};
use crate::telemetry::label_of;
use crate::translate::operator_text;
use crate::whatsapp::wire::{
    Bsuid, Change, Echo, Envelope, InboundKind, InboundMessage, Malformed, SystemKind, WaId,
};
use uuid::Uuid;

/// Fields of webhooks that are kept and counted by name.
const FIELDS: [&str; 12] = [
    "account_alerts",
    "account_review_update",
    "account_settings_update",
    "account_update",
    "business_capability_update",
    "calls",
    "history",
    "phone_number_name_update",
    "phone_number_quality_update",
    "security",
    "smb_app_state_sync",
    "user_preferences",
];

/// Reads all of it, with what the batch knows. What cannot go on yet is named in the answer and keeps the receipt held.
pub(super) async fn read_in_txn(
    batch: &mut Batch<'_>,
    receipt: &receipt::Model,
    envelope: &Result<Envelope, Malformed>,
    now: i64,
) -> Result<Understood, StoreError> {
    let mut understood = Understood::default();
    let envelope = match envelope {
        Ok(envelope) => envelope,
        Err(error) => {
            understood.held(error.to_string());
            return Ok(understood);
        }
    };
    for oddity in &envelope.oddities {
        metrics::counter!(crate::telemetry::name::ODDITIES).increment(1);
        understood.note(format!("{oddity:?}"));
    }
    for change in &envelope.changes {
        read_change(batch, receipt, change, now, &mut understood).await?;
    }
    Ok(understood)
}

async fn read_change(
    batch: &mut Batch<'_>,
    receipt: &receipt::Model,
    change: &Change,
    now: i64,
    understood: &mut Understood,
) -> Result<(), StoreError> {
    let nothing_here = change.messages.is_empty()
        && change.statuses.is_empty()
        && change.echoes.is_empty()
        && change.calls.is_empty();
    let txn = batch.txn();
    if nothing_here {
        batch.flush().await?;
        batch.forget_places();
        let owner = receipt.owner_id;
        if templates::read_in_txn(txn, owner, change, now, understood).await? {
            return Ok(());
        }
        calling_news::read_in_txn(txn, owner, change, now, understood).await?;
        let field = label_of(change.field.as_deref().unwrap_or_default(), &FIELDS);
        metrics::counter!(crate::telemetry::name::FIELDS, "field" => field).increment(1);
        return Ok(());
    }
    let place = batch.place(receipt.owner_id, change).await?;
    let speaks = !change.messages.is_empty() || !change.echoes.is_empty();
    let Some(place) = place else {
        if speaks {
            understood.held(format!(
                "the phone id {} is not connected",
                change.phone_number_id.as_deref().unwrap_or("(none)")
            ));
        }
        return Ok(());
    };
    if !change.statuses.is_empty() || !change.calls.is_empty() {
        batch.flush().await?;
    }
    for status in change.statuses.iter().filter(|status| !status.of_call) {
        let targets = statuses::read_in_txn(txn, place.phone.id, status, now).await?;
        understood.targets.extend(targets);
    }
    from_calls::read_in_txn(txn, &place, change, now, understood).await?;
    if speaks && place.portal.is_none() {
        understood.held(format!(
            "the phone id {} is linked to no portal",
            place.phone.phone_id
        ));
        // A phone may be used for its calls alone.
        let answers = change.messages.iter();
        let answers = answers.filter(|it| matches!(it.kind, InboundKind::Interactive(_)));
        for message in answers {
            if let Some(contact) = sender(batch, &place, change, message).await? {
                leave(batch, &place, message, contact.id, now, understood).await?;
            }
        }
        return Ok(());
    }
    for message in &change.messages {
        let Some(contact) = sender(batch, &place, change, message).await? else {
            understood.held("a message names no sender".to_owned());
            continue;
        };
        let said = Said {
            message,
            contact,
            echo: false,
        };
        deliver(batch, &place, &said, now, understood).await?;
    }
    for Echo {
        to,
        to_user_id,
        message,
    } in &change.echoes
    {
        let ids = (to.as_deref(), to_user_id.as_deref());
        let Some(contact) = contact_of(batch, &place, message, ids.0, ids.1, None).await? else {
            understood.held("an echo names no recipient".to_owned());
            continue;
        };
        let said = Said {
            message,
            contact,
            echo: true,
        };
        deliver(batch, &place, &said, now, understood).await?;
    }
    Ok(())
}

/// Who sent a message.
async fn sender(
    batch: &mut Batch<'_>,
    place: &Place,
    change: &Change,
    message: &InboundMessage,
) -> Result<Option<contact::Model>, StoreError> {
    let known = change.contact_for(message);
    let name = known.and_then(|contact| contact.name.as_deref());
    let wa_id = message
        .from
        .as_deref()
        .or(known.and_then(|contact| contact.wa_id.as_deref()));
    let user_id = message
        .from_user_id
        .as_deref()
        .or(known.and_then(|contact| contact.user_id.as_deref()));
    contact_of(batch, place, message, wa_id, user_id, name).await
}

/// Applies a customer's answer to a request for leave to call, where a message is one.
async fn leave(
    batch: &mut Batch<'_>,
    place: &Place,
    message: &InboundMessage,
    contact: Uuid,
    now: i64,
    understood: &mut Understood,
) -> Result<(), StoreError> {
    let InboundKind::Interactive(reply) = &message.kind else {
        return Ok(());
    };
    batch.flush().await?;
    understood.changed(&[Topic::Calls]);
    let (txn, phone, at) = (batch.txn(), place.phone.id, message.timestamp);
    call_leave::answered_in_txn(txn, phone, contact, reply, at, now).await
}

/// A message and whose conversation it belongs to.
struct Said<'a> {
    message: &'a InboundMessage,
    contact: contact::Model,
    /// Written by the business on its own phone.
    echo: bool,
}

async fn contact_of(
    batch: &mut Batch<'_>,
    place: &Place,
    message: &InboundMessage,
    wa_id: Option<&str>,
    user_id: Option<&str>,
    name: Option<&str>,
) -> Result<Option<contact::Model>, StoreError> {
    let wa_id = wa_id.and_then(WaId::parse);
    let previous = match &message.kind {
        InboundKind::System(note) => note.previous_user_id.as_deref(),
        _ => None,
    };
    let user_id = user_id.or(previous).and_then(Bsuid::parse);
    if wa_id.is_none() && user_id.is_none() {
        return Ok(None);
    }
    let (wa_id, user_id) = (
        wa_id.as_ref().map(WaId::as_str),
        user_id.as_ref().map(Bsuid::as_str),
    );
    let name = name.map(|name| name.replace('\0', ""));
    let contact = batch
        .contact(place.phone.waba_id, wa_id, user_id, name.as_deref())
        .await?;
    if let InboundKind::System(note) = &message.kind {
        let new_wa = note
            .wa_id
            .as_deref()
            .filter(|_| note.kind == SystemKind::NumberChanged);
        let new_user = note
            .user_id
            .as_deref()
            .filter(|_| note.kind == SystemKind::UserIdChanged);
        let changing = batch.txn();
        changing
            .contact_change_ids_in_txn(&contact, new_wa, new_user)
            .await?;
        batch.forget_contacts();
    }
    Ok(Some(contact))
}

async fn deliver(
    batch: &mut Batch<'_>,
    place: &Place,
    said: &Said<'_>,
    now: i64,
    understood: &mut Understood,
) -> Result<(), StoreError> {
    let Some(portal) = &place.portal else {
        return Ok(());
    };
    let message = said.message;
    let phone = place.phone.id;
    let conversation = batch.conversation(phone, said.contact.id).await?;
    let quoted = match message
        .context
        .as_ref()
        .and_then(|context| context.quoted_id.as_deref())
    {
        Some(wamid) => {
            // It may be among what waits.
            batch.flush().await?;
            let txn = batch.txn();
            txn.message_text_by_wamid_in_txn(phone, wamid).await?
        }
        None => None,
    };
    let language = place.language();
    let mut text = operator_text(message, quoted.as_deref(), language).replace('\0', "");
    if said.echo {
        let lead = language.pick("Sent from the phone:", "Отправлено с телефона:");
        text = format!("[b]{lead}[/b]\n{text}");
    }
    let plain = match &message.kind {
        InboundKind::Text { body } => body.replace('\0', ""),
        _ => text.clone(),
    };
    let wamid = id_of(message);
    let mark = fingerprint(message);
    let Some(twin) = batch.claim(phone, &wamid, mark).await? else {
        metrics::counter!(crate::telemetry::name::DUPLICATES, "source" => "meta").increment(1);
        return Ok(());
    };
    if !said.echo {
        leave(batch, place, message, said.contact.id, now, understood).await?;
    }
    let external_id = if twin {
        format!("{wamid}#{:08x}", mark.unsigned_abs() & 0xffff_ffff)
    } else {
        wamid.clone()
    };
    let line = ChatLine {
        external_id,
        text,
        at: message.timestamp.unwrap_or(now / 1000),
    };
    let payload =
        serde_json::to_string(&line).map_err(|error| StoreError::Unreadable(error.to_string()))?;
    let written = message
        .timestamp
        .map_or(now, |seconds| seconds.saturating_mul(1000));
    batch.push(Inbound {
        phone,
        owner: place.phone.owner_id,
        conversation,
        direction: if said.echo { "echo" } else { "in" },
        wamid,
        fingerprint: mark,
        kind: message.kind.name().to_owned(),
        text: plain,
        portal: portal.id,
        payload,
        heard: (!said.echo).then_some(written),
    });
    understood.targets.push(portal.id);
    Ok(())
}
