//! Reads an event of Bitrix24: operators' messages become deliveries to customers' phones.

use super::reader::Understood;
use crate::bitrix::wire::{ConnectorMessages, EventKind, OperatorMessage, read_event};
use crate::bus::Topic;
use crate::connect::phone::{app_lost_in_txn, line_lost_in_txn};
use crate::outbox::{CustomerText, DeliveryKind, DestinationKind, NewDelivery};
use crate::store::entities::{phone, receipt};
use crate::store::{NewMessage, Origin, StoreError, Txn};
use crate::telemetry::label_of;
use crate::translate::{Signature, TEXT_LENGTH_MAX, customer_text, split_text};
use crate::whatsapp::wire::{Bsuid, Peer, WaId};
use uuid::Uuid;

/// Events that are kept and counted by name.
const EVENTS: [&str; 5] = [
    "ONAPPINSTALL",
    "ONAPPMETHODCONFIRM",
    "ONAPPUPDATE",
    "ONIMCONNECTORDIALOGFINISH",
    "ONIMCONNECTORDIALOGSTART",
];

/// What open pages hear of when a portal takes a line or the app away.
const LINKS: [Topic; 2] = [Topic::Phones, Topic::Portals];

/// Reads all of it. What cannot go on yet is named in the answer and keeps the receipt held.
pub async fn read_in_txn(
    txn: &Txn,
    receipt: &receipt::Model,
    portal: Uuid,
    now: i64,
) -> Result<Understood, StoreError> {
    let mut understood = Understood::default();
    let kind = receipt.body.starts_with(b"{").then_some("application/json");
    let event = match read_event(&receipt.body, kind) {
        Ok(event) => event,
        Err(error) => {
            understood.held(error.to_string());
            return Ok(understood);
        }
    };
    match event.kind {
        EventKind::MessageAdd(messages) => {
            read_messages(txn, portal, &messages, now, &mut understood).await?;
        }
        EventKind::StatusDelete { connector, line } => {
            unlink(
                txn,
                portal,
                line.as_deref(),
                connector.as_deref(),
                "channel_off",
                now,
            )
            .await?;
            understood.changed(&LINKS);
        }
        EventKind::LineDelete { line } => {
            unlink(txn, portal, line.as_deref(), None, "line_deleted", now).await?;
            understood.changed(&LINKS);
        }
        EventKind::AppUninstall { clean: _ } => {
            txn.portal_set_state_in_txn(portal, "uninstalled", Some("app_uninstalled"))
                .await?;
            txn.portal_tokens_drop_in_txn(portal).await?;
            app_lost_in_txn(txn, portal, now).await?;
            understood.changed(&LINKS);
        }
        EventKind::MessageUpdate(_) | EventKind::MessageDelete(_) => {
            understood.note(format!(
                "{}: WhatsApp cannot change what was sent",
                event.name
            ));
        }
        EventKind::DialogStart(_)
        | EventKind::DialogFinish(_)
        | EventKind::AppInstall
        | EventKind::AppUpdate
        | EventKind::MethodConfirm { .. }
        | EventKind::Other => {
            let event = label_of(&event.name, &EVENTS);
            metrics::counter!("thoth_events_kept_total", "event" => event).increment(1);
        }
    }
    Ok(understood)
}

async fn unlink(
    txn: &Txn,
    portal: Uuid,
    line: Option<&str>,
    connector: Option<&str>,
    why: &'static str,
    now: i64,
) -> Result<(), StoreError> {
    let Some(line) = line.and_then(|line| line.parse().ok()) else {
        return Ok(());
    };
    for phone in txn.phones_by_line_in_txn(portal, line, connector).await? {
        line_lost_in_txn(txn, &phone, why, now).await?;
    }
    Ok(())
}

