//! The ledger of who may be called: what was asked, what was answered, which calls nobody took.

use crate::errands::Errand;
use crate::outbox::CustomerContent;
use crate::outside::loose;
use crate::store::entities::message;
use crate::store::{StoreError, Txn};
use crate::whatsapp::wire::Interactive;
use serde_json::Value;
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
    if !is_request_in_txn(txn, message, sent).await? {
        return Ok(());
    }
    let contact = txn.conversation_contact_in_txn(message.conversation_id);
    let Some(contact) = contact.await? else {
        return Ok(());
    };
    let row = txn.call_permission_ensure_in_txn(message.phone_id, contact, now);
    let row = row.await?;
    txn.call_permission_asked_in_txn(row.id, now).await?;
    check_in_txn(txn, row.id, now).await
}

/// A message that asks by itself, or a template with a part that does.
async fn is_request_in_txn(
    txn: &Txn,
    message: &message::Model,
    sent: &CustomerContent,
) -> Result<bool, StoreError> {
    let text = |key: &str| loose::filled(&sent.content, key);
    if sent.kind == "interactive" {
        return Ok(text("type").as_deref() == Some(REQUEST));
    }
    let language = loose::field(&sent.content, "language");
    let language = language.and_then(|language| loose::filled(language, "code"));
    let (Some(name), Some(language)) = (text("name"), language) else {
        return Ok(false);
    };
    let Some(phone) = txn.phone_find_in_txn(message.phone_id).await? else {
        return Ok(false);
    };
    let template = txn.template_by_name_in_txn(phone.waba_id, &name, &language);
    let template = template.await?;
    Ok(template.is_some_and(|template| asks(&template.raw)))
}

/// Whether a template, as Meta has it, asks for leave to call.
fn asks(template: &str) -> bool {
    let raw: Value = serde_json::from_str(template).unwrap_or_default();
    let parts = loose::field(&raw, "components").map(loose::items);
    let types = parts.unwrap_or_default().into_iter();
    let mut types = types.filter_map(|part| loose::text(part, "type"));
    types.any(|word| word.eq_ignore_ascii_case(REQUEST))
}

/// Has Meta asked what is left: limits and permissions are Meta's to say.
async fn check_in_txn(txn: &Txn, permission: Uuid, now: i64) -> Result<(), StoreError> {
    let errand = Errand::CallPermission { permission };
    txn.errand_put_in_txn(&errand.row(now, now)?).await
}

/// A request that Meta took has failed after all: nobody was asked.
pub(super) async fn failed_in_txn(
    txn: &Txn,
    message: &message::Model,
    now: i64,
) -> Result<(), StoreError> {
    let sent = txn.delivery_content_in_txn(message.id).await?;
    let sent = sent.and_then(|sent| serde_json::from_str::<CustomerContent>(&sent).ok());
    let Some(sent) = sent else {
        return Ok(());
    };
    if !is_request_in_txn(txn, message, &sent).await? {
        return Ok(());
    }
    let contact = txn.conversation_contact_in_txn(message.conversation_id);
    let Some(contact) = contact.await? else {
        return Ok(());
    };
    let row = txn.call_permission_ensure_in_txn(message.phone_id, contact, now);
    let row = row.await?;
    txn.call_permission_unasked_in_txn(row.id, now).await?;
    check_in_txn(txn, row.id, now).await
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
    let until = expires_at.map_or(heard.saturating_add(WEEK), |seconds| {
        seconds.saturating_mul(1000)
    });
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
    check_in_txn(txn, row.id, now).await
}

/// A call of the business ended. One that was answered opens all limits anew, and test numbers have others: Meta is
/// asked what is left.
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
        .await?;
    check_in_txn(txn, row.id, now).await
}
