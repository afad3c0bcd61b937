use crate::{model::InteractiveKind, text};

/// What the customer can do, in words.
pub fn kind_text(kind: InteractiveKind) -> String {
    match kind {
        InteractiveKind::ReplyButtons => text!(interactive.kind.reply_buttons),
        InteractiveKind::List => text!(interactive.kind.list),
        InteractiveKind::UrlButton => text!(interactive.kind.url_button),
        InteractiveKind::LocationRequest => text!(interactive.kind.location_request),
        InteractiveKind::VoiceCall => text!(interactive.kind.voice_call),
        InteractiveKind::CallPermission => text!(interactive.kind.call_permission),
        InteractiveKind::Flow => text!(interactive.kind.flow),
    }
}
