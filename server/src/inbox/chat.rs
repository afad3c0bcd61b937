//! What THOTH itself puts into the operator's chat: ticks, red lines, and what was really sent.

use super::call_leave;
use super::closed_window::{CLOSED, Rescue, rescue_in_txn};
use super::context::language_of;
use super::sms_statuses;
use super::to_portal::ToPortal;
use crate::outbox::{ChatLine, CustomerContent, DeliveryKind, Tick};
use crate::store::entities::message;
use crate::store::{StoreError, Txn};
use crate::translate::{error_line, literal, sent_line};
use uuid::Uuid;

/// Marks a message of the operator as failed and says so in the chat, in red, once.
pub async fn fail_in_txn(
    txn: &Txn,
    message: &message::Model,
    code: Option<i32>,
    words: &str,
    now: i64,
) -> Result<Vec<Uuid>, StoreError> {
    let from = ["queued", "accepted", "sent"];
    let moved = txn
        .message_move_in_txn(
            message.id,
            &from,
            "failed",
            now,
            Some((code.unwrap_or(0), words)),
        )
        .await?;
    if moved && message.status != "queued" {
        call_leave::failed_in_txn(txn, message, now).await?;
    }
    let Some(portal) = message.portal_id.filter(|_| moved) else {
        return Ok(Vec::new());
    };
    if !sms_statuses::has_chat_in_txn(txn, message).await? {
        return Ok(Vec::new());
    }
    let language = txn
        .portal_find_in_txn(portal)
        .await?
        .map_or_else(Default::default, |portal| language_of(&portal.domain));
    let mut text = error_line(words, language);
    if code == Some(CLOSED) {
        match rescue_in_txn(txn, message, now).await? {
            Rescue::Sent(targets) => return Ok(targets),
            Rescue::Offered(code) => {
                let lead = language.pick(
                    "To send it inside the default template, write:",
                    "Чтобы отправить этот текст внутри шаблона по умолчанию, напишите:",
                );
                text = format!("{text}\n{lead}\n{}", literal(&code));
            }
            Rescue::None => {}
        }
    }
    let line = ChatLine {
        // A message that was replayed may fail again: each time is a line of its own.
        external_id: format!("thoth-failed-{}-{now}", message.id.simple()),
        text,
        at: now / 1000,
    };
    enqueue(txn, message, portal, DeliveryKind::ErrorLine, &line, now).await
}

/// Says in the operator's chat what the customer really got. Only where the message belongs to a chat.
pub async fn sent_in_txn(
    txn: &Txn,
    message: &message::Model,
    payload: &str,
    now: i64,
) -> Result<Vec<Uuid>, StoreError> {
    let Ok(sent) = serde_json::from_str::<CustomerContent>(payload) else {
        return Ok(Vec::new());
    };
    call_leave::asked_in_txn(txn, message, &sent, now).await?;
    let (Some(portal), Some(_)) = (message.portal_id, &message.im_chat_id) else {
        return Ok(Vec::new());
    };
    let language = txn
        .portal_find_in_txn(portal)
        .await?
        .map_or_else(Default::default, |portal| language_of(&portal.domain));
    let line = ChatLine {
        external_id: format!("thoth-sent-{}", message.id.simple()),
        text: sent_line(&sent.kind, &sent.content, &message.text, language),
        at: now / 1000,
    };
    enqueue(txn, message, portal, DeliveryKind::SentLine, &line, now).await
}

/// Puts a tick on the operator's message once all its parts have come as far as `reached`.
pub(super) async fn tick(
    txn: &Txn,
    message: &message::Model,
    kind: DeliveryKind,
    reached: &[&str],
    now: i64,
) -> Result<Vec<Uuid>, StoreError> {
    let (Some(portal), Some(im_chat_id), Some(im_message_id)) = (
        message.portal_id,
        &message.im_chat_id,
        &message.im_message_id,
    ) else {
        return Ok(Vec::new());
    };
    let parts = txn.message_parts_in_txn(portal, im_message_id).await?;
    if !parts
        .iter()
        .all(|part| reached.contains(&part.status.as_str()))
    {
        return Ok(Vec::new());
    }
    let tick = Tick {
        im_chat_id: im_chat_id.clone(),
        im_message_id: im_message_id.clone(),
        external_ids: parts.into_iter().filter_map(|part| part.wamid).collect(),
        at: now / 1000,
    };
    enqueue(txn, message, portal, kind, &tick, now).await
}

async fn enqueue(
    txn: &Txn,
    message: &message::Model,
    portal: Uuid,
    kind: DeliveryKind,
    payload: &impl serde::Serialize,
    now: i64,
) -> Result<Vec<Uuid>, StoreError> {
    let to = ToPortal {
        owner: message.owner_id,
        portal,
        phone: message.phone_id,
        conversation: message.conversation_id,
        message: Some(message.id),
    };
    to.enqueue_in_txn(txn, kind, payload, now).await?;
    Ok(vec![portal])
}
