//! `/{phone_id}/settings`: reading, and writing one feature per request.

use super::refused::{invalid, refused};
use super::wanted::{self, Wanted};
use crate::graph::Refusal;
use crate::graph::numbers::owned;
use crate::graph::route::Call;
use crate::state::Shared;
use crate::webhook::{self, envelope};
use crate::words::{now, text_of};
use crate::world::{Calling, Phone};
use serde_json::{Value, json};

/// `GET /{phone_id}/settings[?include_sip_credentials=true]`
pub fn read(call: &Call, id: &str) -> Result<Value, Refusal> {
    let phone = owned(call, id)?;
    let asked = call.parameter("include_sip_credentials");
    let asker = asked
        .is_some_and(|it| it == "true" || it == "1")
        .then(|| call.app().to_string());
    let mut out = phone.settings.clone();
    if let Some(map) = out.as_object_mut() {
        let calling = phone.calling.shown(asker.as_deref());
        map.insert("calling".to_string(), calling);
    }
    Ok(out)
}

/// `POST /{phone_id}/settings`
pub fn change(call: &Call, id: &str) -> Result<Value, Refusal> {
    let phone = owned(call, id)?;
    let Some(change) = call.body.as_object().filter(|body| !body.is_empty()) else {
        return Err(Refusal::parameter("At least one setting is required."));
    };
    let mut features = change.iter();
    let (Some((feature, value)), None) = (features.next(), features.next()) else {
        return Err(invalid("Only one feature may be changed in a request"));
    };
    if feature != "calling" {
        call.shared.world(|world| {
            let map = world.phone_mut(id)?.settings.as_object_mut()?;
            map.insert(feature.clone(), value.clone());
            Some(())
        });
        return Ok(json!({ "success": true }));
    }
    calling(call, &phone, value)?;
    Ok(json!({ "success": true }))
}

fn calling(call: &Call, phone: &Phone, value: &Value) -> Result<(), Refusal> {
    let switches = call.shared.faults(|faults| {
        let switches = faults.calling.clone();
        faults.calling.refuse_next = 0;
        switches
    });
    for code in [switches.refuse_next, switches.refuse] {
        if code != 0 {
            return Err(refused(code, "The sandbox was told to refuse this"));
        }
    }
    let wanted = wanted::read(value, call.app(), switches.no_webhook_delivery)?;
    let mut next = phone.calling.clone();
    apply(&mut next, &wanted, call.app(), switches.srtp_reset);
    if next.sip && next.servers.is_empty() {
        let words = "calling.sip: at least one server is needed while SIP is enabled";
        return Err(invalid(words));
    }
    if wanted.on == Some(true) {
        eligible(call, phone, &next)?;
    }
    keep(&mut next, &phone.calling, &switches.ignored);
    let changed = next.announced() != phone.calling.announced();
    call.shared.world(|world| {
        if let Some(phone) = world.phone_mut(&phone.id) {
            phone.calling = next;
        }
    });
    if changed {
        announce(&call.shared, &phone.id);
    }
    call.shared.tell(json!({ "topic": "apps" }));
    Ok(())
}

fn apply(next: &mut Calling, wanted: &Wanted, app: &str, srtp_reset: bool) {
    fn lay<T: Clone>(slot: &mut T, value: Option<&T>) {
        if let Some(value) = value {
            slot.clone_from(value);
        }
    }
    lay(&mut next.on, wanted.on.as_ref());
    lay(&mut next.icon, wanted.icon.as_ref());
    lay(&mut next.countries, wanted.countries.as_ref());
    lay(&mut next.callback, wanted.callback.as_ref());
    lay(&mut next.codecs, wanted.codecs.as_ref());
    if let Some(hours) = &wanted.hours {
        next.hours = Some(hours.clone());
    }
    if let Some(voicemail) = &wanted.voicemail {
        next.voicemail = Some(voicemail.clone());
    }
    if let Some(srtp) = &wanted.srtp {
        next.srtp = Some(srtp.clone());
    }
    let Some(sip) = &wanted.sip else { return };
    lay(&mut next.sip, sip.on.as_ref());
    next.webhooks = sip.webhooks.or(next.webhooks);
    match &sip.server {
        None => {}
        Some(Some(server)) => next.server_set(server.clone()),
        Some(None) => next.server_clear(app),
    }
    if srtp_reset {
        next.srtp = Some("DTLS".to_string());
    }
}

