//! What a check found, and its names.

use crate::store::Finding;
use std::collections::BTreeMap;

/// Names of what is checked. Stored: they never change.
pub mod name {
    /// A WABA's access token.
    pub const TOKEN: &str = "token";
    /// The app gets the WABA's webhooks.
    pub const SUBSCRIBED: &str = "subscribed";
    /// The numbers Meta lists for the WABA were read.
    pub const NUMBERS: &str = "numbers";
    /// A portal's tokens work.
    pub const PORTAL_TOKEN: &str = "portal_token";
    /// The portal's user is an admin there.
    pub const PORTAL_ADMIN: &str = "portal_admin";
    /// The app has the scopes it needs.
    pub const SCOPES: &str = "scopes";
    /// The portal's events come here.
    pub const EVENTS: &str = "events";
    /// The number is registered at Meta.
    pub const REGISTERED: &str = "registered";
    /// The number's quality.
    pub const QUALITY: &str = "quality";
    /// The number's messaging limit.
    pub const LIMIT: &str = "limit";
    /// The connector on the phone's line.
    pub const CONNECTOR: &str = "connector";
    /// Linking, first step: the connector is registered.
    pub const LINK_REGISTER: &str = "link_register";
    /// Linking: the line is there.
    pub const LINK_LINE: &str = "link_line";
    /// Linking: the connector is switched on for the line.
    pub const LINK_ACTIVATE: &str = "link_activate";
    /// Linking: the line knows what it shows of the channel.
    pub const LINK_DATA: &str = "link_data";
    /// Linking, last step: the portal says that it works.
    pub const LINK_STATUS: &str = "link_status";
}

/// One finding: ok, bad or unknown, the code of its sentence and the values in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Check {
    name: &'static str,
    state: &'static str,
    code: &'static str,
    args: BTreeMap<String, String>,
}

impl Check {
    /// There is proof that it works.
    pub fn ok(name: &'static str, code: &'static str) -> Self {
        Self::new(name, "ok", code)
    }

    /// There is proof that it does not.
    pub fn bad(name: &'static str, code: &'static str) -> Self {
        Self::new(name, "bad", code)
    }

    /// Nobody could tell.
    pub fn unknown(name: &'static str, code: &'static str) -> Self {
        Self::new(name, "unknown", code)
    }

    fn new(name: &'static str, state: &'static str, code: &'static str) -> Self {
        Self {
            name,
            state,
            code,
            args: BTreeMap::new(),
        }
    }

    /// Adds a value for the sentence.
    pub fn arg(mut self, name: &str, value: impl ToString) -> Self {
        self.args.insert(name.to_owned(), value.to_string());
        self
    }

    /// Adds the other side's words.
    pub fn reason(self, words: impl ToString) -> Self {
        self.arg("reason", words)
    }

    /// What was checked.
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// `ok`, `bad` or `unknown`.
    pub fn state(&self) -> &'static str {
        self.state
    }

    /// Which sentence tells it.
    pub fn code(&self) -> &'static str {
        self.code
    }

    /// A value of the sentence; empty when there is none.
    pub fn value(&self, name: &str) -> String {
        self.args.get(name).cloned().unwrap_or_default()
    }

    /// The same finding told by another sentence.
    pub fn coded(mut self, code: &'static str) -> Self {
        self.code = code;
        self
    }

    /// The other side's words, else the code: what a list has room for.
    pub fn words(&self) -> String {
        let reason = self.args.get("reason").cloned();
        reason.unwrap_or_else(|| self.code.to_owned())
    }

    /// Whether it is well.
    pub fn is_ok(&self) -> bool {
        self.state == "ok"
    }

    /// As the store takes it.
    pub fn finding(&self) -> Finding<'_> {
        Finding {
            name: self.name,
            state: self.state,
            code: self.code,
            args: self.args.clone(),
        }
    }
}
