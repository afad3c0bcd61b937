//! Linking, step by step.

use super::place::{CONNECTOR, Found, Place, digits, find, line_name};
use super::step::{Stop, stop};
use crate::bitrix::CallError;
use crate::bitrix::connector::{
    Channel, ChannelData, ConnectorCard, activate, data_set, register, status,
};
use crate::bitrix::lines;
use crate::bus::Topic;
use crate::connect::waba::templates;
use crate::connect::{Check, name};
use crate::errands::{Errand, Outcome};
use crate::state::AppState;
use crate::store::StoreError;
use std::time::Duration;
use uuid::Uuid;

/// The steps in their order.
pub(super) const STEPS: [&str; 5] = [
    name::LINK_REGISTER,
    name::LINK_LINE,
    name::LINK_ACTIVATE,
    name::LINK_DATA,
    name::LINK_STATUS,
];

/// The telephone receiver in a speech bubble, as the contact centre shows it.
const ICON: &str = "data:image/svg+xml,%3Csvg%20xmlns%3D%22http%3A%2F%2Fwww.w3.org%2F2000%2Fsvg%22%20viewBox%3D%220%200%2048%2048%22%3E%3Cpath%20fill%3D%22%23fff%22%20d%3D%22M24%208a16%2016%200%200%200-13.7%2024.3L8%2040l7.9-2.2A16%2016%200%201%200%2024%208zm-5%207h3l2%205-2%202c1%202%202.500%203.500%204.500%204.500l2-2%205%202v3c0%202-2%203-4%203-7%200-13.500-7-13.500-13.500%200-2%201-4%203-4z%22%2F%3E%3C%2Fsvg%3E";

/// How long until a linked phone is asked about again.
const CHECKED_EVERY: Duration = Duration::from_secs(15 * 60);

/// Links a phone to its portal. Run twice it does nothing twice.
pub async fn link(state: &AppState, phone: Uuid) -> Result<Outcome, StoreError> {
    let place = match find(state, phone).await? {
        Found::Place(place) => place,
        Found::Nothing => return Ok(Outcome::Done),
        Found::NotReady(why) => {
            waits(state, phone, &why).await?;
            note(state, phone, &[why.named(name::LINK_REGISTER)]).await?;
            return Ok(Outcome::Done);
        }
    };
    begin(state, &place).await?;
    tell(state, &place);
    match run(state, &place).await {
        Ok(line) => {
            end(state, &place, line).await?;
            tell(state, &place);
            Ok(Outcome::Done)
        }
        Err(Halt::Stop(Stop::Refused(check))) => {
            fail(state, &place, &check).await?;
            tell(state, &place);
            Ok(Outcome::Done)
        }
        Err(Halt::Stop(Stop::Later(check, after))) => {
            note(state, phone, &[check]).await?;
            tell(state, &place);
            Ok(Outcome::Again(after))
        }
        Err(Halt::Store(error)) => Err(error),
    }
}

enum Halt {
    Stop(Stop),
    Store(StoreError),
}

impl From<Stop> for Halt {
    fn from(stop: Stop) -> Self {
        Self::Stop(stop)
    }
}

