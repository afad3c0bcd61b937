//! What keeps calls from arriving: names, and what to do. Findings are told as all findings are.

use crate::{
    model::{Check, CheckState},
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
