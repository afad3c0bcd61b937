//! The daily check of every number whose calls go to a telephone server.
//!
//! The report is kept beside the number's settings. What people are to know of it, a step that is bad or a certificate
//! that ends soon, is a finding of the number: it stands on its page and on the overview until it is mended.

use super::{State, Step, StepName, TrunkQuestion, TrunkReport, check};
use crate::bus::Topic;
use crate::connect::{Check, name};
use crate::errands::{Errand, Outcome};
use crate::state::AppState;
use crate::store::{StoreError, Trunk, Txn};
use serde_json::Value;
use std::time::Duration;
use uuid::Uuid;

/// How often a server is checked.
const EVERY: Duration = Duration::from_secs(24 * 60 * 60);

/// With fewer days than these left of a certificate, people are told.
const DAYS_NOTICE: i64 = 21;

/// Meta's default port.
const PORT: u16 = 5061;

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
    keep(state, &trunk, &found, report.as_ref()).await
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

/// Takes the report of a check that a person made: what it found counts as that of the daily one does, if it was the
/// number's server that was checked.
pub async fn trunk_found_in_txn(
    txn: &Txn,
    phone: Uuid,
    report: &TrunkReport,
    now: i64,
) -> Result<(), StoreError> {
    let trunk = txn.trunk_find_in_txn(phone).await?;
    let watched = trunk.as_ref().and_then(server_of);
    let is_watched = watched
        .is_some_and(|(host, port)| host.eq_ignore_ascii_case(&report.host) && port == report.port);
    if is_watched {
        let found = finding(report);
        txn.checks_note_in_txn(phone, &[found.finding()], now)
            .await?;
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

async fn keep(
    state: &AppState,
    trunk: &Trunk,
    found: &Check,
    report: Option<&TrunkReport>,
) -> Result<Outcome, StoreError> {
    let now = state.clock.now();
    let kept = serde_json::to_string(&report)
        .map_err(|error| StoreError::Unreadable(error.to_string()))?;
    let txn = state.store.begin().await?;
    if !txn.trunk_keep_in_txn(trunk, &kept, now).await? {
        // The settings changed meanwhile: the server of now is checked at once.
        return Ok(Outcome::Again(Duration::ZERO));
    }
    txn.checks_note_in_txn(trunk.phone, &[found.finding()], now)
        .await?;
    txn.commit().await?;
    tell(state, trunk);
    Ok(Outcome::Again(EVERY))
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
        return place(found).reason(&bad.detail).arg("until", until);
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
            let first = report.steps.iter();
            let mut first = first.filter(|step| step.state == State::Unknown);
            let unknown = mute.filter(|_| days.is_some()).or_else(|| first.next());
            let reason = unknown.map(|step| step.detail.clone()).unwrap_or_default();
            place(Check::unknown(name::TRUNK, "trunk_unknown")).reason(reason)
        }
    }
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

/// The server our app has at Meta for a number whose SIP is on.
///
/// An entry is ours by its app; where Meta names no app, by the name that was saved here; a single entry without an
/// app is ours too. Another app's server is not ours to watch.
fn server_of(trunk: &Trunk) -> Option<(String, u16)> {
    let read: Value = serde_json::from_str(&trunk.actual).ok()?;
    let sip = read.get("calling").unwrap_or(&read).get("sip")?;
    let is_on = sip.get("status")?.as_str()?.eq_ignore_ascii_case("enabled");
    let servers = sip.get("servers")?.as_array().filter(|_| is_on)?;
    let text = |server: &Value, key: &str| crate::outside::loose::filled(server, key);
    let app = |server: &Value| text(server, "app_id");
    let by_app = servers
        .iter()
        .find(|server| trunk.app.is_some() && app(server) == trunk.app);
    let nameless = || {
        servers
            .iter()
            .filter(|server| app(server).is_none() || trunk.app.is_none())
    };
    let wanted = trunk
        .wanted
        .as_deref()
        .unwrap_or_default()
        .to_ascii_lowercase();
    let by_host = || {
        nameless().find(|server| {
            let host = text(server, "hostname").map(|host| host.to_ascii_lowercase());
            host.is_some_and(|host| wanted.contains(&format!("\"{host}\"")))
        })
    };
    let alone = || nameless().next().filter(|_| servers.len() == 1);
    let ours = by_app.or_else(by_host).or_else(alone)?;
    let port = crate::outside::loose::integer(ours, "port");
    let port = port.and_then(|port| u16::try_from(port).ok());
    Some((text(ours, "hostname")?, port.unwrap_or(PORT)))
}

#[cfg(test)]
#[path = "watch_tests.rs"]
mod tests;
