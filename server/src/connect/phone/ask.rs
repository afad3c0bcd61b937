//! Asking for a phone to be linked, and leaving a line, in the transaction that says why.

use super::link::STEPS;
use super::sender::leave_sender_in_txn;
use crate::connect::name;
use crate::errands::Errand;
use crate::store::entities::phone;
use crate::store::{StoreError, Txn};
use uuid::Uuid;

/// Asks for a phone to be linked to a portal: to `line` where one is chosen, else as it was. What it
/// leaves for that is switched off. False when the phone is gone.
pub async fn ask_in_txn(
    txn: &Txn,
    id: Uuid,
    portal: Uuid,
    line: Option<i64>,
    now: i64,
) -> Result<bool, StoreError> {
    let Some(phone) = txn.phone_link_asked_in_txn(id).await? else {
        return Ok(false);
    };
    let is_other_line = line.is_some_and(|line| phone.line_id != Some(line));
    if phone.portal_id != Some(portal) || is_other_line {
        leave_in_txn(txn, &phone, now).await?;
        if phone.portal_id != Some(portal) {
            leave_sender_in_txn(txn, id, now).await?;
        }
        txn.phone_move_in_txn(id, Some(portal), "linking").await?;
    }
    if let Some(line) = line {
        txn.phone_want_line_in_txn(id, line).await?;
    }
    let link = Errand::PhoneLink { phone: id };
    txn.errand_put_in_txn(&link.row(now, now)?).await?;
    if phone.sms_service {
        let sync = Errand::SenderSync { phone: id };
        txn.errand_put_in_txn(&sync.row(now, now)?).await?;
    }
    Ok(true)
}

/// The phone leaves its line, if it has one: the line is switched off, and what was known of it is
/// known no more. The phone itself is written by whoever asks.
pub async fn leave_in_txn(txn: &Txn, phone: &phone::Model, now: i64) -> Result<(), StoreError> {
    if let Some(off) = off(phone) {
        txn.errand_put_in_txn(&off.row(now, now)?).await?;
    }
    txn.checks_drop_in_txn(phone.id, Some(&STEPS)).await?;
    txn.checks_drop_in_txn(phone.id, Some(&[name::CONNECTOR]))
        .await
}

/// Switching off the line that a phone has.
pub fn off(phone: &phone::Model) -> Option<Errand> {
    Some(Errand::LineOff {
        portal: phone.portal_id?,
        line: phone.line_id?,
        connector: phone.connector.clone()?,
    })
}
