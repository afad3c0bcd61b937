//! What follows from a delivery's end: ids learnt, lines in the operator's chat, what a portal hears of an SMS.

use super::outcome::{Learnt, Trouble};
use crate::inbox::{chat, sms_statuses, statuses};
use crate::outbox::DeliveryKind;
use crate::store::{Head, StoreError, Txn};
use uuid::Uuid;

/// The other side took it: ids are learnt, and a message moves on.
pub(super) async fn delivered(
    txn: &Txn,
    head: &Head,
    learnt: &Learnt,
    now: i64,
) -> Result<Vec<Uuid>, StoreError> {
    if let Some(chat) = &learnt.im_chat {
        txn.conversation_set_chat_in_txn(head.conversation, chat, learnt.im_user.as_deref())
            .await?;
    }
    let Some(message) = head.message else {
        return Ok(Vec::new());
    };
    match head.kind {
        DeliveryKind::InboundText => {
            txn.message_move_in_txn(message, &["received"], "shown", now, None)
                .await?;
            Ok(Vec::new())
        }
        DeliveryKind::OutboundText | DeliveryKind::OutboundContent => {
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
        DeliveryKind::DeliveredTick
        | DeliveryKind::ReadTick
        | DeliveryKind::ErrorLine
        | DeliveryKind::SentLine
        | DeliveryKind::SmsStatus
        | DeliveryKind::CallShow
        | DeliveryKind::CallEnd => Ok(Vec::new()),
    }
}

/// What was really sent goes into the chat, once: by whoever closes the delivery.
pub(super) async fn sent(txn: &Txn, head: &Head, now: i64) -> Result<Vec<Uuid>, StoreError> {
    match (head.kind, head.message) {
        (DeliveryKind::OutboundContent, Some(message)) => {
            let Some(message) = txn.message_out_by_id_in_txn(head.phone, message).await? else {
                return Ok(Vec::new());
            };
            chat::sent_in_txn(txn, &message, &head.payload, now).await
        }
        (
            DeliveryKind::OutboundContent
            | DeliveryKind::OutboundText
            | DeliveryKind::InboundText
            | DeliveryKind::DeliveredTick
            | DeliveryKind::ReadTick
            | DeliveryKind::ErrorLine
            | DeliveryKind::SentLine
            | DeliveryKind::SmsStatus
            | DeliveryKind::CallShow
            | DeliveryKind::CallEnd,
            _,
        ) => Ok(Vec::new()),
    }
}

/// It will never arrive: the operator is told.
pub(super) async fn failed(
    txn: &Txn,
    head: &Head,
    why: &Trouble,
    now: i64,
) -> Result<Vec<Uuid>, StoreError> {
    match (head.kind, head.message) {
        (DeliveryKind::OutboundText | DeliveryKind::OutboundContent, Some(message)) => {
            let Some(message) = txn.message_out_by_id_in_txn(head.phone, message).await? else {
                return Ok(Vec::new());
            };
            let code = why.code.parse().ok();
            let mut targets = chat::fail_in_txn(txn, &message, code, &why.text, now).await?;
            targets.extend(sms_statuses::follow_in_txn(txn, &message, now).await?);
            Ok(targets)
        }
        (
            DeliveryKind::OutboundText
            | DeliveryKind::OutboundContent
            | DeliveryKind::InboundText
            | DeliveryKind::DeliveredTick
            | DeliveryKind::ReadTick
            | DeliveryKind::ErrorLine
            | DeliveryKind::SentLine
            | DeliveryKind::SmsStatus
            | DeliveryKind::CallShow
            | DeliveryKind::CallEnd,
            _,
        ) => Ok(Vec::new()),
    }
}
