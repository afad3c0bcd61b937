use crate::{
    model::PortalState,
    text,
    ui::{IconName, Tone},
};

/// How far a portal has come, as tone, picture and word.
pub fn state_parts(state: PortalState) -> (Tone, IconName, String) {
    match state {
        PortalState::Installed => (Tone::Ok, IconName::Ok, text!(portals.state.installed)),
        PortalState::NeedsKeys => (
            Tone::Attention,
            IconName::Attention,
            text!(portals.state.needs_keys),
        ),
        PortalState::NeedsInstall => (
            Tone::Attention,
            IconName::Clock,
            text!(portals.state.needs_install),
        ),
        PortalState::NeedsTokens => (
            Tone::Attention,
            IconName::Attention,
            text!(portals.state.needs_tokens),
        ),
        PortalState::Uninstalled => (
            Tone::Failed,
            IconName::Failed,
            text!(portals.state.uninstalled),
        ),
    }
}
