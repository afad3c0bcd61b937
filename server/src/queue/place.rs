//! Where a dead letter can go in place of where it was to go: another line or phone of the same owner.

use crate::outbox::{DeliveryKind, DestinationKind, Speaker};
use crate::store::entities::phone;
use crate::store::{DeadLetter, NewTarget, StoreError, Txn};
use uuid::Uuid;

/// The place at another phone; `None` where it cannot go there.
///
/// What may have arrived where it was to go goes nowhere else: nobody could look it up there. A tick, or a line that
/// THOTH wrote itself, belongs to its chat.
pub(super) async fn target_in_txn(
    txn: &Txn,
    letter: &DeadLetter,
    phone: Uuid,
    now: i64,
) -> Result<Option<NewTarget>, StoreError> {
    let phone = txn.phone_find_in_txn(phone).await?;
    let Some(phone) = phone.filter(|phone| phone.owner_id == letter.owner && !letter.in_doubt)
    else {
        return Ok(None);
    };
    let place = match letter.kind.speaker() {
        Speaker::Customer => line_of(&phone),
        Speaker::Operator => sender_in_txn(txn, letter, &phone).await?,
        Speaker::Thoth | Speaker::Nobody => None,
    };
    let Some((kind, target)) = place else {
        return Ok(None);
    };
    let conversation = conversation_in_txn(txn, letter, &phone, now).await?;
    Ok(conversation.map(|conversation| NewTarget {
        kind,
        target,
        phone: phone.id,
        conversation,
    }))
}

/// From which number to which, in words.
pub(super) async fn detail_in_txn(txn: &Txn, from: Uuid, to: Uuid) -> Result<String, StoreError> {
    let mut words = Vec::with_capacity(2);
    for id in [from, to] {
        let phone = txn.phone_find_in_txn(id).await?;
        let name = phone.map_or_else(String::new, |phone| match phone.line_id {
            Some(line) => format!("{} (line {line})", phone.phone),
            None => phone.phone,
        });
        words.push(name);
    }
    Ok(words.join(" → "))
}

fn line_of(phone: &phone::Model) -> Option<(DestinationKind, Uuid)> {
    let portal = phone.portal_id?;
    (phone.line_id.is_some() && phone.connector.is_some())
        .then_some((DestinationKind::Portal, portal))
}

/// The phone, where the ticks of what it sends find their portal, and a template its WABA.
async fn sender_in_txn(
    txn: &Txn,
    letter: &DeadLetter,
    phone: &phone::Model,
) -> Result<Option<(DestinationKind, Uuid)>, StoreError> {
    if phone.id == letter.phone {
        return Ok(None);
    }
    let Some(own) = txn.phone_find_in_txn(letter.phone).await? else {
        return Ok(None);
    };
    let same_portal = phone.portal_id.is_some() && phone.portal_id == own.portal_id;
    let carries = letter.kind != DeliveryKind::OutboundContent || phone.waba_id == own.waba_id;
    Ok((same_portal && carries).then_some((DestinationKind::Phone, phone.id)))
}

/// The same customer's conversation with that phone. In another WABA only their number is the same.
async fn conversation_in_txn(
    txn: &Txn,
    letter: &DeadLetter,
    phone: &phone::Model,
    now: i64,
) -> Result<Option<Uuid>, StoreError> {
    if phone.id == letter.phone {
        return Ok(Some(letter.conversation));
    }
    let Some(known) = txn.contact_of_in_txn(letter.conversation).await? else {
        return Ok(None);
    };
    let contact = if known.waba_id == phone.waba_id {
        known.id
    } else if known.wa_id.is_some() {
        let (wa_id, name) = (known.wa_id.as_deref(), known.name.as_deref());
        let contact = txn.contact_resolve_in_txn(phone.waba_id, wa_id, None, name, now);
        contact.await?.id
    } else {
        return Ok(None);
    };
    let conversation = txn
        .conversation_ensure_in_txn(phone.id, contact, now)
        .await?;
    Ok(Some(conversation.id))
}
