//! Reads what a webhook says of calls: each is one row that only moves forward, told to the portal as it goes.

use super::call_course::{CallFailure, Course, direction_of, outcome_of};
use super::call_leave;
use super::context::Place;
use super::reader::Understood;
use crate::bus::Topic;
use crate::outbox::{CallNews, ChatLine, DeliveryKind, DestinationKind, NewDelivery};
use crate::store::entities::{call, contact, conversation, portal};
use crate::store::{NewMessage, StoreError, Txn};
use crate::translate::{failed_call_line, missed_call_line};
use crate::whatsapp::errors::explain;
use crate::whatsapp::wire::{Bsuid, CallEvent, CallSide, Change, Status, WaId};
use app::model::{CallDirection, CallOutcome};
use uuid::Uuid;

/// The right of an app to tell a portal of calls.
pub const SCOPE: &str = "telephony";

/// Applies all calls of a change, and all statuses that speak of calls.
pub(super) async fn read_in_txn(
    txn: &Txn,
    place: &Place,
    change: &Change,
    now: i64,
    understood: &mut Understood,
) -> Result<(), StoreError> {
    let statuses = change.statuses.iter().filter(|status| status.of_call);
    for status in statuses {
        apply_status(txn, place, status, now, understood).await?;
    }
    for event in &change.calls {
        apply_event(txn, place, change, event, now, understood).await?;
    }
    Ok(())
}

async fn apply_status(
    txn: &Txn,
    place: &Place,
    status: &Status,
    now: i64,
    understood: &mut Understood,
) -> Result<(), StoreError> {
    let (Some(wacid), Some(course)) = (&status.id, Course::of_status(status, now)) else {
        return Ok(());
    };
    match txn.call_find_in_txn(place.phone.id, wacid).await? {
        Some(row) => advance(txn, place, row, course, now, understood).await,
        None => {
            let word = status.raw.get("status").and_then(|word| word.as_str());
            let word = word.unwrap_or_default();
            let raw = status.raw.to_string();
            txn.early_status_keep_in_txn(place.phone.id, wacid, word, &raw, now)
                .await
        }
    }
}

async fn apply_event(
    txn: &Txn,
    place: &Place,
    change: &Change,
    event: &CallEvent,
    now: i64,
    understood: &mut Understood,
) -> Result<(), StoreError> {
    let Some(wacid) = &event.id else {
        understood.note("a call without an id".to_owned());
        return Ok(());
    };
    let Some(course) = Course::of_event(event, &change.errors, now) else {
        return Ok(());
    };
    if let Some(row) = txn.call_find_in_txn(place.phone.id, wacid).await? {
        return advance(txn, place, row, course, now, understood).await;
    }
    let Some(side) = event.side(&place.phone.phone) else {
        understood.note("a call that does not say who began it".to_owned());
        return Ok(());
    };
    let contact = contact_of(txn, place, change, event, side, now).await?;
    let row = call::Model {
        id: Uuid::now_v7(),
        owner_id: place.phone.owner_id,
        phone_id: place.phone.id,
        contact_id: contact.map(|contact| contact.id),
        wacid: wacid.clone(),
        direction: direction_of(side).as_str().to_owned(),
        outcome: CallOutcome::Ringing.as_str().to_owned(),
        started_at: course.started_at,
        answered_at: None,
        ended_at: None,
        duration: None,
        error: None,
        payload: None,
        portal_call: None,
        portal_state: None,
        updated_at: now,
    };
    txn.call_insert_in_txn(row.clone()).await?;
    let early = txn
        .early_statuses_take_in_txn(place.phone.id, wacid)
        .await?;
    let early = early.iter().filter_map(|raw| {
        let status = Status::from_json(serde_json::from_str(raw).ok()?)?;
        Course::of_status(&status, now)
    });
    let course = early.fold(course, Course::joined);
    advance(txn, place, row, course, now, understood).await
}

async fn contact_of(
    txn: &Txn,
    place: &Place,
    change: &Change,
    event: &CallEvent,
    side: CallSide,
    now: i64,
) -> Result<Option<contact::Model>, StoreError> {
    let known = change.contact_for_call(event, side);
    let number = event
        .customer(side)
        .or(known.and_then(|contact| contact.wa_id.as_deref()));
    let user = event
        .user_id
        .as_deref()
        .or(known.and_then(|contact| contact.user_id.as_deref()));
    let (number, user) = (number.and_then(WaId::parse), user.and_then(Bsuid::parse));
    if number.is_none() && user.is_none() {
        return Ok(None);
    }
    let name = known.and_then(|contact| contact.name.as_deref());
    let name = name.map(|name| name.replace('\0', ""));
    let found = txn.contact_resolve_in_txn(
        place.phone.waba_id,
        number.as_ref().map(WaId::as_str),
        user.as_ref().map(Bsuid::as_str),
        name.as_deref(),
        now,
    );
    found.await.map(Some)
}

