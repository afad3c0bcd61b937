//! What a portal takes from phones by itself: a line, or the app with all its lines.

use super::link::STEPS;
use crate::connect::{Check, name};
use crate::store::entities::phone;
use crate::store::{StoreError, Txn};
use uuid::Uuid;

/// The portal took the phone's line away: `channel_off` or `line_deleted`.
pub async fn line_lost_in_txn(
    txn: &Txn,
    phone: &phone::Model,
    code: &'static str,
    now: i64,
) -> Result<(), StoreError> {
    let lost = Check::bad(name::CONNECTOR, code);
    let lost = lost.arg("line", phone.line_id.unwrap_or_default());
    txn.phone_unlink_in_txn(phone.id, &lost.kept(), now).await?;
    txn.checks_drop_in_txn(phone.id, Some(&STEPS)).await?;
    txn.checks_note_in_txn(phone.id, &[lost.finding()], now)
        .await
}

/// The app was removed from the portal. Its phones keep their lines: installed again, they are linked to the same ones.
pub async fn app_lost_in_txn(txn: &Txn, portal: Uuid, now: i64) -> Result<(), StoreError> {
    let token = Check::bad(name::PORTAL_TOKEN, "app_uninstalled");
    let others = [name::PORTAL_ADMIN, name::SCOPES, name::EVENTS];
    let others = others.map(|name| Check::unknown(name, "no_token"));
    let mut findings = vec![token.finding()];
    findings.extend(others.iter().map(Check::finding));
    txn.checks_note_in_txn(portal, &findings, now).await?;
    let lost = Check::bad(name::CONNECTOR, "app_uninstalled");
    for phone in txn.phones_of_portal_in_txn(portal).await? {
        txn.phone_set_link_in_txn(phone.id, "failed", Some(&lost.kept()), now)
            .await?;
        txn.checks_drop_in_txn(phone.id, Some(&STEPS)).await?;
        txn.checks_note_in_txn(phone.id, &[lost.finding()], now)
            .await?;
        if phone.sms_service {
            let sms = lost.clone().named(name::SMS);
            txn.checks_note_in_txn(phone.id, &[sms.finding()], now)
                .await?;
        }
    }
    Ok(())
}
