//! Writing what an installation brought.

use super::call::AppCall;
use super::error::InstallError;
use crate::bitrix::FreshTokens;
use crate::errands::Errand;
use crate::state::AppState;
use crate::store::entities::{portal, portal_install, portal_token};
use crate::vault::Place;
use secrecy::{ExposeSecret, SecretString};
use uuid::Uuid;

/// How long an installation waits for its portal, in milliseconds.
pub(super) const WAITS: i64 = 24 * 60 * 60 * 1000;

/// Installations that may wait at the same time.
const WAITING_MAX: u64 = 1000;

/// The portal with its new tokens; what waited for them goes on.
pub(super) async fn keep_tokens(
    state: &AppState,
    call: &AppCall,
    row: &portal::Model,
    fresh: &FreshTokens,
) -> Result<(), InstallError> {
    let now = state.clock.now();
    let user = fresh.user_id.as_deref().unwrap_or("installer");
    let mut row = row.clone();
    row.state = "ok".to_owned();
    row.state_reason = None;
    row.installed_at = Some(now);
    row.updated_at = now;
    let txn = state.store.begin().await?;
    let is_new = txn.portal_find_in_txn(row.id).await?.is_none();
    if is_new {
        txn.portal_insert_in_txn(row.clone()).await?;
    } else {
        txn.portal_update_in_txn(row.clone()).await?;
    }
    let stored = txn.portal_tokens_in_txn(row.id).await?;
    let known = stored.into_iter().find(|token| token.bitrix_user == user);
    let id = known.as_ref().map_or_else(Uuid::now_v7, |token| token.id);
    let seal = |place, secret: &SecretString| state.vault.seal(place, id, secret);
    let token = portal_token::Model {
        id,
        portal_id: row.id,
        bitrix_user: user.to_owned(),
        access_token: seal(Place::PortalAccessToken, &fresh.access_token),
        refresh_token: seal(Place::PortalRefreshToken, &fresh.refresh_token),
        // A refresh that is under way must not write over these.
        generation: known.as_ref().map_or(1, |token| token.generation + 1),
        refreshing_until: 0,
        dead_reason: None,
        updated_at: now,
    };
    if known.is_some() {
        txn.portal_token_update_in_txn(token).await?;
    } else {
        txn.portal_token_insert_in_txn(token).await?;
    }
    txn.installs_drop_in_txn(&call.member_id).await?;
    let check = Errand::PortalCheck { portal: row.id };
    txn.errand_put_in_txn(&check.row(now, now)?).await?;
    txn.phones_link_again_in_txn(row.id, now).await?;
    txn.commit().await?;
    Ok(())
}

/// Another portal of the same Marketplace app, of the same owner.
pub(super) fn next_portal(
    state: &AppState,
    portal: &portal::Model,
) -> Result<portal::Model, InstallError> {
    let id = Uuid::now_v7();
    let secret = super::install::secret_of(state, portal)?;
    let now = state.clock.now();
    Ok(portal::Model {
        id,
        client_secret: state.vault.seal(Place::PortalClientSecret, id, &secret),
        application_token: state.vault.seal(
            Place::PortalApplicationToken,
            id,
            &String::new().into(),
        ),
        name: None,
        member_id: String::new(),
        created_at: now,
        updated_at: now,
        ..portal.clone()
    })
}

/// Keeps an installation, sealed, until a portal with its client id is saved.
pub(super) async fn keep_pending(
    state: &AppState,
    call: &AppCall,
    client_id: Option<&str>,
) -> Result<(), InstallError> {
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
    let txn = state.store.begin().await?;
    txn.installs_drop_in_txn(&call.member_id).await?;
    txn.installs_forget_in_txn(now - WAITS, WAITING_MAX).await?;
    txn.install_insert_in_txn(row).await?;
    txn.commit().await?;
    Ok(())
}

/// Keeps an installation that nobody could prove yet. The portals that wait for one try it again by themselves.
pub async fn keep_unproven(state: &AppState, call: &AppCall) -> Result<(), InstallError> {
    keep_pending(state, call, None).await?;
    let now = state.clock.now();
    for portal in state.store.portals_waiting().await?.into_iter().take(5) {
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