/// Joins what is new to what was known, and does what follows from it.
async fn advance(
    txn: &Txn,
    place: &Place,
    before: call::Model,
    course: Course,
    now: i64,
    understood: &mut Understood,
) -> Result<(), StoreError> {
    let mut row = before.clone();
    Course::of_row(&before).joined(course).write(&mut row);
    row.updated_at = now;
    txn.call_update_in_txn(row.clone()).await?;
    understood.changed(&[Topic::Calls]);
    let Some(contact) = row.contact_id else {
        return Ok(());
    };
    let conversation = txn
        .conversation_ensure_in_txn(place.phone.id, contact, now)
        .await?;
    let incoming = row.direction == CallDirection::In.as_str();
    if incoming {
        // A call opens the window, answered or not.
        txn.conversations_heard_in_txn(&[conversation.id], row.started_at)
            .await?;
    }
    let ends = before.ended_at.is_none() && row.ended_at.is_some();
    if ends && !incoming {
        let answered = outcome_of(&row.outcome) == CallOutcome::Answered;
        call_leave::called_in_txn(txn, place.phone.id, contact, answered, now).await?;
    }
    let Some(portal) = &place.portal else {
        return Ok(());
    };
    if ends && incoming {
        line(txn, place, portal, &conversation, &row, now, understood).await?;
    }
    tell(txn, place, portal, &conversation, &row, now, understood).await
}

/// A call nobody took becomes a line in the chat, once.
async fn line(
    txn: &Txn,
    place: &Place,
    portal: &portal::Model,
    conversation: &conversation::Model,
    row: &call::Model,
    now: i64,
    understood: &mut Understood,
) -> Result<(), StoreError> {
    let (at, language) = (row.started_at / 1000, place.language());
    let text = match outcome_of(&row.outcome) {
        CallOutcome::Missed => missed_call_line(at, language),
        CallOutcome::Failed => {
            let why = row.error.as_deref().and_then(CallFailure::read);
            let why = why.map(|why| explain(&why.as_error(), language));
            failed_call_line(at, &why.unwrap_or_default(), language)
        }
        CallOutcome::Ringing
        | CallOutcome::Talking
        | CallOutcome::Answered
        | CallOutcome::Declined => return Ok(()),
    };
    let new = NewMessage {
        owner: row.owner_id,
        phone: row.phone_id,
        conversation: conversation.id,
        direction: "in",
        wamid: Some(&row.wacid),
        fingerprint: 0,
        kind: "call",
        text: &text,
        origin: None,
        part: 0,
        status: "received",
    };
    let Some(message) = txn.message_insert_in_txn(&new, now).await? else {
        return Ok(());
    };
    let line = ChatLine {
        external_id: row.wacid.clone(),
        text,
        at,
    };
    let delivery = NewDelivery {
        owner: row.owner_id,
        destination: DestinationKind::Portal,
        target: portal.id,
        kind: DeliveryKind::InboundText,
        phone: row.phone_id,
        conversation: conversation.id,
        message: Some(message),
        payload: written(&line)?,
    };
    txn.delivery_enqueue_in_txn(&delivery, now).await?;
    understood.targets.push(portal.id);
    Ok(())
}

/// The portal's telephony is told when a call rings and when it is over, once each.
async fn tell(
    txn: &Txn,
    place: &Place,
    portal: &portal::Model,
    conversation: &conversation::Model,
    row: &call::Model,
    now: i64,
    understood: &mut Understood,
) -> Result<(), StoreError> {
    // A portal that was set up by hand has not said what the app may do: it says so when it is told.
    let scopes = portal.scopes.as_deref();
    let may = scopes.is_none_or(|all| all.split(',').any(|scope| scope.trim() == SCOPE));
    if !may || !txn.calls_in_crm_in_txn(place.phone.id).await? {
        return Ok(());
    }
    let (kind, from, to): (_, &[&str], _) = match row.ended_at {
        None => (DeliveryKind::CallShow, &[""], "showing"),
        Some(_) => (DeliveryKind::CallEnd, &["", "showing"], "ending"),
    };
    if !txn.call_portal_move_in_txn(row.id, from, to).await? {
        return Ok(());
    }
    let delivery = NewDelivery {
        owner: row.owner_id,
        destination: DestinationKind::Portal,
        target: portal.id,
        kind,
        phone: row.phone_id,
        conversation: conversation.id,
        message: None,
        payload: written(&CallNews { call: row.id })?,
    };
    txn.delivery_enqueue_in_txn(&delivery, now).await?;
    understood.targets.push(portal.id);
    Ok(())
}

fn written(payload: &impl serde::Serialize) -> Result<String, StoreError> {
    serde_json::to_string(payload).map_err(|error| StoreError::Unreadable(error.to_string()))
}
