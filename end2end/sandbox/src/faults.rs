//! The switches that make the pretend services misbehave, and the counting behind "every n-th".

use serde::{Deserialize, Serialize};
use std::collections::HashMap;

/// Who a switch belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Target {
    Graph,
    Portal,
    Oauth,
}

/// What a made-up failure carries as its body.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Body {
    /// The error shape of the service it plays.
    #[default]
    Own,
    /// The service's own answer to too many calls.
    Limit,
    /// Graph's error shape.
    Graph,
    /// Bitrix24's error shape.
    Bitrix,
    /// A page, as a proxy in between would answer.
    Html,
    /// Nothing.
    Empty,
}

/// Switches of a service that is called.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Fault {
    /// Connections are closed at once.
    pub down: bool,
    pub latency_ms: u64,
    /// The call is done at once and its answer comes so much later.
    pub answer_late_ms: u64,
    /// Every n-th call fails without being done; 0 is off.
    pub fail_every: u64,
    /// The next k calls fail without being done.
    pub fail_next: u64,
    pub fail_status: u16,
    pub fail_body: Body,
    /// Seconds in the `Retry-After` of such a failure; 0 leaves it out.
    pub retry_after: u64,
    /// Every n-th call is not done and its connection is reset.
    pub reset_every: u64,
    /// Every n-th call is done and then the connection is dropped without an answer.
    pub lose_every: u64,
    pub lose_next: u64,
    /// Every n-th call is done and answered with half of its JSON.
    pub garble_every: u64,
    pub garble_next: u64,
    /// Every n-th call is done and its connection is dropped after half of the answer.
    pub cut_every: u64,
    /// Only calls whose path contains this text are touched.
    pub only: String,
    /// Only calls to the portal with this member id are touched; all where it is empty.
    pub member: String,
}

impl Default for Fault {
    fn default() -> Self {
        Self {
            down: false,
            latency_ms: 0,
            answer_late_ms: 0,
            fail_every: 0,
            fail_next: 0,
            fail_status: 500,
            fail_body: Body::Own,
            retry_after: 0,
            reset_every: 0,
            lose_every: 0,
            lose_next: 0,
            garble_every: 0,
            garble_next: 0,
            cut_every: 0,
            only: String::new(),
            member: String::new(),
        }
    }
}

/// Switches of what the sandbox sends by itself: Meta's webhooks, the portals' events.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Sending {
    pub latency_ms: u64,
    /// Everything is sent a second time after it was taken.
    pub twice: bool,
    /// Messages overtake each other within a conversation.
    pub reorder: bool,
    /// Nothing is sent at all; it waits.
    pub held: bool,
    /// Events only: a refused event is tried again, which Bitrix24 never does.
    pub retry: bool,
    /// Events only: they bring no access token, as when a robot acted.
    pub no_token: bool,
}

/// Bitrix24's limits.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Limits {
    /// The leaky bucket is on.
    pub bucket: bool,
    pub depth: f64,
    pub per_second: f64,
    /// Every n-th item of `imconnector.send.messages` answers `SUCCESS:false`.
    pub refuse_item_every: u64,
    /// Seconds a method may use before 429; 0 is off. Each call counts `operating_cost`.
    pub operating_limit: f64,
    pub operating_cost: f64,
    /// Seconds until the count starts anew.
    pub operating_window: f64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            bucket: false,
            depth: 50.0,
            per_second: 2.0,
            refuse_item_every: 0,
            operating_limit: 0.0,
            operating_cost: 0.02,
            operating_window: 600.0,
        }
    }
}

/// What is refused, or answered differently, until the switch is put back.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Refuse {
    /// `debug_token` leaves out `target_ids`: the token reaches all assets.
    pub all_assets: bool,
    /// `app.info` of the OAuth server does not name the app.
    pub client_id_hidden: bool,
    /// `profile`, `user.current` and `user.admin` say that nobody is an admin.
    pub not_admin: bool,
    /// `imconnector.register` refuses, inside HTTP 200.
    pub register: bool,
    /// `imconnector.activate` refuses.
    pub activate: bool,
    /// `imconnector.status` answers `ERROR: true`.
    pub status_error: bool,
    /// `imopenlines.config.add` refuses for want of rights.
    pub line_add: bool,
    /// Lines the plan allows; 0 is any number.
    pub line_limit: u64,
    /// Facebook's login dialog ends with `error_code` and `error_message`; 0 is off.
    pub dialog: u32,
    /// Graph's `register` refuses with this code; 0 is off.
    pub register_number: u32,
    /// Message templates a WABA may have; 0 is any number.
    pub template_limit: u64,
    /// `messageservice.sender.add`, `.update` and `.delete` refuse with this code.
    pub sender: String,
    /// `telephony.externalCall.searchCrmEntities` finds nobody.
    pub crm_unknown: bool,
    /// `messageservice.message.status.update` refuses with this code.
    pub sms_status: String,
    /// A portal's REST refuses every call with this code, and the status that belongs to it.
    pub rest: String,
    /// The OAuth server gives no tokens and names this code.
    pub oauth: String,
    /// Pages in a frame are opened without `APPLICATION_TOKEN`.
    pub page_token: bool,
    /// Pages in a frame are opened with `PLACEMENT_OPTIONS` of the text `undefined`.
    pub options: bool,
}

