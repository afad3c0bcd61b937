//! What a webhook of Meta's says of a template, read from its value alone.
//! Source: "Template webhooks" of the Cloud API reference.

use crate::connect::waba::templates::notice;
use crate::outside::loose;
use crate::store::{Notice, TemplateChange};
use serde_json::Value;

/// Words of Meta's that are counted by name.
pub(super) const WORDS: [&str; 15] = [
    "APPROVED",
    "ARCHIVED",
    "DELETED",
    "DISABLED",
    "FLAGGED",
    "IN_APPEAL",
    "LIMIT_EXCEEDED",
    "LOCKED",
    "PAUSED",
    "PENDING",
    "PENDING_DELETION",
    "REINSTATED",
    "REJECTED",
    "UNARCHIVED",
    "UNPAUSED",
];

/// What a change is about.
pub(super) enum Field {
    /// Its status.
    Status,
    /// Its quality.
    Quality,
    /// Its parts.
    Components,
    /// Its category.
    Category,
}

impl Field {
    /// None for a field that is about something else.
    pub(super) fn of(word: &str) -> Option<Self> {
        match word {
            "message_template_status_update" => Some(Self::Status),
            "message_template_quality_update" => Some(Self::Quality),
            "message_template_components_update" => Some(Self::Components),
            "template_category_update" => Some(Self::Category),
            _ => None,
        }
    }

    /// For counting.
    pub(super) const fn label(&self) -> &'static str {
        match self {
            Self::Status => "status",
            Self::Quality => "quality",
            Self::Components => "components",
            Self::Category => "category",
        }
    }
}

/// What a change asks for.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Said {
    /// What it changes.
    pub(super) change: TemplateChange,
    /// What people are to know whatever else is known of the template.
    pub(super) notice: Option<Notice>,
    /// The template is no more.
    pub(super) gone: bool,
    /// It does not say all of it: the templates are to be read anew.
    pub(super) partly: bool,
}

/// Meta's word under a key, in its own capitals.
pub(super) fn word(value: &Value, key: &str) -> Option<String> {
    loose::filled(value, key).map(|word| word.to_ascii_uppercase())
}

/// Reads the value of a change.
pub(super) fn said(field: &Field, event: &str, value: &Value, as_of: i64) -> Said {
    match field {
        Field::Status => status(event, value, as_of),
        Field::Quality => Said {
            change: TemplateChange {
                quality: word(value, "new_quality_score"),
                ..TemplateChange::default()
            },
            ..Said::default()
        },
        Field::Components => Said {
            partly: true,
            ..Said::default()
        },
        Field::Category => category(value, as_of),
    }
}

fn status(event: &str, value: &Value, as_of: i64) -> Said {
    let inside = |block: &str, key: &str| {
        loose::field(value, block).and_then(|found| loose::filled(found, key))
    };
    let said = word(value, "reason").filter(|reason| reason != "NONE");
    let reason = said
        .or_else(|| inside("rejection_info", "reason"))
        .or_else(|| inside("other_info", "title"));
    let change = TemplateChange {
        status: match event {
            // It can be sent as before, for now.
            "" | "FLAGGED" | "LOCKED" => None,
            "REINSTATED" | "UNARCHIVED" | "UNPAUSED" => Some("APPROVED".to_owned()),
            other => Some(other.to_owned()),
        },
        category: word(value, "message_template_category"),
        quality: None,
        rejected_reason: match event {
            "REJECTED" | "PAUSED" | "DISABLED" => reason.clone(),
            "APPROVED" | "REINSTATED" | "UNPAUSED" => Some(String::new()),
            _ => None,
        },
    };
    let flagged = (event == "FLAGGED").then(|| {
        let until = inside("disable_info", "disable_date");
        let args = [("until", until.as_deref()), ("reason", reason.as_deref())];
        notice("flagged", &args, as_of)
    });
    Said {
        change,
        notice: flagged,
        gone: event == "DELETED",
        partly: !WORDS.contains(&event) || matches!(event, "LOCKED" | "UNARCHIVED"),
    }
}

/// Two meanings: a category that is coming (`correct_category`; `new_category` is the one it has), or one that has
/// come (`previous_category`). Without either it is not clear, and Meta is asked.
fn category(value: &Value, as_of: i64) -> Said {
    let new = word(value, "new_category");
    let correct = word(value, "correct_category");
    if word(value, "previous_category").is_some() {
        let change = TemplateChange {
            category: new,
            ..TemplateChange::default()
        };
        return Said {
            change,
            ..Said::default()
        };
    }
    let partly = correct.is_none();
    let coming = correct.map(|correct| {
        let when = loose::filled(value, "category_update_timestamp");
        let args = [
            ("from", new.as_deref()),
            ("to", Some(correct.as_str())),
            ("when", when.as_deref()),
        ];
        notice("category_coming", &args, as_of)
    });
    Said {
        notice: coming,
        partly,
        ..Said::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn what_can_be_sent_stays_so_when_it_is_flagged() {
        let value = json!({"disable_info": {"disable_date": "January 31, 2021"}, "reason": null});
        let flagged = status("FLAGGED", &value, 5);
        assert_eq!(flagged.change.status, None);
        let notice = flagged.notice.unwrap();
        assert_eq!((notice.code, notice.at), ("flagged", 5));
        assert_eq!(notice.args["until"], "January 31, 2021");
        let back = status("REINSTATED", &json!({}), 5);
        assert_eq!(back.change.status.as_deref(), Some("APPROVED"));
    }

    #[test]
    fn a_word_nobody_knows_is_kept_and_asked_about() {
        let said = status("MELTED", &json!({}), 5);
        assert_eq!(said.change.status.as_deref(), Some("MELTED"));
        assert!(said.partly);
        assert!(!status("PAUSED", &json!({}), 5).partly);
    }

    #[test]
    fn a_reason_is_where_meta_puts_it() {
        let of = |value: Value| status("REJECTED", &value, 5).change.rejected_reason;
        assert_eq!(of(json!({"reason": "SCAM"})).as_deref(), Some("SCAM"));
        let inside = json!({"reason": "NONE", "rejection_info": {"reason": "Too vague"}});
        assert_eq!(of(inside).as_deref(), Some("Too vague"));
        let paused = json!({"other_info": {"title": "FIRST_PAUSE"}});
        let paused = status("PAUSED", &paused, 5).change.rejected_reason;
        assert_eq!(paused.as_deref(), Some("FIRST_PAUSE"));
    }

    #[test]
    fn a_category_is_coming_or_has_come() {
        let coming = json!({"correct_category": "MARKETING", "new_category": "UTILITY",
            "category_update_timestamp": 1785312000});
        let said = category(&coming, 5);
        assert_eq!(said.change, TemplateChange::default());
        let notice = said.notice.unwrap();
        assert_eq!(notice.code, "category_coming");
        assert_eq!(notice.args["to"], "MARKETING");
        let come = json!({"previous_category": "UTILITY", "new_category": "MARKETING"});
        let said = category(&come, 5);
        assert_eq!(said.change.category.as_deref(), Some("MARKETING"));
        assert_eq!(said.notice, None);
        assert!(category(&json!({"new_category": "MARKETING"}), 5).partly);
    }
}
