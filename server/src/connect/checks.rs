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
    /// All templates of the WABA were read.
    pub const TEMPLATES: &str = "templates";
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
    /// The number as an SMS provider of its portal.
    pub const SMS: &str = "sms";
    /// The number's calling at Meta.
    pub const CALLING: &str = "calling";
    /// Whether calls reach the number's telephone server, as Meta says.
    pub const SIP: &str = "sip";
    /// The telephone server the number's calls go to.
    pub const TRUNK: &str = "trunk";
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

/// How often what is asked again by itself is asked, in milliseconds.
const EVERY: i64 = 15 * 60 * 1000;

/// The same for templates, calling and telephone servers.
const DAILY: i64 = 24 * 60 * 60 * 1000;

/// Whether a finding of that time says nothing about now any more: nobody could ask for three periods.
/// The steps of linking and a removed app are not asked about again, nor is a connector that has no line:
/// they stay until something happens.
pub fn is_stale(check: &str, state: &str, code: &str, at: i64, now: i64) -> bool {
    let is_step = check.starts_with("link_");
    let stays = code == "app_uninstalled" || (check == name::CONNECTOR && state == "bad");
    let every = match check {
        name::TEMPLATES | name::CALLING | name::SIP | name::TRUNK => DAILY,
        _ => EVERY,
    };
    !is_step && !stays && now.saturating_sub(at) > 3 * every
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

    /// The same finding of another check.
    pub fn named(mut self, name: &'static str) -> Self {
        self.name = name;
        self
    }

    /// Code and values, as a link keeps them for its reason: pages put them into the reader's language.
    pub fn kept(&self) -> String {
        serde_json::json!({ "code": self.code, "args": self.args }).to_string()
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_finding_counts_for_three_periods() {
        let stale = |check, state, code, at| is_stale(check, state, code, at, 10 * EVERY);
        assert!(!stale(name::TOKEN, "ok", "token_good", 7 * EVERY));
        assert!(stale(name::TOKEN, "ok", "token_good", 7 * EVERY - 1));
        assert!(stale(name::CONNECTOR, "ok", "active", 0));
        assert!(!stale(name::CONNECTOR, "bad", "channel_off", 0));
        assert!(!stale(name::PORTAL_TOKEN, "bad", "app_uninstalled", 0));
        assert!(!stale(name::LINK_LINE, "ok", "line_found", 0));
        assert!(!stale(name::TEMPLATES, "ok", "templates_read", 0));
        assert!(!stale(name::TRUNK, "ok", "trunk_well", 0));
    }

    #[test]
    fn a_links_reason_is_code_and_values() {
        let check = Check::bad(name::CONNECTOR, "inactive").arg("line", 7);
        let kept: serde_json::Value = serde_json::from_str(&check.kept()).unwrap();
        let said = serde_json::json!({ "code": "inactive", "args": { "line": "7" } });
        assert_eq!(kept, said);
    }
}
