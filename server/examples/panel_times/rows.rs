//! Rows as the forms would have written them.

use secrecy::SecretString;
use thoth::state::AppState;
use thoth::store::entities::{phone, portal, waba};
use thoth::vault::Place;
use uuid::Uuid;

pub fn waba(state: &AppState, owner: Uuid, number: usize) -> waba::Model {
    let id = Uuid::now_v7();
    let verify = format!("verify-{number}");
    let seal = |place, words: &str| state.vault.seal(place, id, &SecretString::from(words));
    waba::Model {
        id,
        owner_id: owner,
        waba_id: format!("1002003{number:08}"),
        name: format!("Company {number}"),
        access_token: seal(Place::WabaAccessToken, "token"),
        verify_token: seal(Place::WabaVerifyToken, &verify),
        verify_token_hash: state.vault.hash(&verify),
        app_id: None,
        app_secret: None,
        token_kind: None,
        token_scopes: None,
        token_expires_at: None,
        verified_at: None,
        heard_at: None,
        created_at: 0,
        updated_at: 0,
    }
}

pub fn portal(state: &AppState, owner: Uuid, number: usize) -> portal::Model {
    let id = Uuid::now_v7();
    let seal = |place, words: &str| state.vault.seal(place, id, &SecretString::from(words));
    portal::Model {
        id,
        owner_id: owner,
        protocol: "https".to_owned(),
        domain: format!("company{number}.bitrix24.com"),
        member_id: format!("{number:032x}"),
        client_id: format!("local.{number:x}.1"),
        client_secret: seal(Place::PortalClientSecret, "secret"),
        application_token: seal(Place::PortalApplicationToken, "token"),
        server_endpoint: "https://oauth.bitrix24.tech/rest/".to_owned(),
        state: "ok".to_owned(),
        state_reason: None,
        name: None,
        kind: None,
        scopes: None,
        installed_at: None,
        created_at: 0,
        updated_at: 0,
    }
}

pub fn phone(owner: Uuid, waba: Uuid, portal: Uuid, number: usize) -> phone::Model {
    let state = if number.is_multiple_of(50) {
        "failed"
    } else {
        "linked"
    };
    phone::Model {
        id: Uuid::now_v7(),
        owner_id: owner,
        waba_id: waba,
        portal_id: Some(portal),
        phone: format!("+7700{number:07}"),
        phone_id: format!("777{number:09}"),
        line_id: i64::try_from(number).ok(),
        connector: Some("thoth_whatsapp".to_owned()),
        sms_service: false,
        link_state: state.to_owned(),
        link_reason: None,
        link_checked_at: Some(0),
        name: None,
        pin: None,
        line_wanted: None,
        heard_at: None,
        created_at: 0,
        updated_at: 0,
    }
}