impl From<StoreError> for Halt {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

/// The five steps; answers the line.
async fn run(state: &AppState, place: &Place) -> Result<i64, Halt> {
    let (api, keys) = (&state.remotes.bitrix, &place.keys);
    let done = async |check: Check| note(state, place.phone.id, &[check]).await;

    let card = ConnectorCard {
        id: place.connector().to_owned(),
        ..card(state)
    };
    let registered = register(api, keys, &card).await;
    registered.map_err(|error| stop(name::LINK_REGISTER, &error))?;
    done(Check::ok(name::LINK_REGISTER, "registered")).await?;

    let line = line(state, place).await?;
    done(Check::ok(name::LINK_LINE, "line_found").arg("line", line)).await?;

    let channel = Channel {
        connector: place.connector().to_owned(),
        line: line.to_string(),
    };
    let active = activate(api, keys, &channel, true).await;
    active.map_err(|error| stop(name::LINK_ACTIVATE, &error))?;
    done(Check::ok(name::LINK_ACTIVATE, "activated")).await?;

    let digits = digits(&place.phone.phone);
    let data = ChannelData {
        id: format!("thoth_{digits}"),
        url: format!("https://wa.me/{digits}"),
        name: format!("WhatsApp +{digits}"),
    };
    let set = data_set(api, keys, &channel, &data).await;
    set.map_err(|error| stop(name::LINK_DATA, &error))?;
    done(Check::ok(name::LINK_DATA, "data_set")).await?;

    let found = status(api, keys, &channel).await;
    let found = found.map_err(|error| stop(name::LINK_STATUS, &error))?;
    if !found.status {
        let code = if found.error { "in_error" } else { "inactive" };
        return Err(Stop::Refused(Check::bad(name::LINK_STATUS, code).arg("line", line)).into());
    }
    Ok(line)
}

/// The line that was chosen, else the one the phone has, else the one with its name, else a new one.
async fn line(state: &AppState, place: &Place) -> Result<i64, Halt> {
    let (api, keys) = (&state.remotes.bitrix, &place.keys);
    let halt = |error| stop(name::LINK_LINE, &error);
    if let Some(wanted) = place.phone.line_wanted {
        let found = lines::line(api, keys, wanted).await.map_err(halt)?;
        let gone = Check::bad(name::LINK_LINE, "line_gone").arg("line", wanted);
        return match found {
            Some(line) => free(state, place, line.id).await,
            None => Err(Stop::Refused(gone).into()),
        };
    }
    if let Some(own) = place.phone.line_id {
        match lines::line(api, keys, own).await {
            Ok(Some(line)) => return free(state, place, line.id).await,
            // It is gone: an older portal refuses to tell of it.
            Ok(None) | Err(CallError::Refused { .. }) => {}
            Err(error) => return Err(halt(error).into()),
        }
    }
    let wanted = line_name(&place.phone.phone);
    let all = lines::lines(api, keys).await.map_err(halt)?;
    if let Some(line) = all.iter().find(|line| line.name == wanted) {
        return free(state, place, line.id).await;
    }
    match lines::line_add(api, keys, &wanted).await {
        Ok(line) => Ok(line),
        Err(error) => match stop(name::LINK_LINE, &error) {
            // Most often the portal's plan allows no more lines: an existing one will do.
            Stop::Refused(check) if check.code() != "tokens_dead" => {
                Err(Stop::Refused(check.coded("line_not_added")).into())
            }
            other => Err(other.into()),
        },
    }
}

/// The line, unless another phone has it.
async fn free(state: &AppState, place: &Place, line: i64) -> Result<i64, Halt> {
    let holder = state
        .store
        .phone_by_line(place.portal.id, line, place.connector())
        .await?;
    match holder.filter(|phone| phone.id != place.phone.id) {
        None => Ok(line),
        Some(other) => {
            let taken = Check::bad(name::LINK_LINE, "line_taken");
            let taken = taken.arg("line", line).arg("phone", other.phone);
            Err(Stop::Refused(taken).into())
        }
    }
}

/// What the contact centre shows.
pub fn card(state: &AppState) -> ConnectorCard {
    let public = state.config.public_url.as_str().trim_end_matches('/');
    ConnectorCard {
        id: CONNECTOR.to_owned(),
        name: "WhatsApp (THOTH)".to_owned(),
        icon: ICON.to_owned(),
        color: "#25d366".to_owned(),
        handler: format!("{public}/placement/"),
    }
}

async fn begin(state: &AppState, place: &Place) -> Result<(), StoreError> {
    let txn = state.store.begin().await?;
    txn.checks_drop_in_txn(place.phone.id, Some(&STEPS)).await?;
    txn.phone_linking_in_txn(place.phone.id).await?;
    txn.commit().await
}

/// The phone is linked. What waited for that is read again. When it went elsewhere while the portal was
/// asked, the line is switched off again.
async fn end(state: &AppState, place: &Place, line: i64) -> Result<(), StoreError> {
    let now = state.clock.now();
    let (phone, connector) = (&place.phone, place.connector());
    let txn = state.store.begin().await?;
    let is_linked = txn.phone_linked_in_txn(phone, line, connector, now).await?;
    if is_linked {
        let status = Check::ok(name::LINK_STATUS, "active").arg("line", line);
        let active = Check::ok(name::CONNECTOR, "active").arg("line", line);
        let findings = [status.finding(), active.finding()];
        txn.checks_note_in_txn(phone.id, &findings, now).await?;
        txn.receipts_release_in_txn(phone.owner_id).await?;
        let again = Errand::PhoneCheck { phone: phone.id };
        let due = now + i64::try_from(CHECKED_EVERY.as_millis()).unwrap_or(i64::MAX);
        txn.errand_put_in_txn(&again.row(due, now)?).await?;
        templates::ask_soon_in_txn(&txn, phone.waba_id, now).await?;
    }
    let left = if is_linked {
        phone.line_id.filter(|old| *old != line)
    } else {
        Some(line)
    };
    if let Some(line) = left {
        let off = Errand::LineOff {
            portal: place.portal.id,
            line,
            connector: connector.to_owned(),
        };
        txn.errand_put_in_txn(&off.row(now, now)?).await?;
    }
    txn.commit().await?;
    state.bus.receipt_came();
    state.bus.errand_came();
    state.bus.delivery_came(place.portal.id);
    Ok(())
}

async fn fail(state: &AppState, place: &Place, check: &Check) -> Result<(), StoreError> {
    let now = state.clock.now();
    let (phone, portal) = (place.phone.id, place.portal.id);
    let txn = state.store.begin().await?;
    let is_there = txn
        .phone_link_failed_in_txn(phone, portal, &check.kept(), now)
        .await?;
    if is_there {
        let connector = check.clone().named(name::CONNECTOR);
        let findings = [check.finding(), connector.finding()];
        txn.checks_note_in_txn(phone, &findings, now).await?;
    }
    // A line that cannot be had is chosen no longer: linking again takes the one with the phone's name.
    if let (Some(line), "line_gone" | "line_taken") = (place.phone.line_wanted, check.code()) {
        txn.phone_choice_drop_in_txn(phone, line).await?;
    }
    txn.commit().await
}

/// The portal is not ready: nobody can tell how the phone's connector is.
pub(super) async fn waits(state: &AppState, phone: Uuid, why: &Check) -> Result<(), StoreError> {
    let txn = state.store.begin().await?;
    txn.phone_link_waits_in_txn(phone, &why.kept()).await?;
    txn.commit().await?;
    note(state, phone, std::slice::from_ref(why)).await
}

/// Notes findings, and tells open pages.
pub(super) async fn note(
    state: &AppState,
    phone: Uuid,
    checks: &[Check],
) -> Result<(), StoreError> {
    let findings: Vec<_> = checks.iter().map(Check::finding).collect();
    let now = state.clock.now();
    state.store.checks_note(phone, &findings, now).await?;
    if let Some(phone) = state.store.phone_find(phone).await? {
        state.bus.changed(phone.owner_id, Topic::Phones);
    }
    Ok(())
}

fn tell(state: &AppState, place: &Place) {
    for topic in [Topic::Phones, Topic::Overview] {
        state.bus.changed(place.phone.owner_id, topic);
    }
}
