//! Meta's statuses become ticks and red lines in the operator's chat. Statuses come in any order,
//! twice, or before the message they speak of is known; a message only moves forward.

use super::chat::{fail_in_txn, sent_in_txn, tick};
use super::context::language_of;
use super::sms_statuses;
use crate::outbox::{DeliveryKind, DeliveryState};
use crate::store::entities::message;
use crate::store::{StoreError, Txn};
use crate::whatsapp::errors::explain;
use crate::whatsapp::wire::{Status, StatusKind};
use uuid::Uuid;

/// The mark before our own id in `biz_opaque_callback_data`.
const MARK: &str = "thoth:";

/// What Meta gives back with every status of this message.
pub fn opaque_of(message: Uuid) -> String {
    format!("{MARK}{message}")
}

/// The messages of ours that statuses speak of, by their marks.
pub(super) fn marked<'a>(statuses: impl Iterator<Item = &'a Status>) -> Vec<Uuid> {
    let marks = statuses.filter_map(|status| status.opaque.as_deref());
    marks.filter_map(message_of).collect()
}

fn message_of(opaque: &str) -> Option<Uuid> {
    opaque.strip_prefix(MARK)?.parse().ok()
}

/// Applies one status of a phone; answers the portals that have something new to carry.
pub async fn read_in_txn(
    txn: &Txn,
    phone: Uuid,
    status: &Status,
    now: i64,
) -> Result<Vec<Uuid>, StoreError> {
    let ours = status.opaque.as_deref().and_then(message_of);
    let by_mark = match ours {
        Some(id) => txn.message_out_by_id_in_txn(phone, id).await?,
        None => None,
    };
    if let Some(message) = by_mark {
        if is_past(&message, status) {
            return Ok(Vec::new());
        }
        // Whatever became of the call's answer: Meta has the message. The delivery first, then its message, as couriers do.
        let mut settled = txn
            .delivery_settle_in_txn(message.id, DeliveryState::Delivered, None, now)
            .await?;
        if let Some(wamid) = &status.id {
            txn.message_set_wamid_in_txn(message.id, wamid).await?;
        }
        if !settled && status.status != StatusKind::Failed {
            settled = txn.dead_letter_arrived_in_txn(message.id, now).await?;
        }
        let mut targets = Vec::new();
        if settled
            && status.status != StatusKind::Failed
            && let Some(payload) = txn.delivery_content_in_txn(message.id).await?
        {
            targets = sent_in_txn(txn, &message, &payload, now).await?;
        }
        targets.extend(apply(txn, &message, status, now).await?);
        return Ok(targets);
    }
    let Some(wamid) = &status.id else {
        return Ok(Vec::new());
    };
    match txn.message_out_by_wamid_in_txn(phone, wamid).await? {
        Some(message) => apply(txn, &message, status, now).await,
        None => {
            let word = word_of(&status.status);
            txn.early_status_keep_in_txn(phone, wamid, word, &status.raw.to_string(), now)
                .await?;
            Ok(Vec::new())
        }
    }
}

/// Applies the statuses that came before this message was known.
pub async fn apply_early_in_txn(
    txn: &Txn,
    phone: Uuid,
    wamid: &str,
    now: i64,
) -> Result<Vec<Uuid>, StoreError> {
    let mut targets = Vec::new();
    for body in txn.early_statuses_take_in_txn(phone, wamid).await? {
        let Some(status) = serde_json::from_str(&body).ok().and_then(Status::from_json) else {
            continue;
        };
        if let Some(message) = txn.message_out_by_wamid_in_txn(phone, wamid).await? {
            targets.extend(apply(txn, &message, &status, now).await?);
        }
    }
    Ok(targets)
}

/// Whether a status is of a try before the message was replayed.
fn is_past(message: &message::Model, status: &Status) -> bool {
    let past = message.past_wamids.as_deref().unwrap_or_default();
    let wamid = status.id.as_deref();
    wamid.is_some_and(|wamid| past.split(' ').any(|old| old == wamid))
}

fn word_of(status: &StatusKind) -> &str {
    match status {
        StatusKind::Sent => "sent",
        StatusKind::Delivered => "delivered",
        StatusKind::Read => "read",
        StatusKind::Played => "played",
        StatusKind::Failed => "failed",
        StatusKind::Unknown(word) => word,
    }
}

async fn apply(
    txn: &Txn,
    message: &message::Model,
    status: &Status,
    now: i64,
) -> Result<Vec<Uuid>, StoreError> {
    let mut targets = advance(txn, message, status, now).await?;
    targets.extend(sms_statuses::follow_in_txn(txn, message, now).await?);
    Ok(targets)
}

async fn advance(
    txn: &Txn,
    message: &message::Model,
    status: &Status,
    now: i64,
) -> Result<Vec<Uuid>, StoreError> {
    let at = status
        .timestamp
        .map_or(now, |seconds| seconds.saturating_mul(1000));
    match &status.status {
        StatusKind::Sent => {
            txn.message_move_in_txn(message.id, &["queued", "accepted"], "sent", at, None)
                .await?;
            Ok(Vec::new())
        }
        StatusKind::Delivered => {
            let from = ["queued", "accepted", "sent"];
            if txn
                .message_move_in_txn(message.id, &from, "delivered", at, None)
                .await?
            {
                return tick(
                    txn,
                    message,
                    DeliveryKind::DeliveredTick,
                    &["delivered", "read"],
                    now,
                )
                .await;
            }
            Ok(Vec::new())
        }
        StatusKind::Read | StatusKind::Played => {
            let mut targets = Vec::new();
            let from = ["queued", "accepted", "sent"];
            if txn
                .message_move_in_txn(message.id, &from, "delivered", at, None)
                .await?
            {
                targets = tick(
                    txn,
                    message,
                    DeliveryKind::DeliveredTick,
                    &["delivered", "read"],
                    now,
                )
                .await?;
            }
            if txn
                .message_move_in_txn(message.id, &["delivered"], "read", at, None)
                .await?
            {
                targets.extend(tick(txn, message, DeliveryKind::ReadTick, &["read"], now).await?);
            }
            Ok(targets)
        }
        StatusKind::Failed => {
            let error = status.errors.first().cloned().unwrap_or_default();
            let language = match message.portal_id {
                Some(portal) => txn
                    .portal_find_in_txn(portal)
                    .await?
                    .map(|portal| language_of(&portal.domain)),
                None => None,
            };
            let words = explain(&error, language.unwrap_or_default());
            let code = error.code.and_then(|code| i32::try_from(code).ok());
            let shown = code.map_or_else(|| "failed".to_owned(), |code| code.to_string());
            txn.delivery_fail_late_in_txn(message.id, &shown, &words, now)
                .await?;
            fail_in_txn(txn, message, code, &words, now).await
        }
        StatusKind::Unknown(_) => Ok(Vec::new()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn our_mark_is_read_back_and_others_are_not_ours() {
        let id = Uuid::now_v7();
        assert_eq!(message_of(&opaque_of(id)), Some(id));
        assert_eq!(message_of("some data"), None);
        assert_eq!(message_of("thoth:x"), None);
    }
}
