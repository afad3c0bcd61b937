//! The daily check of every number whose calls go to a telephone server.
//!
//! The report is kept beside the number's settings. What people are to know of it, a step that is bad or a certificate
//! that ends soon, is a finding of the number: it stands on its page and on the overview until it is mended.

use super::proof::values;
use super::{State, Step, StepName, TrunkQuestion, TrunkReport, check};
use crate::bus::Topic;
use crate::calls::settings::{CallingSettings, Own, PORT, kept};
use crate::connect::{Check, name};
use crate::errands::{Errand, Outcome};
use crate::state::AppState;
use crate::store::{StoreError, Trunk, Txn};
use crate::whatsapp::calling::Calling;
use serde_json::Value;
use std::time::Duration;
use uuid::Uuid;

/// How often a server is checked.
const EVERY: Duration = Duration::from_secs(24 * 60 * 60);

/// With fewer days than these left of a certificate, people are told.
const DAYS_NOTICE: i64 = 21;

/// Checks the server of a number, and repeats it for as long as the number's calls go there.
pub async fn watch(state: &AppState, phone: Uuid) -> Result<Outcome, StoreError> {
    let Some(trunk) = state.store.trunk_find(phone).await? else {
        return Ok(Outcome::Done);
    };
    let Some((host, port)) = server_of(&trunk) else {
        return gone(state, &trunk).await;
    };
    let allow_private = state.config.allow_private_targets;
    let (found, report) = match TrunkQuestion::new(&host, port, allow_private) {
        Ok(question) => {
            let report = check(&question).await;
            (finding(&report), Some(report))
        }
        Err(error) => {
            let found = Check::bad(name::TRUNK, "trunk_dns").reason(error);
            (found.arg("host", &host), None)
        }
    };
    let now = state.clock.now();
    let txn = state.store.begin().await?;
    if !keep_in_txn(&txn, &trunk, &found, report.as_ref(), now).await? {
        // The settings changed meanwhile: the server of now is checked at once.
        return Ok(Outcome::Again(Duration::ZERO));
    }
    txn.commit().await?;
    tell(state, &trunk);
    Ok(Outcome::Again(EVERY))
}

/// Keeps the report of a check of the server a number's calls go to, and what people are to know of it, whoever asked
/// for it. False when Meta has said something else meanwhile: then nothing is kept.
pub async fn report_keep_in_txn(
    txn: &Txn,
    trunk: &Trunk,
    report: &TrunkReport,
    now: i64,
) -> Result<bool, StoreError> {
    keep_in_txn(txn, trunk, &finding(report), Some(report), now).await
}

async fn keep_in_txn(
    txn: &Txn,
    trunk: &Trunk,
    found: &Check,
    report: Option<&TrunkReport>,
    now: i64,
) -> Result<bool, StoreError> {
    let kept = serde_json::to_string(&report)
        .map_err(|error| StoreError::Unreadable(error.to_string()))?;
    if !txn.trunk_keep_in_txn(trunk, &kept, now).await? {
        return Ok(false);
    }
    txn.checks_note_in_txn(trunk.phone, &[found.finding()], now)
        .await?;
    Ok(true)
}

/// Asks for the daily check of a number whose calls go to a server; one that waits already stays as it is. To be
/// called wherever Meta's settings of a number are kept. False when the calls go nowhere.
pub async fn trunk_plan_in_txn(txn: &Txn, phone: Uuid, now: i64) -> Result<bool, StoreError> {
    let trunk = txn.trunk_find_in_txn(phone).await?;
    let has_server = trunk.as_ref().and_then(server_of).is_some();
    if has_server {
        let errand = Errand::TrunkCheck { phone };
        txn.errand_plan_in_txn(&errand.row(now, now)?).await?;
    }
    Ok(has_server)
}

/// Asks for the check of a number's server now, if its calls go to one.
pub async fn trunk_ask_in_txn(txn: &Txn, phone: Uuid, now: i64) -> Result<(), StoreError> {
    if trunk_plan_in_txn(txn, phone, now).await? {
        let errand = Errand::TrunkCheck { phone };
        txn.errand_put_in_txn(&errand.row(now, now)?).await?;
    }
    Ok(())
}

