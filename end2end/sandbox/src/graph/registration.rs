//! Registering a number for the Cloud API, and taking it off.

use super::Refusal;
use super::numbers::{owned, pin_check};
use super::route::Call;
use crate::world::Phone;
use serde_json::{Value, json};

/// Registrations and deregistrations Meta allows in 72 hours.
const MOST: u32 = 10;

fn counted(call: &Call, id: &str, change: impl FnOnce(&mut Phone)) -> Result<Value, Refusal> {
    call.shared.world(|world| {
        let Some(phone) = world.phone_mut(id) else {
            return Ok(());
        };
        phone.registrations += 1;
        if phone.registrations > MOST {
            return Err(Refusal::messaging(
                133_016,
                "Account register deregister rate limit exceeded",
                "There were too many registration attempts for this phone number",
            ));
        }
        change(phone);
        Ok(())
    })?;
    call.shared.tell(json!({ "topic": "apps" }));
    Ok(json!({ "success": true }))
}

/// `POST /{phone_id}/register`; where a two-step PIN exists it must be that one.
pub fn register(call: &Call, id: &str) -> Result<Value, Refusal> {
    let phone = owned(call, id)?;
    if call.parameter("messaging_product").as_deref() != Some("whatsapp") {
        return Err(Refusal::parameter(
            "The parameter messaging_product is required.",
        ));
    }
    let pin = call
        .parameter("pin")
        .ok_or_else(|| Refusal::parameter("The parameter pin is required."))?;
    pin_check(&pin)?;
    if !phone.verified {
        return Err(Refusal::messaging(
            133_006,
            "Phone number re-verification needed",
            "Phone number needs to be verified before registering",
        ));
    }
    if phone.pin.is_some_and(|known| known != pin) {
        return Err(Refusal::messaging(
            133_005,
            "Two-step verification PIN Mismatch",
            "Account PIN mismatch",
        ));
    }
    counted(call, id, |phone| {
        phone.pin = Some(pin);
        phone.registered = true;
    })
}

/// `POST /{phone_id}/deregister`
pub fn deregister(call: &Call, id: &str) -> Result<Value, Refusal> {
    owned(call, id)?;
    counted(call, id, |phone| phone.registered = false)
}