/// Calling: what Meta refuses, resets and tells in an unusual way.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Calls {
    /// The next write of a number's calling settings is refused with this code; 0 is off.
    pub refuse_next: u32,
    /// So is every one; 0 is off.
    pub refuse: u32,
    /// Writing `sip` puts SRTP back to DTLS, whatever the same request says.
    pub srtp_reset: bool,
    /// `sip.webhook_delivery` is a key Meta does not know.
    pub no_webhook_delivery: bool,
    /// Parts that stay as they were though Meta says success, by their names in `calling`, with commas.
    pub ignored: String,
    /// `call_permissions` answers 613.
    pub too_often: bool,
    /// The end of a call is told before its beginning.
    pub end_first: bool,
    /// Beginning and end of a call come in one webhook.
    pub batched: bool,
    /// A call begins with an event of another name.
    pub other_event: bool,
}

impl Default for Calls {
    fn default() -> Self {
        Self {
            refuse_next: 0,
            refuse: 0,
            srtp_reset: true,
            no_webhook_delivery: false,
            ignored: String::new(),
            too_often: false,
            end_first: false,
            batched: false,
            other_event: false,
        }
    }
}

/// All switches.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Faults {
    pub graph: Fault,
    pub portal: Fault,
    pub oauth: Fault,
    pub webhooks: Sending,
    pub events: Sending,
    pub limits: Limits,
    pub refuse: Refuse,
    pub calling: Calls,
    /// Calls seen per target since the switches were last set.
    #[serde(skip)]
    calls: HashMap<Target, u64>,
}

/// What happens to one call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fate {
    Fine,
    /// Done at once, answered after so many milliseconds.
    Late(u64),
    Down,
    /// Failed with a status, a body and the seconds of `Retry-After`.
    Fail(u16, Body, u64),
    Reset,
    Lose,
    Garble,
    Cut,
}

impl Faults {
    /// Counts a call and says what becomes of it, and how long it waits first.
    /// `member` is the portal that is called; empty for others.
    pub fn fate(&mut self, target: Target, member: &str, path: &str) -> (u64, Fate) {
        let fault = match target {
            Target::Graph => &mut self.graph,
            Target::Portal => &mut self.portal,
            Target::Oauth => &mut self.oauth,
        };
        if !fault.member.is_empty() && fault.member != member {
            return (0, Fate::Fine);
        }
        if fault.down {
            return (0, Fate::Down);
        }
        if !path.contains(&fault.only) {
            return (0, Fate::Fine);
        }
        let count = self.calls.entry(target).or_default();
        *count += 1;
        let due = |every: u64, next: &mut u64| {
            if *next > 0 {
                *next -= 1;
                return true;
            }
            every > 0 && count.is_multiple_of(every)
        };
        let fate = if due(fault.fail_every, &mut fault.fail_next) {
            Fate::Fail(fault.fail_status, fault.fail_body, fault.retry_after)
        } else if due(fault.reset_every, &mut 0) {
            Fate::Reset
        } else if due(fault.lose_every, &mut fault.lose_next) {
            Fate::Lose
        } else if due(fault.garble_every, &mut fault.garble_next) {
            Fate::Garble
        } else if due(fault.cut_every, &mut 0) {
            Fate::Cut
        } else if fault.answer_late_ms > 0 {
            Fate::Late(fault.answer_late_ms)
        } else {
            Fate::Fine
        };
        (fault.latency_ms, fate)
    }

    /// Lays a partial JSON over the switches; `null` puts a part back to its rest. Counting starts anew.
    pub fn merge(&mut self, change: serde_json::Value) -> Result<(), String> {
        let mut whole = serde_json::to_value(&*self).map_err(|error| error.to_string())?;
        let rest = serde_json::to_value(Self::default()).map_err(|error| error.to_string())?;
        overlay(&mut whole, change, &rest);
        *self = serde_json::from_value(whole).map_err(|error| error.to_string())?;
        Ok(())
    }
}

fn overlay(base: &mut serde_json::Value, change: serde_json::Value, rest: &serde_json::Value) {
    use serde_json::Value;
    match (base, change) {
        (Value::Object(base), Value::Object(change)) => {
            for (key, value) in change {
                let default = rest.get(&key).unwrap_or(&Value::Null);
                overlay(base.entry(key).or_insert(Value::Null), value, default);
            }
        }
        (base, Value::Null) => *base = rest.clone(),
        (base, change) => *base = change,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn every_fifth_call_fails_and_null_puts_it_back() {
        let mut faults = Faults::default();
        faults
            .merge(json!({"portal": {"fail_every": 5, "fail_status": 503, "fail_body": "limit"}}))
            .unwrap();
        let fates: Vec<Fate> = (0..10)
            .map(|_| faults.fate(Target::Portal, "", "/rest/x").1)
            .collect();
        assert_eq!(fates[4], Fate::Fail(503, Body::Limit, 0));
        assert_eq!(fates[9], Fate::Fail(503, Body::Limit, 0));
        assert_eq!(fates.iter().filter(|fate| **fate == Fate::Fine).count(), 8);
        faults.merge(json!({"portal": null})).unwrap();
        assert_eq!(faults.portal.fail_every, 0);
        assert!(faults.merge(json!({"portal": {"tpyo": 1}})).is_err());
    }

    #[test]
    fn one_portal_may_be_down_alone() {
        let mut faults = Faults::default();
        faults
            .merge(json!({"portal": {"down": true, "member": "a"}}))
            .unwrap();
        assert_eq!(faults.fate(Target::Portal, "a", "/rest/x").1, Fate::Down);
        assert_eq!(faults.fate(Target::Portal, "b", "/rest/x").1, Fate::Fine);
    }
}
