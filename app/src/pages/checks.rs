//! What checks found, in words.

use super::waba::check_words;
use crate::{
    format::exact,
    model::{Check, Moment},
    text,
};

/// The sentence about the telephone server of a number's calls.
fn trunk_text(check: &Check) -> String {
    let arg = |name: &str| check.arg(name);
    let (host, reason) = (arg("host"), arg("reason"));
    let until = arg("until")
        .parse()
        .ok()
        .map(Moment)
        .map(exact)
        .unwrap_or_default();
    match check.code.as_str() {
        "trunk_well" => text!(check.trunk_well, host = host, until = until),
        "trunk_ends" => text!(check.trunk_ends, host = host, until = until),
        "trunk_dns" => text!(check.trunk_dns, host = host, reason = reason),
        "trunk_address" => text!(check.trunk_address, host = host, reason = reason),
        "trunk_tcp" => text!(
            check.trunk_tcp,
            host = host,
            port = arg("port"),
            reason = reason
        ),
        "trunk_tls" => text!(
            check.trunk_tls,
            host = host,
            port = arg("port"),
            reason = reason
        ),
        "trunk_chain" => text!(check.trunk_chain, host = host, reason = reason),
        "trunk_name" => text!(check.trunk_name, host = host, reason = reason),
        "trunk_expiry" => text!(check.trunk_expiry, host = host, until = until),
        "trunk_client_certificate" => text!(check.trunk_client_certificate, host = host),
        "trunk_alpn" => text!(check.trunk_alpn, host = host, reason = reason),
        "trunk_options" => text!(
            check.trunk_options,
            host = host,
            port = arg("port"),
            reason = reason
        ),
        _ => text!(check.trunk_unknown, host = host, reason = reason),
    }
}

/// The sentence of a finding. What a newer server found is told by its reason, else by its code.
pub fn check_text(check: &Check) -> String {
    if matches!(check.name.as_str(), "token" | "subscribed" | "numbers") {
        return check_words(check).1;
    }
    let arg = |name: &str| check.arg(name);
    let until = || {
        let at = arg("until").parse().ok().map(Moment);
        at.map(exact).unwrap_or_default()
    };
    match check.code.as_str() {
        "never" => text!(check.never),
        "stale" => text!(check.stale),
        "no_answer" if arg("reason").is_empty() => text!(check.no_answer_only),
        "no_answer" => text!(check.no_answer, reason = arg("reason")),
        "refused" => text!(check.refused, reason = arg("reason")),
        "denied" => text!(check.denied, reason = arg("reason")),
        "tokens_dead" => text!(check.tokens_dead),
        "overload" => text!(check.overload),
        "portal_not_ready" => text!(check.portal_not_ready),
        "app_uninstalled" => text!(check.app_uninstalled),
        "keys_unreadable" => text!(check.keys_unreadable),
        "channel_off" => text!(check.channel_off, line = arg("line")),
        "line_deleted" => text!(check.line_deleted, line = arg("line")),
        "registered" if check.name == "registered" => text!(check.number_registered),
        "registered" => text!(check.registered),
        "number_status" => text!(check.number_status, status = arg("status")),
        "number_unverified" => text!(check.number_unverified),
        "pin_needed" => text!(check.pin_needed),
        "pin_wrong" => text!(check.pin_wrong),
        "pin_tries" => text!(check.pin_tries, until = until()),
        "number_leaving" => text!(check.number_leaving, until = until()),
        "register_limit" => text!(check.register_limit, until = until()),
        "not_registered" => text!(check.not_registered),
        "not_listed" => text!(check.not_listed),
        "register_refused" => text!(check.register_refused, reason = arg("reason")),
        "quality" if arg("rating").is_empty() => text!(check.quality_good),
        "quality" => text!(check.quality, rating = arg("rating")),
        "quality_medium" => text!(check.quality_medium),
        "quality_low" => text!(check.quality_low),
        "quality_unrated" => text!(check.quality_unrated),
        "limit" if arg("limit").ends_with("UNLIMITED") => text!(check.limit_none),
        "limit" => text!(check.limit, limit = tier(&arg("limit"))),
        "limit_unknown" => text!(check.limit_unknown),
        "meta_silent" if arg("reason").is_empty() => text!(check.meta_silent_only),
        "meta_silent" => text!(check.meta_silent, reason = arg("reason")),
        "line_found" => text!(check.line_found, line = arg("line")),
        "line_gone" => text!(check.line_gone, line = arg("line")),
        "line_taken" => text!(check.line_taken, line = arg("line"), phone = arg("phone")),
        "line_not_added" => text!(check.line_not_added, reason = arg("reason")),
        "activated" => text!(check.activated),
        "data_set" => text!(check.data_set),
        "active" => text!(check.active, line = arg("line")),
        "inactive" => text!(check.inactive, line = arg("line")),
        "in_error" => text!(check.in_error, line = arg("line")),
        "token_good" if check.name == "portal_token" => text!(check.portal_token_good),
        "no_token" => text!(check.no_token),
        "admin" => text!(check.admin),
        "not_admin" => text!(check.not_admin),
        "scopes_all" => text!(check.scopes_all),
        "scopes_enough" => text!(check.scopes_enough, scopes = arg("scopes")),
        "scopes_missing" => text!(check.scopes_missing, scopes = arg("scopes")),
        "sms_registered" => text!(check.sms_registered, code = arg("code")),
        "sms_not_listed" => text!(check.sms_not_listed, code = arg("code")),
        "sms_scope" => text!(check.sms_scope),
        "sms_denied" => text!(check.sms_denied, reason = arg("reason")),
        "sms_missing" => text!(check.sms_missing),
        "calling_on" => text!(check.calling_on),
        "calling_off" => text!(check.calling_off),
        "calling_drift" => text!(check.calling_drift, fields = arg("fields")),
        "calling_restricted" if until().is_empty() => {
            text!(check.calling_restricted_only, kind = arg("kind"))
        }
        "calling_restricted" => {
            text!(
                check.calling_restricted,
                kind = arg("kind"),
                until = until()
            )
        }
        "calling_refused" => text!(check.calling_refused, reason = arg("reason")),
        "sip_available" => text!(check.sip_available),
        "sip_blocked" => text!(check.sip_blocked, reason = arg("reason")),
        "sip_unknown" => text!(check.sip_unknown),
        code if code.starts_with("trunk_") => trunk_text(check),
        "bound" => text!(check.bound, count = arg("count")),
        code => {
            let reason = arg("reason");
            if reason.is_empty() {
                code.to_owned()
            } else {
                reason
            }
        }
    }
}

/// Meta's word for a limit as a number: `TIER_10K` is 10,000, with a blank that does not break.
pub fn tier(word: &str) -> String {
    let number = word.trim_start_matches("TIER_");
    number.replace('K', "\u{a0}000")
}

#[cfg(test)]
mod tests {
    use super::tier;

    #[test]
    fn limits_are_numbers() {
        assert_eq!(tier("TIER_250"), "250");
        assert_eq!(tier("TIER_10K"), "10\u{a0}000");
    }
}
