//! Why no SIP call arrives, as `health_status` tells it.

use super::refused::words;
use crate::world::Phone;
use serde_json::{Value, json};

fn error(code: u32, solution: &str) -> Value {
    json!({ "error_code": code, "error_description": words(code).1, "possible_solution": solution })
}

/// What is wrong with the number itself.
pub fn number_errors(phone: &Phone) -> Vec<Value> {
    let on = phone.calling.on && phone.calling.sip;
    let solution = "Enable SIP in the calling settings of the phone number.";
    (!on)
        .then(|| error(138_024, solution))
        .into_iter()
        .collect()
}

/// What is wrong with the app that asks.
pub fn app_errors(phone: &Phone, app: &str) -> Vec<Value> {
    let has = phone.calling.servers.iter().any(|it| it.app == app);
    let solution = "Configure a SIP server with a token of this app.";
    (!has)
        .then(|| error(138_025, solution))
        .into_iter()
        .collect()
}
