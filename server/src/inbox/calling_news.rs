//! What Meta's webhooks say of calling. They are hints: what they come to is read at Meta.

use super::reader::Understood;
use crate::bus::Topic;
use crate::calls::settings::{ask_calling_check_in_txn, restricted_in_txn};
use crate::outside::loose;
use crate::store::{StoreError, Txn};
use crate::whatsapp::calling::Restriction;
use crate::whatsapp::wire::Change;
use serde_json::Value;
use uuid::Uuid;

/// Reads a change that may be about calling. One that THOTH made itself comes back like any other.
pub(super) async fn read_in_txn(
    txn: &Txn,
    owner: Uuid,
    change: &Change,
    now: i64,
    understood: &mut Understood,
) -> Result<(), StoreError> {
    match change.field.as_deref() {
        Some("account_settings_update") => settings(txn, owner, &change.other, now).await,
        Some("account_update") => {
            let found = restrictions(&change.other);
            if !found.is_empty() {
                restrict(txn, owner, change.waba_id.as_deref(), &found, now).await?;
                understood.changed(&[Topic::Phones]);
            }
            Ok(())
        }
        Some(_) | None => Ok(()),
    }
}

/// Settings of a number have changed, here or elsewhere.
async fn settings(txn: &Txn, owner: Uuid, value: &Value, now: i64) -> Result<(), StoreError> {
    let number = loose::field(value, "phone_number_settings");
    let Some(phone_id) = number.and_then(|number| loose::filled(number, "phone_number_id")) else {
        return Ok(());
    };
    match txn.phone_by_phone_id_in_txn(owner, &phone_id).await? {
        Some(phone) => ask_calling_check_in_txn(txn, phone.id, now).await,
        None => Ok(()),
    }
}

/// Restrictions and violations of calling; those of messages are no matter of this room.
fn restrictions(value: &Value) -> Vec<Restriction> {
    let event = loose::filled(value, "event").unwrap_or_default();
    let found: Vec<Restriction> = match event.to_ascii_uppercase().as_str() {
        "ACCOUNT_RESTRICTION" => {
            let list = loose::field(value, "restriction_info").map(loose::items);
            let read = |item: &Value| {
                Some(Restriction {
                    kind: loose::filled(item, "restriction_type")?,
                    reason: loose::filled(item, "remediation"),
                    until: loose::integer(item, "expiration"),
                })
            };
            list.unwrap_or_default()
                .into_iter()
                .filter_map(read)
                .collect()
        }
        "ACCOUNT_VIOLATION" => {
            let info = loose::field(value, "violation_info");
            let kind = info.and_then(|info| loose::filled(info, "violation_type"));
            kind.into_iter()
                .map(|kind| Restriction {
                    kind,
                    reason: info.and_then(|info| loose::filled(info, "remediation")),
                    until: None,
                })
                .collect()
        }
        _ => Vec::new(),
    };
    let about_calls = |one: &Restriction| one.kind.to_ascii_uppercase().contains("CALL");
    found.into_iter().filter(about_calls).collect()
}

/// Notes them for each phone of the WABA whose calling is used, and has Meta asked what is left.
async fn restrict(
    txn: &Txn,
    owner: Uuid,
    waba_id: Option<&str>,
    found: &[Restriction],
    now: i64,
) -> Result<(), StoreError> {
    let Some(waba_id) = waba_id else {
        return Ok(());
    };
    let Some(waba) = txn.waba_by_waba_id_in_txn(owner, waba_id).await? else {
        return Ok(());
    };
    for phone in txn.phones_of_waba_in_txn(waba.id).await? {
        if txn.calling_find_in_txn(phone).await?.is_none() {
            continue;
        }
        for restriction in found {
            restricted_in_txn(txn, phone, restriction, now).await?;
        }
        ask_calling_check_in_txn(txn, phone, now).await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::backend::testing::state_at_meta;
    use crate::store::testing::engines;
    use crate::whatsapp::wire::read;
    use serde_json::json;

    #[test]
    fn only_what_is_about_calls_is_read() {
        let value = json!({"event": "ACCOUNT_RESTRICTION", "restriction_info": [
            {"restriction_type": "RESTRICTED_BIZ_INITIATED_MESSAGING", "expiration": 5},
            {"restriction_type": "RESTRICTED_BUSINESS_INITIATED_CALLING", "expiration": "1785916800"}]});
        let found = restrictions(&value);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].until, Some(1_785_916_800));
        let value = json!({"event": "account_violation",
            "violation_info": {"violation_type": "USER_INITIATED_CALLS_LOW_PICKUP_RATE"}});
        assert_eq!(restrictions(&value).len(), 1);
        let odd =
            json!({"event": "ACCOUNT_VIOLATION", "violation_info": {"violation_type": "SPAM"}});
        assert!(restrictions(&odd).is_empty() && restrictions(&json!([])).is_empty());
    }

    #[tokio::test]
    async fn news_are_kept_once_and_have_meta_asked() {
        for test in engines().await {
            let (state, phone) = state_at_meta(&test, "http://127.0.0.1:9").await;
            let now = state.clock.now();
            let settings = json!({"messaging_product": "whatsapp", "type": "phone_number_settings",
                "phone_number_settings": {"phone_number_id": "777000111", "calling": null}});
            let restriction = json!({"event": "ACCOUNT_RESTRICTION", "restriction_info": [
                {"restriction_type": "RESTRICTED_BUSINESS_INITIATED_CALLING", "expiration": 1_785_916_800}]});
            let tell = async |field: &str, value: &Value| {
                let body = json!({"object": "whatsapp_business_account",
                    "entry": [{"id": "100", "changes": [{"field": field, "value": value}]}]});
                let envelope = read(body.to_string().as_bytes()).unwrap();
                let txn = state.store.begin().await.unwrap();
                let (owner, mut understood) = (phone.owner_id, Understood::default());
                let change = &envelope.changes[0];
                let done = read_in_txn(&txn, owner, change, now, &mut understood).await;
                done.unwrap();
                txn.commit().await.unwrap();
            };
            // Nobody looks at calls: a restriction of them is no news here.
            tell("account_update", &restriction).await;
            let asked = async || state.store.errand_find("calling_check", phone.id).await;
            assert_eq!(asked().await.unwrap(), None, "{}", test.engine);
            tell("account_settings_update", &settings).await;
            assert!(asked().await.unwrap().is_some());
            assert!(
                state
                    .store
                    .calling_guard_take(phone.id, now, now)
                    .await
                    .unwrap()
            );
            for _ in 0..2 {
                tell("account_update", &restriction).await;
            }
            let events = state.store.calling_events(phone.id, 9).await.unwrap();
            assert_eq!(events.len(), 1, "{}", test.engine);
            assert!(events[0].detail.contains("(2026-08-05T"));
        }
    }
}
