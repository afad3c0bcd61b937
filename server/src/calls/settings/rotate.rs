//! Another SIP password: Meta makes one when its server is deleted and set anew.

use super::compare::differences;
use super::desk::{Number, SettingsDesk, Who};
use super::kept::{At, kept};
use super::own::Own;
use super::save::{Saved, fail, keep};
use super::show::settings_of;
use super::trouble::Trouble;
use super::wanted::CallingSettings;
use super::write::{Failed, Written, write};
use crate::whatsapp::GraphTrouble;
use serde_json::json;
use uuid::Uuid;

/// Deletes our server, sets it again with all settings, and keeps the new password. Calls fail meanwhile. When the
/// number cannot be switched on again the trouble is kept, and the next check shows what is missing. Errors: the same
/// password, when Meta gave no other one though everything is as it was.
pub async fn rotate(desk: &SettingsDesk, phone: Uuid, who: &Who) -> Result<Saved, Trouble> {
    let guard = desk.guard(phone).await?;
    let rotated = rotate_guarded(desk, phone, who).await;
    desk.release(phone, guard).await;
    rotated
}

async fn rotate_guarded(desk: &SettingsDesk, phone: Uuid, who: &Who) -> Result<Saved, Trouble> {
    let number = desk.number(phone).await?;
    let (before, _) = number.read().await?;
    let app = number.app.clone();
    let wanted: Option<CallingSettings> = kept(number.row.wanted.as_deref());
    let own = Own {
        app: app.as_deref(),
        host: wanted
            .as_ref()
            .and_then(|wanted| wanted.server.as_ref())
            .map(|server| server.host.as_str()),
    };
    let settings = wanted.clone().unwrap_or_else(|| settings_of(&before, own));
    if settings.server.is_none() || own.server(&before).is_none() {
        return Err(Trouble::NoServer);
    }
    let off = json!({ "status": "DISABLED", "sip": { "status": "DISABLED", "servers": [] } });
    let silence = match number.write(&off).await {
        Ok(()) => None,
        // Whether the number is off now nobody knows: it is switched on again all the same.
        Err(GraphTrouble::NotSent { .. } | GraphTrouble::Unknown { .. }) => Some(Trouble::Silent),
        Err(trouble @ GraphTrouble::Refused { .. }) => {
            let trouble = Trouble::from(trouble);
            fail(desk, &number, &[], (At::Writing, &trouble), None, who).await?;
            return Err(trouble);
        }
    };
    let written = match on_again(desk, &number, &settings).await {
        Ok(written) => written,
        Err(trouble) => {
            let after = number.read().await.ok().map(|(after, _)| after);
            let now = desk.clock.now();
            let lost = after
                .as_ref()
                .map(|after| differences(&settings, after, app.as_deref(), now));
            let lost = lost.unwrap_or_default();
            let told = (At::Writing, &trouble);
            fail(desk, &number, &lost, told, after.as_ref(), who).await?;
            return Err(trouble);
        }
    };
    let new = own.password(&written.passwords);
    let is_new = new.is_some_and(|new| desk.sealed_anew(&number.row, new).is_some());
    let kind = if is_new { "rotated" } else { "saved" };
    keep(desk, &number, &written, (kind, Vec::new()), who).await?;
    if !is_new {
        return Err(silence.unwrap_or(Trouble::SamePassword));
    }
    Ok(Saved {
        calling: written.calling,
        drift: written.left,
    })
}

/// All settings again; a second time where the first did not work, for the number is off now.
async fn on_again(
    desk: &SettingsDesk,
    number: &Number,
    settings: &CallingSettings,
) -> Result<Written, Trouble> {
    let mut last = Trouble::Silent;
    for _ in 0..2 {
        let bare = match number.read().await {
            Ok((bare, _)) => bare,
            Err(trouble) => {
                last = trouble.into();
                continue;
            }
        };
        match write(number, settings, &bare, desk.clock.now()).await {
            Ok(written) => return Ok(written),
            Err(Failed::Writing(trouble) | Failed::Reading(trouble)) => last = trouble.into(),
        }
    }
    Err(last)
}
