//! The two paths a message is sent through, and which messages each lets pass.

use super::{Content, To};
use crate::graph::Refusal;
use crate::graph::route::Call;
use http::StatusCode;
use serde_json::Value;

/// The path of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Door {
    /// `/messages`
    Messages,
    /// `/marketing_messages`
    Marketing,
}

impl Door {
    fn name(self) -> &'static str {
        match self {
            Self::Messages => "messages",
            Self::Marketing => "marketing_messages",
        }
    }
}

/// What is looked at before the message itself: the account's onboarding, and what only one path knows.
pub fn door(call: &mut Call, waba: &str, door: Door) -> Result<(), Refusal> {
    let policy = call.body.get("product_policy");
    let sharing = call.body.get("message_activity_sharing");
    if door == Door::Messages {
        if policy.is_some() || sharing.is_some() {
            let words = "product_policy and message_activity_sharing belong to marketing_messages";
            call.warnings.push(words.to_string());
        }
        return Ok(());
    }
    if policy.is_some_and(|it| {
        !["CLOUD_API_FALLBACK", "STRICT"]
            .iter()
            .any(|known| it == known)
    }) {
        return Err(Refusal::parameter(
            "Param product_policy must be one of {CLOUD_API_FALLBACK, STRICT}.",
        ));
    }
    if sharing.is_some_and(|it| !it.is_boolean()) {
        return Err(Refusal::parameter(
            "Param message_activity_sharing must be a boolean.",
        ));
    }
    let refusal = call
        .shared
        .world(|world| world.waba(waba).map(|it| it.marketing_refusal));
    match refusal.unwrap_or_default() {
        0 => {}
        code => return Err(not_onboarded(code)),
    }
    if call.body.get("type").and_then(Value::as_str) != Some("template") {
        return Err(Refusal::messaging(
            131_055,
            "Method not allowed",
            "Only marketing template messages can be sent with the Marketing Messages API.",
        ));
    }
    Ok(())
}

/// The account was not onboarded. Which of the codes comes is a switch: the sources disagree.
fn not_onboarded(code: u32) -> Refusal {
    let (title, details) = match code {
        131_055 => (
            "Method not allowed",
            "The account is not onboarded to the Marketing Messages API.",
        ),
        134_102 => (
            "Template is unavailable for use",
            "The account is not onboarded, so the template can't be used with the Marketing Messages API.",
        ),
        _ => (
            "Only marketing messages supported",
            "The account is not onboarded to the Marketing Messages API.",
        ),
    };
    let refusal = Refusal::messaging(code, title, details);
    match code {
        134_102 => refusal.with_status(StatusCode::INTERNAL_SERVER_ERROR),
        _ => refusal,
    }
}

/// What the path says of the message once it is read.
pub fn through(
    call: &Call,
    waba: &str,
    door: Door,
    to: &To,
    mut content: Content,
) -> Result<Content, Refusal> {
    let Some(template) = &mut content.template else {
        return Ok(content);
    };
    let marketing = template.category == "MARKETING";
    let only_there = call
        .shared
        .world(|world| world.waba(waba).is_some_and(|it| it.marketing_only));
    if door == Door::Messages && marketing && only_there {
        return Err(Refusal::messaging(
            131_063,
            "Marketing templates are disabled on Cloud API",
            "The account sends marketing templates with the Marketing Messages API only.",
        ));
    }
    if door == Door::Marketing && !marketing {
        return Err(Refusal::messaging(
            131_009,
            "Parameter value is not valid",
            "Only templates of the category MARKETING can be sent with the Marketing Messages API.",
        ));
    }
    if template.category == "AUTHENTICATION" && matches!(to, To::Scoped(_)) {
        return Err(Refusal::messaging(
            131_062,
            "Business-scoped user ids are not supported for this message",
            "Authentication templates can't be sent to a business-scoped user id.",
        ));
    }
    template.through = door.name();
    Ok(content)
}
