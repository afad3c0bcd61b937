//! Reads what a webhook says of calls: each is one row that only moves forward, told to the portal as it goes.

use super::call_course::{Course, direction_of};
use super::call_follow::advance_in_txn;
use super::context::Place;
use super::reader::Understood;
use crate::store::entities::{call, contact};
use crate::store::{StoreError, Txn};
use crate::whatsapp::wire::{Bsuid, CallEvent, CallSide, Change, Status, WaId};
use app::model::{CallDirection, CallOutcome};
use uuid::Uuid;

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
        Some(row) => advance_in_txn(txn, place, row, course, now, understood).await,
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
    if let Some(mut row) = txn.call_find_in_txn(place.phone.id, wacid).await? {
        if row.contact_id.is_none() {
            let side = side_of(&row);
            let contact = contact_of(txn, place, change, event, side, now).await?;
            row.contact_id = contact.map(|contact| contact.id);
        }
        return advance_in_txn(txn, place, row, course, now, understood).await;
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
    advance_in_txn(txn, place, row, course, now, understood).await
}

async fn contact_of(
    txn: &Txn,
    place: &Place,
    change: &Change,
    event: &CallEvent,
    side: CallSide,
    now: i64,
) -> Result<Option<contact::Model>, StoreError> {
    let named = event.customer(side, &place.phone.phone);
    let known = change.contact_for_call(event, named);
    // A customer who hides their number stands there by their id.
    let scoped = named.and_then(Bsuid::parse);
    let number = named
        .filter(|_| scoped.is_none())
        .or(known.and_then(|contact| contact.wa_id.as_deref()));
    let user = event
        .user_id
        .as_deref()
        .or(known.and_then(|contact| contact.user_id.as_deref()));
    let number = number.and_then(WaId::parse);
    let user = user.and_then(Bsuid::parse).or(scoped);
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

/// Who began a call that is known.
fn side_of(row: &call::Model) -> CallSide {
    if row.direction == CallDirection::Out.as_str() {
        CallSide::Business
    } else {
        CallSide::User
    }
}
