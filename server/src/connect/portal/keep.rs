//! Writing what an installation brought.

use super::call::AppCall;
use super::error::InstallError;
use super::give::{Proven, Writing};
use crate::bitrix::FreshTokens;
use crate::errands::Errand;
use crate::state::AppState;
use crate::store::entities::{portal, portal_install, portal_token};
use crate::store::{RenewedInstall, StoreError, Txn};
use crate::vault::Place;
use secrecy::{ExposeSecret, SecretString};
use uuid::Uuid;

/// How long an installation waits for its portal, in milliseconds.
pub const INSTALL_WAITS: i64 = 24 * 60 * 60 * 1000;

/// Portals that may be waiting for an installation nobody could prove.
const TRY_AGAIN: usize = 5;

/// The portal with its new tokens; what waited for them goes on.
pub(super) async fn keep_tokens(
    state: &AppState,
    row: &portal::Model,
    proven: &Proven,
    writing: Writing,
) -> Result<(), InstallError> {
    let now = state.clock.now();
    let mut row = row.clone();
    row.state = "ok".to_owned();
    row.state_reason = None;
    row.installed_at = Some(now);
    row.updated_at = now;
    let txn = state.store.begin().await?;
    let taken = |error: StoreError| {
        if error.is_duplicate() {
            InstallError::PortalTaken
        } else {
            error.into()
        }
    };
    let is_there = match writing {
        Writing::Known => true,
        Writing::New => {
            txn.portal_put_in_txn(row.clone()).await.map_err(taken)?;
            true
        }
        Writing::Edited => txn.portal_edit_in_txn(&row).await?,
    };
    let installed = txn.portal_installed_in_txn(&row).await.map_err(taken)?;
    if !is_there || !installed {
        return Err(InstallError::ForeignPortal);
    }
    token_in_txn(state, &txn, &row, proven, now).await?;
    txn.installs_drop_in_txn(&row.member_id, &row.client_id)
        .await?;
    let check = Errand::PortalCheck { portal: row.id };
    txn.errand_put_in_txn(&check.row(now, now)?).await?;
    txn.phones_link_again_in_txn(row.id, now).await?;
    txn.commit().await?;
    Ok(())
}

/// Writes the tokens of a portal's user, over those they had.
async fn token_in_txn(
    state: &AppState,
    txn: &Txn,
    row: &portal::Model,
    proven: &Proven,
    now: i64,
) -> Result<(), StoreError> {
    let user = &proven.profile.user_id;
    let stored = txn.portal_tokens_in_txn(row.id).await?;
    let known = stored.into_iter().find(|token| token.bitrix_user == *user);
    let id = known.as_ref().map_or_else(Uuid::now_v7, |token| token.id);
    let seal = |place, secret: &SecretString| state.vault.seal(place, id, secret);
    let token = portal_token::Model {
        id,
        portal_id: row.id,
        bitrix_user: user.clone(),
        access_token: seal(Place::PortalAccessToken, &proven.fresh.access_token),
        refresh_token: seal(Place::PortalRefreshToken, &proven.fresh.refresh_token),
        // A refresh that is under way must not write over these.
        generation: known.as_ref().map_or(1, |token| token.generation + 1),
        refreshing_until: 0,
        dead_reason: None,
        no_admin: false,
        updated_at: now,
    };
    if known.is_some() {
        txn.portal_token_update_in_txn(token).await
    } else {
        txn.portal_token_insert_in_txn(token).await
    }
}

/// Keeps an installation, sealed, until a portal with its client id is saved. Answers its row.
pub(super) async fn keep_pending(
    state: &AppState,
    call: &AppCall,
    client_id: Option<&str>,
) -> Result<Uuid, InstallError> {
    let id = Uuid::now_v7();
    let seal = |place, secret: &SecretString| state.vault.seal(place, id, secret);
    let none = SecretString::from(String::new());
    let address = call.address.as_ref();
    let now = state.clock.now();
    let row = portal_install::Model {
        id,
        source: call.kind.to_owned(),
        member_id: call.member_id.clone(),
        domain: address.map_or_else(String::new, |found| found.domain().to_owned()),
        protocol: address
            .map_or("https", |found| found.protocol().as_str())
            .to_owned(),
        client_id: client_id.map(str::to_owned),
        server_endpoint: call.server_endpoint.clone().unwrap_or_default(),
        access_token: seal(Place::PortalAccessToken, &call.access_token),
        refresh_token: seal(
            Place::PortalRefreshToken,
            call.refresh_token.as_ref().unwrap_or(&none),
        ),
        application_token: seal(
            Place::PortalApplicationToken,
            call.application_token.as_ref().unwrap_or(&none),
        ),
        scopes: call.scopes.join(","),
        state: "waits".to_owned(),
        reason: None,
        received_at: now,
    };
    state.store.install_keep(row, now - INSTALL_WAITS).await?;
    Ok(id)
}

/// Keeps the tokens that an exchange brought in place of an installation's own, until a portal has them.
pub(super) async fn renew_pending(
    state: &AppState,
    id: Uuid,
    member: &str,
    client_id: &str,
    fresh: &FreshTokens,
) -> Result<(), InstallError> {
    let vault = &state.vault;
    let renewed = RenewedInstall {
        member_id: member,
        client_id,
        access_token: &vault.seal(Place::PortalAccessToken, id, &fresh.access_token),
        refresh_token: &vault.seal(Place::PortalRefreshToken, id, &fresh.refresh_token),
    };
    Ok(state.store.install_renew(id, &renewed).await?)
}

/// Keeps an installation that nobody could prove yet. The portals that wait for one try it again by themselves.
pub async fn keep_unproven(state: &AppState, call: &AppCall) -> Result<(), InstallError> {
    keep_pending(state, call, None).await?;
    let now = state.clock.now();
    let known = state.store.portal_by_member(&call.member_id).await?;
    let drafts = state.store.portals_waiting().await?;
    for portal in known.into_iter().chain(drafts).take(TRY_AGAIN) {
        let check = Errand::PortalCheck { portal: portal.id };
        state
            .store
            .errand_put(&check.row(now + 5_000, now)?)
            .await?;
    }
    Ok(())
}

/// The call as it was kept.
pub(super) fn of_pending(
    state: &AppState,
    row: &portal_install::Model,
) -> Result<AppCall, InstallError> {
    let open = |place, sealed: &[u8]| state.vault.open(place, row.id, sealed);
    let filled = |secret: SecretString| Some(secret).filter(|s| !s.expose_secret().is_empty());
    Ok(AppCall {
        kind: if row.source == "ui" { "ui" } else { "api" },
        member_id: row.member_id.clone(),
        address: crate::bitrix::PortalAddress::parse(&row.protocol, &row.domain).ok(),
        access_token: open(Place::PortalAccessToken, &row.access_token)?,
        refresh_token: filled(open(Place::PortalRefreshToken, &row.refresh_token)?),
        server_endpoint: Some(row.server_endpoint.clone()).filter(|text| !text.is_empty()),
        application_token: filled(open(Place::PortalApplicationToken, &row.application_token)?),
        scopes: crate::bitrix::scopes_read(&row.scopes),
        language: "en".to_owned(),
        placement: "DEFAULT".to_owned(),
        options: serde_json::Value::Null,
    })
}
