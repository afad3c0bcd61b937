//! Registering a number for the Cloud API, and taking it off.

use super::Refusal;
use super::numbers::{owned, pin_check};
use super::route::Call;
use crate::world::Phone;
use http::StatusCode;
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
    if let Some(refusal) = refused(call.shared.faults(|faults| faults.refuse.register_number)) {
        return Err(refusal);
    }
    on_api_only(&phone)?;
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
    on_api_only(&owned(call, id)?)?;
    counted(call, id, |phone| phone.registered = false)
}

/// A number that the WhatsApp Business app uses as well stays with it.
fn on_api_only(phone: &Phone) -> Result<(), Refusal> {
    if !phone.on_biz_app {
        return Ok(());
    }
    let words = "The phone number is used in the WhatsApp Business app and cannot be registered or deregistered";
    Err(Refusal::parameter(words))
}

/// What Meta answers under a code that was asked for; 0 is none.
fn refused(code: u32) -> Option<Refusal> {
    let (status, message, details) = match code {
        0 => return None,
        133_000 => (
            500,
            "Deregistration incomplete",
            "A previous deregistration attempt did not complete",
        ),
        133_004 => (
            503,
            "Server temporarily unavailable",
            "The registration server is unavailable",
        ),
        133_005 => (
            400,
            "Two-step verification PIN Mismatch",
            "Account PIN mismatch",
        ),
        133_006 => (
            400,
            "Phone number re-verification needed",
            "Phone number needs to be verified before registering",
        ),
        133_008 => (
            400,
            "Too many two-step verification PIN guesses",
            "Too many guesses. Retry after 3600 seconds",
        ),
        133_009 => (
            400,
            "Two-step verification PIN guessed too fast",
            "The PIN was entered too fast. Retry after 60 seconds",
        ),
        133_015 => (
            400,
            "Phone number was recently deleted",
            "The deletion has not been completed. Retry after 5 minutes",
        ),
        133_016 => (
            400,
            "Account register deregister rate limit exceeded",
            "There were too many registration attempts for this phone number",
        ),
        _ => (400, "Something went wrong", "The registration failed"),
    };
    let mut refusal = Refusal::messaging(code, message, details);
    refusal.status = StatusCode::from_u16(status).unwrap_or(StatusCode::BAD_REQUEST);
    Some(refusal)
}
