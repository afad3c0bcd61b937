//! What keeps calls from arriving: names, findings, and what to do.

use super::words::step_name;
use crate::{
    model::{Check, CheckState},
    pages::checks::{check_text, tier},
    text,
};

/// What must be true for a call to arrive. What a newer server looks at is called as it calls it.
pub fn why_name(name: &str) -> String {
    match name {
        "live" => text!(calling.why.name.live),
        "limit" => text!(calling.why.name.limit),
        "subscribed" => text!(calling.why.name.subscribed),
        "payment" => text!(calling.why.name.payment),
        "restrictions" => text!(calling.why.name.restrictions),
        "hours" => text!(calling.why.name.hours),
        "settings" => text!(calling.why.name.settings),
        "trunk" => text!(calling.why.name.trunk),
        other => other.to_owned(),
    }
}

/// How it stands. What is found elsewhere too is told as there.
pub fn why_says(check: &Check) -> String {
    let arg = |name: &str| check.arg(name);
    match check.code.as_str() {
        "app_available" => text!(calling.why.says.app_available),
        "app_blocked" => text!(calling.why.says.app_blocked, reason = arg("reason")),
        "app_unknown" => text!(calling.why.says.app_unknown),
        "limit_low" => text!(calling.why.says.limit_low, limit = tier(&arg("limit"))),
        "payment_ok" => text!(calling.why.says.payment_ok),
        "payment_bad" => text!(calling.why.says.payment_bad, reason = arg("reason")),
        "payment_unknown" => text!(calling.why.says.payment_unknown),
        "restrictions_none" => text!(calling.why.says.restrictions_none),
        "restrictions_outgoing" => text!(calling.why.says.restrictions_outgoing),
        "hours_none" => text!(calling.why.says.hours_none),
        "hours_open" => text!(
            calling.why.says.hours_open,
            time = arg("time"),
            timezone = arg("timezone")
        ),
        "hours_closed" => text!(
            calling.why.says.hours_closed,
            time = arg("time"),
            timezone = arg("timezone")
        ),
        "settings_on" => text!(calling.why.says.settings_on),
        "sip_off" => text!(calling.why.says.sip_off),
        "settings_unread" => text!(calling.why.says.settings_unread),
        "trunk_ok" => text!(calling.why.says.trunk_ok, host = arg("host")),
        "trunk_bad" => text!(
            calling.why.says.trunk_bad,
            host = arg("host"),
            steps = steps(&arg("steps"))
        ),
        "trunk_unclear" => text!(
            calling.why.says.trunk_unclear,
            host = arg("host"),
            steps = steps(&arg("steps"))
        ),
        "trunk_never" => text!(calling.why.says.trunk_never),
        _ => check_text(check),
    }
}

fn steps(names: &str) -> String {
    let words: Vec<String> = names.split(", ").map(step_name).collect();
    words.join(", ")
}

/// What to do where it is not so; nothing where a newer server looked at something.
pub fn why_remedy(check: &Check) -> Option<String> {
    match check.code.as_str() {
        "settings_unread" | "app_unknown" | "payment_unknown" => {
            return Some(text!(calling.why.mend.unread));
        }
        _ => {}
    }
    match check.name.as_str() {
        "live" => Some(text!(calling.why.mend.app)),
        // What nobody knows yet grows by nothing.
        "limit" if check.state == CheckState::Bad => Some(text!(calling.why.mend.limit)),
        "limit" => None,
        "subscribed" => Some(text!(calling.why.mend.subscribed)),
        "payment" => Some(text!(calling.why.mend.payment)),
        "restrictions" => Some(text!(calling.why.mend.restrictions)),
        "hours" => Some(text!(calling.why.mend.hours)),
        "settings" => Some(text!(calling.why.mend.settings)),
        "trunk" => Some(text!(calling.why.mend.trunk)),
        _ => None,
    }
}
