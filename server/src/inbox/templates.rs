//! What Meta's webhooks say of templates, applied at once. They come twice and in any order: what is older than what
//! is known changes nothing, and where it says otherwise the templates are read anew.
//! Source: "Template webhooks" of the Cloud API reference.

use super::reader::Understood;
use crate::bus::Topic;
use crate::connect::waba::templates::{Standing, ask_soon_in_txn, notice, notice_of};
use crate::outside::loose;
use crate::store::entities::template;
use crate::store::{Notice, StoreError, TemplateChange, Txn};
use crate::telemetry::label_of;
use crate::whatsapp::wire::Change;
use serde_json::Value;
use uuid::Uuid;

/// Words of Meta's that are counted by name.
const WORDS: [&str; 15] = [
    "APPROVED",
    "ARCHIVED",
    "DELETED",
    "DISABLED",
    "FLAGGED",
    "IN_APPEAL",
    "LIMIT_EXCEEDED",
    "LOCKED",
    "PAUSED",
    "PENDING",
    "PENDING_DELETION",
    "REINSTATED",
    "REJECTED",
    "UNARCHIVED",
    "UNPAUSED",
];

/// What a change is about.
enum Field {
    Status,
    Quality,
    Components,
    Category,
}

impl Field {
    fn of(word: &str) -> Option<Self> {
        match word {
            "message_template_status_update" => Some(Self::Status),
            "message_template_quality_update" => Some(Self::Quality),
            "message_template_components_update" => Some(Self::Components),
            "template_category_update" => Some(Self::Category),
            _ => None,
        }
    }

    const fn label(&self) -> &'static str {
        match self {
            Self::Status => "status",
            Self::Quality => "quality",
            Self::Components => "components",
            Self::Category => "category",
        }
    }
}

/// What a change asks for.
#[derive(Debug, Default, PartialEq, Eq)]
struct Said {
    change: TemplateChange,
    /// What people are to know whatever else is known of the template.
    notice: Option<Notice>,
    /// The template is no more.
    gone: bool,
    /// It does not say all of it: the templates are to be read anew.
    partly: bool,
}

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
        "thoth_template_events_total", "field" => field.label(), "event" => label_of(&event, &WORDS)
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

/// Meta's word under a key, in its own capitals.
fn word(value: &Value, key: &str) -> Option<String> {
    loose::filled(value, key).map(|word| word.to_ascii_uppercase())
}

fn said(field: &Field, event: &str, value: &Value, as_of: i64) -> Said {
    match field {
        Field::Status => status(event, value, as_of),
        Field::Quality => Said {
            change: TemplateChange {
                quality: word(value, "new_quality_score"),
                ..TemplateChange::default()
            },
            ..Said::default()
        },
        Field::Components => Said {
            partly: true,
            ..Said::default()
        },
        Field::Category => category(value, as_of),
    }
}

fn status(event: &str, value: &Value, as_of: i64) -> Said {
    let inside = |block: &str, key: &str| {
        loose::field(value, block).and_then(|found| loose::filled(found, key))
    };
    let said = word(value, "reason").filter(|reason| reason != "NONE");
    let reason = said
        .or_else(|| inside("rejection_info", "reason"))
        .or_else(|| inside("other_info", "title"));
    let change = TemplateChange {
        status: match event {
            // It can be sent as before, for now.
            "" | "FLAGGED" => None,
            "REINSTATED" | "UNARCHIVED" | "UNPAUSED" => Some("APPROVED".to_owned()),
            other => Some(other.to_owned()),
        },
        category: word(value, "message_template_category"),
        quality: None,
        rejected_reason: match event {
            "REJECTED" | "PAUSED" | "DISABLED" => reason.clone(),
            "APPROVED" | "REINSTATED" | "UNPAUSED" => Some(String::new()),
            _ => None,
        },
    };
    let flagged = (event == "FLAGGED").then(|| {
        let until = inside("disable_info", "disable_date");
        let args = [("until", until.as_deref()), ("reason", reason.as_deref())];
        notice("flagged", &args, as_of)
    });
    Said {
        change,
        notice: flagged,
        gone: event == "DELETED",
        partly: !WORDS.contains(&event) || event == "UNARCHIVED",
    }
}

/// Two meanings: a category that is coming (`correct_category`; `new_category` is the one it has), or one that has
/// come (`previous_category`). Without either it is not clear, and Meta is asked.
fn category(value: &Value, as_of: i64) -> Said {
    let new = word(value, "new_category");
    let correct = word(value, "correct_category");
    if word(value, "previous_category").is_some() {
        let change = TemplateChange {
            category: new,
            ..TemplateChange::default()
        };
        return Said {
            change,
            ..Said::default()
        };
    }
    let partly = correct.is_none();
    let coming = correct.map(|correct| {
        let when = loose::filled(value, "category_update_timestamp");
        let args = [
            ("from", new.as_deref()),
            ("to", Some(correct.as_str())),
            ("when", when.as_deref()),
        ];
        notice("category_coming", &args, as_of)
    });
    Said {
        notice: coming,
        partly,
        ..Said::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn what_can_be_sent_stays_so_when_it_is_flagged() {
        let value = json!({"disable_info": {"disable_date": "January 31, 2021"}, "reason": null});
        let flagged = status("FLAGGED", &value, 5);
        assert_eq!(flagged.change.status, None);
        let notice = flagged.notice.unwrap();
        assert_eq!((notice.code, notice.at), ("flagged", 5));
        assert_eq!(notice.args["until"], "January 31, 2021");
        let back = status("REINSTATED", &json!({}), 5);
        assert_eq!(back.change.status.as_deref(), Some("APPROVED"));
    }

    #[test]
    fn a_word_nobody_knows_is_kept_and_asked_about() {
        let said = status("MELTED", &json!({}), 5);
        assert_eq!(said.change.status.as_deref(), Some("MELTED"));
        assert!(said.partly);
        assert!(!status("PAUSED", &json!({}), 5).partly);
    }

    #[test]
    fn a_reason_is_where_meta_puts_it() {
        let of = |value: Value| status("REJECTED", &value, 5).change.rejected_reason;
        assert_eq!(of(json!({"reason": "SCAM"})).as_deref(), Some("SCAM"));
        let inside = json!({"reason": "NONE", "rejection_info": {"reason": "Too vague"}});
        assert_eq!(of(inside).as_deref(), Some("Too vague"));
        let paused = json!({"other_info": {"title": "FIRST_PAUSE"}});
        let paused = status("PAUSED", &paused, 5).change.rejected_reason;
        assert_eq!(paused.as_deref(), Some("FIRST_PAUSE"));
    }

    #[test]
    fn a_category_is_coming_or_has_come() {
        let coming = json!({"correct_category": "MARKETING", "new_category": "UTILITY",
            "category_update_timestamp": 1785312000});
        let said = category(&coming, 5);
        assert_eq!(said.change, TemplateChange::default());
        let notice = said.notice.unwrap();
        assert_eq!(notice.code, "category_coming");
        assert_eq!(notice.args["to"], "MARKETING");
        let come = json!({"previous_category": "UTILITY", "new_category": "MARKETING"});
        let said = category(&come, 5);
        assert_eq!(said.change.category.as_deref(), Some("MARKETING"));
        assert_eq!(said.notice, None);
        assert!(category(&json!({"new_category": "MARKETING"}), 5).partly);
    }
}
