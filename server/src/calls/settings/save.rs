//! Saving settings: Meta first, then what it confirmed.

use super::compare::differences;
use super::desk::{Number, SettingsDesk, Who};
use super::errand::ask_calling_check_in_txn;
use super::form::Checked;
use super::kept::{At, KeptError, KeptEvent, drift_json, json, kept};
use super::own::Own;
use super::show::settings_of;
use super::trouble::Trouble;
use super::wanted::CallingSettings;
use super::write::{Failed, Written, restore, write};
use crate::calls::trunk::trunk_ask_in_txn;
use crate::store::CallingPart;
use crate::store::entities::calling;
use crate::whatsapp::calling::Calling;
use app::model::Difference;
use uuid::Uuid;

/// How saving ended.
#[derive(Debug)]
pub struct Saved {
    /// What Meta has now.
    pub calling: Calling,
    /// What stays different though it was written twice.
    pub drift: Vec<Difference>,
}

/// Writes settings to Meta and keeps them once it has them.
pub async fn save(
    desk: &SettingsDesk,
    phone: Uuid,
    checked: &Checked,
    who: &Who,
) -> Result<Saved, Trouble> {
    let guard = desk.guard(phone).await?;
    let saved = save_guarded(desk, phone, checked, who).await;
    desk.release(phone, guard).await;
    saved
}

async fn save_guarded(
    desk: &SettingsDesk,
    phone: Uuid,
    checked: &Checked,
    who: &Who,
) -> Result<Saved, Trouble> {
    // The CRM is no matter of Meta's: it is saved whatever Meta says.
    crm_keep(desk, phone, checked, who).await?;
    let number = desk.number(phone).await?;
    let wish = (&checked.settings, checked.unread);
    save_settings(desk, &number, wish, who).await
}

/// Has Meta take settings, and keeps them once it has them. Whoever could not see what Meta has does not erase it.
pub(super) async fn save_settings(
    desk: &SettingsDesk,
    number: &Number,
    (wanted, unread): (&CallingSettings, bool),
    who: &Who,
) -> Result<Saved, Trouble> {
    let before = match number.read().await {
        Ok((before, _)) => before,
        Err(trouble) => {
            let trouble = trouble.into();
            fail(desk, number, &[], (At::Writing, &trouble), None, who).await?;
            return Err(trouble);
        }
    };
    let (app, now) = (number.app.as_deref(), desk.clock.now());
    let own = Own { app, host: None };
    let merged = unread.then(|| wanted.clone().or_metas(settings_of(&before, own)));
    let settings = merged.as_ref().unwrap_or(wanted);
    let changes = differences(settings, &before, app, now);
    match write(number, settings, &before, now).await {
        Ok(written) => {
            keep(desk, number, &written, ("saved", changes), who).await?;
            Ok(Saved {
                calling: written.calling,
                drift: written.left,
            })
        }
        Err(Failed::Writing(trouble)) => {
            let mut trouble = Trouble::from(trouble);
            let after = if let Trouble::Refused { restored, .. } = &mut trouble {
                let found = restore(number, &before, now).await;
                *restored = found.is_done;
                found.calling
            } else {
                number.read().await.ok().map(|(after, _)| after)
            };
            let told = (At::Writing, &trouble);
            fail(desk, number, &changes, told, after.as_ref(), who).await?;
            Err(trouble)
        }
        // Meta took them, but nobody has seen that it has them: the next reading shows it.
        Err(Failed::Reading(trouble)) => {
            let trouble = trouble.into();
            fail(desk, number, &changes, (At::Reading, &trouble), None, who).await?;
            Err(trouble)
        }
    }
}

/// Keeps whether calls are shown in the CRM, where that changes.
async fn crm_keep(
    desk: &SettingsDesk,
    phone: Uuid,
    checked: &Checked,
    who: &Who,
) -> Result<(), Trouble> {
    let row = desk.store.calling_find(phone).await?.ok_or(Trouble::Gone)?;
    let changes = crm_changes(&row, checked);
    if changes.is_empty() {
        return Ok(());
    }
    let parts = [CallingPart::Crm(checked.in_crm, checked.crm_user)];
    let event = KeptEvent {
        changes,
        ..KeptEvent::default()
    };
    let txn = desk.store.begin().await?;
    txn.calling_keep_in_txn(phone, &parts, desk.clock.now())
        .await?;
    desk.event_in_txn(&txn, phone, who, "saved", &event).await?;
    txn.commit().await?;
    Ok(())
}

