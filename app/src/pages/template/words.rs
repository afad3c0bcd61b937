//! What is said of templates, in words.

use crate::{
    format::exact,
    model::{
        Check, Moment, TemplateCategory, TemplateNotice, TemplateQuality, TemplateRow,
        TemplateStatus, TemplateStatusFilter,
    },
    pages::checks::check_text,
    text,
    ui::{IconName, Tone, sentence},
};

/// The status as tone, picture and word.
pub fn status_parts(row: &TemplateRow) -> (Tone, IconName, String) {
    use TemplateStatus as Status;
    match row.status {
        Status::Approved => (Tone::Ok, IconName::Ok, text!(template.status.approved)),
        Status::InReview => (
            Tone::Unknown,
            IconName::Clock,
            text!(template.status.in_review),
        ),
        Status::InAppeal => (
            Tone::Unknown,
            IconName::Clock,
            text!(template.status.in_appeal),
        ),
        Status::Rejected => (
            Tone::Failed,
            IconName::Failed,
            text!(template.status.rejected),
        ),
        Status::Paused => (
            Tone::Attention,
            IconName::Attention,
            text!(template.status.paused),
        ),
        Status::Disabled => (
            Tone::Failed,
            IconName::Failed,
            text!(template.status.disabled),
        ),
        Status::Limited => (
            Tone::Attention,
            IconName::Attention,
            text!(template.status.limited),
        ),
        Status::Archived => (
            Tone::Neutral,
            IconName::Unknown,
            text!(template.status.archived),
        ),
        Status::Deleting => (
            Tone::Neutral,
            IconName::Clock,
            text!(template.status.deleting),
        ),
        Status::Deleted => (
            Tone::Neutral,
            IconName::Failed,
            text!(template.status.deleted),
        ),
        Status::Other => (
            Tone::Unknown,
            IconName::Unknown,
            row.status_word.to_lowercase().replace('_', " "),
        ),
    }
}

/// What the status means for whoever wants to send it.
pub fn status_sentence(status: TemplateStatus) -> String {
    use TemplateStatus as Status;
    match status {
        Status::Approved => text!(template.means.approved),
        Status::InReview => text!(template.means.in_review),
        Status::InAppeal => text!(template.means.in_appeal),
        Status::Rejected => text!(template.means.rejected),
        Status::Paused => text!(template.means.paused),
        Status::Disabled => text!(template.means.disabled),
        Status::Limited => text!(template.means.limited),
        Status::Archived => text!(template.means.archived),
        Status::Deleting => text!(template.means.deleting),
        Status::Deleted => text!(template.means.deleted),
        Status::Other => text!(template.means.other),
    }
}

/// A choice of statuses.
pub fn filter_text(filter: TemplateStatusFilter) -> String {
    match filter {
        TemplateStatusFilter::All => text!(filter.all),
        TemplateStatusFilter::Approved => text!(template.status.approved),
        TemplateStatusFilter::InReview => text!(template.status.in_review),
        TemplateStatusFilter::Rejected => text!(template.status.rejected),
        TemplateStatusFilter::Stopped => text!(template.status.stopped),
    }
}

/// A category.
pub fn category_text(category: TemplateCategory) -> String {
    match category {
        TemplateCategory::Marketing => text!(template.category.marketing),
        TemplateCategory::Utility => text!(template.category.utility),
        TemplateCategory::Authentication => text!(template.category.authentication),
        TemplateCategory::Other => text!(template.category.other),
    }
}

/// How customers take it.
pub fn quality_text(quality: Option<TemplateQuality>) -> String {
    match quality {
        Some(TemplateQuality::High) => text!(template.quality.high),
        Some(TemplateQuality::Medium) => text!(template.quality.medium),
        Some(TemplateQuality::Low) => text!(template.quality.low),
        None => text!(template.quality.unknown),
    }
}

/// Why Meta rejected it; Meta's own word where it is a new one.
pub fn rejection_text(word: &str) -> String {
    match word {
        "ABUSIVE_CONTENT" => text!(template.rejection.abusive),
        "CATEGORY_NOT_AVAILABLE" => text!(template.rejection.no_category),
        "INCORRECT_CATEGORY" => text!(template.rejection.category),
        "INVALID_FORMAT" => text!(template.rejection.format),
        "PROMOTIONAL" => text!(template.rejection.promotional),
        "SCAM" => text!(template.rejection.scam),
        "TAG_CONTENT_MISMATCH" => text!(template.rejection.mismatch),
        "" | "NONE" => text!(template.rejection.none),
        other => text!(
            template.rejection.other,
            word = other.to_lowercase().replace('_', " ")
        ),
    }
}

/// Why the templates could not be read last time.
pub fn trouble_text(check: &Check) -> String {
    match check.code.as_str() {
        "no_waba_id" => text!(template.trouble.no_id),
        "token_unreadable" => text!(template.trouble.token),
        _ => check_text(check),
    }
}

/// What happened, in one sentence.
pub fn notice_text(notice: &TemplateNotice) -> String {
    let arg = |name: &str| notice.args.get(name).cloned().unwrap_or_default();
    let category = |name: &str| category_text(TemplateCategory::of(&arg(name)));
    let when = || {
        let at = arg("at").parse().ok();
        at.map_or_else(String::new, |at| exact(Moment(at)))
    };
    match notice.code.as_str() {
        "paused" => text!(template.notice.paused),
        "disabled" => text!(template.notice.disabled),
        "flagged" => text!(template.notice.flagged),
        "rejected" => text!(
            template.notice.rejected,
            why = rejection_text(&arg("reason"))
        ),
        "recategorised" => text!(
            template.notice.recategorised,
            from = category("from"),
            to = category("to")
        ),
        "category_coming" if arg("at").is_empty() => {
            text!(template.notice.category_soon, to = category("to"))
        }
        "category_coming" => text!(
            template.notice.category_coming,
            to = category("to"),
            at = when()
        ),
        other => sentence(&other.replace('_', " ")),
    }
}
