//! What becomes of an SMS is told to the portal that asked for it: `sent`, `delivered`, `failed` or `undelivered`,
//! each once and only forward (R14). An SMS in several parts is as far as the part that is least far.

use crate::bitrix::sms::SmsState;
use crate::outbox::{DeliveryKind, DestinationKind, NewDelivery, SmsStatus};
use crate::store::entities::message;
use crate::store::{Sms, SmsPart, StoreError, Txn, sender_code};
use uuid::Uuid;

/// Meta's codes for a customer who cannot be reached, as opposed to a message that is wrong: not on WhatsApp, part of
/// an experiment, spared for too much advertising. Source: "Error codes" of the Cloud API.
const UNREACHABLE: [i32; 3] = [131026, 130472, 131049];

/// A message may have moved: if it is an SMS and that says something new, the portal is told.
pub async fn follow_in_txn(
    txn: &Txn,
    message: &message::Model,
    now: i64,
) -> Result<Vec<Uuid>, StoreError> {
    if !is_sms(message) {
        return Ok(Vec::new());
    }
    moved_in_txn(txn, message.id, now).await
}

/// As [`follow_in_txn`], for a message of which only its id is at hand.
pub async fn moved_in_txn(txn: &Txn, message: Uuid, now: i64) -> Result<Vec<Uuid>, StoreError> {
    let Some(sms) = txn.sms_of_message_in_txn(message).await? else {
        return Ok(Vec::new());
    };
    let Some(state) = state_of(&sms.parts) else {
        return Ok(Vec::new());
    };
    let told = sms.told.iter().filter_map(|payload| {
        let told: SmsStatus = serde_json::from_str(payload).ok()?;
        Some(rank(told.state))
    });
    if told.max().is_some_and(|told| told >= rank(state)) {
        return Ok(Vec::new());
    }
    tell_in_txn(txn, &sms, state, now).await
}

/// How far along a state is. What is over has no more to tell.
const fn rank(state: SmsState) -> u8 {
    match state {
        SmsState::Sent => 1,
        SmsState::Delivered => 2,
        SmsState::Undelivered | SmsState::Failed => 3,
    }
}

/// Whether the operators' chat is to hear that a message failed: an SMS has none unless it opens one.
pub async fn has_chat_in_txn(txn: &Txn, message: &message::Model) -> Result<bool, StoreError> {
    if !is_sms(message) {
        return Ok(true);
    }
    txn.phone_sms_opens_chat_in_txn(message.phone_id).await
}

/// An SMS belongs to a portal and was written in no chat.
fn is_sms(message: &message::Model) -> bool {
    message.portal_id.is_some() && message.im_chat_id.is_none()
}

/// Tells the portal that an SMS has come this far.
pub(super) async fn tell_in_txn(
    txn: &Txn,
    sms: &Sms,
    state: SmsState,
    now: i64,
) -> Result<Vec<Uuid>, StoreError> {
    let code = match txn.phone_sender_in_txn(sms.phone).await? {
        Some(sender) if sender.portal == sms.portal => Some(sender.code),
        Some(_) | None => {
            let phone = txn.phone_find_in_txn(sms.phone).await?;
            phone.map(|phone| sender_code(&phone.phone))
        }
    };
    let (Some(code), Some(first)) = (code, sms.parts.first()) else {
        return Ok(Vec::new());
    };
    let status = SmsStatus {
        code,
        message_id: sms.sms_id.clone(),
        state,
    };
    let payload = serde_json::to_string(&status)
        .map_err(|error| StoreError::Unreadable(error.to_string()))?;
    let delivery = NewDelivery {
        owner: sms.owner,
        destination: DestinationKind::Portal,
        target: sms.portal,
        kind: DeliveryKind::SmsStatus,
        phone: sms.phone,
        conversation: sms.conversation,
        message: Some(first.id),
        payload,
    };
    txn.delivery_enqueue(delivery, now);
    Ok(vec![sms.portal])
}

/// How far an SMS has come; nothing while a part of it waits for Meta.
fn state_of(parts: &[SmsPart]) -> Option<SmsState> {
    let all = |words: &[&str]| {
        !parts.is_empty()
            && parts
                .iter()
                .all(|part| words.contains(&part.status.as_str()))
    };
    if let Some(failed) = parts.iter().find(|part| part.status == "failed") {
        let code = failed.error_code.unwrap_or_default();
        return Some(if UNREACHABLE.contains(&code) {
            SmsState::Undelivered
        } else {
            SmsState::Failed
        });
    }
    if all(&["delivered", "read"]) {
        return Some(SmsState::Delivered);
    }
    all(&["accepted", "sent", "delivered", "read"]).then_some(SmsState::Sent)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn parts(statuses: &[(&str, i32)]) -> Vec<SmsPart> {
        let part = |(status, code): &(&str, i32)| SmsPart {
            id: Uuid::now_v7(),
            status: (*status).to_owned(),
            error_code: Some(*code),
        };
        statuses.iter().map(part).collect()
    }

    #[test]
    fn an_sms_is_as_far_as_its_least_part() {
        let state = |statuses: &[&str]| {
            let statuses: Vec<_> = statuses.iter().map(|status| (*status, 0)).collect();
            state_of(&parts(&statuses))
        };
        assert_eq!(state(&[]), None);
        assert_eq!(state(&["accepted", "queued"]), None);
        assert_eq!(state(&["accepted", "sent"]), Some(SmsState::Sent));
        assert_eq!(state(&["delivered", "sent"]), Some(SmsState::Sent));
        assert_eq!(state(&["read", "delivered"]), Some(SmsState::Delivered));
        assert_eq!(state(&["read", "failed"]), Some(SmsState::Failed));
        let gone = state_of(&parts(&[("failed", 131026)]));
        assert_eq!(gone, Some(SmsState::Undelivered));
    }

    proptest! {
        #[test]
        fn it_only_goes_forward(steps in prop::collection::vec((0_usize..3, 0_usize..5), 0..20)) {
            let words = ["queued", "accepted", "sent", "delivered", "read"];
            let mut stood = [0_usize; 3];
            let mut last = 0;
            for (part, step) in steps {
                stood[part] = stood[part].max(step);
                let now: Vec<_> = stood.iter().map(|at| (words[*at], 0)).collect();
                let here = state_of(&parts(&now)).map_or(0, rank);
                prop_assert!(here >= last);
                last = here;
            }
        }
    }
}