/// Asks for the daily checks that nobody has asked for yet.
pub async fn trunks_at_start(state: &AppState) -> Result<(), StoreError> {
    let now = state.clock.now();
    for trunk in state.store.trunks_all().await? {
        let txn = state.store.begin().await?;
        trunk_plan_in_txn(&txn, trunk.phone, now).await?;
        txn.commit().await?;
    }
    Ok(())
}

/// The calls go nowhere any more: what was found about the server counts no longer.
async fn gone(state: &AppState, trunk: &Trunk) -> Result<Outcome, StoreError> {
    let txn = state.store.begin().await?;
    txn.checks_drop_in_txn(trunk.phone, Some(&[name::TRUNK]))
        .await?;
    txn.commit().await?;
    tell(state, trunk);
    Ok(Outcome::Done)
}

fn tell(state: &AppState, trunk: &Trunk) {
    for topic in [Topic::Phones, Topic::Overview] {
        state.bus.changed(trunk.owner, topic);
    }
}

/// What people are to know of a report: its first bad step, else a certificate that ends soon. A call that was tried is
/// left out: it may have been refused for good reasons.
fn finding(report: &TrunkReport) -> Check {
    let place = |check: Check| check.arg("host", &report.host).arg("port", report.port);
    let expiry = report.step(StepName::Expiry);
    let value = |key| expiry.and_then(|step| step.args.get(key));
    let until = value("until").cloned().unwrap_or_default();
    let is_bad = |step: &&Step| step.state == State::Bad && step.name != StepName::Invite;
    if let Some(bad) = report.steps.iter().find(is_bad) {
        let found = Check::bad(name::TRUNK, code_of(bad.name));
        return with_proof(place(found), bad).arg("until", until);
    }
    let days: Option<i64> = value("days").and_then(|days| days.parse().ok());
    let mute = report.step(StepName::Options);
    let mute = mute.filter(|step| step.state == State::Unknown);
    match days {
        Some(days) if days < DAYS_NOTICE => {
            place(Check::bad(name::TRUNK, "trunk_ends")).arg("until", until)
        }
        Some(_) if mute.is_none() => {
            place(Check::ok(name::TRUNK, "trunk_well")).arg("until", until)
        }
        // Whether it takes calls, nobody could tell.
        Some(_) | None => {
            let mut unknown = report.steps.iter();
            let first = unknown.find(|step| step.state == State::Unknown);
            let found = place(Check::unknown(name::TRUNK, "trunk_unknown"));
            match mute.filter(|_| days.is_some()).or(first) {
                Some(step) => with_proof(found, step),
                None => found.reason(""),
            }
        }
    }
}

/// The words of a step, and what they are made of: pages in other languages say them anew.
fn with_proof(found: Check, step: &Step) -> Check {
    let found = found.reason(&step.detail).arg("proof", step.code.word());
    found.arg("values", values(step))
}

const fn code_of(step: StepName) -> &'static str {
    match step {
        StepName::Dns => "trunk_dns",
        StepName::Address => "trunk_address",
        StepName::Tcp => "trunk_tcp",
        StepName::Tls => "trunk_tls",
        StepName::Chain => "trunk_chain",
        StepName::Name => "trunk_name",
        StepName::Expiry => "trunk_expiry",
        StepName::ClientCertificate => "trunk_client_certificate",
        StepName::Alpn => "trunk_alpn",
        StepName::Options | StepName::Invite => "trunk_options",
    }
}

/// The server our app has at Meta for a number whose SIP is on, also where its name is no longer the one that was
/// saved. Another app's server is not ours to watch.
pub fn server_of(trunk: &Trunk) -> Option<(String, u16)> {
    let raw: Value = kept(Some(&trunk.actual))?;
    let calling = Calling::read(&raw);
    let is_on = calling.sip.as_ref().and_then(|sip| sip.is_on) == Some(true);
    let wanted: Option<CallingSettings> = kept(trunk.wanted.as_deref());
    let saved = wanted.as_ref().and_then(|wanted| wanted.server.as_ref());
    let own = Own {
        app: trunk.app.as_deref().filter(|app| !app.is_empty()),
        host: saved.map(|server| server.host.as_str()),
    };
    let ours = own.server_renamed(&calling).filter(|_| is_on)?;
    Some((ours.host.clone(), ours.port.unwrap_or(PORT)))
}

#[cfg(test)]
#[path = "watch_tests.rs"]
mod tests;
