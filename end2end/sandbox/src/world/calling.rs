//! What a number's calls are set to.

use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// A telephone server of one app.
#[derive(Debug, Clone, PartialEq)]
pub struct SipServer {
    pub app: String,
    pub hostname: String,
    pub port: u16,
    pub params: Map<String, Value>,
}

/// The `calling` object of a number's settings.
#[derive(Debug, Clone)]
pub struct Calling {
    pub on: bool,
    /// DEFAULT or DISABLE_ALL.
    pub icon: String,
    pub countries: Vec<String>,
    pub callback: bool,
    pub hours: Option<Value>,
    /// Not told while it was never set.
    pub srtp: Option<String>,
    pub sip: bool,
    /// Calls are told by webhook although SIP is on; not told while it was never set.
    pub webhooks: Option<bool>,
    pub servers: Vec<SipServer>,
    /// Passwords by app; an app's is as old as its server.
    pub passwords: BTreeMap<String, String>,
    pub codecs: Vec<String>,
    pub voicemail: Option<Value>,
    /// `{type, reason, expiration}` of each.
    pub restrictions: Vec<Value>,
}

impl Default for Calling {
    fn default() -> Self {
        Self {
            on: false,
            icon: "DEFAULT".to_string(),
            countries: Vec::new(),
            callback: false,
            hours: None,
            srtp: None,
            sip: false,
            webhooks: None,
            servers: Vec::new(),
            passwords: BTreeMap::new(),
            codecs: Vec::new(),
            voicemail: None,
            restrictions: Vec::new(),
        }
    }
}

/// Meta's word for a switch.
pub fn switch(on: bool) -> &'static str {
    if on { "ENABLED" } else { "DISABLED" }
}

impl Calling {
    /// The object as `GET /settings` shows it. Passwords are shown to their own app only.
    pub fn shown(&self, asker: Option<&str>) -> Value {
        let mut out = json!({
            "status": switch(self.on),
            "call_icon_visibility": self.icon,
            "callback_permission_status": switch(self.callback),
        });
        let Some(map) = out.as_object_mut() else {
            return out;
        };
        let mut put = |key: &str, value: Option<Value>| {
            if let Some(value) = value {
                map.insert(key.to_string(), value);
            }
        };
        let some = |list: &Vec<String>| Some(list.clone()).filter(|it| !it.is_empty());
        let countries = some(&self.countries);
        put(
            "call_icons",
            countries.map(|it| json!({ "restrict_to_user_countries": it })),
        );
        put("call_hours", self.hours.clone());
        put(
            "srtp_key_exchange_protocol",
            self.srtp.as_ref().map(|it| json!(it)),
        );
        put("sip", Some(self.sip_shown(asker)));
        put(
            "audio",
            some(&self.codecs).map(|it| json!({ "additional_codecs": it })),
        );
        put("voicemail", self.voicemail.clone());
        let list = Some(&self.restrictions).filter(|it| !it.is_empty());
        put(
            "restrictions",
            list.map(|it| json!({ "restrictions_list": it })),
        );
        out
    }

    fn sip_shown(&self, asker: Option<&str>) -> Value {
        let servers: Vec<Value> = self
            .servers
            .iter()
            .map(|server| {
                let mut out = Map::new();
                if let Ok(id) = server.app.parse::<u64>() {
                    out.insert("app_id".to_string(), json!(id));
                }
                out.insert("hostname".to_string(), json!(server.hostname));
                out.insert("port".to_string(), json!(server.port));
                if !server.params.is_empty() {
                    let params = Value::Object(server.params.clone());
                    out.insert("request_uri_user_params".to_string(), params);
                }
                let password = self.passwords.get(&server.app);
                if let Some(password) = password.filter(|_| asker == Some(server.app.as_str())) {
                    out.insert("sip_user_password".to_string(), json!(password));
                }
                Value::Object(out)
            })
            .collect();
        let mut out = json!({ "status": switch(self.sip), "servers": servers });
        if let (Some(on), Some(map)) = (self.webhooks, out.as_object_mut()) {
            map.insert("webhook_delivery".to_string(), json!(switch(on)));
        }
        out
    }

    /// What `account_settings_update` tells of it.
    pub fn announced(&self) -> Value {
        json!({
            "status": switch(self.on),
            "call_icon_visibility": self.icon,
            "callback_permission_status": switch(self.callback),
            "srtp_key_exchange_protocol": self.srtp.as_deref().unwrap_or("DTLS"),
            "sip": { "status": switch(self.sip) },
        })
    }

    /// Meta tells of calls by webhook.
    pub fn told(&self) -> bool {
        !self.sip || self.webhooks == Some(true)
    }

    /// The server of an app is written, and its password made where there is none yet.
    pub fn server_set(&mut self, server: SipServer) {
        let made = || crate::words::random_hex(16);
        self.passwords
            .entry(server.app.clone())
            .or_insert_with(made);
        self.servers.retain(|it| it.app != server.app);
        self.servers.push(server);
    }

    /// The server of an app is gone, and with it its password.
    pub fn server_clear(&mut self, app: &str) {
        self.servers.retain(|it| it.app != app);
        self.passwords.remove(app);
    }
}
