//! Reads an event of Bitrix24: operators' messages become deliveries to customers' phones.

use super::operator;
use super::reader::Understood;
use crate::bitrix::wire::{ConnectorMessages, EventKind, read_event};
use crate::bus::Topic;
use crate::connect::phone::{app_lost_in_txn, line_lost_in_txn};
use crate::store::entities::receipt;
use crate::store::{StoreError, Txn};
use crate::telemetry::label_of;
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
            if txn
                .portal_uninstalled_in_txn(portal, receipt.received_at)
                .await?
            {
                txn.portal_tokens_drop_in_txn(portal).await?;
                app_lost_in_txn(txn, portal, now).await?;
                understood.changed(&LINKS);
            } else {
                understood.note("the app was installed again since".to_owned());
            }
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
            metrics::counter!(crate::telemetry::name::EVENTS, "event" => event).increment(1);
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
        operator::read_in_txn(txn, portal, phone, message, now, understood).await?;
    }
    Ok(())
}