/// Parts Meta is told to leave as they were, though it says success.
fn keep(next: &mut Calling, before: &Calling, ignored: &str) {
    for part in ignored.split([',', ' ']) {
        match part {
            "status" => next.on = before.on,
            "call_icon_visibility" => next.icon.clone_from(&before.icon),
            "callback_permission_status" => next.callback = before.callback,
            "call_hours" => next.hours.clone_from(&before.hours),
            "srtp_key_exchange_protocol" => next.srtp.clone_from(&before.srtp),
            "audio" => next.codecs.clone_from(&before.codecs),
            "call_icons" => next.countries.clone_from(&before.countries),
            _ => {}
        }
    }
}

/// Whether calling may be switched on at all.
fn eligible(call: &Call, phone: &Phone, next: &Calling) -> Result<(), Refusal> {
    if !phone.registered {
        return Err(Refusal::messaging(
            133_010,
            "Phone number not registered",
            "The phone number is not registered on the WhatsApp Business Platform",
        ));
    }
    if phone.on_biz_app {
        let words = "The phone number is used in the WhatsApp Business app";
        return Err(invalid(words));
    }
    if tier(&phone.limit) < 2000 {
        let words = "The messaging limit of the phone number must be at least 2000 business-initiated conversations in a day";
        return Err(refused(138_015, words));
    }
    if blocked(next) {
        let words = "Calling is temporarily blocked for the phone number because of low quality";
        return Err(refused(138_014, words));
    }
    let heard = call.shared.world(|world| {
        let waba = world.waba(&phone.waba);
        let apps = waba.map(|it| it.subscribed.clone()).unwrap_or_default();
        apps.iter()
            .filter_map(|it| world.app(&it.app))
            .any(|app| app.fields.iter().any(|field| field == "calls"))
    });
    if next.servers.is_empty() && !heard {
        let words = "Neither a SIP server is configured nor is an app subscribed to the WABA and to the field calls";
        return Err(refused(138_018, words));
    }
    Ok(())
}

/// How many conversations a day a tier means.
fn tier(limit: &str) -> u64 {
    let name = limit.trim_start_matches("TIER_");
    if name == "UNLIMITED" {
        return u64::MAX;
    }
    let (digits, factor) = match name.strip_suffix('K') {
        Some(digits) => (digits, 1000),
        None => (name, 1),
    };
    digits.parse::<u64>().map_or(0, |it| it * factor)
}

fn blocked(calling: &Calling) -> bool {
    calling.restrictions.iter().any(|it| {
        let until = crate::words::int_of(it.get("expiration")).unwrap_or(i64::MAX);
        let kind = text_of(it.get("type")).unwrap_or_default();
        until > now() && !kind.contains("BUSINESS_INITIATED")
    })
}

/// Tells the apps that the settings of a number are others now.
pub fn announce(shared: &Shared, phone_id: &str) {
    let found = shared.world(|world| {
        let phone = world.phone(phone_id)?;
        Some((phone.waba.clone(), phone.calling.announced()))
    });
    let Some((waba, calling)) = found else { return };
    let value = json!({
        "messaging_product": "whatsapp",
        "timestamp": now().to_string(),
        "type": "phone_number_settings",
        "phone_number_settings": { "phone_number_id": phone_id, "calling": calling },
    });
    let body = envelope::about_waba(&waba, "account_settings_update", value);
    let label = format!("settings of {phone_id}");
    webhook::queue_of(
        shared,
        &waba,
        &format!("{phone_id} settings"),
        body,
        label,
        None,
    );
}
