//! Reading what Meta has for a number, and noting where it differs, what it forbids and whether calls can arrive.

use super::compare::{changed, differences};
use super::desk::{Number, SettingsDesk, Who};
use super::finding::{findings, refused, silent};
use super::kept::{At, KeptError, KeptEvent, drift_json, json, kept};
use super::own::Own;
use super::save::told;
use super::trouble::Trouble;
use super::wanted::CallingSettings;
use crate::calls::trunk::trunk_plan_in_txn;
use crate::connect::{Check, name};
use crate::store::{CallingPart, NewCallingEvent, StoreError, Txn};
use crate::whatsapp::calling::{CallHealth, Calling, Restriction, SipPassword};
use app::model::Difference;
use jiff::Timestamp;
use serde_json::Value;
use uuid::Uuid;

/// How reading went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reading {
    /// Meta was read, and calling is on or was saved here.
    Used,
    /// Meta was read, and nobody uses calling.
    Unused,
    /// Meta was silent.
    Silent,
    /// Meta refused.
    Refused,
    /// Meta refused, and nobody uses calling.
    RefusedUnused,
}

/// Reads settings and health of a phone at Meta and keeps what is new.
pub async fn calling_check(desk: &SettingsDesk, phone: Uuid) -> Result<Reading, Trouble> {
    let guard = desk.guard(phone).await?;
    let read = check_guarded(desk, phone).await;
    desk.release(phone, guard).await;
    read
}

async fn check_guarded(desk: &SettingsDesk, phone: Uuid) -> Result<Reading, Trouble> {
    let number = desk.number(phone).await?;
    let wanted: Option<CallingSettings> = kept(number.row.wanted.as_deref());
    match number.read().await {
        Ok((calling, passwords)) => {
            let health = number.health().await;
            let health = health
                .inspect_err(
                    |trouble| tracing::info!(%trouble, "Meta does not tell a number's health"),
                )
                .ok();
            let news = News {
                calling,
                passwords,
                health,
                wanted,
            };
            note(desk, &number, &news).await
        }
        Err(trouble) if trouble.is_silence() => {
            let said = trouble.said();
            note_unread(desk, &number, wanted.is_some().then(|| silent(&said)), None).await?;
            Ok(Reading::Silent)
        }
        Err(trouble) => {
            let trouble = Trouble::from(trouble);
            let error = trouble.kept(At::Reading, desk.clock.now());
            let is_used = wanted.is_some();
            let check = error.as_ref().filter(|_| is_used).map(refused);
            note_unread(desk, &number, check, error).await?;
            Ok(if is_used {
                Reading::Refused
            } else {
                Reading::RefusedUnused
            })
        }
    }
}

/// What was read.
struct News {
    calling: Calling,
    passwords: Vec<SipPassword>,
    health: Option<Value>,
    wanted: Option<CallingSettings>,
}

