//! What Meta's webhooks say of templates, applied at once. They come twice and in any order: what is older than what
//! is known changes nothing, and where it says otherwise the templates are read anew.

use super::reader::Understood;
use super::template_news::{Field, Said, WORDS, said, word};
use crate::bus::Topic;
use crate::connect::waba::templates::{Standing, ask_soon_in_txn, notice_of};
use crate::outside::loose;
use crate::store::entities::template;
use crate::store::{StoreError, Txn};
use crate::telemetry::{label_of, name};
use crate::whatsapp::wire::Change;
use serde_json::Value;
use uuid::Uuid;

/// Reads a change that speaks of a template; false when it speaks of something else.
pub(super) async fn read_in_txn(
    txn: &Txn,
    owner: Uuid,
    change: &Change,
    now: i64,
    understood: &mut Understood,
) -> Result<bool, StoreError> {
    let Some(field) = change.field.as_deref().and_then(Field::of) else {
        return Ok(false);
    };
    let event = word(&change.other, "event").unwrap_or_default();
    metrics::counter!(
        name::TEMPLATES, "field" => field.label(), "event" => label_of(&event, &WORDS)
    )
    .increment(1);
    // Meta tells whole seconds; what is known from within the same second is not younger.
    let as_of = change.time.map_or(now, |time| {
        time.saturating_mul(1000).saturating_add(999).min(now)
    });
    let waba = match &change.waba_id {
        Some(id) => txn.waba_by_waba_id_in_txn(owner, id).await?,
        None => None,
    };
    let waba = waba.map(|waba| waba.id);
    let Some(row) = find(txn, owner, waba, &change.other).await? else {
        understood.note("a template that is not known".to_owned());
        if let Some(waba) = waba {
            ask_soon_in_txn(txn, waba, now).await?;
        }
        return Ok(true);
    };
    let said = said(&field, &event, &change.other, as_of);
    apply(txn, &row, &said, as_of, now).await?;
    understood.changed(&[Topic::Templates]);
    Ok(true)
}

async fn apply(
    txn: &Txn,
    row: &template::Model,
    said: &Said,
    as_of: i64,
    now: i64,
) -> Result<(), StoreError> {
    if let Some(notice) = &said.notice {
        txn.template_notice_in_txn(row.id, notice).await?;
    }
    if said.gone && row.synced_at <= as_of {
        return txn.template_delete_in_txn(row.id).await;
    }
    let change = &said.change;
    let applied = txn.template_change_in_txn(row.id, change, as_of).await?;
    if applied {
        let before = Standing {
            status: &row.status,
            category: &row.category,
            reason: None,
        };
        let after = Standing {
            status: change.status.as_deref().unwrap_or(&row.status),
            category: change.category.as_deref().unwrap_or(&row.category),
            reason: change.rejected_reason.as_deref(),
        };
        if let Some(notice) = notice_of(before, after, as_of) {
            txn.template_notice_in_txn(row.id, &notice).await?;
        }
    }
    if said.partly || !applied {
        ask_soon_in_txn(txn, row.waba_id, now).await?;
    }
    Ok(())
}

/// The template a value names: by Meta's id, else by name and language. Some senders give no WABA.
async fn find(
    txn: &Txn,
    owner: Uuid,
    waba: Option<Uuid>,
    value: &Value,
) -> Result<Option<template::Model>, StoreError> {
    let id = loose::filled(value, "message_template_id");
    let Some(waba) = waba else {
        return match id {
            Some(id) => txn.template_of_owner_in_txn(owner, &id).await,
            None => Ok(None),
        };
    };
    if let Some(id) = id
        && let Some(row) = txn.template_by_meta_id_in_txn(waba, &id).await?
    {
        return Ok(Some(row));
    }
    let name = loose::filled(value, "message_template_name");
    let language = loose::filled(value, "message_template_language");
    match name.zip(language) {
        Some((name, language)) => {
            txn.template_by_name_in_txn(waba, &name, &language.replace('-', "_"))
                .await
        }
        None => Ok(None),
    }
}