async fn read_messages(
    txn: &Txn,
    portal: Uuid,
    event: &ConnectorMessages,
    now: i64,
    understood: &mut Understood,
) -> Result<(), StoreError> {
    let line = event.line.as_deref().unwrap_or("(none)");
    let phones = match line.parse() {
        Ok(line) => {
            txn.phones_by_line_in_txn(portal, line, event.connector.as_deref())
                .await?
        }
        Err(_) => Vec::new(),
    };
    let Some(phone) = phones.first() else {
        understood.held(format!(
            "line {line} with connector {} is linked to no phone",
            event.connector.as_deref().unwrap_or("(none)")
        ));
        return Ok(());
    };
    for message in &event.messages {
        read_message(txn, portal, phone, message, now, understood).await?;
    }
    Ok(())
}

async fn read_message(
    txn: &Txn,
    portal: Uuid,
    phone: &phone::Model,
    message: &OperatorMessage,
    now: i64,
    understood: &mut Understood,
) -> Result<(), StoreError> {
    let (Some(chat), Some(im_chat_id), Some(im_message_id)) = (
        &message.chat_id,
        &message.im_chat_id,
        &message.im_message_id,
    ) else {
        understood.held("a message names no chat or has no id".to_owned());
        return Ok(());
    };
    let peer = Peer::parse(chat);
    let (wa_id, user_id) = match &peer {
        Some(Peer::Phone(wa_id)) => (Some(WaId::as_str(wa_id)), None),
        Some(Peer::User(user_id)) => (None, Some(Bsuid::as_str(user_id))),
        None => (None, None),
    };
    let contact = if peer.is_some() {
        Some(
            txn.contact_by_chat_in_txn(phone.waba_id, chat, wa_id, user_id, now)
                .await?,
        )
    } else {
        txn.contact_known_by_chat_in_txn(phone.waba_id, chat)
            .await?
    };
    let Some(contact) = contact else {
        understood.held(format!("chat {chat} is no customer's number"));
        return Ok(());
    };
    let conversation = txn
        .conversation_ensure_in_txn(phone.id, contact.id, now)
        .await?;
    txn.conversation_set_chat_in_txn(conversation.id, im_chat_id, None)
        .await?;
    let parts = split_text(&words_of(message), TEXT_LENGTH_MAX);
    if parts.is_empty() {
        understood.note("an operator's message without words".to_owned());
    }
    for (number, text) in (0..).zip(&parts) {
        let new = NewMessage {
            owner: phone.owner_id,
            phone: phone.id,
            conversation: conversation.id,
            direction: "out",
            wamid: None,
            fingerprint: 0,
            kind: "text",
            text,
            origin: Some(Origin {
                portal,
                im_chat_id,
                im_message_id,
            }),
            part: number,
            status: "queued",
        };
        let Some(id) = txn.message_insert_in_txn(&new, now).await? else {
            metrics::counter!("thoth_duplicates_total", "source" => "bitrix").increment(1);
            continue;
        };
        let payload = serde_json::to_string(&CustomerText { text: text.clone() })
            .map_err(|error| StoreError::Unreadable(error.to_string()))?;
        let delivery = NewDelivery {
            owner: phone.owner_id,
            destination: DestinationKind::Phone,
            target: phone.id,
            kind: DeliveryKind::OutboundText,
            phone: phone.id,
            conversation: conversation.id,
            message: Some(id),
            payload,
        };
        txn.delivery_enqueue_in_txn(&delivery, now).await?;
        understood.targets.push(phone.id);
    }
    Ok(())
}

/// What the customer reads: the text, and files as links until they travel as files.
fn words_of(message: &OperatorMessage) -> String {
    let text = customer_text(message.text.as_deref().unwrap_or_default(), Signature::Keep);
    let links = message.files.iter().filter_map(|file| {
        let link = file.link.as_deref()?;
        Some(
            file.name
                .as_deref()
                .map_or_else(|| link.to_owned(), |name| format!("{name}: {link}")),
        )
    });
    let lines: Vec<String> = std::iter::once(text)
        .filter(|text| !text.is_empty())
        .chain(links)
        .collect();
    lines.join("\n").replace('\0', "")
}
