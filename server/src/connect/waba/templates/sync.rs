//! Reading all templates of a WABA.

use super::{Standing, notice_of};
use crate::bus::Topic;
use crate::connect::waba::Patience;
use crate::connect::{Check, name};
use crate::errands::Outcome;
use crate::outside::loose;
use crate::state::AppState;
use crate::store::entities::{template, waba};
use crate::store::{Notice, StoreError, TemplateFacts};
use crate::vault::Place;
use crate::whatsapp::templates::Template;
use serde_json::Value;
use std::time::Duration;
use uuid::Uuid;

/// How often they are read when nothing asks for it.
const EVERY: Duration = Duration::from_secs(24 * 60 * 60);

/// How soon again when Meta was silent.
const SILENT: Duration = Duration::from_secs(5 * 60);

/// How soon again when Meta refused, or nobody knows the WABA's id: an admin may have seen to it.
const REFUSED: Duration = Duration::from_secs(60 * 60);

/// The most a reading may take; shorter than an errand's lease, so that there is one at a time.
const LONGEST: Duration = Duration::from_secs(4 * 60);

/// Templates that a check names.
const NAMED: usize = 10;

/// Reads all templates of a WABA and notes how that went.
pub async fn sync(state: &AppState, id: Uuid) -> Result<Outcome, StoreError> {
    let Some(waba) = state.store.waba_find(id).await? else {
        return Ok(Outcome::Done);
    };
    if waba.waba_id.is_empty() {
        let unknown = Check::unknown(name::TEMPLATES, "no_waba_id");
        return end(state, &waba, &unknown, REFUSED).await;
    }
    let token = match state
        .vault
        .open(Place::WabaAccessToken, id, &waba.access_token)
    {
        Ok(token) => token,
        Err(error) => {
            tracing::error!(%error, waba = %id, "An access token cannot be opened");
            let bad = Check::bad(name::TEMPLATES, "token_unreadable");
            return end(state, &waba, &bad, REFUSED).await;
        }
    };
    let as_of = state.clock.now();
    let call = state.remotes.graph.templates(&token, &waba.waba_id);
    match Patience::lasting(LONGEST).with(call).await {
        Ok(listed) => {
            let facts = listed.iter().enumerate();
            let facts: Vec<_> = facts.map(|(number, raw)| facts_of(number, raw)).collect();
            let read = read(&facts);
            keep(state, id, facts, as_of).await?;
            end(state, &waba, &read, EVERY).await
        }
        Err(trouble) if trouble.is_silence() => {
            let silent = Check::unknown(name::TEMPLATES, "meta_silent").reason(trouble.said());
            end(state, &waba, &silent, SILENT).await
        }
        Err(trouble) => {
            let bad = Check::bad(name::TEMPLATES, "templates_refused").reason(trouble.words());
            end(state, &waba, &bad, REFUSED).await
        }
    }
}

/// How many there are, and which of them cannot be read.
fn read(facts: &[TemplateFacts]) -> Check {
    let unreadable: Vec<&str> = facts
        .iter()
        .filter(|facts| facts.unreadable.is_some())
        .map(|facts| facts.name.as_str())
        .collect();
    let check = Check::ok(name::TEMPLATES, "templates_read").arg("count", facts.len());
    if unreadable.is_empty() {
        return check;
    }
    let named = unreadable.iter().take(NAMED).copied();
    let named = named.collect::<Vec<_>>().join(", ");
    check
        .coded("templates_unreadable")
        .arg("unreadable", unreadable.len())
        .arg("names", named)
}

async fn keep(
    state: &AppState,
    waba: Uuid,
    facts: Vec<TemplateFacts>,
    as_of: i64,
) -> Result<(), StoreError> {
    let unreadable = facts.iter().filter(|one| one.unreadable.is_some()).count();
    let now = state.clock.now();
    let txn = state.store.begin().await?;
    txn.templates_put_in_txn(waba, facts, as_of, |before, after| {
        changed(before, after, now)
    })
    .await?;
    txn.waba_templates_note_in_txn(waba, as_of, unreadable)
        .await?;
    txn.waba_marketing_forget_in_txn(waba).await?;
    txn.commit().await
}

/// What people are to know of a template that Meta lists otherwise than before.
fn changed(before: &template::Model, after: &TemplateFacts, now: i64) -> Option<Notice> {
    let before = Standing {
        status: &before.status,
        category: &before.category,
        reason: None,
    };
    let after = Standing {
        status: &after.status,
        category: &after.category,
        reason: after.rejected_reason.as_deref(),
    };
    notice_of(before, after, now)
}

async fn end(
    state: &AppState,
    waba: &waba::Model,
    check: &Check,
    again: Duration,
) -> Result<Outcome, StoreError> {
    let now = state.clock.now();
    let findings = [check.finding()];
    state.store.checks_note(waba.id, &findings, now).await?;
    for topic in [Topic::Templates, Topic::Wabas] {
        state.bus.changed(waba.owner_id, topic);
    }
    Ok(Outcome::Again(again))
}

/// A template as it is kept. One that cannot be read is kept too, under whatever name it has; `number` is its place in
/// the list, for one that has none.
pub fn facts_of(number: usize, raw: &Value) -> TemplateFacts {
    let text = |key: &str| loose::filled(raw, key);
    let word = |key: &str| {
        let word = loose::text(raw, key).unwrap_or_default();
        word.to_ascii_uppercase()
    };
    match Template::read(raw) {
        Ok(read) => TemplateFacts {
            template_id: read.id,
            name: read.name,
            language: read.language,
            status: read.status.to_ascii_uppercase(),
            category: read.category.to_ascii_uppercase(),
            quality: read.quality,
            rejected_reason: read.rejected_reason,
            raw: raw.to_string(),
            unreadable: None,
        },
        Err(why) => TemplateFacts {
            name: text("name")
                .or_else(|| text("id"))
                .unwrap_or_else(|| format!("#{}", number + 1)),
            template_id: text("id"),
            language: text("language").unwrap_or_default(),
            status: word("status"),
            category: word("category"),
            quality: None,
            rejected_reason: None,
            raw: raw.to_string(),
            unreadable: Some(why.to_string()),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn one_that_cannot_be_read_is_kept_and_named() {
        let facts = [
            facts_of(
                0,
                &json!({"id": 5, "name": "hello", "language": "ru", "status": "approved"}),
            ),
            facts_of(
                1,
                &json!({"id": "7", "language": "ru", "status": "APPROVED"}),
            ),
            facts_of(2, &json!("nonsense")),
        ];
        assert_eq!(facts[0].status, "APPROVED");
        assert_eq!(facts[0].unreadable, None);
        let names: Vec<&str> = facts.iter().map(|one| one.name.as_str()).collect();
        assert_eq!(names, ["hello", "7", "#3"]);
        let check = read(&facts);
        assert_eq!(check.code(), "templates_unreadable");
        assert_eq!(
            (check.value("count"), check.value("names")),
            ("3".into(), "7, #3".into())
        );
    }
}
