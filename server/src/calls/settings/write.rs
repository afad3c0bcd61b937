//! Writing settings to Meta, reading them back, writing again what Meta reset.

use super::compare::differences;
use super::desk::Number;
use super::own::Own;
use super::payload::{only, payload, without_webhooks};
use super::show::settings_of;
use super::wanted::CallingSettings;
use crate::whatsapp::GraphTrouble;
use crate::whatsapp::calling::{Calling, SipPassword};
use app::model::Difference;
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// The block Meta resets when the telephone server is written.
const SRTP: &str = "srtp_key_exchange_protocol";

/// What Meta has after it took the settings.
pub(super) struct Written {
    /// Its object.
    pub(super) calling: Calling,
    /// The SIP passwords.
    pub(super) passwords: Vec<SipPassword>,
    /// What stays different.
    pub(super) left: Vec<Difference>,
    /// Why the second writing was refused, where it was.
    pub(super) refused: Option<GraphTrouble>,
}

/// How writing failed.
pub(super) enum Failed {
    /// The settings were not taken, or nobody knows.
    Writing(GraphTrouble),
    /// They were taken, and could not be read back.
    Reading(GraphTrouble),
}

/// Writes all settings in one call, reads them back, and writes what differs once more.
pub(super) async fn write(
    number: &Number,
    settings: &CallingSettings,
    before: &Calling,
    now: i64,
) -> Result<Written, Failed> {
    let settings = &settings.from_day(super::hours::today(&settings.hours, now));
    let all = first(number, payload(settings, before)).await?;
    let app = number.app.as_deref();
    let (calling, passwords) = number.read().await.map_err(Failed::Reading)?;
    let left = differences(settings, &calling, app, now);
    if left.is_empty() {
        return Ok(Written {
            calling,
            passwords,
            left,
            refused: None,
        });
    }
    let refused = again(number, &all, &left).await.err();
    let (calling, passwords) = number.read().await.map_err(Failed::Reading)?;
    Ok(Written {
        left: differences(settings, &calling, app, now),
        calling,
        passwords,
        refused,
    })
}

/// The first writing; answers what Meta took. A refusal of "invalid parameter" may be about the one key whose
/// name nobody has confirmed.
async fn first(number: &Number, all: Value) -> Result<Value, Failed> {
    let Err(trouble) = number.write(&all).await else {
        return Ok(all);
    };
    let plain = without_webhooks(&all).filter(|_| trouble.code() == Some(100));
    let Some(plain) = plain else {
        return Err(Failed::Writing(trouble));
    };
    number.write(&plain).await.map_err(Failed::Writing)?;
    Ok(plain)
}

/// Writes the blocks that differ. The server goes first and alone: with it Meta may reset what comes after.
async fn again(number: &Number, all: &Value, left: &[Difference]) -> Result<(), GraphTrouble> {
    let fields = left.iter().filter_map(|one| one.field.split('.').next());
    let mut blocks: BTreeSet<&str> = fields.collect();
    if blocks.remove("sip") {
        number.write(&only(all, &["sip"])).await?;
        blocks.insert(SRTP);
    }
    if blocks.is_empty() {
        return Ok(());
    }
    let blocks: Vec<&str> = blocks.into_iter().collect();
    number.write(&only(all, &blocks)).await
}

/// Sets again what Meta had, where it has changed. False when nothing has, or nobody could do it.
pub(super) async fn restore(number: &Number, before: &Calling, now: i64) -> bool {
    let Ok((after, _)) = number.read().await else {
        return false;
    };
    let app = number.app.as_deref();
    let own = Own { app, host: None };
    let old = settings_of(before, own);
    let mut changed = differences(&old, &after, app, now);
    let is_new = old.server.is_none() && own.server(&after).is_some();
    if is_new {
        changed.push(Difference {
            field: "sip.servers".to_owned(),
            ours: String::new(),
            metas: String::new(),
        });
    }
    if changed.is_empty() {
        return false;
    }
    let mut all = payload(&old, &after);
    if let (true, Some(sip)) = (is_new, all.get_mut("sip").and_then(Value::as_object_mut)) {
        sip.insert("servers".to_owned(), json!([]));
    }
    match again(number, &all, &changed).await {
        Ok(()) => true,
        Err(trouble) => {
            tracing::warn!(%trouble, phone = %number.phone.id, "What a number's calling was could not be set again");
            false
        }
    }
}
