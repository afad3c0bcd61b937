//! Writing settings to Meta, reading them back, writing again what Meta reset.

use super::compare::{changed, differences};
use super::desk::Number;
use super::hours::today;
use super::own::Own;
use super::payload::{only, payload, without_webhooks};
use super::show::settings_of;
use super::wanted::CallingSettings;
use crate::whatsapp::GraphTrouble;
use crate::whatsapp::calling::{Calling, Icon, KeyExchange, SipPassword};
use app::model::Difference;
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// The block Meta resets when the telephone server is written.
const SRTP: &str = "srtp_key_exchange_protocol";

/// What Meta has after it took the settings.
pub(super) struct Written {
    /// The settings as it took them: what it does not know of this number is off in them.
    pub(super) settings: CallingSettings,
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
    let mut settings = settings.from_day(today(&settings.hours, now));
    let all = payload(&settings, before);
    let (all, has_webhooks) = first(number, all).await?;
    settings.webhooks &= has_webhooks;
    let app = number.app.as_deref();
    let (calling, passwords) = number.read().await.map_err(Failed::Reading)?;
    let left = differences(&settings, &calling, app, now);
    if left.is_empty() {
        return Ok(Written {
            settings,
            calling,
            passwords,
            left,
            refused: None,
        });
    }
    let refused = again(number, &all, &left).await.err();
    let (calling, passwords) = number.read().await.map_err(Failed::Reading)?;
    Ok(Written {
        left: differences(&settings, &calling, app, now),
        settings,
        calling,
        passwords,
        refused,
    })
}

/// The first writing; answers what Meta took, and whether it knows the one key whose name nobody has confirmed: a
/// refusal of "invalid parameter" may be about that.
async fn first(number: &Number, all: Value) -> Result<(Value, bool), Failed> {
    let Err(trouble) = number.write(&all).await else {
        return Ok((all, true));
    };
    let plain = without_webhooks(&all).filter(|_| trouble.code() == Some(100));
    let Some(plain) = plain else {
        return Err(Failed::Writing(trouble));
    };
    number.write(&plain).await.map_err(Failed::Writing)?;
    tracing::info!(phone = %number.phone.id, "Meta tells no calls that go by SIP: it does not know the setting");
    Ok((plain, false))
}

/// Writes the blocks that differ. The server goes first and alone: with it Meta may reset what comes after.
async fn again(number: &Number, all: &Value, left: &[Difference]) -> Result<(), GraphTrouble> {
    let fields = left.iter().filter_map(|one| one.field.split('.').next());
    let mut blocks: BTreeSet<&str> = fields.collect();
    if blocks.remove("sip") {
        number.write(&only(all, &["sip"])).await?;
        blocks.insert(SRTP);
    }
    let blocks: Vec<&str> = blocks.into_iter().collect();
    let rest = only(all, &blocks);
    if rest.as_object().is_none_or(serde_json::Map::is_empty) {
        return Ok(());
    }
    number.write(&rest).await
}

/// How setting again what Meta had went.
pub(super) struct Restored {
    /// Something had changed, and Meta was read to have it as before.
    pub(super) is_done: bool,
    /// What Meta has now; none where nobody could read it.
    pub(super) calling: Option<Calling>,
}

/// Sets again what Meta had, where it has changed.
pub(super) async fn restore(number: &Number, before: &Calling, now: i64) -> Restored {
    let read = async || number.read().await.ok().map(|(calling, _)| calling);
    let app = number.app.as_deref();
    let own = Own { app, host: None };
    let left = |calling: &Calling| changed(before, calling, own, now);
    let Some(after) = read().await else {
        return Restored {
            is_done: false,
            calling: None,
        };
    };
    let lost = left(&after);
    if lost.is_empty() {
        return Restored {
            is_done: false,
            calling: Some(after),
        };
    }
    let again = again(number, &as_before(before, &after, own, now), &lost).await;
    if let Err(trouble) = &again {
        tracing::warn!(%trouble, phone = %number.phone.id, "What a number's calling was could not be set again");
    }
    let calling = read().await;
    Restored {
        is_done: again.is_ok() && calling.as_ref().is_some_and(|found| left(found).is_empty()),
        calling,
    }
}

/// The object that brings Meta from what it has to what it had. Holidays that are over stay away, for Meta takes none;
/// words of Meta's that are new here are written as they came.
fn as_before(before: &Calling, after: &Calling, own: Own<'_>, now: i64) -> Value {
    let old = settings_of(before, own);
    let mut all = payload(&old.from_day(today(&old.hours, now)), after);
    let is_new = old.server.is_none() && own.server(after).is_some();
    if let (true, Some(sip)) = (is_new, all.get_mut("sip").and_then(Value::as_object_mut)) {
        sip.insert("servers".to_owned(), json!([]));
    }
    let Some(fields) = all.as_object_mut() else {
        return all;
    };
    if let Some(Icon::Other(word)) = &before.icon {
        fields.insert("call_icon_visibility".to_owned(), json!(word));
    }
    if let Some(KeyExchange::Other(word)) = &before.key_exchange {
        fields.insert(SRTP.to_owned(), json!(word));
    }
    if let Some(codecs) = &before.codecs {
        let besides: Vec<&String> = codecs.iter().filter(|word| *word != "OPUS").collect();
        fields.insert("audio".to_owned(), json!({ "additional_codecs": besides }));
    }
    all
}
