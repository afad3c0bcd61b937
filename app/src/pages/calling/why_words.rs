//! What keeps calls from arriving, in words: names, findings and what to do.

use crate::{
    format::exact,
    model::{Check, Moment},
    pages::checks::check_text,
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

/// How it stands.
pub fn why_text(check: &Check) -> String {
    let arg = |name: &str| check.arg(name);
    let until = arg("until").parse().ok().map(Moment);
    match check.code.as_str() {
        "app_unknown" => text!(calling.why.says.app_unknown),
        "app_blocked" => text!(calling.why.says.app_blocked, reason = arg("reason")),
        "app_available" => text!(calling.why.says.app_available),
        "limit_low" => {
            let limit = arg("limit").trim_start_matches("TIER_").replace('K', "000");
            text!(calling.why.says.limit_low, limit = limit)
        }
        "payment_unknown" => text!(calling.why.says.payment_unknown),
        "payment_bad" => text!(calling.why.says.payment_bad, reason = arg("reason")),
        "payment_ok" => text!(calling.why.says.payment_ok),
        "settings_unread" => text!(calling.why.says.settings_unread),
        "calling_restricted" => match until {
            Some(until) => text!(
                calling.why.says.calling_restricted_until,
                kind = arg("kind"),
                until = exact(until)
            ),
            None => text!(calling.why.says.calling_restricted, kind = arg("kind")),
        },
        "restrictions_outgoing" => text!(calling.why.says.restrictions_outgoing),
        "restrictions_none" => text!(calling.why.says.restrictions_none),
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
        "calling_off" => text!(calling.why.says.calling_off),
        "sip_off" => text!(calling.why.says.sip_off),
        "sip_blocked" => text!(calling.why.says.sip_blocked, reason = arg("reason")),
        "settings_on" => text!(calling.why.says.settings_on),
        "trunk_never" => text!(calling.why.says.trunk_never),
        "trunk_ok" => text!(calling.why.says.trunk_ok, host = arg("host")),
        "trunk_bad" => text!(
            calling.why.says.trunk_bad,
            host = arg("host"),
            steps = arg("steps")
        ),
        _ => check_text(check),
    }
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
        "limit" => Some(text!(calling.why.mend.limit)),
        "subscribed" => Some(text!(calling.why.mend.subscribed)),
        "payment" => Some(text!(calling.why.mend.payment)),
        "restrictions" => Some(text!(calling.why.mend.restrictions)),
        "hours" => Some(text!(calling.why.mend.hours)),
        "settings" => Some(text!(calling.why.mend.settings)),
        "trunk" => Some(text!(calling.why.mend.trunk)),
        _ => None,
    }
}
