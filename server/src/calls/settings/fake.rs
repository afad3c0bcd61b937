//! A Meta for tests that keeps the settings of one number and has Meta's habits.

use crate::outside::testing::{Heard, Server, json_answer};
use axum::response::Response;
use serde_json::{Map, Value, json};
use std::sync::{Arc, Mutex};

/// What it does; everything may be changed while it runs.
#[derive(Debug, Default)]
pub(crate) struct Habits {
    /// Its `calling` object.
    pub(crate) calling: Map<String, Value>,
    /// Writing `sip` resets SRTP to DTLS.
    pub(crate) resets_srtp: bool,
    /// SRTP cannot be changed at all.
    pub(crate) stubborn: bool,
    /// It does not know `webhook_delivery`.
    pub(crate) no_webhooks: bool,
    /// Writings that switch calling on are refused with this code.
    pub(crate) refuses: Option<i64>,
    /// A refused writing has changed the server all the same.
    pub(crate) half: bool,
    /// Readings are refused with this code.
    pub(crate) hides: Option<i64>,
    /// Readings fail without an error of Meta's.
    pub(crate) silent: bool,
    /// The next writing is done and not answered.
    pub(crate) mute: bool,
    /// The password stays the same for ever.
    pub(crate) one_password: bool,
    /// How often a password was made.
    pub(crate) passwords: u32,
    /// Its `health_status`.
    pub(crate) health: Value,
}

/// The fake.
pub(crate) struct Meta {
    /// Its server.
    pub(crate) server: Server,
    habits: Arc<Mutex<Habits>>,
}

impl Meta {
    /// Starts one whose number never had calling.
    pub(crate) async fn start() -> Self {
        let habits = Arc::new(Mutex::new(Habits::default()));
        let inside = habits.clone();
        let server = Server::start(move |heard| inside.lock().unwrap().answer(heard)).await;
        Self { server, habits }
    }

    /// Changes its habits.
    pub(crate) fn with(&self, change: impl FnOnce(&mut Habits)) {
        change(&mut self.habits.lock().unwrap());
    }

    /// Its `calling` object now.
    pub(crate) fn calling(&self) -> Value {
        Value::Object(self.habits.lock().unwrap().calling.clone())
    }

    /// The `calling` objects that were written.
    pub(crate) fn written(&self) -> Vec<Value> {
        let heard = self.server.heard().into_iter();
        let posts = heard.filter(|heard| heard.method == "POST");
        posts.map(|heard| heard.json()["calling"].clone()).collect()
    }
}

fn refusal(code: i64) -> Response {
    let error = json!({ "code": code, "message": "Refused", "error_data": { "details": format!("Details of {code}") } });
    json_answer(400, json!({ "error": error }))
}

impl Habits {
    fn answer(&mut self, heard: &Heard) -> Response {
        let path = heard.path.split('?').next().unwrap_or_default();
        if path.ends_with("/debug_token") {
            return json_answer(
                200,
                json!({ "data": { "app_id": "555", "is_valid": true } }),
            );
        }
        if !path.ends_with("/settings") {
            return json_answer(
                200,
                json!({ "id": "777000111", "health_status": self.health }),
            );
        }
        if heard.method == "POST" {
            let answer = self.write(heard.json());
            if std::mem::take(&mut self.mute) {
                return json_answer(502, json!({}));
            }
            return answer;
        }
        if let Some(code) = self.hides {
            return refusal(code);
        }
        if self.silent {
            return json_answer(502, json!({}));
        }
        json_answer(200, json!({ "calling": self.calling, "id": "777000111" }))
    }

    fn write(&mut self, body: Value) -> Response {
        let written = body["calling"].as_object().unwrap();
        assert_eq!(body.as_object().unwrap().len(), 1, "one feature in a call");
        let sip = &body["calling"]["sip"];
        if self.no_webhooks && sip.get("webhook_delivery").is_some() {
            return refusal(100);
        }
        let refused = self
            .refuses
            .filter(|_| body["calling"]["status"] == "ENABLED");
        if refused.is_some() && !self.half {
            return refusal(refused.unwrap_or_default());
        }
        for (key, value) in written {
            let frozen = key == "srtp_key_exchange_protocol" && self.stubborn;
            match (key.as_str(), self.calling.get(key)) {
                ("sip", before) => {
                    let before = before.cloned().unwrap_or_else(|| json!({}));
                    let sip = self.merged(before, value);
                    self.calling.insert(key.clone(), sip);
                }
                _ if frozen => {}
                ("status", _) if refused.is_some() => {}
                _ => {
                    self.calling.insert(key.clone(), value.clone());
                }
            }
        }
        if self.resets_srtp && written.contains_key("sip") {
            self.calling
                .insert("srtp_key_exchange_protocol".to_owned(), json!("DTLS"));
        }
        match refused {
            Some(code) => refusal(code),
            None => json_answer(200, json!({ "success": true })),
        }
    }

    /// Servers of other apps stay; ours keeps its password while it has its name.
    fn merged(&mut self, before: Value, new: &Value) -> Value {
        let mut sip = before.as_object().cloned().unwrap_or_default();
        for (key, value) in new.as_object().unwrap() {
            if key != "servers" {
                sip.insert(key.clone(), value.clone());
            }
        }
        let Some(servers) = new.get("servers").and_then(Value::as_array) else {
            return Value::Object(sip);
        };
        let known = before["servers"].as_array().cloned().unwrap_or_default();
        let mine = known.iter().find(|server| server["app_id"] == 555).cloned();
        let mut all: Vec<Value> = known
            .into_iter()
            .filter(|server| server["app_id"] != 555)
            .collect();
        for server in servers {
            let mut server = server.clone();
            let password = match &mine {
                Some(mine) => mine["sip_user_password"].clone(),
                None if self.one_password => json!("made-by-meta-1"),
                None => {
                    self.passwords += 1;
                    json!(format!("made-by-meta-{}", self.passwords))
                }
            };
            server["app_id"] = json!(555);
            server["sip_user_password"] = password;
            all.insert(0, server);
        }
        sip.insert("servers".to_owned(), Value::Array(all));
        Value::Object(sip)
    }
}