/// Keeps what Meta confirmed, under this kind of event.
pub(super) async fn keep(
    desk: &SettingsDesk,
    number: &Number,
    written: &Written,
    (kind, changes): (&str, Vec<Difference>),
    who: &Who,
) -> Result<(), Trouble> {
    let (phone, now) = (number.phone.id, desk.clock.now());
    let settings = &written.settings;
    let wanted = json(settings)?;
    let actual = written.calling.raw.to_string();
    let drift = drift_json(&written.left)?;
    let refused = written.refused.clone().map(Trouble::from);
    let error = refused.and_then(|trouble| trouble.kept(At::Writing, now));
    let error_json = error.as_ref().map(json).transpose()?;
    let host = settings.server.as_ref().map(|server| server.host.as_str());
    let app = number.app.as_deref();
    let password = Own { app, host }.password(&written.passwords);
    let sealed = password.and_then(|password| desk.sealed_anew(&number.row, password));
    let mut parts = vec![
        CallingPart::Wanted(&wanted),
        CallingPart::Actual(&actual),
        CallingPart::Drift(drift.as_deref()),
        CallingPart::Error(error_json.as_deref()),
    ];
    parts.extend(
        sealed
            .as_deref()
            .map(|sealed| CallingPart::Password(Some(sealed))),
    );
    let txn = desk.store.begin().await?;
    txn.calling_keep_in_txn(phone, &parts, now).await?;
    let event = |changes| KeptEvent {
        changes,
        ..KeptEvent::default()
    };
    desk.event_in_txn(&txn, phone, who, kind, &event(changes))
        .await?;
    let known: Option<KeptError> = kept(number.row.error.as_deref());
    match (known, error) {
        (Some(known), None) => {
            let solved = told(&known, Vec::new(), false);
            desk.event_in_txn(&txn, phone, who, "solved", &solved)
                .await?;
        }
        (_, Some(error)) => {
            let failed = told(&error, written.left.clone(), false);
            desk.event_in_txn(&txn, phone, who, "failed", &failed)
                .await?;
        }
        (None, None) => {}
    }
    if !written.left.is_empty() {
        let drift = event(written.left.clone());
        desk.event_in_txn(&txn, phone, &Who::default(), "drift", &drift)
            .await?;
    }
    ask_calling_check_in_txn(&txn, phone, now).await?;
    // The server calls go to now is checked at once, and daily.
    trunk_ask_in_txn(&txn, phone, now).await?;
    txn.commit().await?;
    desk.tell(&number.phone);
    Ok(())
}

/// Keeps why it failed, and what Meta has. What was wanted before stays what is wanted.
pub(super) async fn fail(
    desk: &SettingsDesk,
    number: &Number,
    changes: &[Difference],
    (of, trouble): (At, &Trouble),
    after: Option<&Calling>,
    who: &Who,
) -> Result<(), Trouble> {
    let (phone, now) = (number.phone.id, desk.clock.now());
    let Some(error) = trouble.kept(of, now) else {
        return Ok(());
    };
    let restored = matches!(trouble, Trouble::Refused { restored: true, .. });
    let event = told(&error, changes.to_vec(), restored);
    let error = json(&error)?;
    let actual = after.map(|after| after.raw.to_string());
    let mut parts = vec![CallingPart::Error(Some(&error))];
    parts.extend(actual.as_deref().map(CallingPart::Actual));
    let txn = desk.store.begin().await?;
    txn.calling_keep_in_txn(phone, &parts, now).await?;
    desk.event_in_txn(&txn, phone, who, "failed", &event)
        .await?;
    ask_calling_check_in_txn(&txn, phone, now).await?;
    txn.commit().await?;
    desk.tell(&number.phone);
    Ok(())
}

/// An event that tells of an error.
pub(super) fn told(error: &KeptError, changes: Vec<Difference>, restored: bool) -> KeptEvent {
    KeptEvent {
        changes,
        code: error.code.clone(),
        said: error.said.clone(),
        restored,
    }
}

/// What changes here and not at Meta.
fn crm_changes(row: &calling::Model, checked: &Checked) -> Vec<Difference> {
    let user = |id: Option<i64>| id.map(|id| id.to_string()).unwrap_or_default();
    let lines = [
        ("in_crm", row.in_crm.to_string(), checked.in_crm.to_string()),
        ("crm_user", user(row.crm_user), user(checked.crm_user)),
    ];
    let changed = lines.into_iter().filter(|(_, old, new)| old != new);
    changed
        .map(|(field, old, new)| Difference {
            field: field.to_owned(),
            ours: new,
            metas: old,
        })
        .collect()
}
