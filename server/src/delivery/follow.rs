//! What follows from a delivery's end: ids learnt, lines in the operator's chat, what a portal hears of an SMS.

use super::outcome::{Learnt, Trouble};
use crate::inbox::{chat, sms_statuses, statuses};
use crate::outbox::{DeliveryKind, Speaker};
use crate::store::entities::message;
use crate::store::{Head, StoreError, Txn};
use std::collections::HashMap;
use uuid::Uuid;

/// Whether [`arrived`] says all that follows when it arrives.
pub(super) fn is_simple(kind: DeliveryKind) -> bool {
    kind.speaker() != Speaker::Operator
}

/// The portal took them: its chats are learnt, and customers' messages are shown.
pub(super) async fn arrived(
    txn: &Txn,
    arrived: &[(&Head, &Learnt)],
    now: i64,
) -> Result<(), StoreError> {
    let chat_of = |(head, learnt): &(&Head, &'_ Learnt)| {
        let chat = learnt.im_chat.clone()?;
        Some((head.conversation, (chat, learnt.im_user.clone())))
    };
    let chats: HashMap<Uuid, _> = arrived.iter().filter_map(chat_of).collect();
    let chats = chats.iter();
    let chats = chats.map(|(id, (chat, user))| (*id, (chat.as_str(), user.as_deref())));
    txn.conversations_set_chats_in_txn(&chats.collect()).await?;
    let shown: Vec<Uuid> = arrived
        .iter()
        .filter(|(head, _)| head.kind == DeliveryKind::InboundText)
        .filter_map(|(head, _)| head.message)
        .collect();
    txn.messages_shown_in_txn(&shown, now).await
}

/// Meta took it: its id is learnt, and the message moves on.
pub(super) async fn delivered(
    txn: &Txn,
    head: &Head,
    learnt: &Learnt,
    now: i64,
) -> Result<Vec<Uuid>, StoreError> {
    let Some(message) = head.message else {
        return Ok(Vec::new());
    };
    let mut targets = Vec::new();
    if txn
        .message_move_in_txn(message, &["queued"], "accepted", now, None)
        .await?
    {
        targets = sms_statuses::moved_in_txn(txn, message, now).await?;
    }
    let Some(wamid) = &learnt.wamid else {
        return Ok(targets);
    };
    txn.message_set_wamid_in_txn(message, wamid).await?;
    targets.extend(statuses::apply_early_in_txn(txn, head.phone, wamid, now).await?);
    Ok(targets)
}

/// What was really sent goes into the chat, once: by whoever closes the delivery.
pub(super) async fn sent(txn: &Txn, head: &Head, now: i64) -> Result<Vec<Uuid>, StoreError> {
    if head.kind != DeliveryKind::OutboundContent {
        return Ok(Vec::new());
    }
    match message(txn, head).await? {
        Some(message) => chat::sent_in_txn(txn, &message, &head.payload, now).await,
        None => Ok(Vec::new()),
    }
}

/// It will never arrive: the operator is told.
pub(super) async fn failed(
    txn: &Txn,
    head: &Head,
    why: &Trouble,
    now: i64,
) -> Result<Vec<Uuid>, StoreError> {
    if head.kind.speaker() != Speaker::Operator {
        return Ok(Vec::new());
    }
    let Some(message) = message(txn, head).await? else {
        return Ok(Vec::new());
    };
    let code = why.code.parse().ok();
    let mut targets = chat::fail_in_txn(txn, &message, code, &why.text, now).await?;
    targets.extend(sms_statuses::follow_in_txn(txn, &message, now).await?);
    Ok(targets)
}

/// The message that a delivery to a customer carries.
async fn message(txn: &Txn, head: &Head) -> Result<Option<message::Model>, StoreError> {
    match head.message {
        Some(id) => txn.message_out_by_id_in_txn(head.phone, id).await,
        None => Ok(None),
    }
}
