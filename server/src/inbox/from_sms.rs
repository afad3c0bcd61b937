//! Reads what a card of the CRM or a robot wants to be sent as SMS: a message to the customer's phone, or the reason
//! why it cannot be one, told back as `failed`.

use super::compose::{Composed, Draft, compose_in_txn};
use super::context::language_of;
use super::reader::Understood;
use super::sms_rows::{Part, Place, Refusal, refuse, send, show, words_of};
use crate::bitrix::wire::{SmsOrder, read_sms};
use crate::store::entities::{contact, receipt};
use crate::store::{StoreError, Txn};
use crate::translate::template::CodeFrom;
use crate::translate::{country_of, customer_number};
use uuid::Uuid;

/// After so long an SMS does more harm than good, in milliseconds: as with an operator's text.
const LIFETIME: i64 = 60 * 60 * 1000;

/// The most characters kept of a number that is none.
const ODD_NUMBER: usize = 40;

/// Reads it. What cannot go on yet is named in the answer and keeps the receipt held.
pub async fn read_in_txn(
    txn: &Txn,
    receipt: &receipt::Model,
    portal: Uuid,
    now: i64,
) -> Result<Understood, StoreError> {
    let mut understood = Understood::default();
    let kind = receipt.body.starts_with(b"{").then_some("application/json");
    let order = match read_sms(&receipt.body, kind) {
        Ok(order) => order,
        Err(error) => {
            understood.held(error.to_string());
            return Ok(understood);
        }
    };
    if txn.sms_is_known_in_txn(portal, &order.message_id).await? {
        metrics::counter!(crate::telemetry::name::DUPLICATES, "source" => "sms").increment(1);
        return Ok(understood);
    }
    let found = txn.portal_find_in_txn(portal).await?;
    let phone = txn.phone_by_sender_in_txn(portal, &order.code).await?;
    let (Some(portal), Some(phone)) = (found, phone) else {
        let why = format!("the sender {} is no phone of this portal", order.code);
        if now - receipt.received_at < LIFETIME {
            understood.held(why);
        } else {
            understood.note(why);
        }
        return Ok(understood);
    };
    let place = Place {
        language: language_of(&portal.domain),
        phone,
        portal,
    };
    read_order(
        txn,
        &place,
        &order,
        receipt.received_at,
        now,
        &mut understood,
    )
    .await?;
    Ok(understood)
}

async fn read_order(
    txn: &Txn,
    place: &Place,
    order: &SmsOrder,
    received_at: i64,
    now: i64,
    understood: &mut Understood,
) -> Result<(), StoreError> {
    let stored = txn.portal_country_in_txn(place.portal.id).await?;
    let country = stored.and_then(|country| country.parse().ok());
    let country = country.or_else(|| country_of(&place.phone.phone));
    let digits = customer_number(&order.to, country);
    let contact = contact_of(txn, place, order, digits.as_deref(), now).await?;
    let conversation = txn
        .conversation_ensure_in_txn(place.phone.id, contact.id, now)
        .await?;
    let is_late = now - received_at >= LIFETIME;
    let sending = sendable(txn, place, order, digits.is_some(), is_late).await?;
    match sending {
        Ok(parts) => {
            let first = send(txn, place, order, &conversation, &parts, now).await?;
            understood.targets.push(place.phone.id);
            if txn.phone_sms_opens_chat_in_txn(place.phone.id).await?
                && let Some(first) = first
            {
                let words = words_of(&parts);
                let shown = show(txn, place, &conversation, first, &words, now).await?;
                understood.targets.extend(shown);
            }
        }
        Err(why) => {
            tracing::info!(code = why.code, reason = why.words, phone = %place.phone.id, "An SMS is not sent");
            understood.note(why.words.clone());
            let told = refuse(txn, place, order, &conversation, &why, now).await?;
            understood.targets.extend(told);
        }
    }
    Ok(())
}

/// The customer; a number that is none stands for itself, so that people see what was typed.
async fn contact_of(
    txn: &Txn,
    place: &Place,
    order: &SmsOrder,
    digits: Option<&str>,
    now: i64,
) -> Result<contact::Model, StoreError> {
    let waba = place.phone.waba_id;
    if digits.is_some() {
        return txn
            .contact_resolve_in_txn(waba, digits, None, None, now)
            .await;
    }
    let typed: String = order.to.trim().chars().take(ODD_NUMBER).collect();
    let typed = if typed.is_empty() { "?" } else { &typed };
    txn.contact_by_chat_in_txn(waba, typed, None, None, now)
        .await
}

/// The parts that are to be sent, or why none is.
async fn sendable(
    txn: &Txn,
    place: &Place,
    order: &SmsOrder,
    has_number: bool,
    is_late: bool,
) -> Result<Result<Vec<Part>, Refusal>, StoreError> {
    let refused = |code, english: &str, russian: &str| {
        let words = place.language.pick(english, russian).to_owned();
        Ok(Err(Refusal { code, words }))
    };
    if !place.phone.sms_service {
        return refused(
            "sms_off",
            "Sms service is off for this number in THOTH. Tick it on the phone's form.",
            "Для этого номера в THOTH выключен SMS-сервис. Включите его в карточке номера.",
        );
    }
    if is_late {
        return refused(
            "sms_late",
            "It could not be sent within an hour and was given up.",
            "Отправить в течение часа не удалось, сообщение снято с отправки.",
        );
    }
    if !has_number {
        return refused(
            "sms_number",
            "The customer's number cannot be read. Write it with the country code, for example +7 701 555 01 01.",
            "Номер клиента не удалось распознать. Укажите его с кодом страны, например +7 701 555 01 01.",
        );
    }
    let text = order.text.trim();
    let draft = Draft {
        phone: &place.phone,
        text,
        typed: text,
        from: CodeFrom::Sms,
        language: place.language,
        file: None,
    };
    match compose_in_txn(txn, &draft).await? {
        Composed::Text(texts) if texts.is_empty() => refused(
            "sms_empty",
            "The text is empty. Write a text or the code of a template.",
            "Текст пуст. Напишите текст или код шаблона.",
        ),
        Composed::Text(texts) => Ok(Ok(texts.into_iter().map(Part::Text).collect())),
        Composed::Content { content, text, .. } => Ok(Ok(vec![Part::Content(content, text)])),
        Composed::Refused(words) => Ok(Err(Refusal {
            code: "sms_code",
            words,
        })),
    }
}
