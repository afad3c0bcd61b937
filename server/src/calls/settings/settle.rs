//! Ending a difference between here and Meta, one way or the other.

use super::compare::differences;
use super::desk::{SettingsDesk, Who};
use super::errand::ask_calling_check_in_txn;
use super::kept::{KeptEvent, json, kept};
use super::own::Own;
use super::save::{Saved, save_settings};
use super::show::settings_of;
use super::trouble::Trouble;
use super::wanted::CallingSettings;
use crate::store::CallingPart;
use uuid::Uuid;

/// Has Meta take what was saved last, where it has otherwise. Nothing is gone where nobody has saved.
pub async fn settle_ours(desk: &SettingsDesk, phone: Uuid, who: &Who) -> Result<Saved, Trouble> {
    let guard = desk.guard(phone).await?;
    // Read under the guard: what somebody saved while this one waited is what was saved last.
    let settled = async {
        let number = desk.number(phone).await?;
        let wanted: Option<CallingSettings> = kept(number.row.wanted.as_deref());
        let wanted = wanted.ok_or(Trouble::Gone)?;
        save_settings(desk, &number, (&wanted, false), who).await
    };
    let settled = settled.await;
    desk.release(phone, guard).await;
    settled
}

/// Takes what Meta has for what is wanted.
pub async fn settle_metas(desk: &SettingsDesk, phone: Uuid, who: &Who) -> Result<(), Trouble> {
    let guard = desk.guard(phone).await?;
    let settled = settle_guarded(desk, phone, who).await;
    desk.release(phone, guard).await;
    settled
}

async fn settle_guarded(desk: &SettingsDesk, phone: Uuid, who: &Who) -> Result<(), Trouble> {
    let number = desk.number(phone).await?;
    let (calling, _) = number.read().await?;
    let now = desk.clock.now();
    let wanted: Option<CallingSettings> = kept(number.row.wanted.as_deref());
    let host = wanted.as_ref().and_then(|wanted| wanted.server.as_ref());
    let app = number.app.as_deref();
    let host = host.map(|server| server.host.as_str());
    // The saved name may be the very thing that is otherwise.
    let own = [Own { app, host }, Own { app, host: None }];
    let own = own.into_iter().find(|own| own.server(&calling).is_some());
    let settings = settings_of(&calling, own.unwrap_or(Own { app, host }));
    let changes = wanted.map(|wanted| differences(&wanted, &calling, app, now));
    let (wanted, actual) = (json(&settings)?, calling.raw.to_string());
    let parts = [
        CallingPart::Wanted(&wanted),
        CallingPart::Actual(&actual),
        CallingPart::Drift(None),
    ];
    let txn = desk.store.begin().await?;
    txn.calling_keep_in_txn(phone, &parts, now).await?;
    let event = KeptEvent {
        changes: changes.unwrap_or_default(),
        ..KeptEvent::default()
    };
    desk.event_in_txn(&txn, phone, who, "solved", &event)
        .await?;
    ask_calling_check_in_txn(&txn, phone, now).await?;
    txn.commit().await?;
    desk.tell(&number.phone);
    Ok(())
}