async fn note(desk: &SettingsDesk, number: &Number, news: &News) -> Result<Reading, Trouble> {
    let (row, now) = (&number.row, desk.clock.now());
    let (phone, calling) = (number.phone.id, &news.calling);
    let app = number.app.as_deref();
    let wanted = news.wanted.as_ref();
    let host = wanted.and_then(|wanted| wanted.server.as_ref());
    let own = Own {
        app,
        host: host.map(|server| server.host.as_str()),
    };
    let drift = wanted.map(|wanted| differences(wanted, calling, app, now));
    let drift = drift.unwrap_or_default();
    let before: Option<Value> = kept(row.actual.as_deref());
    let before = before.map(|raw| Calling::read(&raw));
    let known: Vec<Difference> = kept(row.drift.as_deref()).unwrap_or_default();
    let error: Option<KeptError> = kept(row.error.as_deref());
    let over = error.filter(KeptError::ends_by_reading);

    let actual = calling.raw.to_string();
    let health = news.health.as_ref().map(Value::to_string);
    let drift_kept = drift_json(&drift)?;
    let sealed = own.password(&news.passwords);
    let sealed = sealed.and_then(|password| desk.sealed_anew(row, password));
    let mut parts = vec![
        CallingPart::Actual(&actual),
        CallingPart::Drift(drift_kept.as_deref()),
    ];
    parts.extend(health.as_deref().map(CallingPart::Health));
    parts.extend(
        sealed
            .as_deref()
            .map(|sealed| CallingPart::Password(Some(sealed))),
    );
    parts.extend(over.as_ref().map(|_| CallingPart::Error(None)));

    let nobody = Who::default();
    let event = |changes| KeptEvent {
        changes,
        ..KeptEvent::default()
    };
    let txn = desk.store.begin().await?;
    txn.calling_keep_in_txn(phone, &parts, now).await?;
    trunk_plan_in_txn(&txn, phone, now).await?;
    if let Some(before) = &before {
        let changes = changed(before, calling, own, now);
        if !changes.is_empty() {
            let changes = event(changes);
            desk.event_in_txn(&txn, phone, &nobody, "meta_changed", &changes)
                .await?;
        }
    }
    for restriction in &calling.restrictions {
        restricted_in_txn(&txn, phone, restriction, desk.clock.now()).await?;
    }
    if !drift.is_empty() && drift != known {
        desk.event_in_txn(&txn, phone, &nobody, "drift", &event(drift.clone()))
            .await?;
    }
    if drift.is_empty() && !known.is_empty() {
        desk.event_in_txn(&txn, phone, &nobody, "solved", &event(known))
            .await?;
    }
    if let Some(over) = &over {
        let solved = told(over, Vec::new(), false);
        desk.event_in_txn(&txn, phone, &nobody, "solved", &solved)
            .await?;
    }
    let health = news.health.as_ref().map(CallHealth::read);
    let found = findings(wanted, calling, &drift, health.as_ref(), now);
    checks_in_txn(&txn, phone, &found, now).await?;
    txn.commit().await?;
    desk.tell(&number.phone);
    let is_used = wanted.is_some() || calling.is_on == Some(true);
    Ok(if is_used {
        Reading::Used
    } else {
        Reading::Unused
    })
}

/// Notes what Meta forbids, once for each time it does.
pub async fn restricted_in_txn(
    txn: &Txn,
    phone: Uuid,
    restriction: &Restriction,
    now: i64,
) -> Result<(), StoreError> {
    let until = restriction
        .until
        .and_then(|until| Timestamp::from_second(until).ok());
    let kind = &restriction.kind;
    let event = KeptEvent {
        changes: vec![Difference {
            field: "restrictions".to_owned(),
            ours: String::new(),
            metas: until.map_or_else(|| kind.clone(), |until| format!("{kind} ({until})")),
        }],
        ..KeptEvent::default()
    };
    let detail = json(&event)?;
    let event = NewCallingEvent {
        phone,
        person: None,
        name: None,
        kind: "restricted",
        detail: &detail,
    };
    txn.calling_event_once_in_txn(&event, now).await?;
    Ok(())
}

/// The findings of a phone's calling; those that are none any more are forgotten.
async fn checks_in_txn(txn: &Txn, phone: Uuid, found: &[Check], now: i64) -> Result<(), Trouble> {
    let gone: Vec<&str> = [name::CALLING, name::SIP]
        .into_iter()
        .filter(|name| found.iter().all(|check| check.name() != *name))
        .collect();
    txn.checks_drop_in_txn(phone, Some(&gone)).await?;
    let findings: Vec<_> = found.iter().map(Check::finding).collect();
    txn.checks_note_in_txn(phone, &findings, now).await?;
    Ok(())
}

/// Notes that it could not be read, and why, where that is news.
async fn note_unread(
    desk: &SettingsDesk,
    number: &Number,
    check: Option<Check>,
    error: Option<KeptError>,
) -> Result<(), Trouble> {
    let (phone, now) = (number.phone.id, desk.clock.now());
    let known: Option<KeptError> = kept(number.row.error.as_deref());
    let is_free = known.as_ref().is_none_or(KeptError::ends_by_reading);
    let news = error.filter(|error| is_free && !known.is_some_and(|known| known.is_same(error)));
    let txn = desk.store.begin().await?;
    if let Some(check) = &check {
        txn.checks_note_in_txn(phone, &[check.finding()], now)
            .await?;
    }
    if let Some(error) = &news {
        let text = json(error)?;
        let parts = [CallingPart::Error(Some(&text))];
        txn.calling_keep_in_txn(phone, &parts, now).await?;
        let failed = told(error, Vec::new(), false);
        desk.event_in_txn(&txn, phone, &Who::default(), "failed", &failed)
            .await?;
    }
    txn.commit().await?;
    desk.tell(&number.phone);
    Ok(())
}
