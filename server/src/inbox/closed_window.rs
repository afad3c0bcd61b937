//! An operator's text that Meta did not take because the customer has been silent for a day: the phone's default
//! template can carry it.

use super::compose::template_of;
use crate::outbox::{CustomerContent, DeliveryKind, DestinationKind, NewDelivery};
use crate::store::entities::message;
use crate::store::{NewMessage, Origin, StoreError, Txn};
use crate::translate::template::{CodeFrom, fill, offer_code, read_code};
use crate::translate::without_name;
use crate::whatsapp::templates::Template;
use uuid::Uuid;

/// Meta's code for a closed window.
pub const CLOSED: i32 = 131_047;

/// The most characters of a template's body, values included.
const BODY_LENGTH_MAX: usize = 1024;

/// What the default template can do for a text.
pub(super) enum Rescue {
    /// It is on its way inside the template; these have something new to carry.
    Sent(Vec<Uuid>),
    /// The code that sends it so, for the operator.
    Offered(String),
    /// Nothing: there is no template, or the text does not fit.
    None,
}

/// Looks what the default template can do for a text of an operator, and sends it where the phone is set so.
pub(super) async fn rescue_in_txn(
    txn: &Txn,
    message: &message::Model,
    now: i64,
) -> Result<Rescue, StoreError> {
    let (Some(portal), Some(chat), Some(written)) = (
        message.portal_id,
        &message.im_chat_id,
        &message.im_message_id,
    ) else {
        return Ok(Rescue::None);
    };
    // A text in pieces is longer than any template takes.
    if message.kind != "text" || txn.message_parts_in_txn(portal, written).await?.len() > 1 {
        return Ok(Rescue::None);
    }
    let choices = txn.phone_choices_in_txn(message.phone_id).await?;
    let Some(template) = default_template(txn, message.phone_id, choices.default_template).await?
    else {
        return Ok(Rescue::None);
    };
    let Some((code, content, text)) = inside(&template, without_name(&message.text)) else {
        return Ok(Rescue::None);
    };
    if !choices.template_when_closed {
        return Ok(Rescue::Offered(code));
    }
    let origin = Origin {
        portal,
        im_chat_id: chat,
        im_message_id: None,
    };
    let sent = send(txn, message, origin, &content, &text, now).await?;
    Ok(Rescue::Sent(sent.into_iter().collect()))
}

/// The chosen template, as long as it is one of the phone's WABA that can be read and shown.
async fn default_template(
    txn: &Txn,
    phone: Uuid,
    chosen: Option<Uuid>,
) -> Result<Option<Template>, StoreError> {
    let Some(chosen) = chosen else {
        return Ok(None);
    };
    let (Some(row), Some(phone)) = (
        txn.template_find_in_txn(chosen).await?,
        txn.phone_find_in_txn(phone).await?,
    ) else {
        return Ok(None);
    };
    if row.waba_id != phone.waba_id || row.hidden {
        return Ok(None);
    }
    Ok(template_of(&row).ok())
}

/// A text inside a template: the code that says so, what Meta gets, and what the customer reads.
fn inside(template: &Template, text: &str) -> Option<(String, CustomerContent, String)> {
    let offer = offer_code(template, text)?;
    let code = read_code(&offer, CodeFrom::Chat)?.ok()?;
    let filled = fill(template, &code.arguments).ok()?;
    if filled.text.chars().count() > BODY_LENGTH_MAX {
        return None;
    }
    let content = CustomerContent {
        kind: "template".to_owned(),
        content: filled.content,
        marketing: template.is_marketing(),
    };
    Some((offer, content, filled.text))
}

/// Sends the template in the text's stead. Answers whose turn it is.
async fn send(
    txn: &Txn,
    message: &message::Model,
    origin: Origin<'_>,
    content: &CustomerContent,
    text: &str,
    now: i64,
) -> Result<Option<Uuid>, StoreError> {
    let new = NewMessage {
        owner: message.owner_id,
        phone: message.phone_id,
        conversation: message.conversation_id,
        direction: "out",
        wamid: None,
        fingerprint: 0,
        kind: &content.kind,
        text,
        origin: Some(origin),
        part: 0,
        status: "queued",
    };
    let Some(id) = txn.message_insert_in_txn(&new, now).await? else {
        return Ok(None);
    };
    let payload = serde_json::to_string(content)
        .map_err(|error| StoreError::Unreadable(error.to_string()))?;
    let delivery = NewDelivery {
        owner: message.owner_id,
        destination: DestinationKind::Phone,
        target: message.phone_id,
        kind: DeliveryKind::OutboundContent,
        phone: message.phone_id,
        conversation: message.conversation_id,
        message: Some(id),
        payload,
    };
    txn.delivery_enqueue(delivery, now);
    Ok(Some(message.phone_id))
}
