//! SIP passwords out of Meta's answers, before anything else is done with them.

use crate::outside::loose;
use secrecy::SecretString;
use serde_json::Value;

/// A SIP password, and whose it is.
#[derive(Clone, Debug)]
pub struct SipPassword {
    /// The app of Meta's, where Meta says so.
    pub app: Option<String>,
    /// The server it belongs to; empty where Meta does not say.
    pub host: String,
    /// The password.
    pub password: SecretString,
}

/// Takes every value out whose key speaks of a password, wherever it stands; those of SIP servers are answered.
pub fn passwords_take(raw: &mut Value) -> Vec<SipPassword> {
    let mut found = Vec::new();
    take(raw, &mut found);
    found
}

fn take(raw: &mut Value, found: &mut Vec<SipPassword>) {
    match raw {
        Value::Array(items) => items.iter_mut().for_each(|item| take(item, found)),
        Value::Object(_) => {
            let text = |key: &str, camel: &str| {
                loose::filled(raw, key).or_else(|| loose::filled(raw, camel))
            };
            let app = text("app_id", "appId");
            let host = text("hostname", "hostName").unwrap_or_default();
            let Some(fields) = raw.as_object_mut() else {
                return;
            };
            fields.retain(|key, value| {
                if !key.to_ascii_lowercase().contains("password") {
                    take(value, found);
                    return true;
                }
                if let Value::String(word) = value
                    && !word.is_empty()
                {
                    found.push(SipPassword {
                        app: app.clone(),
                        host: host.clone(),
                        password: std::mem::take(word).into(),
                    });
                }
                false
            });
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}
