//! The rows of an SMS: what is sent, what could not be, and the line that shows it in the open line.

use super::sms_statuses::tell_in_txn;
use crate::bitrix::sms::SmsState;
use crate::bitrix::wire::SmsOrder;
use crate::outbox::{
    ChatLine, CustomerContent, CustomerText, DeliveryKind, DeliveryState, DestinationKind,
    NewDelivery,
};
use crate::store::entities::{conversation, phone, portal};
use crate::store::{NewMessage, Sms, SmsPart, StoreError, Txn};
use crate::translate::{Language, bb_of_markup};
use uuid::Uuid;

/// Where an SMS comes from and through which number it goes.
pub(super) struct Place {
    /// The business number.
    pub phone: phone::Model,
    /// The portal.
    pub portal: portal::Model,
    /// The language of its people.
    pub language: Language,
}

/// Why an SMS is not sent: a code for programs, and words.
pub(super) struct Refusal {
    /// The code.
    pub code: &'static str,
    /// The words.
    pub words: String,
}

/// One message to the customer.
pub(super) enum Part {
    /// Words.
    Text(String),
    /// A template, and what the customer reads of it.
    Content(CustomerContent, String),
}

impl Part {
    fn words(&self) -> &str {
        match self {
            Self::Text(words) | Self::Content(_, words) => words,
        }
    }
}

/// What the customer reads.
pub(super) fn words_of(parts: &[Part]) -> String {
    let words: Vec<&str> = parts.iter().map(Part::words).collect();
    words.join("\n")
}

/// Writes the message, part by part, each with its delivery. Answers the first part.
pub(super) async fn send(
    txn: &Txn,
    place: &Place,
    order: &SmsOrder,
    conversation: &conversation::Model,
    parts: &[Part],
    now: i64,
) -> Result<Option<Uuid>, StoreError> {
    let mut first = None;
    for (number, part) in (0..).zip(parts) {
        let (word, kind, payload) = match part {
            Part::Text(text) => {
                let text = text.clone();
                let payload = written(&CustomerText { text })?;
                ("text", DeliveryKind::OutboundText, payload)
            }
            Part::Content(content, _) => {
                let payload = written(content)?;
                (
                    content.kind.as_str(),
                    DeliveryKind::OutboundContent,
                    payload,
                )
            }
        };
        let row = Row {
            part: number,
            kind: word,
            text: part.words(),
        };
        let Some(id) = write(txn, place, order, conversation, row, now).await? else {
            continue;
        };
        first = first.or(Some(id));
        let delivery = to_phone(place, conversation, id, kind, payload);
        txn.delivery_enqueue(delivery, now);
    }
    Ok(first)
}

/// Writes what could not be sent, with its reason, and tells the portal.
pub(super) async fn refuse(
    txn: &Txn,
    place: &Place,
    order: &SmsOrder,
    conversation: &conversation::Model,
    why: &Refusal,
    now: i64,
) -> Result<Vec<Uuid>, StoreError> {
    let row = Row {
        part: 0,
        kind: "text",
        text: &order.text,
    };
    let Some(id) = write(txn, place, order, conversation, row, now).await? else {
        return Ok(Vec::new());
    };
    let error = Some((0, why.words.as_str()));
    txn.message_move_in_txn(id, &["queued"], "failed", now, error)
        .await?;
    let delivery = to_phone(
        place,
        conversation,
        id,
        DeliveryKind::OutboundText,
        "{}".to_owned(),
    );
    txn.delivery_enqueue(delivery, now);
    txn.lines_write_in_txn().await?;
    let error = Some((why.code, why.words.as_str()));
    txn.delivery_settle_in_txn(id, DeliveryState::Refused, error, now)
        .await?;
    let sms = Sms {
        portal: place.portal.id,
        sms_id: order.message_id.clone(),
        owner: place.phone.owner_id,
        phone: place.phone.id,
        conversation: conversation.id,
        parts: vec![SmsPart {
            id,
            status: "failed".to_owned(),
            error_code: None,
        }],
        told: Vec::new(),
    };
    tell_in_txn(txn, &sms, SmsState::Failed, now).await
}

/// What a row of a message has of its own.
struct Row<'a> {
    part: i32,
    /// Meta's word for the type.
    kind: &'a str,
    text: &'a str,
}

async fn write(
    txn: &Txn,
    place: &Place,
    order: &SmsOrder,
    conversation: &conversation::Model,
    row: Row<'_>,
    now: i64,
) -> Result<Option<Uuid>, StoreError> {
    let new = NewMessage {
        owner: place.phone.owner_id,
        phone: place.phone.id,
        conversation: conversation.id,
        direction: "out",
        wamid: None,
        fingerprint: 0,
        kind: row.kind,
        text: row.text,
        origin: None,
        part: row.part,
        status: "queued",
    };
    let id = txn.message_insert_in_txn(&new, now).await?;
    if let Some(id) = id {
        txn.message_is_sms_in_txn(id, place.portal.id, &order.message_id)
            .await?;
    }
    Ok(id)
}

fn to_phone(
    place: &Place,
    conversation: &conversation::Model,
    message: Uuid,
    kind: DeliveryKind,
    payload: String,
) -> NewDelivery {
    NewDelivery {
        owner: place.phone.owner_id,
        destination: DestinationKind::Phone,
        target: place.phone.id,
        kind,
        phone: place.phone.id,
        conversation: conversation.id,
        message: Some(message),
        payload,
    }
}

/// Shows in the open line what was sent, told from the customer's words. Nothing where the phone has no line.
pub(super) async fn show(
    txn: &Txn,
    place: &Place,
    conversation: &conversation::Model,
    message: Uuid,
    text: &str,
    now: i64,
) -> Result<Option<Uuid>, StoreError> {
    if place.phone.line_id.is_none() {
        return Ok(None);
    }
    let lead = place.language.pick("Sent by SMS:", "Отправлено по SMS:");
    let line = ChatLine {
        external_id: format!("thoth-sms-{}", message.simple()),
        text: format!("[b]{lead}[/b]\n{}", bb_of_markup(text)),
        at: now / 1000,
    };
    let kind = DeliveryKind::SentLine;
    let delivery = NewDelivery {
        destination: DestinationKind::Portal,
        target: place.portal.id,
        ..to_phone(place, conversation, message, kind, written(&line)?)
    };
    txn.delivery_enqueue(delivery, now);
    Ok(Some(place.portal.id))
}

fn written(payload: &impl serde::Serialize) -> Result<String, StoreError> {
    serde_json::to_string(payload).map_err(|error| StoreError::Unreadable(error.to_string()))
}
