//! The ledger of who may be called: what was asked, what was answered, which calls nobody took.

use crate::errands::Errand;
use crate::outbox::CustomerContent;
use crate::outside::loose;
use crate::store::entities::message;
use crate::store::{StoreError, Txn};
use crate::whatsapp::wire::Interactive;
use uuid::Uuid;

/// After so many calls in a row that were not answered Meta ends the permission.
/// Source: "User call permissions" of the Calling API.
const UNANSWERED_MOST: i32 = 4;

/// How long a permission lasts when Meta does not say, in milliseconds.
const WEEK: i64 = 7 * 24 * 60 * 60 * 1000;

/// Meta's type of the interactive message that asks.
pub const REQUEST: &str = "call_permission_request";

/// Notes a request for leave to call, when what was sent is one.
pub(super) async fn asked_in_txn(
    txn: &Txn,
    message: &message::Model,
    sent: &CustomerContent,
    now: i64,
) -> Result<(), StoreError> {
    let is_request = sent.kind == "interactive"
        && loose::text(&sent.content, "type").as_deref() == Some(REQUEST);
    if !is_request {
        return Ok(());
    }
    let contact = txn.conversation_contact_in_txn(message.conversation_id);
    let Some(contact) = contact.await? else {
        return Ok(());
    };
    let row = txn.call_permission_ensure_in_txn(message.phone_id, contact, now);
    let row = row.await?;
    txn.call_permission_asked_in_txn(row.id, now).await
}

/// Applies a customer's answer; Meta is asked what is left of it.
pub(super) async fn answered_in_txn(
    txn: &Txn,
    phone: Uuid,
    contact: Uuid,
    reply: &Interactive,
    at: Option<i64>,
    now: i64,
) -> Result<(), StoreError> {
    let Interactive::CallPermission {
        accepted,
        is_permanent,
        expires_at,
        automatic: _,
    } = reply
    else {
        return Ok(());
    };
    let heard = at.map_or(now, |seconds| seconds.saturating_mul(1000));
    let until = expires_at.map_or(heard + WEEK, |seconds| seconds.saturating_mul(1000));
    let (status, expires_at) = match accepted {
        Some(true) if *is_permanent => ("permanent", None),
        Some(true) => ("temporary", Some(until)),
        Some(false) => ("denied", None),
        None => return Ok(()),
    };
    let row = txn
        .call_permission_ensure_in_txn(phone, contact, now)
        .await?;
    txn.call_permission_answered_in_txn(row.id, status, expires_at, now)
        .await?;
    let errand = Errand::CallPermission { permission: row.id };
    txn.errand_put_in_txn(&errand.row(now, now)?).await
}

/// A call of the business ended.
pub(super) async fn called_in_txn(
    txn: &Txn,
    phone: Uuid,
    contact: Uuid,
    answered: bool,
    now: i64,
) -> Result<(), StoreError> {
    let row = txn
        .call_permission_ensure_in_txn(phone, contact, now)
        .await?;
    txn.call_permission_called_in_txn(row.id, answered, UNANSWERED_MOST, now)
        .await
}
