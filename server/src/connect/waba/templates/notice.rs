//! What people are to know of a template, from what changed about it.

use crate::store::Notice;
use std::collections::BTreeMap;

/// What is known of a template before or after something happened to it, in Meta's words.
#[derive(Clone, Copy, Debug, Default)]
pub struct Standing<'a> {
    /// Its status.
    pub status: &'a str,
    /// Its category.
    pub category: &'a str,
    /// Why it stands there, where Meta says.
    pub reason: Option<&'a str>,
}

/// The notice a change deserves: that it cannot be sent any more weighs more than another category.
pub fn notice_of(before: Standing<'_>, after: Standing<'_>, at: i64) -> Option<Notice> {
    let lost = match after.status {
        "PAUSED" => Some("paused"),
        "DISABLED" => Some("disabled"),
        "REJECTED" => Some("rejected"),
        _ => None,
    };
    if let Some(code) = lost.filter(|_| before.status != after.status) {
        return Some(notice(code, &[("reason", after.reason)], at));
    }
    let moved = !before.category.is_empty()
        && !after.category.is_empty()
        && before.category != after.category;
    moved.then(|| {
        let args = [("from", before.category), ("to", after.category)];
        notice(
            "recategorised",
            &args.map(|(name, word)| (name, Some(word))),
            at,
        )
    })
}

/// A notice with those values that are there; Meta's `NONE` is no value.
pub fn notice(code: &'static str, args: &[(&str, Option<&str>)], at: i64) -> Notice {
    let args: BTreeMap<String, String> = args
        .iter()
        .filter_map(|(name, value)| {
            let value = value.filter(|value| !value.is_empty() && *value != "NONE")?;
            Some(((*name).to_owned(), value.to_owned()))
        })
        .collect();
    Notice { code, args, at }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(status: &'static str, category: &'static str) -> Standing<'static> {
        Standing {
            status,
            category,
            reason: Some("NONE"),
        }
    }

    fn code(before: Standing<'_>, after: Standing<'_>) -> Option<&'static str> {
        notice_of(before, after, 7).map(|notice| notice.code)
    }

    #[test]
    fn only_what_changed_is_news() {
        let good = at("APPROVED", "UTILITY");
        assert_eq!(code(good, good), None);
        assert_eq!(code(good, at("PAUSED", "UTILITY")), Some("paused"));
        assert_eq!(code(at("PAUSED", "UTILITY"), at("PAUSED", "UTILITY")), None);
        assert_eq!(
            code(at("PENDING", ""), at("REJECTED", "")),
            Some("rejected")
        );
        assert_eq!(
            code(good, at("APPROVED", "MARKETING")),
            Some("recategorised")
        );
        assert_eq!(code(good, at("DISABLED", "MARKETING")), Some("disabled"));
        assert_eq!(code(good, at("A_NEW_WORD", "UTILITY")), None);
        assert_eq!(code(at("", ""), at("APPROVED", "UTILITY")), None);
    }

    #[test]
    fn values_that_say_nothing_are_left_out() {
        let found = notice_of(at("APPROVED", "UTILITY"), at("PAUSED", "UTILITY"), 7).unwrap();
        assert!(found.args.is_empty());
        let found = notice_of(at("APPROVED", "UTILITY"), at("APPROVED", "MARKETING"), 7).unwrap();
        assert_eq!(found.args["from"], "UTILITY");
        assert_eq!((found.args["to"].as_str(), found.at), ("MARKETING", 7));
    }
}
